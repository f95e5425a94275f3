"""What is counted of a call: cases in the final, what experts said, what the public chose, and a digest of it all."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

import msgspec
from django.db.models import Q, QuerySet
from msgspec import Struct

from govgauge.choosing import ballots as counting
from govgauge.choosing.totals import FULL
from govgauge.errors import Unusable
from govgauge.office.case_rules import CaseSettings, PanelMode
from govgauge.office.domain import ballot_box, case_calls, ties
from govgauge.office.models import Ballot, Case, CaseCall, PanelBallot, Quarantine
from govgauge.office.queries import panel_scores
from govgauge.office.queries.panel_scores import name_of

ADJUSTED_DECIMALS = 6
"""Adjusted points are rounded before they count, so that anybody can write them down and go on from there."""
LATER: Mapping[str, object] = {"weights": {}, "apart_from": "40"}
"""Rules that were added later, as they hold where nothing is said: left out, so that older counts keep their digest."""
PIECE = 5_000
"""Ballots read at a time."""


class Papers(Struct, frozen=True):
    """Everything that goes into a count. `experts` are points or votes by case, as the rules say, `public` votes.

    `heads` counts experts who said anything, `counted` ballots of the public, `set_aside` those in quarantine, and
    `valid` those that chose something. `digest` is a SHA-256 over rules, verdicts and ballots, in a fixed order.
    """

    cases: Mapping[str, Case]
    rules: CaseSettings
    experts: Mapping[str, Fraction | None]
    public: Mapping[str, Fraction | None]
    heads: int
    expert_ballots: int
    counted: int
    set_aside: int
    sentences: tuple[str, ...]
    digest: str


def papers(call: CaseCall, rules: CaseSettings | None = None) -> Papers:
    """The papers of a call as they are now, under the rules that hold or those of an earlier count.

    Raises Unusable where severity cannot be taken out as the rules ask.
    """
    rules = rules or case_calls.rules_of(call)
    cases = {name_of(case): case for case in ties.judged_cases(call) if not case.is_calibration}
    told = hashlib.sha256()
    _say(told, "rules", kept_rules(rules))
    _say(told, "cases", [(name, case.category, case.entry.key, case.entry.system) for name, case in cases.items()])
    experts, heads, votes, sentences = _experts(call, rules, cases, told)
    gone: Counter[int] = Counter()
    public, counted, set_aside = _public(call, rules, cases, told, gone)
    said = (*sentences, *_gone("公众", gone), *_open_bursts(call))
    return Papers(cases, rules, experts, public, heads, votes, counted, set_aside, said, told.hexdigest())


def kept_rules(rules: CaseSettings) -> dict[str, object]:
    """Rules as they are kept beside a count, exact numbers as texts."""
    plain: dict[str, object] = msgspec.to_builtins(rules)
    return {name: value for name, value in plain.items() if name not in LATER or value != LATER[name]}


def _experts(
    call: CaseCall, rules: CaseSettings, cases: Mapping[str, Case], told: "hashlib._Hash"
) -> tuple[dict[str, Fraction | None], int, int, list[str]]:
    if rules.panel_mode is PanelMode.BALLOTS:
        return _expert_ballots(call, rules, cases, told)
    marks = panel_scores.marks(call) + (panel_scores.marks(call, calibration_cases=True) if rules.adjusted else [])
    _say(told, "verdicts", [(mark.case, mark.judge, sorted(mark.levels.items())) for mark in marks])
    if not marks:
        return dict.fromkeys(cases), 0, 0, []
    scores = panel_scores.scores(call, rules)
    points = {one.case: one.mean for one in scores.scores}
    if rules.adjusted:
        if not scores.adjustment.comparable:
            raise Unusable("".join(scores.adjustment.sentences) + "在此之前不能按校正分计票 (not comparable yet).")
        adjusted = {one.case: one.adjusted for one in scores.adjustment.cases}
        points = {case: None if mean is None else _within(adjusted[case]) for case, mean in points.items()}
    few = [name for name in cases if points.get(name) is None]
    sentences = [f"案例 {'、'.join(few)} 不足两名专家评分，没有专家得分。"] if few else []
    return {name: points.get(name) for name in cases}, len({mark.judge for mark in marks}), 0, sentences


def _expert_ballots(
    call: CaseCall, rules: CaseSettings, cases: Mapping[str, Case], told: "hashlib._Hash"
) -> tuple[dict[str, Fraction | None], int, int, list[str]]:
    out = ties.kept_out(call)
    of_number = {case.number: (name, case.pk) for name, case in cases.items()}
    given = []
    gone: dict[str, list[int]] = {}
    rows = PanelBallot.objects.filter(expert__call=call).order_by("id").select_related("expert")
    for place, row in enumerate(rows):
        known = [of_number[number] for number in row.choices if number in of_number]
        gone[row.expert.alias] = [number for number in row.choices if number not in of_number]
        free = tuple(sorted(name for name, pk in known if (row.expert_id, pk) not in out))
        abstains = row.abstained or not free
        given.append(counting.Ballot(str(place), row.expert.alias, free, abstains, revision=place))
    found = counting.count(
        given,
        {name: case.category for name, case in cases.items()},
        counting.BallotRule(in_all=rules.votes_per_expert),
    )
    last = {ballot.voter: ballot for ballot in given}
    _say(told, "panel", sorted((voter, ballot.choices, ballot.abstains) for voter, ballot in last.items()))
    left = _gone("专家", Counter(number for numbers in gone.values() for number in numbers))
    if not found.valid:
        return dict.fromkeys(cases), found.voters, 0, left
    return (
        {name: Fraction(votes) for name, votes in found.votes.items()},
        found.voters,
        found.valid,
        [*(one.sentence for one in found.invalid), *left],
    )


def _public(
    call: CaseCall, rules: CaseSettings, cases: Mapping[str, Case], told: "hashlib._Hash", gone: Counter[int]
) -> tuple[dict[str, Fraction | None], int, int]:
    """`gone` gets the votes for cases that left the final after people had chosen them."""
    found = counted(call)
    set_aside = Ballot.objects.filter(call=call).count() - found.count()
    ballot_box.settled(call.pk)
    numbers = {case.number: name for name, case in cases.items()}

    def read() -> Iterator[counting.Ballot]:
        for commitment, choices in found.values_list("commitment", "choices").iterator(chunk_size=PIECE):
            _say(told, commitment, choices)
            gone.update(number for number in choices if number not in numbers)
            chosen = tuple(numbers[number] for number in choices if number in numbers)
            yield counting.Ballot(commitment, commitment, chosen)

    count = counting.count(
        read(),
        {name: case.category for name, case in cases.items()},
        counting.BallotRule(in_all=rules.votes_per_voter),
    )
    if not count.valid:
        return dict.fromkeys(cases), count.ballots, set_aside
    return {name: Fraction(votes) for name, votes in count.votes.items()}, count.ballots, set_aside


def _gone(whose: str, votes: Counter[int]) -> list[str]:
    """What is said of votes for cases that are no longer in the final: the rest of such a ballot counts."""
    return [
        f"案例 {number} 已不在终评名单中，{whose}选票中投给它的 {count} 票不计，同一选票上的其他选择照计。"
        for number, count in sorted(votes.items())
    ]


def _open_bursts(call: CaseCall) -> list[str]:
    waiting = Quarantine.objects.filter(call=call, decided_at=None).count()
    return [f"有 {waiting} 批隔离的选票还没有决定是否计入，本次没有计入。"] if waiting else []


def counted(call: CaseCall) -> QuerySet[Ballot]:
    """Ballots of the public that count, in a fixed order: those of bursts only where it was decided that they do."""
    found = Ballot.objects.filter(call=call).order_by("commitment")
    for burst in Quarantine.objects.filter(call=call).exclude(counts=True):
        within = Q(minute__gte=burst.first_minute, minute__lte=burst.last_minute)
        if burst.network:
            within &= Q(network=burst.network)
        if burst.domain:
            within &= Q(domain=burst.domain)
        found = found.exclude(within)
    return found


def shown_points(points: Fraction | None, decimals: int = 10) -> str:
    """Exact points as a decimal text, cut to so many decimals; empty where there are none."""
    if points is None:
        return ""
    scaled = round(points * 10**decimals)
    return f"{Decimal(int(scaled)).scaleb(-decimals).normalize():f}"


def _within(points: Fraction) -> Fraction:
    """Adjusted points inside the scale: who judged severely may lift a case above its end."""
    return min(Fraction(FULL), max(Fraction(0), round(points, ADJUSTED_DECIMALS)))


def _say(told: "hashlib._Hash", name: str, what: object) -> None:
    told.update(msgspec.json.encode([name, what], order="deterministic") + b"\n")


def joined(digest: str, lines: Iterable[object]) -> str:
    """The digest of papers and of what came of them."""
    told = hashlib.sha256(digest.encode())
    for line in lines:
        _say(told, "line", line)
    return told.hexdigest()
