"""The names of vetoes as their rule set has them."""

from govgauge.errors import GovgaugeError
from govgauge.systems.library import rule_set


def title_of(veto: str, rules: str) -> str:
    """The title of a veto; its id where this program does not know the rule set."""
    try:
        found = next((rule.title for rule in rule_set(rules).rules if rule.id == veto), veto)
    except (GovgaugeError, ValueError):
        return f"“{veto}”"
    return f"“{found}”"
