"""Counting ballots with a number of votes each, experts' and the public's alike. Order never matters.

A voter may hand in a ballot again while the vote is open: the one with the highest `revision` counts. Two different
ballots of one voter with the same revision cannot be put in order, so none of them counts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from fractions import Fraction

from msgspec import Struct

from govgauge.choosing.unusable import UnusableChoice
from govgauge.word_enum import WordEnum


class Ballot(Struct, frozen=True):
    """Cases that a voter chose, the first choice first. `voter` is any word that is the same for the same voter: a
    number, or the hash of a token. `abstains` is said by the voter, with no choices."""

    id: str
    voter: str
    choices: tuple[str, ...] = ()
    abstains: bool = False
    revision: int = 0


class BallotRule(Struct, frozen=True):
    """How many cases a ballot may choose: at most `in_all`, at most `in_category` of each category that is named there,
    and `in_each` of every other; None for no limit. `at_least` cases unless it abstains. A ballot without choices
    abstains where `blank_abstains`, else it is invalid. With `ranked` the first choice is counted apart."""

    in_all: int | None = None
    in_each: int | None = None
    in_category: Mapping[str, int] = {}
    at_least: int = 1
    blank_abstains: bool = True
    ranked: bool = False


class Fault(WordEnum):
    """Why a ballot does not count."""

    STRANGER = "stranger"
    TWO_BALLOTS = "two-ballots"
    UNKNOWN_CASE = "unknown-case"
    CHOSEN_TWICE = "chosen-twice"
    TOO_MANY = "too-many"
    TOO_MANY_IN_CATEGORY = "too-many-in-category"
    TOO_FEW = "too-few"
    BLANK = "blank"
    ABSTAINS_AND_CHOOSES = "abstains-and-chooses"


class Invalid(Struct, frozen=True):
    """A ballot that does not count, why, and a sentence for the minutes. The sentence names no case that was chosen."""

    ballot: str
    fault: Fault
    sentence: str


class Count(Struct, frozen=True):
    """The result of counting. `votes` has every case, also at 0; `first` too, all 0 unless choices are ranked.

    voters = valid + abstentions + voters whose ballots are all invalid; `replaced` are earlier ballots and copies of a
    voter, neither counted nor at fault. `turnout` = voters / eligible, None where nobody knows who is eligible.
    """

    votes: Mapping[str, int]
    first: Mapping[str, int]
    ballots: int
    voters: int
    valid: int
    abstentions: int
    replaced: int
    invalid: tuple[Invalid, ...]
    eligible: int | None
    turnout: Fraction | None


def count(
    ballots: Iterable[Ballot],
    category_of: Mapping[str, str],
    rule: BallotRule,
    *,
    roll: Set[str] | None = None,
    eligible: int | None = None,
) -> Count:
    """Votes of each case of `category_of` (category by case).

    `roll`: the voters who may vote, None where everybody may who has a ballot; `eligible` their number where there is
    no roll. Raises UnusableChoice for two ballots of one id, and for limits that allow nothing.
    """
    _check(rule)
    held: dict[str, list[Ballot]] = defaultdict(list)
    ids: set[str] = set()
    for ballot in ballots:
        if ballot.id in ids:
            raise UnusableChoice(f"选票编号 {ballot.id} 出现两次，请核对票箱 (two ballots of one id).")
        ids.add(ballot.id)
        held[ballot.voter].append(ballot)
    kept, invalid, replaced = _last_of_each(held, roll)
    votes, first = Counter(dict.fromkeys(category_of, 0)), Counter(dict.fromkeys(category_of, 0))
    valid = abstentions = 0
    for ballot in kept:
        if found := fault_of(ballot, category_of, rule):
            invalid.append(Invalid(ballot.id, *found))
        elif ballot.choices:
            valid += 1
            votes.update(ballot.choices)
            first.update(ballot.choices[: rule.ranked])
        else:
            abstentions += 1
    voters = len(held if roll is None else held.keys() & roll)
    known = eligible if roll is None else len(roll)
    return Count(
        {case: votes[case] for case in sorted(category_of)},
        {case: first[case] for case in sorted(category_of)},
        len(ids),
        voters,
        valid,
        abstentions,
        replaced,
        tuple(sorted(invalid, key=lambda one: one.ballot)),
        known,
        Fraction(voters, known) if known else None,
    )


def fault_of(ballot: Ballot, category_of: Mapping[str, str], rule: BallotRule) -> tuple[Fault, str] | None:
    """Why a ballot by itself is invalid, with a sentence; None when it is valid or abstains."""
    chosen = ballot.choices
    if ballot.abstains:
        return (Fault.ABSTAINS_AND_CHOOSES, "既选择弃权又选了案例。") if chosen else None
    if not chosen:
        return None if rule.blank_abstains else (Fault.BLANK, "没有选择任何案例，也没有选择弃权。")
    if not set(chosen) <= category_of.keys():
        return Fault.UNKNOWN_CASE, "选了不在候选名单中的案例。"
    if len(set(chosen)) < len(chosen):
        return Fault.CHOSEN_TWICE, "同一案例选了两次。"
    if rule.in_all is not None and len(chosen) > rule.in_all:
        return Fault.TOO_MANY, f"选了 {len(chosen)} 个案例，最多 {rule.in_all} 个。"
    for category, number in sorted(Counter(category_of[case] for case in chosen).items()):
        most = rule.in_category.get(category, rule.in_each)
        if most is not None and number > most:
            return Fault.TOO_MANY_IN_CATEGORY, f"“{category}”选了 {number} 个案例，最多 {most} 个。"
    if len(chosen) < rule.at_least:
        return Fault.TOO_FEW, f"选了 {len(chosen)} 个案例，至少 {rule.at_least} 个。"
    return None


def _last_of_each(
    held: Mapping[str, Sequence[Ballot]], roll: Set[str] | None
) -> tuple[list[Ballot], list[Invalid], int]:
    """The ballot of each voter that counts if it is valid, those that cannot, and how many were replaced."""
    kept: list[Ballot] = []
    invalid: list[Invalid] = []
    replaced = 0
    for voter, ballots in held.items():
        if roll is not None and voter not in roll:
            invalid += [Invalid(one.id, Fault.STRANGER, "投票人不在名册上。") for one in ballots]
            continue
        newest = max(ballot.revision for ballot in ballots)
        last = sorted((one for one in ballots if one.revision == newest), key=lambda one: one.id)
        replaced += len(ballots) - len(last)
        if len({(one.choices, one.abstains) for one in last}) > 1:
            invalid += [
                Invalid(one.id, Fault.TWO_BALLOTS, "同一投票人有两张内容不同、无法分出先后的选票。") for one in last
            ]
            continue
        kept.append(last[0])
        replaced += len(last) - 1
    return kept, invalid, replaced


def _check(rule: BallotRule) -> None:
    limits = [limit for limit in (rule.in_all, rule.in_each, *rule.in_category.values()) if limit is not None]
    if any(limit < 0 for limit in limits) or rule.at_least < 0 or rule.in_all == 0:
        raise UnusableChoice("每张选票的票数不得小于 0，总票数须大于 0，请改正本轮设置 (limits of votes).")
    if rule.in_all is not None and rule.at_least > rule.in_all:
        raise UnusableChoice(
            f"每张选票至少 {rule.at_least} 票、最多 {rule.in_all} 票，无法投出有效票，请改正本轮设置 (limits of votes)."
        )
