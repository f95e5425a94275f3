"""home-stale: no item on the home page is newer than the window.

Every date is taken in the site's favour: the date in the list, the article's own, the one in its URL. Dates in the
future are ignored. Where items without a date could not be opened, or lists are made by scripts, nothing is said.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from govgauge.audits.audit import Extent, Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.dating import dates_of
from govgauge.audits.verdict import failed, not_observable, passed
from govgauge.gather import urls
from govgauge.gather.artifacts import OURS
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.model import Item, PageReading
from govgauge.structure.site import Site


class Params(Base, frozen=True):
    """国办秘函〔2019〕19号, 首页不更新: no update within 2 weeks before the moment of inspection."""

    window_days: int = 14
    """Age up to which the newest item is fresh, in days; exactly so old is fresh."""
    warning_days: int = 10
    """Age from which the owner is warned before the veto, in days."""
    unseen_share: float = 0.1
    """Share of the home page's own items that may be without any known date before nothing is said."""


META = Meta(
    id="home-stale",
    version=1,
    group=Group.UPKEEP,
    extent=Extent.HOME,
    needs=("facts", "home", "articles", "targets", "pages"),
    params=Params,
    source="国办秘函〔2019〕19号 单项否决：首页不更新；国办发〔2015〕15号 普查评分表：首页栏目",
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    home, as_of = site.home, site.facts.as_of
    if home is None or not site.facts.home_ok:
        return not_observable(META, "首页未能打开，无法判断是否更新。")
    shown = [day for item in home.items for day in dates_of(item, site.articles) if day <= as_of]
    if shown and max(shown) >= as_of - timedelta(days=params.window_days):
        return passed(META, _said(max(shown), as_of, params))
    if home.script_only:
        return not_observable(META, "首页内容由脚本生成，本次检查没有运行脚本。")
    if not shown:
        return not_observable(META, "首页条目没有可以识别的日期。")
    unseen = sum(1 for _ in _unseen(home, site))
    if unseen > params.unseen_share * len(home.items):
        return not_observable(META, f"首页有 {unseen} 个条目未标日期，且其页面未能取得，无法判断首页是否更新。")
    newest = max(shown)
    data = _said(newest, as_of, params)
    finding = Finding(audit=META.id, page=site.facts.home, target=newest.isoformat(), slug="stale", data=data)
    return failed(META, [finding], data)


def _unseen(home: PageReading, site: Site) -> Iterator[Item]:
    """Items of the site itself that show no date and whose page was kept from us."""
    for item in home.items:
        if item.date is not None or not urls.is_same_site(item.url, site.facts.home) or item.url in site.articles:
            continue
        target = site.targets.get(item.url)
        page = site.pages.get(item.url)
        if target is None or target.exchange.failure in OURS or (page is not None and page.script_only):
            yield item


def _said(newest: date, as_of: date, params: Params) -> dict[str, Fact]:
    age = (as_of - newest).days
    return {
        "newest": newest.isoformat(),
        "age": age,
        "window": params.window_days,
        "as_of": as_of.isoformat(),
        "warning": age > params.warning_days,
    }
