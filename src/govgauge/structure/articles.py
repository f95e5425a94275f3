"""The editorial content of a detail page: title, dates, source, text, pictures, attachments."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote

import ahocorasick_rs

from govgauge import lazy_re
from govgauge.gather import dates, urls
from govgauge.gather.artifacts import Region
from govgauge.gather.date_words import all_in, in_url, parse
from govgauge.structure import fingerprints, meta_tags
from govgauge.structure.model import Article, Attachment
from govgauge.structure.outline import Block, Outline
from govgauge.structure.page import Page

ATTACHMENT_SUFFIXES = frozenset(
    [
        "pdf",
        "doc",
        "docx",
        "docm",
        "xls",
        "xlsx",
        "xlsm",
        "et",
        "ett",
        "wps",
        "wpt",
        "dps",
        "ofd",
        "ppt",
        "pptx",
        "pps",
        "ppsx",
        "zip",
        "rar",
        "7z",
        "tar",
        "gz",
        "csv",
        "txt",
        "xml",
        "json",
        "rtf",
        "ceb",
        "cebx",
        "caj",
        "mp3",
        "apk",
        "dwg",
    ]
)
_MEDIA = ("video", "audio", "embed")
_DATELINE_LINES = 8
"""A text is signed and dated in its last lines."""
_SIGNED_DATE = lazy_re.compile(
    r"^[\s（(]*(?:(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|"
    r"[一二三四五六七八九零〇○ＯOo０]{4}\s*年\s*[一二三四五六七八九十]{1,3}\s*月\s*[一二三四五六七八九十]{1,3}\s*日)[\s）)]*$"
)
_SOURCE = lazy_re.compile(r"(?:信息|文章|稿件|新闻|内容|资料)?来\s*源\s*(?:于)?\s*[:：]\s*([^\s|｜【\[<>]{2,40})")
_NO_SOURCE = lazy_re.compile(r"^(?:发布|时间|日期|作者|浏览|点击|字号|字体|阅读|编辑|打印|责任|【|本站$|未知$)")
_SHOWN = lazy_re.compile(
    r"(?:发布|发文|公布|发表|更新|录入|添加|上传|信息|提交|公开)?(?:时间|日期|于|时\s*间|日\s*期)\s*[:：]?\s*[\[(（【]?\s*"
    r"((?:19|20)\d\d\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}\s?日?(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?)"
)
_BARE_SHOWN = lazy_re.compile(
    r"^[\[(（【\s]*((?:19|20)\d\d\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}\s?日?(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?)"
)
_TITLE_NAMES = lazy_re.compile(
    r"(?<![a-z])(?:title|titles|bt|biaoti|arti_title|article_?title|article-title|news_?title|tit|xl_title|"
    r"con_title|content_?title|detail-?title|infotitle|wztit|h1|main_?title|ewb-article-tt|bigtitle|tt|xltitle|"
    r"wz_title|textitle|maintit|title1|z1)(?![a-z])"
)
TITLE_CHARS = (4, 150)
_GENERIC_TITLE = lazy_re.compile(
    r"^(?:正文|内容|信息详情|详情页?|详细(?:内容|页)?|文章(?:内容|详情)|新闻(?:内容|详情|详细)|首页|信息公开|无标题(?:文档|页)?|untitled.*|内容页)$",
    re.IGNORECASE,
)
_TITLE_SPLIT = lazy_re.compile(r"\s*(?:[_|｜—–]{1,3}|(?<=\S)\s*-{1,3}\s*)\s*")


def read(page: Page, meta: dict[str, str], body: Block | None, title: str, text: str) -> Article:
    """Read a detail page named `title`, whose main text stands in `body` and reads `text`."""
    outline = page.outline
    shown = _published_text(outline, title)
    published = dates.from_document(page.document, page.html, page.url, outline.runs)
    links = _attachments(page, body)
    chars, text_hash = fingerprints.of(text)
    tags = [block.tag for block in outline.inside(body)] if body else []
    return Article(
        title=title,
        published=published,
        published_text=shown,
        meta_date=parse(meta.get("pubdate", "")) if meta.get("pubdate") else None,
        url_date=in_url(page.url),
        dateline=_dateline(text),
        source=_source(outline, meta),
        text_chars=chars,
        text_hash=text_hash,
        images=tags.count("img"),
        media=sum(map(tags.count, _MEDIA)) + _player(page, body),
        attachments=links,
        canonical=meta_tags.canonical(page.document, page.html, page.url),
    )


def clean_title(raw: str, site_name: str) -> str:
    """A <title> reduced to what it says of this page: the name of the site and of its columns cut off."""
    raw = raw.strip()
    if site_name:
        for mark in (f"-{site_name}", f"_{site_name}", f"|{site_name}", f"－{site_name}", f"—{site_name}"):
            if raw.endswith(mark):
                return raw[: -len(mark)].strip(" -_|－—")
        if raw == site_name:
            return ""
    parts = [part for part in _TITLE_SPLIT.split(raw) if part]
    while len(parts) > 1 and _SITE_NAME.search(parts[-1]):
        parts.pop()
    if len(parts) > 1 and len(parts[0]) >= 10:
        return parts[0]
    return raw if len(parts) > 1 and len(parts[0]) < 10 and not _SITE_NAME.search(raw) else (parts[0] if parts else raw)


_SITE_NAME = lazy_re.compile(
    r"(?:政府|门户网站|网站|官网|信息网|政务网|委员会|[厅局办委部院署]|公开平台|公开网|中国政府网|人民网|在线)(?:网站|门户网站|门户|网)?$"
)


def title_of(outline: Outline, meta: dict[str, str], fallback: str) -> str:
    """The title that a reader sees: the named title of the meta tags where the page shows it, a heading, else "
    "<title>."""
    named = meta.get("articletitle") or meta.get("og:title") or ""
    if named and not _GENERIC_TITLE.match(named) and (shows_title(outline, named) or not fallback):
        return named
    for tags in (("h1",), ("h2", "h3")):
        for block in outline.blocks:
            if block.tag in tags:
                words = outline.text(block)
                if _is_title(words) and block.anchors == 0 and (tags[0] == "h1" or _alike(words, fallback)):
                    return words
    for block in outline.named:
        if block.anchors == 0 and _TITLE_NAMES.search(block.names):
            words = outline.text(block)
            if _is_title(words) and (_alike(words, fallback) or len(words) >= 12):
                return words
    return named or fallback or _labelled_title(outline)


def _labelled_title(outline: Outline) -> str:
    """The title that an element table gives (标题：…)."""
    for line in outline.visible_lines[:60]:
        found = _TITLE_CELL.match(line)
        if found and _is_title(found[1]):
            return found[1]
    return ""


_TITLE_CELL = lazy_re.compile(
    r"^(?:标\s*题|名\s*称|文件名称|信息名称)\s*[:：]\s*(.+?)(?:\s+(?:发文字号|文\s*号|索引号|成文日期)\s*[:：].*)?$"
)


def _is_title(words: str) -> bool:
    return TITLE_CHARS[0] <= len(words) <= TITLE_CHARS[1] and not _GENERIC_TITLE.match(words)


def _alike(one: str, other: str) -> bool:
    one, other = "".join(one.split()), "".join(other.split())
    return bool(one and other) and (one.startswith(other[:12]) or other.startswith(one[:12]) or one in other)


def _published_text(outline: Outline, title: str) -> str:
    """The publishing date as the page shows it; empty when it shows none."""
    lines = outline.visible_lines
    start = 0
    folded = "".join(title.split())
    for number, line in enumerate(lines):
        if folded and folded in "".join(line.split()):
            start = number
            if number + 1 < len(lines) and any("20" in later for later in lines[number : number + 6]):
                break
    near = lines[start : start + 8]
    for line in near:
        if "间" in line or "期" in line or "于" in line:
            found = _SHOWN.search(line)
            if found:
                return found[1].strip()
    for line in near:
        found = _BARE_SHOWN.match(line) if len(line) <= 80 else None
        if found:
            return found[1].strip()
    return ""


def _source(outline: Outline, meta: dict[str, str]) -> str:
    for line in outline.visible_lines if "源" in outline.dense else ():
        if "源" in line and "来" in line and len(line) <= 200:
            found = _SOURCE.search(line)
            if found and not _NO_SOURCE.match(found[1]):
                return found[1].strip("；;，,。")
    return meta.get("contentsource", "")


def _dateline(text: str) -> date | None:
    """The date signed at the end of a text."""
    for line in reversed(text.rsplit("\n", _DATELINE_LINES)[-_DATELINE_LINES:]):
        if len(line) <= 40 and _SIGNED_DATE.match(line):
            found = all_in(line)
            return found[0] if found else None
    return None


def _attachments(page: Page, body: Block | None) -> tuple[Attachment, ...]:
    """Files offered in the main text or anywhere in the main part of the page."""
    outline = page.outline
    found: dict[str, Attachment] = {}
    first, stop = (body.index, body.stop) if body else (0, 0)
    for anchor in outline.anchors:
        if anchor.region is not _MAIN:
            continue
        href = anchor.element.attr("href") or ""
        in_body = first <= anchor.index < stop
        is_page = href.endswith(_PAGES) and "?" not in href and "#" not in href
        if is_page and not in_body:
            continue
        suffix = "" if is_page else suffix_of(href)
        if suffix not in ATTACHMENT_SUFFIXES:
            suffix = suffix_of(outline.text(anchor)) if in_body else ""
        if suffix in ATTACHMENT_SUFFIXES and (url := outline.address(anchor)):
            found.setdefault(url, Attachment(url, outline.text(anchor), suffix))
    for match in _written_files(page.html):
        suffix = suffix_of(match[1])
        written = urls.absolute(outline.base, match[1], outline.encoding)
        if suffix in ATTACHMENT_SUFFIXES and written:
            found.setdefault(written, Attachment(written, " ".join(_TAG.sub(" ", match[2]).split()), suffix))
    return tuple(found.values())


def _written_files(html: str) -> Iterator[re.Match[str]]:
    """Links that the scripts of a page write. Looking for the words first is many times as fast as for the pattern."""
    at = html.find("document.write")
    while at >= 0:
        match = _WRITTEN_FILE.match(html, at)
        if match:
            yield match
        at = html.find("document.write", match.end() if match else at + 1)


_MAIN = Region.MAIN
_PAGES = (".html", ".shtml", ".htm", "/")
"""Endings of addresses that offer no file: nearly all, and quickly told."""
_WRITTEN_FILE = lazy_re.compile(
    r"""document\.write\w*\([^;]{0,400}?<a[^>]*?href=\\?["']([^"'\\<>]+)\\?["'][^>]*>(.{0,200}?)</a""", re.IGNORECASE
)
_TAG = lazy_re.compile(r"<[^>]*>")


def suffix_of(address: str) -> str:
    """The ending of a file's name without the dot, lower case; empty when it has none."""
    if "." not in address:
        return ""
    path = address.partition("?")[0].partition("#")[0]
    name = unquote(path.rsplit("/", 1)[-1]).strip()
    stem, dot, ending = name.rpartition(".")
    if not dot and "?" in address:
        stem, dot, ending = address.rpartition(".")
    return ending.lower() if dot and stem and len(ending) <= 5 and ending.isascii() else ""


_PLAYER = lazy_re.compile(r"\.(?:[mM][pP][34]|[mM]3[uU]8|[fF][lL][vV]|[wW][mM][vV]|[rR][mM][vV][bB]|[sS][wW][fF])\b")
"""Both cases are written out: a search that ignores case takes twice as long."""
_PLAYED = ahocorasick_rs.BytesAhoCorasick(
    [
        f".{first}{second}".encode()
        for one, other in ("mp", "m3", "fl", "wm", "rm", "sw")
        for first in {one, one.upper()}
        for second in {other, other.upper()}
    ]
)
"""How these endings begin. So few short signs are found in the bytes of a page ten times as fast as by the pattern."""


def _player(page: Page, body: Block | None) -> int:
    """1 when a script of the page plays a film or sound."""
    if body is None or not (page.charset.startswith("utf-16") or _PLAYED.find_matches_as_indexes(page.body)):
        return 0
    return 1 if _PLAYER.search(page.html) else 0


def is_named(outline: Outline, meta: dict[str, str]) -> bool:
    """Whether the meta tags name an article with its date, and the page shows its title: then it is one."""
    named = meta.get("articletitle", "")
    if not named or not meta.get("pubdate") or named in (meta.get("columnname"), meta.get("sitename")):
        return False
    return TITLE_CHARS[0] <= len(named) and shows_title(outline, named)


def shows_title(outline: Outline, title: str) -> bool:
    """Whether the page shows that title to its reader."""
    return bool(title) and "".join(title.split())[:24] in outline.dense


def dates_shown(outline: Outline) -> int:
    """How many lines of the page name a publishing date or a source: one or two on a detail page, many in a list."""
    return sum(
        1
        for line in outline.visible_lines
        if len(line) <= 160
        and ("发布" in line or "时间" in line or "日期" in line or "来源" in line)
        and _LABELLED.search(line)
    )


_LABELLED = lazy_re.compile(
    r"(?:发布|发文|公布|发表|更新|录入|添加)?(?:时间|日期)\s*[:：]\s*[\[(（【]?\s*(?:19|20)\d\d\s?[-./年]\s?\d{1,2}|来源\s*[:：]\s*\S"
)
