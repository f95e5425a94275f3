"""What an expert says of a case: saved as one judges, submitted within the days of the panel, or abstained from."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from govgauge.choosing.rubric import Rubric, rubric
from govgauge.errors import GovgaugeError, Unusable
from govgauge.office.domain import case_calls, panels
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.models import Seat

UNTOLD = frozenset({"levels", "comment", "abstained"})
"""What a verdict says stays out of the trail, which others read: only that it was changed."""


class ChangedMeanwhile(GovgaugeError):
    """The verdict was changed elsewhere since it was shown. `current` is as it is."""

    def __init__(self, current: Seat) -> None:
        super().__init__(
            "这个案例的评分刚在别处修改过；下面是现在的内容，请核对后再保存 (changed elsewhere meanwhile)."
        )
        self.current = current


def scale() -> Rubric:
    """The rubric by which cases are judged."""
    return rubric()


@transaction.atomic
def save(acting: Acting, seat: Seat, levels: Mapping[str, int], comment: str, seen: int) -> Seat:
    """Keep levels and a comment; `seen` is the version over which they were typed.

    Raises ChangedMeanwhile, NotAllowed, Unusable.
    """
    current = _open(acting, seat)
    given = checked(levels)
    words = comment.strip()[:1000]
    if (given, words) == (current.levels, current.comment):
        return current
    if seen != current.version:
        raise ChangedMeanwhile(current)
    current.levels, current.comment = given, words
    _keep(acting, current, "verdict.save", "levels", "comment")
    return current


@transaction.atomic
def submit(acting: Acting, seat: Seat, seen: int) -> Seat:
    """Hand a verdict in. Raises ChangedMeanwhile, NotAllowed, Unusable with what is missing."""
    current = _open(acting, seat)
    if seen != current.version:
        raise ChangedMeanwhile(current)
    missing = [one.zh for one in scale().dimensions if one.code not in current.levels]
    if missing:
        raise Unusable(f"还没有评定：{'、'.join(missing)} (levels are missing).")
    _calibrated(current)
    current.submitted_at, current.abstained = timezone.now(), False
    _keep(acting, current, "verdict.submit", "submitted_at", "abstained")
    return current


@transaction.atomic
def abstain(acting: Acting, seat: Seat, reason: str) -> Seat:
    """Judge a case not at all, and say why. Raises NotAllowed, Unusable."""
    current = _open(acting, seat)
    if len(reason.strip()) < panels.SHORTEST:
        raise Unusable("弃权要写明理由 (say why you abstain).")
    if current.case.is_calibration:
        raise Unusable("校准案例由全体专家评定，不能弃权 (everybody judges the calibration case).")
    current.levels, current.comment = {}, reason.strip()[:1000]
    current.abstained, current.submitted_at = True, timezone.now()
    _keep(acting, current, "verdict.abstain", "levels", "comment", "abstained", "submitted_at")
    return current


@transaction.atomic
def reopen(acting: Acting, seat: Seat) -> Seat:
    """Take a verdict back to change it, within the days of the panel. Raises NotAllowed, Unusable."""
    current = _locked(acting, seat)
    _days(current)
    if current.submitted_at is None:
        raise Unusable("这个案例还没有提交，可以直接修改 (not submitted yet).")
    if current.case.is_calibration:
        raise Unusable("校准案例提交后显示了商定级别，不能再改 (the agreed levels have been shown).")
    current.submitted_at, current.abstained = None, False
    _keep(acting, current, "verdict.reopen", "submitted_at", "abstained")
    return current


def checked(levels: Mapping[str, int]) -> dict[str, int]:
    """Levels that the rubric has, in its order. Raises Unusable."""
    known = scale()
    for code, level in levels.items():
        if code not in known.codes or not known.lowest <= level <= known.highest:
            raise Unusable(f"量表中没有“{code}”的 {level} 级；请从列表中选择 (no such level).")
    return {code: levels[code] for code in known.codes if code in levels}


def _open(acting: Acting, seat: Seat) -> Seat:
    current = _locked(acting, seat)
    _days(current)
    if current.submitted_at is not None:
        raise Unusable("这个案例已经提交；要修改，请先撤回提交 (submitted already).")
    return current


def _locked(acting: Acting, seat: Seat) -> Seat:
    related = Seat.objects.select_related("expert__call__round", "expert__person", "case")
    current = related.select_for_update(of=("self",)).get(pk=seat.pk)
    panels.need_own(acting, current.expert)
    if current.taken_back_at is not None:
        raise Unusable(f"这个案例已不由您评审：{current.taken_back_why} (taken back).")
    return current


def _days(seat: Seat) -> None:
    if why := case_calls.closed_why(case_calls.rules_of(seat.expert.call).panel, "专家评审"):
        raise Unusable(why)


def _calibrated(seat: Seat) -> None:
    if seat.case.is_calibration:
        return
    first = seat.expert.seats.filter(case__is_calibration=True, submitted_at=None, taken_back_at=None)
    if first.exists():
        raise Unusable("请先评定并提交校准案例，再提交其他案例 (judge the calibration case first).")


def _keep(acting: Acting, seat: Seat, verb: str, *fields: str) -> None:
    with noted(acting, verb, seat, round_=seat.expert.call.round, typed=verb == "verdict.save", back=UNTOLD):
        seat.version += 1
        seat.save(update_fields=[*fields, "version"])
