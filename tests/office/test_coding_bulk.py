"""Many answers filled in at once: those that cannot be are told, and the last time can be undone."""

from decimal import Decimal

import pytest
from collecting import a_collector, a_round, acting, planned

from govgauge.errors import Unusable
from govgauge.office.domain import coding_bulk, codings
from govgauge.office.domain.coding_bulk import Filled
from govgauge.office.domain.codings import Draft
from govgauge.office.models import Assignment, BulkChange, Coding, Person, Round

FULL = Draft(value=Decimal(1), justification="首页有入口", confidence="sure")


def some(count: int = 3) -> tuple[Round, Person, list[Assignment]]:
    round_, person = a_round(count), a_collector("a")
    planned(round_, person, indicators=("1.2.1",))
    return round_, person, list(Assignment.objects.filter(check_id="1.2.1-1").order_by("id"))


def test_rows_are_filled_and_the_last_time_is_undone() -> None:
    round_, person, rows = some()
    who = acting(person)
    codings.save(who, rows[0], 0, Draft(justification="先写的", private_note="我的"))
    told = coding_bulk.fill(who, round_, [Filled(one.id, int(one == rows[0]), FULL) for one in rows], "能在线查询")
    assert (told.changed, told.refused) == (3, {})
    assert Coding.objects.get(assignment=rows[0]).private_note == "我的"
    change = coding_bulk.last(who, round_)
    assert change is not None
    assert "我的" not in str(change.rows)
    assert coding_bulk.undo(who, change).changed == 3
    drafts = [codings.draft_of(Coding.objects.get(assignment=one)) for one in rows]
    assert drafts == [Draft(justification="先写的", private_note="我的"), Draft(), Draft()]
    assert coding_bulk.last(who, round_) is None
    with pytest.raises(Unusable, match="不能撤销"):
        coding_bulk.undo(who, change)


def test_what_went_on_since_is_not_undone() -> None:
    round_, person, rows = some()
    who = acting(person)
    coding_bulk.fill(who, round_, [Filled(one.id, 0, FULL) for one in rows], "能在线查询")
    codings.submit(who, rows[0], 1)
    codings.save(who, rows[1], 1, Draft(value=Decimal(0), justification="看错了", confidence="sure"))
    told = coding_bulk.undo(who, BulkChange.objects.get())
    assert (told.changed, set(told.refused)) == (1, {rows[0].id, rows[1].id})
    assert Coding.objects.get(assignment=rows[1]).justification == "看错了"


def test_a_row_that_changed_elsewhere_or_is_not_ones_own_is_told() -> None:
    round_, person, rows = some()
    who = acting(person)
    codings.save(who, rows[0], 0, Draft(justification="别的窗口"))
    told = coding_bulk.fill(who, round_, [Filled(one.id, 0, FULL) for one in rows] + [Filled(99999, 0, FULL)], "x")
    assert told.changed == 2
    assert "别的窗口" in told.refused[rows[0].id]
    assert "不是您的" in told.refused[99999]
    assert Coding.objects.get(assignment=rows[0]).justification == "别的窗口"
