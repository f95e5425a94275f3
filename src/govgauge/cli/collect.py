"""`govgauge collect`: planning what people collect."""

import json
from pathlib import Path
from typing import Annotated

import typer

from govgauge.cli.assess import as_day

app = typer.Typer(help="人工采集 (what people collect).", no_args_is_help=True)
Home = Annotated[Path | None, typer.Option("--home", help="工作目录，省略则用 GOVGAUGE_HOME (folder of the office).")]
Slug = Annotated[str, typer.Argument(metavar="ROUND", help="年度评估的名称 (name of the round).")]
People = Annotated[
    list[str] | None, typer.Option("--people", help="采集员的邮箱，可多次或用逗号分开；省略为全部 (who collects).")
]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")]


@app.callback()
def by_command(context: typer.Context) -> None:
    """人工采集 (what people collect)."""
    from govgauge.office.by_command import given

    context.with_resource(given())


@app.command("plan")
def plan(
    slug: Slug,
    due: Annotated[str, typer.Option("--due", help="期限，最后一天 (deadline).")],
    by: Annotated[str, typer.Option("--by", help="indicator 或 entry (how work is cut).")] = "indicator",
    people: People = None,
    share: Annotated[str, typer.Option("--share", help="双人采集的比例，0 至 1 (share coded twice).")] = "0.1",
    group: Annotated[list[str] | None, typer.Option("--group", help="只分派这些组 (these groups).")] = None,
    indicator: Annotated[list[str] | None, typer.Option("--indicator", help="只分派这些指标 (by code).")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="只看不做 (change nothing).")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """分派人工、辅助和实测要点：按时间均分，抽一部分背靠背 (share out what people answer)."""
    from decimal import Decimal, InvalidOperation

    from govgauge.errors import Unusable
    from govgauge.office.start import start

    start(home)
    from govgauge.office.coding_plan import Wanted
    from govgauge.office.domain import coding_plans, rounds
    from govgauge.office.domain.acting import PROGRAM
    from govgauge.office.models import BatchCut

    round_ = rounds.find(slug)
    if by not in BatchCut.values:
        raise Unusable(f"--by 应为 indicator 或 entry，不是“{by}” (cut by indicator or entry).")
    try:
        part = Decimal(share)
    except InvalidOperation:
        raise Unusable(f"--share 应是 0 至 1 的数，不是“{share}” (the share is a number).") from None
    named = [name for one in people or () for name in one.split(",")]
    wanted = Wanted(
        cut=BatchCut(by),
        people=coding_plans.people_of(round_, named)
        or tuple(coding_plans.collectors(round_).values_list("id", flat=True)),
        share=part,
        due=as_day(due),
        groups=tuple(group or ()),
        indicators=tuple(indicator or ()),
    )
    proposal = coding_plans.propose(PROGRAM, round_, wanted)
    if not preview:
        coding_plans.carry_out(PROGRAM, round_, wanted, proposal.digest)
    people_told = [
        {"name": one.name, "first": one.first, "second": one.second, "minutes": one.minutes, "before": one.before}
        for one in proposal.portions
    ]
    if as_json:
        facts = {
            "first": len(proposal.first),
            "second": len(proposal.second),
            "batches": len(proposal.names),
            "assigned_before": proposal.assigned_before,
            "without_site": proposal.without_site,
            "people": people_told,
            "done": not preview,
        }
        print(json.dumps(facts, ensure_ascii=False))
        return
    for one in proposal.portions:
        print(f"{one.name}：{one.first} 项，另背靠背 {one.second} 项，约 {one.minutes} 分钟（已有 {one.before} 分钟）")
    print(
        f"{'将分派' if preview else '已分派'} {len(proposal.first)} 项，背靠背 {len(proposal.second)} 项，"
        f"分 {len(proposal.names)} 批；早已分派 {proposal.assigned_before} 项；"
        f"{proposal.without_site} 个对象没有网站 ({'a preview' if preview else 'planned'})."
    )


@app.command("move")
def move(
    slug: Slug,
    leaver: Annotated[str, typer.Option("--from", help="离开者的邮箱 (who leaves).")],
    people: People = None,
    begun: Annotated[bool, typer.Option("--begun", help="连同已开始的 (what was begun, too).")] = False,
    preview: Annotated[bool, typer.Option("--preview", help="只看不做 (change nothing).")] = False,
    home: Home = None,
) -> None:
    """有人离开时，把其未开始的（或连同已开始的）改派给别人 (give what somebody has not begun to others)."""
    from govgauge.errors import Unusable
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import batches, coding_plans, rounds
    from govgauge.office.domain.acting import PROGRAM
    from govgauge.office.models import Person

    round_ = rounds.find(slug)
    who = Person.objects.filter(email__iexact=leaver.strip()).first()
    if who is None:
        raise Unusable(f"没有邮箱为“{leaver}”的人；请核对 (nobody has that address).")
    named = [name for one in people or () for name in one.split(",")]
    chosen = coding_plans.people_of(round_, named) or tuple(
        coding_plans.collectors(round_).exclude(id=who.id).values_list("id", flat=True)
    )
    moved = batches.move(PROGRAM, round_, who, chosen, begun=begun, preview=preview)
    names = dict(Person.objects.filter(id__in=moved.to).values_list("id", "name"))
    for person, count in moved.to.items():
        print(f"{names[person]}：{count} 项")
    print(f"{moved.begun} 项已开始，仍归 {who.name}；{moved.stuck} 项没有人可接 (begun stay, stuck have nobody).")
