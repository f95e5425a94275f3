"""The checks of a system through which the bonus of innovation cases comes into the total."""

from collections.abc import Sequence

from msgspec import Struct

from govgauge.systems.model import System


class BonusCheck(Struct, frozen=True):
    """A check of a bonus, and the code of its indicator."""

    check: str
    indicator: str


def bonus_checks(system: System, profile: str) -> Sequence[BonusCheck]:
    """Every check below a bonus that has categories of cases, asked in a profile; empty where there is none.

    Where a bonus has several (2020: chosen by experts, and welcomed by the public), each takes the same index, so that
    the bonus as a whole is its weight times that index, exactly.
    """
    tops = [indicator for indicator in system.indicators if indicator.bonus and indicator.categories]
    codes = {indicator.code for indicator in tops}
    return [
        BonusCheck(check.id, leaf.indicator.code)
        for leaf in system.leaves()
        if leaf.codes[0] in codes and leaf.indicator.weights.get(profile) is not None
        for check in leaf.indicator.checks
        if check.asked_in(profile)
    ]
