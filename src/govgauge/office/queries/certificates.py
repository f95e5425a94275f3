"""Certificates in the register: those of a round, of a body, and what a check finds out about a number or a file."""

from enum import StrEnum

from django.db.models import Q, QuerySet
from msgspec import Struct

from govgauge.office.domain import signing_keys
from govgauge.office.domain.acting import Acting
from govgauge.office.domain.certificates import signed
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Certificate, CertificateState, CertificateStep, RoleKind, Round
from govgauge.reports.certificates import checking, numbering, signing
from govgauge.reports.certificates.checking import Look
from govgauge.reports.certificates.statement import Statement


class Finding(StrEnum):
    """What a check found out."""

    GENUINE = "genuine"
    """A file: issued, valid, not altered. A number with a code: the paper is that of this certificate."""
    KNOWN = "known"
    """A number without a code: there is such a certificate, and its words are to be held against the paper."""
    ALTERED = "altered"
    FORGED = "forged"
    WRONG_CODE = "wrong-code"
    """The number exists, and the code on the paper is not its code."""
    UNKNOWN = "unknown"
    REVOKED = "revoked"
    REPLACED = "replaced"
    MISTYPED = "mistyped"
    NO_NUMBER = "no-number"
    BROKEN = "broken"
    """The register's own row does not fit its signature: nothing can be said until the office has looked."""
    STRANGE = "strange"
    LOCKED = "locked"
    NO_PDF = "no-pdf"
    TOO_LARGE = "too-large"


class Checked(Struct, frozen=True):
    """What a check tells: the certificate as the office issued it, its words, and the step that ended it.

    `altered`: the file is not as it was issued, whatever else holds.
    """

    finding: Finding
    certificate: Certificate | None = None
    statement: Statement | None = None
    end: CertificateStep | None = None
    altered: bool = False


ENDED = {CertificateState.REVOKED: Finding.REVOKED, CertificateState.REPLACED: Finding.REPLACED}


def of_number(written: str, code: str = "") -> Checked:
    """Check a number as it was typed, and the short code of the paper where there is one."""
    try:
        number = numbering.read(written)
    except ValueError:
        return Checked(Finding.MISTYPED)
    if number is None:
        return Checked(Finding.NO_NUMBER)
    found = by_code(number.code)
    if found is None:
        return Checked(Finding.UNKNOWN)
    if code and not signing.same_code(code, signed(found)):
        return _told(found, Finding.WRONG_CODE)
    return _told(found, ENDED.get(CertificateState(found.state), Finding.GENUINE if code else Finding.KNOWN))


def of_file(pdf: bytes) -> Checked:
    """Check a file by the office's keys and its register. Nothing of it is kept."""
    looked = checking.check(pdf, signing_keys.public_keys())
    if looked.statement is None or looked.signed is None:
        return Checked(Finding(looked.look))
    found = by_code(looked.statement.number)
    if found is None:
        return Checked(Finding.UNKNOWN)
    if signed(found) != looked.signed:
        return Checked(Finding.FORGED if _recorded(found) else Finding.BROKEN)
    altered = looked.look is Look.ALTERED
    ended = ENDED.get(CertificateState(found.state))
    return _told(found, ended or (Finding.ALTERED if altered else Finding.GENUINE), altered=altered)


def reason(certificate: Certificate) -> str:
    """Why a certificate ended; empty while it is valid. Ask for rows of `sieved`: no query for each."""
    ended = [one for one in certificate.steps.all() if one.kind == certificate.state]
    return ended[-1].reason if ended else ""


def by_code(code: str) -> Certificate | None:
    """The certificate of a number."""
    related = Certificate.objects.select_related("round", "entry", "case", "key", "replaces", "replaced_by")
    return related.filter(code=code).first()


def of_round(round_: Round) -> QuerySet[Certificate]:
    """All certificates of a round, the last number first."""
    return round_.certificates.select_related("key").prefetch_related("steps").order_by("-year", "-serial")


def sieved(round_: Round, *, kind: str = "", state: str = "", text: str = "") -> QuerySet[Certificate]:
    """Certificates of a round of a kind, in a state, whose holder, title or number has a text in it."""
    found = of_round(round_)
    found = found.filter(kind=kind) if kind else found
    found = found.filter(state=state) if state else found
    if text:
        found = found.filter(Q(holder__icontains=text) | Q(title__icontains=text) | Q(code__icontains=text))
    return found


def own(acting: Acting) -> QuerySet[Certificate]:
    """The certificates of the bodies for which somebody stands, and of the cases that they put forward."""
    mine = Q(case__nominated_by=acting.person) if acting.person else Q(pk__in=[])
    for role in acting.roles:
        if role.kind == RoleKind.ASSESSED and role.scope:
            mine |= Q(entry__key=role.scope, **({"round": role.round_id} if role.round_id else {}))
    return Certificate.objects.filter(mine).select_related("round", "replaced_by").order_by("-year", "-serial")


def may_have(acting: Acting, certificate: Certificate) -> bool:
    """Whether somebody may have the file of a certificate: the office, its holder, and who put the case forward."""
    if acting.may(Verb.RUN_ROUND, round_=certificate.round):
        return True
    if acting.person and certificate.case and certificate.case.nominated_by_id == acting.person.pk:
        return True
    return acting.may(Verb.SEE_ENTRY, round_=certificate.round, key=certificate.entry.key)


def _told(found: Certificate, finding: Finding, *, altered: bool = False) -> Checked:
    statement = _recorded(found)
    if statement is None:
        return Checked(Finding.BROKEN)
    end = None if found.state == CertificateState.VALID else found.steps.filter(kind=found.state).last()
    return Checked(finding, found, statement, end, altered)


def _recorded(found: Certificate) -> Statement | None:
    """What a row says, when its signature holds."""
    told = signing.verified(signed(found), signing_keys.public_keys())
    return told if told and told.number == found.code else None
