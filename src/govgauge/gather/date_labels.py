"""Dates that a page shows to its reader as its own: by their labels, and by their place below the title."""

import re
from datetime import date

import turbohtml

from govgauge import lazy_re
from govgauge.gather.date_words import in_url, month_in_url, parse
from govgauge.once import once

TEXT_LIMIT = 60_000
"""Characters of visible text that are looked at."""

ZONE = 260
"""Characters below a title in which the line with date and source stands; the longest such lines have some 200."""

ZONE_OF_NO_TITLE = 3000
"""Characters from the start of a page whose title is not found in it, where a date beside its source still counts."""

_DAY = (
    r"\d\d{3}\s?[-/.年－／．]\s?\d{1,2}\s?[-/.月－／．]\s?\d{1,2}(?!\d)(?:\s?日)?"
    r"|\d\d{3}[-/.]\d{1,2}[-/.]\d{1,2}(?=\d\d:)"
)
"""A search skips to plain digits, not to repeated ones: therefore the first stands apart."""
_SHORT_DAY = r"(?<!\d)\d{1,2}[-/月]\d{1,2}日?(?![-/\d年])"
_CLOCK = r"(?:\s{0,3}T?\s?\d{1,2}\s?[:：时]\s?\d{1,2}(?:\s?[:：分]\s?\d{1,2}秒?)?分?)?"
_KEY = lazy_re.compile(r"(?:时\s{0,4}间|日\s{0,4}期|[布表新]于|更新)$")
"""Words of time behind which a date may stand."""
_KEY_CHARS = 6
_VALUES = tuple(
    lazy_re.compile(rf"{end}(\s?[:：]?\s*(?:[\[【(（]\s?)?)({_DAY}|{_SHORT_DAY}){_CLOCK}") for end in "间期于新"
)
"""A date behind the end of such a word. A search for one plain character is many times as fast as for one of several:
therefore each end has a pattern of its own."""
_REACH = 120
"""Characters behind a zone in which the value of a label that stands in it may end."""
_APART = r"(?:^|[\s|｜【\[（(·•;；,，:：>》*/])"
_PUBLISHING = lazy_re.compile(
    rf"{_APART}(?:信息|网上|网站|文章|新闻)?(?:(?:发布|发表|发稿|公布|公开|上网|上传|录入|添加|登载|刊登)的?|信息)$"
)
_UPDATING = lazy_re.compile(rf"{_APART}(?:最后|最近)?(?:更新|修改|更)?$")
_BARE = lazy_re.compile(rf"{_APART}$")
_PLAIN = lazy_re.compile(rf"({_DAY})({_CLOCK})")
_INFO = lazy_re.compile(
    r"来\s{0,2}源|稿源|作\s{0,2}者|编\s{0,2}辑|浏览|点击|阅读|访问|字\s?[号体]|打\s?印|分享|发布者|发布人|发布机构|供稿|撰稿|人气"
    r"|【\s?大|次数|收藏|文章出处|信息提供|朗读|语音"
)
_SOURCE = lazy_re.compile(r"来\s{0,2}源|稿源|浏览|点击|阅读|字\s?[号体]|发布机构|文章出处")
_INFO_FIRST = lazy_re.compile(rf"[^，。,；;]{{0,6}}?(?:{_INFO.pattern})")
_NAMED_FIRST = lazy_re.compile(
    r"[^，。,；;]{0,6}?(?:来\s{0,2}源|稿源|作\s{0,2}者|编\s{0,2}辑|发布机构|发布人|供稿|出处)\s*[:：]"
)
_RANGE = lazy_re.compile(r"\s{0,2}(?:[前起至到—~～]|上午|下午|晚|中午|以前|之前|止|开始|截|[-－]\s?\d{1,2}[月日])")
_OTHER_LABEL = lazy_re.compile(r"(?:日期|时间|期限|有效期|年月日)\s*[:：]?\s*$|[:：]\s*$")
_HEADER_CELL = lazy_re.compile(r"(?:日期|时间)\s*\n$")
_CALENDAR = lazy_re.compile(r"今天|今日|现在|当前时间|欢迎")
_WORD = lazy_re.compile(r"[^\W\d_]{2}")
_BRACKETS = " \t\xa0\u3000[]【】()（）|｜·•/-—"
_TITLE_END = lazy_re.compile(r"\s*(?:[_|｜]|--+|——|\s-\s)\s*")
_FEW_DATES = 2
_SHORT_TITLE = 6
"""A title of fewer characters may be a column's name: then only labels count."""


Places = list[tuple[int, date]]
"""Dates by their places in a text."""


class ShownDates:
    """What the visible text of a page says of its date, by what speaks for it. Only what is asked for is looked for.

    `url` lends its year to dates without one; `text` holds the visible runs of text, one a line, when they are known.
    """

    def __init__(self, document: turbohtml.Document, url: str, text: str | None = None) -> None:
        self._url = url
        self._text = (_visible(document) if text is None else text)[:TEXT_LIMIT]
        self._zones = _zones(self._text, document)

    @once
    def near_title(self) -> list[date]:
        """Dates with a label in the line below the title, else in a line of an article's particulars."""
        text, zones = self._text, self._zones
        stretches = [(start, end + _REACH) for start, end in zones]
        labelled = [(place, shown) for place, shown in self._among(stretches)[0] if _inside(place, zones)]
        if labelled:
            return _right_below(text, zones, labelled) or [shown for _, shown in labelled]
        return [shown for place, shown in self._everywhere[0] if _beside_info(text, place)]

    @property
    def labelled(self) -> list[date]:
        """Dates with a label of publishing anywhere."""
        return [shown for _, shown in self._everywhere[0]]

    @property
    def line(self) -> list[date]:
        """Dates with a bare label, or none, in the line below the title."""
        text, zones = self._text, self._zones
        weak = [
            (place, shown)
            for place, shown in self._everywhere[1]
            if _inside(place, zones) or _beside_source(text, place)
        ]
        return _right_below(text, zones, weak) or [shown for _, shown in weak] or _plain_in(text, zones)

    @property
    def updated(self) -> list[date]:
        """Dates with a label that speaks of updating."""
        return [shown for _, shown in self._everywhere[2]]

    @once
    def _everywhere(self) -> tuple[Places, Places, Places]:
        return self._among([(0, len(self._text))])

    def _among(self, stretches: list[tuple[int, int]]) -> tuple[Places, Places, Places]:
        """The dates behind words of time: labelled as publishing, with a bare label, labelled as updating."""
        text = self._text
        values = {
            value.start(): value
            for start, end in stretches
            for pattern in _VALUES
            for value in pattern.finditer(text, start, end)
        }
        labelled: Places = []
        weak: Places = []
        updated: Places = []
        for end in sorted(values):
            key = _KEY.search(text, max(0, end + 1 - _KEY_CHARS), end + 1)
            shown = _shown(values[end], key.start(), text, self._url) if key else None
            if key is None or shown is None:
                continue
            start, word = key.start(), key.group()
            before = text[max(0, start - 10) : start]
            if word[-1] == "于" or word == "更新":
                before += word[0]
            if _PUBLISHING.search(before):
                labelled.append((start, shown))
            elif _BARE.search(before):
                weak.append((start, shown))
            elif _UPDATING.search(before):
                updated.append((start, shown))
        return labelled, weak, updated


def _visible(document: turbohtml.Document) -> str:
    """The visible runs of text of a page, one a line."""
    body = document.find("body")
    if body is None:
        return ""
    hidden = {element.text.strip() for element in document.select("script,style,textarea,select")}
    pieces = body.stripped_strings
    return "\n".join([piece for piece in pieces if piece not in hidden] if hidden else pieces)


def _shown(value: re.Match[str], start: int, text: str, url: str) -> date | None:
    """The date of a label; None when it is a span of time, or stands in a table under another heading."""
    if _RANGE.match(text, value.end(2)) or _RANGE.match(text, value.end()):
        return None
    no_colon = ":" not in value[1] and "：" not in value[1]
    if no_colon and "\n" in value[1] and _HEADER_CELL.search(text[: text.rfind("\n", 0, start) + 1][-8:]):
        return None
    return parse(value[2]) or _with_year(value[2], url)


def _with_year(text: str, url: str) -> date | None:
    """`11-05` in the year of the URL, when the URL's month is the same."""
    month = month_in_url(url)
    if month is None or re.match(r"\d{4}", text):
        return None
    value = parse(text, near=in_url(url) or date(month[0], month[1], 15))
    return value if value and (value.year, value.month) == month else None


def _zones(text: str, document: turbohtml.Document) -> list[tuple[int, int]]:
    """The stretches of text right below each place where the page's title stands."""
    titles = [element.attr("content") or "" for element in document.select('meta[name="ArticleTitle" i]')]
    titles += [element.text for element in document.find_all("h1", limit=3)]
    head = document.find("title")
    if head is not None:
        titles += [head.text, _TITLE_END.split(head.text.strip())[0]]
    zones: list[tuple[int, int]] = []
    for title in {" ".join(title.split()) for title in titles}:
        if len(title) < _SHORT_TITLE:
            continue
        # A long title may be broken over lines: its beginning finds it.
        place = text.find(title[:20])
        while place >= 0 and len(zones) < 12:
            start = place + min(len(title), 20)
            zones.append((start, start + len(title) - min(len(title), 20) + ZONE))
            place = text.find(title[:20], start)
    return zones


def _inside(place: int, zones: list[tuple[int, int]]) -> bool:
    return any(start <= place <= end for start, end in zones)


def _right_below(text: str, zones: list[tuple[int, int]], found: Places) -> list[date]:
    """The first date that only particulars part from the title: an article taken over brings its own date, too."""
    for place, shown in found:
        line_start = text.rfind("\n", 0, place) + 1
        for start, end in zones:
            if start <= place <= end and all(map(_is_particular, text[start:line_start].split("\n")[1:])):
                return [shown]
    return []


def _beside_info(text: str, place: int) -> bool:
    """Whether source, author or reader's counters stand beside: the line of an article's particulars."""
    return bool(_INFO.search(text[max(0, place - 60) : place + 100]))


def _beside_source(text: str, place: int) -> bool:
    """As `_beside_info`, by what stands only above an article: below it, a form may be dated and the page printed."""
    return bool(_SOURCE.search(text[max(0, place - 60) : place + 100]))


def _plain_in(text: str, zones: list[tuple[int, int]]) -> list[date]:
    """Dates without a label in the lines below the title: first of all lines there, or beside source and counters."""
    shown = []
    for start, end in zones or [(0, ZONE_OF_NO_TITLE)]:
        for found in _PLAIN.finditer(text, start, min(end, len(text))):
            line_start = text.rfind("\n", 0, found.start()) + 1
            line_end = text.find("\n", found.end())
            before, after = text[line_start : found.start()], text[found.end() : line_end if line_end >= 0 else None]
            between = text[start:line_start].split("\n")[1:]
            alone = (
                bool(zones)
                and _stands_alone(before, after)
                and all(map(_is_particular, between))
                and not _in_list(text, found)
            )
            if alone or _among_info(before, after):
                value = parse(found[1])
                if value:
                    shown.append(value)
    return shown


def _stands_alone(before: str, after: str) -> bool:
    """Whether a date fills its line. `（2025年11月5日）` below a title is the day of a speech or a decision."""
    if before.rstrip().endswith(("(", "（")):
        return False
    return not before.strip(_BRACKETS) and not after.strip(_BRACKETS)


def _in_list(text: str, found: re.Match[str]) -> bool:
    """Whether further dates stand around: the entries of a list, one of which repeats the title's words."""
    return len(_PLAIN.findall(text, max(0, found.start() - ZONE), found.end() + ZONE)) > _FEW_DATES


def _is_particular(line: str) -> bool:
    """Whether a line between title and date belongs to the article's particulars: source, counters, or mere signs."""
    return bool(_INFO.search(line)) or not _WORD.search(line)


def _among_info(before: str, after: str) -> bool:
    if len(before) > 60 or len(after) > 120 or _CALENDAR.search(before) or _OTHER_LABEL.search(before):
        return False
    before, after = before.strip(_BRACKETS), after.strip(_BRACKETS)
    return (
        (not before or bool(_NAMED_FIRST.match(before)))
        and (not after or bool(_INFO_FIRST.match(after)))
        and bool(before + after)
    )
