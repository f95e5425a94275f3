"""The chapter of advice: rules as data, told only where the data show the weakness that they speak of."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from govgauge.analysis import claims as told_of
from govgauge.reports.document.model import Block, Heading
from govgauge.reports.general.analysis import have
from govgauge.reports.prose import Part, count, lead, listed, say, told
from govgauge.reports.studied import Studied
from govgauge.reports.unit import Having, Unit, told_apart

RULES = Path(__file__).parent / "advice.toml"
MOST = 5
"""Sentences of evidence below a piece of advice, the weakest first."""
NAMED = 5
"""Subjects that are named as examples."""
MANY = 10
"""Subjects from which on evidence stands before that of small groups."""
FEWEST = 3
"""Subjects that must be known for evidence."""


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """A piece of advice and what must be weak for it."""

    title: str
    text: str
    below: float
    indicators: tuple[str, ...] = ()
    audits: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def speaks_of(self, each: Having) -> bool:
        """Whether a check is one of those that the rule looks at."""
        if any(name in self.without for name in each.path):
            return False
        return each.audit in self.audits or any(word in each.text for word in self.words)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order in which they are told."""
    return msgspec.convert(tomllib.loads(RULES.read_text(encoding="utf-8"))["rule"], tuple[Rule, ...])


def advice(studied: Studied) -> Iterator[Block]:
    """A section for each rule that the data support."""
    yield Heading("工作建议", name="advice")
    given = 0
    for rule in rules():
        found = evidence(studied.units, rule)
        if not found:
            continue
        given += 1
        yield Heading(rule.title, 2)
        yield say(rule.text)
        yield lead("依据：")
        yield listed(each.parts for each in found)
        yield from example(studied, found)
    if not given:
        yield say("本轮数据没有显示需要普遍改进的薄弱环节，不提出共性建议；各对象的具体问题见其诊断报告。")


class Evidence(Struct, frozen=True):
    """A sentence that shows a weakness, of a unit's check where it is one's."""

    few: bool
    value: float
    parts: list[Part]
    unit: Unit
    check: Having | None = None


def evidence(units: tuple[Unit, ...], rule: Rule) -> list[Evidence]:
    """Sentences that show the weakness, weakest first; empty where the data do not."""
    found: list[Evidence] = []
    for unit in units:
        if not unit.assessed.subjects:
            continue
        for spread in unit.whole.spreads:
            if spread.node.name in rule.indicators and spread.mean is not None and spread.mean < rule.below:
                claim = told_of.mean_by_group([unit.whole], spread.node.code)
                if claim and spread.known >= max(FEWEST, spread.still_open):
                    found.append(Evidence(spread.known < MANY, spread.mean, [told(claim)], unit))
        for each in unit.having:
            value = each.share.value
            telling = each.telling and each.share.denominator >= FEWEST
            if telling and value is not None and value < rule.below and rule.speaks_of(each):
                found.append(Evidence(each.share.denominator < MANY, value, [have(unit, each)], unit, each))
    return sorted(found, key=lambda each: (each.few, each.value))[:MOST]


def example(studied: Studied, found: list[Evidence]) -> Iterator[Block]:
    """How many have still to do what the weakest check asks for, and who does it already, where answers are told."""
    withheld = studied.about.withheld  # whoever is not named would be known to leak
    told_of_them = [each for each in found if each.check and each.check.audit not in withheld]
    weakest = next((each for each in told_of_them if each.check and each.check.share.numerator), None)
    if weakest is None or weakest.check is None:
        return
    unit, check = weakest.unit, weakest.check
    if not studied.about.tells_points(unit.system.id):
        return
    names = told_apart(unit.who_has(check.check))
    key = f"advice|{unit.name}|{check.check}"
    number = len(names)
    yield say(
        *(
            f"以{unit.name}的“{check.text}”为例，没有做到的还有 ",
            count(f"{key}|left", check.share.denominator - number),
        ),
        *(" 个；已经做到的 ", count(f"{key}|have", number), f" 个{'中有' if number > NAMED else '是'}"),
        f"{'、'.join(names[:NAMED])}，可以了解它们的做法，以实际网页为准。",
    )
