"""How boards on walls write lengths of time: in one unit, to be read at a glance."""

from datetime import timedelta

from django import template
from django.utils.translation import gettext

register = template.Library()
MINUTE, HOUR, DAY = 60, 3600, 86400


@register.filter
def roughly(length: float | timedelta) -> str:
    """A length of time in its largest unit, cut; one more unit would change before it is read."""
    seconds = int(length.total_seconds() if isinstance(length, timedelta) else length)
    if seconds < MINUTE:
        return gettext("不到 1 分钟")
    if seconds < HOUR:
        return gettext("%(n)s 分钟") % {"n": seconds // MINUTE}
    if seconds < 2 * DAY:
        return gettext("%(n)s 小时") % {"n": seconds // HOUR}
    return gettext("%(n)s 天") % {"n": seconds // DAY}
