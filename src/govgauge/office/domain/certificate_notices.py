"""Who is told of certificates: those who stand for the body, and who put the case forward."""

from collections.abc import Sequence

from govgauge.office.domain import notices
from govgauge.office.models import Certificate, Person, Role, RoleKind

PLACE = "/my-certificates/"


def tell_issued(made: Sequence[Certificate]) -> None:
    """Tell of new certificates; bodies for which nobody stands cost no query of their own."""
    keys = {one.entry.key for one in made}
    standing = Role.objects.filter(kind=RoleKind.ASSESSED, ended_at=None).values_list("scope", flat=True)
    known = keys & set(standing)
    for one in made:
        if one.entry.key in known or one.case is not None:
            _tell(one, "certificate-issued", {})


def tell_revoked(certificate: Certificate, reason: str) -> None:
    """Tell that a certificate holds no more, and why."""
    _tell(certificate, "certificate-revoked", {"reason": reason})


def _tell(one: Certificate, event: str, more: dict[str, str]) -> None:
    facts = {"number": one.code, "holder": one.holder, "title": one.title, **more}
    notices.tell(_concerned(one), event, facts, address=PLACE, round_=one.round, entry=one.entry)


def _concerned(one: Certificate) -> list[Person]:
    nominator = one.case.nominated_by if one.case else None
    return [*notices.of_body(one.entry), *([nominator] if nominator else [])]
