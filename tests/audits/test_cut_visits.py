"""What may be said of a site of which only a part was read."""

from datetime import date

import pytest

from govgauge.audits import catalogue, cut_visit
from govgauge.audits.audit import Extent, Meta, Params
from govgauge.audits.samples import Sample, SamplePage, judge
from govgauge.gather.artifacts import Skipped
from govgauge.outcomes import Finding, Outcome, Result
from govgauge.structure.model import SiteFacts
from govgauge.structure.site import Site

HOME = "http://www.a.gov.cn/"


def left(count: int, reason: str = "budget") -> Skipped:
    return Skipped(template=f"{HOME}{{n}}.html", count=count, reason=reason, example=f"{HOME}1.html")


def site(read: int, *skipped: Skipped, cut: bool = True) -> Site:
    facts = SiteFacts(
        home=HOME,
        host="www.a.gov.cn",
        as_of=date(2025, 11, 30),
        pages_visited=read,
        skipped=skipped,
        budget_exhausted=cut,
    )
    return Site(facts=facts)


def weighed(extent: Extent, outcome: Outcome, of: Site, *, found: bool = False) -> Outcome:
    meta = Meta(id="x", version=1, group=catalogue.find("https").meta.group, needs=(), extent=extent)
    findings = (Finding(audit="x", page=HOME),) if found else ()
    result = Result(audit="x", version=1, outcome=outcome, findings=findings)
    return cut_visit.weigh(meta, Params(), of, result).outcome


@pytest.mark.parametrize("extent", Extent)
@pytest.mark.parametrize("outcome", Outcome)
def test_a_complete_visit_changes_nothing(extent: Extent, outcome: Outcome) -> None:
    assert weighed(extent, outcome, site(3, left(90, "trap"), cut=False)) is outcome


@pytest.mark.parametrize("outcome", Outcome)
def test_what_the_home_page_decides_does_not_need_the_rest(outcome: Outcome) -> None:
    assert weighed(Extent.HOME, outcome, site(1, left(500))) is outcome


def test_faults_that_were_seen_stay_however_little_was_read() -> None:
    assert weighed(Extent.PAGES, Outcome.PARTIAL, site(3, left(500)), found=True) is Outcome.PARTIAL


@pytest.mark.parametrize(
    ("read", "unread", "outcome"),
    [
        (3, 100, Outcome.NOT_OBSERVABLE),
        (99, 101, Outcome.NOT_OBSERVABLE),
        (100, 100, Outcome.PASS),
        (999, 20_000, Outcome.NOT_OBSERVABLE),
        (1000, 20_000, Outcome.PASS),
    ],
)
def test_a_clean_result_needs_half_of_the_known_pages_or_a_thousand(read: int, unread: int, outcome: Outcome) -> None:
    assert weighed(Extent.PAGES, Outcome.PASS, site(read, left(unread))) is outcome


def test_only_pages_that_the_visit_left_count_as_unread() -> None:
    skipped = (left(40), left(10, "shut-out"), left(900, "trap"), left(900, "budget-image"), left(900, "mapping"))
    assert cut_visit.unread_pages(site(60, *skipped)) == 50


@pytest.mark.parametrize("extent", [Extent.PAGES, Extent.PRESENCE])
def test_nothing_is_said_to_be_nowhere(extent: Extent) -> None:
    assert weighed(extent, Outcome.NOT_APPLICABLE, site(5000, left(1))) is Outcome.NOT_OBSERVABLE


def test_what_was_found_is_there_and_what_was_not_may_be_there() -> None:
    assert weighed(Extent.PRESENCE, Outcome.PASS, site(3, left(500))) is Outcome.PASS
    assert weighed(Extent.PRESENCE, Outcome.FAIL, site(3, left(500)), found=True) is Outcome.NOT_OBSERVABLE


def test_a_site_of_which_only_the_home_page_was_read_is_judged_by_its_foot_alone() -> None:
    foot = "<div class='footer'>某市人民政府主办 <a href='http://beian.miit.gov.cn/'>京ICP备12345678号</a></div>"
    page = SamplePage(html=f"<ul><li><a href='/xw/1.html'>召开会议</a></li></ul>{foot}", purpose=None)
    facts: dict[str, object] = {"budget_exhausted": True, "skipped": [left(300)]}
    sample = Sample(title="只读了首页", pages=[page], facts=facts)
    outcomes = {name: judge(audit, sample).outcome for name, audit in catalogue.all_audits().items()}
    judged = {name for name, outcome in outcomes.items() if outcome is not Outcome.NOT_OBSERVABLE}
    assert {"icp-number", "sitemap-link", "error-report-link"} <= judged
    assert {name for name in judged if catalogue.find(name).meta.extent is not Extent.HOME} <= {"message-channel"}
