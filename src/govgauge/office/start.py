"""Making the office's records usable in this process."""

import os
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection

SETTINGS = "govgauge.web.settings"


def start(home: Path | None = None) -> Path:
    """Set Django up for a folder of the office (GOVGAUGE_HOME when None), bring its tables up to date; the folder."""
    if home is not None:
        os.environ["GOVGAUGE_HOME"] = str(home.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    folder = Path(os.environ.get("GOVGAUGE_HOME") or "govgauge-office").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    django.setup()
    if _is_behind():
        call_command("migrate", verbosity=0, interactive=False)
    return folder


def _is_behind() -> bool:
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 - needs Django to be set up

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
