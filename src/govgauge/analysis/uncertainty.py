"""What is uncertain about a total: the weights, the rounding of what was handed in, the hand of the coder."""

from enum import StrEnum

from msgspec import Struct

from govgauge.errors import Unusable


class Source(StrEnum):
    """The three sources, each varied as one factor."""

    WEIGHTS = "weights"
    ROUNDING = "rounding"
    CODERS = "coders"
    """Wrongly coded answers; values that are still open belong here, as wholly unknown."""


class Law(StrEnum):
    """How a weight's factor is drawn."""

    UNIFORM = "uniform"
    """Evenly between 1 − x and 1 + x."""
    LOGNORMAL = "lognormal"
    """Its logarithm is normal; 95 of 100 factors lie between 1 ÷ (1 + x) and 1 + x."""


class Within(StrEnum):
    """Over which weights the sum is kept when leaf weights have been varied."""

    PARENT = "parent"
    """Over siblings: the weights of the upper levels stand."""
    WHOLE = "whole"
    """Over all leaves but the bonus: the upper levels' weights move too."""


class Uncertainty(Struct, frozen=True):
    """How large each source is. The bonus keeps its weight.

    `weights`: ± share of each leaf weight, ±25 % being the usual range of audits of composite indicators (OECD and
    JRC, Handbook on Constructing Composite Indicators, 2008, part 7). `decimals`: those to which the indexes were
    rounded, None where they are exact. `coder_share` of the answers are off by `coder_step`, as often up as down.
    """

    weights: float = 0.25
    law: Law = Law.UNIFORM
    within: Within = Within.PARENT
    decimals: int | None = 2
    coder_share: float = 0.05
    coder_step: float = 0.25

    def check(self) -> None:
        """Raises Unusable naming the setting that cannot be."""
        if not 0 <= self.weights < 1:
            raise Unusable(f"权重的变动幅度 {self.weights} 应在 0 与 1 之间，如 0.25 表示 ±25% (weights: 0…1).")
        if self.decimals is not None and not 0 <= self.decimals <= 9:
            raise Unusable(f"小数位数 {self.decimals} 应在 0 至 9 之间 (decimals: 0…9).")
        if not 0 <= self.coder_share <= 1:
            raise Unusable(f"误采答案的比例 {self.coder_share} 应在 0 至 1 之间 (coder share: 0…1).")
        if not 0 <= self.coder_step <= 1:
            raise Unusable(f"误采的幅度 {self.coder_step} 应在 0 至 1 之间 (coder step: 0…1).")
