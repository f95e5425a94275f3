"""Links that open the board on screens where nobody signs in: the list, a new one, revoking."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from govgauge.errors import Unusable
from govgauge.office.domain import wall_links
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import WallLink
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import round_of

SHOWN = 200
"""Links listed, the newest first."""


class LinkForm(forms.Form):
    """Which screen, and for how long."""

    name = forms.CharField(label=gettext_lazy("挂在哪里"), max_length=60, help_text=gettext_lazy("例如：三楼指挥大厅"))
    days = forms.IntegerField(label=gettext_lazy("有效天数"), min_value=1, max_value=wall_links.MOST_DAYS, initial=30)


@page(Verb.RUN_ROUND)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The links of a round; a new one is shown once, on the answer to its form."""
    round_ = round_of(slug)
    form = LinkForm(request.POST or None) if request.method != "POST" else LinkForm(request.POST)
    made = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            _link, secret = wall_links.make(acting_of(request), round_, given["name"], given["days"])
        except Unusable as error:
            form.add_error(None, tongue(str(error)))
        else:
            made = request.build_absolute_uri(reverse("wall-of-link", args=[secret]))
            form = LinkForm()
    found = round_.wall_links.select_related("made_by").order_by("-id")[:SHOWN]
    rows = [(one, _state(one)) for one in found]
    answer = render(
        request,
        "wall/links.html",
        {"round": round_, "form": form, "rows": rows, "made": made},
        status=422 if form.errors else 200,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@page(Verb.RUN_ROUND)
@require_POST
def revoke(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let a link show nothing any more."""
    found = WallLink.objects.select_related("round").filter(round=round_of(slug), pk=number).first()
    if found is None:
        raise Http404(_("没有这个看板链接；请从列表选择。"))
    back = reverse("wall-links", args=[slug])
    return told.done(request, lambda: wall_links.revoke(acting_of(request), found), _("链接已撤销。"), back)


def _state(link: WallLink) -> str:
    if link.revoked_at is not None:
        return "withdrawn"
    return "open" if link.expires_at > timezone.now() else "expired"
