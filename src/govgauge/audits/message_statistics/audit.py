"""message-statistics: a site that takes messages publishes no statistics of them.

Statistics count wherever they stand: a column, a link, an article's title, or figures on the mailbox page itself. An
entrance of that name counts unless its page was read and holds nothing.
"""

import re
from collections.abc import Sequence

from govgauge import lazy_re
from govgauge.audits.audit import Extent, Group, Meta, Params
from govgauge.audits.column_empty.audit import SAYS_NOTHING, TRAIL
from govgauge.audits.enquiries import EXCLUDED, MAILBOX_WORDS
from govgauge.audits.own_content import own_content
from govgauge.audits.sight import blind_spot
from govgauge.audits.verdict import failed, not_applicable, not_observable, passed
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.model import Column
from govgauge.structure.site import Site

META = Meta(
    id="message-statistics",
    version=2,
    group=Group.DIALOGUE,
    extent=Extent.PRESENCE,
    needs=("facts", "home", "pages", "targets", "columns", "articles", "links", "html_of"),
    params=Params,
    source="2025 指标体系 互动交流：留言统计公开；国办秘函〔2019〕19号 扣分指标",
)
_WORDS = lazy_re.compile(
    r"(?:信件|来信|留言|信箱|办件|回复|答复|办理|受理|互动|数据|咨询|诉求|热线|问政|满意度|热点)[^，。]{0,6}(?:统计|排行|分析|数据|通报|月报|季报|年报)|统计(?:分析|数据|信息)|"
    r"(?:答复|回复|办理|满意度)(?:率|情况|排名)|^统计$"
)
"""Names of columns and links under which such statistics stand."""
_SURE_WORDS = lazy_re.compile(
    r"(?:信件|来信|留言|信箱|办件|互动|诉求|问政|热线)[^，。]{0,6}(?:统计|排行|分析|月报|季报)|(?:答复|回复)(?:率|排行|统计)"
)
"""Names that mean statistics of messages on whatever page they stand."""
LONGEST_WORDS = 16
_SHOWN, _UNSEEN, _HOLLOW = "shown", "unseen", "hollow"
_TITLE = lazy_re.compile(
    r"(?:来信|信箱|留言|热线|12345|网民|咨询|诉求|互动|办件)[^，。]{0,24}(?:统计|分析|通报|报告|月报|季报|情况)|(?:统计|分析|通报|月报)[^，。]{0,16}(?:来信|信箱|留言|12345|热线|诉求)"
)
_FIGURES = lazy_re.compile(
    r"(?:来信|信件|留言|收到|受理|累计|本月|今年|本年|总数|办结|答复|回复|处理|办理|咨询|投诉|建议|总计)[^<>。]{0,14}?(?:总数|总量|数量|数|量|率|件|条)?\s*[:：]?\s*(?:<[^>]+>\s*){0,4}\d+(?:\.\d+)?\s*(?:<[^>]+>\s*){0,4}(?:件|条|封|%|％|个(?!工作日|自然日|月|小时))"
)
_PAGER = lazy_re.compile(
    r"(?:共|总计|总数)[^<>。\d]{0,6}(?:<[^>]+>\s*)*\d+\s*(?:<[^>]+>\s*)*(?:条|个|件)(?=(?:[^页。]|<[^>]+>){0,60}页)"
)
"""What the paging bar of a list says of its length: no statistics."""
_PAGE_LINE = lazy_re.compile(r"页[^。]{0,20}共|共[^。]{0,20}页|第\s*\d+|\d+\s*/\s*\d+\s*页")
_DEAD_FRAME = lazy_re.compile(
    r"<i?frame\b(?![^>]*\bsrc\s*=\s*[\"']?(?!javascript:|about:|#|[\"'])[^\s>])[^>]*>", re.IGNORECASE
)
"""A frame without an address: what stands in it comes from elsewhere."""
_PLAIN_LINK = lazy_re.compile(r"<a\b(?![^>]*\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar|png|jpe?g)\b)", re.IGNORECASE)
"""A link to no document: on a page without any list, part of its trail or menu."""
_SCRIPTED = lazy_re.compile(
    r"v-for=|ng-repeat|axios|\.ajax\(|\$\.(?:get|post|getJSON)\(|fetch\(|<iframe|echarts", re.IGNORECASE
)


def judge(site: Site, _params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，来信统计无从检查。")
    boxes = [column for column in site.columns.values() if _is_box(column)]
    if not boxes:
        return not_applicable(META, "本网站上没有来信栏目（可能设在其他平台）。")
    if _is_told(site, boxes):
        return passed(META)
    entrances = _entrances(site, boxes)
    states = {url: _state(site, url, boxes) for _words, url in entrances}
    if _SHOWN in states.values():
        return passed(META)
    if _UNSEEN in states.values():
        return not_observable(META, "来信统计页面的内容在框架里，未能读到。")
    seen = [column for column in boxes if not column.script_only and site.html_of(column.url)]
    plain = [column for column in seen if not _SCRIPTED.search(site.html_of(column.url))]
    # An empty page of that name tells enough; without one, any mailbox page made by a script may show figures.
    hidden = not plain or (not entrances and len(plain) < len(seen))
    reason = "来信栏目由脚本生成，无法判断有没有统计信息。" if hidden else blind_spot(site)
    if reason:
        return not_observable(META, reason)
    page = _top(plain)
    name = page.name or page.url
    if entrances:
        data: dict[str, Fact] = {"column": name, "entrance": entrances[0][0], "url": entrances[0][1]}
        return failed(META, [Finding(audit=META.id, page=page.url, slug="empty", data=data)])
    return failed(META, [Finding(audit=META.id, page=page.url, slug="missing", data={"column": name})])


def _is_box(column: Column) -> bool:
    named = column.kind is ColumnKind.MAILBOX or MAILBOX_WORDS.search(column.name) is not None
    return named and not EXCLUDED.search(column.name) and not re.search(r"常见问题|热点问答|智能问答|须知", column.name)


def _top(columns: list[Column]) -> Column:
    urls = {column.url for column in columns}
    return next((column for column in columns if column.parent_url not in urls), columns[0])


def _is_told(site: Site, boxes: list[Column]) -> bool:
    """Whether a title tells of statistics, or a mailbox page shows figures itself."""
    titles = [facts.article.title for facts in site.articles.values()]
    titles += [item.title for column in site.columns.values() for item in column.items]
    if any(_TITLE.search(title) for title in titles):
        return True
    return any(_FIGURES.search(_PAGER.sub("", site.html_of(column.url))) for column in boxes)


def _entrances(site: Site, boxes: list[Column]) -> list[tuple[str, str]]:
    """What is named like statistics, with its address: columns, links, words on a page of the mailbox (their address
    is that of the links of these words, empty where there is none)."""
    pages = dict.fromkeys([column.url for column in boxes] + [url for column in boxes for url in column.pages])
    named = dict.fromkeys(words for url in pages for words in _short_words(site.html_of(url)) if _WORDS.search(words))
    found = {
        (column.name, column.url): None
        for column in site.columns.values()
        if _WORDS.search(column.name) and (column.kind is not ColumnKind.STATISTICS or column.name in named)
    }
    linked = {words for words, _url in found}
    for use in site.links():
        words = use.link.text
        if len(words) <= LONGEST_WORDS and (words in named or _SURE_WORDS.search(words)):
            found[words, use.link.url] = None
            linked.add(words)
    return [*found, *((words, "") for words in named if words not in linked)]


def _short_words(html: str) -> list[str]:
    """The short pieces of text of a page: links, tabs, headings."""
    body = re.sub(r"<title\b[^>]*>[^<]*", "", html, flags=re.IGNORECASE)
    pieces = re.findall(r">\s*([^<>\s][^<>]{0,40}?)\s*<", body)
    bare = (re.sub(r"&\w+;|[>»·|\s]|[:：]$", "", words) for words in pieces)
    return [words for words in bare if len(words) <= LONGEST_WORDS]


def _state(site: Site, url: str, boxes: list[Column]) -> str:
    """What an entrance opens. A page that was not read, or holds anything of its own, counts as shown."""
    page, column, html = site.pages.get(url), site.columns.get(url), site.html_of(url) if url else ""
    if page is None or not html or page.script_only or (column is not None and (column.items or column.script_only)):
        return _SHOWN
    others = [site.facts.home, *(box.url for box in boxes if box.items and box.url != url)]
    framed = _DEAD_FRAME.sub("", html)
    own = own_content(
        _PLAIN_LINK.sub("<b", framed), [source for other in others[:6] if (source := site.html_of(other))], []
    )
    if own is None or own.things:
        return _SHOWN
    told = [line for line in own.lines if not TRAIL.search(line) and not _PAGE_LINE.search(line)]
    if any(re.search(r"\d", SAYS_NOTHING.sub("", line)) for line in told):
        return _SHOWN
    return _UNSEEN if framed != html else _HOLLOW
