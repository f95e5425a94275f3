"""`govgauge demo`: assess every simulated site and open the reports."""

import os
import shutil
import sys
import webbrowser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Annotated

import typer

from govgauge.audits.catalogue import all_audits
from govgauge.cli import demo_page
from govgauge.cli.simulated import assess_all, findings
from govgauge.testbed import sites
from govgauge.testbed.compare import compare
from govgauge.testbed.server import serve

OUT = Path("demo-reports")
PORT = 8901


def demo(
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="报告的端口，0 为任选 (port of the reports).")
    ] = PORT,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="不打开浏览器 (open no browser).")] = False,
) -> None:
    """评估全部模拟网站并打开报告 (assess all simulated sites and open the reports)."""
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
        _stay(port, show=not no_browser and _has_display())
    elif not no_browser and _has_display():
        webbrowser.open(page.resolve().as_uri())
    raise typer.Exit(int(any(row.low is None for row in rows)))


def _stay(port: int, *, show: bool) -> None:
    """Serve the reports until Ctrl-C."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Quiet, directory=str(OUT.resolve())))
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    print(f"在浏览器中打开 {address}，按 Ctrl-C 结束 (open this address; Ctrl-C ends).", flush=True)
    if show:
        webbrowser.open(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("已结束 (ended).", file=sys.stderr)
    finally:
        server.server_close()


def _has_display() -> bool:
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing about it."""

    def log_message(self, *_args: object) -> None:
        """Say nothing."""
