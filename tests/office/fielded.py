"""A round with a script and tests made of it, for tests."""

from datetime import date, timedelta

from answered import a_batch, a_round, an_entry, assigned, person_of, somebody
from django.utils import timezone

from govgauge.office.domain import field_scripts, field_steps, field_tests
from govgauge.office.domain.acting import PROGRAM, Acting
from govgauge.office.domain.field_scripts import Script
from govgauge.office.domain.field_steps import FieldReport
from govgauge.office.domain.field_tests import Wish
from govgauge.office.models import (
    FieldChannel,
    FieldKind,
    FieldScript,
    FieldStepKind,
    FieldTest,
    Person,
    RoleKind,
    Round,
)

CHECK = "2.1.3-4"
TEXT = "您好！请公开{单位}{年份}年的重点民生项目清单，谢谢。"
SENT = FieldStepKind.SENT


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def a_script(
    round_: Round, kind: FieldKind = FieldKind.DISCLOSURE, name: str = "民生项目", text: str = TEXT
) -> FieldScript:
    return field_scripts.write(PROGRAM, round_, Script(name=name, check_id=CHECK, kind=kind, text=text), 0)


def a_test(
    kind: FieldKind = FieldKind.DISCLOSURE,
    *,
    acting: Acting | None = None,
    round_: Round | None = None,
    name: str = "甲县",
) -> FieldTest:
    """A planned test of an assignment of a collector."""
    collector = acting or somebody(RoleKind.COLLECTOR)
    of = round_ or a_round()
    entry = of.entries.filter(name=name).first() or an_entry(of, name)
    batch = of.batches.first() or a_batch(of)
    task = assigned(batch, entry, person_of(collector), check=CHECK, method="field")
    script = of.field_scripts.filter(kind=kind).first() or a_script(of, kind, f"话术{kind.value}")
    return planned(script, task)[0]


def planned(script: FieldScript, *assignments: object, day: date | None = None) -> list[FieldTest]:
    wish = Wish(channel=FieldChannel.WEB, identity="普通市民（化名）", day=day or timezone.localdate())
    return field_tests.plan(PROGRAM, script, field_tests.places_of(assignments), wish)  # type: ignore[arg-type]


def told(test: FieldTest, kind: FieldStepKind, day: date, *, by: Acting = PROGRAM, **more: object) -> FieldTest:
    """Add a step to a test as it stands now."""
    seen = FieldTest.objects.get(pk=test.pk).version
    return field_steps.add(by, test, seen, FieldReport(kind=kind, day=day, **more))  # type: ignore[arg-type]


def collector_of(test: FieldTest) -> Person:
    return test.person
