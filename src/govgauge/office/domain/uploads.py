"""Files that people hand in: looked at, kept once by their hash beside the evidence, given out to who may see them."""

import hashlib
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.conf import settings

from govgauge.errors import Unusable
from govgauge.office import file_kinds
from govgauge.office.domain import nominations
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.permissions import Verb
from govgauge.office.evidence import PREFIX, the_store
from govgauge.office.evidence.cleaning import UPLOADS
from govgauge.office.models import CaseFile, CodingEvidence, Entry, FieldEvidence, Registration, Round, Upload
from govgauge.office.queries import blindness

MOST_BYTES = 20 * 1024 * 1024
FILE = "file"
"""What a file is called in the store, whatever its name was."""
LETTER, FIELD_TEST = "registration-letter", "field-test"
CODING, OBJECTION, CASE, REMEDY = "coding-evidence", "objection", "case", "remedy"
SEEN_WITH: dict[str, tuple[Verb, ...]] = {
    LETTER: (Verb.DECIDE_REGISTRATION,),
    CODING: (Verb.REVIEW, Verb.ADJUDICATE, Verb.DECIDE_OBJECTION),
    FIELD_TEST: (Verb.SEE_ROUND,),
    OBJECTION: (Verb.SEE_ENTRY,),
    REMEDY: (Verb.SEE_ENTRY,),
    CASE: (Verb.SCREEN_CASE, Verb.CHAIR_PANEL),
}
"""By purpose, the rights with which others than its uploader see a file."""
_PIECE = 1 << 20


def keep(
    acting: Acting, file: BinaryIO, name: str, *, purpose: str, round_: Round | None = None, entry: Entry | None = None
) -> Upload:
    """Keep a file that somebody hands in. The caller has asked whether they may hand it in here.

    Raises Unusable for an empty or too large file, and for one that is not what its name says.
    """
    shown = plain_name(name)
    size = file.seek(0, 2)
    if size == 0:
        raise Unusable(f"“{shown}”是空文件；请核对后重新上传 (the file is empty).")
    if size > MOST_BYTES:
        raise Unusable(f"“{shown}”超过 {MOST_BYTES >> 20} MB；请压缩或分成几个文件 (the file is too large).")
    kind = file_kinds.told(file, shown)
    sha256 = _hash(file)
    _store(file, sha256)
    made = Upload(
        sha256=sha256, name=shown, media_type=kind.media_type, size=size, purpose=purpose, round=round_, entry=entry
    )
    made.by = acting.person
    with noted(acting, "upload.add", made, round_=round_, entry=entry):
        made.save()
    return made


def may_see(acting: Acting, upload: Upload) -> bool:
    """Whether somebody may have a file: it is theirs, they have a right that its purpose asks for, or it is the letter
    of a body for which they register, or a file of a case that they nominated. Evidence of an answer is not for who
    still has to answer the same check."""
    if acting.person is None or upload.by_id == acting.person.pk:
        return True
    evidence = CodingEvidence.objects.filter(upload=upload).select_related("coding")
    if upload.purpose == CODING and any(blindness.is_hidden(acting.person, piece.coding) for piece in evidence):
        return False
    papers = FieldEvidence.objects.filter(upload=upload).select_related("test")
    if upload.purpose == FIELD_TEST and any(blindness.is_test_hidden(acting.person, paper.test) for paper in papers):
        return False
    key = upload.entry.key if upload.entry else None
    if any(acting.may(verb, round_=upload.round, key=key) for verb in SEEN_WITH.get(upload.purpose, ())):
        return True
    if upload.purpose == CASE:
        related = CaseFile.objects.filter(upload=upload).select_related("case__call__round", "case__entry")
        return any(nominations.may_change(acting, one.case) for one in related)
    bodies = Registration.objects.filter(letter=upload).values_list("key", flat=True)
    return any(acting.may(Verb.REGISTER, round_=upload.round, key=body) for body in bodies)


@contextmanager
def opened(upload: Upload) -> Iterator[Path]:
    """The file on this machine, to be read only. Raises Unusable when it is not there."""
    with the_store(Path(settings.HOME)).opened(place_of(upload.sha256), [FILE]) as folder:
        yield folder / FILE


def place_of(sha256: str) -> PurePosixPath:
    """Where a file lies in the store of evidence."""
    return PurePosixPath(PREFIX, UPLOADS, sha256[:2], sha256)


def plain_name(name: str) -> str:
    """A file's own name: no folders, no signs that turn its reading round, not too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(one for one in last if unicodedata.category(one)[0] != "C").strip(" .") or "file"
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[: 180 - len(ending)]}{dot}{ending[:20]}" if dot else kept[:180]


def _store(file: BinaryIO, sha256: str) -> None:
    store, place = the_store(Path(settings.HOME)), place_of(sha256)
    if store.has(place, FILE):
        return
    scratch = store.scratch(place)
    try:
        file.seek(0)
        with (scratch / FILE).open("wb") as out:
            while piece := file.read(_PIECE):
                out.write(piece)
        try:
            store.keep(scratch, place)
        except OSError:
            if not store.has(place, FILE):  # else somebody handed in the same file at the same moment
                raise
    finally:
        store.let_go(scratch)


def _hash(file: BinaryIO) -> str:
    file.seek(0)
    found = hashlib.sha256()
    while piece := file.read(_PIECE):
        found.update(piece)
    return found.hexdigest()
