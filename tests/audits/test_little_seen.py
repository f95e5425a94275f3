"""What may be said of a site of which next to nothing was seen."""

import pytest

from govgauge.audits import catalogue, little_seen
from govgauge.audits.audit import Extent, Meta
from govgauge.audits.samples import Sample, SamplePage, judge
from govgauge.outcomes import Finding, Outcome, Result

HOME = "http://www.a.gov.cn/"
SAID = "看到的部分不足以判定。"


def weighed(extent: Extent, outcome: Outcome, *, found: bool = False) -> Outcome:
    meta = Meta(id="x", version=1, group=catalogue.find("https").meta.group, needs=(), extent=extent)
    findings = (Finding(audit="x", page=HOME),) if found else ()
    return little_seen.weigh(meta, Result(audit="x", version=1, outcome=outcome, findings=findings), SAID).outcome


@pytest.mark.parametrize("outcome", Outcome)
def test_what_the_home_page_decides_stays(outcome: Outcome) -> None:
    assert weighed(Extent.HOME, outcome) is outcome


def test_faults_that_were_seen_stay_and_so_does_what_was_found() -> None:
    assert weighed(Extent.PAGES, Outcome.FAIL, found=True) is Outcome.FAIL
    assert weighed(Extent.PRESENCE, Outcome.PASS) is Outcome.PASS


@pytest.mark.parametrize("outcome", [Outcome.PASS, Outcome.NOT_APPLICABLE])
def test_that_all_is_in_order_is_not_said(outcome: Outcome) -> None:
    assert weighed(Extent.PAGES, outcome) is Outcome.NOT_OBSERVABLE


def test_that_something_is_missing_is_not_said() -> None:
    assert weighed(Extent.PRESENCE, Outcome.FAIL, found=True) is Outcome.NOT_OBSERVABLE


def test_a_home_page_without_links_has_no_links_in_order() -> None:
    sample = Sample(title="one page", pages=[SamplePage(url=HOME, html="<h1>某市人民政府</h1>")], home=HOME)
    assert judge(catalogue.find("broken-link"), sample).outcome is Outcome.NOT_OBSERVABLE
