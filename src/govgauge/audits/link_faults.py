"""Whether a linked URL is broken: one rule for links to pages, to files and to images."""

import re

from govgauge import lazy_re
from govgauge.audits.addresses import is_residue, suffix
from govgauge.audits.foreign_hosts import Network
from govgauge.gather.artifacts import OURS, Failure, Purpose
from govgauge.structure.model import Target

ATTACHMENTS = frozenset(
    {
        "pdf",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "ppt",
        "pptx",
        "wps",
        "et",
        "dps",
        "ofd",
        "ceb",
        "cebx",
        "caj",
        "rtf",
        "txt",
        "csv",
        "xml",
        "zip",
        "rar",
        "7z",
        "tar",
        "gz",
        "tgz",
    }
)
"""Endings of files that are offered for download."""

IMAGES = frozenset({"jpg", "jpeg", "jpe", "png", "gif", "bmp", "webp", "svg", "ico", "tif", "tiff"})
"""Endings of pictures."""

PAGES = frozenset({"html", "htm", "shtml"})
"""Endings of pages, whatever parameters follow (`viewer.html?file=a.pdf` is a page)."""

GONE = frozenset({400, 404, 410, 414, 500, 502, 503, 504, 505, 506, 507, 508, 509, 510, 520, 522, 523, 524, 525})
"""Answers that a reader would get as well.

Left out: refusals of a visitor or of a method (401, 403, 405, 406, 407, 412, 418, 429, 451, 501, 511, 521 and the
codes of firewalls), which say nothing about the page behind them.
"""

FOREIGN_GONE = GONE - {400, 503}
"""The same for other bodies' hosts, where 400 and 503 are often the answer to a program."""

SILENT = {
    Failure.DNS: "dns",
    Failure.REFUSED: "refused",
    Failure.CONNECT: "connect",
    Failure.TIMEOUT: "timeout",
    Failure.SLOW: "timeout",
    Failure.RESET: "reset",
    Failure.EMPTY: "empty",
    Failure.REDIRECT_LOOP: "redirect-loop",
}
"""Failures that a reader meets too, with the slug of each. TLS and protocol errors may be our client's strictness."""

PASSING = (
    "繁忙",
    "稍后",
    "稍候",
    "维护",
    "过于频繁",
    "升级",
    "登录",
    "登陆",
    "超时",
    "会话",
    "验证",
    "busy",
    "later",
    "maintenance",
)
"""Words of an error page that tell of a passing state or a closed door: such a page counts only when seen twice."""

NO_HITS = lazy_re.compile(r"搜索|检索|查询|查找的?结果|search", re.IGNORECASE)
"""Words of a search that found nothing: an answer, no error."""


def fault(target: Target, network: Network) -> str:
    """The slug of what is wrong with a requested URL; empty where nothing is, or where it cannot be known.

    Slugs: `status`, those of `SILENT`, and `soft` for an error page of status 200.
    """
    exchange, foreign = target.exchange, network.is_foreign(target.url)
    if is_residue(target.url) or exchange.failure in OURS or network.may_be_ours(target):
        return ""
    if exchange.failure is not None:
        strict = foreign and exchange.failure in (Failure.RESET, Failure.EMPTY, Failure.REDIRECT_LOOP)
        return "" if strict or not target.confirmed else SILENT.get(exchange.failure, "")
    if exchange.status in (FOREIGN_GONE if foreign else GONE):
        return "status" if target.confirmed else ""
    if target.soft_error and exchange.ok and not network.is_home(target.url) and not NO_HITS.search(target.soft_error):
        passing = any(word in target.soft_error for word in PASSING)
        return "" if passing and not target.confirmed else "soft"
    return ""


def is_download(url: str, target: Target | None = None) -> bool:
    """Whether a link offers a file: by the ending of its path, else by what the visitor asked it for."""
    from_path = suffix(url)
    if from_path in IMAGES or from_path in PAGES:
        return False
    return from_path in ATTACHMENTS or (target is not None and target.exchange.purpose is Purpose.ATTACHMENT)
