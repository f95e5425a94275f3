"""Scoring a case on the rubric: one's own levels, and the others' once they may be seen."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from msgspec import Struct

from govgauge.choosing.rubric import Dimension, rubric
from govgauge.office.case_rules import CaseSettings
from govgauge.office.domain import case_scoring
from govgauge.office.domain.acting import Acting
from govgauge.office.domain.case_weights import weights_of
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Case, CaseScore
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.display import is_english
from govgauge.web.workspace.screening.asked import case_of, seen_in, text_in


class Rung(Struct, frozen=True):
    """A level of a dimension with its sentence."""

    level: int
    words: str
    chosen: bool


class Asked(Struct, frozen=True):
    """A dimension as the form asks for it."""

    code: str
    name: str
    ask: str
    share: str
    rungs: list[Rung]


class Line(Struct, frozen=True):
    """One person's score in the table: levels in the order of the dimensions."""

    by: str
    levels: list[int | None]
    points: object
    comment: str


class Scores(Struct, frozen=True):
    """What a reader may see of a case's scores. `is_blind`: the others' are hidden still."""

    all: list[CaseScore]
    mine: CaseScore | None
    submitted: int
    needed: int
    is_apart: bool
    is_blind: bool
    may_score: bool
    dimensions: list[Asked]
    lines: list[Line]


def scores_shown(acting: Acting, case: Case, rules: CaseSettings) -> Scores:
    """The scores of a case for a reader; one query."""
    found = list(case.scores.select_related("by").order_by("submitted_at", "id"))
    mine = next((one for one in found if acting.person and one.by_id == acting.person.pk), None)
    submitted = sum(one.submitted_at is not None for one in found)
    shown = case_scoring.shown_to(acting.person, found, rules)
    needed = case_scoring.needed(rules, found)
    is_blind = submitted < needed or (mine is not None and mine.submitted_at is None)
    return Scores(
        all=found,
        mine=mine,
        submitted=submitted,
        needed=needed,
        is_apart=needed > rules.screeners,
        is_blind=is_blind,
        may_score=mine.submitted_at is None if mine else submitted < needed,
        dimensions=[_asked(one, mine, rules) for one in rubric().dimensions],
        lines=[_line(one) for one in shown if one.submitted_at],
    )


@page(Verb.SCREEN_CASE)
@require_POST
def score(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Keep one's levels, and with the button for it hand them in."""
    case, acting = case_of(slug, number), acting_of(request)
    given = {one.code: request.POST.get(one.code, "") for one in rubric().dimensions}
    levels = {code: int(level) for code, level in given.items() if level.isdecimal() and len(level) < 3}

    def kept() -> None:
        case_scoring.save(acting, case, levels, text_in(request, "comment"), seen_in(request, "version"))

    here = reverse("round-case", args=[slug, case.pk]) + "#score"
    if "submit" not in request.POST:
        return told.done(request, kept, _("已保存，提交以前别人看不到。"), here)

    def handed_in() -> None:
        kept()
        case_scoring.submit(acting, case)

    return told.done(request, partial(handed_in), _("评分已提交。"), here)


def _asked(dimension: Dimension, mine: CaseScore | None, rules: CaseSettings) -> Asked:
    english = is_english()
    chosen = mine.levels.get(dimension.code) if mine else None
    rungs = [Rung(one.level, one.en if english else one.zh, one.level == chosen) for one in dimension.anchors]
    name, ask = (dimension.en, dimension.ask_en) if english else (dimension.zh, dimension.ask_zh)
    weights = weights_of(rules)
    share = f"{float(weights[dimension.code] / sum(weights.values())):.1%}" if rules.weights else ""
    return Asked(dimension.code, name, ask, share, rungs)


def _line(one: CaseScore) -> Line:
    return Line(one.by.name, [one.levels.get(code) for code in rubric().codes], one.points, one.comment)
