"""What the arithmetic of choosing refuses."""

from govgauge.errors import Unusable


class UnusableChoice(Unusable):
    """Scores, ballots, experts or settings that cannot be used; the message says which, where, and what to do."""
