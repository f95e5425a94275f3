"""Evidence of a field test: added, taken away."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from govgauge.errors import Unusable
from govgauge.office.domain import field_tests, uploads
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import FieldTest
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import LARGEST
from govgauge.web.workspace.field.asked import mine_of, page_of
from govgauge.web.workspace.field.forms import EvidenceForm


@page(Verb.RECORD_FIELD_TEST)
@require_POST
def add(request: HttpRequest, number: int) -> HttpResponse:
    """Add a piece."""
    test = mine_of(request, number)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            _add(request, test, form)
        except Unusable as fault:
            form.add_error(None, tongue(str(fault)))
        else:
            return told.done(
                request, lambda: None, _("材料已保存。"), reverse("field-test", args=[number]) + "#evidence"
            )
    shown = page_of(test, plans=False)
    return render(request, "field/test.html", {**shown, "evidence_form": form}, status=422)


@page(Verb.RECORD_FIELD_TEST)
@require_POST
def remove(request: HttpRequest, number: int, piece: int) -> HttpResponse:
    """Take a piece away."""
    test = mine_of(request, number)
    found = test.evidence.filter(pk=min(piece, LARGEST), removed_at=None).select_related("test__entry").first()
    if found is None:
        raise Http404(_("没有这份材料，可能已经移除；请返回实测的网页。"))
    return told.done(
        request,
        lambda: field_tests.remove_evidence(acting_of(request), found),
        _("材料已移除。"),
        reverse("field-test", args=[number]) + "#evidence",
    )


def _add(request: HttpRequest, test: FieldTest, form: EvidenceForm) -> None:
    acting, file = acting_of(request), form.cleaned_data["file"]
    upload = None
    if file is not None:
        upload = uploads.keep(acting, file, file.name, purpose=uploads.FIELD_TEST, round_=test.round, entry=test.entry)
    address, excerpt = form.cleaned_data["address"], form.cleaned_data["excerpt"]
    field_tests.add_evidence(acting, test, address=address, excerpt=excerpt, upload=upload)
