"""Who gets which page: nobody without signing in, nobody beyond their roles, and sessions that end."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import seeded
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver
from people_at_work import at_work, give, signed_in, somebody

from govgauge.office.models import RoleKind
from govgauge.web import session_ends
from govgauge.web.api import interface

PLACES = ("/rounds/r/", "/rounds/r/entries/", "/rounds/r/jobs/")
SERVICE = {"display", "scanner", "scanner-text", "scanner-json", "metrics", "health"}
CASES = {"case-library", "case-library-case", "awards", "award", "award-file"}
NOMINATING = {"nominate", "nominate-file", "nominate-own", "nominate-sent"}
BALLOT = {"vote-cast", "vote-receipt", "vote-receipts", "vote-turnout"}
VOTING = {"vote", "vote-code", "vote-outside", "vote-picture", "vote-proof", *BALLOT}
CERTIFICATES = {"certificate-check", "certificate-of-number"}
OF_ROUND = {f"portal-{name}" for name in ("round", "group", "compare", "map", "round-system", "document")}
READ = {f"portal-{name}" for name in ("rounds", "subjects", "subject", "systems", "system", "systems-difference")}
TOLD = {
    f"portal-{name}"
    for name in ("method", "about", "contact", "site-map", "accessibility", "privacy", "search", "suggest", "feed")
}
ENGINES = {"robots", "site-map", "site-map-part"}
PORTAL = {"portal", *ENGINES, *OF_ROUND, *READ, *TOLD}
OPEN_DATA = {
    "open-data",
    "open-data-dictionary",
    "open-data-api",
    "open-data-jsonld",
    "open-data-turtle",
    "open-data-rdf",
}
OPEN_FILES = {"open-data-version", "open-data-document", "open-data-report", "open-data-file"}
API = {one.name for one in interface.patterns}
OPEN = {*OPEN_DATA, *OPEN_FILES, *API}
WALL = {"wall-of-link", "wall-of-link-live"}
PUBLIC = {*SERVICE, *WALL, *PORTAL, *OPEN, *CASES, *CERTIFICATES, *NOMINATING, *VOTING, "invitation"}
FOREIGN = ("allauth.", "django.")
"""Pages of packages: allauth marks its own."""


def views(resolver: URLResolver) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from views(one)
        else:
            yield one


def test_every_page_says_what_it_asks_or_is_known_to_be_public() -> None:
    for one in views(get_resolver()):
        if one.callback.__module__.startswith(FOREIGN):
            continue
        is_public = not getattr(one.callback, "login_required", True)
        assert is_public == (one.name in PUBLIC), one.name
        assert is_public or hasattr(one.callback, "asks"), f"{one.name} has no mark of web.access"


@pytest.mark.parametrize("place", [*PLACES, "/rounds/nowhere/"])
def test_strangers_are_led_to_the_sign_in_and_learn_nothing(anonymous: Client, place: str) -> None:
    seeded.a_round()
    answer = anonymous.get(place)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/accounts/login/?next={place}")


def test_the_front_door_leads_everybody_to_the_portal_and_those_of_the_office_to_their_work(anonymous: Client) -> None:
    answer = anonymous.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/portal/")
    visitor = at_work(RoleKind.OBSERVER)
    assert visitor.get("/").status_code == 200
    visitor.session.flush()
    assert visitor.get("/").headers["Location"] == "/accounts/login/?next=/"


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (RoleKind.ADMINISTRATOR, 200),
        (RoleKind.INDICATOR_EDITOR, 200),
        (RoleKind.REVIEWER, 200),
        (RoleKind.ADJUDICATOR, 200),
        (RoleKind.OBSERVER, 200),
        (RoleKind.COLLECTOR, 403),
        (RoleKind.EXPERT, 403),
    ],
)
def test_only_roles_that_see_the_round_see_its_pages(kind: RoleKind, status: int) -> None:
    seeded.a_round()
    visitor = at_work(kind)
    assert {visitor.get(place).status_code for place in PLACES} == {status}
    assert visitor.get("/").status_code == 200


def test_a_refusal_is_a_sentence_with_the_remedy() -> None:
    seeded.a_round()
    answer = at_work(RoleKind.COLLECTOR).get("/rounds/r/")
    assert "请联系评估办公室管理员" in answer.content.decode()


def test_a_round_in_which_one_has_no_role_is_not_there() -> None:
    round_, other = seeded.a_round(title="甲评估"), seeded.a_round("o", "乙评估")
    visitor = at_work(RoleKind.OBSERVER, round_=other)
    told = [visitor.get(place) for place in PLACES]
    assert {answer.status_code for answer in told} == {404}
    assert "没有名为“r”的年度评估" in told[0].content.decode()
    assert round_.title not in told[0].content.decode()
    assert visitor.get("/rounds/o/").status_code == 200
    page = visitor.get("/").content.decode()
    assert other.title in page
    assert round_.title not in page


def test_a_role_that_has_ended_opens_nothing() -> None:
    seeded.a_round()
    person = somebody()
    role = give(person, RoleKind.OBSERVER)
    visitor = signed_in(person)
    assert visitor.get("/rounds/r/").status_code == 200
    role.ended_at = seeded.NOW
    role.save()
    assert visitor.get("/rounds/r/").status_code == 404
    person.is_active = False
    person.save()
    assert visitor.get("/").status_code == 302


def test_a_role_that_needs_a_second_factor_works_only_with_one() -> None:
    person = somebody(RoleKind.ADMINISTRATOR)
    person.authenticator_set.all().delete()
    visitor = signed_in(person)
    assert visitor.get("/").headers["Location"] == "/accounts/2fa/"
    with override_settings(MFA_ROLES=frozenset()):
        assert visitor.get("/").status_code == 200


def after(visitor: Client, seconds: float, place: str = "/", **headers: str) -> int:
    """What a page answers so long after all that was done until now."""
    session = visitor.session
    for name in (session_ends.BEGUN, session_ends.SEEN):
        session[name] = int(session[name] - seconds)
    session.save()
    return visitor.get(place, headers=headers).status_code


def test_a_session_ends_when_nobody_does_anything_and_at_the_end_of_the_day() -> None:
    idle, day = timedelta(minutes=20).total_seconds(), timedelta(hours=12).total_seconds()
    visitor = at_work(RoleKind.OBSERVER)
    assert [after(visitor, idle) for _ in range(5)] == [200] * 5
    session = visitor.session
    session[session_ends.BEGUN] -= int(day)
    session.save()
    assert visitor.get("/").status_code == 302


def test_a_page_that_refreshes_itself_keeps_no_session_alive() -> None:
    idle = timedelta(minutes=20).total_seconds()
    visitor = at_work(RoleKind.OBSERVER)
    assert after(visitor, idle, **{"X-Unattended": "1"}) == 200
    assert after(visitor, idle, **{"X-Unattended": "1"}) == 302


def test_who_typed_while_the_session_ended_gets_the_text_back(anonymous: Client) -> None:
    typed = {"reason": "很长的理由 <b>", "password": "not-shown", "csrfmiddlewaretoken": "x"}
    answer = anonymous.post("/rounds/r/", typed)
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "很长的理由 &lt;b&gt;" in page
    assert "not-shown" not in page
    htmx = anonymous.post("/rounds/r/", typed, headers={"HX-Request": "true"})
    assert (htmx.status_code, htmx.headers["HX-Reswap"]) == (401, "none")


def test_a_form_from_elsewhere_changes_nothing() -> None:
    visitor = Client(enforce_csrf_checks=True)
    signed_in(somebody(RoleKind.OBSERVER), visitor)
    assert visitor.post("/accounts/logout/", {"reason": "x"}).status_code == 403
    assert visitor.get("/").status_code == 200


def test_pages_of_people_are_kept_by_no_shared_cache() -> None:
    assert "private" in at_work(RoleKind.OBSERVER).get("/").headers["Cache-Control"]
