"""Certificates as files: one as PDF for who may have it, all of a round as a ZIP that is made while it is sent."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from govgauge.errors import Unusable
from govgauge.office.domain import signing_keys
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.domain.certificates import signed
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Certificate, CertificateState
from govgauge.office.queries import certificates as query
from govgauge.reports.certificates import layout
from govgauge.web import faults
from govgauge.web.access import acting_of, page
from govgauge.web.listing import one_of, text
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import round_of
from govgauge.web.workspace.certificates.listing import KINDS

DAY = (1980, 1, 1, 0, 0, 0)
"""Of the files in a ZIP: the same certificates give the same bytes."""
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@page(None)
@require_safe
def one(request: HttpRequest, code: str) -> HttpResponseBase:
    """The sealed PDF of a certificate: for the office, its holder, and who put the case forward, while it is valid."""
    found = query.by_code(code[:20])
    valid = found is not None and found.state == CertificateState.VALID
    if found is None or not valid or not query.may_have(acting_of(request), found):
        raise Http404(_("没有这份证书，或不对您开放。"))
    try:
        _key, secret = signing_keys.current(PROGRAM)
    except Unusable as error:
        return faults.page(request, 503, _("现在不能制作证书"), tongue(str(error)))
    answer = HttpResponse(layout.pdf(signed(found), secret), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.code}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@page(Verb.RUN_ROUND)
@require_safe
def archive(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The valid certificates of a round, or of a kind of it, as a ZIP."""
    kind = one_of(request, "kind", [*KINDS])
    found = query.sieved(round_of(slug), kind=kind, state=CertificateState.VALID, text=text(request, "text"))
    try:
        _key, secret = signing_keys.current(PROGRAM)
    except Unusable as error:
        return faults.page(request, 503, _("现在不能制作证书"), tongue(str(error)))
    rows = found.order_by("year", "serial").iterator(chunk_size=200)
    answer = StreamingHttpResponse(packed(rows, secret), content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-certificates.zip"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def packed(rows: Iterable[Certificate], secret: bytes) -> Iterator[bytes]:
    """A ZIP of certificates, a piece for each: never more than one of them is held."""
    out = _Passing()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        for one in rows:
            name = _UNFIT.sub(" ", f"{one.code} {one.holder}") + ".pdf"
            made.writestr(zipfile.ZipInfo(name, DAY), layout.pdf(signed(one), secret))
            yield out.taken()
    yield out.taken()


class _Passing(io.RawIOBase):
    """A file that can only be written to, and from which what was written is taken."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: object) -> int:
        taken = bytes(part)  # type: ignore[call-overload]
        self._parts.append(taken)
        return len(taken)

    def taken(self) -> bytes:
        """What was written since it was last asked for."""
        whole = b"".join(self._parts)
        self._parts.clear()
        return whole
