"""The public page on which citizens nominate, and the page that their link leads to. Nothing of others is told."""

from functools import partial
from typing import BinaryIO, cast

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from govgauge.errors import Unusable
from govgauge.office.case_rules import CaseSettings
from govgauge.office.domain import case_files, public_nominations, uploads
from govgauge.office.domain.acting import Acting
from govgauge.office.domain.case_calls import rules_of
from govgauge.office.domain.case_forms import REASON_MOST, longest
from govgauge.office.domain.case_steps import OPEN, state_of
from govgauge.office.domain.nominations import ChangedMeanwhile
from govgauge.office.domain.public_nominations import ASKED
from govgauge.office.models import Case, CaseCall, Entry
from govgauge.web.access import address_of, public
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import LARGEST
from govgauge.web.workspace.nominations import autosave, words
from govgauge.web.workspace.nominations.fields import file_of, shown_of
from govgauge.web.workspace.nominations.form import change_of, seen_in, typed_in
from govgauge.web.workspace.uploads.upload import POLICY

MOST_SUGGESTIONS = 3000
TRAP = "homepage"
"""A field that no person sees: programs fill it in."""


class PublicForm(forms.Form):
    """What a citizen nominates, and who they are."""

    key = forms.CharField(
        label=gettext_lazy("参评单位"),
        max_length=400,
        help_text=gettext_lazy("案例属于哪个地方或部门，请从提示中选择。"),
        widget=forms.TextInput(attrs={"list": "bodies", "autocomplete": "off"}),
    )
    name = forms.CharField(label=words.FIELDS["name"], max_length=longest("name"))
    category = forms.ChoiceField(label=words.FIELDS["category"])
    url = forms.CharField(label=words.FIELDS["url"], max_length=longest("url"), required=False)
    reason = forms.CharField(
        label=words.FIELDS["reason"],
        max_length=longest("reason"),
        help_text=words.HINTS["reason"],
        widget=forms.Textarea(attrs={"rows": 6, "data-most": REASON_MOST, "data-count": "reason-count"}),
    )
    proposer = forms.CharField(
        label=gettext_lazy("您的姓名"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=gettext_lazy("您的电子邮箱"),
        max_length=254,
        help_text=gettext_lazy("我们会发一封邮件请您确认；不公布，只用于这次推荐的联系。"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, rules: CaseSettings, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["category"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy
        families: dict[str, list[tuple[str, str]]] = {}
        for one in rules.categories:
            families.setdefault(one.family, []).append((one.slug, "：".join(filter(None, (one.name, one.about)))))
        field.choices = [("", _("请选择")), *families.items()]


@public
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Nominate a case without signing in."""
    call = CaseCall.objects.select_related("round").filter(round__slug=slug).first()
    if call is None:
        raise Http404(_("没有这次案例征集；请核对网址。"))
    rules = rules_of(call)
    shown: dict[str, object] = {"call": call, "rules": rules, "trap": TRAP}
    if told := public_nominations.closed(call):
        return render(request, "nominations/public.html", {**shown, "closed": tongue(told)})
    form = PublicForm(rules, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if request.POST.get(TRAP):
            return HttpResponseRedirect(reverse("nominate-sent", args=[slug]))
        try:
            _ask(request, call, form)
        except Unusable as error:
            form.add_error(None, tongue(str(error)))
        else:
            return HttpResponseRedirect(reverse("nominate-sent", args=[slug]))
    entries = call.round.entries.order_by("key").values_list("key", flat=True).distinct()
    shown |= {"form": form, "keys": list(entries[:MOST_SUGGESTIONS])}
    return render(request, "nominations/public.html", shown, status=422 if form.errors else 200)


@public
@require_safe
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    """That a mail is on its way: the same page whatever became of it."""
    call = CaseCall.objects.filter(round__slug=slug).first()
    if call is None:
        raise Http404(_("没有这次案例征集；请核对网址。"))
    return render(request, "nominations/sent.html", {"call": call})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
    """A citizen's own nomination by its link: looked over, completed, handed in, withdrawn."""
    case = _of_secret(slug, secret)
    rules = rules_of(case.call)
    typed: dict[str, str] = {}
    theirs: dict[str, str] = {}
    if request.method == "POST":
        typed = typed_in(request)
        if getattr(request, "htmx", False):
            verb = partial(public_nominations.change, case, typed, seen_in(request), address_of(request))
            return autosave.answered(request, typed, verb, partial(_of_secret, slug, secret), ASKED)
        try:
            sentence = _done(request, case, typed)
        except ChangedMeanwhile as clash:
            theirs = clash.theirs
            messages.error(request, tongue(str(clash)))
        except Unusable as error:
            messages.error(request, tongue(str(error)))
        else:
            messages.success(request, sentence)
            return HttpResponseRedirect(reverse("nominate-own", args=[slug, secret]))
        case = _of_secret(slug, secret)
    shown = shown_of(case, rules, typed, theirs, ASKED)
    shown |= {"secret": secret, "is_first": state_of(case) in OPEN}
    answer = render(request, "nominations/public_own.html", shown, status=409 if typed else 200)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = (
        "same-origin"  # without any, browsers send `Origin: null`: no form comes through
    )
    return answer


@public
@require_safe
def file(_request: HttpRequest, slug: str, secret: str, piece: int) -> HttpResponseBase:
    """A file of a citizen's own nomination."""
    found = file_of(_of_secret(slug, secret), min(piece, LARGEST))
    if found is None:
        raise Http404(_("没有这个文件，或不对您开放。"))
    try:
        with uploads.opened(found.upload) as path:
            opened = path.open("rb")
    except (Unusable, OSError):
        raise Http404(_("这个文件现在取不出来；请联系评估办公室管理员。")) from None
    as_attachment = not case_files.is_picture(found)
    kind = found.upload.media_type
    answer = FileResponse(opened, as_attachment=as_attachment, filename=found.upload.name, content_type=kind)
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _ask(request: HttpRequest, call: CaseCall, form: PublicForm) -> None:
    told = form.cleaned_data
    entry: Entry | None = call.round.entries.filter(key=told["key"].strip()).order_by("id").first()
    if entry is None:
        raise Unusable("名单中没有这个单位；请从提示中选择 (no such subject).")
    public_nominations.ask(
        call, entry, told, proposer=told["proposer"], email=told["email"], address=address_of(request)
    )


def _done(request: HttpRequest, case: Case, typed: dict[str, str]) -> str:
    """What was asked for by the button, and what is said then."""
    address = address_of(request)
    acting = Acting(None, (), address)
    if "withdraw" in request.POST:
        public_nominations.withdraw(case, address)
        return _("已撤回，可以修改后再提交。")
    if uploaded := request.FILES.get("file"):
        caption = request.POST.get("caption", "")
        case_files.add(acting, case, cast("BinaryIO", uploaded.file), uploaded.name or "", caption)
        return _("已上传。")
    if (piece := request.POST.get("piece", "")).isdecimal():
        verb, sentence = change_of(request, acting, case, min(int(piece[:19]), LARGEST))
        verb()
        return sentence
    kept = public_nominations.change(case, typed, seen_in(request), address) if typed else case
    if "submit" in request.POST:
        public_nominations.confirm(kept, address)
        return _("已确认并提交，谢谢您的推荐；审核结果会发到您的邮箱。")
    return _("已保存。")


def _of_secret(slug: str, secret: str) -> Case:
    found = public_nominations.of_secret(secret)
    if found is None or found.call.round.slug != slug:
        raise Http404(_("这个链接不能用，可能已过期，或有了更新的链接；请查看最近一封邮件。"))
    return found
