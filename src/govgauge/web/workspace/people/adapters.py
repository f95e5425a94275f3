"""How allauth meets the office: nobody signs up by themselves, and who comes from outside is known."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from govgauge.office import mail
from govgauge.office.domain import invitations
from govgauge.web import access, faults
from govgauge.web.vote import proving
from govgauge.web.workspace.people import outside as outside_way


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - as allauth calls it
        """Never."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is down fails no page; nor does the answer tell whether there is such an account."""
        mail.sent(self.render_mail(template_prefix, email, context))

    def is_safe_url(self, url: str) -> bool:
        """Whether somebody may be sent on to an address after signing in; what is none is not safe."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:  # "http://[" begins an address of a network and never ends it
            return False


class OutsideAdapter(DefaultSocialAccountAdapter):
    """An outside account is let in when its confirmed address is that of somebody known or invited."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """Never: who is not known is refused before."""
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Any:
        """The name as the identity provider has it."""
        person = super().populate_user(request, sociallogin, data)
        parts = f"{data.get('last_name') or ''}{data.get('first_name') or ''}"
        person.name = str(data.get("name") or parts).strip()[:60]
        return person

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Join the outside account to its person. Others get a page that says how to be let in; voters their ballot."""
        outside_way.check_same(request, sociallogin)
        voting = proving.come_back(request, sociallogin)
        if voting is not None:
            raise ImmediateHttpResponse(voting)
        if sociallogin.is_existing:
            return
        outside = sociallogin.user
        addresses = [one.email for one in sociallogin.email_addresses if outside_way.confirmed(one.verified)]
        come_from = access.address_of(request)
        known = (invitations.accept_from_outside(one, getattr(outside, "name", ""), come_from) for one in addresses)
        person = next(filter(None, known), None)
        if person is None:
            told = _("这个统一认证账号没有在本系统登记；请评估办公室按账号中的邮箱发出邀请后再登录。")
            raise ImmediateHttpResponse(faults.forbidden(request, PermissionDenied(told)))
        sociallogin.connect(request, person)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: object,  # noqa: ARG002 - as allauth calls it
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> None:
        """A sentence in place of the package's page."""
        raise ImmediateHttpResponse(outside_way.refused(request, exception, error or ""))
