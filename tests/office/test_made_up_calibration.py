"""Calibration with a case that nobody nominated, made up or told again from the library: it is not in the running."""

import pytest
from panelled import LEVELS, a_panel
from test_screening import head, home

from govgauge.errors import Unusable
from govgauge.office.case_papers import papers
from govgauge.office.domain import admissions, calibration, ties
from govgauge.office.domain.acting import NotAllowed
from govgauge.office.models import Case, Seat
from govgauge.office.queries import cases as query

__all__ = ["home"]
FORM = {"name": "某市一件事", "owner": "某市", "reason": "把十三个部门的事项并成一件事。"}


def test_a_made_up_case_is_judged_by_all_and_chosen_by_nobody() -> None:
    made = a_panel()
    before = papers(made.call).digest
    with pytest.raises(NotAllowed):
        calibration.make(made.experts[0], made.call, FORM)
    for wrong, sentence in (({"name": ""}, "请填写案例名称"), ({"url": "javascript:x"}, "案例网址请写成")):
        with pytest.raises(Unusable, match=sentence):
            calibration.make(made.chair, made.call, {**FORM, **wrong})
    case = calibration.make(made.chair, made.call, FORM)
    calibration.choose(made.chair, case, LEVELS)
    assert Seat.objects.filter(case=case, taken_back_at=None).count() == len(made.experts)
    assert case.pk in {one.pk for one in ties.judged_cases(made.call)}
    ties.find(made.chair, made.call)
    assert papers(made.call).digest == before
    assert admissions.weighed(head(), made.call, [case.pk], admits=True) == []
    assert case.pk not in {one.pk for one in query.handed_in(made.round)}
    calibration.drop(made.chair, case)
    assert case.pk not in {one.pk for one in ties.judged_cases(made.call)}
    calibration.choose(made.chair, Case.objects.get(pk=case.pk), LEVELS)


def test_a_case_of_the_library_is_told_again_where_it_is_described() -> None:
    made = a_panel()
    case = calibration.from_library(made.chair, made.call, "2025-site-21")
    assert (case.entry_id, bool(case.name), bool(case.reason)) == (None, True, True)
    with pytest.raises(Unusable, match="没有编号为"):
        calibration.from_library(made.chair, made.call, "2025-site-999")
    with pytest.raises(Unusable, match="没有能力说明"):
        calibration.from_library(made.chair, made.call, "2018-city-01")
