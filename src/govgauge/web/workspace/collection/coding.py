"""The collector's page: site and check side by side, saved as one types, handed in, taken back."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from govgauge.errors import Unusable
from govgauge.office import kept_pages
from govgauge.office.check_work import told, work_of
from govgauge.office.domain import codings
from govgauge.office.domain.codings import GIVEN_BACK, WRITABLE, Clash, Draft, draft_of
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Assignment, Coding, RoundState
from govgauge.office.queries import assignments, proposals
from govgauge.office.queries.check_guides import guides_of
from govgauge.systems import library
from govgauge.web import words
from govgauge.web.access import acting_of, page
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.collection.asked import assignment_of
from govgauge.web.workspace.collection.evidence import evidence_of, shown_of
from govgauge.web.workspace.collection.forms import answers, coding_form, percent


@page(Verb.CODE)
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    """An assignment."""
    one = assignment_of(request, number)
    return render(request, "collection/coding.html", _shown(one, getattr(one, "coding", None)))


@page(Verb.CODE)
@require_POST
def save(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what was typed; for htmx only the line that says so comes back."""
    one = assignment_of(request, number)
    form = coding_form(request.POST)
    if not form.is_valid():
        return _not_saved(request, one, form.said(), form.data.get("version", "0"))
    draft, seen = form.draft(), form.seen()
    try:
        coding = codings.save(acting_of(request), one, seen, draft)
        if "submit" in request.POST:
            codings.submit(acting_of(request), one, coding.version)
    except Clash as clash:
        return _clashed(request, one, draft, clash, seen)
    except Unusable as fault:
        known = Coding.objects.filter(assignment=one).first()
        version = known.version if known and draft_of(known) == draft else seen
        return _not_saved(request, one, tongue(str(fault)), str(version), draft)
    if "submit" in request.POST:
        return _gone_on(request, one)
    if getattr(request, "htmx", False):
        return render(
            request,
            "collection/saved.html",
            {"coding": coding, "seen": coding.version, "assignment": coding.assignment},
        )
    return HttpResponseRedirect(reverse("coding", args=[one.id]) + "#answer")


@page(Verb.CODE)
@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take a submitted answer back."""
    one = assignment_of(request, number)
    try:
        codings.take_back(acting_of(request), one)
    except Unusable as fault:
        return _not_saved(request, one, tongue(str(fault)), "0")
    return HttpResponseRedirect(reverse("coding", args=[one.id]) + "#answer")


def _gone_on(request: HttpRequest, one: Assignment) -> HttpResponse:
    """To the next assignment, or to the list where there is none."""
    following = assignments.neighbours(one)[1] or assignments.first_to_do(one.person, one.round_id)
    address = reverse("coding", args=[following]) + "#answer" if following else reverse("my-work")
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _not_saved(
    request: HttpRequest, one: Assignment, said: str, version: str, draft: Draft | None = None
) -> HttpResponse:
    """Why it was not done, beside what was typed."""
    if getattr(request, "htmx", False):
        return render(request, "collection/saved.html", {"fault": said, "seen": version})
    one.refresh_from_db()
    shown = _shown(one, Coding.objects.filter(assignment=one).first(), draft)
    return render(request, "collection/coding.html", shown | {"fault": said, "seen": version}, status=409)


def _clashed(request: HttpRequest, one: Assignment, draft: Draft, clash: Clash, seen: int) -> HttpResponse:
    """The other state beside one's own text, to choose from.

    The page keeps the version that it knew: who types on has not chosen, and overwrites nothing.
    """
    known = clash.known
    shown = {"clash": known, "said": tongue(str(clash)), "seen": seen, "assignment": one}
    share = "—" if known.value is None else f"{percent(known.value)}%"
    shown["their_value"] = _("不适用") if known.not_applicable else share
    if getattr(request, "htmx", False):
        return render(request, "collection/saved.html", shown)
    return render(request, "collection/coding.html", _shown(one, known, draft) | shown, status=409)


def _shown(one: Assignment, coding: Coding | None, draft: Draft | None = None) -> dict[str, object]:
    found = work_of(one.entry.system, one.entry.profile, one.check_id)
    assert found is not None, one.check_id  # noqa: S101 - it was planned from that system
    work = told(found, guides_of(one.round))
    draft = draft or draft_of(coding)
    language = "en" if (get_language() or "").startswith("en") else "zh"
    before, after = assignments.neighbours(one)
    steps = list(coding.steps.order_by("-id")[:20]) if coding else []
    returned = steps[0] if steps and steps[0].kind in GIVEN_BACK else None
    return shown_of(one, evidence_of(coding)) | {
        "round": one.round,
        "visited": kept_pages.visit_of(one.entry),
        "work": work,
        "source": library.system(one.entry.system).source,
        "coding": coding,
        "draft": draft,
        "seen": coding.version if coding else 0,
        "answers": answers(work.form, draft),
        "percent": percent(draft.value),
        "confidences": [(value, title, value == draft.confidence) for value, title in words.CONFIDENCES.items()],
        "writable": one.state in WRITABLE and not one.batch.held and one.round.state != RoundState.FROZEN,
        "proposed": proposals.proposed(one.entry, work, language),
        "examples": proposals.examples(work, language),
        "steps": steps,
        "returned": returned,
        "before": before,
        "after": after,
    }
