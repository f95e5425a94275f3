"""Codes that prove an address or a number: asked for, sent, entered. Nothing tells whether its owner has voted."""

import hmac
import secrets
import unicodedata
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office import code_senders, vote_identity
from govgauge.office.code_senders import OUTGOING, MailSender, Message
from govgauge.office.domain import vote_calls, voters
from govgauge.office.domain.voters import Proven
from govgauge.office.models import CaseCall, ProofKind, VoteCode
from govgauge.office.models.votes import this_day
from govgauge.office.vote_key import keyed

DIGITS = 6
MOST_TRIES = 5
PAUSE = timedelta(minutes=1)
"""Between two codes to the same address."""
NETWORKS_OF_ONE = 4
"""Codes to one address come to so many times what one network may ask for (`VOTE_CODES_PER_IDENTITY`): own choice."""
KEPT = timedelta(days=1)
"""Codes are forgotten after this: longer than any limit looks back."""
WRONG = "验证码不对或已失效；请核对，或重新获取验证码 (wrong or no longer good; check it or ask for a new one)."


class Sent(Struct, frozen=True):
    """A code is on its way: its row, which the browser brings back with what was typed, and until when it is good."""

    number: int
    handle: str
    minutes: int


def ask(call: CaseCall, proof: ProofKind, given: str, address: str) -> Sent:
    """Send a code to an address or a number. `address` is the network address of who asks. Raises Unusable.

    The limits count what was asked for, whoever it is: they tell nothing of voters.
    """
    rules = vote_calls.vote_of(call)
    if why := rules.closed_why():
        raise Unusable(why)
    vote_calls.need_own_key(call)
    if proof not in rules.rules.proofs or proof is ProofKind.OIDC:
        raise Unusable("这次投票不用这种方式验证身份；请选用网页上列出的方式 (not a way to prove here).")
    identity, to, domain = _who(call, proof, given)
    network = vote_identity.network(address)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    now = timezone.now()
    random = secrets.token_urlsafe(16)
    with transaction.atomic():
        hashed = keyed("code-network", network) if network else ""
        _limit(call, identity, hashed)
        made = VoteCode.objects.create(
            call=call,
            proof=proof,
            identity=identity,
            code_hash=_hash(random, code),
            network=hashed,
            domain=domain,
            expires_at=now + timedelta(minutes=settings.VOTE_CODE_MINUTES),
        )
    minutes = settings.VOTE_CODE_MINUTES
    text = f"您的投票验证码是 {code}，{minutes} 分钟内有效。如非本人操作，请不要理会。({code} is your code to vote.)"
    sender = MailSender() if proof is ProofKind.EMAIL else code_senders.chosen_phone_sender()
    OUTGOING.hand_over(sender, Message(to, code, text))
    return Sent(made.pk, f"{random}.{_seal(made.pk, random)}", minutes)


def enter(call: CaseCall, number: int, handle: str, code: str, address: str) -> str | None:
    """Prove by the code that was sent; the token to vote with, None for somebody who has voted. Raises Unusable.

    Each try counts before it is looked at, so that trying at the same moment gives no more tries. Only who holds the
    sealed handle has tries: others cannot use up those of a number that they guess. Once a code has worked, its row
    tells no more whose it was: only when and from which network, for the limits.
    """
    now = timezone.now()
    random, _dot, seal = handle.partition(".")
    if not hmac.compare_digest(seal.encode(), _seal(number, random).encode()):
        raise Unusable(WRONG)
    rows = VoteCode.objects.filter(pk=number, call=call, used_at=None, expires_at__gt=now, tries__lt=MOST_TRIES)
    if not rows.update(tries=F("tries") + 1):
        raise Unusable(WRONG)
    found = VoteCode.objects.get(pk=number)
    if not hmac.compare_digest(found.code_hash, _hash(random, _plain(code))):
        raise Unusable(WRONG)
    with transaction.atomic():
        forgotten = {"identity": "", "domain": "", "used_at": this_day()}
        if not VoteCode.objects.filter(pk=number, used_at=None).update(**forgotten):
            raise Unusable(WRONG)
        network = vote_identity.network(address)
        return voters.admit(call, Proven(ProofKind(found.proof), found.identity, network, found.domain))


def forget() -> int:
    """Remove codes that no limit asks for any more; how many."""
    return VoteCode.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()[0]


def _who(call: CaseCall, proof: ProofKind, given: str) -> tuple[str, str, str]:
    """The keyed hash of somebody, where a message reaches them, and the keyed hash of their domain."""
    if proof is ProofKind.PHONE:
        plain = to = vote_identity.phone(given)
        return voters.identity(call, proof, plain), to, ""
    plain = vote_identity.email(given)
    domain = voters.domain_hash(call, vote_identity.domain_of(plain))
    return voters.identity(call, proof, plain), vote_identity.sendable(given), domain


def _limit(call: CaseCall, identity: str, network: str) -> None:
    """Raises Unusable. Who asks in another's name uses up what their own network may ask for, not all there is."""
    now = timezone.now()
    rows = VoteCode.objects.filter(call=call)
    mine = rows.filter(identity=identity, sent_at__gt=now - timedelta(days=1))
    told = list(mine.order_by("-sent_at").values_list("sent_at", "network")[: NETWORKS_OF_ONE * _most_of_one()])
    here = [at for at, place in told if place == network]
    if here and here[0] > now - PAUSE:
        raise Unusable("验证码刚刚发过；请查收，或一分钟后再获取 (a code was just sent; wait a minute).")
    if len(here) >= _most_of_one() or len(told) >= NETWORKS_OF_ONE * _most_of_one():
        raise Unusable("今天获取验证码的次数已用完；请明天再试 (no more codes today).")
    if network and _many(
        rows.filter(network=network, sent_at__gt=now - timedelta(hours=1)), settings.VOTE_CODES_PER_NETWORK
    ):
        raise Unusable("您所在的网络获取验证码的人太多；请过一会儿或换一个网络再试 (too many from your network).")
    if _many(rows.filter(sent_at__gt=now - timedelta(minutes=1)), settings.VOTE_CODES_PER_MINUTE):
        raise Unusable("现在获取验证码的人太多；请过几分钟再试 (too many at the moment; try again soon).")


def _most_of_one() -> int:
    most: int = settings.VOTE_CODES_PER_IDENTITY
    return most


def _many(rows: QuerySet[VoteCode], limit: int) -> bool:
    return rows.count() >= limit


def _hash(random: str, code: str) -> str:
    return keyed("code", random, code)


def _seal(number: int, random: str) -> str:
    return keyed("code-handle", number, random)[:32]


def _plain(code: str) -> str:
    return "".join(unicodedata.normalize("NFKC", code).split())
