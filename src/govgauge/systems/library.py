"""The indicator systems and rule sets that come with the program, by id."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from govgauge.errors import Unusable
from govgauge.systems.loader import load
from govgauge.systems.model import System
from govgauge.systems.rules import RuleSet
from govgauge.systems.rules_loader import load_rules

SHELF = Path(__file__).parent / "library"


class UnknownSystem(Unusable):
    """No indicator system of that id. The message lists the ids there are."""


class UnknownRuleSet(Unusable):
    """No rule set of that id. The message lists the ids there are."""


def system_ids() -> list[str]:
    """Ids of the indicator systems, sorted."""
    return sorted(path.stem for path in SHELF.glob("*.yaml"))


def rule_set_ids() -> list[str]:
    """Ids of the rule sets, sorted."""
    return sorted(path.stem for path in (SHELF / "rules").glob("*.yaml"))


@cache
def system(system_id: str) -> System:
    """The indicator system of that id. Raises UnknownSystem; UnusableFile when its file is broken."""
    if system_id not in system_ids():
        raise UnknownSystem(_unknown("指标体系", "indicator system", system_id, system_ids()))
    return load(SHELF / f"{system_id}.yaml")


@cache
def rule_set(rule_set_id: str) -> RuleSet:
    """The rule set of that id. Raises UnknownRuleSet; UnusableFile when its file is broken."""
    if rule_set_id not in rule_set_ids():
        raise UnknownRuleSet(_unknown("检查规则", "rule set", rule_set_id, rule_set_ids()))
    return load_rules(SHELF / "rules" / f"{rule_set_id}.yaml")


def _unknown(kind: str, english: str, name: str, names: Iterable[str]) -> str:
    known = list(names)
    near = get_close_matches(name, known, n=1)
    hint = f"是否指 {near[0]}？" if near else ""
    return f"没有名为“{name}”的{kind}。{hint}现有：{'、'.join(known)} (no such {english}; choose one of these)."
