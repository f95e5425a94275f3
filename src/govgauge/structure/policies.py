"""Reading a normative document: its number, issuer, dates, validity."""

import re
from datetime import date

from govgauge import lazy_re
from govgauge.gather import urls
from govgauge.structure import blocks as flow
from govgauge.structure import document_dates, document_number, element_table, page_place, policy_terms, telltales
from govgauge.structure.model import Article, Policy
from govgauge.structure.page import Page

VOCABULARY = element_table.vocabulary("policy")
HEAD_BLOCKS = 14
"""Blocks after the title among which a document's own number stands."""
TABLE_BLOCKS = 160
LONGEST_VALUE = 300

_KIND = lazy_re.compile(
    r"(?:通知|意见|办法|规定|细则|决定|方案|规划|条例|批复|复函|函|公告|通告|命令|令|制度|标准|措施|规则|规程|纲要|计划|预案|规范|决议|通报|答复)"
    r"(?:[（(][^（()）]{1,20}[)）])*(?:[（(【].*)?$"
)
_RULES = lazy_re.compile(
    r"(?:条例|办法|规定|细则|法|规则|规程|标准|措施|制度|意见|通知|方案|规范)(?:[（(][^（()）]{1,12}[)）])*$"
)
_NEVER = lazy_re.compile(
    r"召开|会议的?通知|任免|任职|免职|职务的?(?:通知|决定)|解读|图解|一图读懂|答记者问|会议纪要|年度报告|行政处罚决定书|征求[^《》]{0,40}意见|"
    r"意见征集|(?:公开)?征集[^《》]{0,20}(?:意见|建议)|征求意见"
)
"""Titles that are never a normative document, whatever number stands under them."""
_SELDOM = lazy_re.compile(
    r"公示(?!制度)|招标|中标|采购公告|竞争性|拍卖|问答|新闻发布|座谈|培训班|举行|调研|招聘|名单|工作报告|中奖|挂牌出让|听证会|体检|面试|成绩|"
    r"辅导|视频|观看|表彰大会"
)
"""Titles that are none unless an element table with a number says so."""
_ISSUING = lazy_re.compile(r"印发|办法|规定|细则|意见|实施方案|若干措施")
"""Words in the titles of documents that always carry a number."""
_POLICY_PLACE = lazy_re.compile(r"政策|文件|法规|规章|规范性|条例|公文")
_INTERPRETING = lazy_re.compile(r"解读|图解|一图读懂|图说|政策问答|答记者问")
_INTERPRETING_ONLY = lazy_re.compile(
    r"^[【\[]?(?:查看|相关|政策|文字|图片|图文|视频|动漫|音频|专家|部门|媒体|文件|H5|一图)*(?:解读|图解|读懂|问答)(?:材料|文件|视频|信息)?[】\]]?$"
)
_LISTING = lazy_re.compile(r"/(?:index[^/]*|list[^/]*|col\d+/?)?(?:\.\w+)?$", re.IGNORECASE)


Elements = dict[str, list[element_table.Pair]]
"""Pairs of the element table by field."""


def read(page: Page, article: Article | None) -> Policy | None:
    """What the page says of itself as a normative document; None when it is no such document.

    A page counts when its element table holds a document number, when the number stands under its title, or when it is
    a regulation in articles (第一条 …). News, interpretations, notices of meetings and appointments are none.
    """
    words = page.telltales
    if not words & telltales.POLICY and "〕号" not in words:
        return None
    named = (article.title if article else "") or page_place.title(page)
    if _NEVER.search(named) or not (words & telltales.POLICY_TABLE or _KIND.search(named) or _RULES.search(named)):
        return None
    blocks = page.blocks
    found = _elements(blocks)
    title = _first(found, "title") or named
    if not title or _NEVER.search(title):
        return None
    number = _number(found, blocks, title)
    if not _is_normative(page, blocks, found, title, number):
        return None
    return _policy(page, article, blocks, found, title, number=number)


def _policy(
    page: Page, article: Article | None, blocks: list[flow.Block], found: Elements, title: str, *, number: str
) -> Policy:
    text = flow.joined(blocks)
    written = document_dates.first(_first(found, "written")) or (article.dateline if article else None)
    published = document_dates.first(_first(found, "published")) or (article.published if article else None)
    start, end = policy_terms.life(text, written or document_dates.first(_first(found, "published")))
    if re.search(r"有效期|延长|延续", title):
        start, end = None, None
    effective = document_dates.first(_first(found, "effective")) or start
    expires = document_dates.first(_first(found, "expires"))
    expires = expires or policy_terms.term_of(_first(found, "term"), effective or written or published) or end
    return Policy(
        title=title,
        number=number,
        issuer=_first(found, "issuer") or _issuer(title, blocks),
        written=written,
        published=published,
        effective=effective,
        expires=expires,
        validity=_validity(found, title, blocks),
        abolishes=tuple(
            other for other in policy_terms.abolished(text, title) if not document_number.same(other, number)
        ),
        subject=_first(found, "subject"),
        index_number=_first(found, "index"),
        interpretations=_interpretations(page, blocks),
        labels=tuple(dict.fromkeys(pair.label for pairs in found.values() for pair in pairs)),
        blank=tuple(
            pairs[0].label for field, pairs in found.items() if pairs and not any(pair.value for pair in pairs)
        ),
    )


def _elements(blocks: list[flow.Block]) -> Elements:
    """Pairs of the element table by field: at least two of its labels must be there, near one another."""
    pairs = [
        pair for pair in element_table.pairs(blocks[: TABLE_BLOCKS * 4], VOCABULARY) if len(pair.value) <= LONGEST_VALUE
    ]
    anchors = [pair for pair in pairs if pair.field in {"index", "number", "issuer", "written", "validity"}]
    if len({pair.field for pair in anchors}) < 2:
        return {"validity": [pair for pair in pairs if pair.field == "validity" and pair.value]}
    start, end = anchors[0].first, anchors[0].first
    for pair in anchors:
        if pair.first - end <= TABLE_BLOCKS // 4:
            end = max(end, pair.first)
    fields: Elements = {}
    for pair in pairs:
        if start - 12 <= pair.first <= end + 12:
            fields.setdefault(pair.field, []).append(pair)
    return fields


def _first(found: Elements, field: str) -> str:
    value = next((pair.value for pair in found.get(field, ()) if pair.value), "")
    value = " ".join(value.split())
    return "" if re.fullmatch(r"[-—–/\\无\ufffc]*|暂无|null|undefined|NULL", value) else value


def _number(found: Elements, blocks: list[flow.Block], title: str) -> str:
    labelled = _first(found, "number")
    if labelled:
        return document_number.normal(labelled)
    at = _title_at(blocks, title)
    named = document_number.every(title)
    for block in blocks[at : at + HEAD_BLOCKS]:
        text = block.text.strip(" 　（()）【】")
        if len(text) > 60:
            continue
        own = document_number.first(text)
        if own and own not in named and len(re.sub(r"[\s\u3000]", "", text)) <= len(own) + 6 and "关于" not in text:
            return own
    in_title = re.search(r"[（(【]([^（(【]{2,40}号)[)）】]\s*$", title)
    return document_number.first(in_title.group(1)) if in_title else ""


def _title_at(blocks: list[flow.Block], title: str) -> int:
    """Index of the first block that shows the title (its first line is enough)."""
    wanted = "".join(title.split())[:14]
    shown = enumerate(blocks[: TABLE_BLOCKS * 4] if wanted else ())
    return next((at for at, block in shown if wanted in "".join(block.text.split())), 0)


def _is_normative(page: Page, blocks: list[flow.Block], found: Elements, title: str, number: str) -> bool:
    table = (
        len([field for field in found if field in {"index", "number", "issuer", "written", "validity", "title"}]) >= 3
    )
    if number:
        looks_like_number = bool(document_number.first(number)) or re.search(r"\d+\s*号", number)
        return bool(looks_like_number and (table or (_KIND.search(title) and not _SELDOM.search(title))))
    if _SELDOM.search(title):
        return False
    if table and ("number" in found or _ISSUING.search(title)) and _KIND.search(title):
        return bool(_POLICY_PLACE.search(page_place.words(page, blocks))) and not re.search(
            r"(?:函|通报|答复|批复)$", title
        )
    if not _RULES.search(title) or not _POLICY_PLACE.search(page_place.words(page, blocks)):
        return False
    articles = sum(1 for block in blocks if re.match(r"第[一二三四]条", block.text))
    return articles >= 3


def _issuer(title: str, blocks: list[flow.Block]) -> str:
    """The issuing body from the title (…市人民政府关于…), else from the signature above the closing date."""
    match = re.match(r"^([一-鿿、\s]{2,40}?)(?:关于|印发|转发)", title)
    if match and re.search(r"(?:府|办|局|委|部|厅|院|会|室|处|署|社|行|中心|公室|支队)$", match.group(1).strip()):
        return match.group(1).strip()
    for at, block in enumerate(blocks[1:], 1):
        if (
            len(block.text) <= 24
            and document_dates.first(block.text)
            and re.match(r"^[\s\d一二年月日〇零○-]+$", block.text)
        ):
            before = blocks[at - 1].text
            if 3 <= len(before) <= 40 and re.search(r"(?:府|办|局|委|部|厅|院|会|室|处|署|社|中心)$", before):
                return before
    return ""


def _validity(found: Elements, title: str, blocks: list[flow.Block]) -> str:
    """The validity as shown in the table, as a mark in the title, or as a line of its own near the title."""
    shown = _first(found, "validity")
    if shown:
        return shown[:20]
    marked = re.search(r"[（(【\[]\s*(?:已)?(失效|废止|已修改|继续有效)[^）)】\]]{0,12}[）)】\]]", title)
    if marked:
        return marked.group(1)
    at = _title_at(blocks, title)
    for block in blocks[max(0, at - 6) : at + HEAD_BLOCKS]:
        line = re.sub(r"[\s【】\[\]（）()]", "", block.text)
        if re.fullmatch(
            r"(?:已|本文件已|该文件已|此文件已|文件已)?(?:失效|废止|有效|现行有效|继续有效|被修改|宣布失效|被废止)",
            line,
        ):
            return line
        if len(line) < 80 and re.match(
            r"(?:注[:：])?(?:本|该|此)(?:文件|政策|办法|通知|规定)?已(?:经|于|被|由)?[^，。]{0,30}(?:废止|失效)", line
        ):
            return "废止" if "废止" in line else "失效"
    return ""


def _interpretations(page: Page, blocks: list[flow.Block]) -> tuple[str, ...]:
    base = page.document.base_url(page.url)
    found: list[str] = []
    for block in blocks:
        for text, href in block.links:
            if not _INTERPRETING.search(text) or href.startswith(("javascript:", "#")):
                continue
            url = urls.resolve(base, href)
            if url is None or (_LISTING.search(url.partition("?")[0]) and "?" not in url):
                continue
            if _INTERPRETING_ONLY.match(text) or len(text) >= 10:
                found.append(urls.canonical(url))
    own = urls.canonical(page.url)
    return tuple(dict.fromkeys(url for url in found if url != own))


def issued(policy: Policy) -> date | None:
    """The day a document came out, for arithmetic: written, else published."""
    return policy.written or policy.published
