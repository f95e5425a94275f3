"""Who may do what, and the trail of what was done."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from govgauge.office.domain.acting import PROGRAM, Acting, NotAllowed, acting_as, noted
from govgauge.office.domain.permissions import GRANTS, Verb
from govgauge.office.models import Change, Entry, Person, Role, RoleKind, Round


def a_round(slug: str = "r") -> Round:
    return Round.objects.create(slug=slug, title=slug, rules="inspection-2019", as_of=date(2025, 11, 30))


def an_entry(round_: Round, key: str) -> Entry:
    return Entry.objects.create(
        round=round_,
        key=key,
        name=key.rpartition("/")[2],
        system="2025-city",
        profile="city",
        url=f"http://{key}.test/",
    )


def somebody(email: str = "a@example.test", **role: object) -> Acting:
    person = Person.objects.create_user(email, name="某人")
    if role:
        Role.objects.create(person=person, **role)
    return acting_as(person)


def test_every_role_is_granted_something() -> None:
    assert set(GRANTS) == set(RoleKind)
    assert all(GRANTS.values())
    granted = {verb for verbs in GRANTS.values() for verb in verbs}
    assert granted == set(Verb)


def test_an_assessed_body_reaches_its_own_entry_only() -> None:
    round_ = a_round()
    own, other = an_entry(round_, "某省/甲市"), an_entry(round_, "某省/甲市/乙县")
    body = somebody(kind=RoleKind.ASSESSED, scope=own.key)
    assert list(body.entries(Verb.SEE_ENTRY, round_)) == [own]
    assert body.may(Verb.OBJECT, round_=round_, key=own.key)
    assert not body.may(Verb.OBJECT, round_=round_, key=other.key)
    assert not body.may(Verb.SEE_ROUND, round_=round_)
    with pytest.raises(NotAllowed, match="没有做这件事的权限"):
        body.need(Verb.OBJECT, round_=round_, key=other.key)


def test_a_supervisor_reaches_what_lies_in_the_region() -> None:
    round_ = a_round()
    inside = [an_entry(round_, key) for key in ("某省", "某省/甲市", "某省/甲市/乙县")]
    an_entry(round_, "某省2/丙市")
    supervisor = somebody(kind=RoleKind.SUPERVISOR, scope="某省")
    assert list(supervisor.entries(Verb.SEE_ENTRY, round_).order_by("key")) == inside
    assert not supervisor.may(Verb.SEE_ENTRY, round_=round_, key="某省2/丙市")


def test_a_role_of_one_round_gives_nothing_in_another() -> None:
    round_, other = a_round(), a_round("s")
    reviewer = somebody(kind=RoleKind.REVIEWER, round=round_)
    assert reviewer.may(Verb.REVIEW, round_=round_)
    assert not reviewer.may(Verb.REVIEW, round_=other)


def test_a_collector_works_on_what_was_assigned_and_sees_no_scores() -> None:
    collector = somebody(kind=RoleKind.COLLECTOR)
    assert collector.person is not None
    assert collector.may(Verb.CODE, assignee=collector.person.id)
    assert not collector.may(Verb.CODE, assignee=collector.person.id + 1)
    assert not collector.may(Verb.SEE_ROUND)


def test_an_ended_role_and_an_inactive_person_may_nothing() -> None:
    person = Person.objects.create_user("b@example.test", name="乙")
    Role.objects.create(person=person, kind=RoleKind.ADMINISTRATOR, ended_at="2025-01-01T00:00:00Z")
    assert not acting_as(person).may(Verb.SEE_ROUND)
    Role.objects.create(person=person, kind=RoleKind.ADMINISTRATOR)
    assert acting_as(person).may(Verb.SEE_ROUND)
    person.is_active = False
    assert not acting_as(person).may(Verb.SEE_ROUND)


def test_a_change_is_noted_with_what_differs_and_kept_secrets_stay_secret() -> None:
    administrator = somebody(kind=RoleKind.ADMINISTRATOR)
    person = Person.objects.create_user("c@example.test", name="丙", password="first-secret")
    with noted(administrator, "person.rename", person, reason="更正"):
        person.name = "丁"
        person.set_password("second-secret")
        person.save()
    (change,) = Change.objects.all()
    assert (change.actor, change.verb, change.topic, change.record) == (
        administrator.person,
        "person.rename",
        "Person",
        str(person.pk),
    )
    assert (change.before["name"], change.after["name"], change.reason) == ("丙", "丁", "更正")
    assert change.before["password"] == change.after["password"] == "（不记录内容）"
    assert set(change.after) == {"name", "password"}


def renamed_in_vain(person: Person) -> None:
    with noted(PROGRAM, "person.rename", person):
        person.name = "己"
        person.save()
        raise RuntimeError


def test_nothing_is_noted_of_what_did_not_happen() -> None:
    person = Person.objects.create_user("d@example.test", name="戊")
    with pytest.raises(RuntimeError):
        renamed_in_vain(person)
    with noted(PROGRAM, "person.rename", person):
        person.refresh_from_db()
    person.refresh_from_db()
    assert (person.name, Change.objects.count()) == ("戊", 0)


def test_the_trail_is_only_added_to() -> None:
    person = Person(email="e@example.test", name="庚")
    with noted(PROGRAM, "person.add", person):
        person.save()
    change = Change.objects.get()
    with pytest.raises(ValueError, match="never changed"):
        change.save()
    with pytest.raises(ValueError, match="never deleted"):
        change.delete()


def typed(acting: Acting, entry: Entry, name: str, url: str = "") -> None:
    with noted(acting, "entry.change", entry, entry=entry, typed=True):
        entry.name, entry.url = name, url or entry.url
        entry.save()


def rows() -> list[tuple[dict[str, object], dict[str, object], bool]]:
    found = Change.objects.filter(verb="entry.change").order_by("id")
    return [(one.before, one.after, one.until is not None) for one in found]


def test_what_somebody_types_without_a_break_makes_one_row_from_the_first_to_the_last() -> None:
    acting, entry = somebody(), an_entry(a_round(), "某省/甲市")
    for name in ("甲", "甲市人", "甲市人民"):
        typed(acting, entry, name)
    typed(acting, entry, "甲市人民政府", "http://b.test/")
    url = "http://某省/甲市.test/"
    assert rows() == [({"name": "甲市", "url": url}, {"name": "甲市人民政府", "url": "http://b.test/"}, True)]
    typed(acting, entry, "甲市", "http://c.test/")
    assert rows() == [({"url": url}, {"url": "http://c.test/"}, True)]


def test_a_row_is_closed_by_time_by_others_and_by_what_else_one_does() -> None:
    round_ = a_round()
    one, other = somebody(), somebody("b@example.test")
    entry, second = an_entry(round_, "某省/甲市"), an_entry(round_, "某省/乙市")
    typed(one, entry, "一")
    typed(other, entry, "二")
    typed(one, entry, "三")
    typed(one, second, "四")
    typed(one, entry, "五")
    Change.objects.update(at=timezone.now() - timedelta(minutes=11))
    typed(one, entry, "六")
    typed(PROGRAM, entry, "七")
    typed(PROGRAM, entry, "八")
    with noted(one, "entry.change", entry, entry=entry):
        entry.name = "九"
        entry.save()
    assert [(before["name"], after["name"]) for before, after, _until in rows()] == [
        *(("甲市", "一"), ("一", "二"), ("二", "三"), ("乙市", "四"), ("三", "五"), ("五", "六")),
        *(("六", "七"), ("七", "八"), ("八", "九")),
    ]
    assert not any(until for *_words, until in rows())


def test_a_new_record_that_is_typed_stays_new_with_what_came_of_it() -> None:
    acting, round_ = somebody(), a_round()
    entry = Entry(round=round_, key="某省/甲市", name="甲", system="2025-city", profile="city", url="http://a.test/")
    typed(acting, entry, "甲市")
    typed(acting, entry, "甲市人民政府")
    ((before, after, until),) = rows()
    assert (before, after["name"], after["key"], until) == ({}, "甲市人民政府", "某省/甲市", True)
