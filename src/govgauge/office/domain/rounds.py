"""Rounds: opened, filled, paused, frozen."""

import re
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from govgauge.errors import Unusable
from govgauge.office.domain import freezing, jobs, stages
from govgauge.office.domain import settings as round_settings
from govgauge.office.domain.acting import noted_by_command
from govgauge.office.domain.entries import Added, add
from govgauge.office.domain.visits import ASSESS
from govgauge.office.lanes import ASIDE
from govgauge.office.lines import Line
from govgauge.office.models import JobState, Round, RoundState
from govgauge.office.program import program
from govgauge.systems import library

__all__ = ["ASSESS", "Added", "Line", "add", "create", "find", "freeze", "go_on", "open_jobs", "pause"]


MOVES = {RoundState.PAUSED: "round.pause", RoundState.OPEN: "round.resume", RoundState.FROZEN: "round.freeze"}
NAME_CHARACTERS = 60
NAME = re.compile(rf"[A-Za-z0-9_-]{{1,{NAME_CHARACTERS}}}")
"""A round's name stands in addresses and is the name of a folder."""


def create(
    slug: str,
    title: str,
    *,
    rules: str,
    as_of: date,
    settings: dict[str, object],
    plan: stages.Plan | None = None,
) -> Round:
    """Open a round with its stages. Raises Unusable when its name is taken or is none, its rule set does not exist, or
    its settings or stages cannot be used."""
    if not NAME.fullmatch(slug):
        raise Unusable(
            f"“{slug}”不能作名称：名称用于网址和目录，只能是 1 至 {NAME_CHARACTERS} 个字母、数字、- 和 _，如 2025-a；"
            "其他文字请写在 --title 里 (letters, digits, - and _ only; the title takes any text)."
        )
    library.rule_set(rules)
    round_settings.checked(settings)
    try:
        with transaction.atomic():
            facts = {"rules": rules, "as_of": as_of, "settings": settings, "program": program()}
            made = Round.objects.create(slug=slug, title=title or slug, **facts)
            told = {"title": made.title, "rules": rules, "as_of": as_of.isoformat(), "settings": settings}
            noted_by_command("round.open", made, {}, told)
            stages.change(made, plan or {})
            return made
    except IntegrityError:
        raise Unusable(f"已有名为“{slug}”的年度评估；请换一个名称 (a round of that name exists).") from None


def find(slug: str) -> Round:
    """The round of a name. Raises Unusable naming those there are."""
    found = Round.objects.filter(slug=slug).first()
    if found is None:
        known = "、".join(Round.objects.order_by("-id").values_list("slug", flat=True)[:10]) or "还没有"
        raise Unusable(f"没有名为“{slug}”的年度评估；现有：{known} (no such round).")
    return found


def need_open(round_: Round) -> None:
    """Raises Unusable for a round that gives no jobs out, with what to do about it."""
    if round_.state == RoundState.PAUSED:
        raise Unusable(f"“{round_.slug}”已暂停；请先运行 round resume {round_.slug} (the round is paused).")
    if round_.state == RoundState.FROZEN:
        raise Unusable(
            f"“{round_.slug}”已冻结，不能再采集；要看结果请用 round export，要重新判定请用 round recompute "
            "(the round is frozen)."
        )


def pause(round_: Round) -> None:
    """Give no more jobs out; what runs is finished."""
    _move(round_, RoundState.OPEN, RoundState.PAUSED)


def go_on(round_: Round) -> None:
    """Give jobs out again."""
    _move(round_, RoundState.PAUSED, RoundState.OPEN)


@transaction.atomic
def freeze(round_: Round, *, anyway: bool = False) -> str:
    """Fix the round for good; returns the hash of its inputs.

    Inputs that were frozen before stay so. Raises Unusable while jobs are open, or when subjects, settings, program or
    audits are no longer what they were frozen as, unless `anyway`: then they are frozen anew.
    """
    freezing.need_subjects(round_)
    left = open_jobs(round_)
    if left:
        raise Unusable(f"还有 {left} 项任务没有结束，不能冻结；请先运行完或暂停后处理 (jobs are still open).")
    told = [one for one in freezing.differences(round_) if one.kind not in freezing.USED_AS_FROZEN]
    if told and not anyway:
        raise Unusable(
            "\n".join([*(one.said() for one in told), "没有冻结；确要以现在的为准，请加 --anyway (not frozen)."])
        )
    if told or not round_.inputs_hash:
        freezing.freeze_inputs(round_)
    freezing.freeze_collected(round_)
    _move(round_, RoundState(round_.state), RoundState.FROZEN)
    return round_.inputs_hash


def open_jobs(round_: Round) -> int:
    """How many jobs are still to be done of those that touch its results."""
    own = round_.jobs.exclude(lane=ASIDE)
    return own.filter(jobs.wanted_at(timezone.now()), state__in=[JobState.READY, JobState.RUNNING]).count()


@transaction.atomic
def _move(round_: Round, before: RoundState, after: RoundState) -> None:
    moved = Round.objects.filter(id=round_.id, state=before).update(state=after)
    if not moved:
        round_.refresh_from_db()
        raise Unusable(
            f"“{round_.slug}”现在是“{round_.get_state_display()}”，不能这样改 (the round is {round_.state})."
        )
    round_.state = after
    noted_by_command(MOVES[after], round_, {"state": before.value}, {"state": after.value})
