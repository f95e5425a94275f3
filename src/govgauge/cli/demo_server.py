"""Showing the office and the reports of the demonstration in a browser."""

import errno
import os
import socket
import sys
import threading
import webbrowser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from govgauge.cli import demo_office


def stay(reports: Path, office: Path, port: int, password: str, *, show: bool) -> None:
    """Serve the office's pages on a port and the reports on another one, on loopback, until Ctrl-C."""
    pages = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(reports.resolve())))
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    port = _free(port)
    serving = demo_office.serve(office, port)
    address = f"http://127.0.0.1:{port}/"
    print(f"报告 (reports)：http://127.0.0.1:{pages.server_address[1]}/")
    print(f"公开网站 (portal)：{address}portal/")
    print(f"工作台 (office)：{address}  {demo_office.sign_in(password)}", flush=True)
    if show:
        webbrowser.open(address)
    try:
        serving.wait()
    except KeyboardInterrupt:
        print("已结束 (ended).", file=sys.stderr)
    finally:
        serving.terminate()
        serving.wait()
        pages.server_close()


def _free(port: int) -> int:
    """The port, or any other when somebody else has it."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            print(f"端口 {port} 已被占用，改用其他端口 (the port is in use; another one is taken).", file=sys.stderr)
            trial.bind(("127.0.0.1", 0))
        free: int = trial.getsockname()[1]
        return free


def show(page: Path) -> None:
    """Open a page in the browser."""
    webbrowser.open(page.resolve().as_uri())


def has_display() -> bool:
    """Whether a browser can be opened here."""
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing about it."""

    def log_message(self, *_args: object) -> None:
        """Say nothing."""
