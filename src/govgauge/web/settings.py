"""Django's settings, from the environment: GOVGAUGE_HOME (folder of the office), GOVGAUGE_DATABASE (address)."""

import os
from pathlib import Path

import dj_database_url

from govgauge.web import secret_key
from govgauge.web.certificate_settings import *  # noqa: F403 - a module of settings is read by its names
from govgauge.web.notice_settings import *  # noqa: F403 - a module of settings is read by its names
from govgauge.web.open_data_settings import *  # noqa: F403 - likewise
from govgauge.web.page_settings import *  # noqa: F403 - a module of settings is read by its names
from govgauge.web.sign_in_settings import *  # noqa: F403 - likewise
from govgauge.web.sign_in_settings import SIGN_IN_APPS
from govgauge.web.vote_settings import *  # noqa: F403 - likewise

HOME = Path(os.environ.get("GOVGAUGE_HOME") or "govgauge-office").resolve()
"""Where the office keeps its database and its evidence when nothing else is said."""
BUSY_SECONDS = 30
"""How long a writer waits for another one to be done with SQLite."""

DATABASE = os.environ.get("GOVGAUGE_DATABASE") or f"sqlite:///{HOME / 'office.sqlite3'}"
"""SQLite by default; `postgresql://user:password@host/name` when workers run on several machines."""
DATABASES = {"default": dj_database_url.parse(DATABASE, conn_max_age=600, conn_health_checks=True)}
HAS_MESSAGES = DATABASES["default"]["ENGINE"].endswith("postgresql")
"""Only PostgreSQL brings messages about jobs to workers anywhere."""
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": BUSY_SECONDS,
        "transaction_mode": "IMMEDIATE",  # a transaction that reads first and then writes must not lose its snapshot
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }

AUTH_USER_MODEL = "office.Person"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.forms",
    "django.contrib.staticfiles",
    "django_htmx",
    "govgauge.office",
    "govgauge.web",
    *SIGN_IN_APPS,
    *(["procrastinate.contrib.django"] if HAS_MESSAGES else []),
]
SECRET_KEY = secret_key.found(HOME)
STATIC_ROOT = HOME / "static"
"""Hashed and compressed copies of the static files, laid out when the server starts."""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
