"""Ranks of simulated totals."""

import numpy as np
from numpy.typing import NDArray

from govgauge.scoring.bulk import SAME, Points

Ranks = NDArray[np.int32]


def ranks_of_runs(totals: Points) -> Ranks:
    """The rank of each subject in each run (runs × subjects): 1 + how many have more. Equal totals share the best."""
    found = np.empty(totals.shape, dtype=np.int32)
    for place, run in enumerate(totals):
        found[place] = _ranks(run)
    return found


def _ranks(totals: Points) -> Ranks:
    keys = np.round(totals / SAME).astype(np.int64)
    ordered = np.sort(keys)
    return (len(keys) + 1 - np.searchsorted(ordered, keys, side="right")).astype(np.int32)
