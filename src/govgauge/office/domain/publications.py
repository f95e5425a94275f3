"""Publications of a round: prepared from what was frozen, looked at, made public, replaced, taken back."""

import shutil
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from govgauge.errors import Unusable
from govgauge.office import publication_files, published_rows
from govgauge.office.domain import public_bodies
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import (
    Entry,
    Publication,
    PublicationState,
    PublicationStep,
    PublishedGroup,
    PublishedSubject,
    Round,
    RoundState,
)
from govgauge.reports.about import ABOUT, Shows
from govgauge.reports.material import Material

FOLDER = "publications"
OPEN_DATA = "open-data"
"""Folder of a version in which the files of its tables lie, made from the rest of it."""
PART = ".part"
"""Ending of a folder that is being written."""
BATCH = 500
SHORTEST = 4
"""Characters of a reason."""
Progress = Callable[[str, int, int], None]


def home() -> Path:
    """The folder below which all publications lie."""
    return Path(settings.HOME) / FOLDER


def material_of(publication: Publication) -> Material:
    """The files of a publication. Reading them raises Unusable when they are not there."""
    return Material(home() / publication.folder)


def current(slug: str) -> Publication | None:
    """What the public reads of a round; None before it was published, and after it was withdrawn."""
    return Publication.objects.filter(round__slug=slug, state=PublicationState.PUBLIC).first()


def prepare(
    acting: Acting,
    round_: Round,
    *,
    shows: Shows | None = None,
    note: str = "",
    issuer: str = "",
    previous: str = "",
    progress: Progress = lambda _what, _done, _all: None,
) -> Publication:
    """Make a version of what a frozen round tells; nobody outside sees it yet. `previous`: `round/number`.

    Raises NotAllowed; Unusable when the round is not frozen, or its tables are not those that were frozen.
    """
    acting.need(Verb.RUN_ROUND, round_=round_)
    if round_.state != RoundState.FROZEN or not round_.tables_hash:
        raise Unusable(
            f"“{round_.slug}”还没有冻结，结果可能再变；请先运行 round freeze {round_.slug} (freeze the round first)."
        )
    if previous and not (home() / previous / ABOUT).is_file():
        raise Unusable(
            f"没有可供比较的“{previous}”；请写成 名称/版本号，如 2024/1，可用 govgauge publish list 查看 "
            "(no such publication to compare with)."
        )
    shows = shows or Shows()
    number = _next(round_)
    named = f"{round_.slug}/{number}"
    folder, draft = home() / named, home() / f"{named}{PART}"
    for old in (draft, folder):
        shutil.rmtree(old, ignore_errors=True)
    draft.mkdir(parents=True)
    progress("写结果表", 0, 1)
    made = publication_files.write(
        round_, draft, number=number, shows=shows, previous=previous or _before(round_), issuer=issuer
    )
    draft.rename(folder)
    with transaction.atomic():
        publication = Publication(
            round=round_,
            number=number,
            title=round_.title,
            as_of=round_.as_of,
            shows=msgspec.to_builtins(shows),
            tables_hash=made.tables_hash,
            folder=named,
            prepared_by=acting.person,
        )
        with noted(acting, "publication.prepare", publication, round_=round_, reason=note):
            publication.save()
        _step(acting, publication, PublicationState.PREPARED, note)
        publication.subjects = _fill(publication, Material(folder), progress)
        publication.save(update_fields=["subjects"])
    return publication


@transaction.atomic
def publish(acting: Acting, publication: Publication, note: str = "") -> Publication:
    """Make a prepared version public; the one before it stays to be read as an older version. Raises NotAllowed,
    Unusable."""
    locked = _locked(acting, publication)
    if locked.state != PublicationState.PREPARED:
        raise Unusable(f"第 {locked.number} 版{locked.get_state_display()}，只有待公布的版本可以公布 (not prepared).")
    if locked.tables_hash != locked.round.tables_hash:
        raise Unusable("准备之后结果表又重新冻结过，请重新准备再公布 (the tables were frozen anew; prepare again).")
    for old in Publication.objects.filter(round=locked.round, state=PublicationState.PUBLIC):
        _move(acting, old, PublicationState.REPLACED, f"由第 {locked.number} 版取代")
    locked.published_at = timezone.now()
    _move(acting, locked, PublicationState.PUBLIC, note)
    public_bodies.take_names(locked)
    return locked


@transaction.atomic
def withdraw(acting: Acting, publication: Publication, reason: str) -> Publication:
    """Take a public version back; its address tells that it was, and why. Raises NotAllowed, Unusable."""
    locked = _locked(acting, publication)
    if locked.state not in (PublicationState.PUBLIC, PublicationState.REPLACED):
        raise Unusable(f"第 {locked.number} 版没有公布，无需撤回 (it is not public).")
    if len(reason.strip()) < SHORTEST:
        raise Unusable("撤回要写明理由，理由会公开显示 (say why; the reason is shown to everybody).")
    _move(acting, locked, PublicationState.WITHDRAWN, reason.strip())
    return locked


@transaction.atomic
def discard(acting: Acting, publication: Publication, reason: str = "") -> Publication:
    """Give a prepared version up; what can be made anew of its files goes. Raises NotAllowed, Unusable."""
    locked = _locked(acting, publication)
    if locked.state != PublicationState.PREPARED:
        raise Unusable("只有待公布的版本可以作废 (only a prepared version can be discarded).")
    _move(acting, locked, PublicationState.DISCARDED, reason.strip())
    files = material_of(locked).folder / OPEN_DATA
    transaction.on_commit(lambda: shutil.rmtree(files, ignore_errors=True))
    return locked


@transaction.atomic
def restore(acting: Acting, publication: Publication, reason: str = "") -> Publication:
    """Undo what took a version away: one that was withdrawn or replaced is public again, where nothing else of its
    round is; one that was given up waits again. Raises NotAllowed, Unusable."""
    locked = _locked(acting, publication)
    if locked.state == PublicationState.DISCARDED:
        _move(acting, locked, PublicationState.PREPARED, reason.strip())
        return locked
    if locked.state not in (PublicationState.WITHDRAWN, PublicationState.REPLACED):
        raise Unusable(f"第 {locked.number} 版{locked.get_state_display()}，无需恢复 (there is nothing to undo).")
    public = Publication.objects.filter(round=locked.round, state=PublicationState.PUBLIC).first()
    if public is not None:
        raise Unusable(
            f"正在公开的是第 {public.number} 版；要恢复第 {locked.number} 版，请先撤回第 {public.number} 版 "
            "(withdraw the one that is public first)."
        )
    if len(reason.strip()) < SHORTEST:
        raise Unusable("恢复公开要写明理由，理由会公开显示 (say why; the reason is shown to everybody).")
    _move(acting, locked, PublicationState.PUBLIC, reason.strip())
    public_bodies.take_names(locked)
    return locked


def find(slug: str, number: int | None = None) -> Publication:
    """A version of a round, the last one without a number. Raises Unusable."""
    found = Publication.objects.filter(round__slug=slug).order_by("-number")
    made = found.filter(number=number).first() if number else found.first()
    if made is None:
        what = f"第 {number} 版" if number else "公布版本"
        raise Unusable(f"“{slug}”没有{what}；请先运行 govgauge publish prepare {slug} (no such publication).")
    return made


def _locked(acting: Acting, publication: Publication) -> Publication:
    acting.need(Verb.RUN_ROUND, round_=publication.round)
    Round.objects.select_for_update().get(pk=publication.round_id)
    return Publication.objects.select_related("round").get(pk=publication.pk)


def _move(acting: Acting, publication: Publication, state: PublicationState, note: str) -> None:
    with noted(acting, f"publication.{state.value}", publication, round_=publication.round, reason=note):
        publication.state = state
        publication.save(update_fields=["state", "published_at"])
    _step(acting, publication, state, note)


def _step(acting: Acting, publication: Publication, state: PublicationState, note: str) -> None:
    PublicationStep.objects.create(publication=publication, kind=state, note=note[:500], by=acting.person)


def _next(round_: Round) -> int:
    last = Publication.objects.filter(round=round_).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _before(round_: Round) -> str:
    """The folder of what is public of the round before this one; empty where there is none."""
    found = Publication.objects.filter(state=PublicationState.PUBLIC, as_of__lt=round_.as_of)
    before = found.exclude(round=round_).order_by("-as_of", "-id").first()
    return before.folder if before else ""


def _fill(publication: Publication, material: Material, progress: Progress) -> int:
    """Write the groups and subjects of a publication; how many subjects."""
    entries = dict(_entry_ids(publication.round))
    groups = [
        PublishedGroup.objects.create(
            publication=publication,
            place=place,
            name=field.facts.name,
            title=field.title,
            system=field.facts.system,
            profile=field.facts.profile,
            members=field.results.height,
            judged=field.judged.height,
            facts=published_rows.group_facts(field, named=material.about.tells_points(field.system.id)),
        )
        for place, field in enumerate(material.fields)
    ]
    count = 0
    rows = published_rows.rows_of(material)
    while some := tuple(islice(rows, BATCH)):
        subjects = public_bodies.lasting({row.key: row.region for _place, row in some})
        PublishedSubject.objects.bulk_create(
            PublishedSubject(
                publication=publication,
                group=groups[place],
                subject=subjects[row.key],
                entry_id=entries[row.key, row.system],
                **{name: value for name, value in msgspec.structs.asdict(row).items() if name not in {"key", "system"}},
            )
            for place, row in some
        )
        count += len(some)
        progress("写公布的对象", count, len(entries))
    return count


def _entry_ids(round_: Round) -> list[tuple[tuple[str, str], int]]:
    rows = Entry.objects.filter(round=round_).values_list("key", "system", "id")
    return [((key, system), number) for key, system, number in rows]
