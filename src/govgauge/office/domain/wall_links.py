"""Links that open the board of a round on a screen where nobody signs in: made, revoked, asked for."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from govgauge.errors import Unusable
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Round, WallLink

SECRET_BYTES = 32
MOST_DAYS = 366
"""No link outlives the round by long."""
MOST_OPEN = 50
"""Links of a round that hold at a time: so many screens nobody watches over."""


@transaction.atomic
def make(acting: Acting, round_: Round, name: str, days: int) -> tuple[WallLink, str]:
    """A new link for some days; the link and its secret, which is kept nowhere. Raises NotAllowed, Unusable."""
    acting.need(Verb.RUN_ROUND, round_=round_)
    told = name.strip()[:60]
    if not told:
        raise Unusable("请写明这块屏幕挂在哪里 (say where the screen hangs).")
    if not 1 <= days <= MOST_DAYS:
        raise Unusable(f"有效天数应在 1 至 {MOST_DAYS} 之间 (between 1 and {MOST_DAYS} days).")
    Round.objects.select_for_update().get(pk=round_.pk)
    if open_links(round_).count() >= MOST_OPEN:
        raise Unusable(f"有效的链接已有 {MOST_OPEN} 个；请先撤销不用的 (too many; revoke some first).")
    secret = secrets.token_urlsafe(SECRET_BYTES)
    link = WallLink(round=round_, name=told, made_by=acting.person, token_hash=_hash(secret))
    link.expires_at = timezone.now() + timedelta(days=days)
    with noted(acting, "wall-link.make", link, round_=round_):
        link.save()
    return link, secret


@transaction.atomic
def revoke(acting: Acting, link: WallLink) -> None:
    """From now on the link shows nothing; screens that hang learn it within seconds. Raises NotAllowed."""
    acting.need(Verb.RUN_ROUND, round_=link.round)
    locked = WallLink.objects.select_for_update().select_related("round").get(pk=link.pk)
    if locked.revoked_at is not None:
        return
    with noted(acting, "wall-link.revoke", locked, round_=locked.round):
        locked.revoked_at = timezone.now()
        locked.save(update_fields=["revoked_at"])


def round_of_secret(secret: str) -> Round | None:
    """The round whose board a link opens; None for one that was revoked, has ended, or never was."""
    found = WallLink.objects.select_related("round").filter(token_hash=_hash(secret), revoked_at=None).first()
    return found.round if found is not None and found.expires_at > timezone.now() else None


def open_links(round_: Round) -> QuerySet[WallLink]:
    """Links of a round that open its board now."""
    return round_.wall_links.filter(revoked_at=None, expires_at__gt=timezone.now())


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
