"""survey-feedback: a consultation is closed, and its result is published nowhere on the site.

A result counts on the consultation's own page, behind a link from it (not one of the menu, which stands on the home
page too), or as any entry of the site whose title tells of a result and names the same subject.
"""

from collections.abc import Iterable, Sequence

from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.message_overdue.audit import months_later
from govgauge.audits.sight import blind_spot
from govgauge.audits.verdict import judged, not_applicable, not_observable
from govgauge.audits.worth import by_share
from govgauge.outcomes import Finding, Result
from govgauge.structure.consultations import RESULT_TITLE, subject
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.site import Site


class Params(Base, frozen=True):
    """国办发〔2017〕47号 互动交流: results of consultations are published after they close."""

    grace_days: int = 30
    """Days after the close in which the result may come. No source gives a number: the allowance is our own."""
    look_back_months: int = 36
    """Consultations closed longer ago are not judged: their results may have been put away."""


META = Meta(
    id="survey-feedback",
    version=2,
    group=Group.DIALOGUE,
    needs=("facts", "home", "pages", "targets", "columns", "articles", "consultations", "html_of"),
    params=Params,
    source="国办发〔2017〕47号 互动交流；国办秘函〔2019〕19号 扣分指标：征集调查",
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，征集结果无从检查。")
    as_of = site.facts.as_of
    since = months_later(as_of, -params.look_back_months)
    closed = {
        url: held
        for url, held in site.consultations.items()
        if held.closes is not None and since <= held.closes and (as_of - held.closes).days > params.grace_days
    }
    if not closed:
        return not_applicable(META, "没有发现已经结束的意见征集。")
    results = {subject(title) for title in _titles(site) if RESULT_TITLE.search(title)} - {""}
    menu = {link.url for link in site.home.links} if site.home else set[str]()
    without = [
        url
        for url, held in closed.items()
        if not held.has_result and not set(held.result_urls) - menu and not _told(subject(held.title), results)
    ]
    reason = (blind_spot(site) or _unread(site)) if without else ""
    if reason:
        return not_observable(META, reason)
    findings = []
    for url in without:
        closes = closed[url].closes
        data = {"title": closed[url].title[:60], "closes": closes.isoformat() if closes else ""}
        findings.append(Finding(audit=META.id, page=url, slug="no-result", data=dict(data)))
    return judged(META, findings, value=by_share(len(findings), len(closed)), data={"closed": len(closed)})


def _unread(site: Site) -> str:
    """Results may stand in a column of consultations that was not read to its end."""
    columns = [column for column in site.columns.values() if column.kind is ColumnKind.CONSULTATION]
    if any(column.script_only or not column.complete for column in columns):
        return "征集栏目由脚本生成或未读完，无法判断有没有结果反馈。"
    return ""


def _titles(site: Site) -> Iterable[str]:
    for facts in site.articles.values():
        yield facts.article.title
        yield facts.list_title
    for column in site.columns.values():
        for item in column.items:
            yield item.title


def _told(core: str, results: set[str]) -> bool:
    """Whether a result speaks of the same subject. A title without a subject of its own could be anybody's."""
    return not core or any(core in other or other in core for other in results)
