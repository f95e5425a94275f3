"""What the field tests of an assignment are worth together, and what an answer lacks that rests on them."""

from decimal import Decimal

from govgauge.office.field_reckoning import PLACES
from govgauge.office.models import Assignment, Coding, FieldState


def value_of(assignment: Assignment) -> Decimal | None:
    """The mean of the tests of an assignment. None while one of them is under way, or there are none."""
    values = _values(assignment)
    known = [value for state, value in values if state == FieldState.CLOSED and value is not None]
    if not values or len(known) < len(values):
        return None
    return (sum(known, Decimal(0)) / len(known)).quantize(PLACES)


def missing(coding: Coding) -> list[str]:
    """What an answer lacks as its tests have it, a sentence each; nothing where it rests on none."""
    assignment = coding.assignment
    if not _values(assignment):
        return []
    value = value_of(assignment)
    if value is None:
        return ["这一项的实测还没有办结，取值要等它的日期和评分得出"]
    if coding.value != value:
        return [f"这一项的取值由实测的日期和评分得出，应为 {value.normalize():f}；如有不同意见，请作废实测中的有关步骤"]
    return []


def _values(assignment: Assignment) -> list[tuple[str, Decimal | None]]:
    tests = assignment.field_tests.exclude(state=FieldState.WITHDRAWN)
    return list(tests.values_list("state", "value"))
