"""One file: a picture is shown, everything else is kept by the browser; nothing in it can do anything."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from govgauge.errors import Unusable
from govgauge.office.domain import uploads
from govgauge.office.models import Upload
from govgauge.web.access import acting_of, page

SHOWN = ("image/png", "image/jpeg")
POLICY = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@page(None)
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponseBase:
    """The file, for who may see it; for others it is not there."""
    found = Upload.objects.select_related("round", "entry").filter(pk=number).first()
    if found is None or not uploads.may_see(acting_of(request), found):
        raise Http404(_("没有这个文件，或不对您开放。"))
    try:
        with uploads.opened(found) as path:
            file = path.open("rb")
    except (Unusable, OSError):
        raise Http404(_("这个文件现在取不出来；请联系评估办公室管理员。")) from None
    as_attachment = found.media_type not in SHOWN
    answer = FileResponse(file, as_attachment=as_attachment, filename=found.name, content_type=found.media_type)
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
