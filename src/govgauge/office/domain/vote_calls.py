"""The public vote of a call: whether it is open, what one votes for, and how many votes one has."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.case_rules import CaseSettings
from govgauge.office.domain import case_calls, stages
from govgauge.office.models import CaseCall
from govgauge.office.vote_key import keyed

WHAT = "公众投票"
OTHER_KEY = (
    "这台服务器的投票密钥与本次投票开始时的不同，为防止重复投票暂停接受；请联系评估办公室，"
    "由管理员放回原来的 vote.key 或 GOVGAUGE_VOTE_KEY (another key than the one this vote began with)."
)


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


def need_own_key(call: CaseCall) -> None:
    """Raises Unusable where this machine's key is not that by which the voters of a call are known.

    With another key nobody would be known to have voted, and everybody could vote once more.
    """
    mark = keyed("vote-key-mark", call.pk)
    if not call.vote_key_mark:
        CaseCall.objects.filter(pk=call.pk, vote_key_mark="").update(vote_key_mark=mark)
        call.refresh_from_db(fields=["vote_key_mark"])
    if call.vote_key_mark != mark:
        raise Unusable(OTHER_KEY)


def call_of(slug: str) -> CaseCall | None:
    """The call of a round by the round's name."""
    return CaseCall.objects.select_related("round").filter(round__slug=slug).first()


def vote_of(call: CaseCall) -> Vote:
    """The vote of a call. Cases that were made for calibration are never voted for."""
    found = dict(case_calls.in_the_final(call).order_by("number").values_list("number", "category"))
    return Vote(call.pk, call.round.slug, case_calls.rules_of(call), found)
