"""What the bonus of cases would do to points and ranks, all entries at once; nothing is changed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet
from msgspec import Struct

from govgauge.office import answered, sheets
from govgauge.office.bonus_checks import BonusCheck, bonus_checks
from govgauge.office.domain import freezing
from govgauge.office.domain import settings as round_settings
from govgauge.office.models import Answer, AnswerSource, CaseCount, Entry, Judgement, Round, Standing
from govgauge.office.queries.accepted import accepted
from govgauge.office.tables.places import Total, places
from govgauge.scoring.answers import Answer as ScoredAnswer
from govgauge.scoring.score import score
from govgauge.systems.model import System

Group = tuple[str, str, str]
"""Group, system and profile: entries that are ranked together."""


class Earned(Struct, frozen=True):
    """What an entry's cases add: the answer of its bonus checks, bonus points, and the lines that explain them."""

    index: Decimal
    points: str
    lines: Sequence[str]


class EffectRow(Struct, frozen=True):
    """An entry that gains or loses by its cases. Points are those that it has for sure; None where it is not judged.

    `why_not` says why nothing comes into its total; empty when it does.
    """

    entry: Entry
    earned: Earned
    before: Fraction | None
    after: Fraction | None
    rank_before: str
    rank_after: str
    why_not: str


class Effects(Struct, frozen=True):
    """The rows, how many further entries get an answer of 0, and how many further ranks move."""

    rows: tuple[EffectRow, ...]
    zeros: int
    others: int


NOTHING = Earned(Decimal(0), "0", ())


def earned_of(made: CaseCount) -> dict[int, Earned]:
    """What a count gives each entry, by its id."""
    return {
        int(entry): Earned(Decimal(told["index"]), told["points"], told["lines"])
        for entry, told in made.bonuses.items()
    }


def effects(made: CaseCount) -> Effects:
    """What bringing a count's bonus into the totals would do; a few queries whatever the size of the round."""
    round_ = made.call.round
    earned = earned_of(made)
    entries = {entry.id: entry for entry in round_.entries.filter(standing=Standing.IN) | _of(round_, earned)}
    systems = freezing.systems_of(round_, {entry.system for entry in entries.values()})
    checks = {one: bonus_checks(systems[entry.system], entry.profile) for one, entry in entries.items()}
    held = _held(round_)
    concerned = [one for one in entries if one in earned or one in held]
    given = {
        one: {check.check: earned.get(one, NOTHING).index for check in checks[one]}
        for one in concerned
        if checks[one] and held.get(one) != AnswerSource.OBJECTION
    }
    after = _scored(round_, [entries[one] for one in concerned if checks[one]], systems, given)
    before = _totals(round_)
    groups: dict[Group, list[int]] = defaultdict(list)
    for one in before:
        if one in entries:
            groups[_group(entries[one])].append(one)
    ranks_before: dict[int, str] = {}
    ranks_after: dict[int, str] = {}
    moved = {_group(entries[one]) for one in after}
    for group in moved:
        ranking = round_settings.of(round_).policy.ranking(systems[group[1]].ranking)
        now = [before[one] for one in groups[group]]
        then = [_with(before[one], after.get(one)) for one in groups[group]]
        ranks_before |= {one: place.rank for one, place in places(now, ranking).items()}
        ranks_after |= {one: place.rank for one, place in places(then, ranking).items()}
    rows = tuple(
        EffectRow(
            entry=entries[one],
            earned=earned.get(one, NOTHING),
            before=after[one][0] if one in after else None,
            after=after[one][1] if one in after else None,
            rank_before=ranks_before.get(one, ""),
            rank_after=ranks_after.get(one, ""),
            why_not=why_not(entries[one], checks[one], held.get(one)),
        )
        for one in sorted(concerned, key=lambda one: (-earned.get(one, NOTHING).index, entries[one].key))
    )
    others = sum(rank != ranks_after[one] for one, rank in ranks_before.items() if one not in after)
    return Effects(rows, sum(bool(checks[one]) for one in entries if one not in concerned), others)


def why_not(entry: Entry, checks: Sequence[BonusCheck], source: str | None) -> str:
    """Why a bonus does not come into an entry's total; empty when it does."""
    if not checks:
        system = f"{entry.system}（{entry.profile}）"
        return f"指标体系 {system}没有创新案例加分项，不计入总分 (its system has no bonus for cases)."
    if source == AnswerSource.OBJECTION:
        return "加分项的答案已由异议决定，保持不变 (decided on an objection; it stays)."
    return ""


def _of(round_: Round, earned: Mapping[int, Earned]) -> QuerySet[Entry]:
    return round_.entries.filter(pk__in=list(earned))


def _held(round_: Round) -> dict[int, str]:
    """Entries whose bonus checks have an accepted answer now, with its source: from cases that earned something, or
    from an objection."""
    rows = Answer.objects.filter(round=round_, holds=True, source__in=[AnswerSource.CASES, AnswerSource.OBJECTION])
    rows = rows.exclude(source=AnswerSource.CASES, value=0)  # nearly all entries have no case
    systems: dict[str, System] = {}
    found: dict[int, str] = {}
    for one in rows.select_related("entry").only("entry__system", "entry__profile", "check_id", "source", "entry_id"):
        system = one.entry.system
        systems[system] = systems.get(system) or freezing.systems_of(round_, {system})[system]
        if one.check_id in {check.check for check in bonus_checks(systems[system], one.entry.profile)}:
            found[one.entry_id] = one.source
    return found


def _scored(
    round_: Round,
    entries: Sequence[Entry],
    systems: Mapping[str, System],
    given: Mapping[int, Mapping[str, Decimal]],
) -> dict[int, tuple[Fraction, Fraction, Fraction]]:
    """Points for sure before and after, and at most after, of entries that are judged."""
    numbers = [entry.id for entry in entries]
    bodies = dict(Judgement.objects.filter(current=True, entry__in=numbers).values_list("entry_id", "body"))
    people = accepted(numbers, round_.as_of)
    found = {}
    for entry in entries:
        if entry.id not in bodies:
            continue
        system = systems[entry.system]
        known = answered.answers(system, sheets.unpacked(bodies[entry.id]), people.get(entry.id, {}))
        told = {
            check: ScoredAnswer(outcome=answered.outcome_of(value), value=value, source=f"person:{AnswerSource.CASES}")
            for check, value in given.get(entry.id, {}).items()
        }
        before = score(system, entry.profile, known)
        changes = any(check not in known or _differ(known[check], said) for check, said in told.items())
        after = score(system, entry.profile, {**known, **told}) if changes else before
        found[entry.id] = (before.total.low, after.total.low, after.total.high)
    return found


def _differ(known: ScoredAnswer, said: ScoredAnswer) -> bool:
    return (known.value, known.confirmed) != (said.value, said.confirmed)


def _totals(round_: Round) -> dict[int, Total]:
    """The points of all who are ranked in a round, as they are recorded."""
    rows = Judgement.objects.filter(
        current=True,
        entry__round=round_,
        entry__standing=Standing.IN,
        entry__result__home_ok=True,
        entry__result__distorted=False,
    ).exclude(entry__url="")
    floor = round_settings.of(round_).policy.coverage_floor.exact()
    if floor.total or floor.each_first_level:
        told = rows.values_list("entry_id", "low", "high", "body").iterator(chunk_size=200)
        return {
            one: Total.of(one, float(low), float(high))
            for one, low, high, body in told
            if not sheets.unpacked(body).below(floor)
        }
    return {
        one: Total.of(one, float(low), float(high)) for one, low, high in rows.values_list("entry_id", "low", "high")
    }


def _with(total: Total, points: tuple[Fraction, Fraction, Fraction] | None) -> Total:
    return total if points is None else Total.of(total.entry, float(points[1]), float(points[2]))


def _group(entry: Entry) -> Group:
    return entry.group, entry.system, entry.profile
