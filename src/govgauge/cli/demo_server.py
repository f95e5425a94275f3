"""Showing the reports of the demonstration in a browser."""

import errno
import os
import sys
import webbrowser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


def stay(folder: Path, port: int, *, show: bool) -> None:
    """Serve a folder on loopback until Ctrl-C, and show it in the browser where that is wished."""
    server = _bound(folder, port)
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


def _bound(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server on the port, or on any other when somebody else has it."""
    pages = partial(_Quiet, directory=str(folder.resolve()))
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), pages)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        print(f"端口 {port} 已被占用，改用其他端口 (the port is in use; another one is taken).", file=sys.stderr)
        return ThreadingHTTPServer(("127.0.0.1", 0), pages)


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
