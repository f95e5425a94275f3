"""Indicator systems for reading: all that are known, each as a tree with weights and checks, and differences."""

from decimal import Decimal
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.queries import publications
from govgauge.systems import library
from govgauge.systems.diff import diff
from govgauge.systems.diff_text import sections
from govgauge.systems.model import Check, Indicator, System
from govgauge.web.case_library.words import METHODS
from govgauge.web.portal.marks import of_publication, open_page
from govgauge.web.portal.reading import Reading
from govgauge.web.templatetags.shown import tongue


class Asked(Struct, frozen=True):
    """A check as its system asks it."""

    check: Check
    method: str
    share: str


class Leaf(Struct, frozen=True):
    """An indicator that carries weight, with its checks; `path` names what stands between it and the first level."""

    indicator: Indicator
    path: str
    name: str
    weights: tuple[Decimal | None, ...]
    checks: tuple[Asked, ...]


class Top(Struct, frozen=True):
    """An indicator of the first level; `rows` count its leaves."""

    indicator: Indicator
    weights: tuple[Decimal | None, ...]
    leaves: tuple[Leaf, ...]
    checks: int


class Kept(Struct, frozen=True):
    """A system of the library with its size, and the rounds that used it."""

    system: System
    tops: int
    leaves: int
    checks: int


@open_page
def show_list(request: HttpRequest) -> HttpResponse:
    """All systems by year, the newest first."""
    years: dict[int, list[Kept]] = {}
    for name in library.system_ids():
        kept = _kept(name)
        years.setdefault(kept.system.year, []).append(kept)
    used = [(Reading(one), publications.about(one)) for one in publications.public()]
    return render(request, "portal/systems.html", {"years": sorted(years.items(), reverse=True), "used": used})


@open_page
def show(request: HttpRequest, system: str) -> HttpResponse:
    """A system of the library."""
    return _shown(request, _library(system), None)


@of_publication
def show_of_round(request: HttpRequest, reading: Reading, system: str) -> HttpResponse:
    """A system as a round used it."""
    found = publications.about(reading.publication).systems.get(system)
    if found is None:
        raise Http404(_("这次评估没有用指标体系“%(name)s”；请从该评估的页面选择。") % {"name": system})
    return _shown(request, found, reading)


@open_page
def difference(request: HttpRequest, before: str, after: str) -> HttpResponse:
    """What changed from one system of the library to another."""
    old, new = _library(before), _library(after)
    try:
        told, problem = _difference(before, after), ""
    except Unusable as error:
        told, problem = (), tongue(str(error))
    return render(
        request,
        "portal/systems_difference.html",
        {"before": old, "after": new, "sections": told, "problem": problem},
    )


def _shown(request: HttpRequest, system: System, reading: Reading | None) -> HttpResponse:
    return render(
        request,
        "portal/system.html",
        {
            "system": system,
            "reading": reading,
            "publication": reading.publication if reading else None,
            "tops": tops(system),
            "several": len(system.profiles) > 1,
            "relations": relations(system),
            "own_path": reverse("portal-system", args=[system.id]) if _is_kept(system) else "",
        },
    )


def _is_kept(system: System) -> bool:
    """Whether the library has it just so."""
    return system.id in library.system_ids() and library.system(system.id) == system


def tops(system: System) -> list[Top]:
    """The tree, flattened below the first level."""
    found: dict[str, list[Leaf]] = {}
    for leaf in system.leaves():
        between = [name for name in leaf.path[1:] if name and name != leaf.indicator.name]
        found.setdefault(leaf.codes[0], []).append(
            Leaf(
                leaf.indicator,
                " › ".join(between),
                leaf.indicator.name,
                tuple(leaf.indicator.weight(one.id) for one in system.profiles),
                tuple(
                    Asked(check, str(METHODS[check.method]), f"{100 * check.share:.0f}%")
                    for check in leaf.indicator.checks
                ),
            )
        )
    return [
        Top(
            one,
            tuple(one.weight(profile.id) for profile in system.profiles),
            tuple(found.get(one.code, ())),
            sum(len(leaf.checks) for leaf in found.get(one.code, ())),
        )
        for one in system.indicators
    ]


def relations(system: System) -> list[tuple[System, str, str]]:
    """Other systems to compare with: the same table in other years first, then those of the same year."""
    others = [library.system(name) for name in library.system_ids() if name != system.id]
    others.sort(key=lambda one: (one.table != system.table, -one.year, one.id))
    pairs = []
    for one in others if system.id in library.system_ids() else []:
        old, new = (one, system) if one.year < system.year else (system, one)
        pairs.append((one, old.id, new.id))
    return pairs


@lru_cache(maxsize=64)
def _difference(before: str, after: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(sections(diff(library.system(before), library.system(after)), with_checks=True))


@lru_cache(maxsize=64)
def _kept(name: str) -> Kept:
    system = library.system(name)
    return Kept(system, len(system.indicators), len(list(system.leaves())), len(list(system.checks())))


def _library(name: str) -> System:
    try:
        return library.system(name)
    except library.UnknownSystem:
        raise Http404(_("没有名为“%(name)s”的指标体系；请从指标体系中选择。") % {"name": name}) from None
