"""The rows of a grid of answers: as they stand, as they came in a form, as they were pasted."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.http import QueryDict
from msgspec import Struct
from msgspec.structs import replace

from govgauge.office import pasted_values
from govgauge.office.check_work import CheckWork, Guides, told, work_of
from govgauge.office.domain.codings import Draft, draft_of
from govgauge.office.models import AnswerForm, Assignment, Confidence
from govgauge.web.workspace.collection.forms import NOT_APPLICABLE, Answer, CodingForm, answers, percent


class Row(Struct, frozen=True, kw_only=True):
    """An assignment in a grid; `draft` is what the form shows, `changed` whether that is not what is kept."""

    assignment: Assignment
    work: CheckWork
    draft: Draft
    version: int
    changed: bool
    fault: str = ""

    @property
    def choices(self) -> list[Answer]:
        """What can be chosen."""
        return answers(self.work.form, self.draft)

    @property
    def is_share(self) -> bool:
        """Whether a percentage is filled in."""
        return self.work.form is AnswerForm.SHARE

    @property
    def percent(self) -> str:
        """The percentage, or that it does not apply."""
        return "不适用" if self.draft.not_applicable else percent(self.draft.value)


def kept(found: Sequence[Assignment], guides: Guides) -> list[Row]:
    """The rows as they stand in the records."""
    return [_row(one, guides, None) for one in found]


def typed(found: Sequence[Assignment], guides: Guides, data: QueryDict) -> list[Row]:
    """The rows as they came in a form; one that cannot be read has a sentence and what is kept of it."""
    return [_typed(_row(one, guides, None), data) for one in found]


def pasted(rows: Sequence[Row], read: pasted_values.Read) -> list[Row]:
    """The rows with pasted values in them."""
    values = {one.row: one for one in read.values}
    return [_pasted(row, values[number]) if number in values else row for number, row in enumerate(rows)]


def filled(rows: Sequence[Row], data: QueryDict) -> list[Row]:
    """The rows with one answer in all that have none yet."""
    value = pasted_values.value_of(data.get("fill", ""))
    reason, confidence = data.get("fill-justification", "").strip(), data.get("fill-confidence", "")
    return [_filled(row, value, reason, confidence) for row in rows]


def _row(one: Assignment, guides: Guides, draft: Draft | None) -> Row:
    work = work_of(one.entry.system, one.entry.profile, one.check_id)
    assert work is not None  # noqa: S101 - it was planned from that system
    coding = getattr(one, "coding", None)
    known = draft_of(coding)
    return Row(
        assignment=one,
        work=told(work, guides),
        draft=draft or known,
        version=coding.version if coding else 0,
        changed=draft is not None and draft != known,
    )


def _typed(row: Row, data: QueryDict) -> Row:
    prefix = f"r{row.assignment.id}-"
    if f"{prefix}version" not in data:
        return row
    given = {name: data.get(f"{prefix}{name}", "") for name in ("answer", "justification", "confidence", "version")}
    if row.is_share:
        said = pasted_values.value_of(_as_share(given["answer"])) if given["answer"].strip() else (None, False)
        if said is None:
            return replace(row, fault=f"“{given['answer']}”不是百分比；请写 0 至 100 的数或不适用")
        given["answer"] = NOT_APPLICABLE if said[1] else "" if said[0] is None else f"{said[0]:f}"
    form = CodingForm({**given, "private_note": row.draft.private_note})
    if not form.is_valid():
        return replace(row, fault=form.said())
    draft = form.draft()
    return replace(row, draft=draft, version=form.cleaned_data["version"], changed=draft != row.draft)


def _as_share(text: str) -> str:
    """A bare number in a column of percentages is one."""
    bare = text.strip()
    return bare if not bare.replace(".", "", 1).isdecimal() else f"{bare}%"


def _pasted(row: Row, one: pasted_values.Pasted) -> Row:
    draft = replace(
        row.draft,
        value=one.value,
        not_applicable=one.not_applicable,
        justification=one.reason or row.draft.justification,
        confidence=row.draft.confidence or Confidence.LIKELY.value,
    )
    return replace(row, draft=draft, changed=row.changed or draft != row.draft)


def _filled(row: Row, value: tuple[Decimal | None, bool] | None, reason: str, confidence: str) -> Row:
    draft = row.draft
    if value is not None and draft.value is None and not draft.not_applicable:
        draft = replace(draft, value=value[0], not_applicable=value[1])
    draft = replace(draft, justification=draft.justification or reason, confidence=draft.confidence or confidence)
    return replace(row, draft=draft, changed=row.changed or draft != row.draft)


def refused(rows: Sequence[Row], told_of: Mapping[int, str]) -> list[Row]:
    """The rows with why some of them were not taken."""
    return [replace(row, fault=told_of.get(row.assignment.id, row.fault)) for row in rows]
