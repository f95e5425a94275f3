"""Files of a case: pictures in their order, and attachments to be kept."""

from django.http import FileResponse, Http404, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.domain import uploads
from govgauge.office.models import Case, Upload
from govgauge.web.workspace.uploads.upload import POLICY, SHOWN


class CasePiece(Struct, frozen=True):
    """A picture or an attachment of a case."""

    address: str
    name: str
    caption: str
    size: int
    is_picture: bool


def files_of(case: Case, view: str, *place: object) -> list[CasePiece]:
    """The files of a case that were not taken out; `view` and `place` are the address before the file's number."""
    found = case.files.filter(removed_at=None).select_related("upload").order_by("order", "id")
    return [
        CasePiece(
            reverse(view, args=[*place, one.pk]),
            one.upload.name,
            one.caption,
            one.upload.size,
            one.upload.media_type in SHOWN,
        )
        for one in found
    ]


def sent(upload: Upload, *, public: bool = False) -> HttpResponseBase:
    """A kept file: a picture is shown, everything else is for keeping. Raises Http404 where it cannot be had."""
    try:
        with uploads.opened(upload) as path:
            file = path.open("rb")
    except (Unusable, OSError):
        raise Http404(_("这个文件现在取不出来；请联系评估办公室管理员。")) from None
    is_picture = upload.media_type in SHOWN
    answer = FileResponse(file, as_attachment=not is_picture, filename=upload.name, content_type=upload.media_type)
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Cache-Control"] = "public, max-age=3600" if public else "private, no-store"
    return answer
