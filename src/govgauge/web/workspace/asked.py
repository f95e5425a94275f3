"""What an address names: a round, an entry in it."""

from django.http import Http404, HttpRequest
from django.utils.translation import get_language, gettext

from govgauge.office.domain.acting import Acting
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Entry, Round

LARGEST = 2**62
"""Beyond any id: larger numbers are no numbers for a database."""
UNREAD = -1
"""No id, and no version that anybody saw."""


def round_of(slug: str) -> Round:
    """The round of a name. Raises Http404 with a sentence."""
    found = Round.objects.filter(slug=slug).first()
    if found is None:
        raise Http404(gettext("没有名为“%(name)s”的年度评估，可能已改名；请从首页选择。") % {"name": slug})
    return found


def entry_of(acting: Acting, verb: Verb, round_: Round, number: int) -> Entry:
    """An entry to which somebody may do something; others are not there. Raises Http404 with a sentence."""
    found = acting.entries(verb, round_).filter(id=min(number, LARGEST)).first()
    if found is None:
        raise Http404(gettext("“%(name)s”中没有这个评估对象；请从名单中选择。") % {"name": round_.slug})
    return found


def number_of(request: HttpRequest, name: str) -> int:
    """A number of the form that was sent; one that fits nothing where there is none."""
    said = request.POST.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 19 else UNREAD


def told_language() -> str:
    """The language of the reader, as the audits' and notices' words are named: `zh` or `en`."""
    return "en" if (get_language() or "").startswith("en") else "zh"
