"""Sending a file of a publication, under the title that it has."""

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from govgauge.office.domain.publication_documents import path_of
from govgauge.office.models import PublishedDocument
from govgauge.web.headers import KEPT_PAGE_POLICY

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}


def sent(row: PublishedDocument) -> FileResponse:
    """The file; a page is shown as of an origin of its own, the others are kept. Raises Http404 when it is gone."""
    try:
        opened = path_of(row).open("rb")
    except OSError:
        raise Http404(_("文件不在原处，请重新生成；已记录的文件用“生成文件”补齐。")) from None
    kind = TYPES.get(row.form, "application/octet-stream")
    answer = FileResponse(
        opened, as_attachment=row.form != "html", filename=f"{row.title}.{row.form}", content_type=kind
    )
    answer.headers["Cache-Control"] = "private, no-store"
    if row.form == "html":
        answer.headers["Content-Security-Policy"] = KEPT_PAGE_POLICY
    return answer
