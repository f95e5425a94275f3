"""Telling the reader what was done, or why not: one sentence on the next page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect

from govgauge.errors import GovgaugeError
from govgauge.office.domain.acting import NotAllowed
from govgauge.web.templatetags.shown import tongue


def done(request: HttpRequest, verb: Callable[[], object], sentence: str, back: str) -> HttpResponseRedirect:
    """Do something and go to a page that tells it, or why the office refused. NotAllowed is raised on."""
    try:
        verb()
    except NotAllowed:
        raise
    except GovgaugeError as error:
        messages.error(request, tongue(str(error)))
    else:
        messages.success(request, sentence)
    return HttpResponseRedirect(back)
