"""What the audits of a home page's marks share: when a mark cannot be seen, and what a missing one amounts to."""

from collections.abc import Mapping

from govgauge.audits import verdict
from govgauge.audits.audit import Meta
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.model import Marks
from govgauge.structure.site import Site

NEEDS = ("facts", "home", "marks")
"""Artifacts that `unseen` and `missing` read."""

SHELL_CHARS = 300
"""A home page with fewer visible characters, whose lists a script makes, is drawn by that script as a whole."""


def marks_of(site: Site) -> Marks:
    """The marks of the home page; all empty when it was not read."""
    return site.marks or Marks()


def unseen(site: Site) -> str:
    """Why nothing can be said about a mark of the home page, a Chinese sentence; empty when it can be seen."""
    if not site.facts.home_ok or site.home is None or site.marks is None:
        return "首页没有打开，看不到页面上的标识。"
    if site.home.script_only and site.home.text_chars < SHELL_CHARS:
        return "首页内容由脚本在浏览器中生成，静态页面里看不到标识。"
    return ""


def unseen_foot(site: Site) -> str:
    """As `unseen`, for marks that belong to the foot of the page: it may come from another file."""
    reason = unseen(site)
    if not reason and marks_of(site).foot_elsewhere:
        return f"首页页脚由另外的文件或脚本载入（{marks_of(site).foot_elsewhere}），静态页面里看不到标识。"
    return reason


def missing(
    meta: Meta,
    site: Site,
    slug: str,
    *,
    target: str = "",
    value: float = 0.0,
    data: Mapping[str, Fact] | None = None,
) -> Result:
    """The result for a mark that is missing or wrong: one finding on the home page."""
    page = site.home.url if site.home is not None else site.facts.home
    facts = dict(data or {})
    finding = Finding(audit=meta.id, page=page, target=target, slug=slug, data=facts, excerpt=target)
    return verdict.judged(meta, [finding], value=value, data=facts)
