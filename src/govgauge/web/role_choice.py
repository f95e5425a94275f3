"""Which of several roles somebody looks at: a choice of what is shown, never of what they may do."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.functional import Promise

from govgauge.office.models import Person, RoleKind
from govgauge.office.queries.todo import kinds
from govgauge.web.access import acting_of
from govgauge.web.listing import Choice
from govgauge.web.words import ROLES

CHOSEN = "role"
"""In the session: the kind of role, empty for all."""


class RoleChoices:
    """One's roles for the head of each page, found when a template asks; none for who has fewer than two."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def __call__(self) -> dict[str, object]:
        if not isinstance(getattr(self._request, "user", None), Person):
            return {}
        held = kinds(acting_of(self._request))
        titles: list[tuple[str, str | Promise]] = [(kind.value, ROLES[kind]) for kind in held]
        chosen = chosen_kind(self._request, held)
        return {
            "several": len(held) > 1,
            "choices": [Choice(value, title) for value, title in titles],
            "chosen": chosen,
            "title": ROLES[chosen] if chosen else "",
            "only": ROLES[held[0]] if len(held) == 1 else "",
        }


def chosen_kind(request: HttpRequest, held: Sequence[RoleKind]) -> str:
    """The kind of role that was chosen, if it is still held."""
    session = getattr(request, "session", None)
    value = session.get(CHOSEN, "") if session is not None else ""
    return value if value in held else ""


def for_templates(request: HttpRequest) -> dict[str, object]:
    """`own_roles`: the reader's roles and which of them they look at."""
    return {"own_roles": RoleChoices(request)}
