"""The keys of the office by which certificates are signed and believed."""

from django.db import transaction

from govgauge.errors import Unusable
from govgauge.office import certificate_keys
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import SigningKey
from govgauge.reports.certificates.signing import key_id, public_of

SHORTEST_REASON = 4
"""Characters that say why."""
FIRST = "首次使用时生成"


def public_keys() -> dict[str, bytes]:
    """Every key that ever signed, by its id."""
    return {name: bytes.fromhex(public) for name, public in SigningKey.objects.values_list("key_id", "public")}


def current(acting: Acting) -> tuple[SigningKey, bytes]:
    """The key that signs now, with its secret; made when there is none yet.

    Raises Unusable with the remedy when the secret is lost.
    """
    last = SigningKey.objects.order_by("-id").first()
    secret = certificate_keys.given()
    if secret is not None:
        known = SigningKey.objects.filter(key_id=key_id(public_of(secret))).first()
        return known or _added(acting, secret, f"由 {certificate_keys.VARIABLE} 给出"), secret
    if last is None:
        secret = certificate_keys.make()
        return _added(acting, secret, FIRST), secret
    return last, certificate_keys.kept(last.key_id)


def renew(acting: Acting, why: str) -> SigningKey:
    """Start a new key; certificates of the earlier ones stay as they are. Raises NotAllowed, Unusable."""
    acting.need(Verb.RUN_ROUND)
    if len(why.strip()) < SHORTEST_REASON:
        raise Unusable("启用新的签名密钥要写明理由 (say why).")
    if certificate_keys.given() is not None:
        raise Unusable(
            f"签名密钥由环境变量 {certificate_keys.VARIABLE} 给出，请在那里更换 (the key is given by the environment)."
        )
    return _added(acting, certificate_keys.make(), why.strip()[:300])


@transaction.atomic
def _added(acting: Acting, secret: bytes, why: str) -> SigningKey:
    public = public_of(secret)
    made = SigningKey(key_id=key_id(public), public=public.hex(), why=why, by=acting.person)
    with noted(acting, "signing-key.make", made):
        made.save()
    return made
