"""`govgauge judge`: the kept evidence of a site judged again, without network."""

from pathlib import Path
from typing import Annotated

import typer

from govgauge.cli.assess import Json, as_day
from govgauge.cli.processes import spare_threads
from govgauge.cli.screen import Screen, say_summary


def judge(
    folder: Annotated[Path, typer.Argument(help="assess 写出的目录 (a folder written by assess).")],
    system: Annotated[str, typer.Option("--system", help="改用的指标体系 (another indicator system).")] = "",
    profile: Annotated[str, typer.Option("--profile", help="权重档 (weight column).")] = "",
    rules: Annotated[str, typer.Option("--rules", help="改用的检查规则 (another rule set).")] = "",
    as_of: Annotated[str, typer.Option("--as-of", help="以哪一天为“今天” (today's date for freshness).")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="写到另一目录 (write elsewhere).")] = None,
    as_json: Json = False,
) -> None:
    """不联网，用已采集的材料重新判定 (judge a gathered site again, no network)."""
    spare_threads()
    from govgauge.assessment.assess import Rejudge, rejudge

    request = Rejudge(
        folder=folder,
        out=out or folder,
        system=system,
        profile=profile,
        rules=rules,
        as_of=as_day(as_of) if as_of else None,
    )
    with Screen() as screen:
        conclusion = rejudge(request, screen.show)
    say_summary(conclusion, request.out, as_json=as_json)
    raise typer.Exit(conclusion.status)
