"""Pages for what went wrong: each says what and where to go on, none more than a reader may know."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from govgauge.web.templatetags.shown import tongue

BROKEN = 500
PORTAL = ("/portal/", "/case-library/", "/certificates/", "/open-data/", "/awards/", "/scanner")
"""Where everybody reads."""


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with the sentence of who did not find it."""
    told = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return page(request, 404, _("没有这个网页"), told or _("地址可能写错了，或者网页已经移走；请从首页选择。"))


def bad(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - as Django calls it
    """400."""
    return page(request, 400, _("请求无法处理"), _("请求的格式不对；请返回上一页重试。"))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with the sentence of who refused it."""
    return page(request, 403, _("没有权限"), tongue(str(exception)) or _("您没有查看这个网页的权限。"))


def not_ours(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - as Django calls it
    """403: a form that was not sent from our page, or from one older than the last sign-in; with what was typed."""
    return signed_out(request, 403)


def signed_out(request: HttpRequest, status: int = 401) -> HttpResponse:
    """For somebody whose session has ended while they typed: a sentence, and what they typed."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and "password" not in name
        for value in values
        if value.strip()
    ]
    answer = render(request, "people/signed_out.html", {"typed": typed, "status": status}, status=status)
    answer.headers["HX-Reswap"] = "none"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def broken(request: HttpRequest) -> HttpResponse:
    """500: nothing in it may fail again."""
    return page(request, BROKEN, _("程序出错"), _("程序出了错，已记录在服务器的日志中；请稍后重试。"))


def page(
    request: HttpRequest, status: int, title: str, sentence: str, *, on: tuple[str, str] | None = None
) -> HttpResponse:
    """A page that says one sentence; `on` is the address and the words of where to go on instead of the start page."""
    open_to_all = on is None and _is_of_portal(request)
    base = "portal/base.html" if open_to_all else "base.html"
    alone = status in {413, BROKEN}
    shown = {"status": status, "title": title, "sentence": sentence, "alone": alone, "on": on, "base": base}
    nobody = {"user": None} if alone else {}  # who asks need not be known, and finding out may fail again
    return render(request, "fault.html", {**shown, "open_to_all": open_to_all, **nobody}, status=status)


def _is_of_portal(request: HttpRequest) -> bool:
    """Whether a reader of the portal asks: there, or anywhere without ever having signed in."""
    return request.path.startswith(PORTAL) or settings.SESSION_COOKIE_NAME not in request.COOKIES
