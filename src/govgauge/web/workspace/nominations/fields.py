"""The form of a nomination as pages show it, with its files and steps."""

from collections.abc import Mapping

from msgspec import Struct

from govgauge.office.case_rules import CaseSettings
from govgauge.office.domain import case_files, nominations
from govgauge.office.domain.case_forms import FIELDS, NEEDED, faults, longest
from govgauge.office.domain.case_steps import OPEN, UNDER_REVIEW, state_of
from govgauge.office.models import Case, CaseFile, CaseStep, CaseStepKind
from govgauge.office.reader_count import characters
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.nominations import words

AUTOCOMPLETE = {"contact": "name", "phone": "tel", "email": "email", "url": "url"}


class Field(Struct, frozen=True):
    """A field of the form as it is shown; `theirs` is what somebody else wrote meanwhile."""

    name: str
    label: str
    hint: str
    value: str
    longest: int
    needed: bool
    autocomplete: str
    theirs: str | None = None


class Option(Struct, frozen=True):
    """A category, in its family."""

    slug: str
    name: str
    about: str


class Step(Struct, frozen=True):
    """A step of a case in words."""

    one: CaseStep
    title: str
    by: str


def fields(
    case: Case, typed: Mapping[str, str], theirs: Mapping[str, str], names: tuple[str, ...] = tuple(FIELDS)
) -> list[Field]:
    """The fields with what stands in them, or was typed."""
    return [
        Field(
            name,
            str(words.FIELDS[name]),
            str(words.HINTS.get(name, "")),
            typed.get(name, getattr(case, name)),
            longest(name),
            name in NEEDED,
            AUTOCOMPLETE.get(name, "off"),
            theirs.get(name),
        )
        for name in names
    ]


def families(rules: CaseSettings) -> dict[str, list[Option]]:
    """The categories to choose from, by their families."""
    found: dict[str, list[Option]] = {}
    for one in rules.categories:
        found.setdefault(one.family, []).append(Option(one.slug, one.name, one.about))
    return found


def category_name(rules: CaseSettings, slug: str) -> str:
    """The name of a category; its slug where it is gone."""
    return next((one.name for one in rules.categories if one.slug == slug), slug)


def steps(case: Case, *, names: bool = True) -> list[Step]:
    """What happened to a case, the last first; without `names` nobody of the office is named."""
    found = case.steps.select_related("by", "into").order_by("-id")
    return [
        Step(one, str(words.STATES[one.kind]), one.by.name if one.by and (names or one.kind in OF_NOMINATOR) else "")
        for one in found
    ]


OF_NOMINATOR = (CaseStepKind.DRAFTED, CaseStepKind.SUBMITTED, CaseStepKind.WITHDRAWN)


def shown_of(
    case: Case,
    rules: CaseSettings,
    typed: Mapping[str, str] | None = None,
    theirs: Mapping[str, str] | None = None,
    names: tuple[str, ...] = tuple(FIELDS),
) -> dict[str, object]:
    """What the page of one nomination shows."""
    state = state_of(case)
    closed = nominations.closed(case.call, rules, case)
    files = case_files.files_of(case)
    may_edit = state in OPEN and not closed
    values = {**{name: str(getattr(case, name)) for name in names}, **(typed or {})}
    return {
        "case": case,
        "state": state,
        "tone": words.TONES.get(state, ""),
        "state_title": words.STATES[state],
        "kind_title": words.KINDS[case.kind],
        "category_title": category_name(rules, case.category),
        "may_edit": may_edit,
        "may_withdraw": state in UNDER_REVIEW | {CaseStepKind.RETURNED} and not nominations.closed(case.call, rules),
        "closed": tongue(closed) if state in OPEN else "",
        "fields": fields(case, typed or {}, theirs or {}, names),
        "families": families(rules),
        "count": characters(values.get("reason", "")),
        "steps": steps(case, names=False),
        "missing": faults(case, rules) if may_edit else [],
        "pictures": [one for one in files if case_files.is_picture(one)],
        "files": files,
        "most_files": case_files.MOST_FILES,
        "may_add": may_edit and len(files) < case_files.MOST_FILES,
    }


def file_of(case: Case, number: int) -> CaseFile | None:
    """A file of a case."""
    return case.files.select_related("upload").filter(pk=number, removed_at=None).first()
