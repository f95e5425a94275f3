"""The office's page of a case: what was handed in, checks, category, address as seen, twins, scores."""

from functools import partial
from pathlib import PurePosixPath

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from govgauge.office.case_rules import CaseSettings
from govgauge.office.domain import case_calls, case_scoring, case_twins, screening
from govgauge.office.domain.admissions import propose
from govgauge.office.domain.case_steps import UNDER_REVIEW, last_step
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.screening_rights import part_in
from govgauge.office.evidence import the_store
from govgauge.office.models import Case, CaseCheck, CaseTwins, CaseVisit, JobState
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import LARGEST
from govgauge.web.workspace.nominations.fields import category_name, shown_of
from govgauge.web.workspace.nominations.fields import steps as steps_of
from govgauge.web.workspace.screening.asked import case_of, seen_in, text_in
from govgauge.web.workspace.screening.scoring import scores_shown

ANSWERS = {"yes": True, "no": False}


class Looked(Struct, frozen=True):
    """One thing that is looked at, and what was found: yes, no, or empty."""

    name: str
    title: str
    found: str


class Twin(Struct, frozen=True):
    """Another case that may be the same."""

    one: CaseTwins
    other: Case
    category: str


@page(Verb.SCREEN_CASE)
@require_safe
def show(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A case that was handed in."""
    case, acting = case_of(slug, number), acting_of(request)
    rules = case_calls.rules_of(case.call)
    shown = shown_of(case, rules)
    checks = list(case.checks.select_related("by").order_by("-id"))
    visits = list(case.visits.select_related("job", "asked_by").order_by("-id")[:5])
    part = part_in(acting, case)
    score = scores_shown(acting, case, rules)
    mean = None if score.is_blind else case_scoring.means(score.all, rules).get(case.pk)
    last = screening.holding(case)
    shown |= {
        "round": case.call.round,
        "may_edit": False,
        "may_add": False,
        "under_review": shown["state"] in UNDER_REVIEW,
        "may_screen": shown["state"] in UNDER_REVIEW and not part,
        "part": tongue(part),
        "seen": last_step(case),
        "check": last,
        "check_seen": checks[0].pk if checks else 0,
        "checks": checks,
        "looked": [Looked(name, _title(name), _answer(last, name)) for name in screening.CHECKS],
        "visit": visits[0] if visits else None,
        "is_taking": bool(visits) and visits[0].job.state in {JobState.READY, JobState.RUNNING},
        "visit_failed": bool(visits) and visits[0].job.state == JobState.FAILED,
        "pictures_taken": [one for one in visits if one.place],
        "twins": _twins(case, rules),
        "score": score,
        "proposal": propose(rules, last, mean, score.submitted, score.needed),
        "rules": rules,
        "steps": steps_of(case),
    }
    return render(request, "screening/one.html", shown)


@page(Verb.SCREEN_CASE)
@require_POST
def check(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Write down whether it is complete, in scope and real."""
    case = case_of(slug, number)
    found = {name: ANSWERS.get(request.POST.get(name, "")) for name in screening.CHECKS}
    reason = text_in(request, "reason")
    verb = partial(screening.check, acting_of(request), case, found, reason, seen_in(request))
    return told.done(request, verb, _("已记下核对结果。"), f"{_here(case)}#check")


@page(Verb.SCREEN_CASE)
@require_POST
def category(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Put it into another category."""
    case, reason = case_of(slug, number), text_in(request, "reason")
    verb = partial(screening.recategorise, acting_of(request), case, request.POST.get("category", ""), reason)
    return told.done(request, verb, _("已改类别，推荐人会收到理由。"), _here(case))


@page(Verb.SCREEN_CASE)
@require_POST
def send_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Return it with a reason."""
    case, reason = case_of(slug, number), text_in(request, "reason")
    verb = partial(screening.send_back, acting_of(request), case, reason, seen_in(request))
    return told.done(request, verb, _("已退回，推荐人会收到理由。"), _here(case))


@page(Verb.SCREEN_CASE)
@require_POST
def visit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let the program open its address and keep a picture."""
    case = case_of(slug, number)
    verb = partial(screening.ask_visit, acting_of(request), case)
    return told.done(request, verb, _("已安排截图，完成后显示在这里。"), f"{_here(case)}#visit")


@page(Verb.SCREEN_CASE)
@require_safe
def picture(_request: HttpRequest, slug: str, number: int, piece: int) -> HttpResponseBase:
    """A picture that was taken of its address."""
    case = case_of(slug, number)
    found = CaseVisit.objects.filter(pk=min(piece, LARGEST), case=case).exclude(place="").first()
    if found is None:
        raise Http404(_("没有这张截图；请返回案例页查看。"))
    place = PurePosixPath(found.place)
    try:
        with the_store(settings.HOME).opened(place.parent) as folder:
            file = (folder / place.name).open("rb")
    except OSError:
        raise Http404(_("这个文件现在取不出来；请联系评估办公室管理员。")) from None
    answer = FileResponse(file, content_type="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


def _twins(case: Case, rules: CaseSettings) -> list[Twin]:
    pairs = case_twins.of_case(case).select_related("one__entry", "other__entry", "decided_by")
    made = []
    for pair in pairs:
        other = pair.other if pair.one_id == case.pk else pair.one
        made.append(Twin(pair, other, category_name(rules, other.category)))
    return made


def _title(name: str) -> str:
    return {"is_complete": _("材料完整"), "is_in_scope": _("属于征集范围"), "is_real": _("情况属实")}[name]


def _answer(last: CaseCheck | None, name: str) -> str:
    value = getattr(last, name) if last else None
    return "" if value is None else ("yes" if value else "no")


def _here(case: Case) -> str:
    return reverse("round-case", args=[case.call.round.slug, case.pk])
