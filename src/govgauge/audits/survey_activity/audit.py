"""survey-activity: too few consultations and surveys in the year before the assessment.

Counted are the consultations that were read and the dated entries of consultation columns, each once; results are none.
"""

from collections.abc import Sequence
from datetime import date

from govgauge import lazy_re
from govgauge.audits import dead_names
from govgauge.audits.addresses import place
from govgauge.audits.audit import Extent, Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.entrances import Wanted, find
from govgauge.audits.message_overdue.audit import months_later
from govgauge.audits.sight import blind_spot
from govgauge.audits.verdict import judged, not_observable, passed
from govgauge.gather import urls
from govgauge.outcomes import Finding, Result
from govgauge.structure.consultations import RESULT_TITLE, TITLE
from govgauge.structure.kinds import ColumnKind, PageKind
from govgauge.structure.model import Column, Consultation
from govgauge.structure.site import Site


class Params(Base, frozen=True):
    """census-2015 (国办发〔2015〕15号): none in a year loses points. Higher minima are open in the sources."""

    minimum: int = 1
    months: int = 12


META = Meta(
    id="survey-activity",
    version=2,
    group=Group.DIALOGUE,
    extent=Extent.PRESENCE,
    needs=("facts", "home", "pages", "targets", "columns", "consultations", "links", "html_of"),
    params=Params,
    source="国办发〔2015〕15号 普查评分表 调查征集",
)
WANTED = {
    "consultation": Wanted(
        lazy_re.compile(r"征集|征求意见|网上调查|在线调查|民意调查|问卷"), frozenset({ColumnKind.CONSULTATION})
    )
}
_RESULTS = lazy_re.compile(r"结果|反馈|采纳|决策公开|听证")


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，征集调查无从检查。")
    as_of = site.facts.as_of
    since = months_later(as_of, -params.months)
    columns = [column for column in site.columns.values() if column.kind is ColumnKind.CONSULTATION]
    held = _held(site, columns, since, as_of)
    if len(held) >= params.minimum:
        return passed(META, {"held": len(held)})
    reason = _unseen(site, columns)
    if reason:
        return not_observable(META, reason)
    page = _fullest(columns).url if columns else site.facts.home
    finding = Finding(
        audit=META.id,
        page=page,
        target=str(len(held)),
        slug="few" if columns else "no-column",
        data={"held": len(held), "minimum": params.minimum, "since": since.isoformat()},
    )
    return judged(META, [finding], value=len(held) / params.minimum, data={"held": len(held)})


def _held(site: Site, columns: list[Column], since: date, as_of: date) -> set[str]:
    """The consultations that ran in the span, by place."""
    found = {place(url) for url, held in site.consultations.items() if _ran(held, since, as_of)}
    for column in columns:
        for item in column.items:
            in_span = item.date is not None and since <= item.date <= as_of
            if (
                in_span
                and not RESULT_TITLE.search(item.title)
                and (TITLE.search(item.title) or not _RESULTS.search(column.name))
            ):
                found.add(place(item.url))
    return found


def _ran(held: Consultation, since: date, as_of: date) -> bool:
    """Whether a consultation opened or closed in the span, or was open on its last day."""
    if any(day is not None and since <= day <= as_of for day in (held.opens, held.closes)):
        return True
    return held.closes is not None and held.closes > as_of and (held.opens is None or held.opens <= as_of)


def _unseen(site: Site, columns: list[Column]) -> str:
    """Why there may have been more; empty when there were not."""
    if any(column.script_only for column in columns):
        return "征集调查栏目由脚本生成，无法计数。"
    if any(item.date is None for column in columns for item in column.items):
        return "征集调查栏目的条目没有写明日期，无法计数。"
    if any(column.item_count > len(column.items) and column.newest is None for column in columns):
        return "征集调查栏目未能读完，无法计数。"
    if any(page.kind is PageKind.FORM and TITLE.search(page.heading or page.title) for page in site.pages.values()):
        return "征集调查的填写页面没有写明起止日期，无法计数。"
    if not columns:
        entrance = find(site, WANTED).get("consultation")
        if entrance is not None and urls.host(entrance.url) != site.facts.host:
            return "征集调查设在其他平台上，不在本次访问范围内。"
        if entrance is not None:
            return "征集调查的页面未能读成栏目，无法计数。"
        if dead_names.find(site, WANTED):
            return "页面上有征集调查栏目的名称，但链接没有写地址，未能打开，无法计数。"
    return blind_spot(site)


def _fullest(columns: list[Column]) -> Column:
    return max(columns, key=lambda column: (not _RESULTS.search(column.name), len(column.items)))
