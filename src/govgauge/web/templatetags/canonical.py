"""The address under which a page of the portal stands, whatever way a reader came: views of one page name one."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest

from govgauge.office.models import PublicationState
from govgauge.web.portal.reading import Reading

register = template.Library()
KEPT = ("page", "of", "in", "s", "group")
"""Names in an address that choose another page; all others only sort, filter or lay something beside."""


@register.simple_tag(takes_context=True)
def canonical(context: dict[str, Any]) -> str:
    """The whole address. A view may name its own path as `own_path`, which then stands alone."""
    request: HttpRequest = context["request"]
    own = context.get("own_path")
    if own:
        return request.build_absolute_uri(own)
    pairs = [(name, value) for name in KEPT for value in request.GET.getlist(name) if value]
    path = _of_what_holds(request.path, context.get("reading"))
    return request.build_absolute_uri(f"{path}?{urlencode(pairs)}" if pairs else path)


def _of_what_holds(path: str, reading: object) -> str:
    """A version that still holds is the page of its round."""
    if not isinstance(reading, Reading) or reading.number is None:
        return path
    if reading.publication.state != PublicationState.PUBLIC:
        return path
    return path.replace(f"/{reading.round.slug}/versions/{reading.number}/", f"/{reading.round.slug}/", 1)
