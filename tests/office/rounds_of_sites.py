"""Rounds made for tests, without files."""

from datetime import date, datetime

from govgauge.office.domain import jobs, rounds
from govgauge.office.domain.rounds import Line
from govgauge.office.models import Job, Round


def a_round(*groups: tuple[str, int], slug: str = "r") -> Round:
    """A round with so many sites in each group, on hosts of their own."""
    made = rounds.create(slug, "", rules="inspection-2019", as_of=date(2025, 11, 30), settings={})
    lines = [
        Line(number, f"{group}{number}", "", group, f"http://{slug}-{group}{number}.test/", "2025-city", "")
        for group, count in groups
        for number in range(count)
    ]
    assert rounds.add(made, lines).refused == ()
    return made


def took(worker: str, lane: str, now: datetime | None = None, within: jobs.Within | None = None) -> Job | None:
    """A job of a lane, leased to a worker; None when there is none."""
    return next(iter(jobs.take(worker, {lane: 1}, now, within)), None)
