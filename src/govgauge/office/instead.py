"""By what a round is judged on trial, in place of what it has itself."""

from pathlib import Path

from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.systems import library
from govgauge.systems.model import System
from govgauge.systems.opening import open_system
from govgauge.systems.rules import RuleSet
from govgauge.systems.rules_loader import load_rules


class Instead(Struct, frozen=True, kw_only=True):
    """Systems (by the id of the one whose place they take) and a rule set to judge by, in place of the round's own."""

    systems: dict[str, System] = {}
    rules: RuleSet | None = None

    @property
    def is_empty(self) -> bool:
        return not self.systems and self.rules is None


def instead_of(given: list[str], used: list[str]) -> Instead:
    """What `system=ID|FILE`, `system:ID=ID|FILE` and `rules=ID|FILE` name. `used` are the systems of the round.

    Without its id a system takes the place of the one of the same id, else of the only one. Raises Unusable.
    """
    systems: dict[str, System] = {}
    rules: RuleSet | None = None
    for text in given:
        what, mark, name = text.partition("=")
        kind, _, place = what.partition(":")
        if not mark or not name or kind not in {"system", "rules"}:
            raise Unusable(f"“{text}”不能用；请写成 system=标识或文件，或 rules=标识或文件 (system=… or rules=…).")
        if kind == "rules":
            rules = _open_rules(name)
            continue
        system = open_system(name)
        place = place or (system.id if system.id in used else used[0] if len(used) == 1 else "")
        if not place:
            raise Unusable(
                f"不知道 {system.id} 代替哪个指标体系；请写成 system:标识={name}，"
                f"本轮有：{'、'.join(used)} (name the system to be replaced)."
            )
        systems[place] = system
    return Instead(systems=systems, rules=rules)


def _open_rules(name: str) -> RuleSet:
    return load_rules(Path(name)) if name.endswith((".yaml", ".yml")) else library.rule_set(name)
