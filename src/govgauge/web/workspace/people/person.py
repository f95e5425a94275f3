"""A person's page: roles with begin and end, what they changed; giving and ending roles and accounts."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from govgauge.office.domain import people, roles
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Person
from govgauge.office.queries import people as query
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.workspace.people.forms import RoleForm

CHANGES_SHOWN = 20


@page(Verb.MANAGE_PEOPLE)
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody."""
    return _page(request, _person(request, number), RoleForm(acting_of(request)))


@page(Verb.MANAGE_PEOPLE)
@require_POST
def give(request: HttpRequest, number: int) -> HttpResponse:
    """Give them a role."""
    person, acting = _person(request, number), acting_of(request)
    form = RoleForm(acting, request.POST)
    if not form.is_valid():
        return _page(request, person, form, 422)
    return _done(request, person, lambda: roles.give(acting, person, **form.asked()), _("已给出角色。"))


@page(Verb.MANAGE_PEOPLE)
@require_POST
def end_role(request: HttpRequest, number: int, role: int) -> HttpResponse:
    """Take one of their roles away."""
    person = _person(request, number)
    found = person.roles.select_related("round", "person").filter(pk=role).first()
    if found is None:
        raise Http404(_("没有这个角色，可能已经收回。"))
    return _done(request, person, lambda: roles.end(acting_of(request), found), _("已收回角色。"))


@page(Verb.MANAGE_PEOPLE)
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End their account and their sessions."""
    person, reason = _person(request, number), request.POST.get("reason", "")[:1000]
    return _done(
        request,
        person,
        lambda: people.let_in_no_more(acting_of(request), person, reason),
        _("账号已停用，其登录已全部结束。"),
    )


@page(Verb.MANAGE_PEOPLE)
@require_POST
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Open their account again."""
    person = _person(request, number)
    return _done(request, person, lambda: people.let_in_again(acting_of(request), person), _("账号已恢复。"))


@page(Verb.MANAGE_PEOPLE)
@require_POST
def drop_second_factors(request: HttpRequest, number: int) -> HttpResponse:
    """Let them set a second factor up anew."""
    person = _person(request, number)
    verb = lambda: people.drop_second_factors(acting_of(request), person)  # noqa: E731 - called inside `done`
    return _done(request, person, verb, _("已清除双重验证；请本人登录后重新添加。"))


def _page(request: HttpRequest, person: Person, form: RoleForm, status: int = 200) -> HttpResponse:
    acting = acting_of(request)
    shown = {
        "person": person,
        "form": form,
        "roles": person.roles.select_related("round").order_by("ended_at", "-given_at"),
        "changes": query.changes_by(acting, person)[:CHANGES_SHOWN],
        "second_factors": Authenticator.objects.filter(user=person).exclude(type="recovery_codes").count(),
    }
    return render(request, "people/person.html", shown, status=status)


def _person(request: HttpRequest, number: int) -> Person:
    found = query.person(acting_of(request), number)
    if found is None:
        raise Http404(_("没有这个人，或不由您管理；请从名单中选择。"))
    return found


def _done(request: HttpRequest, person: Person, verb: Callable[[], object], sentence: str) -> HttpResponse:
    return told.done(request, verb, sentence, reverse("person", args=[person.pk]))
