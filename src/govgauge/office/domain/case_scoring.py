"""Scoring cases on the rubric by at least two people, who do not see each other's levels until all have submitted."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from django.db import IntegrityError, transaction
from django.utils import timezone

from govgauge.choosing.marks import Mark, case_scores, person_score
from govgauge.choosing.rubric import equal_weights, rubric
from govgauge.errors import Unusable
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.case_calls import rules_of
from govgauge.office.domain.case_steps import need_under_review
from govgauge.office.domain.screening import held
from govgauge.office.models import Case, CaseScore, Person

FINE = Decimal("0.0001")
"""Points are kept so fine for lists; what is decided rests on the levels."""


@transaction.atomic
def save(acting: Acting, case: Case, levels: Mapping[str, int], comment: str, seen: int) -> CaseScore:
    """Keep somebody's levels; `seen` is the version that they typed over, 0 for the first.

    Raises NotAllowed, Unusable.
    """
    current = held(acting, case)
    need_under_review(current)
    scale = rubric()
    known = {code: level for code, level in levels.items() if code in scale.codes}
    if any(not scale.lowest <= level <= scale.highest for level in known.values()):
        raise Unusable(f"等级应在 {scale.lowest} 至 {scale.highest} 之间 (no such level).")
    score = CaseScore.objects.select_for_update().filter(case=current, by=acting.person).first()
    if score is None:
        _need_open(current)
        score = CaseScore(case=current, by=_person(acting))
    elif score.submitted_at:
        raise Unusable("您已提交评分，不能再改 (your score is handed in).")
    if seen != score.version:
        raise Unusable("您在另一个窗口改过这份评分；请刷新后再改 (you changed it elsewhere).")
    score.levels, score.comment, score.version = known, comment.strip()[:1000], score.version + 1
    try:
        with transaction.atomic(), noted(acting, "case-score.save", score, entry=current.entry, typed=True):
            score.save()
    except IntegrityError:
        raise Unusable("您在另一个窗口改过这份评分；请刷新后再改 (you changed it elsewhere).") from None
    return score


@transaction.atomic
def submit(acting: Acting, case: Case) -> CaseScore:
    """Hand one's levels in, for good. Raises NotAllowed, Unusable."""
    current = held(acting, case)
    need_under_review(current)
    score = CaseScore.objects.select_for_update().filter(case=current, by=acting.person).first()
    if score is None or score.submitted_at:
        raise Unusable("没有可以提交的评分 (there is nothing to hand in).")
    scale = rubric()
    if missing := [one.zh for one in scale.dimensions if one.code not in score.levels]:
        raise Unusable(f"还没有评：{'、'.join(missing)} (levels are missing).")
    points = person_score(scale, equal_weights(scale), _mark(score)).points
    with noted(acting, "case-score.submit", score, entry=current.entry):
        score.submitted_at = timezone.now()
        score.points = fine(points) if points is not None else None
        score.version += 1
        score.save()
    return score


def means(scores: Iterable[CaseScore], needed: int) -> dict[int, Fraction]:
    """The mean points (0…100) of each case that enough people have scored, from those that were handed in."""
    scale = rubric()
    marks = [_mark(one) for one in scores if one.submitted_at and not set(scale.codes) - set(one.levels)]
    found = case_scores(scale, equal_weights(scale), marks, needed=needed)
    return {int(one.case): one.mean for one in found if one.mean is not None}


def shown_to(person: Person | None, scores: Sequence[CaseScore], needed: int) -> list[CaseScore]:
    """Of one case's scores those that somebody may see: their own; the others' once enough people have submitted, and
    not while their own is unfinished.
    """
    mine = [one for one in scores if person is not None and one.by_id == person.pk]
    submitted = [one for one in scores if one.submitted_at]
    if len(submitted) < needed or any(one.submitted_at is None for one in mine):
        return mine
    return submitted


def fine(points: Fraction) -> Decimal:
    """Points as lists keep them."""
    return (Decimal(points.numerator) / Decimal(points.denominator)).quantize(FINE)


def _need_open(case: Case) -> None:
    """Who has seen others' levels begins none of their own."""
    submitted = case.scores.filter(submitted_at__isnull=False).count()
    if submitted >= rules_of(case.call).screeners:
        raise Unusable(f"已有 {submitted} 人评分并公开，不再接受新的评分 (enough people have scored it).")


def _mark(score: CaseScore) -> Mark:
    return Mark(str(score.case_id), str(score.by_id), {str(code): int(level) for code, level in score.levels.items()})


def _person(acting: Acting) -> Person:
    assert acting.person is not None  # noqa: S101 - only people score
    return acting.person
