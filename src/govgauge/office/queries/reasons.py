"""Reasons put into classes: what differs from site to site (addresses, numbers, quotations) is left out."""

import re

LONGEST = 80
_VARIES = re.compile(r"https?://\S+|“[^”]*”|\"[^\"]*\"|'[^']*'|/\S+|\d+(?:\.\d+)?")
_FOREIGN = re.compile(r"\s*\(([^()]*)\)(\W*)$")


def reason_class(reason: str, *, english: bool = False) -> str:
    """The class of a reason, one of few: `超过时限 3900 秒` and `超过时限 400 秒` are one."""
    half = in_english(reason) if english else in_chinese(reason)
    return _VARIES.sub("…", half)[:LONGEST].strip()


def in_chinese(sentence: str) -> str:
    """A sentence without the English behind it."""
    return _FOREIGN.sub("", sentence).strip()


def in_english(sentence: str) -> str:
    """The English behind a sentence; the whole where there is none."""
    found = _FOREIGN.search(sentence)
    return found.group(1).strip() if found else sentence


def classes(reasons: dict[str, int], *, english: bool = False) -> dict[str, int]:
    """Numbers of reasons put together by class, most first."""
    put: dict[str, int] = {}
    for reason, count in reasons.items():
        name = reason_class(reason, english=english)
        put[name] = put.get(name, 0) + count
    return dict(sorted(put.items(), key=lambda one: (-one[1], one[0])))
