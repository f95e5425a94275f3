"""Every reference that a page makes, in document order: what its elements name, then what its scripts write."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import turbohtml

from govgauge.gather import charset, urls
from govgauge.gather.addresses import addresses
from govgauge.gather.artifacts import Link, LinkKind, Region
from govgauge.gather.link_regions import Regions
from govgauge.gather.link_values import (
    OPTION_URL,
    in_refresh,
    in_srcset,
    in_style,
    lazy_sources,
)
from govgauge.gather.named_elements import names_of
from govgauge.gather.scripted_links import FEW_LINKS, datastore_items, paging, redirections, targets_of

Reference = tuple[str, LinkKind]
"""A reference as written, and by which kind of element."""


def extract(html: bytes, base: str) -> list[Link]:
    """Every link, image, script, style and frame of a page in document order, with absolute canonical URLs.

    Only http and https; links to a place in the same page and unfilled template tags are left out.
    """
    text, encoding = charset.decode(html, None)
    return from_document(turbohtml.parse(text, positions=False), text, base, encoding)


def from_document(
    document: turbohtml.Document,
    html: str,
    base: str,
    encoding: str = "utf-8",
    names: Mapping[turbohtml.Element, str] | None = None,
) -> list[Link]:
    """As `extract`, from a page that is already parsed.

    `html` is its source; `encoding` the WHATWG name of the page's encoding, in which queries are written; `names` are
    the names of its elements (see `named_elements`), where they are known already.
    """
    if "<" not in html:
        return []
    base = _base(document, base)
    address_of = addresses(base, encoding)
    regions = Regions(document, names_of(document) if names is None else names)
    region_of = regions.of_all(_TAGS).get
    found: list[Link] = []
    add, plain, main = found.append, LinkKind.A, Region.MAIN
    for element in _live(document):
        tag = element.tag
        if tag == "a":
            href = element.attr("href")
            url = address_of(href) if href else ""
            if url:
                words = " ".join(element.text.split()) or _words(element)
                add(Link(url, plain, words, region_of(element, main)))
            continue
        for reference, kind in _references(element, tag):
            url = address_of(reference)
            if url:
                add(Link(url, kind, _label(element, kind), region_of(element, main)))
    odd = document.select(_ODD)
    for reference, kind in _everywhere(document, odd):
        url = address_of(reference)
        if url:
            add(Link(url, kind))
    found.extend(_scripted(document, odd, base, address_of, regions.of))
    return found


def _live(document: turbohtml.Document) -> Iterable[turbohtml.Element]:
    """The elements that may refer to something, without those of templates that no script has filled."""
    elements = document.iter_elements(_TAGS)
    if document.find("template") is None:
        return elements
    inert = set(document.select("template *"))
    return [element for element in elements if element not in inert]


def _scripted(
    document: turbohtml.Document,
    odd: list[turbohtml.Element],
    base: str,
    address_of: Callable[[str], str],
    region_of: Callable[[turbohtml.Element], Region],
) -> Iterator[Link]:
    """Links that only a script makes: clicks, lists in scripts, paging, and pages that lead on at once."""
    for element in odd:
        href, clicked = element.attr("href") or "", element.attr("onclick")
        if clicked is None and (element.tag != "a" or href[:11].lower() != "javascript:"):
            continue
        call = f"{href};{clicked or ''}"
        if "open" not in call and "location" not in call:
            continue
        for reference in targets_of(call):
            url = address_of(reference)
            if url:
                yield Link(url, LinkKind.SCRIPTED, _words(element), region_of(element))
    scripts = [script.text for script in document.find_all("script") if script.attr("src") is None]
    for reference, text in datastore_items(scripts):
        url = address_of(reference)
        if url:
            yield Link(url, LinkKind.SCRIPTED, text)
    few = len(document.find_all("a", limit=FEW_LINKS + 1)) <= FEW_LINKS
    for reference in (*paging(scripts, base), *(redirections(scripts) if few else ())):
        url = address_of(reference)
        if url:
            yield Link(url, LinkKind.SCRIPTED)


def _base(document: turbohtml.Document, url: str) -> str:
    """The base of the page's references: its first `<base href>`, when that is good (HTML Standard, 4.2.3)."""
    element = document.find("base", href=True)
    stated = urls.resolve(url, element.attr("href") or "") if element else None
    return stated if stated and urls.is_web(stated) else url


def _words(element: turbohtml.Element) -> str:
    """Visible words of a link, else its title or the words of its image."""
    text = " ".join(element.text.split())
    if text:
        return text
    title = element.attr("title")
    image = element.find("img") if not title else None
    return (title or (image and (image.attr("alt") or image.attr("title"))) or element.attr("value") or "").strip()


_PICTURED = frozenset((LinkKind.IMG, LinkKind.AREA))


def _label(element: turbohtml.Element, kind: LinkKind) -> str:
    """The words that go with a reference other than a link."""
    if kind in _PICTURED:
        return (element.attr("alt") or element.attr("title") or "").strip()
    if kind is LinkKind.OPTION:
        return " ".join(element.text.split())
    return (element.attr("title") or "").strip() if kind is LinkKind.FRAME else ""


# ---------------------------------------------------------------- one reader for each kind of element


_SINGLE = {
    "area": ("href", LinkKind.AREA),
    "form": ("action", LinkKind.FORM),
    "object": ("data", LinkKind.MEDIA),
    "option": ("value", LinkKind.OPTION),
    "script": ("src", LinkKind.SCRIPT),
}
"""Elements that refer to one thing by one attribute."""


def _references(element: turbohtml.Element, tag: str) -> Iterable[Reference]:
    """What an element other than `<a>` refers to; references may be empty."""
    single = _SINGLE.get(tag)
    if single is None:
        return _READERS[tag](element)
    reference = element.attr(single[0])
    if not reference or (tag == "option" and not OPTION_URL.match(reference)):
        return ()
    return ((reference, single[1]),)


def _img(element: turbohtml.Element) -> Iterator[Reference]:
    for reference in (element.attr("src") or "", *lazy_sources(element.attrs)):
        yield reference, LinkKind.IMG
    if "srcset" in element.attrs:
        for reference in in_srcset(element.attr("srcset") or ""):
            yield reference, LinkKind.IMG


def _source(element: turbohtml.Element) -> Iterator[Reference]:
    parent = element.parent
    is_image = isinstance(parent, turbohtml.Element) and parent.tag == "picture"
    yield element.attr("src") or "", LinkKind.MEDIA
    for reference in in_srcset(element.attr("srcset") or ""):
        yield reference, LinkKind.IMG if is_image else LinkKind.MEDIA


def _input(element: turbohtml.Element) -> Iterator[Reference]:
    if (element.attr("type") or "").lower() == "image":
        yield element.attr("src") or "", LinkKind.IMG


def _link(element: turbohtml.Element) -> Iterator[Reference]:
    relations = (element.attr("rel") or "").lower().split()
    if "stylesheet" in relations:
        yield element.attr("href") or "", LinkKind.STYLE
    elif "icon" in relations or "apple-touch-icon" in relations:
        yield element.attr("href") or "", LinkKind.IMG


def _frame(element: turbohtml.Element) -> Iterator[Reference]:
    for name in ("src", "data-src"):
        yield element.attr(name) or "", LinkKind.FRAME


def _media(element: turbohtml.Element) -> Iterator[Reference]:
    for name in ("src", "data-src"):
        yield element.attr(name) or "", LinkKind.MEDIA
    yield element.attr("poster") or "", LinkKind.IMG


def _param(element: turbohtml.Element) -> Iterator[Reference]:
    if (element.attr("name") or "").lower() in ("movie", "src", "filename", "url"):
        yield element.attr("value") or "", LinkKind.MEDIA


_READERS: dict[str, Callable[[turbohtml.Element], Iterator[Reference]]] = {
    "audio": _media,
    "embed": _media,
    "frame": _frame,
    "iframe": _frame,
    "img": _img,
    "input": _input,
    "link": _link,
    "param": _param,
    "source": _source,
    "track": _media,
    "video": _media,
}


_TAGS = ["a", *_SINGLE, *_READERS]

_ODD = 'a[href^="javascript:" i],[onclick],[background],[style*="url("]'
"""Elements that refer to something by an attribute which any element may have, or by a script."""


# ---------------------------------------------------------------- attributes that any element may have


def _everywhere(document: turbohtml.Document, odd: list[turbohtml.Element]) -> Iterator[Reference]:
    """Meta refresh, background pictures, and pictures named in styles."""
    for element in document.select('meta[http-equiv="refresh" i]'):
        if not element.find_all("noscript", axis=turbohtml.Axis.ANCESTORS, limit=1):
            yield in_refresh(element.attr("content") or ""), LinkKind.REFRESH
    for element in [element for element in odd if "background" in element.attrs]:
        yield element.attr("background") or "", LinkKind.IMG
    for element in [element for element in odd if "style" in element.attrs]:
        for reference in in_style(element.attr("style") or ""):
            yield reference, LinkKind.IMG
    for sheet in document.find_all("style"):
        for reference in in_style(sheet.text):
            yield reference, LinkKind.STYLE if reference.partition("?")[0].endswith(".css") else LinkKind.IMG
