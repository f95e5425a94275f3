"""Rounds with published cases and their certificates, made for tests."""

from answered import an_entry
from django.utils import timezone
from panelled import Panelled, a_panel

from govgauge.office.domain import awards, certificates
from govgauge.office.domain.awards import Award
from govgauge.office.models import CaseCount, CaseResult, Certificate, CertificateKind, Round


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
        CaseResult(count=count, case=case, experts="90", public="90", total="90", place=place, chosen=True)
        for place, case in enumerate(made.cases, 1)
    )
    return made


def certified(made: Panelled) -> list[Certificate]:
    """The certificates of a round, issued."""
    certificates.issue(made.chair, made.round, awards.of_round(made.round))
    return list(made.round.certificates.order_by("serial"))


def an_award(round_: Round, number: int) -> Award:
    """Something to certify of a body of its own."""
    entry = an_entry(round_, f"第{number}区")
    facts = (("组别", "区县"),)
    return Award(
        f"entry-{entry.pk}", CertificateKind.ASSESSED, f"第{number}区人民政府", "评估等级为", "优秀", facts, entry
    )
