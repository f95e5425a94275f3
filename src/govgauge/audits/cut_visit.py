"""What a visit that was cut short (pages or time used up, or shut out) still lets an audit say."""

from govgauge.audits.audit import Extent, Meta, Params
from govgauge.audits.verdict import not_observable
from govgauge.outcomes import Outcome, Result
from govgauge.structure.site import Site

LEFT = frozenset({"budget", "seconds", "shut-out", "interrupted"})
"""Reasons for which a visit leaves pages that it would have read."""


def weigh(meta: Meta, params: Params, site: Site, result: Result) -> Result:
    """The result as far as the pages read bear it out; after a complete visit, the result itself.

    Faults seen on pages stay whatever was left unread, and so does what was found by one that looked for it. That
    something is nowhere, or that all is in order, needs the pages that decide: see `Extent`.
    """
    if not site.facts.budget_exhausted or result.outcome is Outcome.NOT_OBSERVABLE or meta.extent is Extent.HOME:
        return result
    if _is_borne_out(meta, params, site, result):
        return result
    return not_observable(meta, _said(site, result.outcome))


def _is_borne_out(meta: Meta, params: Params, site: Site, result: Result) -> bool:
    if result.outcome is Outcome.NOT_APPLICABLE:
        return False
    if meta.extent is Extent.PRESENCE:
        return result.outcome is Outcome.PASS
    return bool(result.findings) or _is_enough(params, site)


def _is_enough(params: Params, site: Site) -> bool:
    """Whether what was read stands for the site."""
    read, left = site.facts.pages_visited, unread_pages(site)
    return read >= params.clean_pages or read >= params.clean_share * (read + left)


def unread_pages(site: Site) -> int:
    """Pages that were seen as links and left unread; what only those would have led to is not among them."""
    return sum(skipped.count for skipped in site.facts.skipped if skipped.reason in LEFT)


def _said(site: Site, outcome: Outcome) -> str:
    left = unread_pages(site)
    rest = f"，至少还有 {left} 个没有读到" if left else ""
    seen = f"网站未访问完（只读了 {site.facts.pages_visited} 个网页{rest}）"
    if outcome is Outcome.PASS:
        return f"{seen}，读到的部分没有发现问题，但不足以认定全站没有问题。"
    if outcome is Outcome.NOT_APPLICABLE:
        return f"{seen}，不能断定网站没有这类内容。"
    return f"{seen}，不能断言缺失。"
