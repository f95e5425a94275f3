"""Issuing certificates, once for each award; revoking them; issuing them again after a change."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.domain import certificate_notices, signing_keys
from govgauge.office.domain.acting import Acting, noted, noted_plainly
from govgauge.office.domain.awards import Award, Choice
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.signing_keys import SHORTEST_REASON
from govgauge.office.models import (
    Certificate,
    CertificateState,
    CertificateStep,
    CertificateStepKind,
    Round,
    SigningKey,
)
from govgauge.reports.certificates import layout, signing
from govgauge.reports.certificates import statement as said
from govgauge.reports.certificates.numbering import Number
from govgauge.reports.certificates.signing import Signed
from govgauge.reports.certificates.statement import Kind, Statement

HERE = frozenset({"127.0.0.1", "localhost", "::1"})
ROWS = 500
"""Certificates written at a time."""


class Plan(Struct, frozen=True):
    """Awards beside the valid certificates of a round: `new` have none, `same` have theirs, `differing` have one that
    says other words than the award does now and is to be issued again by itself; `gone` are for what is public no more.
    """

    new: list[Award]
    same: list[Certificate]
    differing: list[tuple[Certificate, Award]]
    gone: list[Certificate]


def plan(round_: Round, awards: Iterable[Award], choice: Choice | None = None) -> Plan:
    """Hold all awards of a round against its certificates; `new` are those of a choice only. One query."""
    valid = {one.award: one for one in round_.certificates.filter(state=CertificateState.VALID).select_related("key")}
    found = Plan([], [], [], [])
    for award in awards:
        one = valid.pop(award.key, None)
        if one is None:
            if choice is None or choice.takes(award):
                found.new.append(award)
        elif says(one, award):
            found.same.append(one)
        else:
            found.differing.append((one, award))
    found.gone.extend(valid.values())
    return found


@transaction.atomic
def issue(acting: Acting, round_: Round, awards: Sequence[Award], choice: Choice | None = None) -> list[Certificate]:
    """Issue a certificate for each award (of a choice) that has none; doing it again makes no more.

    Raises NotAllowed, Unusable: words that no sheet holds, a lost key.
    """
    acting.need(Verb.RUN_ROUND, round_=round_)
    key, secret = _locked_key(acting)
    wanted = plan(round_, awards, choice).new
    if not wanted:
        return []
    made = list(_signed(round_, wanted, key, secret))
    Certificate.objects.bulk_create(made, batch_size=ROWS)
    _step(acting, made, CertificateStepKind.ISSUED)
    told = {"certificates": len(made), "first": made[0].code, "last": made[-1].code, "key": key.key_id}
    noted_plainly(acting, "certificate.issue", made[0], before={}, after=told, round_=round_)
    certificate_notices.tell_issued(made)
    return made


@transaction.atomic
def revoke(acting: Acting, certificate: Certificate, reason: str) -> None:
    """Say that a certificate holds no more, and why: the check tells it to everybody. Raises NotAllowed, Unusable."""
    acting.need(Verb.RUN_ROUND, round_=certificate.round)
    found, told = _valid(certificate), _reason(reason)
    _end(acting, found, CertificateState.REVOKED, told)
    certificate_notices.tell_revoked(found, told)


@transaction.atomic
def reissue(acting: Acting, certificate: Certificate, award: Award, reason: str) -> Certificate:
    """Issue a certificate with a new number in the place of one whose words are no longer right.

    Raises NotAllowed, Unusable: not valid any more, another award, the same words.
    """
    acting.need(Verb.RUN_ROUND, round_=certificate.round)
    key, secret = _locked_key(acting)
    old = _valid(certificate)
    if old.award != award.key:
        raise Unusable("只能为同一项结果换发证书 (another award).")
    if says(old, award):
        raise Unusable(f"证书 {old.code} 的内容没有变化，无需换发 (nothing has changed).")
    _end(acting, old, CertificateState.REPLACED, _reason(reason))
    made = next(_signed(old.round, [award], key, secret))
    made.replaces = old
    with noted(acting, "certificate.reissue", made, round_=old.round, reason=reason.strip()):
        made.save()
    _step(acting, [made], CertificateStepKind.ISSUED, f"换发，代替 {old.code}")
    certificate_notices.tell_issued([made])
    return made


@transaction.atomic
def revoke_all(acting: Acting, found: Iterable[Certificate], reason: str) -> int:
    """Revoke those of some certificates that are valid, as when the result itself is taken back; how many."""
    valid = [one for one in found if one.state == CertificateState.VALID]
    for one in valid:
        revoke(acting, one, reason)
    return len(valid)


def file_of(acting: Acting, certificate: Certificate) -> bytes:
    """The sealed PDF. Raises Unusable when the office's key is lost. Whether somebody may have it, the caller asks."""
    _key, secret = signing_keys.current(acting)
    return layout.pdf(signed(certificate), secret)


def signed(certificate: Certificate) -> Signed:
    """What was signed, and the signature."""
    return Signed(certificate.statement.encode(), bytes.fromhex(certificate.signature))


def statement(certificate: Certificate) -> Statement:
    """What a certificate says. Raises Unusable when the row was tampered with."""
    told = signing.verified(signed(certificate), signing_keys.public_keys())
    if told is None or told.number != certificate.code:
        raise Unusable(
            f"证书 {certificate.code} 的记录与签名不符，数据库可能被改动，请核对备份 "
            "(the record does not fit its signature)."
        )
    return told


def _signed(round_: Round, awards: Sequence[Award], key: SigningKey, secret: bytes) -> Iterator[Certificate]:
    today = timezone.localdate()
    last = Certificate.objects.filter(year=today.year).aggregate(n=Max("serial"))["n"] or 0
    for number, award in enumerate(awards, last + 1):
        told = _statement(round_, award, Number(today.year, number), today, key.key_id)
        made = signing.sign(told, secret)
        yield Certificate(
            round=round_,
            kind=award.kind,
            award=award.key,
            entry=award.entry,
            case=award.case,
            year=today.year,
            serial=number,
            code=told.number,
            holder=told.holder,
            title=told.title,
            statement=made.statement.decode(),
            signature=made.signature.hex(),
            key=key,
            issued_on=today,
        )


def checked_here_only() -> str:
    """A warning where the address that is signed leads to nobody else's machine but one's own; else empty."""
    if urlsplit(settings.CERTIFICATE_CHECK).hostname not in HERE:
        return ""
    return (
        f"二维码将指向 {settings.CERTIFICATE_CHECK}，别人打不开，颁发后也不能再改；"
        "请先设置 GOVGAUGE_URL 或 GOVGAUGE_CERTIFICATE_CHECK 为公众访问的网址 "
        f"(QR codes would lead to {settings.CERTIFICATE_CHECK}, which opens nowhere else and is signed for good: "
        "set GOVGAUGE_URL or GOVGAUGE_CERTIFICATE_CHECK to a public address first)."
    )


def _statement(round_: Round, award: Award, number: Number, today: date, key: str) -> Statement:
    return Statement(
        number=number.code,
        kind=Kind(award.kind),
        round=round_.slug,
        round_title=said.tidy(round_.title),
        holder=award.holder,
        text=award.text,
        title=award.title,
        facts=award.facts,
        issued_on=today,
        issuer=settings.CERTIFICATE_ISSUER,
        word=settings.CERTIFICATE_WORD,
        check=settings.CERTIFICATE_CHECK,
        key=key,
    )


def says(certificate: Certificate, award: Award) -> bool:
    """Whether a certificate has the words of an award, whoever issued it and when."""
    told = said.read(certificate.statement.encode())
    if told is None:
        return False
    return (told.kind, told.holder, told.text, told.title, told.facts) == (
        Kind(award.kind),
        award.holder,
        award.text,
        award.title,
        award.facts,
    )


def _locked_key(acting: Acting) -> tuple[SigningKey, bytes]:
    """The key that signs; its row is the lock behind which numbers are given."""
    key, secret = signing_keys.current(acting)
    list(SigningKey.objects.select_for_update().order_by("id").values_list("id", flat=True)[:1])
    return key, secret


def _valid(certificate: Certificate) -> Certificate:
    found = Certificate.objects.select_for_update(of=("self",)).select_related("round").get(pk=certificate.pk)
    if found.state != CertificateState.VALID:
        raise Unusable(f"证书 {found.code} {found.get_state_display()}，不能再变 (it is not valid any more).")
    return found


def _end(acting: Acting, certificate: Certificate, state: CertificateState, reason: str) -> None:
    verb = "certificate.revoke" if state == CertificateState.REVOKED else "certificate.replace"
    with noted(acting, verb, certificate, round_=certificate.round, entry=certificate.entry, reason=reason):
        certificate.state = state
        certificate.save(update_fields=["state"])
    _step(acting, [certificate], CertificateStepKind(state.value), reason)


def _step(acting: Acting, found: Sequence[Certificate], kind: CertificateStepKind, reason: str = "") -> None:
    rows = [CertificateStep(certificate=one, kind=kind, reason=reason, by=acting.person) for one in found]
    CertificateStep.objects.bulk_create(rows, batch_size=ROWS)


def _reason(given: str) -> str:
    told = said.tidy(given)
    if len(told) < SHORTEST_REASON:
        raise Unusable(
            f"请写明理由，至少 {SHORTEST_REASON} 个字；核验证书的人会看到 (say why; everybody who checks it reads it)."
        )
    return told[:300]
