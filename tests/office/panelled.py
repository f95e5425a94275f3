"""Calls whose cases are before a panel, made for tests."""

from collections.abc import Mapping
from datetime import timedelta

from answered import a_round, an_entry, person_of, somebody
from msgspec import Struct

from govgauge.office.domain import case_calls, panels
from govgauge.office.domain.acting import PROGRAM, Acting
from govgauge.office.domain.stages import today
from govgauge.office.models import (
    Case,
    CaseCall,
    CaseStep,
    CaseStepKind,
    Entry,
    NominationKind,
    PanelExpert,
    RoleKind,
    Round,
    Seat,
)

CATEGORIES = (
    {"slug": "service", "name": "一体化服务", "family": "数字政府"},
    {"slug": "data", "name": "数据开放利用", "family": "数字政府"},
)
LEVELS = {"function": 4, "practice": 3, "effect": 4, "mechanism": 3, "transferability": 5}


class Panelled(Struct):
    """A call, its chair, and who sits on its panel."""

    round: Round
    call: CaseCall
    chair: Acting
    experts: list[Acting]
    cases: list[Case]

    def expert(self, number: int) -> PanelExpert:
        """One who sits on the panel."""
        return self.call.experts.get(person=self.experts[number].person)


def days(first: int, last: int) -> dict[str, str]:
    """Days from today."""
    return {"starts": str(today() + timedelta(days=first)), "ends": str(today() + timedelta(days=last))}


def rules(**more: object) -> dict[str, object]:
    """Rules of a call whose panel is at work."""
    return {
        "categories": list(CATEGORIES),
        "panel": days(-1, 7),
        "vote": days(-9, -2),
        "experts_per_case": 2,
        "chosen": [{"family": "数字政府", "most": 2}],
        "nearness": "county",
        **more,
    }


def a_case(call: CaseCall, entry: Entry, name: str, *, category: str = "service", **more: object) -> Case:
    """A case that came through screening."""
    made = Case.objects.create(
        **{
            "call": call,
            "number": call.cases.count() + 1,
            "kind": NominationKind.SELF,
            "entry": entry,
            "owner": entry.name,
            "category": category,
            "name": name,
            "url": f"http://{entry.name}.test/case",
            "reason": "群众办事只跑一次，平均时间由五天减到一天。",
            **more,
        }
    )
    stepped(made, CaseStepKind.SUBMITTED, CaseStepKind.ADMITTED)
    return made


def stepped(case: Case, *kinds: CaseStepKind) -> None:
    """What happened to a case."""
    for kind in kinds:
        CaseStep.objects.create(case=case, kind=kind)


def a_panel(experts: int = 3, cases: int = 3, settings: Mapping[str, object] | None = None) -> Panelled:
    """A panel before which cases are; nothing has been given out."""
    round_ = a_round()
    call = case_calls.open_call(PROGRAM, round_, "2025 年创新案例征集", {**rules(), **(settings or {})})
    chair = somebody(RoleKind.ADMINISTRATOR, name="郑主任")
    people = [somebody(RoleKind.EXPERT, name=f"专家甲{number}") for number in range(experts)]
    made = [
        a_case(call, an_entry(round_, f"县{number}"), f"一网通办平台{number}", category=("service", "data")[number % 2])
        for number in range(cases)
    ]
    for one in people:
        panels.seat(chair, call, person_of(one))
    return Panelled(round_, call, chair, people, made)


def given(made: Panelled, expert: int, case: int) -> Seat:
    """A case that was given to an expert."""
    return Seat.objects.create(expert=made.expert(expert), case=made.cases[case])
