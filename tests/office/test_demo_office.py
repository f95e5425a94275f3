"""The office of the demonstration: a round over simulated sites, and people who can sign in."""

from pathlib import Path

import pytest

from govgauge.cli import demo_office
from govgauge.office.models import Person, Publication, PublicationState, Result, Round
from govgauge.testbed import sites
from govgauge.testbed.server import serve


def test_a_site_of_the_testbed_fills_an_office(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(demo_office.SETTINGS, "max_pages", 6)
    monkeypatch.setattr(demo_office.shutil, "rmtree", lambda *_arguments, **_options: None)
    made = sites.build(["lanhu"])
    with serve(made) as port:
        password = demo_office.fill(office, made, port, documents=False)
    assert [one.slug for one in Round.objects.order_by("pk")] == [demo_office.ROUND, demo_office.NEXT]
    assert [(one.home_ok, one.visits) for one in Result.objects.all()] == [(True, 2), (True, 2)]
    published = Publication.objects.get()
    assert (published.round.slug, published.state) == (demo_office.ROUND, PublicationState.PUBLIC)
    everybody = Person.objects.order_by("email")
    assert {one.email for one in everybody} == {demo_office.address_of(role) for role in demo_office.ROLES}
    assert all(one.check_password(password) for one in everybody)
    assert everybody.get(email="assessed@demo.test").roles.get().scope == f"{demo_office.REGION}/{made[0].title}"
