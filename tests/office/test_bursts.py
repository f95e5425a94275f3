"""Ballots that come in bursts are set aside, stay in the box, and count when the chair says so."""

from itertools import pairwise

import pytest
from case_days import rules_were
from hypothesis import given
from hypothesis import strategies as st
from voted import a_call, a_case, days
from voted_bursts import burst, cast_at, minute

from govgauge.errors import Unusable
from govgauge.office import vote_bursts
from govgauge.office.domain import quarantine
from govgauge.office.domain.acting import Acting, NotAllowed, acting_as
from govgauge.office.models import Ballot, CaseCall, Change, Person, Quarantine, Role, RoleKind
from govgauge.office.queries import votes

COUNTS = st.dictionaries(st.integers(0, 300), st.integers(1, 400), min_size=1, max_size=20)


def chair() -> Acting:
    person = Person.objects.create_user("chair@example.test", name="组长")
    Role.objects.create(person=person, kind=RoleKind.ADMINISTRATOR)
    return acting_as(person)


def over(call: CaseCall) -> None:
    settings = {**call.rules.latest("id").settings, "vote": days(-3, -1)}
    rules_were(call, settings)


def test_a_burst_from_one_network_is_set_aside_and_nothing_is_deleted() -> None:
    call = a_call()
    row = burst(call)
    assert (row.ballots, row.first_minute, row.last_minute) == (100, minute(50), minute(51))
    assert Ballot.objects.count() == 120
    assert quarantine.look(call) == [], "a second look finds nothing new"
    over(call)
    counted = votes.counted(call)
    assert (counted.ballots, counted.aside, counted.votes[1]) == (20, 100, 20)
    receipt = Ballot.objects.filter(network=row.network).first()
    assert receipt is not None
    assert votes.receipt(call, receipt.commitment) is votes.Receipt.ASIDE


def test_the_chair_lets_them_count_or_not_with_a_reason_on_record() -> None:
    call, acting = a_call(), chair()
    row = burst(call)
    over(call)
    before = votes.counted(call)
    with pytest.raises(Unusable, match="理由"):
        quarantine.decide(acting, row, counts=True, reason=" ", seen=quarantine.stamp(row))
    quarantine.decide(acting, row, counts=True, reason="校园网", seen=quarantine.stamp(row))
    assert votes.counted(call).ballots == 120
    with pytest.raises(Unusable, match="已由别人决定"):
        quarantine.decide(acting, row, counts=False, reason="迟了", seen=quarantine.stamp(row))
    row.refresh_from_db()
    quarantine.decide(acting, row, counts=False, reason="查实", seen=quarantine.stamp(row))
    assert votes.counted(call).ballots == before.ballots
    told = Change.objects.filter(verb="vote.quarantine-decide").values_list("reason", flat=True)
    assert list(told) == ["校园网", "查实"]
    assert quarantine.look(call) == [], "what was decided is not asked again"
    with pytest.raises(NotAllowed):
        quarantine.decide(
            acting_as(Person.objects.create_user("x@example.test")), row, counts=True, reason="x", seen=""
        )


def test_ten_thousand_addresses_of_one_domain_are_set_aside_however_slowly_they_come() -> None:
    call = a_call()
    cast_at(call, dict.fromkeys(range(0, 1400, 7), 10), domain="qq.com")
    cast_at(call, dict.fromkeys(range(0, 1400, 20), 1), domain="county.gov.cn")
    cast_at(call, dict.fromkeys(range(1250), 8), domain="catch-all.example")
    (row,) = quarantine.look(call)
    assert (row.ballots, row.network) == (10_000, "")
    assert "占全部" in row.why
    over(call)
    assert (votes.counted(call).ballots, votes.counted(call).aside) == (2000 + 70, 10_000)


def test_one_network_is_found_that_never_hurries() -> None:
    call = a_call()
    cast_at(call, dict.fromkeys(range(1400), 2))
    cast_at(call, dict.fromkeys(range(0, 1400, 5), 2), network="8.8.8.0/24")  # 20 in ten minutes: under every limit
    (row,) = quarantine.look(call)
    assert (row.ballots, row.domain) == (560, "")
    assert "占全部" in row.why
    assert Ballot.objects.count() == 2800 + 560


def test_a_script_on_many_networks_and_domains_is_found_by_its_minute() -> None:
    call = a_call()
    cast_at(call, dict.fromkeys(range(0, 200, 2), 3))
    for number in range(25):
        cast_at(call, {301: 9}, network=f"8.8.{number}.0/24", domain=f"d{number}.example")
    (row,) = quarantine.look(call)
    assert (row.ballots, row.network, row.domain) == (225, "", "")


def test_a_rush_at_a_domain_is_told_from_a_rush_of_everybody() -> None:
    call = a_call()
    usual = dict.fromkeys(range(0, 300, 10), 4)
    for domain in ("a.example", "b.example", "c.example", "d.example"):
        cast_at(call, usual, domain=domain)
        cast_at(call, {310: 60}, domain=domain)  # a broadcast: all of them at once
    assert quarantine.look(call) == []
    cast_at(call, {400: 90}, domain="a.example")
    (row,) = quarantine.look(call)
    assert (row.first_minute, row.ballots) == (minute(400), 90)


def test_a_burst_that_goes_on_grows_and_what_comes_after_a_decision_is_asked_anew() -> None:
    call, acting = a_call(), chair()
    row = burst(call)
    cast_at(call, {52: 30}, network="8.8.8.0/24")
    assert [one.ballots for one in quarantine.look(call)] == [130]
    row.refresh_from_db()
    quarantine.decide(acting, row, counts=True, reason="校园网", seen=quarantine.stamp(row))
    cast_at(call, {53: 40}, network="8.8.8.0/24")
    (later,) = quarantine.look(call)
    assert (later.pk != row.pk, later.first_minute, later.ballots) == (True, minute(53), 40)
    assert Quarantine.objects.count() == 2


def test_a_minute_far_above_the_usual_is_set_aside_whole() -> None:
    call = a_call()
    cast_at(call, dict.fromkeys(range(100), 3))
    cast_at(call, {100: 1200})
    (row,) = quarantine.look(call)
    assert (row.ballots, row.first_minute, row.network, row.domain) == (1200, minute(100), "", "")


def test_a_vote_like_any_other_has_no_bursts() -> None:
    call = a_call()
    a_case(call, 7, "又一个")
    for network in range(60):
        cast_at(call, {(network * 7) % 240: 3, (network * 11) % 240 + 1: 2}, network=f"8.8.{network}.0/24")
    cast_at(call, {10: 25}, network="9.9.9.0/24")
    assert quarantine.look(call) == []


@given(COUNTS, st.integers(0, 5000), st.integers(0, 500))
def test_spans_of_a_network_part_its_ballots_and_lose_none(counts: dict[int, int], others: int, networks: int) -> None:
    minutes = {minute(at): count for at, count in counts.items()}
    found = vote_bursts.of_network(minutes, others, networks)
    assert all(one.last < other.first for one, other in pairwise(found))
    for one in found:
        assert one.ballots == sum(count for at, count in minutes.items() if one.first <= at <= one.last)
        assert one.ballots >= vote_bursts.LEAST_OF_NETWORK


@given(COUNTS, st.lists(st.tuples(st.integers(0, 300), st.integers(0, 40)), max_size=4))
def test_what_was_decided_is_never_asked_again_and_everything_else_is(
    counts: dict[int, int], spans: list[tuple[int, int]]
) -> None:
    days_ = sorted(minute(at) for at in counts)
    decided = [(minute(first), minute(first + length)) for first, length in spans]
    whole = vote_bursts.Burst(days_[0], days_[-1], 0, "")
    parts = vote_bursts.not_within(whole, days_, decided)
    for at in days_:
        held = sum(part.first <= at <= part.last for part in parts)
        assert held == (0 if any(first <= at <= last for first, last in decided) else 1)
