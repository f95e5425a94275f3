"""A collector with field tests in every state, at the pages."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from answered import a_batch, an_entry, assigned
from django.utils import timezone
from fielded import CHECK, SENT, a_script, ago, planned, told
from people_at_work import somebody

from govgauge.office.domain import field_steps
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import FieldKind, FieldStepKind, FieldTest, Person, RoleKind, Round

NAMES = ("甲县", "乙县", "丙县", "丁县", "戊县")


def with_tests(round_: Round, many: int = 1) -> tuple[Person, list[FieldTest]]:
    """A collector, and tests to be sent, waiting, late, answered and closed."""
    person = somebody(RoleKind.COLLECTOR, round_=round_, name="采集员甲")
    batch, script = a_batch(round_), a_script(round_, FieldKind.DISCLOSURE)
    tasks = [
        assigned(batch, an_entry(round_, f"{name}{number or ''}"), person, check=CHECK, method="field")
        for number in range(many)
        for name in NAMES
    ]
    made = planned(script, *tasks, day=timezone.localdate())
    for number in range(many):
        _to_send, waiting, late, answered, closed = made[5 * number : 5 * number + 5]
        told(waiting, SENT, ago(3), receipt="依申请〔2025〕7号")
        told(late, SENT, ago(60))
        told(answered, SENT, ago(12))
        told(answered, FieldStepKind.ANSWERED, ago(1), note="附了清单，未写依据")
        told(closed, SENT, ago(40))
        told(closed, FieldStepKind.ANSWERED, ago(30))
        told(closed, FieldStepKind.GRADED, ago(29), grade="3", note="给了清单，没有写依据")
        field_steps.close(PROGRAM, closed, 4)
    return person, made
