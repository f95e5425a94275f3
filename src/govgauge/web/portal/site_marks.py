"""What a public site tells of itself: its name, its host body, its records and code.

Nothing is made up: what the office has not set is not shown to the public, and those of the office read that it is not.
"""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from msgspec import Struct

ICP_CHECK = "https://beian.miit.gov.cn/"
POLICE_CHECK = "https://beian.mps.gov.cn/"


class Mark(Struct, frozen=True):
    """A mark of the site: the setting that holds it, its words, its value, and where it can be checked."""

    setting: str
    title: str | Promise
    value: str
    link: str = ""


def marks() -> tuple[Mark, ...]:
    """All marks in the order of the foot, those that are not set with an empty value."""
    return (
        Mark("GOVGAUGE_SITE_HOST", _("主办单位"), settings.SITE_HOST or settings.SCANNER_ORGANISATION),
        Mark("GOVGAUGE_SITE_CONTACT", _("联系方式"), settings.SITE_CONTACT or settings.SCANNER_CONTACT),
        Mark("GOVGAUGE_SITE_CODE", _("网站标识码"), settings.SITE_CODE),
        Mark("GOVGAUGE_SITE_ICP", _("ICP 备案号"), settings.SITE_ICP, ICP_CHECK),
        Mark("GOVGAUGE_SITE_POLICE", _("公安备案号"), settings.SITE_POLICE, POLICE_CHECK),
    )


def values() -> tuple[str, ...]:
    """What is set now: pages that browsers keep are made anew when it changes."""
    return (settings.SITE_NAME, *(one.value for one in marks()))


def for_templates(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001
    """What the pages of the portal may name."""
    told = marks()
    return {
        "site_marks": [one for one in told if one.value],
        "marks_not_set": [one for one in told if not one.value],
        "site_name": settings.SITE_NAME,
        "site_code": settings.SITE_CODE,
    }
