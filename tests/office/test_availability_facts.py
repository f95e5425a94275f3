"""From openings to what the rules ask, by tables; and the times of probes."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.gather.availability.status import Counts, Status
from govgauge.office.monitoring.facts import (
    AvailabilityFacts,
    Day,
    Seen,
    Window,
    availability_facts,
    day_sums,
    facts_of_days,
    slots_of,
)
from govgauge.office.monitoring.schedule import Schedule, day_of, minutes_of
from govgauge.outcomes import Outcome
from govgauge.scoring import vetoes
from govgauge.scoring.conditions import Hit
from govgauge.scoring.deductions import deductions
from govgauge.systems import library

LAST = date(2025, 11, 30)
WEEK = Window(last=LAST)
HOUR = 3600


def openings(*words: str, slot: int = 100) -> list[Seen]:
    return [Seen(slot, number, slot * 60.0 + number, word, 100 * number) for number, word in enumerate(words, start=1)]


@pytest.mark.parametrize(
    ("words", "counts", "status"),
    [
        (["ok"], Counts.OPEN, Status.OK),
        (["slow"], Counts.OPEN, Status.SLOW),
        (["timed-out", "ok"], Counts.OPEN, Status.OK),
        (["timed-out", "refused"], Counts.FAILED, Status.REFUSED),
        (["server-error", "server-error"], Counts.FAILED, Status.SERVER_ERROR),
        (["timed-out"], Counts.UNCLEAR, Status.TIMED_OUT),
        (["blocked"], Counts.BLOCKED, Status.BLOCKED),
        (["reset", "blocked"], Counts.BLOCKED, Status.BLOCKED),
        (["tls-failed"], Counts.UNCLEAR, Status.TLS_FAILED),
        (["reset", "tls-failed"], Counts.UNCLEAR, Status.TLS_FAILED),
        (["ours", "ours"], Counts.OURS, Status.OURS),
        (["ours", "ours", "ok"], Counts.OPEN, Status.OK),
        (["ours", "refused"], Counts.UNCLEAR, Status.REFUSED),
        (["ours", "ours", "refused", "refused"], Counts.FAILED, Status.REFUSED),
    ],
)
def test_a_slot_counts_once_by_its_openings(words: list[str], counts: Counts, status: Status) -> None:
    (slot,) = slots_of(openings(*words))
    assert (slot.counts, slot.status) == (counts, status)


def hourly(day: date, words: Sequence[str], minutes: int = 60) -> list[Seen]:
    """A slot every hour of a day; a failure is seen twice."""
    start, _ = minutes_of(day, day)
    found: list[Seen] = []
    for number, word in enumerate(words):
        failed = word not in {"ok", "slow", "blocked", "ours"}
        found += openings(*[word] * (2 if failed else 1), slot=start + number * minutes)
    return found


def test_a_day_is_summed() -> None:
    seen = hourly(LAST, ["ok", "slow", "refused", "blocked", "ours", "refused", "reset"])
    assert day_sums(LAST, slots_of(seen), HOUR / 2) == Day(
        day=LAST, probes=5, failed=3, blocked=1, ours=1, kinds={"refused": 2, "reset": 1}, median=100, p95=100
    )


def test_probes_that_come_too_close_are_not_counted() -> None:
    seen = hourly(LAST, ["ok"] * 48, minutes=10)
    found = day_sums(LAST, slots_of(seen), HOUR / 2)
    assert (found.probes, found.crowded) == (16, 32)


def a_week(failed: int, *, of: int = 168, day_of_gap: date | None = None, gap: int = 0) -> AvailabilityFacts:
    """A week of 24 probes a day, or of `of` in all, of which some failed; on one day `gap` are missing."""
    days = []
    for day in WEEK.all_days():
        number = of // 7 - (gap if day == day_of_gap else 0)
        here = min(failed, number)
        failed -= here
        days.append(Day(day=day, probes=number, failed=here, kinds={"refused": here} if here else {}))
    return facts_of_days(days, WEEK)


@pytest.mark.parametrize(
    ("facts", "percent", "outcome"),
    [
        (a_week(0), 0.0, Outcome.PASS),
        (a_week(8), 4.7619, Outcome.PASS),
        (a_week(9), 5.3571, Outcome.FAIL),
        (a_week(7, of=140), 5.0, Outcome.FAIL),
        (a_week(6, of=140), 4.2857, Outcome.PASS),
        (a_week(14, of=280), 5.0, Outcome.FAIL),
        (a_week(168), 100.0, Outcome.FAIL),
        (a_week(168, day_of_gap=LAST, gap=4), 100.0, Outcome.FAIL),
        (a_week(100, day_of_gap=LAST, gap=5), 61.3496, Outcome.NOT_OBSERVABLE),
    ],
)
def test_five_per_cent_of_a_week_fail_a_site(facts: AvailabilityFacts, percent: float, outcome: Outcome) -> None:
    result = facts.result("http://www.example.gov.cn/")
    assert (facts.percent, result.outcome) == (percent, outcome)


def test_what_the_rules_make_of_it() -> None:
    def told(failed: int, rules: str) -> dict[str, Hit]:
        result = a_week(failed).result("http://a/")
        return {
            one.id: one.hit for one in vetoes.judge(library.rule_set(rules), {"site-unreachable": result}, "http://a/")
        }

    assert [told(number, "inspection-2019")["V2"] for number in (0, 8, 9)] == [Hit.NO, Hit.NO, Hit.YES]
    assert [told(number, "early-warning")["W1"] for number in (5, 6, 9)] == [Hit.NO, Hit.YES, Hit.YES]
    assert [told(number, "census-2015")["C1-veto"] for number in (8, 9)] == [Hit.NO, Hit.YES]


def test_every_whole_per_cent_costs_five_points_in_the_census() -> None:
    def points(failed: int) -> float:
        result = a_week(failed, of=196).result("http://a/")
        taken = deductions(library.rule_set("census-2015"), {"site-unreachable": result})
        return next(float(one.low) for one in taken if one.id == "C1" and one.low == one.high)

    assert [points(failed) for failed in (0, 1, 2, 3, 4)] == [0, 0, 5, 5, 10]


def test_a_week_with_a_thin_day_is_not_judged_and_says_why() -> None:
    result = a_week(100, day_of_gap=date(2025, 11, 27), gap=6).result("http://a/")
    assert result.outcome is Outcome.NOT_OBSERVABLE
    assert "2025-11-24 至 2025-11-30" in result.reason
    assert "1 天不足（最少 18 次）" in result.reason


def test_a_site_that_blocks_is_distorted_and_not_judged() -> None:
    facts = facts_of_days([Day(day=day, probes=4, blocked=20) for day in WEEK.all_days()], WEEK)
    assert facts.distorted
    assert "拦截" in facts.result("http://a/").reason


def test_from_openings_to_facts() -> None:
    seen = [one for day in WEEK.all_days() for one in hourly(day, ["ok"] * 22 + ["reset", "ours"])]
    facts = availability_facts(seen, WEEK, HOUR / 2)
    assert facts == AvailabilityFacts(
        window=WEEK,
        probes=161,
        failed=7,
        blocked=0,
        unclear=0,
        ours=7,
        thin_days=0,
        fewest=23,
        kinds={"reset": 7},
    )


@given(st.integers(1, 10_000), st.data())
def test_a_share_is_never_rounded_up_to_a_bound(probes: int, data: st.DataObject) -> None:
    failed = data.draw(st.integers(0, probes))
    facts = facts_of_days([Day(day=LAST, probes=probes, failed=failed)], Window(last=LAST, days=1))
    assert facts.percent is not None
    assert (facts.percent >= 5) == (failed * 20 >= probes)
    assert facts.percent <= failed * 100 / probes


SITES = st.integers(0, 10**6).map(lambda number: f"http://w{number}.gov.cn/")
TIMES = st.floats(1.6e9, 2.0e9)


@given(SITES, st.integers(20, 288), TIMES)
def test_probes_of_a_site_stay_half_an_interval_apart_however_late_they_are(url: str, times: int, start: float) -> None:
    schedule = Schedule(86_400 / times)
    slot = schedule.next(url, start)
    for _ in range(3):
        following = schedule.after(url, slot)
        assert following.minute > slot.minute
        assert following.due - slot.until >= schedule.interval / 2 - 1e-3
        slot = following


@given(SITES, TIMES)
def test_a_site_has_all_its_slots_in_a_day_and_each_is_found_again(url: str, start: float) -> None:
    schedule = Schedule(3600)
    slot, found = schedule.next(url, start), set()
    while slot.due < start + 86_400:
        found.add(slot.minute)
        assert schedule.current(url, slot.due) == slot
        assert schedule.current(url, slot.until) == slot
        assert schedule.current(url, slot.until + 1) is None
        assert schedule.last(url, slot.until + 1) == slot
        slot = schedule.after(url, slot)
    assert 23 <= len(found) <= 25


def test_the_load_is_flat() -> None:
    schedule, start = Schedule(3600), 1.7e9
    minutes = [0] * 60
    for number in range(15_000):
        due = schedule.after(f"http://w{number}.gov.cn/", schedule.last(f"http://w{number}.gov.cn/", start)).due
        minutes[int((due - start) // 60) % 60] += 1
    assert min(minutes[10:50]) > 150  # 250 on average
    assert max(minutes[10:50]) < 350


def test_days_are_those_of_the_sites() -> None:
    midnight = datetime(2025, 11, 29, 16, 0, tzinfo=UTC)
    minute = int(midnight.timestamp() // 60)
    assert (day_of(minute - 1), day_of(minute)) == (date(2025, 11, 29), date(2025, 11, 30))
    assert minutes_of(LAST, LAST) == (minute, minute + 24 * 60)
