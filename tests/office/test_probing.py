"""Probes on record: claimed once, recorded once, summed by the day, asked for in a constant number of queries."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from govgauge.gather.availability.opening import Certificate, Opening, Phases
from govgauge.gather.availability.status import Status
from govgauge.office.domain import probing, rounds
from govgauge.office.domain.probing import EndedSlot
from govgauge.office.models import Entry, Probe, ProbeClaim, Round, SiteCertificate, SiteDay, Watch
from govgauge.office.monitoring import schedule
from govgauge.office.queries import availability
from govgauge.outcomes import Outcome

DAY = date(2025, 11, 20)
SPACING = 1800.0


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Both databases."""
    return str(request.param)


def a_round(sites: int, slug: str = "r") -> Round:
    """A round with so many sites, all of them watched."""
    made = rounds.create(slug, "", rules="inspection-2019", as_of=date(2025, 11, 30), settings={})
    Entry.objects.bulk_create(
        Entry(round=made, key=f"{number}", name=f"{number}", url=url_of(number), system="2025-city", profile="all")
        for number in range(sites)
    )
    probing.watched(made)
    return made


def url_of(number: int) -> str:
    return f"http://w{number}.gov.cn/"


def opening(status: Status, at: datetime, certificate: Certificate | None = None) -> Opening:
    return Opening(
        key=0, url="", status=status, began=at, phases=Phases(1, 2, 3, 4, 500), http=200, certificate=certificate
    )


def slots(watch: Watch, day: date, words: Sequence[str]) -> list[EndedSlot]:
    """A slot every hour of a day, each failure seen twice."""
    first, _ = schedule.minutes_of(day, day)
    found = []
    for number, word in enumerate(words):
        minute = first + 60 * number
        at = datetime.fromtimestamp(minute * 60, UTC)
        times = 1 if word in {"ok", "slow", "ours", "blocked"} else 2
        seen = tuple(opening(Status(word), at + timedelta(minutes=one)) for one in range(times))
        found.append(EndedSlot(watch.id, minute, seen))
    return found


def places(ended: Sequence[EndedSlot]) -> set[tuple[int, int]]:
    return {(one.watch, one.slot) for one in ended}


def keep(ended: Sequence[EndedSlot], owner: str = "m:1") -> None:
    probing.claim(places(ended), owner)
    probing.record(ended, owner, SPACING)


def test_sites_of_the_entries_are_watched_and_others_no_longer() -> None:
    made = a_round(3)
    assert sorted(probing.watched(made).values()) == [url_of(number) for number in range(3)]
    made.entries.filter(key="0").update(url="http://moved.gov.cn/")
    made.entries.filter(key="1").update(url="")
    made.entries.filter(key="2").update(standing="gone")
    assert list(probing.watched(made).values()) == ["http://moved.gov.cn/"]
    made.entries.filter(key="1").update(url=url_of(1))
    assert sorted(probing.watched(made).values()) == ["http://moved.gov.cn/", url_of(1)]
    assert Watch.objects.count() == 4


def test_a_slot_is_claimed_by_one_of_many() -> None:
    made = a_round(30)
    wanted = {(number, 7) for number in probing.watched(made)}

    def ask(number: int) -> set[tuple[int, int]]:
        mine = probing.claim(wanted, f"m:{number}")
        connections.close_all()
        return mine

    with ThreadPoolExecutor(4) as pool:
        found = [place for mine in pool.map(ask, range(4)) for place in mine]
    assert sorted(found) == sorted(wanted)


def test_what_is_recorded_is_claimed_and_recorded_no_more() -> None:
    watch = a_round(1).watches.get()
    ended = slots(watch, DAY, ["ok", "refused"])
    assert probing.claim(places(ended), "m:1") == places(ended)
    probing.record(ended, "m:1", SPACING)
    assert ProbeClaim.objects.count() == 0
    assert probing.claim(places(ended), "m:2") == set()
    probing.record(slots(watch, DAY, ["timed-out", "ok"]), "m:2", SPACING)
    assert list(Probe.objects.order_by("slot", "attempt").values_list("status", "attempt")) == [
        ("ok", 1),
        ("refused", 1),
        ("refused", 2),
    ]


def test_claims_of_the_dead_are_free_again() -> None:
    made = a_round(2)
    wanted = {(number, 7) for number in probing.watched(made)}
    assert probing.claim(wanted, "m:dead") == wanted
    assert probing.claim(wanted, "m:alive") == set()
    assert probing.release_dead(made, "other") == 0
    assert probing.release_dead(made, "m") == 2
    assert probing.claim(wanted, "m:alive") == wanted
    assert probing.release("m:alive") == 2


def test_days_are_summed_and_stay_when_probes_are_thinned() -> None:
    made = a_round(1)
    watch = made.watches.get()
    words = ["ok"] * 18 + ["refused", "blocked", "ours", "slow"]
    keep(slots(watch, DAY, words))
    keep(slots(watch, DAY + timedelta(days=1), ["ok"]))
    day = SiteDay.objects.get(day=DAY)
    assert (day.probes, day.failed, day.blocked, day.ours, day.median, day.p95) == (20, 1, 1, 1, 500, 500)
    assert day.kinds == {"refused": 1}
    assert probing.thin(made, DAY + timedelta(days=1)) == len(words) + 1
    assert Probe.objects.count() == 1
    assert SiteDay.objects.count() == 2


def test_a_site_tells_since_when_it_fails() -> None:
    watch = a_round(1).watches.get()
    ended = slots(watch, DAY, ["ok", "refused", "blocked", "timed-out", "ok"])
    for number, (word, fails) in enumerate(
        [("ok", False), ("refused", True), ("blocked", True), ("timed-out", True), ("ok", False)]
    ):
        keep([ended[number]])
        watch.refresh_from_db()
        assert (watch.last_status, watch.failing_since is not None) == (word, fails)
        if fails:
            assert watch.failing_since == ended[1].openings[0].began


def test_the_latest_certificate_of_a_site_is_kept() -> None:
    made = a_round(2)
    first, second = made.watches.order_by("url")
    at = datetime(2025, 11, 20, tzinfo=UTC)

    def shown(ends: date, fault: str = "") -> Certificate:
        return Certificate(host="w.gov.cn", subject="s", issuer="i", names=("w.gov.cn",), not_after=ends, fault=fault)

    keep([EndedSlot(first.id, 1, (opening(Status.OK, at, shown(DAY)),))])
    keep([EndedSlot(first.id, 2, (opening(Status.OK, at, shown(DAY + timedelta(days=20))),))])
    keep([EndedSlot(second.id, 1, (opening(Status.TLS_FAILED, at, shown(date(2030, 1, 1), "wrong-name")),))])
    assert SiteCertificate.objects.count() == 2
    told = availability.standing(made, DAY).certificates
    assert [(one.url, one.days, one.fault) for one in told] == [
        (url_of(0), 20, ""),
        (url_of(1), 1503, "wrong-name"),
    ]
    assert availability.standing(made, DAY - timedelta(days=30)).certificates[0].fault == "wrong-name"


def test_facts_follow_the_entries_of_the_round() -> None:
    made = a_round(2)
    week = [DAY + timedelta(days=number) for number in range(7)]
    good, bad = made.watches.order_by("url")
    for day in week:
        keep(slots(good, day, ["ok"] * 24))
        keep(slots(bad, day, ["ok"] * 22 + ["refused"] * 2))
    found = availability.facts_of(made)
    by_url = {entry.url: found[entry.id] for entry in made.entries.all()}
    assert by_url[good.url].window.last == week[-1]
    assert [(facts.probes, facts.failed) for facts in by_url.values()] == [(168, 0), (168, 14)]
    assert by_url[bad.url].result(bad.url).outcome is Outcome.FAIL
    made.entries.filter(url=bad.url).update(url="http://moved.gov.cn/")
    probing.watched(made)
    moved = availability.facts_of(made)[made.entries.get(url="http://moved.gov.cn/").id]
    assert (moved.probes, moved.thin_days) == (0, 7)
    told = availability.standing(made, DAY)
    assert (told.judged_sites, told.vetoed_sites) == (2, 1)


def test_a_last_day_that_is_not_whole_is_not_judged() -> None:
    made = a_round(1)
    watch = made.watches.get()
    assert availability.window_of(made) is None
    keep(slots(watch, DAY, ["ok"] * 19))
    assert availability.window_of(made).last == DAY - timedelta(days=1)
    keep(slots(watch, DAY, ["ok"] * 24)[19:])
    assert availability.window_of(made).last == DAY
    made.settings = {"monitoring": {"until": "2025-11-02"}}
    made.save()
    assert availability.window_of(made).last == date(2025, 11, 2)


def test_the_number_of_queries_does_not_grow_with_the_sites() -> None:
    few, many = a_round(2, "few"), a_round(60, "many")
    counted = []
    for made in (few, many):
        for watch in made.watches.all():
            keep(slots(watch, DAY, ["refused"]))
        with CaptureQueriesContext(connection) as queries:
            availability.standing(made, DAY)
            availability.facts_of(made)
        counted.append(len(queries))
    assert counted[0] == counted[1]
