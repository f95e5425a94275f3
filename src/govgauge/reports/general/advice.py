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
from govgauge.reports.prose import Part, lead, listed, say, told
from govgauge.reports.studied import Studied
from govgauge.reports.unit import Having, Unit

RULES = Path(__file__).parent / "advice.toml"
MOST = 5
"""Sentences of evidence below a piece of advice, the weakest first."""
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

    def speaks_of(self, each: Having) -> bool:
        """Whether a check is one of those that the rule looks at."""
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
        yield listed(found)
    if not given:
        yield say("本轮数据没有显示需要普遍改进的薄弱环节，不提出共性建议；各对象的具体问题见其诊断报告。")


def evidence(units: tuple[Unit, ...], rule: Rule) -> list[list[Part]]:
    """Sentences that show the weakness, weakest first; empty where the data do not."""
    found: list[tuple[bool, float, list[Part]]] = []
    for unit in units:
        if not unit.assessed.subjects:
            continue
        for spread in unit.whole.spreads:
            if spread.node.name in rule.indicators and spread.mean is not None and spread.mean < rule.below:
                claim = told_of.mean_by_group([unit.whole], spread.node.code)
                if claim and spread.known >= FEWEST:
                    found.append((spread.known < MANY, spread.mean, [told(claim)]))
        for each in unit.having:
            value = each.share.value
            if rule.speaks_of(each) and value is not None and value < rule.below and each.share.denominator >= FEWEST:
                found.append((each.share.denominator < MANY, value, [have(unit, each)]))
    return [parts for *_, parts in sorted(found, key=lambda each: each[:2])[:MOST]]
