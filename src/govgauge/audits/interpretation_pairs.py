"""Which interpretation belongs to which policy: by their links, by the document number, by the name between 《》."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from govgauge import lazy_re
from govgauge.audits.addresses import place
from govgauge.structure import document_number
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.model import ArticleFacts, Column, Policy
from govgauge.structure.site import Site

SHORTEST_CORE = 6
"""Characters of the shortest name that is proof enough; 工作方案 alone is none."""

INTERPRETING = lazy_re.compile(r"解读|图解|一图(?:读|看)懂|图说|政策问答|答记者问|划重点|读懂")
_NOT_ONE = lazy_re.compile(r"征求意见|工作(?:方案|制度|机制|情况)$|解读(?:工作|制度|机制|方案)")
_FRAME = lazy_re.compile(
    r"^.{0,40}?关于(?:印发|公布|发布|转发|下达|修[订改]|调整)?|的?(?:通知|公告|决定)$|(?:政策|文件|图文|文字|图片|专家|部门)?(?:解读|图解|问答|"
    r"解读材料|解读之[一二三四五])$|^(?:一图读懂|一图看懂|图解|图说|政策解读|解读|文字解读|图文解读|视频解读|专家解读|关于)[:：|｜丨—-]*"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A policy with one of its interpretations, and the days on which both appeared on the site."""

    policy: str
    interpretation: str
    title: str
    interpretation_title: str
    policy_day: date | None
    interpretation_day: date | None


def interpretations(articles: Mapping[str, ArticleFacts], columns: Mapping[str, Column]) -> dict[str, ArticleFacts]:
    """The articles that interpret a policy: so named, or standing in a column of interpretations."""
    found = {}
    for url, facts in articles.items():
        title = facts.article.title
        column = columns.get(facts.column_url)
        inside = column is not None and column.kind is ColumnKind.INTERPRETATION
        if (INTERPRETING.search(title) or (inside and "《" in title)) and not _NOT_ONE.search(title):
            found[url] = facts
    return found


def pairs(site: Site) -> list[Pair]:
    """All pairs that are beyond doubt. Reads `articles`, `columns` and `policies`."""
    by_core: dict[str, list[str]] = {}
    by_number: dict[str, str] = {}
    by_link: dict[str, str] = {}
    for url, policy in site.policies.items():
        by_core.setdefault(core(policy.title), []).append(url)
        if policy.number:
            by_number.setdefault(document_number.normal(policy.number), url)
        for linked in policy.interpretations:
            by_link.setdefault(place(linked), url)
    found: list[Pair] = []
    for url, facts in interpretations(site.articles, site.columns).items():
        if url in site.policies:
            continue
        title = facts.article.title
        numbers = [by_number[number] for number in document_number.every(title) if number in by_number]
        named = [policy for name in _names(title) for policy in by_core.get(name, ())]
        by_own_link = by_link.get(place(url))
        policy_url = (numbers or ([by_own_link] if by_own_link else []) or _latest(named, facts, site))[:1]
        if policy_url:
            found.append(_pair(policy_url[0], url, facts, site))
    return found


def core(title: str) -> str:
    """The name of a policy or of what an interpretation interprets, without set phrases and punctuation."""
    quoted = re.search(r"《(.{4,})》", title)
    name = quoted.group(1) if quoted else title
    before = ""
    while name != before:
        before, name = name, _FRAME.sub("", re.sub(r"[\s《》〈〉“”\"（）()【】\[\]、，:：]", "", name))
    return name


def _names(title: str) -> list[str]:
    name = core(title)
    return [name] if len(name) >= SHORTEST_CORE else []


def _latest(candidates: list[str], facts: ArticleFacts, site: Site) -> list[str]:
    """Of several policies of one name (editions of different years), the last one that was out by then."""
    day = day_of(facts)
    dated = [(policy_day(site.policies[url], site.articles.get(url)), url) for url in candidates]
    if len(dated) <= 1:
        return candidates
    earlier = [(known, url) for known, url in dated if known is not None and day is not None and known <= day]
    return [max(earlier)[1]] if earlier else []


def _pair(policy_url: str, url: str, facts: ArticleFacts, site: Site) -> Pair:
    policy = site.policies[policy_url]
    return Pair(
        policy=policy_url,
        interpretation=url,
        title=policy.title,
        interpretation_title=facts.article.title,
        policy_day=policy_day(policy, site.articles.get(policy_url)),
        interpretation_day=day_of(facts),
    )


def day_of(facts: ArticleFacts) -> date | None:
    """The day an article appeared: as it says itself, else as its list says."""
    return facts.article.published or facts.list_date


def policy_day(policy: Policy, facts: ArticleFacts | None) -> date | None:
    """The day a policy appeared on the site; None when only the day of its writing is known."""
    return policy.published or (day_of(facts) if facts else None)
