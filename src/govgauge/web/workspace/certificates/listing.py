"""The certificates of a round: filtered, sorted by number, and the whole list as a file."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Certificate, CertificateKind, CertificateState
from govgauge.office.queries import certificates as query
from govgauge.web import exports
from govgauge.web.access import page
from govgauge.web.listing import Choice, Column, address, asked_sort, in_order, listed, one_of, text
from govgauge.web.workspace.asked import round_of

STATES: dict[str, Promise] = {
    CertificateState.VALID: gettext_lazy("有效"),
    CertificateState.REVOKED: gettext_lazy("已撤销"),
    CertificateState.REPLACED: gettext_lazy("已换发"),
}
KINDS: dict[str, Promise] = {
    CertificateKind.ASSESSED: gettext_lazy("评估结果"),
    CertificateKind.CASE: gettext_lazy("优秀案例"),
    CertificateKind.PARTICIPATION: gettext_lazy("参加评估"),
}
COLUMNS = (
    Column("number", gettext_lazy("编号")),
    Column("holder", gettext_lazy("持证单位")),
    Column("", gettext_lazy("称号")),
    Column("", gettext_lazy("种类"), wide=True),
    Column("", gettext_lazy("状态")),
    Column("", gettext_lazy("颁发日期"), wide=True),
)
ORDERS = {
    "number": ("year", "serial"),
    "-number": ("-year", "-serial"),
    "holder": ("holder", "id"),
    "-holder": ("-holder", "-id"),
}


@page(Verb.RUN_ROUND)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The certificates, the last number first; with `format` all of them as a file."""
    round_ = round_of(slug)
    kind, state = one_of(request, "kind", [*KINDS]), one_of(request, "state", [*STATES])
    said, sort = text(request, "text"), asked_sort(request, ("number", "holder"), "-number")
    found = query.sieved(round_, kind=kind, state=state, text=said).order_by(*ORDERS[sort])
    if as_file := one_of(request, "format", exports.KINDS):
        heads = [_("编号"), _("持证单位"), _("称号"), _("种类"), _("状态"), _("颁发日期"), _("签名密钥"), _("原因")]
        return exports.answer(as_file, f"{slug}-certificates", heads, _lines(found.iterator(chunk_size=1000)))
    listing = listed(
        request,
        found,
        COLUMNS,
        sort=sort,
        filters=("kind", "state", "text"),
        total=found.count(),
        rows=lambda ids: in_order(round_.certificates.all(), ids),
    )
    shown = {
        "round": round_,
        "listing": listing,
        "kind": kind,
        "state": state,
        "text": said,
        "kinds": [Choice(one, words) for one, words in KINDS.items()],
        "states": [Choice(one, words) for one, words in STATES.items()],
        "state_words": STATES,
        "archive": address(request, page=None, sort=None, state=None),
    }
    template = "certificates/list_rows.html" if getattr(request, "htmx", False) else "certificates/list.html"
    return render(request, template, shown)


def _lines(found: Iterator[Certificate]) -> Iterator[Sequence[exports.Cell]]:
    for one in found:
        yield (
            *(one.code, one.holder, one.title, str(KINDS[one.kind]), str(STATES[one.state])),
            *(one.issued_on.isoformat(), one.key.key_id, query.reason(one)),
        )
