"""Accepting an invitation: with a new account, or with the one that one has."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from govgauge.errors import Unusable
from govgauge.office.domain import invitations
from govgauge.office.domain.invitations import REFUSALS, InvitationState
from govgauge.office.models import Invitation, Person
from govgauge.web import faults
from govgauge.web.access import acting_of, address_of, public
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.people.forms import AccountForm


@public
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, secret: str) -> HttpResponseBase:
    """What the invitation is to, and the form or the button to accept it."""
    found = invitations.of_secret(secret)
    if found is None:
        return _refused(request, _("没有这个邀请；请核对链接是否完整。"), 404)
    state = invitations.state_of(found)
    if state is not InvitationState.OPEN:
        return _refused(request, tongue(REFUSALS[state]), 410)
    try:
        return _accept(request, found, secret)
    except Unusable as error:
        return _refused(request, tongue(str(error)), 409)


def _accept(request: HttpRequest, found: Invitation, secret: str) -> HttpResponseBase:
    shown: dict[str, object] = {"invitation": found, "has_account": False, "is_mine": False}
    if request.user.is_authenticated or Person.objects.filter(email__iexact=found.email).exists():
        shown["has_account"] = True
        shown["is_mine"] = request.user.is_authenticated and request.user.email.lower() == found.email.lower()
        if request.method == "POST" and request.user.is_authenticated:
            invitations.accept(acting_of(request), secret)
            messages.success(request, _("您有了新的角色。"))
            return HttpResponseRedirect(reverse("start"))
        return _kept_back(render(request, "people/accept.html", shown))
    form = AccountForm(found.email, request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        person = invitations.accept_as_new(
            secret, name=told["name"], password=told["password"], address=address_of(request)
        )
        return perform_login(request, Login(user=person, redirect_url=reverse("start")))  # type: ignore[no-any-return]
    answer = render(request, "people/accept.html", {**shown, "form": form}, status=422 if form.errors else 200)
    return _kept_back(answer)


def _refused(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    return _kept_back(faults.page(request, status, _("邀请不能使用"), sentence))


def _kept_back(answer: HttpResponse) -> HttpResponse:
    """The address of the page is a secret: it is kept nowhere; other sites never learn where a reader comes from."""
    answer.headers["Cache-Control"] = "no-store"
    return answer
