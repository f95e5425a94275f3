"""What there is to certify: the words of each certificate, from what was published and from nothing else."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.domain.count_parts import parts
from govgauge.office.models import (
    Case,
    CaseCount,
    Certificate,
    CertificateKind,
    Entry,
    Publication,
    PublicationState,
    PublishedSubject,
    Round,
)
from govgauge.reports.certificates.statement import tidy
from govgauge.reports.field import JUDGED

CASE_TITLE = "优秀创新案例"
TAKING_PART = "参评单位"


class Award(Struct, frozen=True):
    """Something to certify. `key` names it within its round, however often its words change. `grade` and `rank` are
    those of an assessed body, by which awards are chosen."""

    key: str
    kind: CertificateKind
    holder: str
    text: str
    title: str
    facts: tuple[tuple[str, str], ...]
    entry: Entry
    case: Case | None = None
    grade: str = ""
    rank: int | None = None


class Choice(Struct, frozen=True):
    """Who is to be certified: chosen cases (all, or some by number), grades, the best so many of each group by rank,
    and all who took part."""

    cases: bool = False
    numbers: frozenset[int] = frozenset()
    grades: frozenset[str] = frozenset()
    best: int = 0
    taking_part: bool = False

    def takes(self, award: Award) -> bool:
        """Whether an award is among the chosen ones."""
        match award.kind:
            case CertificateKind.CASE:
                by_number = award.case is not None and award.case.number in self.numbers
                return by_number if self.numbers else self.cases
            case CertificateKind.PARTICIPATION:
                return self.taking_part
            case CertificateKind.ASSESSED:
                return award.grade in self.grades or (award.rank is not None and award.rank <= self.best)


def of_round(round_: Round) -> list[Award]:
    """All that is public of a round and can be certified; four queries."""
    made = CaseCount.objects.filter(call__round=round_, published_at__isnull=False).select_related("call")
    count = made.order_by("-number").first()
    public = Publication.objects.filter(round=round_, state=PublicationState.PUBLIC).first()
    return [*(of_cases(count) if count else ()), *(of_publication(public) if public else ())]


def of_cases(made: CaseCount) -> Iterator[Award]:
    """The chosen cases of a published count."""
    found = made.results.filter(chosen=True).select_related("case__entry").order_by("place", "case__number")
    named = {one["slug"]: one["name"] for one in made.rules.get("categories", ())}
    judged = parts(made).words
    for one in found:
        yield _of_case(made, judged, one.case, named.get(one.case.category, one.case.category))


def of_publication(public: Publication) -> Iterator[Award]:
    """The bodies of a publication: a grade or a rank for those that have one, taking part for all that were judged."""
    found = PublishedSubject.objects.filter(publication=public).select_related("entry", "group").defer("body")
    for one in found.order_by("group__place", "place"):
        if one.state != JUDGED:
            continue
        if (one.grade or one.rank_number) and not one.unranked:
            yield _of_body(public, one)
        yield _of_part(public, one)


def again(certificate: Certificate) -> Award:
    """The award of a certificate as its words are now. Raises Unusable when it is not published any more."""
    for one in of_round(certificate.round):
        if one.key == certificate.award:
            return one
    raise Unusable(
        f"证书 {certificate.code} 的结果已不在公布之列，不能换发；应作废的请撤销 (its result is not public now)."
    )


def grades(found: Iterable[Award]) -> dict[str, int]:
    """The grades that there are, with how many have each, in the order of the list."""
    counts: dict[str, int] = {}
    for one in found:
        if one.kind is CertificateKind.ASSESSED and one.grade:
            counts[one.grade] = counts.get(one.grade, 0) + 1
    return counts


def _of_case(made: CaseCount, judged: str, case: Case, category: str) -> Award:
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


def _of_body(public: Publication, one: PublishedSubject) -> Award:
    """By its grade where the round has grades, else by its rank as it is printed (`3–4` where both are possible)."""
    group = _group(one)
    where = f"在“{tidy(public.title)}”{f'（{group}）' if group else ''}的 {one.group.judged} 个评估对象中，"
    by_grade = bool(one.grade)
    return Award(
        key=f"assessed-{one.entry.pk}",
        kind=CertificateKind.ASSESSED,
        holder=_holder(one),
        text=where + ("评估等级为" if by_grade else "名列"),
        title=tidy(one.grade if by_grade else f"第 {one.rank} 名"),
        facts=(("数据截至", public.as_of.isoformat()),),
        entry=one.entry,
        grade=one.grade,
        rank=one.rank_number,
    )


def _of_part(public: Publication, one: PublishedSubject) -> Award:
    group = _group(one)
    return Award(
        key=f"part-{one.entry.pk}",
        kind=CertificateKind.PARTICIPATION,
        holder=_holder(one),
        text=f"参加“{tidy(public.title)}”，为本次评估的",
        title=TAKING_PART,
        facts=(*((("组别", group),) if group else ()), ("数据截至", public.as_of.isoformat())),
        entry=one.entry,
    )


def _group(one: PublishedSubject) -> str:
    return tidy(one.group.title or one.group.name)


def _holder(one: PublishedSubject) -> str:
    """The body with all that stands above it: 湖北省武汉市江汉区."""
    return tidy(f"{one.parent}/{one.name}".replace("/", ""))[:120]
