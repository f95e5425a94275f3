"""What went out, waits or failed: mails and messages of the office's messenger, for administrators.

An administrator of some rounds reads of these alone; messages of the messenger belong to no round.
"""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from msgspec import Struct

from govgauge.office.domain.acting import Acting
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Channel, Delivery, DeliveryState
from govgauge.office.notice_texts import title
from govgauge.office.queries.people import rounds_of
from govgauge.web import exports
from govgauge.web.access import acting_of, page
from govgauge.web.listing import Choice, Column, in_order, listed, one_of
from govgauge.web.workspace.asked import told_language

STATES = {
    DeliveryState.WAITING: gettext_lazy("待发"),
    DeliveryState.SENDING: gettext_lazy("发送中"),
    DeliveryState.SENT: gettext_lazy("已发"),
    DeliveryState.FAILED: gettext_lazy("未发出"),
}
CHANNELS = {Channel.MAIL: gettext_lazy("邮件"), Channel.WEBHOOK: gettext_lazy("办公群")}
COLUMNS = (
    Column("", gettext_lazy("内容")),
    Column("", gettext_lazy("收件人")),
    Column("", gettext_lazy("状态")),
    Column("", gettext_lazy("次数"), number=True, wide=True),
    Column("", gettext_lazy("时间"), wide=True),
)


class Row(Struct, frozen=True):
    """A delivery in words."""

    delivery: Delivery
    title: str
    to: str
    state: str


@page(Verb.MANAGE_PEOPLE)
@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """The deliveries, the latest first; with `format` all of them as a file."""
    state = one_of(request, "state", [*DeliveryState])
    found = _found(acting_of(request), state)
    kind = one_of(request, "format", exports.KINDS)
    if kind:
        heads = [_("内容"), _("方式"), _("收件人"), _("状态"), _("次数"), _("生成时间"), _("结束时间"), _("原因")]
        return exports.answer(kind, "outgoing", heads, (_cells(_row(one)) for one in found.iterator(chunk_size=2000)))
    listing = listed(
        request,
        found,
        COLUMNS,
        sort="",
        filters=("state",),
        total=found.count(),
        rows=lambda ids: list(map(_row, in_order(found, ids))),
    )
    shown = {"listing": listing, "state": state, "states": [Choice(one, words) for one, words in STATES.items()]}
    template = "notices/outgoing_list.html" if getattr(request, "htmx", False) else "notices/outgoing.html"
    return render(request, template, shown)


def _found(acting: Acting, state: str) -> QuerySet[Delivery]:
    mine = rounds_of(acting, Verb.MANAGE_PEOPLE)
    found = Delivery.objects.select_related("notice__person").order_by("-id")
    found = found if mine is None else found.filter(notice__round__in=mine)
    return found.filter(state=state) if state else found


def _row(one: Delivery) -> Row:
    to = one.notice.person.email if one.notice else str(CHANNELS[Channel.WEBHOOK])
    words = title(one.event, one.facts, told_language())
    return Row(one, words, to, str(STATES[DeliveryState(one.state)]))


def _cells(row: Row) -> list[exports.Cell]:
    one = row.delivery
    channel = str(CHANNELS[Channel(one.channel)])
    return [row.title, channel, row.to, row.state, one.attempts, one.made_at, one.ended_at, one.reason]
