"""What differs between the checks of an indicator and those that it had before."""

from collections.abc import Callable, Iterator, Sequence

from govgauge.systems.changes import Change, CheckAdded, CheckChanged, CheckRemoved, Field, Path
from govgauge.systems.matching import likeness, normal
from govgauge.systems.model import Check
from govgauge.systems.system_json import builtin

SAME_TEXT_LIKENESS = 0.6
"""Texts as alike as this are one check said in other words."""
SAME_ID_LIKENESS = 0.3
"""Within one system the id speaks for it as well, and less likeness is enough."""

COMPARED = ("id", "text", "share", "method", "audit", "params", "profiles")


def check_changes(
    before: Sequence[Check], after: Sequence[Check], *, code: str, path: Path, one_id: bool
) -> Iterator[Change]:
    """The differences, in the later order. `one_id`: both are versions of one system, where ids mean something."""
    pairs = _pairs(before, after, one_id)
    for place, check in enumerate(before):
        if place not in pairs:
            yield CheckRemoved(code=code, path=path, check=check.id, text=check.text)
    back = {new: old for old, new in pairs.items()}
    for place, check in enumerate(after):
        if place not in back:
            yield CheckAdded(code=code, path=path, check=check.id, text=check.text)
            continue
        fields = tuple(_fields(before[back[place]], check, one_id))
        if fields:
            earlier = before[back[place]].id
            yield CheckChanged(
                code=code, path=path, check=check.id, check_before=earlier, text=check.text, fields=fields
            )


def _fields(old: Check, new: Check, one_id: bool) -> Iterator[Field]:
    for name in COMPARED:
        if name == "id" and not one_id:
            continue
        if getattr(old, name) != getattr(new, name):
            yield Field(name, builtin(getattr(old, name)), builtin(getattr(new, name)))


def _pairs(before: Sequence[Check], after: Sequence[Check], one_id: bool) -> dict[int, int]:
    pairs: dict[int, int] = {}
    if one_id:
        _join(before, after, pairs, lambda old, new: float(old.id == new.id and _alike(old, new) >= SAME_ID_LIKENESS))
    _join(before, after, pairs, lambda old, new: float(normal(old.text) == normal(new.text)))
    _join(before, after, pairs, _convincing)
    return pairs


def _convincing(old: Check, new: Check) -> float:
    alike = _alike(old, new)
    return alike if alike >= SAME_TEXT_LIKENESS and (old.audit is None or new.audit in {None, old.audit}) else 0.0


def _alike(old: Check, new: Check) -> float:
    return likeness(normal(old.text), normal(new.text))


def _join(
    before: Sequence[Check], after: Sequence[Check], pairs: dict[int, int], fitness: Callable[[Check, Check], float]
) -> None:
    """Join what fits best first."""
    taken = set(pairs.values())
    fits = [
        (fitness(old, new), -there, -here)
        for here, old in enumerate(before)
        if here not in pairs
        for there, new in enumerate(after)
        if there not in taken
    ]
    for fit, there, here in sorted(fits, reverse=True):
        if fit > 0 and -here not in pairs and -there not in pairs.values():
            pairs[-here] = -there
