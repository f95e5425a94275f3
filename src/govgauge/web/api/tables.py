"""The tables of a version, page by page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from govgauge.office.open_data.found import Version as Found
from govgauge.office.open_data.paging import Asked, page
from govgauge.reports.open_data.dictionary import tables
from govgauge.reports.open_data.shown import names
from govgauge.reports.open_data.writers import objects
from govgauge.web.api.answering import chosen, told_page
from govgauge.web.api.parameters import OfBodies, OfFindings, OfRegion, Slug, Some, Version
from govgauge.web.api.shapes import page_of
from govgauge.web.open_data.listed import absolute
from govgauge.web.open_data.problems import untold

router = Router(tags=["tables"])
PLACE = "/rounds/{slug}/versions/{version}"


@router.get(f"{PLACE}/results", response=page_of("results"), url_name="api-results", summary="评估结果 Results")
def results(request: HttpRequest, slug: Slug, version: Version, asked: Query[OfBodies]) -> HttpResponse:
    """One row for each subject: points, rank, grade, what became of it."""
    return _page(request, chosen(request, slug, version), "results", asked)


@router.get(
    f"{PLACE}/indicators", response=page_of("indicators"), url_name="api-indicators", summary="指标得分 Indicators"
)
def indicators(request: HttpRequest, slug: Slug, version: Version, asked: Query[OfBodies]) -> HttpResponse:
    """One row for each leaf indicator of each subject."""
    return _page(request, chosen(request, slug, version), "indicators", asked)


@router.get(f"{PLACE}/checks", response=page_of("checks"), url_name="api-checks", summary="采集值 Answers")
def checks(request: HttpRequest, slug: Slug, version: Version, asked: Query[OfBodies]) -> HttpResponse:
    """Unrounded answers, with a link to the findings on which they rest; 404 where the version does not tell them."""
    return _page(request, chosen(request, slug, version), "checks", asked)


@router.get(f"{PLACE}/findings", response=page_of("findings"), url_name="api-findings", summary="问题明细 Findings")
def findings(request: HttpRequest, slug: Slug, version: Version, asked: Query[OfFindings]) -> HttpResponse:
    """Single faults with page, excerpt and hash; 404 where the version does not tell them.

    Where an audit is asked for a page may hold fewer rows than `limit` though there are more: `next` says so.
    """
    return _page(request, chosen(request, slug, version), "findings", asked)


@router.get(f"{PLACE}/groups", response=page_of("groups"), url_name="api-groups", summary="分组 Groups")
def groups(request: HttpRequest, slug: Slug, version: Version, asked: Query[Some]) -> HttpResponse:
    """The groups with their systems and numbers of subjects."""
    return _page(request, chosen(request, slug, version), "groups", asked)


@router.get(f"{PLACE}/cases", response=page_of("cases"), url_name="api-cases", summary="入选案例 Chosen cases")
def cases(request: HttpRequest, slug: Slug, version: Version, asked: Query[OfRegion]) -> HttpResponse:
    """The innovation cases chosen in the round."""
    return _page(request, chosen(request, slug, version), "cases", asked)


def _page(request: HttpRequest, version: Found, name: str, asked: Some) -> HttpResponse:
    words = tables()[name]
    if name not in names(version.material):
        raise untold(words)
    found = page(version, name, Asked(start=asked.start, **asked.filters))
    rows = objects(words, found.rows)
    if name == "checks":
        _add_evidence(request, version, rows)
    return told_page(request, asked, rows, found.following, count=found.count)


def _add_evidence(request: HttpRequest, version: Found, rows: list[dict[str, Any]]) -> None:
    """To each answer the address of the findings on which it rests, where there are any that are told."""
    about = version.material.about
    place = f"/api/v1/rounds/{version.slug}/versions/{version.number}/findings"
    for row in rows:
        has = about.shows.findings and row["findings"] and row["audit"] and row["audit"] not in about.withheld
        row["evidence"] = (
            absolute(request, place, subject=row["subject"], group=row["group"], audit=row["audit"]) if has else None
        )
