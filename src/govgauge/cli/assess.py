"""`govgauge assess`: one site from its address to its report."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from govgauge.cli.processes import spare_threads
from govgauge.cli.screen import Screen, say_summary
from govgauge.errors import Unusable

Json = Annotated[bool, typer.Option("--json", help="把结论输出为 JSON (print the conclusion as JSON).")]


def as_day(text: str) -> date:
    """A date given on the command line. Raises typer.BadParameter."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  # a calendar day has no zone
    except ValueError as error:
        raise typer.BadParameter(f"“{text}”不是日期；请写成 2025-11-30 的形式 (write dates as 2025-11-30).") from error


def assess(
    url: Annotated[str, typer.Argument(help="网站首页地址 (address of the home page).")],
    out: Annotated[Path, typer.Option("--out", help="结果目录 (folder for the results).")],
    system: Annotated[str, typer.Option("--system", help="指标体系 (indicator system).")] = "2025-city",
    profile: Annotated[str, typer.Option("--profile", help="权重档 (weight column).")] = "",
    rules: Annotated[str, typer.Option("--rules", help="检查规则 (rule set).")] = "inspection-2019",
    as_of: Annotated[str, typer.Option("--as-of", help="以哪一天为“今天” (today's date for freshness).")] = "",
    max_pages: Annotated[int, typer.Option("--max-pages", min=1, help="最多采集多少网页 (page budget).")] = 5000,
    max_seconds: Annotated[float, typer.Option("--max-seconds", min=1, help="最长多少秒 (time budget).")] = 3600,
    rate: Annotated[float, typer.Option("--rate", min=0, help="每秒每主机请求数，0 为不限 (requests/s and host).")] = 5,
    concurrency: Annotated[int, typer.Option("--concurrency", min=1, max=64, help="并发数 (parallel requests).")] = 4,
    ignore_robots: Annotated[
        bool, typer.Option("--ignore-robots", help="不遵守 robots.txt (ignore robots.txt).")
    ] = False,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="不使用浏览器 (no browser).")] = False,
    connect_to: Annotated[
        list[str] | None,
        typer.Option("--connect-to", help="HOST:PORT:HOST2:PORT2，同 curl (as curl's; may be repeated)."),
    ] = None,
    ca_file: Annotated[str, typer.Option("--ca-file", help="根证书文件 (CA certificates).")] = "",
    resume: Annotated[bool, typer.Option("--resume", help="接着上次中断处继续 (go on where it stopped).")] = False,
    as_json: Json = False,
) -> None:
    """评估一个政府网站，写出报告 (assess one government website and write its report)."""
    for entry in connect_to or []:
        if entry.count(":") < 3:
            raise Unusable(f"--connect-to “{entry}”不合格式；应为 HOST:PORT:HOST2:PORT2 (wrong form of --connect-to).")
    spare_threads()
    from govgauge.assessment.assess import Request, run

    request = Request(
        url=url,
        folder=out,
        system=system,
        profile=profile,
        rules=rules,
        as_of=as_day(as_of) if as_of else None,
        max_pages=max_pages,
        max_seconds=max_seconds,
        rate=rate,
        concurrency=concurrency,
        obey_robots=not ignore_robots,
        browser=not no_browser,
        connect_to=tuple(connect_to or ()),
        ca_file=ca_file,
        resume=resume,
    )
    with Screen() as screen:
        conclusion = run(request, screen.show)
    say_summary(conclusion, out, as_json=as_json)
    raise typer.Exit(conclusion.status)
