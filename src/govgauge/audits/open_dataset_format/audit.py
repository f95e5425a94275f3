"""open-dataset-format: a dataset is offered in no format that a program can read.

A dataset whose formats the page does not name (download after login, buttons made by a script) is not judged.
"""

from collections.abc import Sequence

from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.verdict import judged, not_applicable, not_observable
from govgauge.audits.worth import by_share
from govgauge.outcomes import Finding, Result
from govgauge.structure.site import Site


class Params(Base, frozen=True):
    """2025 指标体系 数据开放: machine-readable formats; Excel counts, for its cells are data."""

    machine_readable: tuple[str, ...] = (
        *(
            "csv",
            "json",
            "jsonl",
            "geojson",
            "xml",
            "rdf",
            "ttl",
            "xls",
            "xlsx",
            "et",
            "api",
            "shp",
            "kml",
            "parquet",
            "sql",
        ),
        *("dbf", "mdb"),
    )
    containers: tuple[str, ...] = ("zip", "rar", "7z")
    """Archives may hold anything: a dataset offered only so is not judged."""


META = Meta(
    id="open-dataset-format",
    version=2,
    group=Group.DISCLOSURE,
    needs=("facts", "datasets"),
    params=Params,
    source="2025 指标体系 数据开放：数据集格式",
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，开放数据无从检查。")
    if not site.datasets:
        return not_applicable(META, "没有发现开放数据集页面。")
    known = {
        url: dataset
        for url, dataset in site.datasets.items()
        if dataset.formats and not set(dataset.formats) & set(params.containers)
    }
    if not known:
        return not_observable(META, "数据集页面没有写明格式，无法判断。")
    findings = [
        Finding(
            audit=META.id,
            page=url,
            target=",".join(dataset.formats),
            slug="unreadable",
            data={"title": dataset.title[:60], "formats": "、".join(dataset.formats)},
        )
        for url, dataset in known.items()
        if not set(dataset.formats) & set(params.machine_readable)
    ]
    return judged(META, findings, value=by_share(len(findings), len(known)), data={"datasets": len(known)})
