"""Forms that take a one-time code: each code opens once, for as long as it could open."""

import hashlib

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.core.cache import cache

ROUND_ABOUT = 2
"""Times the tolerance: a code opens that many periods before and after its own."""


class _Once:
    """Refuse a code that has been used: the package forgets it after one period, though it opens for longer."""

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        authenticator: Authenticator = self.authenticator  # type: ignore[attr-defined]
        if authenticator.type != Authenticator.Type.TOTP:
            return code
        digits = "".join(one for one in code if one.isalnum())
        used = hashlib.sha256(f"{authenticator.pk}:{digits}".encode()).hexdigest()
        seconds = app_settings.TOTP_PERIOD * (1 + ROUND_ABOUT * app_settings.TOTP_TOLERANCE)
        if not cache.add(f"code-used-{used}", "y", timeout=seconds):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeOnce(_Once, AuthenticateForm):
    """The code after the password."""


class CodeAgainOnce(_Once, ReauthenticateForm):
    """The code before something that matters."""
