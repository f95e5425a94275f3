"""Scoring cases on the rubric by at least two people, who do not see each other's levels until all have submitted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from django.db import IntegrityError, transaction
from django.utils import timezone

from govgauge.choosing.marks import case_scores
from govgauge.choosing.rubric import rubric
from govgauge.errors import Unusable
from govgauge.office.case_rules import CaseSettings
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.case_calls import rules_of
from govgauge.office.domain.case_steps import need_under_review
from govgauge.office.domain.case_weights import mark_of, points_of, weights_of
from govgauge.office.domain.screening import held
from govgauge.office.models import Case, CaseScore, Person

UNTOLD = frozenset({"levels", "comment", "points"})
"""What a score says stays out of the trail, which other screeners may read."""


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
        with (
            transaction.atomic(),
            noted(acting, "case-score.save", score, entry=current.entry, typed=True, back=UNTOLD),
        ):
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
    points = points_of(rules_of(current.call), score)
    with noted(acting, "case-score.submit", score, entry=current.entry, back=UNTOLD):
        score.submitted_at = timezone.now()
        score.points = points
        score.version += 1
        score.save()
    return score


def reopen_all(acting: Acting, case: Case) -> int:
    """Let scores of a form that was changed since count no longer: levels stay for those who gave them, who look again.

    In the transaction in which the case is handed in again; how many there were.
    """
    given = list(case.scores.select_for_update().filter(submitted_at__isnull=False).order_by("id"))
    for score in given:
        with noted(acting, "case-score.reopen", score, entry=case.entry, back=UNTOLD):
            score.submitted_at, score.points = None, None
            score.version += 1
            score.save(update_fields=["submitted_at", "points", "version", "at"])
    return len(given)


def needed(rules: CaseSettings, scores: Iterable[CaseScore]) -> int:
    """How many are to score a case: one more than the rules say where those that did are too far apart."""
    points = [one.points for one in scores if one.submitted_at and one.points is not None]
    is_apart = (
        bool(rules.apart_from) and len(points) >= rules.screeners and max(points) - min(points) >= rules.apart_from
    )
    return rules.screeners + is_apart


def means(scores: Iterable[CaseScore], rules: CaseSettings) -> dict[int, Fraction]:
    """The mean points (0…100) of each case that enough people have scored, from those that were handed in."""
    scale = rubric()
    given = [one for one in scores if one.submitted_at and not set(scale.codes) - set(one.levels)]
    marks = [mark_of(one) for one in given]
    by_case: dict[int, list[CaseScore]] = defaultdict(list)
    for one in given:
        by_case[one.case_id].append(one)
    enough = {case for case, some in by_case.items() if len(some) >= needed(rules, some)}
    found = case_scores(scale, weights_of(rules), marks, needed=rules.screeners)
    return {int(one.case): one.mean for one in found if one.mean is not None and int(one.case) in enough}


def shown_to(person: Person | None, scores: Sequence[CaseScore], rules: CaseSettings) -> list[CaseScore]:
    """Of one case's scores those that somebody may see: their own; the others' once enough people have submitted, and
    not while their own is unfinished.
    """
    mine = [one for one in scores if person is not None and one.by_id == person.pk]
    submitted = [one for one in scores if one.submitted_at]
    if len(submitted) < needed(rules, submitted) or any(one.submitted_at is None for one in mine):
        return mine
    return submitted


def _need_open(case: Case) -> None:
    """Who has seen others' levels begins none of their own."""
    submitted = list(case.scores.filter(submitted_at__isnull=False))
    if len(submitted) >= needed(rules_of(case.call), submitted):
        raise Unusable(f"已有 {len(submitted)} 人评分并公开，不再接受新的评分 (enough people have scored it).")


def _person(acting: Acting) -> Person:
    assert acting.person is not None  # noqa: S101 - only people score
    return acting.person
