"""What there is to certify: the words of each certificate, from what was published."""

from collections.abc import Sequence

from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.models import Case, CaseCount, Certificate, CertificateKind, Entry, Round
from govgauge.reports.certificates.statement import tidy

CASE_TITLE = "优秀创新案例"


class Award(Struct, frozen=True):
    """Something to certify. `key` names it within its round, however often its words change."""

    key: str
    kind: CertificateKind
    holder: str
    text: str
    title: str
    facts: tuple[tuple[str, str], ...]
    entry: Entry
    case: Case | None = None


def of_cases(made: CaseCount, numbers: Sequence[int] = ()) -> list[Award]:
    """The chosen cases of a published count, or those of them with these numbers."""
    found = made.results.filter(chosen=True).select_related("case__entry").order_by("place", "case__number")
    if numbers:
        found = found.filter(case__number__in=numbers)
    named = {one["slug"]: one["name"] for one in made.rules.get("categories", ())}
    return [_of_case(made, one.case, named.get(one.case.category, one.case.category)) for one in found]


def _of_case(made: CaseCount, case: Case, category: str) -> Award:
    judged = "专家评审和公众投票" if made.ballots else "专家评审"
    call = made.call.title
    return Award(
        key=f"case-{case.pk}",
        kind=CertificateKind.CASE,
        holder=tidy(case.owner),
        text=tidy(f"贵单位的案例“{case.name}”经{judged}，入选“{call}”，被评为"),
        title=CASE_TITLE,
        facts=(("案例类别", tidy(category)),) if category else (),
        entry=case.entry,
        case=case,
    )


def of_round(round_: Round) -> list[Award]:
    """All that is published of a round and can be certified."""
    made = CaseCount.objects.filter(call__round=round_, published_at__isnull=False).order_by("-number").first()
    return of_cases(made) if made else []


def again(certificate: Certificate) -> Award:
    """The award of a certificate as its words are now. Raises Unusable when it is not published any more."""
    for one in of_round(certificate.round):
        if one.key == certificate.award:
            return one
    raise Unusable(
        f"证书 {certificate.code} 的结果已不在公布之列，不能换发；应作废的请撤销 (its result is not public now)."
    )
