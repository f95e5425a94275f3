"""Parts of a URL that name the visitor, not the page: session ids and the marks of campaigns."""

import re

from govgauge import lazy_re

_PATH_SESSION = lazy_re.compile(r";(?:jsessionid|phpsessid|sessionid|sid)=[^/;?]*", re.IGNORECASE)
_ASPNET_SESSION = lazy_re.compile(r"/\((?:[SAFX]\([a-zA-Z0-9_-]*\))+\)(?=/|$)|/\([a-z0-5]{24}\)(?=/)")
"""Cookieless sessions of ASP.NET: /(S(lit3py55t21z5v55vlm25s55))/, and /(lit3py55t21z5v55vlm25s55)/ of version 1."""

_ALWAYS = lazy_re.compile(
    r"jsessionid|phpsessid|aspsessionid\w*|asp\.net_sessionid"
    r"|utm_(?:source|medium|campaign|term|content|id)|gclid|fbclid|msclkid|yclid|bd_vid|hm(?:sr|pl|cu|kw|ci)"
)
_WHEN_LONG = frozenset({"sessionid", "session_id", "sessid", "session", "jsession", "nsukey", "cftoken"})
_SESSION_VALUE = lazy_re.compile(r"(?=[^a-zA-Z]*[a-zA-Z])(?=[^0-9]*[0-9])[a-zA-Z0-9_.!:-]{16,}")
_SID_VALUE = lazy_re.compile(
    r"(?=[^a-z]*[a-z])(?=[^0-9]*[0-9])(?:[a-z0-9]{26}|[a-z0-9]{32}|[a-z0-9]{40})", re.IGNORECASE
)
_SHARED_FROM = frozenset({"timeline", "singlemessage", "groupmessage"})
"""Values by which WeChat marks a shared link."""

_SPM_VALUE = lazy_re.compile(r"[\w-]+(?:\.[\w-]*)+")
_STANDS_WITHOUT_QUERY = lazy_re.compile(r"(?:/|\.html?|\.shtml|/(?:index|default|home|main)\.\w{2,5})$", re.IGNORECASE)
_CANDIDATE = lazy_re.compile(r"sess|sid=|utm_|clid=|from=|isapp|spm=|bd_vid|hm\w\w=|nsukey|cftoken", re.IGNORECASE)


def without_session(path: str, query: str) -> tuple[str, str]:
    """Path and query (no question mark) without what only names the visitor; all else stays byte for byte."""
    if ";" in path:
        path = _PATH_SESSION.sub("", path)
    if "(" in path:
        path = _ASPNET_SESSION.sub("", path)
    if not _CANDIDATE.search(query):
        return path, query
    pieces = query.split("&")
    kept = [piece for piece in pieces if not _names_visitor(piece, path, alone=len(pieces) == 1)]
    return path, "&".join(kept)


def _names_visitor(piece: str, path: str, *, alone: bool) -> bool:
    name, _, value = piece.partition("=")
    name = name.lower()
    if _ALWAYS.fullmatch(name):
        return True
    if name in _WHEN_LONG:
        return bool(_SESSION_VALUE.fullmatch(value))
    if name == "sid":
        # `show.jsp?sid=…` may be the id of an article: it goes only where the page can be named without it.
        return bool(_SID_VALUE.fullmatch(value)) and (not alone or bool(_STANDS_WITHOUT_QUERY.search(path)))
    if name == "from":
        return value in _SHARED_FROM
    if name == "isappinstalled":
        return value in ("0", "1")
    return name == "spm" and bool(_SPM_VALUE.fullmatch(value))
