"""Serving a folder on loopback: nginx where it is installed, else Python."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

CONFIGURATION = """
worker_processes 1;
daemon off;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{ worker_connections 512; }}
http {{
    types {{ text/html html; }}
    default_type application/octet-stream;
    access_log off;
    sendfile on;
    keepalive_requests 1000000;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    server {{ listen 127.0.0.1:{port}; root {root}; index index.html; }}
}}
"""


@contextmanager
def served(root: Path, work: Path) -> Iterator[tuple[str, str]]:
    """Serve `root` while the block runs; gives the address and the name of the server program."""
    port = free_port()
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if nginx:
        configuration = work / "nginx.conf"
        configuration.write_text(CONFIGURATION.format(work=work, port=port, root=root))
        command = [nginx, "-c", str(configuration), "-p", str(work)]
    else:
        command = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", "-d", str(root), str(port)]
    for folder in (root, *root.parents[:2]):
        with suppress(PermissionError):
            folder.chmod(folder.stat().st_mode | 0o555)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}/", Path(command[0]).name
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    """A TCP port that is free now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def wait_for(port: int, seconds: float = 10.0) -> None:
    """Wait until somebody listens on a port of loopback."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")
