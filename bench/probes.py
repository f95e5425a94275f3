"""The end of `make bench`: 15,000 home pages on host names of their own probed over HTTPS, by their processor time.

One nginx on loopback stands for all of them; every probe makes a TLS connection of its own and checks the certificate.
"""

import gzip
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server import free_port, wait_for

from govgauge.gather.availability.opening import Target
from govgauge.gather.availability.prober import Prober, Way
from govgauge.gather.certificates import trusted_file

SITES = 15_000
CPU_SECONDS = 60.0
MEGABYTES = 400.0
LINKS = 60
CONFIGURATION = """
worker_processes 1;
daemon off;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{ worker_connections 4096; }}
http {{
    types {{ text/html html; }}
    access_log off;
    gzip_static on;
    ssl_session_cache off;
    ssl_session_tickets off;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    server {{
        listen 127.0.0.1:{port} ssl backlog=4096;
        ssl_certificate {work}/cert;
        ssl_certificate_key {work}/key;
        root {root};
        index index.html;
    }}
}}
"""


def main() -> int:
    """Probe all sites once; the exit status says whether time and memory were kept."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        with served(work) as (port, ca_file):
            return measure(port, ca_file)


def measure(port: int, ca_file: str) -> int:
    """Probe, and print what it cost this process."""
    targets = (Target(number, f"https://w{number}.bench.test/") for number in range(SITES))
    seen: Counter[str] = Counter()
    times: list[int] = []
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    with Prober(Way(connect_to=(f"::127.0.0.1:{port}",), ca_file=ca_file)) as prober:
        for opening in prober.probe(targets):
            seen[opening.status] += 1
            times.append(opening.phases.total)
    after, seconds = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter() - began
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    megabytes = after.ru_maxrss / 1024
    times.sort()
    print(
        f"{SITES:,} HTTPS home pages probed: {cpu:.1f} s of processor time ({cpu / SITES * 1000:.2f} ms each), "
        f"{seconds:.1f} s, {megabytes:.0f} MB, median {times[len(times) // 2]} ms; {dict(seen)} "
        f"(wanted: {CPU_SECONDS:.0f} s of processor time, {MEGABYTES:.0f} MB, all open)"
    )
    opened = seen["ok"] + seen["slow"]
    return 0 if cpu <= CPU_SECONDS and megabytes <= MEGABYTES and opened == SITES else 1


@contextmanager
def served(work: Path) -> Iterator[tuple[int, str]]:
    """A home page of 20 KB over HTTPS while the block runs; gives the port and the file of its authority."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if nginx is None or not shutil.which("openssl"):
        print("probes: nginx or openssl is missing, not measured")
        raise SystemExit(0)
    root, port = work / "root", free_port()
    root.mkdir()
    items = "".join(f'<li><a href="/col/{number}.html">关于做好某项工作的通知</a></li>' for number in range(LINKS))
    page = (
        f"<html><head><title>某市人民政府</title></head><body><ul>{items}</ul><p>{'政务公开' * 1200}</p></body></html>"
    )
    (root / "index.html").write_text(page, encoding="utf-8")
    (root / "index.html.gz").write_bytes(gzip.compress(page.encode()))
    make_certificate(work)
    configuration = work / "nginx.conf"
    configuration.write_text(CONFIGURATION.format(work=work, port=port, root=root))
    for folder in (work, root):
        folder.chmod(0o755)
    process = subprocess.Popen([nginx, "-c", str(configuration), "-p", str(work)], stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield port, str(trusted(work))
    finally:
        process.terminate()
        process.wait()


def trusted(work: Path) -> Path:
    """The bench's authority behind all those that this machine trusts, as in real use."""
    machine = trusted_file("")
    known = Path(machine).read_bytes() if machine else b""
    everything = work / "authorities"
    everything.write_bytes(known + (work / "cert").read_bytes())
    return everything


def make_certificate(work: Path) -> None:
    """A certificate for all names of the bench, its own authority."""
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=bench.test -addext"
    names = "subjectAltName=DNS:*.bench.test"
    subprocess.run(
        [*command.split(), names, "-keyout", work / "key", "-out", work / "cert"], check=True, capture_output=True
    )


if __name__ == "__main__":
    sys.exit(main())
