"""The way to the identity provider and back: whatever goes wrong there is a sentence, and nobody comes in."""

import logging
from collections.abc import Callable
from functools import wraps

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path
from django.utils.translation import gettext as _
from requests import RequestException

from govgauge.web import faults

View = Callable[..., HttpResponseBase]
UNFIT = (KeyError, TypeError, ValueError, AttributeError, OAuth2Error)
"""What a provider brings about that leaves out, or writes otherwise, what the standard asks of it."""
_log = logging.getLogger(__name__)


def guarded(view: View) -> View:
    """A view that speaks to the provider: a sentence where that is out of reach, or says what makes no sense."""

    @wraps(view)
    def told(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (RequestException, *UNFIT) as fault:
            return refused(request, fault)

    return told


def refused(request: HttpRequest, fault: Exception | None, code: str = AuthError.UNKNOWN) -> HttpResponse:
    """What somebody reads who could not be signed in; the particulars are for the log of the server."""
    if code in {AuthError.CANCELLED, AuthError.DENIED}:
        told = _("您在统一认证页面取消了登录；需要登录时请重新开始，或用密码登录。")
        return faults.page(request, 403, _("没有登录"), told)
    _log.warning("sign-in through the identity provider failed: %s: %s", type(fault).__name__, fault)
    if isinstance(fault, RequestException):
        told = _("现在连不上统一认证服务，没有登录；请过几分钟再试，或用密码登录。一直如此请告诉评估办公室。")
        return faults.page(request, 502, _("统一认证服务没有应答"), told)
    told = _("统一认证服务的答复无效或已过期，没有登录；请从登录页重新开始。一直如此请告诉评估办公室。")
    return faults.page(request, 403, _("没有登录"), told)


def check_same(request: HttpRequest, sociallogin: SocialLogin) -> None:
    """Refuse an account whose signed token is about somebody else than what was told of it (OpenID Connect Core,
    5.3.2). Raises ImmediateHttpResponse."""
    data = sociallogin.account.extra_data or {}
    token, told = data.get("id_token"), data.get("userinfo")
    if token and told and token.get("sub") != told.get("sub"):
        raise ImmediateHttpResponse(refused(request, ValueError("userinfo and id_token are of different subjects")))


def confirmed(address: object) -> bool:
    """Whether a provider says that an address is that of its account: `true`; some write it as a text."""
    return address is True or (isinstance(address, str) and address.lower() == "true")


urlpatterns = [
    path("oidc/<str:provider_id>/login/", guarded(views.login), name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", guarded(views.callback), name="openid_connect_callback"),
]
