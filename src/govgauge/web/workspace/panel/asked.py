"""What an address names: the call of a round, one's own seat on its panel, one's own cases."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from govgauge.office.domain import panels, verdicts
from govgauge.office.models import CaseCall, PanelExpert, Seat
from govgauge.web.access import acting_of
from govgauge.web.workspace.asked import LARGEST, round_of

PREFIX = "level-"
"""Names of the fields of levels: this, and the dimension's code."""


def call_of(slug: str) -> CaseCall:
    """The call of a round. Raises Http404 with a sentence."""
    round_ = round_of(slug)
    found = CaseCall.objects.filter(round=round_).select_related("round").first()
    if found is None:
        raise Http404(_("“%(name)s”还没有案例征集。") % {"name": round_.title})
    return found


def led(request: HttpRequest, slug: str) -> CaseCall:
    """The call of a round for its chair. Raises Http404, NotAllowed to who sits on the panel."""
    call = call_of(slug)
    panels.chair(acting_of(request), call)
    return call


def own_seat_on(request: HttpRequest, slug: str) -> PanelExpert:
    """The reader's seat on the panel. Raises Http404 with a sentence."""
    found = panels.own(acting_of(request), call_of(slug))
    if found is None:
        raise Http404(_("您不在本届案例的专家组中；如有疑问请联系评估办公室。"))
    return found


def own_case(request: HttpRequest, slug: str, number: int) -> Seat:
    """A case that was given to the reader. Raises Http404 with a sentence."""
    expert = own_seat_on(request, slug)
    related = Seat.objects.select_related("expert__call__round", "case__entry")
    found = related.filter(expert=expert, pk=min(number, LARGEST), taken_back_at=None).first()
    if found is None:
        raise Http404(_("没有分给您这个案例，或已经收回。"))
    return found


def levels(request: HttpRequest) -> dict[str, int]:
    """The levels that a form gives, by dimension; what is no number is left out."""
    return levels_of(request.POST)


def levels_of(given: Mapping[str, str]) -> dict[str, int]:
    """Levels among the fields of a form."""
    found = {code: given.get(PREFIX + code, "") for code in verdicts.scale().codes}
    return {code: int(value) for code, value in found.items() if value.isascii() and value.isdigit() and len(value) < 4}


def whole(given: str | None, default: int = 0) -> int:
    """A number of a form; the default where it is none."""
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 18 else default
