"""Where the foot of a home page comes from when it does not stand in the page: a script, a frame, another file."""

import re

from turbohtml import Document, Element

from govgauge import lazy_re
from govgauge.gather import urls
from govgauge.structure.home_words import FOOT_NAME, foot_blocks, text_of

ENOUGH_MARKS = 2
"""Numbers and names found in the page itself that show that its foot is not made elsewhere."""

FEW_CHARS = 150
"""A home page with fewer visible characters is an empty frame for its scripts."""

_FOOT_FILE = lazy_re.compile(
    r"(?:^|/)[^/?#]*(?:foot|bottom|copy_?right|dibu|banquan|yejiao|bqxx|(?:^|[/_-])(?:btm|ft|end|dw|db))[^/?#]*\.(?:js|s?html?|jsp|aspx?|php|inc|do)(?:[?#]|$)",
    re.IGNORECASE,
)
_LOADS = lazy_re.compile(
    r"""(?:\.load|\.get|\.post|ajax|include\w*|import|require|fetch|url)\s*[(:]\s*\[?['"][^'"]*(?:foot|bottom|copy_?right|dibu|banquan)[^'"]*['"]""",
    re.IGNORECASE,
)
_FILLS = lazy_re.compile(
    r"""['"][#.][\w-]*(?:foot|bottom|copy_?right)[\w-]*['"]\s*\)\s*\.\s*(?:load|html|append|innerHTML)""", re.IGNORECASE
)
_CALLS = lazy_re.compile(r"(?<![.\w$])\w*(?:foot|bottom|copy_?right|banquan)\w*\(\s*\)\s*;?", re.IGNORECASE)
"""A function of another file that is named after the foot: its caller waits for what it writes."""

_KNOWN_LIBRARY = lazy_re.compile(
    r"jquery|bootstrap|swiper|superslide|slide|layer|layui|vue|react|angular|echarts|slick|owl|html5|respond|modernizr|polyfill|es5|"
    r"less|moment|lazyload|animate|wow|zepto|tj|tongji|hm\.js|stat|trs_ta|analytics|gridsum|jiathis|share|conac|jiucuo|wza|access|"
    r"weather|tianqi|date|calendar|nongli|search|menu|nav|tab|marquee|scroll|float|banner|focus|gb2big5|tw_cn|big5|print|qrcode|video|player|ckplayer|"
    r"mobile|wap|uaredirect|md5|aes|base64|cookie|pinyin|robot|kf|login",
    re.IGNORECASE,
)


def elsewhere(document: Document, base: str, marks_found: int) -> str:
    """The address (or the words) that bring the foot into the page; empty when the page holds its foot itself.

    `marks_found` is the number of the foot's numbers and names that were found in the page: from `ENOUGH_MARKS` on
    the foot is there, and a script of that name does something else.
    """
    frame = document.find("frame")
    if frame is not None:
        return urls.resolve(base, frame.attr("src") or "") or "frameset"
    if marks_found >= ENOUGH_MARKS:
        return ""
    scripts = document.find_all("script")
    return (
        _file(document.find_all("iframe"), base)
        or _file(scripts, base)
        or _loaded(scripts)
        or _empty_block(document)
        or ("" if marks_found else _unknown_writer(document, scripts, base))
    )


def _file(elements: list[Element], base: str) -> str:
    sources = ((element.attr("src") or "").strip() for element in elements)
    found = next((source for source in sources if _FOOT_FILE.search(source)), "")
    return urls.resolve(base, found) or found if found else ""


def _loaded(scripts: list[Element]) -> str:
    for script in scripts:
        text = script.text
        found = _LOADS.search(text) or _FILLS.search(text) or ("function" not in text and _CALLS.search(text))
        if found:
            return found.group()[:120]
    return ""


def _empty_block(document: Document) -> str:
    """A block that is named foot and holds nothing waits for a script."""
    for block in foot_blocks(document):
        name = block.attr("id") or block.attr("class") or block.tag
        is_last = FOOT_NAME.fullmatch((block.attr("id") or "").strip()) or FOOT_NAME.fullmatch(
            (block.attr("class") or "").strip()
        )
        if (is_last or block.tag == "footer") and not text_of(block) and not block.find_all(["img", "a", "object"]):
            return f"#{name}" if block.attr("id") else f".{name}"
    return ""


def _unknown_writer(document: Document, scripts: list[Element], base: str) -> str:
    """No sign of a foot: a script in the body that is no known library may draw it, or scripts draw the whole page."""
    sources = [script.attr("src") or "" for script in scripts]
    if any(sources) and len(text_of(document.root or document)) < FEW_CHARS:
        return urls.resolve(base, next(source for source in sources if source)) or "script"
    for script in scripts:
        source = (script.attr("src") or "").strip()
        if source and script.closest("head") is None and not _KNOWN_LIBRARY.search(source.rpartition("/")[2]):
            return urls.resolve(base, source) or source
    return ""
