"""Bodies over the years, by their lasting numbers."""

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from govgauge.office.domain.publications import material_of
from govgauge.office.models import PublicationState, PublicSubject, PublishedSubject
from govgauge.office.models.publications import OUTSIDE
from govgauge.office.open_data.found import NotThere, material_at
from govgauge.systems.model import System
from govgauge.web.api.answering import told, told_page
from govgauge.web.api.parameters import Number, OfNames
from govgauge.web.api.shapes import Subjects, SubjectYears
from govgauge.web.open_data.listed import absolute

router = Router(tags=["subjects"])


@router.get("/subjects", response=Subjects, url_name="api-subjects", summary="评估对象 Subjects")
def subjects(request: HttpRequest, asked: Query[OfNames]) -> HttpResponse:
    """Every body of which a public version tells, by its number."""
    found = _public().filter(pk__gt=asked.start).order_by("pk")
    if asked.region is not None:
        found = found.filter(region=asked.region)
    if asked.q:
        found = found.filter(name__icontains=asked.q)
    rows = list(found[: asked.limit + 1])
    following = rows[asked.limit - 1].pk if len(rows) > asked.limit else None
    return told_page(request, asked, [_short(request, one) for one in rows[: asked.limit]], following)


@router.get("/subjects/{number}", response=SubjectYears, url_name="api-subject", summary="一个对象的历年结果 A subject")
def one_subject(request: HttpRequest, number: Number) -> HttpResponse:
    """A body with its results in every round, by the versions that hold."""
    one = _public().filter(pk=number).first()
    if one is None:
        raise NotThere("没有这个编号的评估对象 (no subject of that number).")
    rows = PublishedSubject.objects.filter(subject=one, publication__state=PublicationState.PUBLIC)
    rows = rows.select_related("publication__round", "group").defer("body", "group__facts")
    years = [_year(request, row) for row in rows.order_by("-publication__as_of", "-publication_id", "place")]
    return told(request, {**_short(request, one), "former_keys": one.former, "years": years})


def _public() -> QuerySet[PublicSubject]:
    told_of = PublishedSubject.objects.filter(subject=OuterRef("pk"), publication__state__in=OUTSIDE)
    return PublicSubject.objects.filter(Exists(told_of))


def _short(request: HttpRequest, one: PublicSubject) -> dict[str, object]:
    return {
        "subject": one.pk,
        "name": one.name,
        "parent": one.key.rpartition("/")[0] or None,
        "region": one.region or None,
        "url": absolute(request, f"/api/v1/subjects/{one.pk}"),
    }


def _year(request: HttpRequest, row: PublishedSubject) -> dict[str, object]:
    publication = row.publication
    slug, number = publication.round.slug, publication.number
    about = material_at(str(material_of(publication).folder)).about
    system = about.systems.get(row.group.system)
    return {
        "round": slug,
        "version": number,
        "as_of": publication.as_of,
        "name": row.name,
        "group": row.group.name,
        "group_title": row.group.title,
        "system": row.group.system,
        "profile": row.group.profile,
        "state": row.state,
        "total_low": float(row.total_low) if row.total_low else None,
        "total_high": float(row.total_high) if row.total_high else None,
        "index": row.index,
        "rank": row.rank or None,
        "rank_best": row.rank_best,
        "rank_worst": row.rank_worst,
        "grade": row.grade or None,
        "unranked": row.unranked or None,
        "coverage": row.coverage,
        "findings": row.findings if about.tells_points(row.group.system) else None,
        "tops": _tops(system, row.tops),
        "results": absolute(
            request, f"/api/v1/rounds/{slug}/versions/{number}/results", subject=row.subject_id, group=row.group.name
        ),
    }


def _tops(system: System | None, tops: list[list[float] | None]) -> list[dict[str, object]]:
    """The indexes of the first level with their names; the bonus apart, as they were kept."""
    if system is None:
        return []
    nodes = [node for level, node in system.nodes() if level == 1 and not node.bonus]
    return [
        {"code": node.code, "name": node.name, "low": top[0] if top else None, "high": top[1] if top else None}
        for node, top in zip(nodes, tops, strict=False)
    ]
