"""A site of which next to nothing was seen: its shell, or the few pages that it did not refuse.

Faults that were seen stay. That all is in order, that something is missing, or that there is nothing of a kind, is not
said of pages that nobody saw.
"""

from govgauge.audits.audit import Extent, Meta
from govgauge.audits.verdict import not_observable
from govgauge.gather.artifacts import Failure, Purpose
from govgauge.outcomes import Outcome, Result
from govgauge.structure.site import Site

FEWEST_PAGES = 8
"""Pages whose content could be read; with fewer, the home page is a door, drawn by scripts, or leads nowhere."""
FEWEST_REFUSALS = 5
REFUSED_SHARE = 0.2
"""So many pages, and such a share of all, refused: the site keeps visitors out, and shows what it likes."""


def why(site: Site) -> str:
    """Why next to nothing of the site can be said, as a Chinese sentence; empty when enough of it was seen."""
    asked = [target for target in site.targets.values() if target.exchange.purpose in (Purpose.PAGE, Purpose.HOME)]
    refused = sum(target.exchange.failure is Failure.BLOCKED for target in asked)
    if refused >= FEWEST_REFUSALS and refused >= REFUSED_SHARE * len(asked):
        return f"请求网页 {len(asked)} 个，{refused} 个被网站拒绝，看到的部分不足以判定。"
    readable = sum(1 for page in site.pages.values() if page.text_chars and not page.script_only)
    if readable >= FEWEST_PAGES:
        return ""
    if any(page.script_only for page in site.pages.values()):
        return f"网站内容由脚本生成，只有 {readable} 个网页可以读到内容，不足以判定。"
    return f"只有 {readable} 个网页可以读到内容，不足以判定。"


def weigh(meta: Meta, result: Result, reason: str) -> Result:
    """The result as far as what was seen bears it out; `reason` is what `why` says of the site."""
    if not reason or meta.extent is Extent.HOME or result.outcome is Outcome.NOT_OBSERVABLE:
        return result
    stays = result.outcome is Outcome.PASS if meta.extent is Extent.PRESENCE else bool(result.findings)
    return result if stays else not_observable(meta, reason)
