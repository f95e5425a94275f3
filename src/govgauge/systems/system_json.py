"""An indicator system as the JSON of `govgauge systems show ID --json`."""

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from govgauge.systems.model import Check, Defect, Leaf, Status, System

Json = dict[str, object]


def system_json(system: System) -> Json:
    """The system with one entry for each leaf, paths and weights included."""
    return {
        "id": system.id,
        "year": system.year,
        "table": system.table,
        "title": system.title,
        "profiles": system.profile_ids(),
        "full_marks": marks(system, system.full_marks),
        "bonus_max": marks(system, system.bonus_max),
        "status": system.status.value,
        "source": {"document": system.source.document, "place": system.source.place},
        "notes": list(system.notes),
        "counts": system.counts,
        "indicators": [_leaf(leaf, system) for leaf in system.leaves()],
        "defects": [_defect(defect) for defect in system.defects],
    }


def number(value: Decimal | None) -> int | float | None:
    """A weight as JSON writes it: whole numbers without a decimal point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def builtin(value: object) -> object:
    """Any value of a system as JSON writes it."""
    return _numbers(msgspec.to_builtins(value, builtin_types=(Decimal,)))


def _numbers(value: object) -> object:
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, Mapping):
        return {str(key): _numbers(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_numbers(inner) for inner in value]
    return value


def marks(system: System, value: Decimal) -> int | float | None:
    """Full marks or bonus of a system; None in an outline whose source does not tell them."""
    return None if system.status is Status.OUTLINE and not value else number(value)


def _leaf(leaf: Leaf, system: System) -> Json:
    indicator = leaf.indicator
    return {
        "code": indicator.code,
        "path": list(leaf.path),
        "weights": {profile: number(indicator.weight(profile)) for profile in system.profile_ids()},
        "bonus": leaf.bonus,
        "deduct": leaf.deduct,
        "categories": [category.name for category in indicator.categories],
        "best": indicator.best,
        "checks": [_check(check) for check in indicator.checks],
    }


def _check(check: Check) -> Json:
    return {
        "id": check.id,
        "text": check.text,
        "share": number(check.share),
        "method": check.method.value,
        "audit": check.audit,
        "params": check.params,
        "profiles": list(check.profiles),
    }


def _defect(defect: Defect) -> Json:
    return {
        "code": defect.code,
        "profile": defect.profile,
        "printed": number(defect.printed),
        "computed": number(defect.computed),
        "place": defect.place,
        "text": defect.text,
    }
