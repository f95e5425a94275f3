"""Ballots that were cast at some minutes, as rows; and a burst that was set aside."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from govgauge.office.domain import quarantine
from govgauge.office.domain.ballot_box import ballot_domain, ballot_network
from govgauge.office.domain.voters import domain_hash
from govgauge.office.models import Ballot, CaseCall, Quarantine


def minute(number: int) -> datetime:
    """A minute of yesterday."""
    day = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    return day + timedelta(minutes=number)


def cast_at(call: CaseCall, minutes: Mapping[int, int], *, network: str = "", domain: str = "") -> None:
    """So many ballots at each minute; from networks of their own each without a network."""
    rows = []
    for at, count in minutes.items():
        for _ in range(count):
            place = network or secrets.token_hex(8)
            rows.append(
                Ballot(
                    call=call,
                    choices=[1],
                    commitment=secrets.token_hex(32),
                    minute=minute(at),
                    network=ballot_network(call.pk, place),
                    domain=ballot_domain(call.pk, domain_hash(call, domain)) if domain else "",
                )
            )
    Ballot.objects.bulk_create(rows, batch_size=500)


def burst(call: CaseCall) -> Quarantine:
    """A hundred ballots of one network within two minutes, among others; set aside."""
    cast_at(call, dict.fromkeys(range(0, 100, 10), 2))
    cast_at(call, {50: 60, 51: 40}, network="8.8.8.0/24")
    (row,) = quarantine.look(call)
    return row
