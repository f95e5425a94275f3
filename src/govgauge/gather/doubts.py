"""What failed and must be seen again at another time before it counts."""

from govgauge.gather import failures
from govgauge.gather.artifacts import Failure, Purpose
from govgauge.gather.errand import Errand, Outcome

LOOKS = 3
"""How often a URL is asked for at most: twice, and once more when the two disagree."""
BLOCKED_LOOKS = 20
"""How many refusals are asked for again: hammering at a firewall helps nobody."""

_UNHEARD = frozenset(failure.value for failure in (*failures.NETWORK, Failure.BLOCKED))


class Doubts:
    """Errands that failed, with the faults seen."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, Purpose], tuple[Errand, list[str]]] = {}
        self._due: list[Errand] = []
        self._blocked = 0

    def note(self, outcome: Outcome) -> bool:
        """Take in an outcome; whether it is a fault."""
        errand = outcome.errand
        name = (errand.url, errand.purpose)
        fault = failures.fault(outcome.exchange)
        if not fault:
            self._seen.pop(name, None)
            return False
        _, faults = self._seen.setdefault(name, (errand, []))
        faults.append(fault)
        if outcome.exchange.failure is Failure.BLOCKED:
            self._blocked += 1
        first = len(faults) == 1 and (fault != Failure.BLOCKED.value or self._blocked <= BLOCKED_LOOKS)
        disagree = len(faults) > 1 and errand.attempt < LOOKS and faults[-1] != faults[-2]
        if first or disagree:
            self._due.append(errand)
        return True

    def due(self) -> list[Errand]:
        """The errands to be carried out again, in the order of the visit; they are taken out."""
        due, self._due = self._due, []
        return sorted(due, key=lambda errand: (errand.order, errand.attempt))

    def is_unheard(self, errand: Errand) -> bool:
        """Whether an errand last failed as it also would if the site shut the visitor out."""
        _, faults = self._seen.get((errand.url, errand.purpose), (errand, [""]))
        return not errand.foreign and faults[-1] in _UNHEARD
