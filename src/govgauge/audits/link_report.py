"""From broken URLs to findings on the pages that hold them, and to the points that they cost."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from govgauge.audits.audit import Meta, Params
from govgauge.audits.verdict import judged, template_fault
from govgauge.audits.worth import by_points
from govgauge.gather.artifacts import Link, LinkKind
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.model import Target
from govgauge.structure.site import LinkUse, Site

USES_READ = 200
"""Pages looked up for each broken URL; on more than that, the fault sits in a template anyway."""

PROMISING_CHARS = 4
"""A link with fewer characters (首页, 更多) does not say what its page will show."""


class LinkParams(Params, frozen=True):
    """Points as in 国办发〔2015〕15号 (普查评分表, 链接可用性)."""

    home_points: float = 1.0
    """Points lost for each on the home page (census-2015: 1)."""
    elsewhere_points: float = 0.1
    """Points lost for each on another page (census-2015: 0.1)."""
    full_points: float = 10.0
    """The loss at which the value comes to its end. Not in the document: a tenth of the census's 100 points."""
    template_pages: int = 5
    """Broken on more pages than that, a URL sits in a template and is said once."""


def report(
    meta: Meta,
    site: Site,
    params: LinkParams,
    faults: Mapping[str, str],
    kinds: Collection[LinkKind],
    *,
    checked: int,
    more: Sequence[Finding] = (),
) -> Result:
    """The result for broken URLs (`faults`: URL → slug) linked by one of `kinds`, out of `checked` URLs.

    `more` are findings made while pages were read; they count like the others.
    """
    found = [*more, *_findings(meta, site, faults, kinds)]
    order = {url: number for number, url in enumerate(site.pages)}
    found.sort(key=lambda finding: (order.get(finding.page, len(order)), finding.target))
    kept = template_fault(found, at_most=params.template_pages)
    lost = sum(params.home_points if finding.page == site.facts.home else params.elsewhere_points for finding in kept)
    broken = len({finding.target for finding in kept})
    checked += len({finding.target for finding in more})
    facts: dict[str, Fact] = {"checked": checked, "broken": broken, "points": round(lost, 1)}
    return judged(meta, kept, value=by_points(lost, params.full_points, sound=1 - broken / max(checked, 1)), data=facts)


def holders(
    site: Site, wanted: Iterable[str], kinds: Collection[LinkKind], *, limit: int = USES_READ
) -> dict[str, list[LinkUse]]:
    """For each wanted URL the pages that hold it by one of `kinds`, each page once, in the order of `Site.uses`."""
    found: dict[str, list[LinkUse]] = {}
    for url, uses in site.uses(set(wanted), limit).items():
        pages: dict[str, LinkUse] = {}
        for use in uses:
            if use.link.kind in kinds and use.page != url and _is_written(use.link):
                pages.setdefault(use.page, use)
        if pages:
            found[url] = list(pages.values())
    return found


def _findings(meta: Meta, site: Site, faults: Mapping[str, str], kinds: Collection[LinkKind]) -> list[Finding]:
    held = holders(site, faults, kinds)
    return [
        Finding(
            audit=meta.id,
            page=use.page,
            target=url,
            slug=faults[url],
            data={"text": use.link.text[:60] or "（无文字）", **_said(site.targets[url])},
            excerpt=use.link.text,
            seen_at=site.targets[url].seen_at,
            source=url,
        )
        for url in faults
        for use in held.get(url, ())
        if faults[url] != "soft" or not _shows_what_it_promises(use.link, site)
    ]


def _shows_what_it_promises(link: Link, site: Site) -> bool:
    """Whether a page bears the words of the link to it: then it is no error page, whatever it speaks of."""
    target = site.targets[link.url]
    page = site.pages.get(link.url) or site.pages.get(target.exchange.final_url)
    words = "".join(link.text.split()).rstrip(".…")
    if page is None or len(words) < PROMISING_CHARS:
        return False
    return words in "".join(page.title.split()) or words in "".join(page.heading.split())


def _said(target: Target) -> dict[str, Fact]:
    exchange = target.exchange
    return {"status": exchange.status, "words": target.soft_error[:60], "type": exchange.media_type or target.content}


def _is_written(link: Link) -> bool:
    """A URL put together by a script counts only when it carries words: a bare paging call may be our own guess."""
    return link.kind is not LinkKind.SCRIPTED or bool(link.text.strip())
