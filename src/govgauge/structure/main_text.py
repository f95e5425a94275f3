"""The main text of a detail page: its own words, without navigation, side columns and foot."""

import re
from functools import lru_cache

from govgauge import lazy_re
from govgauge.gather.artifacts import Region
from govgauge.structure.folding import folded_lines
from govgauge.structure.outline import Block, Outline

_CONTAINERS = (
    lazy_re.compile(
        r"(?<![a-z])(?:trs_editor|trs_uedit|trs_web|ucap-content|custom_unionstyle|trs_preappend|view_text|"
        r"bt_content|ewb-article-info|vsb_content\w*|v_news_content|wp_articlecontent|zoomcon|tys-main-zt-show|"
        r"articletext|article_?content|article-content|articlecon|arti_content|news_?content_?(?:text|body)?|"
        r"newscontent|pages_content|xxgk_content|content_?body|contentbody|detail_?content|detail-content|conttxt|"
        r"con_text|contenttext|content_?text|txt_txt|txtcon|text_con|main_txt|mainText|bodytext|article_body|"
        r"article-body|artical_content|art_con|news_con|newsCon|xl_con|xly_con|wzcon|infocontent|info_content|"
        r"fontzoom|zoom)(?![a-z])",
        re.IGNORECASE,
    ),
    lazy_re.compile(
        r"(?<![a-z])(?:content|contents|article|artical|detail|details|cont|neirong|nr|zw|zhengwen|text|txt|con|"
        r"news|main_?con\w*|xxnr|xl|show|post)(?![a-z])",
        re.IGNORECASE,
    ),
)
_MAIN = Region.MAIN
"""Looked up once: a member of an enumeration costs more than the comparison."""
CONTAINER_SHARE = 0.35
"""A known container must hold at least this share of the page's own words to be believed at once."""
NOISE_CHARS = 160
TITLE_LINES = 4
"""The title is repeated in the first lines of a text."""
_BUTTONS = lazy_re.compile(
    r"^(?:(?:上|下)一[篇条][:：]?.*|分享(?:到|至)?[:：]?.*|打印(?:本页)?|关闭(?:窗口|本页)?|"
    r"【?\s*(?:打印|关闭|收藏|纠错|返回|大|中|小)(?:本页|窗口|顶部)?\s*】?|扫一扫.*|责任编辑[:：].{0,20}|字(?:体|号)[:：].*|"
    r"(?:【|\[)?(?:大|默认|中|小|特大)(?:】|\])?(?:\s*(?:【|\[)?(?:大|默认|中|小|特大|打印|关闭|收藏)(?:】|\])?)*|"
    r"浏览(?:次数|量)[:：]?.*|(?:您|你)?(?:现在|当前).{0,4}位置.*|收藏|无障碍|返回(?:顶部|首页|列表)|"
    r"相关(?:文章|信息|链接|附件|文档|解读|新闻)[:：]?)$"
)
_BUTTON_STARTS = frozenset("上下分打关【扫责字[大默中小特浏您你现当收无返纠相")
_META_LINE = lazy_re.compile(
    r"^.{0,12}(?:来源|发布时间|发布日期|信息来源|文章来源|发布单位|点击(?:数|率)|阅读(?:次数)?)[:：].{0,120}$"
)
_PAGING = lazy_re.compile(r"[上下]一?页.*页|[首尾末]页.*页|^共\s*\d+\s*[条页]|\d+\s*/\s*\d+\s*页$")


def find(outline: Outline) -> Block | None:
    """The block of the main text; None on a page without any."""
    body = outline.body
    if body is None:
        return None
    own = own_words(outline, body)
    if own <= 0:
        return None
    best: dict[int, Block] = {}
    for block in outline.named:
        if block.region is not _MAIN or block.tag == "body":
            continue
        rank = _rank(block.names)
        if rank is None:
            continue
        chars = outline.plain_chars(block)
        other = best.get(rank)
        if chars >= own * CONTAINER_SHARE and (
            other is None or not other.holds(block) or chars * 1.25 >= outline.plain_chars(other)
        ):
            best[rank] = block
    if best:
        return best[min(best)]
    return _descend(outline, body, own)


def own_words(outline: Outline, body: Block) -> int:
    """Characters outside links, navigation, side and foot."""
    total = outline.own_words.get(body.index)
    if total is not None:
        return total
    total = outline.plain_chars(body)
    skipped = body.index + 1
    for block in outline.outlying_in(body):
        if block.index >= skipped and (block.names or block.tag in ("nav", "footer", "aside")):
            total -= outline.plain_chars(block)
            skipped = block.stop
    outline.own_words[body.index] = total
    return total


def text_of(outline: Outline, block: Block, title: str, *, links: bool = True) -> str:
    """The words of the main text, one paragraph a line, without its title, navigation and the buttons around it.

    Without `links` the words of links are left out: what a list page says beside its list.
    """
    lines = [
        line
        for line in _own_lines(outline, block, links=links)
        if len(line) > NOISE_CHARS
        or not (line[0] in _BUTTON_STARTS or "：" in line or ":" in line or "页" in line)
        or not _is_noise(line)
    ]
    folded_title = "".join(title.split())
    number = 0
    while folded_title and number < min(TITLE_LINES, len(lines)):
        if "".join(lines[number].split()) == folded_title:
            del lines[number]
        else:
            number += 1
    return "\n".join(lines)


def _is_noise(line: str) -> bool:
    """Whether a line is a button, the line of date and source, or a paging bar."""
    if line[0] in _BUTTON_STARTS and _BUTTONS.match(line):
        return True
    if ("：" in line or ":" in line) and _META_LINE.match(line):
        return True
    return "页" in line and _PAGING.search(line) is not None


def _own_lines(outline: Outline, block: Block, *, links: bool) -> list[str]:
    """The block's lines but those of navigation, side and foot inside it."""
    pieces: list[str] = []
    position, skipped = block.text_start, 0
    others = (
        outline.outlying_in(block)
        if links
        else [inner for inner in outline.inside(block) if inner.region is not _MAIN or inner.tag == "a"]
    )
    if not others and (lines := outline.lines_between(block.text_start, block.text_stop)) is not None:
        return lines
    for inner in others:
        if inner.index >= skipped:
            pieces += outline.texts[position : inner.text_start]
            position, skipped = inner.text_stop, inner.stop
    pieces += outline.texts[position : block.text_stop]
    return folded_lines("".join(pieces))


def _descend(outline: Outline, body: Block, own: int) -> Block:
    """Go down while one child holds most of the words."""
    current = body
    while True:
        following = None
        for child in outline.children(current):
            if outline.plain_chars(child) < own * 0.6:
                continue
            if child.region is not _MAIN:
                continue
            following = child
            break
        if following is None or following.tag in ("p", "span", "font", "strong", "b", "a"):
            return current
        current = following


@lru_cache(maxsize=8192)
def _rank(names: str) -> int | None:
    """How surely a block of these names holds the main text: 0 surest, None not at all."""
    return next((rank for rank, pattern in enumerate(_CONTAINERS) if pattern.search(names)), None)


def is_known(block: Block) -> bool:
    """Whether a block carries a name that content systems give to the text of an article."""
    return bool(block.names) and _rank(block.names) == 0


def pictures(outline: Outline, block: Block | None) -> int:
    """Pictures, films and embedded documents in a block, outside navigation and foot."""
    inside = outline.inside(block) if block is not None else outline.blocks
    return sum(1 for part in inside if part.tag in _SHOWN and part.region is _MAIN)


_SHOWN = frozenset(["img", "video", "audio", "embed", "canvas"])
