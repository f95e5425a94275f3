"""Who comes to the pages of a round under review, as fixtures."""

import pytest
from django.test import Client
from people_at_work import at_work, signed_in
from reviewed import MANUAL, Reviewed, a_round

from govgauge.office.models import RoleKind

HTMX = {"HX-Request": "true"}


@pytest.fixture
def made() -> Reviewed:
    return a_round()


@pytest.fixture
def readers(made: Reviewed) -> dict[str, Client]:
    """By name: people of the office, the body, a colleague at the same body, another body."""
    kinds = (RoleKind.ADMINISTRATOR, RoleKind.REVIEWER, RoleKind.ADJUDICATOR, RoleKind.OBSERVER)
    return {
        **{kind.value: at_work(kind, round_=made.round) for kind in kinds},
        "body": signed_in(made.body),
        "colleague": at_work(RoleKind.ASSESSED, round_=made.round, scope=made.entry.key),
        "stranger": at_work(RoleKind.ASSESSED, round_=made.round, scope=made.other.key),
    }


def place(made: Reviewed, path: str) -> str:
    numbers = {
        "batch": made.batch.id,
        "dispute": made.dispute.id,
        "answer": made.answer.id,
        "entry": made.entry.id,
        "other": made.other.id,
        "objection": made.objection.id,
        "check": MANUAL[2],
    }
    return f"/rounds/r{path.format(**numbers)}"
