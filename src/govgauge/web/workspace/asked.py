"""The round that an address names."""

from django.http import Http404
from django.utils.translation import gettext

from govgauge.office.models import Round


def round_of(slug: str) -> Round:
    """The round of a name. Raises Http404 with a sentence."""
    found = Round.objects.filter(slug=slug).first()
    if found is None:
        raise Http404(gettext("没有名为“%(name)s”的年度评估，可能已改名；请从首页选择。") % {"name": slug})
    return found
