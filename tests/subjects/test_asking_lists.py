"""A list answers who is on it on a day, in which group, below whom, and who stands for a body that is gone."""

from datetime import date, timedelta

import pytest
from bodies import HANGZHOU, JIANGGAN, MERGED, MOVED, OUTLETS, ROSTER, UPPER, UPPER_OLD, WEST, ZHEJIANG
from hypothesis import given
from hypothesis import strategies as st

from govgauge.subjects.periods import Holders, Period, holds, overlap
from govgauge.subjects.roster import (
    UnknownGroup,
    UnknownSubject,
    assessed_by,
    at,
    below,
    children,
    find,
    in_group,
    outlets_of,
    successors,
    without_site,
)

BEFORE = MERGED - timedelta(days=1)


def test_a_merger_takes_effect_on_its_day() -> None:
    assert at(ROSTER, BEFORE).subjects == (ZHEJIANG, HANGZHOU, JIANGGAN, UPPER_OLD, WEST)
    assert at(ROSTER, MERGED).subjects == (ZHEJIANG, HANGZHOU, UPPER, WEST)
    assert successors(ROSTER, JIANGGAN.key, BEFORE) == (JIANGGAN,)
    assert successors(ROSTER, JIANGGAN.key, MERGED) == (UPPER,)


def test_a_site_that_moved_has_one_address_each_day() -> None:
    assert outlets_of(at(ROSTER, MOVED - timedelta(days=1)), WEST.key) == (OUTLETS[0], OUTLETS[2])
    assert outlets_of(at(ROSTER, MOVED), WEST.key) == (OUTLETS[1], OUTLETS[2])


def test_bodies_without_a_site_are_told() -> None:
    assert without_site(ROSTER, MERGED) == (ZHEJIANG, HANGZHOU)


def test_a_group_holds_those_within_it() -> None:
    assert in_group(ROSTER, "county") == (JIANGGAN, UPPER_OLD, UPPER, WEST)
    assert in_group(ROSTER, "local") == ROSTER.subjects
    assert [assessed_by(ROSTER, group.id) for group in ROSTER.groups] == [
        ("2025-county", "county"),
        ("2025-province", "province"),
        ("2025-city", "city"),
        ("2025-county", "county"),
    ]
    with pytest.raises(UnknownGroup, match="没有组“town”；可选：local、province、city、county"):
        in_group(ROSTER, "town")


def test_children_are_one_level_down_and_those_below_all_levels() -> None:
    assert children(ROSTER, "浙江省") == (HANGZHOU,)
    assert below(ROSTER, "浙江省") == (HANGZHOU, JIANGGAN, UPPER_OLD, UPPER, WEST)


def test_a_name_that_several_have_is_asked_back() -> None:
    assert find(ROSTER, "上城") == UPPER
    assert find(ROSTER, "330106") == WEST
    with pytest.raises(UnknownSubject, match=r"有 2 个：浙江省/杭州市/旧上城区、浙江省/杭州市/上城区"):
        find(ROSTER, "330102")
    with pytest.raises(UnknownSubject, match="没有“东城区”"):
        find(ROSTER, "东城区")


DAYS = st.none() | st.dates(date(2020, 1, 1), date(2020, 1, 12))


@given(DAYS, DAYS, DAYS, DAYS)
def test_two_periods_overlap_when_a_day_lies_in_both(
    since: date | None, until: date | None, other_since: date | None, other_until: date | None
) -> None:
    days = [date(2019, 12, 1) + timedelta(days=n) for n in range(80)]
    common = any(holds(since, until, day) and holds(other_since, other_until, day) for day in days)
    proper = (not since or not until or since < until) and (
        not other_since or not other_until or other_since < other_until
    )
    if proper:
        assert overlap((since, until), (other_since, other_until)) == common


PROPER = st.tuples(DAYS, DAYS).filter(lambda pair: not pair[0] or not pair[1] or pair[0] < pair[1])


@given(st.lists(PROPER, max_size=12))
def test_holders_tell_an_overlap_whenever_there_is_one(periods: list[Period]) -> None:
    holders = Holders()
    added: list[Period] = []
    for period in periods:
        found = holders.at_once_with(period)
        assert (found is not None) == any(overlap(period, other) for other in added)
        if found is None:
            holders.add(period, "甲")
            added.append(period)
