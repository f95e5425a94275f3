"""A body is renamed in the middle of a round: its people, invitations and registration follow it."""

from datetime import date

import pytest
from answered import person_of, somebody

from govgauge.office.domain import entries, invitations, notices, registrations, rounds, updating
from govgauge.office.domain.acting import PROGRAM, acting_as
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.renamed_bodies import moved
from govgauge.office.lines import Line, Offer
from govgauge.office.models import Change, Entry, Registration, Role, RoleKind, Round


def line(name: str, parent: str = "某省", url: str = "", before: tuple[str, ...] = ()) -> Line:
    facts = {"group": "县", "system": "2025-county", "profile": ""}
    return Line(number=2, name=name, parent=parent, url=url, before=before, **facts)


@pytest.fixture
def round_() -> Round:
    made = rounds.create("r", "", rules="inspection-2019", as_of=date(2025, 11, 30), settings={})
    entries.add(made, [line("甲县", url="http://jia.gov.cn/"), line("子镇", "某省/甲县", "http://zi.gov.cn/")])
    return made


def renamed(round_: Round) -> Entry:
    lines = (
        line("甲市", url="http://jia.gov.cn/", before=("某省/甲县",)),
        line("子镇", "某省/甲市", "http://zi.gov.cn/"),
    )
    found = updating.compare(round_, Offer(lines=lines, gone={"某省/甲县": ("某省/甲市",)}))
    updating.apply(round_, found.changes)
    return Entry.objects.get(key="某省/甲市")


def roles_of(role: Role) -> list[tuple[str, bool]]:
    found = role.person.roles.order_by("id")
    return [(one.scope, one.ended_at is None) for one in found]


def test_its_people_stay_its_people(round_: Round) -> None:
    here, everywhere, above, below = (
        Role.objects.create(person=person_of(somebody()), kind=kind, scope=scope, round=where)
        for kind, scope, where in (
            (RoleKind.ASSESSED, "某省/甲县", round_),
            (RoleKind.ASSESSED, "某省/甲县", None),
            (RoleKind.SUPERVISOR, "某省/甲县", round_),
            (RoleKind.ASSESSED, "某省/甲县/子镇", round_),
        )
    )
    beside = Role.objects.create(person=person_of(somebody()), kind=RoleKind.ASSESSED, scope="某省/甲县乡", round=None)
    entry = renamed(round_)
    assert roles_of(here) == roles_of(above) == [("某省/甲县", False), ("某省/甲市", True)]
    assert roles_of(everywhere) == [("某省/甲县", True), ("某省/甲市", True)]
    assert roles_of(below) == [("某省/甲县/子镇", False), ("某省/甲市/子镇", True)]
    assert roles_of(beside) == [("某省/甲县乡", True)]
    assert notices.of_body(entry) == [here.person, everywhere.person]
    for role in (here, everywhere):
        assert acting_as(role.person).may(Verb.OBJECT, round_=round_, key=entry.key)
    assert set(Change.objects.filter(topic="Role").values_list("verb", flat=True)) == {"role.give", "role.end"}


def test_invitations_and_registrations_follow(round_: Round) -> None:
    facts = {"kind": RoleKind.ASSESSED, "round_": round_, "scope": "某省/甲县"}
    made, secret = invitations.invite(PROGRAM, "a@b.test", **facts)
    registration = registrations.draft(PROGRAM, round_, "某省/甲县")
    renamed(round_)
    made.refresh_from_db()
    assert made.scope == "某省/甲市"
    person = invitations.accept_as_new(secret, name="甲", password=None)
    now = Registration.objects.get(id=registration.id)
    assert (now.key, now.parent, now.name) == ("某省/甲市", "某省", "甲市")
    assert registrations.save(acting_as(person), now, {"contact": "李四"}, now.version).contact == "李四"


@pytest.mark.parametrize(
    ("scope", "after"),
    [("甲/乙", "甲/丙"), ("甲/乙/丁", "甲/丙/丁"), ("甲/乙丁", ""), ("甲", ""), ("", ""), ("戊/甲/乙", "")],
)
def test_a_key_moves_with_its_own_name_and_with_those_above(scope: str, after: str) -> None:
    assert moved(scope, {"甲/乙": "甲/丙"}) == after
