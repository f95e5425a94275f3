"""`govgauge demo`: assess every simulated site, run and publish a small round over them, open reports and office."""

import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from govgauge.testbed.model import Site

OUT = Path("demo-reports")
OFFICE = Path("demo-office")
PORT = 8901


def demo(
    port: Annotated[
        int | None,
        typer.Option("--port", min=0, max=65535, help=f"网页的端口，默认 {PORT}，0 为任选 (port of the pages)."),
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="不打开浏览器 (open no browser).")] = False,
) -> None:
    """评估全部模拟网站，打开报告和工作台 (assess all simulated sites, open the reports and the office).

    The pages are served until Ctrl-C on a terminal, or anywhere when --port is given.
    """
    from govgauge.cli import demo_office, demo_server
    from govgauge.testbed import sites
    from govgauge.testbed.server import serve

    made = sites.build()
    print(
        f"启动 {len(made)} 个模拟网站，逐一评估，报告写入 {OUT}/ (assessing {len(made)} simulated sites).", flush=True
    )
    with serve(made) as bound:
        page, failed = _assessed(made, bound)
        print(f"报告目录：{page.resolve()}")
        print(f"用这些网站运行一次小型年度评估并公布，放在 {OFFICE}/ (a small round over the same sites) …", flush=True)
        password = demo_office.fill(OFFICE, made, bound)
        if port is not None or (sys.stdin.isatty() and sys.stdout.isatty()):
            show = not no_browser and demo_server.has_display()
            demo_server.stay(OUT, OFFICE, PORT if port is None else port, password, show=show)
        else:
            print(
                "查看工作台和公开网站（/portal/）："
                f"GOVGAUGE_MFA_ROLES=none {_program()} serve --home {OFFICE} (the pages)"
            )
            print(demo_office.sign_in(password))
            if not no_browser and demo_server.has_display():
                demo_server.show(page)
    raise typer.Exit(int(failed))


def _program() -> str:
    """What a shell calls this program by, as it was called now: it need not be on the path."""
    called = Path(sys.argv[0])
    return shlex.join([sys.executable, "-m", "govgauge"] if called.name == "__main__.py" else [str(called)])


def _assessed(made: "list[Site]", bound: int) -> tuple[Path, bool]:
    """Assess the sites served on a port; the page that leads to their reports, and whether one came to nothing."""
    from govgauge.audits.catalogue import all_audits
    from govgauge.cli import demo_page
    from govgauge.cli.simulated import assess_all, findings
    from govgauge.testbed.compare import compare

    OUT.mkdir(exist_ok=True)
    for one in made:
        shutil.rmtree(OUT / one.name, ignore_errors=True)
    rows, found = [], {}
    for one, folder in assess_all(made, bound, OUT):
        rows.append(demo_page.row(one, folder))
        found[one.name] = findings(folder)
    scores = compare([fault for one in made for fault in one.planted], found, list(all_audits()))
    for row in rows:
        told = "未能评估" if row.low is None else f"{row.low:.1f} – {row.high:.1f}  问题 {row.findings}"
        print(f"{row.site.name:<10} {row.site.title}  {told}")
    return demo_page.write(rows, scores, OUT), any(row.low is None for row in rows)
