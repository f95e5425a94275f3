"""What an address names: a call, a case that was handed in."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from govgauge.office.models import Case, CaseCall, CaseTwins
from govgauge.office.queries import cases as query
from govgauge.web.workspace.asked import LARGEST, round_of


def call_of(slug: str) -> CaseCall:
    """The call of a round. Raises Http404 with a sentence."""
    found = CaseCall.objects.select_related("round").filter(round=round_of(slug)).first()
    if found is None:
        raise Http404(gettext("这次评估还没有征集案例。"))
    return found


def case_of(slug: str, number: int) -> Case:
    """A case that was ever handed in. Raises Http404 with a sentence."""
    found: Case | None = query.handed_in(round_of(slug)).filter(pk=min(number, LARGEST)).first()
    if found is None:
        raise Http404(gettext("没有这件案例，或还没有提交；请从名单中选择。"))
    return found


def twins_of(slug: str, number: int) -> CaseTwins:
    """Two cases that may be one. Raises Http404 with a sentence."""
    related = CaseTwins.objects.select_related("one__call__round", "other")
    found = related.filter(one__call__round=round_of(slug), pk=min(number, LARGEST)).first()
    if found is None:
        raise Http404(gettext("没有这一对案例；请刷新网页查看。"))
    return found


def is_number(text: str) -> bool:
    """Whether a text is a number that a database takes."""
    return text.isdecimal() and len(text) < 19


def text_in(request: HttpRequest, name: str) -> str:
    """A text of a form, such as a database takes it."""
    return request.POST.get(name, "").replace("\x00", "")


def seen_in(request: HttpRequest, name: str = "seen") -> int:
    """A number of what somebody saw, in a form; -1 where there is none."""
    given = request.POST.get(name, "")
    return int(given) if is_number(given) else -1
