"""A page that tells of the interface, made from its own description; nothing from other hosts."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required as public
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from msgspec import Struct

from govgauge.web.open_data.problems import TITLES


class Asked(Struct, frozen=True):
    """A parameter."""

    name: str
    place: str
    required: bool
    words: str
    limits: str


class Told(Struct, frozen=True):
    """An address: what it takes, and an answer of it."""

    path: str
    title: str
    zh: str
    en: str
    parameters: tuple[Asked, ...]
    answer: str


@public
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """All addresses with their parameters, by topic."""
    from govgauge.web.api.interface import schema  # noqa: PLC0415 - it asks for the addresses of this page

    described: Any = schema(settings.OPEN_DATA_LICENCE, settings.OPEN_DATA_CONTACT)
    topics: dict[str, list[Told]] = {}
    for path, operations in described["paths"].items():
        operation = operations["get"]
        topics.setdefault(operation["tags"][0], []).append(_told(path, operation))
    shown = {"topics": topics, "problems": TITLES, "limit": settings.OPEN_DATA_PER_MINUTE}
    return render(request, "open_data/api.html", shown)


def _told(path: str, operation: dict[str, Any]) -> Told:
    parameters = tuple(
        Asked(
            name=one["name"],
            place=one["in"],
            required=bool(one.get("required")),
            words=one.get("description") or one["schema"].get("description", ""),
            limits=_limits(one["schema"]),
        )
        for one in operation.get("parameters", ())
    )
    zh, _blank, en = operation["description"].partition("\n\n")
    answer = json.dumps(
        operation["responses"]["200"]["content"]["application/json"]["example"], ensure_ascii=False, indent=1
    )
    return Told(path, operation["summary"], zh, en, parameters, answer)


def _limits(schema: dict[str, Any]) -> str:
    known = next((one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"), schema)
    low, high = known.get("minimum"), known.get("maximum")
    if low is not None or high is not None:
        return f"{low}–{high}"
    return f"≤ {known['maxLength']}" if "maxLength" in known else ""
