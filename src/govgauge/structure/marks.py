"""The marks of a government website, read from its home page."""

import re

from turbohtml import Document

from govgauge import lazy_re
from govgauge.gather import urls
from govgauge.structure import (
    channels,
    foot_source,
    home_words,
    host_words,
    mark_links,
    mark_numbers,
    meta_tags,
    site_names,
)
from govgauge.structure.home_words import HomeWords, normal
from govgauge.structure.model import Marks
from govgauge.structure.page import Page

_SCRIPT_CODE = lazy_re.compile(
    r"(?:site_?code|siteidcode|jiucuo\.png\?v)['\"]?\s*[=:]\s*\\?['\"]?((?:bm|bt)\d{8}|\d{10})(?!\d)", re.IGNORECASE
)
_ICP_ADDRESS = lazy_re.compile(r"beian\.miit\.gov|miit\.?beian\.gov|miibeian", re.IGNORECASE)
_POLICE_ADDRESS = lazy_re.compile(r"beian\.mps\.gov|//(?:www\.)?beian\.gov\.cn|recordcode=", re.IGNORECASE)


def read(page: Page) -> Marks:
    """The marks found on a home page; a field stays empty where its mark was not found.

    What stands in HTML comments is not there. Marks that are drawn by a script or a frame of another file cannot be
    seen: `foot_elsewhere` then says where the foot comes from.
    """
    meta = meta_tags.read(page.document)
    words = home_words.read(page.document)
    links = mark_links.read(words.documents, page.url)
    meta_code = meta.get("siteidcode") or meta.get("siteid") or meta.get("sitecode") or ""
    site_code = mark_numbers.site_code(words.all) or _unlabelled_code(words, meta_code)
    icp_url, icp_words = _link_to(words, _ICP_ADDRESS, page.url)
    police_url, police_words = _link_to(words, _POLICE_ADDRESS, page.url)
    icp = mark_numbers.icp_number(words.all) or _with_digits(icp_words)
    police = mark_numbers.police_number(words.all) or _record_code(police_url) or _with_digits(police_words)
    host_body = host_words.host_body(words)
    return Marks(
        site_name=_site_name(page.document, meta),
        meta_site_name=site_names.clean(meta.get("sitename", "")),
        site_code=site_code,
        meta_site_code=meta_code,
        other_site_codes=_other_codes(page.html, site_code, meta_code),
        icp=icp,
        icp_url=icp_url,
        police=police,
        police_url=police_url,
        gov_mark_url=links.gov_mark,
        gov_mark_picture=links.gov_mark_picture,
        host_body=host_body,
        contact=host_words.contact(words),
        error_report_url=links.error_report,
        sitemap_url=links.sitemap,
        privacy_url=links.privacy,
        statement_urls=links.statements,
        search_url=links.search,
        accessibility=channels.accessibility(words.documents),
        elder=channels.elder(words.documents),
        channels=channels.channels(words.documents),
        foot_elsewhere=foot_source.elsewhere(
            page.document, page.url, sum(map(bool, (site_code, icp, police, host_body)))
        ),
    )


def _site_name(document: Document, meta: dict[str, str]) -> str:
    """The name that the page gives itself: of title, meta tag, logo and heading the first that names a public body."""
    names = [meta_tags.title(document), meta.get("sitename", ""), *_logo_words(document)]
    candidates = [site_names.clean(name) for name in names]
    named = next((name for name in candidates if site_names.names_body(name)), "")
    return named or next((name for name in candidates if not site_names.is_empty(name)), "")


def _logo_words(document: Document) -> list[str]:
    words = [heading.text for heading in document.find_all("h1")[:2]]
    for block in document.select("[class*=logo i], [id*=logo i], header")[:6]:
        pictures = [block, *block.find_all("img")]
        words += [picture.attr("alt") or picture.attr("title") or "" for picture in pictures]
        text = " ".join(block.text.split())
        words += [text] if len(text) <= 40 else []
    return [normal(word) for word in words if word.strip()]


def _unlabelled_code(words: HomeWords, meta_code: str) -> str:
    """Some feet show the bare code; it is recognised when the meta tag holds the same."""
    is_shown = mark_numbers.is_site_code(meta_code) and re.search(rf"(?<!\d){meta_code}(?!\d)", words.foot)
    return meta_code if is_shown else ""


def _other_codes(html: str, site_code: str, meta_code: str) -> tuple[str, ...]:
    """Further codes in attributes and scripts, comments included, that say something else."""
    found = dict.fromkeys(_SCRIPT_CODE.findall(html))
    return tuple(code for code in found if code not in (site_code, meta_code))


def _link_to(words: HomeWords, address: re.Pattern[str], base: str) -> tuple[str, str]:
    """The first link to such an address, and its words (those of its picture where it has no text)."""
    for document in words.documents:
        for element in document.find_all("a"):
            href = element.attr("href") or ""
            if address.search(href) or address.search(element.attr("onclick") or ""):
                labels = [picture.attr("alt") or "" for picture in element.find_all("img")]
                text = " ".join([element.text, element.attr("title") or "", *labels])
                return urls.resolve(base, href) or href, normal(" ".join(text.split()))
    return "", ""


def _record_code(url: str) -> str:
    found = mark_numbers.RECORD_CODE.search(url)
    return f"公安备案号{found[1]}" if found else ""


def _with_digits(words: str) -> str:
    """The words of a link to a filing system are its number when digits stand in them."""
    return words[:40] if re.search(r"\d{5,}", words) else ""
