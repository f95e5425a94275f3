"""Lists: a table whose filters, order and page live in its address, in a constant number of queries."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from msgspec import Struct

if TYPE_CHECKING:
    _Paginator: TypeAlias = Paginator[Any]
else:
    _Paginator = Paginator  # generic for checkers of types only
Found = TypeVar("Found", bound=Model)
PAGE_ROWS = 50
LONGEST_TEXT = 100
"""Characters of a search text that are looked at."""


class Column(Struct, frozen=True):
    """A column: the name it is sorted by (empty: not sorted by), its heading, and how it stands.

    A `wide` column is left out on narrow screens.
    """

    sort: str
    title: str | Promise
    number: bool = False
    wide: bool = False


class Head(Struct, frozen=True):
    """A heading as the table shows it: `link` sorts by it, `direction` is how it is sorted now."""

    column: Column
    link: str = ""
    direction: str = ""


class Choice(Struct, frozen=True):
    """One of a filter's values, with its words."""

    value: str
    title: str | Promise


class Listing(Struct, frozen=True):
    """A page of a list, ready for `parts/list_*.html`."""

    rows: Sequence[object]
    page: Page[Any]
    steps: Sequence[int | str]
    heads: Sequence[Head]
    sort: str
    total: int
    exports: dict[str, str]
    is_sieved: bool


def text(request: HttpRequest, name: str) -> str:
    """A text of the address, such as a database takes it."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST_TEXT]


def one_of(request: HttpRequest, name: str, known: Sequence[str]) -> str:
    """A value of the address that is known; empty otherwise."""
    value = request.GET.get(name, "")
    return value if value in known else ""


def listed(
    request: HttpRequest,
    found: QuerySet[Found],
    columns: Sequence[Column],
    *,
    sort: str,
    filters: Sequence[str],
    total: int,
    rows: Callable[[Sequence[int]], Sequence[object]],
) -> Listing:
    """The page of a list that an address asks for, `total` rows in all; a page too far is the last one.

    `found` is only asked for the numbers of the page's rows; `rows` brings them with all that they show, in order.
    """
    paginator = Counted(found.values_list("id", flat=True), PAGE_ROWS, total)
    return _page(request, paginator, columns, sort=sort, filters=filters, rows=rows)


def listed_numbers(
    request: HttpRequest,
    numbers: Sequence[int],
    columns: Sequence[Column],
    *,
    sort: str,
    filters: Sequence[str],
    rows: Callable[[Sequence[int]], Sequence[object]],
) -> Listing:
    """The same of rows whose numbers are known, in their order."""
    return _page(request, Paginator(numbers, PAGE_ROWS), columns, sort=sort, filters=filters, rows=rows)


def _page(
    request: HttpRequest,
    paginator: _Paginator,
    columns: Sequence[Column],
    *,
    sort: str,
    filters: Sequence[str],
    rows: Callable[[Sequence[int]], Sequence[object]],
) -> Listing:
    page = paginator.get_page(request.GET.get("page"))
    return Listing(
        rows=rows(list(page.object_list)),
        page=page,
        steps=list(paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
        heads=[_head(request, column, sort) for column in columns],
        sort=sort,
        total=paginator.count,
        exports={kind: address(request, page=None, format=kind) for kind in ("xlsx", "csv")},
        is_sieved=any(request.GET.get(name) for name in filters),
    )


def in_order(found: QuerySet[Found], numbers: Sequence[int]) -> list[Found]:
    """The rows of these numbers, in their order."""
    rows = {row.pk: row for row in found.filter(pk__in=numbers)}
    return [rows[number] for number in numbers if number in rows]


class Counted(_Paginator):
    """A paginator that is told the count: without what rows show it is counted faster."""

    def __init__(self, found: QuerySet[Any, Any], rows: int, total: int) -> None:
        super().__init__(found, rows)
        self._total = total

    @cached_property
    def count(self) -> int:
        return self._total


def asked_sort(request: HttpRequest, known: Sequence[str], default: str) -> str:
    """The order that an address asks for, if it is known."""
    value = request.GET.get("sort", "")
    return value if value.removeprefix("-") in known else default


def address(request: HttpRequest, **changes: str | None) -> str:
    """The query of this address with some changes; None takes a name out."""
    query: QueryDict = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return "?" + query.urlencode()


def _head(request: HttpRequest, column: Column, sort: str) -> Head:
    if not column.sort:
        return Head(column)
    is_it, backwards = sort.removeprefix("-") == column.sort, sort.startswith("-")
    turned = f"-{column.sort}" if is_it and not backwards else column.sort
    direction = ("descending" if backwards else "ascending") if is_it else ""
    return Head(column, address(request, sort=turned, page=None), direction)
