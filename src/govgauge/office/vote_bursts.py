"""Which ballots came in a burst: counts by minute against the usual pace of the same vote. Pure arithmetic.

All numbers here are our own choice; no document gives any. A burst is no proof of fraud (a campus, a broadcast): it
only puts ballots aside until somebody decides.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median

from msgspec import Struct

MINUTE = timedelta(minutes=1)
WINDOW = timedelta(minutes=10)
LEAST_OF_NETWORK, TIMES_OF_NETWORK = 30, 20
"""Ballots of a network within a window: so many, and so many times what other networks have in the whole vote."""
LEAST_OF_DOMAIN, TIMES_OF_DOMAIN = 50, 5
"""Ballots of a mail domain within a window: so many, and so many times its share at other times."""
LEAST_OF_HOLDER, SHARE_OF_HOLDER = 500, 0.05
"""Ballots of a mail domain or a network in the whole vote, and its share in all: so a slow burst is found, too."""
LEAST_OF_MINUTE, TIMES_OF_MINUTE, MINUTES_BEFORE = 200, 20, 60
"""Ballots of one minute: so many, so many times the median minute, once there were so many minutes with ballots."""

Minutes = Mapping[datetime, int]
"""Ballots by minute."""


class Burst(Struct, frozen=True):
    """Minutes in which ballots came in a burst, both of them within it, and why it counts as one."""

    first: datetime
    last: datetime
    ballots: int
    why: str


def of_network(minutes: Minutes, others: int, networks: int) -> list[Burst]:
    """Bursts of a network, where `others` ballots came from `networks` other ones in the whole vote."""
    usual = others / networks if networks else 0.0
    least = max(LEAST_OF_NETWORK, TIMES_OF_NETWORK * usual)
    own = sum(minutes.values())
    if own >= max(LEAST_OF_HOLDER, TIMES_OF_NETWORK * usual) and own > SHARE_OF_HOLDER * (own + others):
        told = f"同一网络共 {own} 张选票，占全部的 {own / (own + others):.0%} (a large share from one network)"
        return [Burst(min(minutes), max(minutes), own, told)]
    why = "同一网络 {n} 分钟内 {most} 张选票，其他网络平均每个 {usual:.1f} 张 (a burst from one network)"
    return [
        Burst(first, last, count, why.format(n=WINDOW // MINUTE, most=most, usual=usual))
        for first, last, count, most in _dense(minutes, lambda _at, count: count >= least)
    ]


def of_domain(minutes: Minutes, everybody: Minutes, domains: int) -> list[Burst]:
    """Bursts of a mail domain, where `everybody` are the ballots of all of `domains` domains with it."""
    own, total = sum(minutes.values()), sum(everybody.values())
    days, counts = sorted(everybody), _sums(everybody)

    def is_dense(at: datetime, count: int) -> bool:
        within = _between(days, counts, at - WINDOW + MINUTE, at)
        share = (own - count + 1) / (total - within + max(domains, 2))
        return count >= LEAST_OF_DOMAIN and count >= TIMES_OF_DOMAIN * share / (1 - share) * (within - count + 1)

    why = "同一邮箱域名 {n} 分钟内 {most} 张选票，远超它平时的占比 (a burst from one mail domain)"
    found = [
        Burst(first, last, count, why.format(n=WINDOW // MINUTE, most=most))
        for first, last, count, most in _dense(minutes, is_dense)
    ]
    if own >= LEAST_OF_HOLDER and own > SHARE_OF_HOLDER * total:
        told = f"同一邮箱域名共 {own} 张选票，占全部的 {own / total:.0%} (a large share from one mail domain)"
        return [Burst(min(minutes), max(minutes), own, told)]
    return found


def of_everybody(everybody: Minutes) -> list[Burst]:
    """Minutes in which far more people voted than in the median minute before."""
    days = sorted(everybody)
    found = []
    for place, at in enumerate(days):
        if place < MINUTES_BEFORE or everybody[at] < LEAST_OF_MINUTE:
            continue
        usual = median(everybody[day] for day in days[:place])
        if everybody[at] >= TIMES_OF_MINUTE * usual:
            why = f"1 分钟内 {everybody[at]} 张选票，平时每分钟 {usual:g} 张 (a burst of all together)"
            found.append(Burst(at, at, everybody[at], why))
    return found


def not_within(burst: Burst, minutes: Iterable[datetime], decided: Sequence[tuple[datetime, datetime]]) -> list[Burst]:
    """What of a burst lies in no span that was decided on: `minutes` are those with ballots."""
    runs: list[list[datetime]] = []
    last: datetime | None = None
    for at in sorted(minutes):
        if not burst.first <= at <= burst.last or any(first <= at <= end for first, end in decided):
            continue
        parted = last is not None and any(last < first < at for first, _end in decided)
        if last is None or parted:
            runs.append([])
        runs[-1].append(at)
        last = at
    return [Burst(run[0], run[-1], 0, burst.why) for run in runs]


def _dense(minutes: Minutes, is_dense: Callable[[datetime, int], bool]) -> list[tuple[datetime, datetime, int, int]]:
    """Spans of windows that are too full: first and last minute, ballots in them, ballots of the fullest window."""
    days, counts = sorted(minutes), _sums(minutes)
    spans: list[tuple[datetime, datetime, int]] = []
    for at in days:
        count = _between(days, counts, at - WINDOW + MINUTE, at)
        if not is_dense(at, count):
            continue
        first = days[bisect_left(days, at - WINDOW + MINUTE)]
        if spans and first <= spans[-1][1] + MINUTE:
            spans[-1] = (spans[-1][0], at, max(spans[-1][2], count))
        else:
            spans.append((first, at, count))
    return [(first, last, _between(days, counts, first, last), most) for first, last, most in spans]


def _sums(minutes: Minutes) -> list[int]:
    """Ballots before each minute in order, and all of them."""
    found = [0]
    for at in sorted(minutes):
        found.append(found[-1] + minutes[at])
    return found


def _between(days: Sequence[datetime], sums: Sequence[int], first: datetime, last: datetime) -> int:
    return sums[bisect_left(days, last + MINUTE)] - sums[bisect_left(days, first)]
