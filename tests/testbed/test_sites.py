"""The simulated sites: the same bytes for the same seed, and a truth that fits what is served."""

import re

import pytest

from govgauge.audits.catalogue import all_audits
from govgauge.systems.audit_ids import audit_ids
from govgauge.testbed import sites
from govgauge.testbed.model import Behaviour, Site

HUGE = 1_000_000
AT_LEAST = 8


@pytest.fixture(scope="module")
def universe() -> dict[str, Site]:
    return {site.name: site for site in sites.build()}


def path_of(site: Site, url: str) -> str:
    """The path with query of a URL of the site."""
    return url.removeprefix(site.home.rstrip("/"))


def test_there_are_enough_sites_each_in_a_style_of_its_own(universe):
    assert len(universe) >= AT_LEAST
    assert len({site.style for site in universe.values()}) == len(universe)
    assert len({site.host for site in universe.values()}) == len(universe)
    assert all(site.host.endswith(".test") for site in universe.values())


def test_a_site_has_a_plausible_size(universe):
    sizes = {
        name: sum(answer.content_type.startswith("text/html") for answer in site.answers.values())
        for name, site in universe.items()
    }
    assert all(60 <= size <= 450 for size in sizes.values()), sizes


@pytest.mark.parametrize("name", sites.NAMES)
def test_the_same_seed_gives_the_same_bytes_and_another_one_other_bytes(name):
    first, again, other = (sites.build([name], seed)[0] for seed in (7, 7, 8))
    assert first.answers == again.answers
    assert first.planted == again.planted
    assert first.answers != other.answers


def test_the_truth_names_known_audits_only(universe):
    known = audit_ids()
    assert set(all_audits()) <= known
    assert {fault.audit for site in universe.values() for fault in site.planted} <= known


def test_a_fault_is_told_once(universe):
    for site in universe.values():
        keys = [(fault.audit, fault.page, fault.target) for fault in site.planted]
        assert len(keys) == len(set(keys)), [key for key in keys if keys.count(key) > 1]


def test_every_planted_page_and_near_miss_is_served(universe):
    for site in universe.values():
        for url in [*(fault.page for fault in site.planted), *site.near_misses]:
            assert url.startswith(site.home), url
            assert site.respond(path_of(site, url)).status == 200, url


def test_links_that_are_told_to_be_broken_are_broken(universe):
    for site in universe.values():
        for fault in site.planted:
            if fault.audit not in ("broken-link", "broken-download", "broken-image") or not fault.target.startswith(
                site.home
            ):
                continue
            answer = site.respond(path_of(site, fault.target))
            text = answer.body.decode(
                "gb18030" if b"<title>" in answer.body and site.name == "yunmen" else "utf-8", "replace"
            )
            is_error = re.search(r"不存在|error|no such file|Server Error", text)
            assert answer.status >= 300 or answer.behaviour is not Behaviour.PLAIN or not answer.body or is_error, fault


def test_words_that_are_told_to_be_wrong_stand_on_their_page(universe):
    for site in universe.values():
        for fault in site.planted:
            if fault.audit == "wrong-word":
                body = site.respond(path_of(site, fault.page)).body
                assert fault.target in body.decode("utf-8", "ignore") + body.decode("gb18030", "ignore")


def test_the_healthy_site_has_only_what_no_site_on_loopback_can_avoid(universe):
    assert {(fault.audit, fault.grade.value) for fault in universe["xiyuan"].planted} == {
        ("domain-name", "unavoidable")
    }


def test_an_unknown_site_is_refused_with_the_names_that_exist():
    with pytest.raises(sites.UnknownSiteError, match="qinghe"):
        sites.build(["nowhere"])
