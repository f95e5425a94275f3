"""The public vote of a call: whether it is open, what one votes for, and how many votes one has."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from govgauge.office.case_rules import CaseSettings
from govgauge.office.domain import case_calls, stages
from govgauge.office.models import Case, CaseCall, CaseStepKind

STANDING = frozenset({CaseStepKind.ADMITTED, CaseStepKind.CHOSEN, CaseStepKind.NOT_CHOSEN})
"""Steps after which a case stood in the vote: results come after it."""
WHAT = "公众投票"


class Vote(Struct, frozen=True):
    """A call's vote as it stands now. `candidates` are cases by their numbers, with their categories."""

    call: int
    slug: str
    rules: CaseSettings
    candidates: Mapping[int, str]

    def closed_why(self) -> str:
        """Why nobody can vote now; empty when one can."""
        why = case_calls.closed_why(self.rules.vote, WHAT)
        return why or ("" if self.candidates else "还没有进入公众投票的案例 (nothing to vote for yet).")

    def is_over(self) -> bool:
        """Whether its last day has passed: only then anything but the number of voters may be known."""
        return self.rules.vote is not None and stages.today() > self.rules.vote.ends

    def has_begun(self) -> bool:
        """Whether its first day has come: from then on anybody may see the cases."""
        return self.rules.vote is not None and self.rules.vote.starts <= stages.today()

    def last_day(self) -> date | None:
        """The last day on which one can vote."""
        return self.rules.vote.ends if self.rules.vote else None


def call_of(slug: str) -> CaseCall | None:
    """The call of a round by the round's name."""
    return CaseCall.objects.select_related("round").filter(round__slug=slug).first()


def vote_of(call: CaseCall) -> Vote:
    """The vote of a call. Cases that were made for calibration are never voted for."""
    stood = {number for number, kind in case_calls.states(call).items() if kind in STANDING}
    cases = Case.objects.filter(call=call, is_calibration=False).order_by("number")
    found = {number: category for pk, number, category in cases.values_list("pk", "number", "category") if pk in stood}
    return Vote(call.pk, call.round.slug, case_calls.rules_of(call), found)
