"""message-channel: no working channel for enquiries.

A mailbox, a message board or a platform elsewhere is a channel; a petition or discipline channel is none. A channel on
the site whose page is gone (seen twice) does not work; one that could not be visited is not judged.
"""

from collections.abc import Sequence

from govgauge import lazy_re
from govgauge.audits.audit import Extent, Group, Meta, Params
from govgauge.audits.enquiries import EXCLUDED, MAILBOX_WORDS
from govgauge.audits.entrances import SORTING, Wanted, find
from govgauge.audits.sight import blind_spot
from govgauge.audits.verdict import failed, not_observable, passed
from govgauge.gather.artifacts import OURS, LinkKind, Region
from govgauge.outcomes import Finding, Result
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.site import LinkUse, Site

META = Meta(
    id="message-channel",
    version=3,
    group=Group.DIALOGUE,
    extent=Extent.PRESENCE,
    needs=("facts", "home", "pages", "targets", "columns", "links", "html_of"),
    params=Params,
    source="国办秘函〔2019〕19号 单项否决：互动回应差",
)
WANTED = {"channel": Wanted(lazy_re.compile(rf"^(?!.*(?:{EXCLUDED.pattern}))(?=.*(?:{MAILBOX_WORDS.pattern}))"))}
"""For entrances that only a script opens."""
LONGEST_WORDS = 16
_LINKS = frozenset({LinkKind.A, LinkKind.AREA, LinkKind.FRAME, LinkKind.SCRIPTED})


def judge(site: Site, _params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，互动渠道无从检查。")
    channels = _channels(site)
    states = {url: _state(site, url) for url in channels}
    if any(state == "open" for state in states.values()):
        return passed(META, {"channels": len(channels)})
    if any(state == "unseen" for state in states.values()):
        return not_observable(META, "咨询渠道的页面未能访问，无法判断是否可用。")
    reason = blind_spot(site)
    if reason:
        return not_observable(META, reason)
    if not channels and "channel" in find(site, WANTED):
        return passed(META)
    if not channels:
        return failed(META, [Finding(audit=META.id, page=site.facts.home, target="missing", slug="missing")])
    url = next(iter(channels))
    data = {"url": url, "name": channels[url]}
    return failed(
        META, [Finding(audit=META.id, page=site.facts.home, target="unreachable", slug="unreachable", data=dict(data))]
    )


def _channels(site: Site) -> dict[str, str]:
    """URL and words of every entrance that takes enquiries: columns, links of the home page, links of any page."""
    found: dict[str, str] = {}
    for column in site.columns.values():
        wanted = column.kind is ColumnKind.MAILBOX or MAILBOX_WORDS.search(column.name)
        if wanted and not EXCLUDED.search(column.name):
            found[column.url] = column.name
    uses = [LinkUse(site.home.url, link) for link in site.home.links] if site.home else []
    for use in uses:
        _take(found, use)
    if not found:
        for use in site.links():
            _take(found, use)
    return found


def _take(found: dict[str, str], use: LinkUse) -> None:
    words = use.link.text
    if (
        not words
        or words[-1] in SORTING
        or len(words) > LONGEST_WORDS
        or use.link.kind not in _LINKS
        or use.link.region is Region.FOOT
    ):
        return
    if MAILBOX_WORDS.search(words) and not EXCLUDED.search(words):
        found.setdefault(use.link.url, words)


def _state(site: Site, url: str) -> str:
    """open, gone or unseen. What was never requested (another host, a sampled template) is taken for open."""
    target = site.targets.get(url)
    if target is None:
        return "open"
    if target.soft_error and target.exchange.ok:
        return "gone"
    if target.exchange.ok or 300 <= target.exchange.status < 400:
        return "open"
    if target.exchange.failure in OURS or not target.confirmed or target.exchange.status in (401, 403, 429):
        return "unseen"
    return "gone"
