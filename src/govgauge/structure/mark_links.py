"""The entrances that a home page must offer: government mark, error report, site map, statements, search."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote

from turbohtml import Document, Element

from govgauge import lazy_re
from govgauge.gather import urls
from govgauge.structure.home_words import normal

_CONAC = lazy_re.compile(r"conac\.(?:cn|org)|/CA\d{15,}\.js|_ideConac['\"]?\s*\).{0,80}innerHTML", re.IGNORECASE)
_CONAC_SIGN = lazy_re.compile(r"conac\.cn|/CA\d{15,}\.js", re.IGNORECASE)
_BEFORE = lazy_re.compile(r"[\w./:-]*$")
_AFTER = lazy_re.compile(r"[\w./:?&=%-]*")
_ADDRESS_CHARS = 200
_MARK_PICTURE = lazy_re.compile(
    r"(?:^|/)(?:red|blue|gov_?red|conac\w*|dzjg\w*|dang_?zheng\w*|dzbs\w*|ideconac)\.(?:png|jpe?g|gif|svg)",
    re.IGNORECASE,
)
_MARK_WORDS = lazy_re.compile(r"党政机关|机关网站标识|事业单位(?:网站)?标识|网站标识$")
_ERROR_ADDRESS = lazy_re.compile(
    r"jiucuo|/exposure/|pucha\.kaipuyun|zfwz(?:gl|zc)\.www\.gov\.cn|zfwzxx\.www\.gov\.cn|wzzc\.|zhaocuo|wangzhanjiucuo",
    re.IGNORECASE,
)
_ERROR_WORDS = lazy_re.compile(r"(?:政府)?网站找错|我要找错|为政府.{0,6}找错|网站纠错|我要纠错|网站挑错")
_SITEMAP_WORDS = lazy_re.compile(
    r"(?:网站|站点|本站|网页|栏目|网)\s*(?:地图|导航|导图|索引|总览)|^站点图$|site\s*map|web\s*map", re.IGNORECASE
)
_SITEMAP_ADDRESS = lazy_re.compile(r"site_?map|wzdt\b|/wzdt|zddt|zdmap|webmap|wangzhanditu|websitemap", re.IGNORECASE)
_PRIVACY_WORDS = lazy_re.compile(r"隐私|个人信息保护|privacy", re.IGNORECASE)
_PRIVACY_ADDRESS = lazy_re.compile(r"privacy|/ysbh|yinsi|ysaq|ystk|yszc|yssm", re.IGNORECASE)
_STATEMENT_WORDS = lazy_re.compile(
    r"^(?:.{0,4}(?:网站|法律|免责|版权|使用|服务|站点|权利|本站)(?:声明|条款|须知|说明|协议).{0,4}|声明|关于本站|关于我们|关于网站)$"
)
_SEARCH_NAME = lazy_re.compile(
    r"search|sousuo|ssuo|query|keyword|searchword|\bkw\b|\bq\b|\bss\b|jiansuo|find", re.IGNORECASE
)
_SEARCH_WORDS = lazy_re.compile(r"搜\s*索|检\s*索|搜一搜|查找|站内|关键[字词]|search", re.IGNORECASE)
_OPENED = lazy_re.compile(
    r"""['"]((?:https?:)?//[^'"\s]+|[\w./-]*/[^'"\s]*|[\w-]+\.(?:s?html?|jsp|aspx?|php|do)[^'"\s]*)['"]"""
)
_NEWS_CHARS = 16
"""Longer words of a link are a headline, not the name of an entrance."""


class Entrance(NamedTuple):
    """A link or something that acts like one: its words (text, alt, title), and where it leads (may be empty)."""

    words: str
    address: str
    raw: str
    pictures: str


@dataclass(frozen=True, slots=True)
class MarkLinks:
    """Addresses are absolute; empty means not found. `gov_mark_picture` is a mark that leads nowhere."""

    gov_mark: str
    gov_mark_picture: str
    error_report: str
    sitemap: str
    privacy: str
    statements: tuple[str, ...]
    search: str


def read(documents: Iterable[Document], base: str) -> MarkLinks:
    """The entrances of a home page. `documents` are the page and what its scripts write, `base` its URL."""
    parts = tuple(documents)
    scripts = [script for part in parts for script in part.find_all("script")]
    entrances = [entrance for part in parts for entrance in _entrances(part, base)]
    return MarkLinks(
        gov_mark=_gov_mark(entrances, scripts, base),
        gov_mark_picture=_mark_picture(entrances, parts),
        error_report=_error_report(entrances, scripts, parts, base),
        sitemap=_named(entrances, _SITEMAP_WORDS, _SITEMAP_ADDRESS),
        privacy=_named(entrances, _PRIVACY_WORDS, _PRIVACY_ADDRESS),
        statements=tuple(
            dict.fromkeys(
                found.address for found in entrances if found.address and _STATEMENT_WORDS.search(found.words)
            )
        ),
        search=_search(parts, entrances, base),
    )


def _entrances(document: Document, base: str) -> Iterator[Entrance]:
    for element in document.find_all(["a", "area"]):
        pictures = element.find_all("img")
        words = [normal(" ".join(element.text.split())), element.attr("title") or ""]
        words += [picture.attr("alt") or picture.attr("title") or "" for picture in pictures]
        yield Entrance(
            words=next((normal(word) for word in words if word.strip()), ""),
            address=_address(element, base),
            raw=element.attr("href") or "",
            pictures=" ".join(picture.attr("src") or "" for picture in pictures),
        )
    for element in document.select("[onclick]"):
        if element.tag not in ("a", "area"):
            words_here = normal(" ".join(element.text.split())) or element.attr("alt") or element.attr("title") or ""
            yield Entrance(normal(words_here), _address(element, base), "", element.attr("src") or "")


def _address(element: Element, base: str) -> str:
    href = (element.attr("href") or "").strip()
    if href and not href.startswith("#") and not href.lower().startswith("javascript:"):
        return urls.resolve(base, href) or ""
    action = f"{element.attr('onclick') or ''};{href}"
    opened = _OPENED.search(action)
    if opened:
        return urls.resolve(base, opened[1]) or ""
    return action.strip("; ") if re.search(r"\w\s*\(\s*[^)\s0]", action) and "void" not in action else ""


def _gov_mark(entrances: list[Entrance], scripts: list[Element], base: str) -> str:
    for found in entrances:
        if _CONAC.search(found.address) or _CONAC.search(found.raw):
            return found.address
    for script in scripts:
        source = script.attr("src") or ""
        if _CONAC.search(source):
            return urls.resolve(base, source) or source
        text = unquote(script.text) if "onac" in script.text or "/CA" in script.text else ""
        sign = _CONAC_SIGN.search(text)
        if sign:
            address = _address_around(text, sign)
            return urls.resolve(base, address) or address
    linked = (found for found in entrances if found.address and _is_mark(found))
    return next((found.address for found in linked), "")


def _address_around(text: str, sign: re.Match[str]) -> str:
    """The address in which a sign stands; looked for nearby only, a script may be one endless word."""
    before = _BEFORE.search(text[max(0, sign.start() - _ADDRESS_CHARS) : sign.start()])
    after = _AFTER.match(text[sign.end() : sign.end() + _ADDRESS_CHARS])
    return (before.group() if before else "") + sign.group() + (after.group() if after else "")


def _is_mark(found: Entrance) -> bool:
    return bool(_MARK_WORDS.search(found.words)) or any(
        _MARK_PICTURE.search(picture) for picture in found.pictures.split()
    )


def _mark_picture(entrances: list[Entrance], documents: tuple[Document, ...]) -> str:
    for found in entrances:
        if not found.address and _is_mark(found):
            return found.pictures
    for document in documents:
        for picture in document.find_all("img"):
            source = picture.attr("src") or ""
            if _MARK_PICTURE.search(source) or _MARK_WORDS.search(picture.attr("alt") or ""):
                return source
    return ""


def _error_report(entrances: list[Entrance], scripts: list[Element], documents: tuple[Document, ...], base: str) -> str:
    for found in entrances:
        if _ERROR_ADDRESS.search(found.address) or _ERROR_ADDRESS.search(found.raw):
            return found.address or found.raw
    for script in scripts:
        source = script.attr("src") or ""
        if _ERROR_ADDRESS.search(source) or script.attr("id") == "_jiucuo_":
            return urls.resolve(base, source) or source
    for found in entrances:
        if found.address and len(found.words) <= _NEWS_CHARS and _ERROR_WORDS.search(found.words):
            return found.address
        if found.address and _ERROR_ADDRESS.search(found.pictures):
            return found.address
    for document in documents:
        span = document.select_one("#_span_jiucuo [onclick], #_span_jiucuo a")
        if span is not None:
            return _address(span, base) or span.attr("onclick") or ""
    return ""


def _named(entrances: list[Entrance], words: re.Pattern[str], address: re.Pattern[str]) -> str:
    """Where the entrance of that name leads; an entrance whose script is attached elsewhere counts by its `href`."""
    named = [found for found in entrances if len(found.words) <= _NEWS_CHARS and words.search(found.words)]
    leading = next((found.address for found in named if found.address), "")
    if leading or named:
        return leading or named[0].raw or "#"
    return next((found.address for found in entrances if address.search(_path(found.address))), "")


def _path(address: str) -> str:
    return address.split("//", 1)[-1].partition("/")[2]


def _search(documents: tuple[Document, ...], entrances: list[Entrance], base: str) -> str:
    for document in documents:
        for form in document.find_all("form"):
            if _is_search(form):
                return urls.resolve(base, form.attr("action") or "") or base
        for field in document.find_all("input"):
            if (field.attr("type") or "text") in ("text", "search") and _is_search_field(field):
                return base
    named = (found for found in entrances if len(found.words) <= 8 and _SEARCH_WORDS.search(found.words))
    return next((found.address or base for found in named), "")


def _is_search(form: Element) -> bool:
    fields = [field for field in form.find_all("input") if (field.attr("type") or "text") in ("text", "search")]
    names = f"{form.attr('action') or ''} {form.attr('id') or ''} {form.attr('name') or ''}"
    return bool(fields) and (bool(_SEARCH_NAME.search(names)) or any(_is_search_field(field) for field in fields))


def _is_search_field(field: Element) -> bool:
    names = f"{field.attr('name') or ''} {field.attr('id') or ''} {field.attr('class') or ''}"
    words = f"{field.attr('placeholder') or ''} {field.attr('value') or ''} {field.attr('title') or ''}"
    return bool(_SEARCH_NAME.search(names) or _SEARCH_WORDS.search(words)) or field.attr("type") == "search"
