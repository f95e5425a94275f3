"""Pictures and attachments of a case: put to it, described, put in order, taken out."""

from typing import BinaryIO

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from govgauge.errors import Unusable
from govgauge.office.domain import nominations, uploads
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.models import Case, CaseFile
from govgauge.office.reader_count import tidy

MOST_FILES = 12
MOST_BYTES = 60 * 1024 * 1024
"""Files of one case, and their bytes together; one alone has the limit of `uploads`."""
CAPTION_MOST = 120


def files_of(case: Case) -> list[CaseFile]:
    """The files of a case, in their order."""
    return list(case.files.filter(removed_at=None).select_related("upload").order_by("order", "id"))


def is_picture(file: CaseFile) -> bool:
    """Whether a file is shown as a picture."""
    return file.upload.media_type.startswith("image/")


@transaction.atomic
def add(acting: Acting, case: Case, file: BinaryIO, name: str, caption: str = "") -> CaseFile:
    """Put a file to a case, as its last. Raises NotAllowed, Unusable."""
    current = nominations.opened(acting, case)
    here = current.files.filter(removed_at=None)
    if here.count() >= MOST_FILES:
        raise Unusable(f"一件案例最多 {MOST_FILES} 个文件；请先移除不需要的 (too many files).")
    kept = uploads.keep(acting, file, name, purpose=uploads.CASE, round_=case.call.round, entry=case.entry)
    if (here.aggregate(bytes=Sum("upload__size"))["bytes"] or 0) + kept.size > MOST_BYTES:
        raise Unusable(f"一件案例的文件合计最多 {MOST_BYTES >> 20} MB；请压缩后再上传 (too large together).")
    if here.filter(upload__sha256=kept.sha256).exists():
        raise Unusable(f"“{kept.name}”已经上传过 (it is there already).")
    last = here.order_by("-order").values_list("order", flat=True).first() or 0
    made = CaseFile(case=current, upload=kept, caption=_caption(caption), order=last + 1, by=acting.person)
    with noted(acting, "case-file.add", made, entry=current.entry):
        made.save()
    return made


@transaction.atomic
def describe(acting: Acting, case: Case, number: int, caption: str) -> None:
    """Write what a file shows. Raises NotAllowed, Unusable."""
    found = _file(nominations.opened(acting, case), number)
    with noted(acting, "case-file.describe", found, entry=case.entry):
        found.caption = _caption(caption)
        found.save(update_fields=["caption"])


@transaction.atomic
def move(acting: Acting, case: Case, number: int, *, later: bool) -> None:
    """Let a file change places with the one before or after it. Raises NotAllowed, Unusable."""
    current = nominations.opened(acting, case)
    files = files_of(current)
    place = next((at for at, one in enumerate(files) if one.pk == number), None)
    if place is None:
        raise Unusable(GONE)
    other = place + (1 if later else -1)
    if not 0 <= other < len(files):
        return
    files[place], files[other] = files[other], files[place]
    for order, one in enumerate(files, start=1):
        if one.order != order:
            with noted(acting, "case-file.move", one, entry=current.entry):
                one.order = order
                one.save(update_fields=["order"])


@transaction.atomic
def take_out(acting: Acting, case: Case, number: int) -> None:
    """Take a file out; its row stays. Raises NotAllowed, Unusable."""
    found = _file(nominations.opened(acting, case), number)
    with noted(acting, "case-file.remove", found, entry=case.entry):
        found.removed_at = timezone.now()
        found.save(update_fields=["removed_at"])


GONE = "没有这个文件，可能已经移除；请刷新后再看 (no such file)."


def _file(case: Case, number: int) -> CaseFile:
    found = case.files.filter(pk=number, removed_at=None).first()
    if found is None:
        raise Unusable(GONE)
    return found


def _caption(text: str) -> str:
    caption = " ".join(tidy(text.replace("\x00", "")).split())
    if len(caption) > CAPTION_MOST:
        raise Unusable(f"说明有 {len(caption)} 字，最多 {CAPTION_MOST} 字；请缩短 (the caption is too long).")
    return caption
