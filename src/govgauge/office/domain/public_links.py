"""The secret links by which a citizen reaches their own nomination: only their hashes are kept."""

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone

from govgauge.office.models import Case, CaseProposal

SECRET_BYTES = 32
CONFIRM_WITHIN = timedelta(days=3)
"""How long an e-mail address may be proven."""
REACHED_FOR = timedelta(days=400)
"""How long a proven nomination is reached by its link: until the round is over."""


def new_link(case: Case) -> str:
    """A new link to a citizen's nomination; those before are dead. Call it in a transaction."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    until = timezone.now() + REACHED_FOR
    CaseProposal.objects.filter(case=case).update(token_hash=hashed(secret), expires_at=until)
    return address_of(case, secret)


def address_of(case: Case, secret: str) -> str:
    """The page of a link."""
    return f"/nominate/{case.call.round.slug}/{secret}/"


def hashed(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
