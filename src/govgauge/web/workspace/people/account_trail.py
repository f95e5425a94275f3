"""What people change of their own way in enters the trail: that it changed, never to what where it is a secret."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver

from govgauge.office.domain.acting import acting_as, noted_plainly
from govgauge.office.models import Person
from govgauge.web.access import address_of

CHANGING = frozenset(
    {
        *("account_change_password", "account_set_password", "account_reset_password_from_key"),
        *("account_email", "account_confirm_email"),
        *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes"),
        *("mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn"),
    }
)
"""Pages of the package that change how somebody signs in."""


def together(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The same pages; what those of CHANGING write is one transaction with its trail."""
    return [_together(one) for one in patterns]


@receiver(account.password_changed)
@receiver(account.password_set)
@receiver(account.password_reset)
def _password(request: HttpRequest, user: Person, **_more: object) -> None:
    _note(request, user, "person.password", {"password": ""}, {"password": "（不记录内容）"})


@receiver(account.email_changed)
def _email(request: HttpRequest, user: Person, **more: Any) -> None:
    before = more.get("from_email_address")
    _note(request, user, "person.email", {"email": str(before.email) if before else ""}, {"email": user.email})


@receiver(mfa.authenticator_added)
def _added(request: HttpRequest, user: Person, authenticator: Authenticator, **_more: object) -> None:
    _note(request, user, "person.second-factor-add", {}, {"second_factors": [authenticator.type]})


@receiver(mfa.authenticator_removed)
def _removed(request: HttpRequest, user: Person, authenticator: Authenticator, **_more: object) -> None:
    _note(request, user, "person.second-factor-remove", {"second_factors": [authenticator.type]}, {})


@receiver(mfa.authenticator_reset)
def _reset(request: HttpRequest, user: Person, authenticator: Authenticator, **_more: object) -> None:
    told = {"second_factors": [authenticator.type]}
    _note(request, user, "person.second-factor-renew", told, told)


def _note(request: HttpRequest, user: Person, verb: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    noted_plainly(acting_as(user, address_of(request)), verb, user, before=before, after=after)


def _together(one: URLPattern | URLResolver) -> URLPattern | URLResolver:
    if isinstance(one, URLResolver):
        return URLResolver(one.pattern, together(one.url_patterns), one.default_kwargs, one.app_name, one.namespace)
    if one.name not in CHANGING:
        return one
    return URLPattern(one.pattern, _whole(one.callback), one.default_args, one.name)


def _whole(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return guarded
