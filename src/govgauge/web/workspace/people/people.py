"""The list of people, on the screen and as a file."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Person, Role, RoleKind
from govgauge.office.queries import people as query
from govgauge.office.queries.people import PeopleSieve
from govgauge.web import exports
from govgauge.web.access import acting_of, page
from govgauge.web.listing import Choice, Column, asked_sort, in_order, listed, one_of, text
from govgauge.web.words import ROLES

COLUMNS = (
    Column("name", gettext_lazy("姓名")),
    Column("email", gettext_lazy("邮箱"), wide=True),
    Column("", gettext_lazy("角色")),
    Column("last", gettext_lazy("最近登录"), wide=True),
    Column("", gettext_lazy("状态")),
)
FILTERS = ("kind", "active", "q")


@page(Verb.MANAGE_PEOPLE)
@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """People who pass the address's filters; with `format` all of them as a file."""
    sieve = PeopleSieve(
        kind=one_of(request, "kind", RoleKind.values),
        text=text(request, "q"),
        active=one_of(request, "active", ("yes", "no")),
    )
    sort = asked_sort(request, tuple(query.PEOPLE_SORTS), "name")
    found = query.people(acting_of(request), sieve, sort)
    kind = one_of(request, "format", exports.KINDS)
    if kind:
        heads = [_("姓名"), _("邮箱"), _("单位"), _("角色"), _("最近登录"), _("加入时间"), _("状态")]
        return exports.answer(kind, "people", heads, _lines(found.iterator(chunk_size=2000)))
    listing = listed(
        request,
        found.prefetch_related(None),
        COLUMNS,
        sort=sort,
        filters=FILTERS,
        total=found.count(),
        rows=lambda numbers: in_order(found, numbers),
    )
    shown = {"listing": listing, "sieve": sieve, "kinds": [Choice(one, ROLES[one]) for one in RoleKind]}
    template = "people/people_list.html" if getattr(request, "htmx", False) else "people/people.html"
    return render(request, template, shown)


def _lines(found: Iterator[Person]) -> Iterator[Sequence[exports.Cell]]:
    for one in found:
        roles = "；".join(_told(role) for role in getattr(one, "in_force", ()))
        state = _("在用") if one.is_active else _("已停用")
        yield (one.name, one.email, one.organisation, roles, one.last_login, one.joined_at, state)


def _told(role: Role) -> str:
    scope = f"（{role.scope}）" if role.scope else ""
    return f"{ROLES[role.kind]}{scope}" + (f"［{role.round.title}］" if role.round else "")
