"""A round with entries and collectors, and plans made of them, for tests."""

from datetime import date
from decimal import Decimal

from govgauge.office.coding_plan import Proposal, Wanted
from govgauge.office.domain import coding_plans
from govgauge.office.domain.acting import PROGRAM, Acting, acting_as
from govgauge.office.models import BatchCut, Entry, Person, Role, RoleKind, Round

DUE = date(2025, 12, 20)


def a_round(entries: int = 2, *, groups: int = 1, slug: str = "r", system: str = "2025-county") -> Round:
    """A round with so many counties that have sites."""
    round_ = Round.objects.create(slug=slug, title="2025 年评估", rules="inspection-2019", as_of=date(2025, 11, 30))
    for number in range(entries):
        Entry.objects.create(
            round=round_,
            key=f"某省/县{number}",
            name=f"县{number}",
            parent="某省",
            group=f"组{number % groups}",
            url=f"http://site{number}.test/",
            system=system,
            profile="county",
        )
    return round_


def a_collector(name: str, kind: RoleKind = RoleKind.COLLECTOR, round_: Round | None = None) -> Person:
    person = Person.objects.create_user(f"{name}@example.test", name=name)
    Role.objects.create(person=person, kind=kind, round=round_)
    return person


def acting(person: Person) -> Acting:
    return acting_as(person)


def wanted(*people: Person, cut: BatchCut = BatchCut.INDICATOR, share: str = "0", **more: object) -> Wanted:
    facts = {"cut": cut, "people": tuple(person.id for person in people), "share": Decimal(share), "due": DUE, **more}
    return Wanted(**facts)


def planned(round_: Round, *people: Person, **more: object) -> Proposal:
    """Plan, and do it."""
    wish = wanted(*people, **more)
    return coding_plans.carry_out(PROGRAM, round_, wish, coding_plans.propose(PROGRAM, round_, wish).digest)
