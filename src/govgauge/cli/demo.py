"""`govgauge demo`: assess every simulated site and open the reports."""

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

OUT = Path("demo-reports")
PORT = 8901


def demo(
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="报告的端口，0 为任选 (port of the reports).")
    ] = PORT,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="不打开浏览器 (open no browser).")] = False,
) -> None:
    """评估全部模拟网站并打开报告 (assess all simulated sites and open the reports)."""
    from govgauge.audits.catalogue import all_audits
    from govgauge.cli import demo_page, demo_server
    from govgauge.cli.simulated import assess_all, findings
    from govgauge.testbed import sites
    from govgauge.testbed.compare import compare
    from govgauge.testbed.server import serve

    made = sites.build()
    print(
        f"启动 {len(made)} 个模拟网站，逐一评估，报告写入 {OUT}/ (assessing {len(made)} simulated sites).", flush=True
    )
    OUT.mkdir(exist_ok=True)
    for one in made:
        shutil.rmtree(OUT / one.name, ignore_errors=True)
    rows, found = [], {}
    with serve(made) as bound:
        for one, folder in assess_all(made, bound, OUT):
            rows.append(demo_page.row(one, folder))
            found[one.name] = findings(folder)
    scores = compare([fault for one in made for fault in one.planted], found, list(all_audits()))
    page = demo_page.write(rows, scores, OUT)
    for row in rows:
        told = "未能评估" if row.low is None else f"{row.low:.1f} – {row.high:.1f}  问题 {row.findings}"
        print(f"{row.site.name:<10} {row.site.title}  {told}")
    print(f"报告目录：{page.resolve()}")
    if sys.stdin.isatty() and sys.stdout.isatty():
        demo_server.stay(OUT, port, show=not no_browser and demo_server.has_display())
    elif not no_browser and demo_server.has_display():
        demo_server.show(page)
    raise typer.Exit(int(any(row.low is None for row in rows)))
