"""What stands about one entry: each check with its answer and where it comes from; the body may object to it here."""

from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from msgspec import Struct

from govgauge.office.domain.acting import Acting
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.stages import today
from govgauge.office.models import DECIDED, Entry, Objection, ObjectionPeriod, ObjectionState, Result, Round, RoundState
from govgauge.office.queries import objections
from govgauge.office.queries.answer_lists import Preliminary, preliminary
from govgauge.office.queries.check_texts import form_of
from govgauge.web.access import acting_of, page
from govgauge.web.listing import one_of
from govgauge.web.workspace.asked import entry_of, round_of
from govgauge.web.workspace.review.words import IN_PROGRESS, OBJECTION_STATES, SOURCES, WAITS, value_words

ALL, OBJECTED = "all", "objected"
"""What is listed beside the checks that have an answer."""


class Shown(Struct, frozen=True):
    """A check as the page shows it."""

    line: Preliminary
    value: str
    source: str
    reason: str
    objection: str


class Group(Struct, frozen=True):
    """The checks of one indicator."""

    title: str
    where: str
    rows: list[Shown]


@page(Verb.SEE_ENTRY)
@require_safe
def own(request: HttpRequest, slug: str) -> HttpResponse:
    """The entries for which the reader stands; of one alone, its page."""
    round_ = round_of(slug)
    acting = acting_of(request)
    if acting.may(Verb.SEE_ROUND, round_=round_):
        return HttpResponseRedirect(reverse("entries", args=[slug]))
    found = list(acting.entries(Verb.SEE_ENTRY, round_).order_by("key")[:200])
    if len(found) == 1:
        return HttpResponseRedirect(reverse("entry-answers", args=[slug, found[0].id]))
    return render(request, "review/own.html", {"round": round_, "entries": found})


@page(Verb.SEE_ENTRY)
@require_safe
def show(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The preliminary answers of an entry; to its body in the period of objections, to the office at any time."""
    round_ = round_of(slug)
    acting = acting_of(request)
    entry = entry_of(acting, Verb.SEE_ENTRY, round_, number)
    days = objections.period(round_)
    is_office = check_time(acting, round_, days)
    lines, _sheet = preliminary(entry, today())
    secret = not is_office and any(one.objection is not None and is_secret(one.objection) for one in lines)
    show = one_of(request, "show", [ALL, OBJECTED])
    is_open = days is not None and objections.is_open(round_, today())
    shown = {
        "round": round_,
        "entry": entry,
        "groups": _groups(entry, [one for one in lines if _wanted(one, show)], is_office=is_office),
        "show": show,
        "result": None if secret else Result.objects.filter(entry=entry).first(),
        "period": days,
        "is_open": is_open,
        "is_office": is_office,
        "may_object": is_open
        and round_.state != RoundState.FROZEN
        and acting.may(Verb.OBJECT, round_=round_, key=entry.key),
        "may_confirm": acting.may(Verb.REVIEW, round_=round_),
        "counts": _counts(lines),
        "filed": objections.objections(round_, objections.ObjectionSieve(), "-filed", of=[entry.id])[:50],
        "states": OBJECTION_STATES,
    }
    return render(request, "review/entry_answers.html", shown)


def check_time(acting: Acting, round_: Round, days: ObjectionPeriod | None) -> bool:
    """Whether the reader is of the office. Raises PermissionDenied to others before the period of objections."""
    if acting.may(Verb.SEE_ROUND, round_=round_):
        return True
    if days is None or today() < days.starts:
        when = _("异议期从 %(day)s 开始。") % {"day": days.starts} if days else _("异议期的时间还没有公布。")
        raise PermissionDenied(_("初步结果在异议期内才能查看。") + when)
    return False


def objection_words(state: str, *, published: bool, is_office: bool) -> str:
    """The state of an objection in words; a body learns of a decision once it is published."""
    if is_office or published or state in {ObjectionState.FILED, ObjectionState.WITHDRAWN}:
        return str(OBJECTION_STATES[state])
    return str(IN_PROGRESS)


def is_secret(objection: Objection) -> bool:
    """Whether it was decided and not published: its body learns nothing of what came of it."""
    return objection.state in DECIDED and objection.published_at is None


def _groups(entry: Entry, lines: list[Preliminary], *, is_office: bool) -> list[Group]:
    made = []
    for path, members in groupby(lines, key=lambda line: (line.check.indicator, line.check.path)):
        code, names = path
        rows = [_row(entry, line, is_office=is_office) for line in members]
        made.append(Group(f"{code} {names[-1]}", " › ".join(names[:-1]), rows))
    return made


def _row(entry: Entry, line: Preliminary, *, is_office: bool) -> Shown:
    form = form_of(entry.system, entry.profile, line.check.id)
    filed = line.objection
    words = objection_words(filed.state, published=filed.published_at is not None, is_office=is_office) if filed else ""
    if filed is not None and not is_office and is_secret(filed):
        return Shown(line, str(IN_PROGRESS), "", "", words)
    if line.waits and not is_office:
        return Shown(line, str(WAITS), "", "", words)
    source = str(SOURCES.get(line.source, ""))
    return Shown(line, "" if line.open else value_words(line.value, form), source, line.reason, words)


def _wanted(line: Preliminary, show: str) -> bool:
    if show == OBJECTED:
        return line.objection is not None
    return show == ALL or not line.open or line.objection is not None


def _counts(lines: list[Preliminary]) -> dict[str, int]:
    return {
        "all": len(lines),
        "people": sum(not line.open and line.source != "audit" for line in lines),
        "program": sum(not line.open and line.source == "audit" for line in lines),
        "open": sum(line.open for line in lines),
        "shown": sum(_wanted(line, "") for line in lines),
        "objected": sum(line.objection is not None for line in lines),
    }
