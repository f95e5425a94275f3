"""From a capability to what measures it: checks of the indicator systems and audits of the catalogue."""

from functools import cache

from msgspec import Struct

from govgauge.case_library.model import Capability
from govgauge.errors import Unusable
from govgauge.systems import library
from govgauge.systems.audit_ids import audit_ids
from govgauge.systems.model import Check, System

BETWEEN = ":"
"""Stands between the id of a system and that of its check."""


class BrokenLink(Unusable):
    """A check or an audit that does not exist. The message names it."""


class Measured(Struct, frozen=True):
    """A check that measures a capability: its system, the names of its indicator from the first level down, itself."""

    ref: str
    system: System
    path: tuple[str, ...]
    check: Check


@cache
def measured_by(ref: str) -> Measured:
    """The check of a reference such as `2025-city:4.2.1-5`. Raises BrokenLink."""
    system_id, _, check_id = ref.partition(BETWEEN)
    if system_id not in library.system_ids():
        raise BrokenLink(f"“{ref}”所指的指标体系不存在；用 govgauge systems list 查看 (no such system).")
    system = library.system(system_id)
    for leaf in system.leaves():
        for check in leaf.indicator.checks:
            if check.id == check_id:
                return Measured(ref, system, tuple(name for name in leaf.path if name), check)
    raise BrokenLink(f"“{ref}”所指的评估要点不存在；用 govgauge systems show {system_id} 查看 (no such check).")


def checks_of(capability: Capability) -> tuple[Measured, ...]:
    """The checks that measure a capability, in its order. Raises BrokenLink."""
    return tuple(measured_by(ref) for ref in capability.checks)


def audits_of(capability: Capability) -> tuple[str, ...]:
    """Ids of the audits that measure a capability: its own, then those of its checks, each once. Raises BrokenLink."""
    for audit_id in capability.audits:
        if audit_id not in audit_ids():
            raise BrokenLink(f"没有名为“{audit_id}”的自动检查；用 govgauge audits list 查看 (no such audit).")
    of_checks = [measured.check.audit for measured in checks_of(capability) if measured.check.audit]
    return tuple(dict.fromkeys([*capability.audits, *of_checks]))
