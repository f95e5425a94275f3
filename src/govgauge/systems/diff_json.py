"""A comparison of two systems as the JSON of `govgauge systems diff --json`."""

from collections import Counter

from govgauge.systems.changes import Change
from govgauge.systems.diff import Difference
from govgauge.systems.model import System
from govgauge.systems.system_json import Json, builtin


def diff_json(difference: Difference) -> Json:
    """Both systems, the pairs of profiles, how many changes of each kind, and every change with its `ref`."""
    return {
        "before": _head(difference.before),
        "after": _head(difference.after),
        "profiles": [{"before": pair.before, "after": pair.after} for pair in difference.pairs],
        "counts": dict(Counter(change.kind for change in difference.changes)),
        "changes": [change_json(change) for change in difference.changes],
    }


def change_json(change: Change) -> Json:
    """One change: its kind, its `ref`, and its fields."""
    fields = builtin(change)
    if not isinstance(fields, dict):
        raise TypeError(change)
    return {"kind": change.kind, "ref": change.ref, **fields}


def _head(system: System) -> Json:
    return {"id": system.id, "year": system.year, "title": system.title}
