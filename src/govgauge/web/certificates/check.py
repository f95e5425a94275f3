"""The check: a number that is typed, the address of a QR code, or a PDF that is looked at and not kept."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from govgauge.office.queries import certificates as query
from govgauge.office.queries.certificates import Checked, Finding
from govgauge.reports.certificates import numbering
from govgauge.reports.certificates.checking import MOST_BYTES
from govgauge.web import faults
from govgauge.web.access import address_of, public
from govgauge.web.certificates.finding_words import WORDS
from govgauge.web.certificates.held_upload import HeldUpload
from govgauge.web.certificates.limits import PerMinute
from govgauge.web.clean_texts import takes_files_only

LONGEST = 80
AROUND_BYTES = 100_000
"""Of a request beside the file."""
NUMBERS = PerMinute(settings.CERTIFICATE_CHECKS_PER_MINUTE)
FILES = PerMinute(settings.CERTIFICATE_FILES_PER_MINUTE)


@csrf_exempt  # it changes nothing, and works without a cookie
@public
@takes_files_only
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The page with both forms; with a number to its page; with a file what it is."""
    if request.method == "POST":
        return _file(request) if FILES.admits(address_of(request)) else _too_often(request)
    written = request.GET.get("number", "").replace("\x00", "").strip()[:LONGEST]
    code = request.GET.get("c", "").replace("\x00", "").strip()[:LONGEST]
    if not written:
        return _shown(request, None)
    if (number := _number(written)) is None:
        return _shown(request, query.of_number(written), written=written, code=code)
    query_string = f"?c={code}" if code.isalnum() and code.isascii() else ""
    return HttpResponseRedirect(reverse("certificate-of-number", args=[number]) + query_string)


@public
@require_safe
def one(request: HttpRequest, number: str) -> HttpResponse:
    """A number, as QR codes lead to it, with the short code of the paper as `c`."""
    if not NUMBERS.admits(address_of(request)):
        return _too_often(request)
    code = request.GET.get("c", "").replace("\x00", "").strip()[:LONGEST]
    return _shown(request, query.of_number(number[:LONGEST], code), written=number[:LONGEST], code=code)


def _file(request: HttpRequest) -> HttpResponse:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES + AROUND_BYTES:
        return _shown(request, Checked(Finding.TOO_LARGE))
    request.upload_handlers = [HeldUpload(request)]
    file = request.FILES.get("file")
    if file is None:
        return _shown(request, Checked(Finding.NO_PDF))
    return _shown(request, query.of_file(file.read()), name=(file.name or "")[:LONGEST])


def _shown(
    request: HttpRequest, checked: Checked | None, *, written: str = "", code: str = "", name: str = ""
) -> HttpResponse:
    words = WORDS[checked.finding] if checked else None
    shown = {
        "checked": checked,
        "words": words,
        "statement": checked.statement if checked else None,
        "printed": _printed(checked),
        "later": _later(checked),
        "written": written,
        "code": code,
        "name": name,
    }
    status = 404 if checked and checked.finding is Finding.UNKNOWN and written else 200
    answer = render(request, "certificates/check.html", shown, status=status)
    if checked:
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _printed(checked: Checked | None) -> str:
    if checked is None or checked.statement is None:
        return ""
    number = _number(checked.statement.number)
    read = numbering.read(number) if number else None
    return read.printed(checked.statement.word) if read else checked.statement.number


def _later(checked: Checked | None) -> str:
    """The number of the certificate that took the place of a replaced one."""
    if checked is None or checked.finding is not Finding.REPLACED or checked.certificate is None:
        return ""
    later = getattr(checked.certificate, "replaced_by", None)
    return later.code if later else ""


def _number(written: str) -> str | None:
    try:
        found = numbering.read(written)
    except ValueError:
        return None
    return found.code if found else None


def _too_often(request: HttpRequest) -> HttpResponse:
    answer = faults.page(request, 429, _("查得太频繁"), _("您所在的网络一分钟内核验的次数太多，请过一分钟再试。"))
    answer.headers["Retry-After"] = "60"
    answer.headers["Cache-Control"] = "no-store"
    return answer
