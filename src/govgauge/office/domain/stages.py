"""The stages of a round: given, checked, asked for, and kept to."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.domain.acting import noted_by_command
from govgauge.office.models import Round, RoundStage, StageKind

ORDER = tuple(StageKind)
KNOWN = "、".join(f"{kind.value}（{kind.label}）" for kind in ORDER)
DAYS = ".."
"""Between the first and the last day of a stage on the command line."""


class OutOfStage(Unusable):
    """Something is done outside of the stage that it belongs to. The message tells its days, and the way round."""


class Days(Struct, frozen=True):
    """The first and the last day of a stage."""

    starts: date
    ends: date

    def said(self) -> str:
        return f"{self.starts}{DAYS}{self.ends}"


Plan = Mapping[StageKind, Days]


def plan_of(file: Path | None, given: Iterable[str]) -> dict[StageKind, Days]:
    """The stages of a TOML file and of texts such as `collection=2025-09-01..2025-11-30`, which go before.

    Raises Unusable.
    """
    return {**(_read(file) if file else {}), **dict(map(_given, given))}


def of(round_: Round) -> dict[StageKind, Days]:
    """The stages of a round, in their order; empty where none were given."""
    kept = {StageKind(stage.kind): Days(stage.starts, stage.ends) for stage in round_.stages.all()}
    return {kind: kept[kind] for kind in ORDER if kind in kept}


@transaction.atomic
def change(round_: Round, plan: Plan, drop: Iterable[str] = ()) -> dict[StageKind, Days]:
    """Set some stages, drop others; the stages as they are then. Raises Unusable when they do not fit together."""
    dropped = [_kind(name) for name in drop]
    after = {kind: days for kind, days in {**of(round_), **plan}.items() if kind not in dropped}
    check(after)
    before = of(round_)
    round_.stages.filter(kind__in=dropped).delete()
    for kind, days in plan.items():
        RoundStage.objects.update_or_create(
            round=round_, kind=kind, defaults={"starts": days.starts, "ends": days.ends}
        )
    now = of(round_)
    if now != before:
        noted_by_command("round.stages", round_, _plain(before), _plain(now))
    return now


def _plain(plan: Plan) -> dict[str, str]:
    return {kind.value: days.said() for kind, days in plan.items()}


def check(plan: Plan) -> None:
    """Stages may overlap, but none begins, and none ends, before one that goes before it. Raises Unusable."""
    for kind, days in plan.items():
        if days.ends < days.starts:
            raise Unusable(
                f"阶段“{kind.label}”的止日 {days.ends} 早于起日 {days.starts}；请改正 (ends before it begins)."
            )
    present = [kind for kind in ORDER if kind in plan]
    for earlier, later in pairwise(present):
        for word, field in (("开始", "starts"), ("结束", "ends")):
            first, second = getattr(plan[earlier], field), getattr(plan[later], field)
            if second < first:
                raise Unusable(
                    f"阶段“{later.label}”在 {second} {word}，早于它之前的“{earlier.label}”（{first} {word}）；"
                    "各阶段可以重叠，但应依次开始、依次结束，请改正日期 (stages out of order)."
                )


def today() -> date:
    """The day on which it is decided which stage is now."""
    return timezone.localdate()


def running(plan: Plan, day: date) -> list[StageKind]:
    """The stages of a day; several where they overlap."""
    return [kind for kind, days in plan.items() if days.starts <= day <= days.ends]


def may_collect(round_: Round, day: date) -> None:
    """Raises OutOfStage when sites are to be visited outside of the collection; never where it has no days."""
    days = of(round_).get(StageKind.COLLECTION)
    if days is None:
        return
    if day < days.starts:
        raise OutOfStage(_outside(round_, StageKind.COLLECTION, days, "还没有开始，不能采集", "not begun yet"))
    if day > days.ends:
        raise OutOfStage(_outside(round_, StageKind.COLLECTION, days, "已经结束，不能再采集", "is over"))


def closed_to_visits(day: date) -> QuerySet[RoundStage]:
    """The collections that a day lies outside of: their rounds give out no visits then."""
    return RoundStage.objects.filter(kind=StageKind.COLLECTION).exclude(starts__lte=day, ends__gte=day)


def may_register(round_: Round, day: date) -> None:
    """Raises OutOfStage when subjects are added after the registration (without one: the collection) is over."""
    plan = of(round_)
    for kind in (StageKind.REGISTRATION, StageKind.COLLECTION):
        if kind in plan:
            if day > plan[kind].ends:
                raise OutOfStage(_outside(round_, kind, plan[kind], "已经结束，不能再增加评估对象", "is over"))
            return


def _outside(round_: Round, kind: StageKind, days: Days, what: str, english: str) -> str:
    return (
        f"“{round_.slug}”的阶段“{kind.label}”（{days.starts} 至 {days.ends}）{what}；确要进行请加 --anyway，"
        f"或用 round stages 改正日期 (the stage {kind.value} {english}; use --anyway)."
    )


def _given(text: str) -> tuple[StageKind, Days]:
    name, _, days = text.partition("=")
    starts, mark, ends = days.partition(DAYS)
    try:
        return _kind(name), Days(date.fromisoformat(starts.strip()), date.fromisoformat(ends.strip()))
    except ValueError:
        hint = "" if mark else "，起止日之间是两个点"
        raise Unusable(
            f"“{text}”不是一个阶段；请写成 collection=2025-09-01{DAYS}2025-11-30{hint} (no stage with its days)."
        ) from None


def _read(path: Path) -> dict[StageKind, Days]:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Unusable(f"{path}：无法读取（{error.strerror}）。请核对路径 (cannot be read).") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Unusable(f"{path}：不是可读的 TOML（{error}）。请改正后再试 (broken TOML).") from None
    return {_kind(name, f"{path}："): _table(path, name, table) for name, table in told.items()}


def _table(path: Path, name: str, table: object) -> Days:
    days = table if isinstance(table, dict) else {}
    starts, ends = days.get("starts"), days.get("ends")
    if not (type(starts) is date and type(ends) is date and len(days) == 2):
        raise Unusable(
            f"{path} [{name}]：应正好写 starts 和 ends 两个日期，如 starts = 2025-09-01 (starts and ends are needed)."
        )
    return Days(starts, ends)


def _kind(name: str, place: str = "") -> StageKind:
    said = name.strip()
    for kind in ORDER:
        if said in {kind.value, kind.label}:
            return kind
    raise Unusable(f"{place}没有阶段“{said}”；可用：{KNOWN} (no such stage).")
