"""Voters: somebody who has proved to be one person gets a token, and a new one when they prove it again."""

from django.db import IntegrityError, transaction
from msgspec import Struct

from govgauge.office import vote_tokens
from govgauge.office.domain import vote_calls
from govgauge.office.models import CaseCall, ProofKind, Voter
from govgauge.office.vote_key import keyed


class Proven(Struct, frozen=True):
    """Who proved what: keyed hashes of them and of their mail's domain, and the network that they came from."""

    proof: ProofKind
    identity: str
    network: str = ""
    domain: str = ""


def identity(call: CaseCall, proof: ProofKind, plain: str) -> str:
    """The keyed hash of somebody: of another call, it is another one."""
    return keyed("voter", call.pk, proof.value, plain)


def domain_hash(call: CaseCall, domain: str) -> str:
    """The keyed hash of a mail's domain."""
    return keyed("voter-domain", call.pk, domain) if domain else ""


def admit(call: CaseCall, proven: Proven) -> str | None:
    """Give somebody a token; those given before are dead. None when they have voted already. Raises Unusable."""
    vote_calls.need_own_key(call)
    token = vote_tokens.made()
    hashed = keyed("voter-network", call.pk, proven.network) if proven.network else ""
    facts = {"token_hash": vote_tokens.hash_of(token), "network": hashed, "domain": proven.domain}
    mine = Voter.objects.filter(call=call, identity=proven.identity)
    if mine.filter(voted_at=None).update(**facts):
        return token
    if mine.exists():
        return None
    try:
        with transaction.atomic():
            Voter.objects.create(call=call, proof=proven.proof, identity=proven.identity, **facts)
    except IntegrityError:  # the same person proved it twice at this moment
        return token if mine.filter(voted_at=None).update(**facts) else None
    return token
