"""Rounds with published cases and their certificates, made for tests."""

from django.utils import timezone
from panelled import Panelled, a_panel

from govgauge.office.domain import awards, certificates
from govgauge.office.models import CaseCount, CaseResult, Certificate


def a_published_call(cases: int = 2) -> Panelled:
    """A call whose cases are all chosen and public."""
    made = a_panel(experts=1, cases=cases)
    count = CaseCount.objects.create(
        call=made.call,
        number=1,
        rules={"categories": [{"slug": "service", "name": "一体化服务", "family": "数字政府"}]},
        experts=2,
        ballots=3,
        set_aside=0,
        digest="0" * 64,
        published_at=timezone.now(),
    )
    CaseResult.objects.bulk_create(
        CaseResult(count=count, case=case, total="90", place=place, chosen=True)
        for place, case in enumerate(made.cases, 1)
    )
    return made


def certified(made: Panelled) -> list[Certificate]:
    """The certificates of a round, issued."""
    certificates.issue(made.chair, made.round, awards.of_round(made.round))
    return list(made.round.certificates.order_by("serial"))
