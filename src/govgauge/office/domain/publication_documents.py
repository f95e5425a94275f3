"""The documents of a publication: the general report, special ones, a diagnosis for each subject, each recorded."""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from django.utils import timezone

from govgauge.errors import Unusable
from govgauge.office.domain import publications
from govgauge.office.domain.acting import Acting, noted_plainly
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Publication, PublicationState, PublishedDocument, PublishedSubject
from govgauge.office.models.publications import NEWEST
from govgauge.reports.about import ABOUT
from govgauge.reports.diagnosis import making
from govgauge.reports.diagnosis.document import KIND
from govgauge.reports.document.model import Document
from govgauge.reports.edition import edition
from govgauge.reports.general.report import general_report
from govgauge.reports.material import Material
from govgauge.reports.special.kinds import kinds
from govgauge.reports.special.report import special_report
from govgauge.reports.studied import Studied
from govgauge.reports.writing import Form, write_report

FOLDER, DIAGNOSES = "documents", "diagnoses"
GENERAL, SPECIAL, DIAGNOSIS = "general", "special", "diagnosis"
KINDS = (GENERAL, SPECIAL, DIAGNOSIS)
FORMS = tuple(form.value for form in Form)
MADE_FOR = (PublicationState.PREPARED, PublicationState.PUBLIC, PublicationState.REPLACED)
SIGNS = 8
"""Of what a report was made of, in the name of its file."""
BATCH = 40
"""Files that are recorded in one transaction."""
Progress = Callable[[str, int, int], None]


def need(acting: Acting, publication: Publication) -> None:
    """Raises NotAllowed; Unusable for a version that nobody is to read."""
    acting.need(Verb.RUN_ROUND, round_=publication.round)
    if publication.state not in MADE_FOR:
        raise Unusable(
            f"第 {publication.number} 版{publication.get_state_display()}，不再生成文件 (nobody is to read it)."
        )


def make(
    acting: Acting,
    publication: Publication,
    *,
    wanted: Sequence[str] = KINDS,
    forms: Sequence[str] = FORMS,
    workers: int = 2,
    progress: Progress = lambda _what, _done, _all: None,
) -> int:
    """Make what is not there yet, and what was made by another edition of the program; how many files there are then.

    Reports of before stay at their own addresses. Whoever is stopped in between keeps what is finished; the same call
    goes on. Raises NotAllowed, Unusable, Failed.
    """
    need(acting, publication)
    _known(wanted, KINDS, "文件种类")
    _known(forms, FORMS, "格式")
    folder = publications.home() / publication.folder
    before, begun = publication.documents.count(), timezone.now()
    if GENERAL in wanted or SPECIAL in wanted:
        _reports(publication, folder, wanted, [Form(form) for form in forms], progress)
    if DIAGNOSIS in wanted:
        _diagnoses(publication, folder, forms, workers, progress)
    found = publication.documents.count()
    if found != before or publication.documents.filter(made_at__gte=begun).exists():
        noted_plainly(
            acting,
            "publication.documents",
            publication,
            before={"documents": before},
            after={"documents": found},
            round_=publication.round,
        )
    return found


def made_of(publication: Publication) -> str:
    """What a report that is made now carries: a hash over the material and this edition of the program. Raises Unusable
    when the material is not there."""
    return _made_of(str(publications.home() / publication.folder), edition())


@lru_cache(maxsize=64)
def _made_of(folder: str, edition: str) -> str:
    path = Path(folder) / ABOUT
    try:
        about = path.read_bytes()
    except OSError as error:
        raise Unusable(f"{path}：读不出公布材料（{error}）；请重新准备版本 (no material; prepare it again).") from None
    return hashlib.sha256(b"\n".join((hashlib.sha256(about).digest(), edition.encode()))).hexdigest()


def path_of(document: PublishedDocument) -> Path:
    """Where the file of a document lies."""
    return publications.home() / document.publication.folder / document.file


def _known(asked: Sequence[str], known: Sequence[str], what: str) -> None:
    if unknown := [each for each in asked if each not in known]:
        raise Unusable(f"没有{what}“{'、'.join(unknown)}”；可选：{'、'.join(known)} (no such kind or form).")


def _reports(
    publication: Publication, folder: Path, wanted: Sequence[str], forms: list[Form], progress: Progress
) -> None:
    studied = Studied(Material(folder))
    makers: list[tuple[str, Callable[[], Document]]] = []
    if GENERAL in wanted:
        makers.append((GENERAL, lambda: general_report(studied)))
    if SPECIAL in wanted:
        makers += [(f"{SPECIAL}-{each.id}", lambda each=each: special_report(studied, each)) for each in kinds()]  # type: ignore[misc]
    mark = made_of(publication)
    for place, (kind, document) in enumerate(makers):
        progress("报告", place, len(makers))
        left = [form for form in forms if not _is_there(publication, kind, form, mark)]
        if left:
            _write(publication, kind, document(), left, mark)
    shutil.rmtree(folder / FOLDER / ".draft", ignore_errors=True)
    progress("报告", len(makers), len(makers))


def _is_there(publication: Publication, kind: str, form: Form, mark: str) -> bool:
    row = publication.documents.filter(kind=kind, form=form.value).order_by(*NEWEST).last()
    return row is not None and row.made_of == mark and path_of(row).is_file()


def _write(publication: Publication, kind: str, document: Document, forms: list[Form], mark: str) -> None:
    """Written beside, then put in place: who reads the file meanwhile reads a whole one."""
    final = publications.home() / publication.folder / FOLDER
    draft = final / ".draft"
    written = write_report(document, draft, f"{kind}-{mark[:SIGNS]}", forms)
    rows = []
    for made in written:
        path = made.replace(final / made.name)
        if path.suffix.removeprefix(".") not in FORMS:
            continue
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        rows.append(
            PublishedDocument(
                publication=publication,
                kind=kind,
                form=path.suffix.removeprefix("."),
                title=f"{document.title}{document.subtitle if kind == GENERAL else ''}"[:TITLE],
                file=f"{FOLDER}/{path.name}",
                size=path.stat().st_size,
                sha256=digest,
                made_of=mark,
                made_at=timezone.now(),
            )
        )
    _record(rows)


def _diagnoses(publication: Publication, folder: Path, forms: Sequence[str], workers: int, progress: Progress) -> None:
    out = folder / FOLDER / DIAGNOSES
    whole = making.count(folder)
    subjects = {(one.group.name, one.group.system, _key(one)): one for one in _subjects(publication)}
    rows: list[PublishedDocument] = []
    try:
        for number, made in enumerate(making.make(folder, out, forms=forms, workers=workers), start=1):
            rows += _rows(publication, made, subjects.get((made.group, made.system, made.key)))
            if len(rows) >= BATCH:
                _record(rows)
                rows = []
            progress(KIND, number, whole)
    finally:
        _record(rows)


def _subjects(publication: Publication) -> Iterator[PublishedSubject]:
    light = ("id", "name", "parent", "group__name", "group__system")
    return publication.published.select_related("group").only(*light).iterator(chunk_size=1000)


def _key(one: PublishedSubject) -> str:
    return f"{one.parent}/{one.name}" if one.parent else one.name


def _rows(publication: Publication, made: making.Made, subject: PublishedSubject | None) -> Iterator[PublishedDocument]:
    if subject is None:
        raise Unusable(f"公布材料与记录不一致：没有“{made.key}”，请重新准备版本 (prepare the version again).")
    for each in made.files:
        yield PublishedDocument(
            publication=publication,
            published=subject,
            kind=DIAGNOSIS,
            form=each.form,
            title=f"{subject.name}{KIND}"[:TITLE],
            file=f"{FOLDER}/{DIAGNOSES}/{each.path}",
            size=each.size,
            sha256=each.sha256,
            made_at=timezone.now(),
        )


def _record(rows: Sequence[PublishedDocument]) -> None:
    PublishedDocument.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["publication", "file"],
        update_fields=["size", "sha256", "title", "made_at", "made_of", "published"],
    )


TITLE = 200
"""Characters of a title that a record keeps."""
