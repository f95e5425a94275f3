"""What a form gets back that saves itself as one types: that it is kept, or by what somebody else wrote meanwhile."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from govgauge.errors import Unusable
from govgauge.office.domain.case_calls import rules_of
from govgauge.office.domain.case_forms import FIELDS, faults
from govgauge.office.domain.nominations import ChangedMeanwhile
from govgauge.office.models import Case
from govgauge.office.reader_count import characters
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.nominations.fields import families, fields

SAVED, CLASHED = "nominations/saved.html", "nominations/clash.html"


def answered(
    request: HttpRequest,
    typed: Mapping[str, str],
    verb: Callable[[], Case],
    again: Callable[[], Case],
    names: tuple[str, ...] = tuple(FIELDS),
) -> HttpResponse:
    """Keep what was typed by `verb`, and answer with the pieces of the page that change.

    `again` reads the case anew; `names` are the fields that the form has.
    """
    try:
        current = verb()
    except ChangedMeanwhile as clash:
        found = again()
        rules = rules_of(found.call)
        shown = {"fields": fields(found, typed, clash.theirs, names), "families": families(rules), "case": found}
        return render(request, CLASHED, {**shown, "count": characters(typed.get("reason", found.reason))})
    except Unusable as error:
        return render(request, SAVED, {"error": tongue(str(error)), "case": again()})
    shown = {"case": current, "missing": faults(current, rules_of(current.call))}
    return render(request, SAVED, {**shown, "count": characters(current.reason)})
