"""A collector with work, at the pages."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from collecting import planned
from people_at_work import somebody

from govgauge.office.models import Assignment, Person, RoleKind, Round


def with_work(round_: Round, name: str = "采集员甲", **more: object) -> tuple[Person, list[Assignment]]:
    """A collector to whom the work of a round was given, and that work in its order."""
    person = somebody(RoleKind.COLLECTOR, round_=round_, name=name)
    planned(round_, person, **more)
    return person, list(Assignment.objects.filter(person=person).order_by("due", "batch", "id"))
