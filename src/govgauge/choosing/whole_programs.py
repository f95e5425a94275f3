"""Small whole-number programs: which of many things are taken, under bounds on sums of them, at the least cost."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

Costs = Mapping[int, float]
"""Cost by number of the variable; others cost nothing."""
WHOLE = 1e-6
"""How near to a whole number a solver's number must be to count as one."""
EQUAL = 1e-6
"""A solver's rounding in a sum of costs that are whole numbers."""


class Program:
    """Variables 0 … `things` - 1 are taken (1) or not (0), those of `taken` always; `squares` adds others."""

    def __init__(self, things: int, taken: Sequence[int]) -> None:
        self._things = things
        self._low = [0.0] * things
        self._high = [1.0] * things
        for at in taken:
            self._low[at] = 1.0
        self._rows: list[tuple[Mapping[int, float], float, float]] = []

    def copy(self) -> Self:
        """The same program, to be changed apart."""
        return deepcopy(self)

    def is_possible(self) -> bool:
        """Whether anything fulfils the demands."""
        return self.chosen({}) is not None

    def demand(self, factors: Mapping[int, float], low: float, high: float) -> None:
        """low ≤ Σ factor × variable ≤ high."""
        self._rows.append((factors, low, high))

    def squares(self, sets: Sequence[tuple[Sequence[int], int]], *, filling: bool) -> dict[int, float]:
        """The costs whose sum over the sets is (number taken)², or, when `filling`, (size wanted - number taken)².

        Each set comes with the size that is wanted, or at most possible.
        """
        costs: dict[int, float] = {}
        for of, size in sets:
            steps = range(len(self._low), len(self._low) + size)
            self._low += [0.0] * size
            self._high += [1.0] * size
            costs |= {at: 2.0 * step + 1 for step, at in enumerate(steps)}
            sign, total = (1.0, size) if filling else (-1.0, 0)
            self.demand({**dict.fromkeys(of, 1.0), **dict.fromkeys(steps, sign)}, total, total)
        return costs

    def settle(self, costs: Costs) -> None:
        """From now on only what has the least cost, a sum of whole numbers, is possible."""
        found = self._solved(costs)
        if found is None:
            raise ValueError("nothing fulfils the demands")
        least = round(sum(cost * found[at] for at, cost in costs.items()))
        if not least:
            for at in costs:
                self._high[at] = 0.0
        else:
            self.demand(costs, 0, least + EQUAL)

    def chosen(self, costs: Costs) -> list[int] | None:
        """The things taken at the least cost, in order; None when nothing fulfils the demands."""
        found = self._solved(costs)
        return None if found is None else [at for at in range(self._things) if found[at] > 1 / 2]

    def _solved(self, costs: Costs) -> NDArray[np.float64] | None:
        found = self._attempt(costs, whole=False)
        if found is None or (np.abs(found[: self._things] - found[: self._things].round()) < WHOLE).all():
            return found
        return self._attempt(costs, whole=True)

    def _attempt(self, costs: Costs, *, whole: bool) -> NDArray[np.float64] | None:
        from scipy.optimize import Bounds, milp  # noqa: PLC0415 - half a second to load, and the server loads this module

        size = len(self._low)
        objective, kinds = np.zeros(size), np.zeros(size)
        for at, cost in costs.items():
            objective[at] = cost
        kinds[: self._things] = whole
        solved = milp(
            objective,
            integrality=kinds,
            bounds=Bounds(np.array(self._low), np.array(self._high)),
            constraints=self._constraints(size),
            options={"mip_rel_gap": 0.0},
        )
        return None if solved.x is None else np.asarray(solved.x, dtype=np.float64)

    def _constraints(self, size: int) -> "list[LinearConstraint]":
        from scipy.optimize import LinearConstraint  # noqa: PLC0415
        from scipy.sparse import csr_array  # noqa: PLC0415

        if not self._rows:
            return []
        rows = np.array([row for row, (factors, _, _) in enumerate(self._rows) for _ in factors], dtype=np.int32)
        columns = np.array([at for factors, _, _ in self._rows for at in factors], dtype=np.int32)
        factors = np.array([factor for factors, _, _ in self._rows for factor in factors.values()], dtype=np.float64)
        matrix = csr_array((factors, (rows, columns)), shape=(len(self._rows), size))
        return [LinearConstraint(matrix, [low for _, low, _ in self._rows], [high for _, _, high in self._rows])]
