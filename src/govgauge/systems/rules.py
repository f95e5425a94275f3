"""A rule set as values: vetoes, warnings and deductions, each with its bound, window and source."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from msgspec import Struct

from govgauge.outcomes import Outcome
from govgauge.systems.model import Source
from govgauge.word_enum import WordEnum


class RuleKind(WordEnum):
    """What a rule does when its condition holds."""

    VETO = "veto"
    WARNING = "warning"
    DEDUCTION = "deduction"


class Operator(WordEnum):
    """How a count is held against its bound. "含" in a source includes the bound, 低于 and 高于 exclude it."""

    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"
    EQUAL = "=="


class Measure(WordEnum):
    """What is counted of an audit's result."""

    FINDINGS = "findings"
    PAGES = "pages"
    """Pages that hold at least `at_least` of the selected findings."""
    TARGETS = "targets"
    """Different targets among the selected findings: the same thing missing in many places counts once."""
    FACT = "fact"
    """The number in the result's `data` named by `field`."""
    OUTCOME = "outcome"
    """Whether the result ended in one of `outcomes`."""


class Inspectee(WordEnum):
    """What is looked at."""

    SITE = "site"
    ACCOUNT = "account"
    """An account on new media: judged by its vetoes alone."""


class Unit(WordEnum):
    """Units of time."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Window(Struct, frozen=True, forbid_unknown_fields=True):
    """A stretch of time up to the day of judgement; `per_day` is how many spaced probes each of its days needs."""

    number: int
    unit: Unit
    per_day: int = 0


class Filter(Struct, frozen=True, forbid_unknown_fields=True):
    """Holds of a finding whose field is one of some values, or stands in a relation to a number.

    `field` is a name in the finding's `data`, or `page`, `target`, `slug`, or `on_home` (true on the home page).
    """

    field: str
    one_of: tuple[str | int | bool, ...] = ()
    operator: Operator | None = None
    number: Decimal | None = None


class Condition(Struct, frozen=True, forbid_unknown_fields=True):
    """Either a group (`any`, `all`) of conditions, or one bound on one audit's result.

    A bound without an audit is for a person to look at: only rules of `person` have it.

    `select` lists alternatives: a finding counts when all filters of one of them hold; none means every finding.
    `needs` are bounds on the result's `data` without which nothing can be said. `equals` names a field of `data`
    in place of `number`. `what` is the Chinese noun for the thing counted.
    """

    any: tuple["Condition", ...] = ()
    all: tuple["Condition", ...] = ()
    audit: str = ""
    what: str = ""
    measure: Measure = Measure.FINDINGS
    select: tuple[tuple[Filter, ...], ...] = ()
    field: str = ""
    at_least: int = 1
    outcomes: tuple[Outcome, ...] = (Outcome.FAIL,)
    operator: Operator = Operator.AT_LEAST
    number: Decimal = Decimal(1)
    equals: str = ""
    scale: Decimal = Decimal(1)
    """The fact is multiplied by this before it is compared and shown (100 for a share in per cent)."""
    unit: str = "个"
    window: Window | None = None
    needs: tuple[Filter, ...] = ()
    needs_said: str = ""
    """Chinese sentence for a result that does not meet `needs`."""
    absent_said: str = ""
    """Chinese sentence for a site that has nothing of the kind, where that is left to a person; else it means no."""

    def leaves(self) -> Iterator["Condition"]:
        """The bounds of which this condition is made."""
        inner = (*self.any, *self.all)
        if not inner:
            yield self
        for condition in inner:
            yield from condition.leaves()


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """One rule. `person`: a program lays what it found before a person and never decides by itself.

    `points` are taken off for each counted thing (deductions), at most `cap` in all. `of` says what it looks at.
    `open` names, in Chinese, what no source at hand says; `clause` is the place in the source.
    """

    id: str
    title: str
    kind: RuleKind
    when: Condition | None = None
    person: bool = False
    clause: str = ""
    points: Decimal | None = None
    cap: Decimal | None = None
    group: str = ""
    of: Inspectee = Inspectee.SITE
    open: tuple[str, ...] = ()


class PointGroup(Struct, frozen=True, forbid_unknown_fields=True):
    """A group of deductions: together they never take more than its points."""

    id: str
    title: str
    points: Decimal


class Flow(Struct, frozen=True, forbid_unknown_fields=True):
    """How vetoes, deductions and bonus make one result. Numbers are points."""

    full_marks: Decimal
    pass_mark: Decimal
    bonus_max: Decimal = Decimal(0)
    bonus_above: Decimal | None = None
    """The bonus counts only above this score."""
    without_services: Decimal | None = None
    """Full marks of a body without public services, scaled up to `full_marks` afterwards."""
    services_group: str = ""
    """The group of deductions that such a body skips."""


class RuleSet(Struct, frozen=True, forbid_unknown_fields=True):
    """A versioned set of rules. `audit_params` are laid over the audits' defaults when a site is judged by it."""

    id: str
    title: str
    source: Source
    rules: tuple[Rule, ...]
    effective_from: date | None = None
    effective_to: date | None = None
    flow: Flow | None = None
    groups: tuple[PointGroup, ...] = ()
    audit_params: dict[str, dict[str, object]] = {}
    advice_only: tuple[str, ...] = ()
    """Audits that are run and reported although no rule or check rests on them."""
    notes: tuple[str, ...] = ()

    def audits(self) -> set[str]:
        """Ids of the audits on which the rules rest."""
        conditions = (rule.when for rule in self.rules if rule.when is not None)
        return {leaf.audit for condition in conditions for leaf in condition.leaves() if leaf.audit}
