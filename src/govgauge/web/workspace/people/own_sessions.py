"""Ending one of one's own sessions."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from govgauge.web.access import mine


@mine
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End it; others' sessions are not there."""
    found = UserSession.objects.filter(pk=number, user=request.user).first()
    if found is None:
        raise Http404(_("没有这次登录，可能已经结束。"))
    found.end()
    messages.success(request, _("已结束那次登录。"))
    return HttpResponseRedirect(reverse("usersessions_list"))
