"""What comes with the program: indicator systems of all years, and the case library."""

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from govgauge.case_library import library as cases
from govgauge.case_library.case_json import case_json
from govgauge.case_library.searching import search
from govgauge.case_library.sieve import Sieve
from govgauge.office.open_data.found import NotThere
from govgauge.systems import library as systems
from govgauge.systems.canonical import canonical, digest
from govgauge.web.api.answering import told, told_bytes, told_page
from govgauge.web.api.parameters import Id, OfCases
from govgauge.web.api.shapes import Cases, CaseWhole, Systems
from govgauge.web.open_data.listed import absolute

router = Router(tags=["library"])


@router.get("/systems", response=Systems, url_name="api-systems", summary="指标体系库 Library of systems")
def all_systems(request: HttpRequest) -> HttpResponse:
    """The indicator systems of all years that come with the program."""
    items = []
    for name in systems.system_ids():
        system = systems.system(name)
        facts = {"id": system.id, "year": system.year, "title": system.title, "digest": digest(system)}
        items.append({**facts, "url": absolute(request, f"/api/v1/systems/{system.id}")})
    return told(request, {"items": items})


@router.get(
    "/systems/{id}", response=dict[str, object], url_name="api-system", summary="指标体系库全文 A system of the library"
)
def one_system(request: HttpRequest, id: Id) -> HttpResponse:  # noqa: A002
    """Canonical JSON: sorted keys, no blanks, decimals as text. Its SHA-256 is the digest, and the ETag."""
    if id not in systems.system_ids():
        raise NotThere("没有这个指标体系，全部见 /api/v1/systems (no such system; see /api/v1/systems).")
    system = systems.system(id)
    return told_bytes(request, canonical(system), digest=digest(system))


@router.get("/case-library", response=Cases, url_name="api-case-library", summary="案例库 Case library")
def all_cases(request: HttpRequest, asked: Query[OfCases]) -> HttpResponse:
    """The chosen cases of all years; with `q` the best hit first: words, pinyin, initials."""
    found = search(asked.q or "", Sieve(year=asked.year)).cases
    some, end = found[asked.start : asked.start + asked.limit], asked.start + asked.limit
    following = end if end < len(found) else None
    return told_page(request, asked, [case_json(one) for one in some], following, count=len(found))


@router.get("/case-library/{id}", response=CaseWhole, url_name="api-library-case", summary="一个案例 A case")
def one_case(request: HttpRequest, id: Id) -> HttpResponse:  # noqa: A002
    """A case with its capabilities and what measures them."""
    try:
        return told(request, case_json(cases.case(id), whole=True))
    except cases.UnknownCase:
        raise NotThere("案例库里没有这个编号 (no case of that number in the library).") from None
