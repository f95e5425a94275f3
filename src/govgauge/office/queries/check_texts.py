"""The words of checks, by system: what is looked at, and under which indicator it stands."""

from functools import cache

from msgspec import Struct

from govgauge.office.models import AnswerForm
from govgauge.systems import library
from govgauge.systems.model import Method


class CheckText(Struct, frozen=True):
    """A check with its indicator. `path` names the levels above it."""

    id: str
    text: str
    indicator: str
    path: tuple[str, ...]
    method: Method
    audit: str
    profiles: tuple[str, ...]

    @property
    def where(self) -> str:
        """The indicator it stands under, from the first level down."""
        return " › ".join(self.path)


def check_text(system: str, check: str) -> CheckText:
    """The words of a check; its id where another version of the system had it."""
    known = check_texts(system).get(check)
    return known or CheckText(check, check, "", (), Method.MANUAL, "", ())


@cache
def check_texts(system: str) -> dict[str, CheckText]:
    """Every check of a system, in the order of its table."""
    return {
        check.id: CheckText(
            check.id,
            check.text,
            leaf.indicator.code,
            tuple(name for name in leaf.path if name),
            check.method,
            check.audit or "",
            check.profiles,
        )
        for leaf in library.system(system).leaves()
        for check in leaf.indicator.checks
    }


def form_of(system: str, profile: str, check: str) -> AnswerForm:
    """In what way a check is answered; a share where nobody is asked."""
    from govgauge.office.check_work import work_of  # noqa: PLC0415 - it reads its own file at its first use

    work = work_of(system, profile, check)
    return work.form if work else AnswerForm.SHARE
