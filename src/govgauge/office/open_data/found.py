"""What everybody may read: a public round, one of its versions, the material of it with the bodies' numbers."""

import re
from functools import lru_cache
from pathlib import Path

import polars as pl
from django.db.models import F, Prefetch, QuerySet
from msgspec import Struct

from govgauge.office.domain.publications import material_of
from govgauge.office.models import Publication, PublicationState, PublicationStep, PublishedSubject, Round
from govgauge.office.models.publications import OUTSIDE
from govgauge.office.open_data.licence import licence
from govgauge.reports.material import Material
from govgauge.reports.open_data.dictionary import tables
from govgauge.reports.open_data.shown import NUMBERS, OpenTable

LATEST = "latest"
TOLD = (*OUTSIDE, PublicationState.WITHDRAWN)
"""Versions of which everybody learns that they are there, and since when they are no more."""
KEPT = 16
"""Publications whose numbers a process remembers."""
LONGEST_NUMBER = 6
SLUG = re.compile(r"[-\w]{1,60}")
"""Nothing else is a round's name, and a database is not asked for it."""


class NotThere(Exception):
    """No such thing for the public. The message is a sentence with the remedy."""


class Withdrawn(Exception):
    """It was public and was taken back; `reason` is what the office says of it."""

    def __init__(self, publication: Publication, reason: str) -> None:
        super().__init__(str(publication))
        self.publication = publication
        self.reason = reason


class Version(Struct, frozen=True):
    """A version that everybody may read."""

    publication: Publication
    material: Material

    @property
    def slug(self) -> str:
        return self.publication.round.slug

    @property
    def number(self) -> int:
        return self.publication.number

    def table(self, name: str) -> OpenTable:
        """A table with the bodies' numbers in it. Raises Unusable where the version does not tell it."""
        marks = {
            "title": f"{self.publication.title}：{tables()[name].zh}",
            "publisher": self.material.about.issuer,
            "license": licence().address,
        }
        return OpenTable(self.material, name, numbers(self.publication.pk, str(self.material.folder)), marks)


def rounds() -> QuerySet[Round]:
    """Rounds of which something was ever public, newest first, each with `told`: its versions, newest first."""
    steps = Prefetch("steps", PublicationStep.objects.order_by("id"))
    versions = Publication.objects.filter(state__in=TOLD).order_by("-number").prefetch_related(steps)
    found = Round.objects.filter(publications__state__in=TOLD).distinct().order_by("-as_of", "-id")
    return found.prefetch_related(Prefetch("publications", versions, to_attr="told"))


def versions() -> QuerySet[Publication]:
    """All versions that everybody may read, newest round first."""
    found = Publication.objects.filter(state__in=OUTSIDE).select_related("round")
    return found.order_by("-as_of", "-round_id", "-number")


def version(slug: str, named: str) -> Version:
    """A version by its number or as `latest`. Raises NotThere, Withdrawn."""
    of_round = Publication.objects.filter(round__slug=slug, state__in=TOLD).select_related("round")
    if not SLUG.fullmatch(slug):
        rows: list[Publication] = []
    elif named == LATEST:
        newest = of_round.order_by(F("published_at").asc(nulls_first=True), "number")
        rows = [one for one in newest if one.state == PublicationState.PUBLIC] or list(newest)
    elif named.isascii() and named.isdecimal() and len(named) <= LONGEST_NUMBER:
        rows = list(of_round.filter(number=int(named)))
    else:
        rows = []
    if not rows:
        raise NotThere(
            "没有这个年度评估或版本；请从 /open-data/ 的列表中选择 (no such round or version; choose from /open-data/)."
        )
    publication = rows[-1]
    if publication.state == PublicationState.WITHDRAWN or (
        named == LATEST and publication.state != PublicationState.PUBLIC
    ):
        raise Withdrawn(publication, reason_of(publication))
    return version_of(publication)


def version_of(publication: Publication) -> Version:
    """A publication as everybody reads it, or will."""
    return Version(publication, material_at(str(material_of(publication).folder)))


def reason_of(publication: Publication) -> str:
    """Why a version is withdrawn; empty where it is not, or is public again."""
    if publication.state != PublicationState.WITHDRAWN:
        return ""
    steps = sorted(publication.steps.all(), key=lambda step: step.pk)
    return next((step.note for step in reversed(steps) if step.kind == PublicationState.WITHDRAWN), "")


@lru_cache(KEPT)
def material_at(folder: str) -> Material:
    """A folder of a publication, which never changes once it is public: what was read of it is kept."""
    return Material(Path(folder))


@lru_cache(KEPT)
def numbers(publication: int, _folder: str) -> pl.DataFrame:
    """The public numbers of a publication's bodies; they are written once, when it is prepared."""
    rows = PublishedSubject.objects.filter(publication=publication).order_by("id")
    listed = list(rows.values_list("parent", "name", "group__name", "subject_id"))
    return pl.DataFrame(listed, schema=NUMBERS, orient="row")
