"""A PostgreSQL of the tests' own: a cluster in a temporary folder, reached through a socket in it."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

OWNER = "govgauge"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
WAIT_SECONDS = 60


def programs() -> Path | None:
    """Where initdb and postgres lie: the newest of Debian's, else on the path; None when there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path and shutil.which("postgres") else None


class Cluster:
    """One cluster: a new one, or a copy of `base`. `safe` ones sync everything, so that they can be killed."""

    def __init__(self, bin_folder: Path, *, safe: bool = False, base: Path | None = None) -> None:
        self._bin = bin_folder
        self.folder = Path(tempfile.mkdtemp(prefix="govgauge-pg-"))
        self._as_owner = _as_other_user(self.folder)
        self._options = () if safe else FAST
        self._server: subprocess.Popen[bytes] | None = None
        self._count = 0
        if base is not None:
            _copy(base, self.folder / "base")
            return
        self._run("initdb", "--pgdata", "base", "--username", OWNER, "--auth", "trust", "--encoding", "UTF8",
                  "--locale", "C", "--no-sync")  # fmt: skip

    def start(self) -> "Cluster":
        """Start the server, and wait until it answers."""
        settings = [f"unix_socket_directories={self.folder}", "listen_addresses=", "max_connections=60"]
        settings += ["shared_buffers=32MB", "autovacuum=off", "dynamic_shared_memory_type=mmap", *self._options]
        command = [*self._as_owner, str(self._bin / "postgres"), "-D", str(self.folder / "base")]
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [*command, *(part for setting in settings for part in ("-c", setting))],
                stdout=log, stderr=log, start_new_session=True, cwd=self.folder,
            )  # fmt: skip
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline and self._server.poll() is None:
            try:
                self.execute("SELECT 1")
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return self
        raise RuntimeError((self.folder / "log").read_text(encoding="utf-8"))

    def kill(self) -> None:
        """End every process of the server at once, as a power cut would."""
        if self._server is not None:
            family = [self._server.pid, *_children(self._server.pid)]
            for process in family:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            self._server.wait()
            _wait_until_gone(family)
            self._server = None

    def end(self) -> None:
        """Let the server end by itself, with everything in its files."""
        if self._server is not None:
            self._server.send_signal(signal.SIGINT)
            self._server.wait(WAIT_SECONDS)
            self._server = None

    def copy_to(self, folder: Path) -> None:
        """Keep the files of the cluster, which must have ended, for others that begin with them."""
        _copy(self.folder / "base", folder)

    def stop(self) -> None:
        """End the server, and remove its folder."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def database(self, template: str = "template1") -> str:
        """The name of a new database, made as another one is."""
        self._count += 1
        name = f"office{self._count}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def url(self, name: str) -> str:
        """The address of a database as GOVGAUGE_DATABASE wants it."""
        return f"postgresql://{OWNER}@{quote(str(self.folder), safe='')}/{name}"

    def execute(self, statement: str) -> None:
        """Run a statement of the administrator."""
        with psycopg.connect(host=str(self.folder), user=OWNER, dbname="postgres", autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as_owner, str(self._bin / program), *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)


def _copy(base: Path, folder: Path) -> None:
    """Copy the files of a cluster together with whose they are, which the server looks at."""
    subprocess.run(["cp", "-a", str(base), str(folder)], check=True)


def _as_other_user(folder: Path) -> list[str]:
    """What to put before PostgreSQL's commands: it refuses to run as root, and has to end with the tests."""
    end_with_us = ["setpriv", "--pdeathsig", "INT"]
    if os.geteuid():
        return end_with_us if shutil.which("setpriv") else []
    user = subprocess.run(["id", "-u", "postgres"], capture_output=True, text=True, check=False).stdout.strip()
    number = int(user or "65534")
    os.chown(folder, number, number)
    return [*end_with_us, f"--reuid={number}", f"--regid={number}", "--clear-groups"]


def _children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _wait_until_gone(processes: list[int]) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while any(_lives(process) for process in processes) and time.monotonic() < deadline:
        time.sleep(0.02)


def _lives(process: int) -> bool:
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return told.rpartition(")")[2].split()[0] != "Z"
