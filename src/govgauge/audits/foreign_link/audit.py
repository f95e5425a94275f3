"""A link leads to a gambling, pornographic, parked or otherwise alien site; or somebody put links and scripts in."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from govgauge import lazy_re
from govgauge.audits import verdict
from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as BaseParams
from govgauge.audits.foreign_link import hidden_blocks, injected
from govgauge.audits.foreign_link.domains import alien_owner, is_parked_at
from govgauge.gather import urls
from govgauge.gather.artifacts import LinkKind, Purpose
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.model import Target
from govgauge.structure.page import Page
from govgauge.structure.site import Site
from govgauge.structure.spam_words import is_spam

_CLICKED = frozenset({LinkKind.A, LinkKind.AREA, LinkKind.OPTION, LinkKind.SCRIPTED, LinkKind.FRAME})
_SPAM_HOST = lazy_re.compile(
    r"(?:^|[.\d-])(?:bet365|\d{0,4}bet\d{2,}|\w*casino\w*|baijiale\w*|liuhecai\w*|qipai\d+|yabo\d{2,}|xpj\d{3,}|vns\d{3,}|"
    r"ampj\d+|porn\w*|\w*porn|xvideos?\d*)(?=[.-])"
)
"""Names that are hardly anything else. Short letters with digits (js12345) are hotlines of places as well."""

_PARKED_TITLE = lazy_re.compile(
    r"域名(?:正在)?(?:出售|转让|停放|交易)|(?:该|此|您访问的)域名|domain (?:is )?(?:for sale|parking|parked)|"
    r"this domain|buy this domain|domain name for sale",
    re.IGNORECASE,
)
_TITLE = lazy_re.compile(r"<title[^>]*>([^<]{0,200})", re.IGNORECASE)
_SEVERE = frozenset({"spam-words", "spam-address", "spam-target", "hidden", "cloaked"})


class Params(BaseParams, frozen=True):
    """`link_chars`: longer words of a link are a headline about the matter, not an offer (characters).
    `least_hard`, `least_soft`, `least_trade`: see `hidden_blocks.hidden_links`; owners of domains.
    `kept_home`, `kept_page`: findings kept of one page, on the home page and elsewhere.
    `per_link`: share of the value that a parked link or alien script costs; links to gambling, pornography or
    planted ones take it all (veto V1 of 国办秘函〔2019〕19号; the share is an own estimate)."""

    link_chars: int = 20
    least_hard: int = 3
    least_soft: int = 5
    least_trade: int = 3
    kept_home: int = 100
    kept_page: int = 10
    per_link: float = 0.25


META = Meta(
    id="foreign-link",
    version=2,
    group=Group.MARKS,
    needs=("facts", "targets", "uses", "html_of"),
    params=Params,
    source="国办秘函〔2019〕19号，单项否决“严重事故”；国办发〔2017〕47号，链接管理",
)


def inspect(page: Page, params: Params) -> Iterable[Finding]:
    """What the page itself shows: links that offer spam, hidden blocks of links, injected scripts."""
    if page.exchange.purpose is Purpose.EXTERNAL:
        return []
    found: dict[str, Finding] = {}
    for url, slug, words, count in _signs(page, params):
        facts: dict[str, Fact] = {"words": words or url, "host": urls.host(url), "count": count}
        found.setdefault(url, Finding(audit=META.id, page=page.url, target=url, slug=slug, data=facts, excerpt=words))
    kept = params.kept_home if page.is_home else params.kept_page
    return list(found.values())[:kept]


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:
    """The pages' own signs, and the links whose target turned out to be parked or spam."""
    if not site.facts.home_ok:
        return verdict.not_observable(META, "首页没有打开，看不到网站上的链接。")
    seen = {finding.target for finding in observed}
    findings = verdict.template_fault(_first_uses(observed), at_most=1)
    findings += [finding for finding in _bad_targets(site) if finding.target not in seen]
    severe = any(finding.slug in _SEVERE for finding in findings)
    return verdict.judged(META, findings, value=0.0 if severe else max(0.05, 1 - params.per_link * len(findings)))


def _signs(page: Page, params: Params) -> Iterable[tuple[str, str, str, int]]:
    own = urls.owner_domain(page.url)
    aliens = [link for link in page.links_away if link.kind in _CLICKED and alien_owner(link.url) not in ("", own)]
    if len({alien_owner(link.url) for link in aliens}) >= min(params.least_hard, params.least_soft):
        for hidden in hidden_blocks.hidden_links(
            page.document,
            page.url,
            least_hard=params.least_hard,
            least_soft=params.least_soft,
            least_trade=params.least_trade,
        ):
            yield hidden.url, "hidden", hidden.words, hidden.together
    for link in aliens:
        if len(link.text) <= params.link_chars and is_spam(link.text):
            yield link.url, "spam-words", link.text, 1
        elif _is_spam_host(urls.host(link.url)):
            yield link.url, "spam-address", link.text, 1
    for url in injected.alien_scripts(page.document, page.url):
        yield url, "alien-script", "", 1
    if any("referrer" in text for _, text in page.scripts):
        for url in injected.cloaked_targets(page.document, page.url):
            yield url, "cloaked", "", 1


@lru_cache(16_384)
def _is_spam_host(host: str) -> bool:
    return bool(_SPAM_HOST.search(host))


def _first_uses(observed: Sequence[Finding]) -> list[Finding]:
    """Findings of one target under one slug, the first one's."""
    slugs: dict[str, str] = {}
    return [finding for finding in observed if slugs.setdefault(finding.target, finding.slug) == finding.slug]


def _bad_targets(site: Site) -> list[Finding]:
    """External links whose answer is a parked domain or a spam page, on the first page that holds them."""
    faults = {url: fault for url, target in site.targets.items() if (fault := _target_fault(site, url, target))}
    uses = site.uses(set(faults), 1) if faults else {}
    findings = []
    for url, (slug, words) in faults.items():
        for use in uses.get(url, [])[:1]:
            facts: dict[str, Fact] = {"words": use.link.text or url, "host": urls.host(url), "count": 1, "shown": words}
            findings.append(
                Finding(audit=META.id, page=use.page, target=url, slug=slug, data=facts, excerpt=words, source=url)
            )
    return findings


def _target_fault(site: Site, url: str, target: Target) -> tuple[str, str] | None:
    exchange = target.exchange
    if exchange.purpose is not Purpose.EXTERNAL or not exchange.ok or not alien_owner(url):
        return None
    final = exchange.final_url or url
    if is_parked_at(final) and not is_parked_at(url):
        return "parked", urls.host(final)
    title = _TITLE.search(site.html_of(final) or site.html_of(url))
    words = " ".join(title[1].split()) if title else ""
    if _PARKED_TITLE.search(words):
        return "parked", words
    return ("spam-target", words) if is_spam(words) else None
