"""Which cases hang together through the people who judge them."""

from collections.abc import Mapping, Sequence

import numpy as np


def connected_parts(judges_of: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Cases in parts: two are in one when a chain of cases that share a judge leads from one to the other.

    `judges_of`: the judges of each case. Cases are sorted within a part, parts by their first case. A case without
    judges is a part of its own.
    """
    from scipy.sparse import coo_array  # noqa: PLC0415 - slow to load, and every command and server loads this module
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    cases = sorted(judges_of)
    judges = {judge: at for at, judge in enumerate(sorted({one for held in judges_of.values() for one in held}))}
    pairs = [(at, len(cases) + judges[judge]) for at, case in enumerate(cases) for judge in judges_of[case]]
    size = len(cases) + len(judges)
    rows, columns = (np.array([pair[side] for pair in pairs], dtype=np.int32) for side in (0, 1))
    links = coo_array((np.ones(len(pairs), dtype=np.int8), (rows, columns)), shape=(size, size))
    _, labels = connected_components(links, directed=False)
    parts: dict[int, list[str]] = {}
    for case, label in zip(cases, labels, strict=False):
        parts.setdefault(int(label), []).append(case)
    return sorted(parts.values())
