"""A floating window covers content, or moves over it, and cannot be closed."""

from collections.abc import Iterable, Sequence

from govgauge.audits import verdict
from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as BaseParams
from govgauge.audits.floating_window import windows
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.page import Page
from govgauge.structure.site import Site


class Params(BaseParams, frozen=True):
    """`per_window`: share of the value that each window costs (own estimate: two of them make a page unusable)."""

    per_window: float = 0.5


META = Meta(
    id="floating-window",
    version=2,
    group=Group.MARKS,
    needs=("facts",),
    params=Params,
    source="国办发〔2017〕47号《政府网站发展指引》，页面布局：避免使用可能影响内容浏览的弹窗、飘窗",
)


def inspect(page: Page, params: Params) -> Iterable[Finding]:  # noqa: ARG001  # the contract of all audits
    """Windows of this page that are surely displayed, surely float and show no way to close them."""
    for window in windows.unclosable(page.document):
        facts: dict[str, Fact] = {"selector": window.selector, "words": window.words or "图片"}
        yield Finding(audit=META.id, page=page.url, target=window.selector, slug=window.kind, data=facts)


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:
    """A window of the template counts once."""
    if not site.facts.home_ok:
        return verdict.not_observable(META, "首页没有打开，看不到是否有飘窗。")
    kept = verdict.template_fault(observed, at_most=1)
    return verdict.judged(META, kept, value=1 - params.per_window * len(kept))
