"""open-dataset-stale: a dataset was not updated at the frequency that its own page states."""

from collections.abc import Sequence
from datetime import date

from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.verdict import judged, not_applicable, not_observable
from govgauge.audits.worth import by_share
from govgauge.outcomes import Finding, Result
from govgauge.structure.model import Dataset
from govgauge.structure.site import Site


class Params(Base, frozen=True):
    """2025 指标体系 数据开放: data are updated as often as their page promises."""

    late_share: float = 0.5
    """Part of a period by which an update may be late. No source gives a number: the allowance is our own."""
    least_days: int = 7
    """Shortest age that is called stale, whatever the frequency: weekends and the delay of a visit."""


META = Meta(
    id="open-dataset-stale",
    version=2,
    group=Group.DISCLOSURE,
    needs=("facts", "datasets"),
    params=Params,
    source="2025 指标体系 数据开放：更新频率",
)
PERIODS = {"realtime": 1, "daily": 1, "weekly": 7, "monthly": 31, "quarterly": 92, "half-yearly": 184, "yearly": 366}
"""Days of each frequency; irregular has none."""
NAMES = {
    "realtime": "实时",
    "daily": "每日",
    "weekly": "每周",
    "monthly": "每月",
    "quarterly": "每季度",
    "half-yearly": "每半年",
    "yearly": "每年",
}


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，开放数据无从检查。")
    if not site.datasets:
        return not_applicable(META, "没有发现开放数据集页面。")
    dated = {url: dataset for url, dataset in site.datasets.items() if dataset.updated and dataset.frequency in PERIODS}
    if not dated:
        return not_observable(META, "数据集页面没有写明更新频率和更新日期，或为不定期更新，无法判断。")
    findings = [
        _finding(url, dataset, dataset.updated, site.facts.as_of)
        for url, dataset in dated.items()
        if dataset.updated is not None and is_stale(dataset.frequency, dataset.updated, site.facts.as_of, params)
    ]
    return judged(META, findings, value=by_share(len(findings), len(dated)), data={"datasets": len(dated)})


def is_stale(frequency: str, updated: date, as_of: date, params: Params) -> bool:
    """Whether the age of the last update exceeds the period and its allowance."""
    allowed = max(params.least_days, PERIODS[frequency] * (1 + params.late_share))
    return (as_of - updated).days > allowed


def _finding(url: str, dataset: Dataset, updated: date, as_of: date) -> Finding:
    return Finding(
        audit=META.id,
        page=url,
        target=updated.isoformat(),
        slug="stale",
        data={
            "title": dataset.title[:60],
            "frequency": NAMES[dataset.frequency],
            "updated": updated.isoformat(),
            "days": (as_of - updated).days,
        },
    )
