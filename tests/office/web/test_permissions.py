"""Every page of the workspace for everybody: a table says what each reader gets, and no page is without a row.

`permissions.toml` has a table for each name of an address: what its numbers are of, and the statuses of GET and of an
empty POST for the readers in their order. A new page needs a row; whoever changes one has changed who may do what.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import seeded
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from everything import ANONYMOUS, NOBODY, READERS, Everything, everything
from people_at_work import at_work

from govgauge.office.domain.permissions import GRANTS, Verb
from govgauge.office.models import RoleKind

pytestmark = pytest.mark.usefixtures("settings_home")
TABLE = tomllib.loads((Path(__file__).parent / "permissions.toml").read_text(encoding="utf-8"))
FOREIGN = ("allauth.", "django.")
"""Pages of packages."""
REFUSED = {302, 401, 403, 404}
LARGE = 10**12
"""The number of nothing."""


def pages(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every page that is ours."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from pages(one)
        elif not one.callback.__module__.startswith(FOREIGN):
            yield one


PAGES = {str(page.name): page for page in pages()}


def address_of(made: Everything, name: str, **other: int) -> str:
    """The address of a page about what was made; `other` numbers in place of those."""
    wanted = dict(pair.split("=") for pair in TABLE[name].get("of", "").split())
    known = {**made.words, **made.ids}
    found = {place: known[what] for place, what in wanted.items()} | other
    given = {**made.words, **found}
    places = PAGES[name].pattern.converters  # type: ignore[union-attr]
    return reverse(name, kwargs={place: given[place] for place in places})


def ask(client: Client, method: str, address: str) -> HttpResponseBase:
    """What a reader gets, without leaving a trace."""
    with transaction.atomic():
        answer = client.get(address) if method == "get" else client.post(address)
        if answer.streaming:
            answer.close()
        transaction.set_rollback(True)
    return answer


def test_every_page_has_a_row_and_every_row_a_page() -> None:
    assert set(TABLE) == set(PAGES)


@pytest.mark.parametrize("reader", READERS)
def test_everybody_gets_what_the_table_says(reader: str) -> None:
    made = everything("首页栏目点开后没有内容")
    client = made.reader(reader)
    column = READERS.index(reader)
    expected = {
        f"{method} {name}": int(row[method].split()[column])
        for name, row in TABLE.items()
        for method in ("get", "post")
    }
    got = {
        f"{method} {name}": ask(client, method, address_of(made, name)).status_code
        for name in TABLE
        for method in ("get", "post")
    }
    assert {page: status for page, status in got.items() if status != expected[page]} == {}


def test_the_table_gives_nobody_more_than_the_rights_of_their_role() -> None:
    for name, row in TABLE.items():
        verb = getattr(PAGES[name].callback, "asks", None)
        for method in ("get", "post"):
            for reader, status in zip(READERS, map(int, row[method].split()), strict=True):
                if not getattr(PAGES[name].callback, "login_required", True):
                    continue
                if reader == ANONYMOUS:
                    assert status == {"get": 302, "post": 401}[method], name
                elif verb is not None and (reader == NOBODY or verb not in GRANTS[RoleKind(reader)]):
                    assert status in {403, 404}, f"{method} {name}: {reader}"
                assert status < 500, f"{method} {name}: {reader}"


OWN = {RoleKind.ASSESSED: "某省/丙县", RoleKind.SUPERVISOR: "别省"}
STRANGERS = (
    *((kind, OWN.get(kind, ""), False) for kind in (RoleKind.ASSESSED, RoleKind.SUPERVISOR, RoleKind.COLLECTOR)),
    *((kind, "", True) for kind in (RoleKind.ADMINISTRATOR, RoleKind.REVIEWER)),
)
"""Those whose roles reach only to what is theirs, or hold in another round: here to nothing of all that was made."""


def stranger(kind: RoleKind, scope: str, *, elsewhere: bool) -> Client:
    """Somebody with a role in all rounds, or in another one alone."""
    return at_work(kind, scope=scope, round_=seeded.a_round("elsewhere") if elsewhere else None)


@pytest.mark.parametrize(("kind", "scope", "elsewhere"), STRANGERS)
def test_what_is_written_elsewhere_stands_on_no_page_and_in_no_file(
    kind: RoleKind, scope: str, elsewhere: bool
) -> None:
    text = "首页栏目点开后没有内容"
    made = everything(text)
    client = stranger(kind, scope, elsewhere=elsewhere)
    told = []
    for name in TABLE:
        if not getattr(PAGES[name].callback, "login_required", True):
            continue
        for query in ("", "?format=csv"):
            answer = client.get(address_of(made, name) + query)
            page = b"".join(answer.streaming_content) if answer.streaming else answer.content
            if text in page.decode("utf-8", "replace"):
                told.append(f"{name}{query}")
            answer.close()
    assert told == []


@pytest.mark.parametrize(("kind", "scope", "elsewhere"), STRANGERS)
def test_a_number_of_somebody_else_is_told_like_one_of_nothing(kind: RoleKind, scope: str, elsewhere: bool) -> None:
    made = everything("首页栏目点开后没有内容")
    client = stranger(kind, scope, elsewhere=elsewhere)
    told: dict[str, tuple[object, object]] = {}
    for name, row in TABLE.items():
        numbers = [pair.split("=")[0] for pair in row.get("of", "").split()]
        if not numbers or not getattr(PAGES[name].callback, "login_required", True):
            continue
        for method in ("get", "post"):
            real = ask(client, method, address_of(made, name))
            nothing = ask(client, method, address_of(made, name, **dict.fromkeys(numbers, LARGE)))
            assert real.status_code in REFUSED | {405}, f"{method} {name}"
            if _plain(real) != _plain(nothing):
                told[f"{method} {name}"] = (real.status_code, nothing.status_code)
    assert told == {}


def _plain(answer: HttpResponseBase) -> tuple[int, str]:
    """An answer without numbers and tokens."""
    if answer.streaming:
        return answer.status_code, "a file"
    page = answer.content.decode()
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|X-CSRFToken": "[^"]*"', "", page)
    return answer.status_code, re.sub(r"\d+", "", page + answer.headers.get("Location", ""))


def test_each_verb_is_asked_by_some_page_or_known_to_have_none_yet() -> None:
    asked = {getattr(page.callback, "asks", None) for page in PAGES.values()}
    later = {Verb.COMMENT_INDICATORS}
    assert set(Verb) - asked <= later
