"""Who asks for a page, and whether they may: every page says by a mark what it asks of its reader."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from allauth.account.adapter import get_adapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from govgauge.office.domain.acting import Acting, NotAllowed, acting_as
from govgauge.office.domain.permissions import GRANTS, Verb
from govgauge.office.models import Person, RoleKind
from govgauge.office.queries.inbox import unread_count
from govgauge.web import faults

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
public = login_not_required
"""The mark of a page for everybody."""


def mine(view: View[P]) -> View[P]:
    """The mark of a page about one's own account: for everybody who has signed in, whatever they still lack."""
    view.asks = None  # type: ignore[attr-defined]
    return view


def page(verb: Verb | None) -> Callable[[View[P]], View[P]]:
    """The mark of a page for those who may do something; with None, for everybody who has signed in.

    An address with a `slug` is about that round: who has no role in it is told that there is none.
    """

    def marked(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            acting = acting_of(request)
            if lacks_second_factor(request, acting):
                messages.warning(request, _("您的角色需要双重验证：请先添加验证器应用或通行密钥，然后继续。"))
                return HttpResponseRedirect(reverse("mfa_index"))
            slug = kwargs.get("slug")
            _check(acting, verb, slug if isinstance(slug, str) else None)
            return view(request, *args, **kwargs)

        guarded.asks = verb  # type: ignore[attr-defined]
        return guarded

    return marked


def acting_of(request: HttpRequest) -> Acting:
    """Who asks, with their roles and their address. Raises PermissionDenied for strangers."""
    known: Any = request
    if not hasattr(known, "_acting"):
        person = request.user
        if not isinstance(person, Person):
            raise PermissionDenied(_("请先登录。"))
        known._acting = acting_as(person, address_of(request))  # noqa: SLF001 - kept for this request only
    found: Acting = known._acting  # noqa: SLF001
    return found


def address_of(request: HttpRequest) -> str:
    """The network address of who asks, as far as our proxies may be believed."""
    return str(get_adapter(request).get_client_ip(request))


def lacks_second_factor(request: HttpRequest, acting: Acting) -> bool:
    """Whether a role asks for a second factor which this person has not set up."""
    asked = any(role.kind in settings.MFA_ROLES for role in acting.roles)
    return asked and not is_mfa_enabled(request.user)


def _check(acting: Acting, verb: Verb | None, slug: str | None) -> None:
    roles = [role for role in acting.roles if slug is None or role.round is None or role.round.slug == slug]
    if slug is not None and not roles:
        raise Http404(_("没有名为“%(name)s”的年度评估，可能已改名；请从首页选择。") % {"name": slug})
    if verb is not None and not any(verb in GRANTS[RoleKind(role.kind)] for role in roles):
        raise PermissionDenied(_("您没有查看这个网页的权限；如确有需要，请联系评估办公室管理员。"))


class SignedIn(LoginRequiredMiddleware):
    """Nobody gets further without having signed in, but to pages marked `public`."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """Lead to the sign-in; who has typed something gets it back, so that nothing is lost."""
        if request.path == reverse("start") and request.method == "GET" and not _has_session(request):
            return HttpResponseRedirect(reverse("portal"))
        if getattr(request, "htmx", False) or request.method not in {"GET", "HEAD"}:
            return faults.signed_out(request)
        return super().handle_no_permission(request, view_func)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal of the office is a page with its sentence."""
        return faults.forbidden(request, exception) if isinstance(exception, NotAllowed) else None

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = super().__call__(request)  # type: ignore[assignment]
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "Cache-Control" not in response.headers:
            patch_cache_control(response, private=True, no_cache=True)
        return response


def _has_session(request: HttpRequest) -> bool:
    """Whether somebody of the office asks whose session has ended; anybody else reads the portal."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def for_templates(request: HttpRequest) -> dict[str, object]:
    """`rights`: the names of all that the reader may do in any round, for menus; `unread_notices`: how many."""
    return {"rights": SimpleLazyObject(lambda: _rights(request)), "unread_notices": _Unread(request)}


class _Unread:
    """How many messages the reader has not read: counted when a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def __call__(self) -> int:
        person = getattr(self._request, "user", None)
        return unread_count(person) if isinstance(person, Person) else 0


def _rights(request: HttpRequest) -> frozenset[str]:
    if not getattr(getattr(request, "user", None), "is_authenticated", False):
        return frozenset()
    return frozenset(verb.value for role in acting_of(request).roles for verb in GRANTS[RoleKind(role.kind)])
