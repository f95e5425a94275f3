"""Secrets of second factors are kept encrypted: a copy of the database alone signs nobody in."""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class SecondFactors(DefaultMFAAdapter):
    """Encrypt with a key that is derived from the office's."""

    def encrypt(self, text: str) -> str:
        """The text as it is kept."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text again; empty, so that no code fits, when the office's key is another one now."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""


def _box() -> Fernet:
    key = hashlib.sha256(f"second-factors:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
