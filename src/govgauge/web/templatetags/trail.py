"""Tags by which any page shows what happened to a record: `{% history record %}`, `{% change_fields change %}`."""

from django import template
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from govgauge.office.models import Change
from govgauge.office.queries import trail
from govgauge.web import trail_words, words

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
    plain = name.removesuffix("_id")
    return str(trail_words.FIELDS.get(plain) or words.REGISTRATION_FIELDS.get(plain) or name)


@register.filter
def value_words(value: object) -> str:
    """A value of a field; a dash where there is none."""
    if value is None or value in ("", [], {}):
        return "—"
    if isinstance(value, bool):
        return str(trail_words.YES if value else trail_words.NO)
    if isinstance(value, dict):
        return "；".join(f"{field_words(name)} {value_words(one)}" for name, one in value.items())[:LONGEST]
    shown = str(value)
    if len(shown) > 18 and shown[10] == "T" and (at := parse_datetime(shown)):
        return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
    return f"{shown[:LONGEST]}…" if len(shown) > LONGEST else shown


@register.inclusion_tag("parts/change_fields.html")
def change_fields(change: Change) -> dict[str, object]:
    """A change's fields, before and after beside each other."""
    return {"fields": trail.fields(change), "is_new": not change.before}


@register.inclusion_tag("parts/history.html", takes_context=True)
def history(context: template.RequestContext, record: models.Model) -> dict[str, object]:
    """What happened to a record, the newest first."""
    return {
        "rights": context.get("rights", frozenset()),
        "changes": trail.of_record(record),
        "topic": type(record).__name__,
        "record": record.pk,
    }
