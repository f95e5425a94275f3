"""Pages over 15,000 subjects, asked for from a real server: p95 of each kind of page, and processor time.

`--subjects` for another number.
"""

import argparse
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import synthetic_round

SUBJECTS = 15_000
REQUESTS = 60
WANTED_MS = 100
PAGES = {
    "list of subjects": "entries/",
    "list, last page": "entries/?page=999",
    "list, one group, by points": "entries/?group=%E5%8C%BA%E5%8E%BF&sort=-low",
    "list, by findings, page 100": "entries/?sort=-findings&page=100",
    "list, one state and a text": "entries/?state=done&q=99",
    "list of jobs": "jobs/",
    "list of jobs, by name": "jobs/?sort=name&page=7",
    "round": "",
    "live part": "progress",
}


def main() -> int:
    """Measure; the exit status says whether every page kept its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subjects", type=int, default=SUBJECTS)
    subjects = parser.parse_args().subjects
    with tempfile.TemporaryDirectory(prefix="govgauge-bench-web-") as folder:
        os.environ |= {"GOVGAUGE_HOME": folder, "GOVGAUGE_SECRET_KEY": secrets.token_hex()}
        from govgauge.office.start import start

        start(Path(folder))
        synthetic_round.fill("bench", subjects)
        cookie = signed_in()
        from django.db import connections

        connections.close_all()
        return measured(subjects, cookie)


def signed_in() -> str:
    """The cookie of an observer of the bench's office."""
    from django.conf import settings
    from django.test import Client

    from govgauge.office.models import Person, Role, RoleKind

    reader = Person.objects.create_user("bench@example.test", name="bench")
    Role.objects.create(person=reader, kind=RoleKind.OBSERVER)
    visitor = Client()
    visitor.force_login(reader, backend=settings.AUTHENTICATION_BACKENDS[0])
    return f"{settings.SESSION_COOKIE_NAME}={visitor.cookies[settings.SESSION_COOKIE_NAME].value}"


def measured(subjects: int, cookie: str) -> int:
    """Start the server, ask, tell."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "govgauge", "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            wait(port, server)
            slowest = max(show(server.pid, port, name, f"/rounds/bench/{path}", cookie) for name, path in PAGES.items())
        finally:
            server.terminate()
    print(f"slowest p95 over {subjects} subjects: {slowest:.0f} ms (wanted: {WANTED_MS} ms)", flush=True)
    return 0 if slowest <= WANTED_MS else 1


def show(server: int, port: int, name: str, path: str, cookie: str) -> float:
    """Ask for a page again and again; its p95 in ms."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as asked:
        taken, before = [], cpu(server)
        for _ in range(REQUESTS):
            began = time.perf_counter()
            asked.request("GET", path, headers={"Accept-Encoding": "gzip", "Cookie": cookie})
            answer = asked.getresponse()
            size = len(answer.read())
            taken.append(1000 * (time.perf_counter() - began))
            if answer.status not in {200, 286}:
                raise SystemExit(f"{path}: {answer.status}")
    each = 1000 * (cpu(server) - before) / REQUESTS
    p95 = statistics.quantiles(taken[3:], n=20)[-1]
    times = f"median {statistics.median(taken):5.0f} ms  p95 {p95:5.0f} ms  processor {each:5.1f} ms"
    print(f"  {name:28} {times}  {size / 1000:5.1f} KB", flush=True)
    return p95


def cpu(server: int) -> float:
    """Seconds of processor time that a server and its workers have used: what a busy machine does not lengthen."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii").split()
    stats = [
        Path(f"/proc/{one}/stat").read_text(encoding="utf-8").rpartition(")")[2].split() for one in [server, *children]
    ]
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")


def wait(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until the server answers."""
    while server.poll() is None:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    sys.exit(main())
