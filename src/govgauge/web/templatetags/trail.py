"""Tags by which any page shows what happened to a record: `{% history record %}`, `{% change_fields change %}`."""

from django import template
from django.db import models

from govgauge.office.models import Change
from govgauge.office.queries import trail
from govgauge.web import trail_words

register = template.Library()
LONGEST = 300
"""Characters of a value that are shown."""


@register.filter
def verb_words(verb: str) -> str:
    """What was done, in words; its code where there are none."""
    return str(trail_words.VERBS.get(verb, verb))


@register.filter
def topic_words(topic: str) -> str:
    """What kind of record it is, in words."""
    return str(trail_words.TOPICS.get(topic, topic))


@register.filter
def field_words(name: str) -> str:
    """A field of a record, in words."""
    return str(trail_words.FIELDS.get(name.removesuffix("_id"), name))


@register.filter
def value_words(value: object) -> str:
    """A value of a field; a dash where there is none."""
    if value is None or value in ("", [], {}):
        return "—"
    if isinstance(value, bool):
        return str(trail_words.YES if value else trail_words.NO)
    shown = str(value)
    return f"{shown[:LONGEST]}…" if len(shown) > LONGEST else shown


@register.inclusion_tag("parts/change_fields.html")
def change_fields(change: Change) -> dict[str, object]:
    """A change's fields, before and after beside each other."""
    return {"fields": trail.fields(change)}


@register.inclusion_tag("parts/history.html")
def history(record: models.Model) -> dict[str, object]:
    """What happened to a record, the newest first."""
    return {"changes": trail.of_record(record)}
