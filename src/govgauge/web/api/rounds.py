"""Rounds and their versions, with addresses of all that each tells."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router

from govgauge.office.models import Publication, Round
from govgauge.office.open_data import found
from govgauge.office.open_data.licence import licence
from govgauge.office.queries import publications
from govgauge.reports.open_data.shown import names
from govgauge.systems.canonical import canonical, digest
from govgauge.web.api.answering import chosen, told, told_bytes
from govgauge.web.api.parameters import Id, Slug, Version
from govgauge.web.api.shapes import Documents, Rounds, RoundShape, Systems, VersionShape
from govgauge.web.open_data.files import address_of
from govgauge.web.open_data.listed import absolute, listed
from govgauge.web.open_data.problems import Problem

router = Router(tags=["rounds"])
PLACE = "/rounds/{slug}/versions/{version}"


@router.get("/rounds", response=Rounds, url_name="api-rounds", summary="年度评估 Rounds")
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round of which something was public."""
    return told(request, {"items": [_round(request, one, one.told) for one in found.rounds()]})  # type: ignore[attr-defined]


@router.get("/rounds/{slug}", response=RoundShape, url_name="api-round", summary="一个年度评估 A round")
def one_round(request: HttpRequest, slug: Slug) -> HttpResponse:
    """A round with its versions; those that were withdrawn tell why."""
    one = found.rounds().filter(slug=slug).first() if found.SLUG.fullmatch(slug) else None
    if one is None:
        raise found.NotThere("没有这个年度评估，或者还没有公布 (no such round, or it is not public yet).")
    return told(request, _round(request, one, one.told))  # type: ignore[attr-defined]


@router.get(PLACE, response=VersionShape, url_name="api-version", summary="一个版本 A version")
def one_version(request: HttpRequest, slug: Slug, version: Version) -> HttpResponse:
    """What a version is, what it shows, and where its tables and files are."""
    one = chosen(request, slug, version)
    publication, about = one.publication, one.material.about
    place = _place(one.slug, one.number)
    files = [
        {
            "table": table.words.name,
            "format": file.name.rpartition(".")[2],
            "media_type": file.form.media_type,
            "url": absolute(request, file.path),
            "bytes": file.size,
            "sha256": file.sha256,
        }
        for table in listed(publication).tables
        for file in table.files
    ]
    return told(
        request,
        {
            "round": one.slug,
            "title": publication.title,
            "number": one.number,
            "state": publication.state,
            "as_of": publication.as_of,
            "published_at": publication.published_at,
            "issuer": about.issuer,
            "program": about.program,
            "rules": about.rules,
            "tables_hash": about.tables_hash,
            "inputs_hash": about.inputs_hash,
            "subjects": publication.subjects,
            "shows": about.shows,
            "withheld_audits": about.withheld,
            "tables": {name: absolute(request, f"{place}/{name}") for name in names(one.material)},
            "systems": absolute(request, f"{place}/systems"),
            "documents": absolute(request, f"{place}/documents"),
            "files": files,
            "licence": licence().address,
        },
    )


@router.get(
    f"{PLACE}/systems", response=Systems, url_name="api-version-systems", summary="所用的指标体系 Systems of a version"
)
def systems(request: HttpRequest, slug: Slug, version: Version) -> HttpResponse:
    """The indicator systems as they were when the round was judged."""
    one = chosen(request, slug, version)
    place = f"{_place(one.slug, one.number)}/systems"
    items = [
        {
            "id": system.id,
            "year": system.year,
            "title": system.title,
            "digest": digest(system),
            "url": absolute(request, f"{place}/{system.id}"),
        }
        for system in one.material.about.systems.values()
    ]
    return told(request, {"items": items})


@router.get(
    f"{PLACE}/systems/{{id}}",
    response=dict[str, object],
    url_name="api-version-system",
    summary="指标体系全文 A system",
)
def one_system(request: HttpRequest, slug: Slug, version: Version, id: Id) -> HttpResponse:  # noqa: A002
    """Canonical JSON: sorted keys, no blanks, decimals as text. Its SHA-256 is the digest, and the ETag."""
    system = chosen(request, slug, version).material.about.systems.get(id)
    if system is None:
        raise Problem(
            404,
            "这个版本没有用到这个指标体系 (the version does not use that system).",
            "请从它的 systems 列表中选择 (choose from its list of systems).",
        )
    return told_bytes(request, canonical(system), digest=digest(system))


@router.get(f"{PLACE}/documents", response=Documents, url_name="api-documents", summary="报告 Reports")
def documents(request: HttpRequest, slug: Slug, version: Version) -> HttpResponse:
    """The reports of a version that are for everybody; the last one of each kind and format."""
    one = chosen(request, slug, version)
    items = [
        {
            "kind": document.kind,
            "format": document.form,
            "title": document.title,
            "url": absolute(request, address_of(one.publication, document)),
            "copy_url": absolute(request, reverse("open-data-document", args=[one.slug, str(one.number), document.pk])),
            "made_of": document.made_of,
            "bytes": document.size,
            "sha256": document.sha256,
            "made_at": document.made_at,
        }
        for document in publications.documents(one.publication)
    ]
    return told(request, {"items": items})


def _round(request: HttpRequest, one: Round, versions: list[Publication]) -> dict[str, object]:
    return {
        "round": one.slug,
        "title": versions[0].title,
        "as_of": versions[0].as_of,
        "versions": [
            {
                "number": publication.number,
                "state": publication.state,
                "published_at": publication.published_at,
                "withdrawn_because": found.reason_of(publication) or None,
                "url": absolute(request, _place(one.slug, publication.number)),
            }
            for publication in versions
        ],
    }


def _place(slug: str, number: int) -> str:
    return f"/api/v1/rounds/{slug}/versions/{number}"
