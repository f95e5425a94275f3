"""What measures a capability, ready for its page: the check in its system, and the audit that answers it."""

from collections.abc import Iterable

from django.utils.functional import Promise
from msgspec import Struct

from govgauge.audits import catalogue
from govgauge.case_library import links
from govgauge.case_library.model import Capability
from govgauge.systems.model import System
from govgauge.web.case_library.words import METHODS


class ShownCheck(Struct, frozen=True):
    """A check: its reference, its indicator, its text, and how it is answered."""

    ref: str
    path: str
    text: str
    method: str | Promise


class ShownCapability(Struct, frozen=True):
    """A capability with its checks, and with the titles of the audits that the program has for it."""

    text: str
    checks: tuple[ShownCheck, ...]
    audits: tuple[str, ...]


def shown(capability: Capability, *, english: bool) -> ShownCapability:
    """A capability in the reader's language; checks are worded as their system words them."""
    return ShownCapability(
        text=capability.en if english else capability.zh,
        checks=tuple(_check(measured) for measured in links.checks_of(capability)),
        audits=tuple(
            catalogue.texts(audit_id, "en" if english else "zh").title
            for audit_id in links.audits_of(capability)
            if audit_id in catalogue.all_audits()
        ),
    )


def _check(measured: links.Measured) -> ShownCheck:
    return ShownCheck(
        ref=measured.ref,
        path=" › ".join(measured.path),
        text=measured.check.text,
        method=METHODS[measured.check.method],
    )


def systems_of(capabilities: Iterable[Capability]) -> tuple[System, ...]:
    """The indicator systems whose checks measure any of them, each once, in the order of the capabilities."""
    found = {each.system.id: each.system for one in capabilities for each in links.checks_of(one)}
    return tuple(found.values())
