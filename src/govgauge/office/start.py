"""Making the office's records usable in this process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command
from django.db import Error, connection

from govgauge.errors import Unusable
from govgauge.office.away import reason

SETTINGS = "govgauge.web.settings"
LOCK = ".migrating"
LOCK_NUMBER = 7_107_001
"""The name of the lock under which PostgreSQL's tables are brought up to date."""


def start(home: Path | None = None, *, migrate: bool = True) -> Path:
    """Set Django up for a folder of the office (GOVGAUGE_HOME when None); the folder.

    Brings the tables up to date; with `migrate` False, as for a worker, it only looks whether they are.
    Raises Unusable when the database cannot be reached, or has the tables of another version of the program.
    """
    if home is not None:
        os.environ["GOVGAUGE_HOME"] = str(home.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    folder = Path(os.environ.get("GOVGAUGE_HOME") or "govgauge-office").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    django.setup()
    try:
        _see_to_tables(folder, migrate=migrate)
    except Error as error:
        raise unusable(error) from None
    return folder


def unusable(error: Exception) -> Unusable:
    """What a command says that ends because of the database."""
    return Unusable(
        f"数据库不能用：{reason(error)}；请检查 GOVGAUGE_DATABASE 和数据库是否运行，再运行同一命令 "
        "(the database cannot be used)."
    )


def _see_to_tables(folder: Path, *, migrate: bool) -> None:
    if not _is_behind():
        return
    if not migrate:
        raise Unusable(
            "数据库中的表比本程序旧；请先用同一版本运行任一管理命令，例如 govgauge round status "
            "(the tables are older than this program)."
        )
    with _alone(folder):
        if _is_behind():  # another command may have been faster
            call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Only one command at a time changes the tables, on this machine and, with PostgreSQL, on any."""
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_NUMBER])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])


def _is_behind() -> bool:
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 - needs Django to be set up

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
