"""The office of the demonstration: a round over simulated sites, and people who can sign in."""

from pathlib import Path

import pytest

from govgauge.cli import demo_office
from govgauge.office.models import Person, Result, Round
from govgauge.testbed import sites
from govgauge.testbed.server import serve


def test_a_site_of_the_testbed_fills_an_office(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(demo_office.SETTINGS, "max_pages", 6)
    monkeypatch.setattr(demo_office.shutil, "rmtree", lambda *_arguments, **_options: None)
    made = sites.build(["lanhu"])
    with serve(made) as port:
        password = demo_office.fill(office, made, port)
    assert Round.objects.get().slug == demo_office.ROUND
    result = Result.objects.get()
    assert (result.home_ok, result.visits) == (True, 2)
    everybody = Person.objects.order_by("email")
    assert {one.email for one in everybody} == {demo_office.address_of(role) for role in demo_office.ROLES}
    assert all(one.check_password(password) for one in everybody)
    assert everybody.get(email="assessed@demo.test").roles.get().scope == f"{demo_office.REGION}/{made[0].title}"
