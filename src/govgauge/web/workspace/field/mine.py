"""The tests that somebody is to carry out."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from govgauge.office.domain.permissions import Verb
from govgauge.office.queries import field_tests as query
from govgauge.web.access import acting_of, page
from govgauge.web.workspace.field import lists


@page(Verb.RECORD_FIELD_TEST)
@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """One's own tests; with `format` all that pass as a file."""
    return lists.answered(request, query.mine(acting_of(request)), "mine", {})
