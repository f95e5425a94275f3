"""Reading a consultation or survey: when it runs and whether its result is published."""

import calendar
import re
from datetime import date

from govgauge import lazy_re
from govgauge.gather import urls
from govgauge.gather.artifacts import Region
from govgauge.structure import blocks as flow
from govgauge.structure import content_range, document_dates, element_table, page_place
from govgauge.structure.model import Article, Consultation
from govgauge.structure.page import Page

VOCABULARY = element_table.vocabulary("consultation")
TITLE = lazy_re.compile(
    r"征求[^，。]{0,60}意见|征集[^，。]{0,40}(?:意见|建议)|(?:意见|民意|建议)征集|公开征求|征求意见稿|问卷调查|网上调查|民意调查|在线调查|满意度调查|"
    r"听取[^，。]{0,30}意见|(?:我|请您?|邀您)(?:为|对|给|来)[^，。]{0,40}(?:提|献)[^，。]{0,6}(?:意见|建议|策|计$)|建言(?:献策)?征集|规划(?:编制)?建言|问计于民"
)
"""Titles of consultations and surveys."""
RESULT_TITLE = lazy_re.compile(
    r"(?:结果|情况|采纳)(?:的)?(?:反馈|公示|通报|公告|说明|公布|公开|汇总)|反馈(?:结果|情况|意见|公告|说明)|采纳情况|征集结果|调查结果|"
    r"意见(?:征集|征求|收集|反馈)(?:的)?(?:结果|情况)|情况(?:的)?(?:反馈|说明)|结果反馈|(?:意见|征集|调查|建议)[^，。]{0,12}(?:结果|情况)$|调查报告|"
    r"意见[^，。]{0,10}(?:汇总|整理)"
)
"""Titles of published results."""

HEAD_BLOCKS = 6
"""Blocks above the title in which the labels of the consultation may stand."""
_NOT = lazy_re.compile(
    r"解读|召开|举行|座谈会|转发|新闻|征文|征集令|作品|标识|线索|口号|案例|征集活动获奖|人口普查|经济普查|调查队|调查处|行政处罚|失踪|认领|"
    r"社会稳定|事故调查|地质调查|专家库|志愿者|供应商|候选|征兵|征地|征收土地|标志|LOGO|摄影|论文|入库|企业名单|遴选",
    re.IGNORECASE,
)
_CLOSING = lazy_re.compile(
    r"(?:截止|截至|止于|于|在|至|到|前至)[^，。；\n]{0,16}?((?:19|20)\d{2}\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}\s*日?)\s*(?:\d{1,2}[:：时]\d{0,2}分?)?"
    r"\s*(?:（[^）]{1,12}）)?\s*(?:之?前|止|截止|结束|以前|下班)"
)
_CLOSING_DAY = lazy_re.compile(
    r"(?:截止|截至)(?:时间|日期|期限)?(?:为|是|到|至)?\s*[:：]?\s*((?:19|20)\d{2}\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2})"
)
_SPAN = lazy_re.compile(
    r"((?:19|20)\d{2}\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}\s*日?)[\s0-9:：时分起]{0,12}(?:至|到|—+|-+|~|～|–)\s*"
    r"(?:((?:19|20)\d{2})\s*[年/.-]\s*)?(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*日?"
)
_SHORT_DAY = lazy_re.compile(
    r"(?:于|在|截止|截至|至|到)[^，。；\n\d]{0,10}(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*(?:[（(][^）)]{1,12}[）)])?\s*"
    r"(?:上午|下午|中午|晚上?|夜间?|\d{1,2}\s*[:：时点]\s*\d{0,2}分?|\s){0,4}(?:之?前|止|以前|截止|下班)"
)
_ADDRESSEES = lazy_re.compile(
    r"^(?:各|局属|委属|市直|县直|区直|省直|直属|机关|所属|有关|相关)[^。；]{0,90}(?:局|委|办|校|院|园|所|处|室|中心|单位|部门|企业|公司|政府|街道|乡镇|县区|市区)[^。；]{0,12}[:：]$",
    re.MULTILINE,
)
_PUBLIC = lazy_re.compile(
    r"公开征|面向社会|社会(?:各界|公众|公开|广泛|征|上)|公众|各界|群众|公民|市民|网民|网友|居民|村民|家长|个人|广大|人士|热心"
)
"""Words that ask everybody; a notice to offices and schools alone is business of the house."""
_PLACE = lazy_re.compile(r"征集|征求|调查|问卷|民意|听证")
_YEAR_END = lazy_re.compile(
    r"(?:截止|截至|至|到)[^，。；\n\d]{0,10}((?:19|20)\d{2})\s*年\s*(?:年?[底末]|(\d{1,2})\s*月(?:份)?[底末])"
)
"""The end of a year or of a month, as a last day."""
_TERM = lazy_re.compile(
    r"(?:自|从)(?:发布|公布|公告|本公告发布|公示|即日|本通知发布)之?日?起\s*(\d{1,3})\s*(?:个)?(?:日|天)(?!.{0,3}工作日)"
)
_CLOSED_WORDS = lazy_re.compile(
    r"^(?:已结束|已截止|结束|征集已?结束|调查已?结束|活动已?结束|已过期|征集结束|已反馈|已办结)$"
)
_LIST = lazy_re.compile(r"/(?:index[^/]*)?$")
_NO_RESULT = lazy_re.compile(r"^(?:暂无[^。]{0,8}|无|未反馈|待反馈|尚未[^。]{0,10}|正在[^。]{0,10}|[-—–/\s]*)[。.]?$")


def read(page: Page, article: Article | None) -> Consultation | None:
    """The consultation on this page; None when it is none, or is the page of a result.

    `closes` is the last day on which opinions are taken, as the page states it; None when it states none.
    """
    title = (article.title if article else "") or page_place.title(page)
    if not TITLE.search(title) or RESULT_TITLE.search(title) or _NOT.search(title):
        return None
    start, end = content_range.main_text(page.blocks, title)
    blocks = page.blocks[max(0, start - HEAD_BLOCKS) : end + 1]
    pairs = element_table.pairs(blocks, VOCABULARY)
    text = flow.joined([block for block in blocks if not block.links])
    if _asks_offices_only(page, title, text):
        return None
    opens, closes = _run(pairs, text, article)
    if closes is None and opens is None:
        return None
    return Consultation(
        title=title,
        opens=opens,
        closes=closes,
        has_result=_holds_result(blocks, pairs),
        result_urls=_result_links(page, page.blocks, title),
    )


def _asks_offices_only(page: Page, title: str, text: str) -> bool:
    """Whether the text is addressed to bodies by name and asks nobody else. What stands in a column of consultations
    asks everybody."""
    if not _ADDRESSEES.search(text) or _PUBLIC.search(title + text):
        return False
    return not _PLACE.search(page_place.words(page, page.blocks).replace(title, ""))


def _run(pairs: list[element_table.Pair], text: str, article: Article | None) -> tuple[date | None, date | None]:
    """First and last day: from the labels, else from the sentences, else from a term that starts with the posting."""
    values = {pair.field: pair.value for pair in reversed(pairs) if pair.value and len(pair.value) < 120}
    opens = document_dates.first(values.get("opens", "")) or (article.published if article else None)
    closes = document_dates.first(values.get("closes", ""))
    span = _SPAN.search(values.get("span", "")) or _SPAN.search(_near_words(text))
    if span and closes is None:
        first = document_dates.first(span.group(1))
        year = int(span.group(2)) if span.group(2) else (first.year if first else 0)
        closes = document_dates.day(year, span.group(3), span.group(4))
        opens = first or opens
    if closes is None:
        stated = _CLOSING.search(text) or _CLOSING_DAY.search(text)
        closes = document_dates.first(stated.group(1) + ("" if "日" in stated.group(1) else " ")) if stated else None
    if closes is None and (end := _YEAR_END.search(_near_words(text))):
        closes = _last_day(int(end.group(1)), int(end.group(2) or 12))
    if closes is None and opens is not None:
        closes = _from_opening(text, opens)
    if opens is not None and closes is not None and closes < opens:
        return opens, None
    return opens, closes


def _last_day(year: int, month: int) -> date | None:
    """The last day of a month; None where there is no such month."""
    return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None


def _near_words(text: str) -> str:
    """The lines that speak of the time of the consultation, so that a span of some other period is not taken."""
    return "\n".join(
        line for line in text.splitlines() if re.search(r"征求|征集|意见|反馈|截止|公示期|调查时间|时间[:：]", line)
    )


def _from_opening(text: str, opens: date) -> date | None:
    short = _SHORT_DAY.search(_near_words(text))
    if short:
        closes = document_dates.day(opens.year, short.group(1), short.group(2))
        if closes is not None and closes < opens:
            closes = document_dates.day(opens.year + 1, short.group(1), short.group(2))
        return closes
    term = _TERM.search(text)
    return date.fromordinal(opens.toordinal() + int(term.group(1))) if term else None


def _holds_result(blocks: list[flow.Block], pairs: list[element_table.Pair]) -> bool:
    """Whether the page itself shows the result: a heading of that name with words behind it, or a survey's votes."""
    for pair in pairs:
        folded = re.sub(r"\s+", "", pair.value)
        if pair.field != "result" or _NO_RESULT.match(folded) or len(folded) < 6:
            continue
        if any(href for _text, href in blocks[pair.first].links):
            continue
        return True
    votes = sum(
        1
        for block in blocks
        if len(block.text) < 80 and re.search(r"\d+\s*票|\d+(?:\.\d+)?\s*[%％]\s*[（(]?\s*\d*", block.text)
    )
    return votes >= 3


def _result_links(page: Page, blocks: list[flow.Block], title: str) -> tuple[str, ...]:
    base = page.document.base_url(page.url)
    core = subject(title)
    framed = {link.url for link in page.links if link.region is not Region.MAIN}
    found: list[str] = []
    for block in blocks:
        for text, href in block.links:
            if href.startswith(("javascript:", "#")) or not RESULT_TITLE.search(text):
                continue
            url = urls.resolve(base, href)
            if url is None or _LIST.search(url.partition("?")[0]):
                continue
            is_button = len(text) <= 12 and urls.canonical(url) not in framed
            if is_button or (core and core in subject(text)) or (core and subject(text) in core):
                found.append(urls.canonical(url))
    own = urls.canonical(page.url)
    return tuple(dict.fromkeys(url for url in found if url != own))


def subject(title: str) -> str:
    """What a consultation or its result is about: the words inside 《》, else the title without its set phrases."""
    quoted = re.search(r"《([^《》]{3,})", title)
    core = quoted.group(1) if quoted else title
    core = re.sub(
        r"[（(【](?:公开)?(?:征求意见稿|草案|送审稿|修订稿|修订草案|草案征求意见稿|修订征求意见稿|初稿|试行)[^）)】]*[）)】]|征求意见稿|关于|公开|征求|征集|意见建议|"
        r"意见|建议|的?(?:公告|通知|公示|启事|函)$|反馈|结果|采纳|情况|说明|社会|公众|广泛|网上|问卷|调查|民意|听取|对|的|[《》“”\"、，,\s]",
        "",
        core,
    )
    return core if len(core) >= 4 else ""
