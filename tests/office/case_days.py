"""Calls whose days have passed: rules as if they had been so from the beginning, since what has begun stands."""

from collections.abc import Mapping

import msgspec

from govgauge.office.domain import case_calls
from govgauge.office.models import CaseCall, CaseRules


def rules_were(call: CaseCall, settings: Mapping[str, object]) -> None:
    """Let a call have had these rules all along."""
    kept = msgspec.json.decode(msgspec.json.encode(case_calls.checked(settings)))
    CaseRules.objects.create(call=call, settings=kept)


def rules_had(call: CaseCall, **changed: object) -> None:
    """Let some of a call's rules have been others all along."""
    rules_were(call, {**msgspec.to_builtins(case_calls.rules_of(call), builtin_types=()), **changed})
