"""message-statistics: a site that takes messages publishes no statistics of them.

Statistics count wherever they stand: a column, a link, an article's title, or figures on the mailbox page itself.
"""

import re
from collections.abc import Sequence

from govgauge.audits.audit import Group, Meta, Params
from govgauge.audits.enquiries import EXCLUDED, MAILBOX_WORDS
from govgauge.audits.sight import blind_spot
from govgauge.audits.verdict import failed, not_applicable, not_observable, passed
from govgauge.outcomes import Finding, Result
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.model import Column
from govgauge.structure.site import Site

META = Meta(
    id="message-statistics",
    version=1,
    group=Group.DIALOGUE,
    needs=("facts", "home", "pages", "targets", "columns", "articles", "links", "html_of"),
    params=Params,
    source="2025 指标体系 互动交流：留言统计公开；国办秘函〔2019〕19号 扣分指标",
)
_WORDS = re.compile(
    r"(?:信件|来信|留言|信箱|办件|回复|答复|办理|受理|互动|数据|咨询|诉求|热线|问政|满意度|热点)[^，。]{0,6}(?:统计|排行|分析|数据|通报|月报|季报|年报)|统计(?:分析|数据|信息)|"
    r"(?:答复|回复|办理|满意度)(?:率|情况|排名)|^统计$"
)
"""Names of columns and links under which such statistics stand."""
_SURE_WORDS = re.compile(
    r"(?:信件|来信|留言|信箱|办件|互动|诉求|问政|热线)[^，。]{0,6}(?:统计|排行|分析|月报|季报)|(?:答复|回复)(?:率|排行|统计)"
)
"""Names that mean statistics of messages on whatever page they stand."""
LONGEST_WORDS = 16
_TITLE = re.compile(
    r"(?:来信|信箱|留言|热线|12345|网民|咨询|诉求|互动|办件)[^，。]{0,24}(?:统计|分析|通报|报告|月报|季报|情况)|(?:统计|分析|通报|月报)[^，。]{0,16}(?:来信|信箱|留言|12345|热线|诉求)"
)
_FIGURES = re.compile(
    r"(?:来信|信件|留言|收到|受理|累计|本月|今年|本年|总数|办结|答复|回复|处理|办理|咨询|投诉|建议|总计|共)[^<>。]{0,14}?(?:总数|总量|数量|数|量|率|件|条)?\s*[:：]?\s*(?:<[^>]+>\s*){0,4}\d+(?:\.\d+)?\s*(?:<[^>]+>\s*){0,4}(?:件|条|封|%|％|个)"
)
_SCRIPTED = re.compile(
    r"v-for=|ng-repeat|axios|\.ajax\(|\$\.(?:get|post|getJSON)\(|fetch\(|<iframe|echarts", re.IGNORECASE
)


def judge(site: Site, _params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，来信统计无从检查。")
    boxes = [column for column in site.columns.values() if _is_box(column)]
    if not boxes:
        return not_applicable(META, "本网站上没有来信栏目（可能设在其他平台）。")
    if _is_published(site, boxes):
        return passed(META)
    seen = [column for column in boxes if not column.script_only and site.html_of(column.url)]
    if not seen or any(_SCRIPTED.search(site.html_of(column.url)) for column in seen):
        return not_observable(META, "来信栏目由脚本生成，无法判断有没有统计信息。")
    reason = blind_spot(site)
    if reason:
        return not_observable(META, reason)
    page = _top(seen)
    return failed(META, [Finding(audit=META.id, page=page.url, slug="missing", data={"column": page.name or page.url})])


def _is_box(column: Column) -> bool:
    named = column.kind is ColumnKind.MAILBOX or MAILBOX_WORDS.search(column.name) is not None
    return named and not EXCLUDED.search(column.name) and not re.search(r"常见问题|热点问答|智能问答|须知", column.name)


def _top(columns: list[Column]) -> Column:
    urls = {column.url for column in columns}
    return next((column for column in columns if column.parent_url not in urls), columns[0])


def _is_published(site: Site, boxes: list[Column]) -> bool:
    pages = {column.url for column in boxes} | {url for column in boxes for url in column.pages}
    if any(_WORDS.search(column.name) and column.kind is not ColumnKind.STATISTICS for column in site.columns.values()):
        return True
    titles = [facts.article.title for facts in site.articles.values()]
    titles += [item.title for column in site.columns.values() for item in column.items]
    if any(_TITLE.search(title) for title in titles):
        return True
    if any(_FIGURES.search(site.html_of(column.url)) for column in boxes):
        return True
    if any(_shows_entrance(site.html_of(url)) for url in pages):
        return True
    return any(
        len(use.link.text) <= LONGEST_WORDS and _SURE_WORDS.search(use.link.text) is not None for use in site.links()
    )


def _shows_entrance(html: str) -> bool:
    """Whether a page of the mailbox holds a short piece of text, link or tab, named like statistics."""
    return any(
        len(words) <= LONGEST_WORDS and _WORDS.search(words)
        for words in re.findall(r">\s*([^<>\s][^<>]{0,40}?)\s*<", html)
    )
