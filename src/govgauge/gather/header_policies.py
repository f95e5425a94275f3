"""What the security policies in response headers amount to, read as browsers read them.

Each function returns the slug of the fault, or the empty string when the value does what the header is for.
"""

import re

from govgauge import lazy_re

HSTS_SECONDS = 15_552_000
"""Shortest useful max-age: 180 days, below which preloading lists and common scanners count the policy as absent."""

_REFERRER = frozenset(
    (
        "no-referrer",
        "no-referrer-when-downgrade",
        "same-origin",
        "origin",
        "strict-origin",
        "origin-when-cross-origin",
        "strict-origin-when-cross-origin",
        "unsafe-url",
    )
)
_DIRECTIVE = lazy_re.compile(r"\s*([^\s=;\"]+)\s*(?:=\s*(?:\"([^\"]*)\"|([^\s;\"]*)))?\s*(?:;|$)")
_NONCE_OR_HASH = lazy_re.compile(r"'(?:nonce-[A-Za-z0-9+/_-]+={0,2}|sha(?:256|384|512)-[A-Za-z0-9+/_-]+={0,2})'")
_ANYWHERE = frozenset(("*", "http:", "https:", "data:", "http://*", "https://*", "*:*"))

Policy = dict[str, list[str]]
"""A content security policy: its sources by lower-case directive."""


def content_type_options(value: str) -> str:
    """X-Content-Type-Options (Fetch Standard, 3.6): the first of the listed values must be `nosniff`."""
    return "" if _listed(value)[:1] == ["nosniff"] else "not-nosniff"


def frame_options(value: str) -> str:
    """X-Frame-Options (RFC 7034, HTML Standard 7.7): DENY or SAMEORIGIN; ALLOW-FROM is ignored by browsers."""
    values = set(_listed(value))
    if values in ({"deny"}, {"sameorigin"}):
        return ""
    if any(one.startswith("allow-from") for one in values):
        return "frame-allow-from"
    return "frame-conflict" if len(values) > 1 else "frame-invalid"


def policies(value: str) -> list[Policy]:
    """The policies of a Content-Security-Policy header (CSP 3, 2.2): comma between policies, the first directive of a
    name counts."""
    found = []
    for serialized in re.split(r"[,\n]", value):
        policy: Policy = {}
        for part in serialized.split(";"):
            name, *sources = part.split()[:1000] or [""]
            if name:
                policy.setdefault(name.lower(), [source.lower() if "'" not in source else source for source in sources])
        if policy:
            found.append(policy)
    return found


def content_security(value: str) -> str:
    """Content-Security-Policy: some policy must keep foreign and injected scripts out.

    `'unsafe-inline'` counts only where no nonce, hash or `'strict-dynamic'` makes browsers ignore it (CSP 3, 6.7.3.2).
    """
    found = policies(value)
    if not found:
        return "csp-empty"
    faults = [_script_fault(policy) for policy in found]
    return "" if "" in faults else faults[0]


def restricts_frames(value: str) -> bool | None:
    """Whether `frame-ancestors` keeps foreign frames out; None when no policy speaks of it (CSP 3, 6.4.2)."""
    spoken = [policy["frame-ancestors"] for policy in policies(value) if "frame-ancestors" in policy]
    if not spoken:
        return None
    return any(not _ANYWHERE.intersection(sources) for sources in spoken)


def referrer(value: str) -> str:
    """Referrer-Policy (Referrer Policy, 8.1): the last token that is known counts."""
    known = [token for token in _listed(value) if token in _REFERRER]
    if not known:
        return "referrer-invalid"
    return "referrer-unsafe" if known[-1] == "unsafe-url" else ""


def transport_security(value: str) -> str:
    """Strict-Transport-Security (RFC 6797, 6.1 and 8.1): one max-age, no name twice; the first header counts."""
    text = re.split(r"[,\n]", value)[0]
    directives: dict[str, str] = {}
    place = 0
    while place < len(text):
        found = _DIRECTIVE.match(text, place)
        if found is None:
            if text[place] == ";" or text[place].isspace():
                place += 1
                continue
            return "hsts-invalid"
        name = found[1].lower()
        if name in directives:
            return "hsts-invalid"
        directives[name] = (found[2] if found[2] is not None else found[3]) or ""
        place = found.end()
    age = directives.get("max-age", "")
    if not re.fullmatch(r"[0-9]+", age):
        return "hsts-invalid"
    if int(age[:15]) == 0:
        return "hsts-off"
    return "hsts-short" if int(age[:15]) < HSTS_SECONDS else ""


def _script_fault(policy: Policy) -> str:
    sources = next((policy[name] for name in ("script-src-elem", "script-src", "default-src") if name in policy), None)
    if sources is None:
        return "csp-no-scripts"
    vouched = any(_NONCE_OR_HASH.fullmatch(source) for source in sources)
    keywords = {source.lower() for source in sources}
    if "'unsafe-inline'" in keywords and not vouched and "'strict-dynamic'" not in keywords:
        return "csp-unsafe-inline"
    if _ANYWHERE.intersection(sources) and not ("'strict-dynamic'" in keywords and vouched):
        return "csp-anywhere"
    return ""


def _listed(value: str) -> list[str]:
    return [part.strip().strip('"').lower() for part in re.split(r"[,\n]", value)]
