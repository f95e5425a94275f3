"""Servers of a test's office: `govgauge serve` itself, or this process, which has everything loaded already."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test import override_settings
from django.test.testcases import QuietWSGIRequestHandler

from govgauge.web.front import Front


@contextmanager
def command() -> Iterator[str]:
    """The command as its user starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    started = [sys.executable, "-m", "govgauge", "serve", "--port", str(port)]
    environment = {**os.environ, "GOVGAUGE_SECRET_KEY": settings.SECRET_KEY}  # so that it knows our cookies
    with subprocess.Popen(started, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment) as server:
        while server.poll() is None:
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        server.terminate()


@contextmanager
def this_process(office: Path) -> Iterator[str]:
    """The same application in threads of ours: three seconds less than to start the command and to load its pages."""
    connections.settings["default"]["CONN_MAX_AGE"] = 0  # the threads end with the test, and so do their connections
    front = Front(WSGIHandler())
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.daemon_threads = True
    server.set_app(front)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    with override_settings(HOME=office):
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        front._makers.shutdown()
    server.server_close()
    thread.join()
