"""`govgauge round stages`: the stages of a round with their days, shown and changed."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from govgauge.office.models import Round

StageFile = Annotated[
    Path | None, typer.Option("--stages", metavar="FILE.toml", help="各阶段的起止日期 (stages with their days).")
]
StageGiven = Annotated[
    list[str] | None,
    typer.Option("--stage", metavar="NAME=A..B", help="一个阶段，如 collection=2025-09-01..2025-11-30 (one stage)."),
]
Anyway = Annotated[bool, typer.Option("--anyway", help="不在其阶段内也进行 (outside of its stage, too).")]


def stages(
    slug: Annotated[str, typer.Argument(metavar="ROUND", help="年度评估的名称 (name of the round).")],
    file: StageFile = None,
    given: StageGiven = None,
    drop: Annotated[
        list[str] | None, typer.Option("--drop", metavar="NAME", help="去掉一个阶段 (drop a stage).")
    ] = None,
    home: Annotated[Path | None, typer.Option("--home", help="工作目录 (folder of the office).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")] = False,
) -> None:
    """显示或更改各阶段 (show or change the stages)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import rounds, stages

    round_ = rounds.find(slug)
    if file or given or drop:
        stages.change(round_, stages.plan_of(file, given or ()), drop or ())
    facts = stages_json(round_)
    if as_json:
        print(json.dumps({"round": slug, **facts}, ensure_ascii=False))
        return
    for line in stage_lines(round_):
        print(line)
    if not facts["stages"]:
        print("没有写明阶段，随时可以采集 (no stages were given).", file=sys.stderr)


def stages_json(round_: "Round") -> dict[str, object]:
    """The stages of a round and which of them are now, for programs."""
    from govgauge.office.domain import stages

    plan = stages.of(round_)
    return {
        "stages": [
            {"stage": kind.value, "title": kind.label, "starts": days.starts.isoformat(), "ends": days.ends.isoformat()}
            for kind, days in plan.items()
        ],
        "stages_now": [kind.value for kind in stages.running(plan, stages.today())],
    }


def stage_lines(round_: "Round") -> list[str]:
    """The stages of a round, those of today marked."""
    from govgauge.office.domain import stages

    plan = stages.of(round_)
    now = stages.running(plan, stages.today())
    return [
        f"{'▶' if kind in now else ' '} {kind.label}（{kind.value}）{days.starts} 至 {days.ends}"
        for kind, days in plan.items()
    ]
