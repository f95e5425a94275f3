"""Scripts that somebody else put into a page."""

import re
from collections.abc import Iterator

from turbohtml import Document, Element

from govgauge import lazy_re
from govgauge.audits.foreign_link.domains import alien_owner, is_related
from govgauge.gather import urls

_PLAIN_NAME = lazy_re.compile(
    r"(?!(?:tj|ta|hm|ga|sa|da|wa|pv|uv|vue|jq|ie\d*|ui|d3|io|wx|qq|map|api|app|sdk|md5|rem|wow|tab|top|nav|web|log|cms|gov)\.js)"
    r"(?:[a-z]{1,3}|[a-z]?\d{1,4}|[a-z0-9]{1,3}|[a-f0-9]{8,})\.js",
    re.IGNORECASE,
)
"""Names that say nothing of what the script does; what an owner includes is mostly named after its purpose."""

_ENGINE = lazy_re.compile(r"baidu|sogou|so\.com|google|soso|\bsm\.cn", re.IGNORECASE)
_GOES_TO = lazy_re.compile(
    r"location(?:\.href)?\s*(?:=|\.replace\()\s*\(?\s*['\"](https?://[^'\"\s]{4,200})", re.IGNORECASE
)
_NEARBY_CHARS = 800
"""Within so many characters after the question for the visitor's origin the answer decides where to go."""


def alien_scripts(document: Document, base: str) -> Iterator[str]:
    """URLs of scripts of unknown owners that stand where tampering puts them.

    All must hold: the owner is neither public, known, nor named like this site; nothing else on the page comes from
    there; the file's name says nothing; and it is the last element of the head, or stands beside a
    file of the same name on the site itself.
    """
    scripts = [(script, _source(script, base)) for script in document.select('script[src*="//"]')]
    aliens = [(script, url) for script, url in scripts if url and alien_owner(url) and not is_related(url, base)]
    for script, url in aliens:
        if not _PLAIN_NAME.fullmatch(_file(url)):
            continue
        if (_is_appended(script) or _has_twin(document, url, base)) and not _has_other_use(document, url, base):
            yield url


def cloaked_targets(document: Document, base: str) -> Iterator[str]:
    """Where inline scripts send only those visitors who come from a search engine."""
    for script in document.find_all("script"):
        text = script.text
        asked = text.find("referrer")
        nearby = text[asked : asked + _NEARBY_CHARS] if asked >= 0 else ""
        engine = _ENGINE.search(nearby)
        found = _GOES_TO.search(nearby, engine.end()) if engine else None
        url = urls.absolute(base, found[1]) if found else None
        if url and alien_owner(url) not in ("", urls.owner_domain(base)):
            yield url


def _source(script: Element, base: str) -> str:
    return urls.absolute(base, (script.attr("src") or "").strip()) or ""


def _file(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2].lower()


def _has_twin(document: Document, url: str, base: str) -> bool:
    """Whether the page also loads a file of that name from the site itself."""
    sources = (_source(script, base) for script in document.find_all("script") if script.attr("src"))
    return any(_file(source) == _file(url) and urls.is_same_owner(source, base) for source in sources)


def _is_appended(script: Element) -> bool:
    """The last element of the head, where a replacement of the closing tag puts it."""
    parent = script.parent
    if not isinstance(parent, Element) or parent.tag != "head":
        return False
    return not any(isinstance(node, Element) for node in script.next_siblings)


def _has_other_use(document: Document, url: str, base: str) -> bool:
    for element in document.find_all(["a", "img", "link", "iframe"]):
        address = element.attr("href") or element.attr("src") or ""
        if "//" in address and urls.is_same_owner(urls.absolute(base, address) or "", url):
            return True
    return False
