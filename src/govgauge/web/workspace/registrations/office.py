"""The office's list of a round's registrations, on the screen and as a file."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.registrations import FIELDS as FORM_FIELDS
from govgauge.office.models import Registration, RegistrationStepKind
from govgauge.office.queries import registrations as query
from govgauge.office.queries.registrations import RegistrationSieve
from govgauge.web import exports
from govgauge.web.access import page
from govgauge.web.listing import Choice, Column, asked_sort, in_order, listed, one_of, text
from govgauge.web.words import REGISTRATION_FIELDS, REGISTRATION_STATES
from govgauge.web.workspace.asked import round_of

COLUMNS = (
    Column("key", gettext_lazy("报名单位")),
    Column("site", gettext_lazy("网站"), wide=True),
    Column("", gettext_lazy("联系人"), wide=True),
    Column("state", gettext_lazy("状态")),
    Column("at", gettext_lazy("时间"), wide=True),
)
FILTERS = ("state", "q")


@page(Verb.DECIDE_REGISTRATION)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Registrations that pass the address's filters; with `format` all of them as a file."""
    round_ = round_of(slug)
    states = [kind for kind in RegistrationStepKind if kind != RegistrationStepKind.DRAFTED]
    sieve = RegistrationSieve(state=one_of(request, "state", [query.WAITING, *states]), text=text(request, "q"))
    sort = asked_sort(request, tuple(query.SORTS), "-at")
    found = query.of_round(round_, sieve, sort)
    kind = one_of(request, "format", exports.KINDS)
    if kind:
        heads = [_("报名单位"), *(str(REGISTRATION_FIELDS[name]) for name in FORM_FIELDS), _("状态"), _("时间")]
        return exports.answer(kind, f"{slug}-registrations", heads, _lines(found.iterator(chunk_size=2000)))
    listing = listed(
        request,
        found,
        COLUMNS,
        sort=sort,
        filters=FILTERS,
        total=found.count(),
        rows=lambda numbers: in_order(found, numbers),
    )
    shown = {
        "round": round_,
        "listing": listing,
        "sieve": sieve,
        "states": [
            Choice(query.WAITING, _("待处理")),
            *(Choice(one.value, REGISTRATION_STATES[one]) for one in states),
        ],
        "waiting": query.waiting(round_),
    }
    template = "registrations/office_list.html" if getattr(request, "htmx", False) else "registrations/office.html"
    return render(request, template, shown)


def _lines(found: Iterator[Registration]) -> Iterator[Sequence[exports.Cell]]:
    for one in found:
        state, at = getattr(one, "state", ""), getattr(one, "state_at", None)
        yield (one.key, *(getattr(one, name) for name in FORM_FIELDS), str(REGISTRATION_STATES.get(state, state)), at)
