"""A round in the middle of its review, at the pages: codings, a dispute, answers, an objection."""

import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from answered import a_batch, an_entry, assigned, submitted
from msgspec import Struct
from people_at_work import somebody
from scored import judged

from govgauge.office.domain import answers, boards, double_coding, objections, review_policies, training
from govgauge.office.domain.acting import PROGRAM, acting_as
from govgauge.office.domain.answers import Said
from govgauge.office.domain.stages import today
from govgauge.office.models import (
    Answer,
    AnswerSource,
    Batch,
    Coding,
    Dispute,
    Entry,
    Objection,
    Part,
    Person,
    RoleKind,
    Round,
)
from govgauge.systems import library

SYSTEM = library.system("2025-county")
MANUAL = [check.id for check in SYSTEM.checks() if check.method == "manual" and check.asked_in("county")]
ASSISTED = next(check.id for check in SYSTEM.checks() if check.method == "assisted" and check.asked_in("county"))
AUTO = next(check for check in SYSTEM.checks() if check.method == "auto" and check.audit and check.asked_in("county"))
WHY = "首页“机构概况”栏目点开后没有内容，只有一行“正在建设中”。"


class Reviewed(Struct, frozen=True):
    """What the pages of a round under review are about."""

    round: Round
    batch: Batch
    entry: Entry
    other: Entry
    coder: Person
    waiting: Coding
    dispute: Dispute
    answer: Answer
    objection: Objection
    body: Person


def a_round(text: str = WHY, slug: str = "r") -> Reviewed:
    """A round with one of everything; `text` stands wherever people write."""
    round_ = Round.objects.create(slug=slug, title="2025 年评估", rules="inspection-2019", as_of=date(2025, 11, 30))
    review_policies.change(PROGRAM, round_, agreed="at-once", alpha_below=None, rejection_above=None, fewest=2)
    entries = [an_entry(round_, name) for name in ("甲县", "乙县", "丙县")]
    for entry, value in zip(entries, ("0.9", "0.5", "0.2"), strict=True):
        judged(entry, {AUTO.id: value, ASSISTED: "0.5"})
    entry = entries[1]
    one, other = (somebody(RoleKind.COLLECTOR, round_=round_, name=name) for name in ("张采集", "李采集"))
    batch = a_batch(round_, "1.1.1", "机构职能")
    waiting = submitted(assigned(batch, entry, one, check=MANUAL[0]), "0.5", text)
    first = assigned(batch, entry, one, check=MANUAL[1])
    second = assigned(batch, entry, other, check=MANUAL[1], part=Part.SECOND)
    submitted(first, "1", text)
    double_coding.settle(submitted(second, "0", text))
    said = Said(value=Decimal(0), source=AnswerSource.CODING, reason=text)
    answer = answers.accept(PROGRAM, entry, MANUAL[2], "1.1.1", said)
    objections.set_period(PROGRAM, round_, today(), today() + timedelta(days=7))
    body = somebody(RoleKind.ASSESSED, round_=round_, scope=entry.key, name="乙县政府办")
    filed = objections.file(acting_as(body), entry, MANUAL[2], f"我县已经公开，{text}")
    boards.refresh(round_)
    return Reviewed(
        round_, batch, entry, entries[0], one, waiting, Dispute.objects.get(round=round_), answer, filed, body
    )


def busy(made: Reviewed, pairs: int = 24) -> None:
    """More work in three batches, so that there is something to see; the last is held, since its coders disagree."""
    people = [somebody(RoleKind.COLLECTOR, round_=made.round, name=name) for name in ("王采集", "赵采集", "欧阳采集")]
    entries = [an_entry(made.round, f"第{number}县") for number in range(pairs)]
    for place, (about, name) in enumerate((("1.2.1", "政策文件"), ("2.1.1", "办事指南"), ("4.1", "互动回应"))):
        batch = a_batch(made.round, about, name)
        checks = [check for check in MANUAL if check.startswith(f"{about}-")] or MANUAL[:1]
        for number, entry in enumerate(entries):
            one, other = (people[(number + step) % 3] for step in (place, place + 1))
            first = assigned(batch, entry, one, check=checks[0])
            if number % 4 == 3:
                continue
            submitted(first, "1" if number % 3 else "0", WHY)
            if number % 2 == 0:
                second = assigned(batch, entry, other, check=checks[0], part=Part.SECOND)
                agrees = number % (9 - 3 * place)
                double_coding.settle(submitted(second, "1" if bool(number % 3) == bool(agrees) else "0", WHY))
    training.look(batch)
    boards.refresh(made.round)
