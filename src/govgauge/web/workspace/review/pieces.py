"""What a coding rests on, as those see it who judge it; pictures for reviewers and for adjudicators."""

from pathlib import PurePosixPath

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from govgauge.office.domain.permissions import Verb
from govgauge.office.evidence import the_store
from govgauge.office.models import CodingEvidence
from govgauge.office.queries import blindness
from govgauge.web.access import acting_of, page
from govgauge.web.workspace.asked import LARGEST, round_of


@page(Verb.REVIEW)
@require_safe
def for_reviewers(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """A picture that was taken for a collector."""
    return _picture(request, slug, number)


@page(Verb.ADJUDICATE)
@require_safe
def for_adjudicators(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """The same."""
    return _picture(request, slug, number)


@page(Verb.DECIDE_OBJECTION)
@require_safe
def for_deciders(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """The same, for who decides about an objection."""
    return _picture(request, slug, number)


def _picture(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    of_round = CodingEvidence.objects.filter(coding__assignment__round=round_of(slug))
    found = of_round.filter(id=min(number, LARGEST), removed_at=None).exclude(place="").select_related("coding").first()
    if found is None or blindness.is_hidden(acting_of(request).person, found.coding):
        raise Http404(_("没有这张截图；它可能已被删去。"))
    place = PurePosixPath(found.place)
    try:
        with the_store(settings.HOME).opened(place.parent) as folder:
            file = (folder / place.name).open("rb")
    except OSError:
        raise Http404(_("这张截图现在取不出来；请联系评估办公室管理员。")) from None
    answer = FileResponse(file, content_type="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
