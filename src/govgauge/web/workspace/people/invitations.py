"""Inviting people: the form, the list, sending again, withdrawing."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from govgauge.errors import Unusable
from govgauge.office import mail
from govgauge.office.domain import invitations
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Invitation
from govgauge.office.queries import people as query
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.listing import Column, in_order, listed
from govgauge.web.templatetags.shown import tongue
from govgauge.web.words import ROLES
from govgauge.web.workspace.people.forms import InvitationForm

COLUMNS = (
    Column("", gettext_lazy("邀请谁")),
    Column("", gettext_lazy("角色")),
    Column("", gettext_lazy("发出"), wide=True),
    Column("", gettext_lazy("有效至"), wide=True),
    Column("", gettext_lazy("状态")),
    Column("", gettext_lazy("操作")),
)


@page(Verb.MANAGE_PEOPLE)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """All invitations."""
    found = query.invitations(acting_of(request))
    listing = listed(
        request,
        found,
        COLUMNS,
        sort="",
        filters=(),
        total=found.count(),
        rows=lambda numbers: [(one, invitations.state_of(one)) for one in in_order(found, numbers)],
    )
    return render(request, "people/invitations.html", {"listing": listing, "mails_as_files": not settings.SMTP_HOST})


@page(Verb.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form, and what comes of it."""
    acting = acting_of(request)
    form = InvitationForm(acting, request.POST or None)
    if request.method == "POST" and form.is_valid():
        email, name = form.cleaned_data["email"], form.cleaned_data["name"]
        try:
            made, secret = invitations.invite(acting, email, name=name, **form.asked())
        except Unusable as error:
            form.add_error(None, tongue(str(error)))
        else:
            _send(request, made, secret)
            return HttpResponseRedirect(reverse("invitations"))
    shown = {"form": form, "mails_as_files": not settings.SMTP_HOST}
    return render(request, "people/invite.html", shown, status=422 if form.errors else 200)


@page(Verb.MANAGE_PEOPLE)
@require_POST
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Send it with a new link."""
    found = _invitation(request, number)
    try:
        secret = invitations.send_again(acting_of(request), found)
    except Unusable as error:
        messages.error(request, tongue(str(error)))
    else:
        found.refresh_from_db()
        _send(request, found, secret)
    return HttpResponseRedirect(reverse("invitations"))


@page(Verb.MANAGE_PEOPLE)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Let its link lead nowhere."""
    found = _invitation(request, number)
    return told.done(
        request,
        lambda: invitations.withdraw(acting_of(request), found),
        _("已撤回邀请，原来的链接不再有效。"),
        reverse("invitations"),
    )


def _invitation(request: HttpRequest, number: int) -> Invitation:
    found = query.invitations(acting_of(request)).filter(pk=number).first()
    if found is None:
        raise Http404(_("没有这个邀请；请从名单中选择。"))
    return found


def _send(request: HttpRequest, made: Invitation, secret: str) -> None:
    role = str(ROLES[made.kind]) + (f"（{made.scope}）" if made.scope else "")
    place = made.round.title if made.round else _("各次评估")
    taken = mail.post_now(
        made.email,
        _("邀请您参加政府网站与数字政府评估工作"),
        _("%(name)s，您好！") % {"name": made.name or made.email},
        _("现邀请您在“%(place)s”中担任：%(role)s。请打开下面的链接，设置密码后即可登录。")
        % {"place": place, "role": role},
        request.build_absolute_uri(reverse("invitation", args=[secret])),
        _("链接只能使用一次，%(day)s 前有效。如果您并不知情，请不要理会这封邮件。")
        % {"day": f"{timezone.localtime(made.expires_at):%Y-%m-%d}"},
    )
    if taken:
        messages.success(request, _("邀请已发往 %(email)s。") % {"email": made.email})
    else:
        told = _("邀请已建立，但邮件没有发到 %(email)s：邮件服务器没有收下。请稍后在名单中点“重发”。")
        messages.error(request, told % {"email": made.email})
