"""What pages for the public ask of publications. What was published does not change any more: counts of it are kept."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache

import msgspec
from django.db.models import Count, Max, QuerySet
from msgspec import Struct

from govgauge.analysis.groups import Group
from govgauge.office.domain.publications import material_of
from govgauge.office.models import (
    CaseCount,
    Certificate,
    CertificateState,
    CertificateStep,
    Publication,
    PublicationState,
    PublicationStep,
    PublishedDocument,
    PublishedGroup,
    PublishedSubject,
)
from govgauge.office.models.publications import NEWEST
from govgauge.office.published_rows import SubjectFacts, unpacked
from govgauge.reports.about import About

TOLD_STEPS = (PublicationState.PUBLIC, PublicationState.REPLACED, PublicationState.WITHDRAWN)
"""Steps of which the public reads; how a version was prepared is the office's own."""
DIAGNOSIS = "diagnosis"
KEPT = 256
"""Groups whose counts are kept in memory."""


class Stamp(Struct, frozen=True):
    """What changes whenever anything changes that portal pages show."""

    step: int
    document: int
    certificate: int
    cases: tuple[int, int]
    at: datetime | None


def stamp() -> Stamp:
    """Read in four queries."""
    steps = PublicationStep.objects.aggregate(last=Max("id"), at=Max("at"))
    made = PublishedDocument.objects.aggregate(last=Max("id"), at=Max("made_at"))
    certified = CertificateStep.objects.aggregate(last=Max("id"), at=Max("at"))
    counted = CaseCount.objects.filter(published_at__isnull=False)
    cases = counted.aggregate(last=Max("id"), all=Count("id"), at=Max("published_at"))
    days = [day for day in (steps["at"], made["at"], certified["at"], cases["at"]) if day]
    return Stamp(
        steps["last"] or 0,
        made["last"] or 0,
        certified["last"] or 0,
        (cases["last"] or 0, cases["all"]),
        max(days, default=None),
    )


def public() -> QuerySet[Publication]:
    """The publications that hold, the newest first."""
    found = Publication.objects.filter(state=PublicationState.PUBLIC)
    return found.select_related("round").order_by("-as_of", "-published_at")


def withdrawn() -> list[Publication]:
    """The last version of each round of which all that was public was taken back, the newest first."""
    found = Publication.objects.filter(state=PublicationState.WITHDRAWN).exclude(round__in=public().values("round"))
    last = {one.round_id: one for one in found.select_related("round").order_by("number")}
    return sorted(last.values(), key=lambda one: (one.as_of, one.pk), reverse=True)


def version(slug: str, number: int | None) -> Publication | None:
    """A version of a round; without a number the one that holds, else the last that was withdrawn."""
    found = Publication.objects.filter(round__slug=slug).select_related("round")
    if number is not None:
        return found.filter(number=number).first()
    ordered = found.filter(state__in=(PublicationState.PUBLIC, PublicationState.WITHDRAWN)).order_by("-number")
    chosen = sorted(ordered[:KEPT], key=lambda one: one.state != PublicationState.PUBLIC)
    return chosen[0] if chosen else None


def versions(publication: Publication) -> list[Publication]:
    """All versions of its round that are or were public, the newest first, with the steps that the public reads."""
    found = Publication.objects.filter(round=publication.round_id, state__in=TOLD_STEPS).order_by("-number")
    made = list(found)
    steps: dict[int, list[PublicationStep]] = {one.pk: [] for one in made}
    for step in PublicationStep.objects.filter(publication__in=made, kind__in=TOLD_STEPS).order_by("id"):
        steps[step.publication_id].append(step)
    for one in made:
        one.told = steps[one.pk]  # type: ignore[attr-defined]
    return made


def groups(publication: Publication) -> list[PublishedGroup]:
    """In the order of the round, without their facts."""
    found = list(publication.groups.defer("facts").order_by("place"))
    for group in found:
        group.publication = publication
    return found


def documents(publication: Publication) -> list[PublishedDocument]:
    """For everybody: the newest of each kind and form, by kind."""
    rows = all_documents(publication).order_by(*NEWEST)
    last = {(row.kind, row.form): row for row in rows}
    return [last[key] for key in sorted(last)]


def all_documents(publication: Publication) -> QuerySet[PublishedDocument]:
    """Reports for everybody, with those that a newer one has taken the place of; diagnoses are read by their bodies."""
    return publication.documents.filter(published=None).exclude(kind=DIAGNOSIS)


def about(publication: Publication) -> About:
    """What is told beside the tables, kept in memory. Raises Unusable when the files are not there."""
    return _about(publication.folder, publication.prepared_at)


def group_of(group: PublishedGroup) -> Group | None:
    """The numbers of a group; None where nobody was judged."""
    return _facts(group.pk, group.publication.prepared_at)[0]


def best_of(group: PublishedGroup) -> dict[str, tuple[int, tuple[str, ...]]]:
    """For each node how many reach the best index, and who they are, a few of them."""
    return _facts(group.pk, group.publication.prepared_at)[1]


def elsewhere(group: PublishedGroup) -> list[PublishedGroup]:
    """The same group in the other rounds that are public, the newest first."""
    found = PublishedGroup.objects.filter(name=group.name, profile=group.profile)
    found = found.filter(publication__state=PublicationState.PUBLIC).exclude(publication__round=group.publication.round)
    return list(found.defer("facts").select_related("publication__round").order_by("-publication__as_of"))


def of_subjects(group: PublishedGroup, subjects: Sequence[int]) -> dict[int, PublishedSubject]:
    """The rows of lasting subjects in a group, by the subject's number."""
    return {subject: row for (_group, subject), row in in_groups([group.pk], subjects).items()}


def of_subject(number: int) -> list[PublishedSubject]:
    """All places of a body in what holds, the newest first."""
    found = PublishedSubject.objects.filter(subject=number, publication__state=PublicationState.PUBLIC)
    found = found.select_related("publication__round", "group").defer("body", "group__facts")
    return list(found.order_by("-publication__as_of", "group__place"))


@lru_cache(maxsize=16)
def _about(folder: str, _prepared: datetime) -> About:
    return material_of(Publication(folder=folder)).about


@lru_cache(maxsize=KEPT)
def _facts(number: int, _prepared: datetime) -> tuple[Group | None, dict[str, tuple[int, tuple[str, ...]]]]:
    group = PublishedGroup.objects.only("facts", "title").get(pk=number)
    if not group.facts:
        return None, {}
    best = {code: (one["count"], tuple(one["subjects"])) for code, one in group.facts.get("best_of", {}).items()}
    return msgspec.convert({**group.facts, "name": group.title}, Group), best


def whole(group: PublishedGroup, subjects: Sequence[int]) -> dict[int, PublishedSubject]:
    """The rows of lasting subjects in a group with all that their pages show, by the subject's number."""
    found = PublishedSubject.objects.filter(pk__in=_numbers([group.pk], subjects))
    return {row.subject_id: row for row in found}


def in_groups(groups: Sequence[int], subjects: Sequence[int]) -> dict[tuple[int, int], PublishedSubject]:
    """The rows of subjects in several groups, by the numbers of both."""
    found = PublishedSubject.objects.filter(pk__in=_numbers(groups, subjects)).defer("body")
    return {(row.group_id, row.subject_id): row for row in found}


def _numbers(groups: Sequence[int], subjects: Sequence[int]) -> list[int]:
    """Rows by their subjects: asked for both at once, a database reads whole groups of thousands."""
    found = PublishedSubject.objects.filter(subject__in=subjects).values_list("id", "group_id")
    return [number for number, group in found if group in groups]


def in_publication(publication: Publication, subject: int) -> list[PublishedSubject]:
    """The places of a body in one version, in the order of its groups."""
    found = PublishedSubject.objects.filter(publication=publication, subject=subject)
    rows = list(found.select_related("group").defer("body", "group__facts").order_by("group__place"))
    for row in rows:
        row.publication = row.group.publication = publication
    return rows


def numbers_of(publication: Publication, keys: Iterable[str]) -> dict[str, int]:
    """The lasting numbers of bodies by the keys (`parent/name`) that they have in a publication; one query."""
    wanted = set(keys)
    found = publication.published.filter(name__in={key.rpartition("/")[2] for key in wanted})
    named = found.values_list("parent", "name", "subject_id")
    known = {f"{parent}/{name}" if parent else name: number for parent, name, number in named}
    return {key: number for key, number in known.items() if key in wanted}


def certificates(keys: Sequence[str]) -> list[Certificate]:
    """Those that hold of a body under any of its keys, of rounds that are public; the newest first."""
    found = Certificate.objects.filter(state=CertificateState.VALID, entry__key__in=keys)
    public_ones = Publication.objects.filter(state=PublicationState.PUBLIC).values("round")
    return list(found.filter(round__in=public_ones).order_by("-issued_on", "-id"))


def body_of(row: PublishedSubject) -> SubjectFacts:
    """All that the page of a subject tells."""
    return unpacked(PublishedSubject.objects.values_list("body", flat=True).get(pk=row.pk))


def next_to(row: PublishedSubject, count: int) -> list[int]:
    """The lasting numbers of subjects around a place of a group, so many, without itself."""
    found = PublishedSubject.objects.filter(group=row.group_id, place__gte=row.place - count, unranked="")
    near = found.exclude(pk=row.pk).order_by("place").values_list("place", "subject")[: 2 * count]
    closest = sorted(near, key=lambda pair: (abs(pair[0] - row.place), pair[0]))[:count]
    return [subject for _place, subject in sorted(closest)]
