"""Laying out hashed and compressed copies of the static files; no build step, no foreign host."""

from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.utils.functional import empty

UNUSED = ("htmx-4*", "htmx-2.js", "htmax-*", "ext", "debug*", "django-htmx.js")
"""Files of packages that no page names."""


def lay_out() -> None:
    """Write them under STATIC_ROOT, and let this process know their names."""
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=list(UNUSED))
    know()


def know() -> None:
    """Read the names of those laid out. Where there are none they are laid out first."""
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=list(UNUSED))
    storage: Any = staticfiles_storage
    storage._wrapped = empty  # noqa: SLF001 - made anew at its next use, with the names that there are now
