"""interpretation-forms: the interpretations of a site come in text only.

A picture or a video in an article, a title that announces one (图解, 视频解读), or a sub-column of that name is
enough. Without any, the judgement needs that most of the interpretations were read.
"""

import re
from collections.abc import Sequence

from govgauge import lazy_re
from govgauge.audits.audit import Extent, Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.interpretation_pairs import interpretations
from govgauge.audits.verdict import failed, not_applicable, not_observable, passed
from govgauge.outcomes import Finding, Result
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.model import ArticleFacts, Column, Item
from govgauge.structure.site import Site


class Params(Base, frozen=True):
    """国办发〔2017〕47号, 2025 指标体系 政策解读: pictures, audio, video, interviews and the like beside text."""

    fewest: int = 3
    """So few interpretations are not judged: they may happen to be all in text."""
    read_share: float = 0.6
    """Share of the listed interpretations that must have been read before all are called text."""


META = Meta(
    id="interpretation-forms",
    version=2,
    group=Group.DISCLOSURE,
    extent=Extent.PRESENCE,
    needs=("facts", "articles", "columns"),
    params=Params,
    source="国办发〔2017〕47号；2025 指标体系 政策解读：解读形式",
)
_FORMS = lazy_re.compile(
    r"图解|图说|一图|长图|读图|漫画|动漫|动画|视频|音频|H5|海报|访谈|直播|发布会|短片|微课|图片解读|图文", re.IGNORECASE
)
_MEDIA_FILES = frozenset({"mp4", "mp3", "flv", "wmv", "avi", "mov", "jpg", "jpeg", "png", "gif", "swf"})


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，政策解读无从检查。")
    columns = [column for column in site.columns.values() if column.kind is ColumnKind.INTERPRETATION]
    names = {column.url for column in columns}
    read = {
        url: facts
        for url, facts in site.articles.items()
        if facts.column_url in names or url in interpretations({url: facts}, site.columns)
    }
    listed = {_key(item) for column in columns for item in column.items} | set(read)
    if len(listed) < params.fewest:
        return not_applicable(META, "政策解读太少，不评解读形式。")
    template = min((facts.article.images for facts in site.articles.values()), default=0)
    if any(_is_rich(facts, template) for facts in read.values()) or any(map(_announces, columns)):
        return passed(META, {"interpretations": len(listed)})
    if any(column.script_only for column in columns) or len(read) / len(listed) < params.read_share:
        return not_observable(META, "多数解读页面未能读取，无法判断解读形式。")
    page = _top(columns).url if columns else next(iter(read))
    finding = Finding(audit=META.id, page=page, slug="text-only", data={"interpretations": len(listed)})
    return failed(META, [finding], {"interpretations": len(listed)})


def _key(item: Item) -> str:
    """What tells an item from others: its address, or its title where the link leads nowhere."""
    return item.url if item.url.startswith("http") else item.title


def _is_rich(facts: ArticleFacts, template: int) -> bool:
    """Whether an interpretation has more than text. `template`: pictures that every article of the site shows."""
    article = facts.article
    if article.images > template or article.media or _FORMS.search(article.title) or _FORMS.search(facts.list_title):
        return True
    return any(attachment.suffix in _MEDIA_FILES for attachment in article.attachments)


def _announces(column: Column) -> bool:
    return _FORMS.search(column.name) is not None or any(_FORMS.search(item.title) for item in column.items)


def _top(columns: list[Column]) -> Column:
    """The column of interpretations that stands above the others; the fullest where several do."""
    urls = {column.url for column in columns}
    tops = [column for column in columns if column.parent_url not in urls]
    return max(tops or columns, key=lambda column: len(column.items))
