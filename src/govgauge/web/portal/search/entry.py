"""What can be found: one entry for each page, or part of a page, that the portal has."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from msgspec import Struct

from govgauge.word_enum import WordEnum


class Kind(WordEnum):
    """What an entry is, in the order of the filter."""

    SUBJECT = "subject"
    ROUND = "round"
    GROUP = "group"
    INDICATOR = "indicator"
    CHECK = "check"
    CASE = "case"
    DOCUMENT = "document"
    PAGE = "page"


TITLES: dict[str, Promise] = {
    Kind.SUBJECT: _("评估对象"),
    Kind.ROUND: _("评估"),
    Kind.GROUP: _("分组"),
    Kind.INDICATOR: _("指标"),
    Kind.CHECK: _("评估要点"),
    Kind.CASE: _("案例"),
    Kind.DOCUMENT: _("报告"),
    Kind.PAGE: _("说明"),
}
ORDER = tuple(Kind)
PRIORS = {
    Kind.ROUND: 60,
    Kind.SUBJECT: 50,
    Kind.GROUP: 45,
    Kind.PAGE: 40,
    Kind.DOCUMENT: 30,
    Kind.INDICATOR: 25,
    Kind.CASE: 15,
    Kind.CHECK: 5,
}
"""What a kind counts where texts match equally well: the few and weighty before the many."""


class Entry(Struct, frozen=True, kw_only=True):
    """A thing to find. `others` are further names, `context` says where it belongs, `body` what else it tells.

    `publications` are the numbers of those it is read from: it is shown while all of them hold, without its body
    while only some do.
    """

    kind: Kind
    title: str
    address: str
    context: str = ""
    others: tuple[str, ...] = ()
    body: str = ""
    english: str = ""
    years: tuple[int, ...] = ()
    publications: tuple[int, ...] = ()
