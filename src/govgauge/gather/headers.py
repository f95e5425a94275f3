"""Security headers of a response: which are missing, which do not do what they are for, which tell too much."""

import re
from collections.abc import Callable, Iterator, Mapping

from govgauge import lazy_re
from govgauge.gather import header_policies as policies
from govgauge.outcomes import Finding

AUDIT = "security-headers"

_RECOMMENDED: dict[str, Callable[[str], str]] = {
    "X-Content-Type-Options": policies.content_type_options,
    "Content-Security-Policy": policies.content_security,
    "Referrer-Policy": policies.referrer,
}
_TELLING = ("Server", "X-Powered-By", "X-AspNet-Version", "X-AspNetMvc-Version")
_VERSION = lazy_re.compile(r"[A-Za-z][\w.+-]*(?:/|\s+v?|[-_]v?)\d+(?:\.\d+)*|^\s*v?\d+(?:\.\d+)+", re.ASCII)
_NEXT_COOKIE = lazy_re.compile(
    r"\n|,(?=\s*[A-Za-z0-9_.!#$%&'*+^`|~-]+=)(?<!Mon,)(?<!Tue,)(?<!Wed,)(?<!Thu,)(?<!Fri,)(?<!Sat,)(?<!Sun,)"
)
_FOR_SCRIPTS = lazy_re.compile(
    r"csrf|xsrf|lang|locale|theme|style|font|skin|lvt|lpvt|_ga|_gid|cnzz|uvid|visit", re.IGNORECASE
)
"""Cookies that scripts of the page must read: HttpOnly would break them."""


def judge(headers: Mapping[str, str], url: str) -> list[Finding]:
    """Faults of a response's headers, one finding per header; `target` is the header's name in its usual letter case.

    Names in any letter case; several headers of one name are given as one value, joined by a newline or a comma.
    Strict-Transport-Security and the cookies' Secure are asked of https only, as RFC 6797 (7.2) has it.
    """
    values = {name.lower(): value for name, value in headers.items()}
    secure = url.lower().startswith("https:")
    faults = [*_recommended(values), *_framing(values)]
    if secure:
        faults += _transport(values)
    faults += [*_cookies(values, secure=secure), *_telling(values)]
    return [
        Finding(
            audit=AUDIT,
            page=url,
            target=name,
            slug=slug,
            data={"header": name, "value": value[:120]},
            excerpt=f"{name}: {value}"[:200] if value else "",
        )
        for name, slug, value in faults
    ]


Fault = tuple[str, str, str]
"""Header name, slug, the value found (empty when the header is missing)."""


def _recommended(values: dict[str, str]) -> Iterator[Fault]:
    for name, judge_value in _RECOMMENDED.items():
        value = values.get(name.lower())
        if value is None:
            yield name, "missing", ""
        elif slug := judge_value(value):
            yield name, slug, value


def _framing(values: dict[str, str]) -> Iterator[Fault]:
    """X-Frame-Options, unless a content security policy speaks of frames: then browsers heed only that."""
    restricted = policies.restricts_frames(values.get("content-security-policy", ""))
    value = values.get("x-frame-options")
    if restricted:
        return
    if restricted is False:
        yield "X-Frame-Options", "frame-open", values["content-security-policy"]
    elif value is None:
        yield "X-Frame-Options", "missing", ""
    elif slug := policies.frame_options(value):
        yield "X-Frame-Options", slug, value


def _transport(values: dict[str, str]) -> Iterator[Fault]:
    name = "Strict-Transport-Security"
    value = values.get(name.lower())
    if value is None:
        yield name, "missing", ""
    elif slug := policies.transport_security(value):
        yield name, slug, value


def _cookies(values: dict[str, str], *, secure: bool) -> Iterator[Fault]:
    """The first cookie that lacks a protection (RFC 6265, 4.1.2, and its successor for SameSite)."""
    for cookie in _NEXT_COOKIE.split(values.get("set-cookie", "")):
        pair, *rest = cookie.split(";")
        name, _, content = pair.partition("=")
        attributes = {
            key.strip().lower(): value.strip().lower() for key, _, value in (part.partition("=") for part in rest)
        }
        if not name.strip() or not content.strip() or attributes.get("max-age", "1").lstrip("-") == "0":
            continue
        same_site = attributes.get("samesite", "")
        lacking = [
            word
            for word, lacks in (
                ("HttpOnly", "httponly" not in attributes and not _FOR_SCRIPTS.search(name)),
                ("Secure", "secure" not in attributes and (secure or same_site == "none")),
                ("SameSite", same_site not in ("lax", "strict", "none")),
            )
            if lacks
        ]
        if lacking:
            yield "Set-Cookie", "cookie", f"{name.strip()}（{'、'.join(lacking)}）"
            return


def _telling(values: dict[str, str]) -> Iterator[Fault]:
    """Headers that name the software with its version."""
    for name in _TELLING:
        value = values.get(name.lower(), "")
        if _VERSION.search(value):
            yield name, "version", value
