"""A call for cases and people around it: a body, its supervisor, an expert, screeners, cases that were handed in."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils import timezone

from govgauge.office import case_presets
from govgauge.office.domain import case_calls, nominations
from govgauge.office.domain.acting import PROGRAM, Acting, acting_as
from govgauge.office.models import Case, CaseCall, Entry, NominationKind, Person, Role, RoleKind, Round

BODY = "江东省/甲市"
FORM = {
    "name": "“江东通”一件事集成办理",
    "category": "services",
    "owner": "甲市政务服务局",
    "url": "https://www.jia.gov.cn/yjs/",
    "reason": "把十三个部门的事项并成一件事，一次提交。\n上线一年，平均少跑三次。",
    "contact": "张三",
    "phone": "0570-1234567",
    "email": "zhang@jia.example",
}


def a_call(*, slug: str = "r", days: int = 5, **rules: object) -> CaseCall:
    """A call that is open from ten days ago on, in a round with four subjects."""
    round_ = Round.objects.create(slug=slug, title="2025 年评估", rules="inspection-2019", as_of=date(2025, 11, 30))
    for name in ("甲市", "乙市"):
        an_entry(round_, "江东省", name)
    an_entry(round_, "江东省/甲市", "丙县")
    an_entry(round_, "江西省", "丁市")
    today = timezone.localdate()
    nomination = {"starts": str(today - timedelta(days=10)), "ends": str(today + timedelta(days=days))}
    settings = {**case_presets.settings_of("2025"), "nomination": nomination, **rules}
    return case_calls.open_call(PROGRAM, round_, "2025 年优秀创新案例征集", settings)


def an_entry(round_: Round, parent: str, name: str) -> Entry:
    """A subject of a round."""
    return Entry.objects.create(
        round=round_,
        key=f"{parent}/{name}",
        name=name,
        parent=parent,
        group="地市",
        url=f"http://www.s{round_.entries.count()}.gov.cn/",
        region=parent.partition("/")[0],
        system="2025-city",
        profile="city",
    )


def of_kind(kind: RoleKind, scope: str = "", name: str = "", organisation: str = "") -> Person:
    """Somebody with a role in all rounds."""
    number = Person.objects.count()
    person = Person.objects.create_user(f"c{number}@example.test", name=name or f"某人{number}")
    person.organisation = organisation
    person.save()
    Role.objects.create(person=person, kind=kind, scope=scope)
    return person


def body(key: str = BODY) -> Acting:
    """Somebody of an assessed body, at work."""
    return acting_as(of_kind(RoleKind.ASSESSED, key))


def drafted(acting: Acting, call: CaseCall, key: str = BODY, kind: str = "self", **form: str) -> Case:
    """A nomination with its form filled in."""
    entry = call.round.entries.get(key=key)
    made = nominations.draft(acting, call, entry, NominationKind(kind))
    fields: Mapping[str, str] = {**FORM, **form}
    return nominations.save(acting, made, fields, made.version)


def handed_in(acting: Acting, call: CaseCall, key: str = BODY, kind: str = "self", **form: str) -> Case:
    """A nomination that was handed in."""
    return nominations.submit(acting, drafted(acting, call, key, kind, **form))
