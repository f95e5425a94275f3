"""The site as it was visited, beside the check: a kept page without scripts, without network and without a way out."""

from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from govgauge.errors import GovgaugeError
from govgauge.gather import archive
from govgauge.office import kept_pages
from govgauge.office.domain.permissions import Verb
from govgauge.office.kept import folders
from govgauge.office.kept_pages import KeptPage
from govgauge.office.models import Entry
from govgauge.web.access import page
from govgauge.web.workspace.collection.asked import assignment_of

POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
"""It stands in a frame of our page. The frame may show pages of ours only, so that no link in it leads away."""
LONGEST = 4000
"""Characters of an address that is looked for."""


@page(Verb.CODE)
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    """A kept page of the site of an assignment: that of the address asked for, else the home page."""
    one = assignment_of(request, number)
    found = _kept(one.entry, request.GET.get("page", "")[:LONGEST])
    if found is None:
        told = _("这个网页没有留存原件：当时没有得到应答，或材料已移走；请打开网站查看。")
        answer = HttpResponse(told, content_type="text/plain; charset=utf-8", status=404)
    else:
        answer = HttpResponse(found.text, content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _kept(entry: Entry, address: str) -> KeptPage | None:
    visit = kept_pages.visit_of(entry)
    if visit is not None:
        with suppress(GovgaugeError, OSError, archive.ArchiveError), folders(settings.HOME) as folder_of:
            return kept_pages.page(folder_of(visit), address)
    return None
