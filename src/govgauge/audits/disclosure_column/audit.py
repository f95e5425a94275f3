"""disclosure-column: a column that the indicator system asks for is missing (parameter: topics).

A topic counts as present when a column has its kind or its words in the name, or when a short link anywhere on the
site names it, whichever host that link leads to: a platform elsewhere is an entrance too. So is a name that a script
opens. A name whose link leads nowhere is no entrance, nor is one whose page does not exist any more, nor a column
without any content; these are told apart from a name that is missing altogether. Headlines and names of bodies name
nothing.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct, convert

from govgauge.audits import dead_names
from govgauge.audits.audit import Extent, Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.column_empty.audit import NOT_LISTS, without_content
from govgauge.audits.column_empty.audit import Params as ColumnEmpty
from govgauge.audits.entrances import Entrance, Wanted, find, is_column_of
from govgauge.audits.sight import blind_spot
from govgauge.audits.verdict import judged, not_observable
from govgauge.audits.worth import by_share
from govgauge.gather import urls
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.model import Column
from govgauge.structure.site import Site


class Params(Base, frozen=True):
    """What every body must disclose (政府信息公开条例 第十二条、第二十条); systems ask for more."""

    topics: tuple[str, ...] = ("institutions", "policies", "plans", "budget", "disclosure-guide", "annual-report")
    """Ids from topics.toml."""


class Topic(Struct, frozen=True, forbid_unknown_fields=True):
    """A topic: its Chinese name, the words of its entrances (regular expression), the kinds of its columns."""

    name: str
    words: str
    kinds: tuple[ColumnKind, ...] = ()
    titles: str = ""
    """Titles of single documents that are all there is to the topic; empty where only a column will do."""


META = Meta(
    id="disclosure-column",
    version=3,
    group=Group.DISCLOSURE,
    extent=Extent.PRESENCE,
    needs=("facts", "home", "pages", "targets", "columns", "articles", "links", "html_of"),
    params=Params,
    source="政府信息公开条例 第二十条；2025 指标体系 主动公开",
)


_GONE = frozenset({404, 410})
"""Statuses by which a server says that a page does not exist."""


@cache
def topics() -> dict[str, Topic]:
    """All topics by id."""
    with Path(__file__).with_name("topics.toml").open("rb") as file:
        return {name: convert(entry, type=Topic) for name, entry in tomllib.load(file).items()}


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    unknown = [name for name in params.topics if name not in topics()]
    if unknown:
        return not_observable(META, f"指标要求的栏目主题“{'、'.join(unknown)}”没有定义，无法检查。")
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，栏目无从检查。")
    asked = {name: topics()[name] for name in params.topics}
    wanted = {name: Wanted(re.compile(topic.words), frozenset(topic.kinds)) for name, topic in asked.items()}
    columns = [column for column in site.columns.values() if column.kind not in NOT_LISTS]
    empty = without_content(columns, columns, site, ColumnEmpty())
    bare_urls, gone = {column.url for column in empty}, _gone(site)
    present = find(site, wanted, without=bare_urls | gone)
    missing = [name for name in asked if name not in present and not _is_published(site, asked[name])]
    dead = dead_names.find(site, {name: wanted[name] for name in missing}) if missing else {}
    missing = [name for name in missing if name not in dead or not dead[name].scripted]
    reason = blind_spot(site) if missing else ""
    if reason:
        return not_observable(META, reason)
    bare = {name: column for column in reversed(empty) for name in missing if is_column_of(wanted[name], column)}
    broken = find(site, {name: wanted[name] for name in missing}, without=bare_urls) if missing and gone else {}
    findings = [
        _unopened(site, name, asked[name], broken[name])
        if name in broken and name not in bare
        else _finding(site, name, asked[name], dead.get(name), bare.get(name))
        for name in missing
    ]
    return judged(META, findings, value=by_share(len(findings), len(asked)), data={"asked": len(asked)})


def _gone(site: Site) -> set[str]:
    """Addresses of the site's own hosts of which it was said twice that nothing is there."""
    return {
        url
        for url, target in site.targets.items()
        if target.confirmed and target.exchange.status in _GONE and urls.is_same_owner(url, site.facts.home)
    }


def _unopened(site: Site, name: str, topic: Topic, entrance: Entrance) -> Finding:
    """A name whose page does not exist."""
    facts: dict[str, Fact] = {
        "name": topic.name,
        "words": entrance.words or entrance.url,
        "at": entrance.page,
        "url": entrance.url,
        "status": site.targets[entrance.url].exchange.status,
    }
    return Finding(audit=META.id, page=site.facts.home, target=name, slug="gone", data=facts, excerpt=entrance.words)


def _finding(site: Site, name: str, topic: Topic, dead: dead_names.DeadName | None, bare: Column | None) -> Finding:
    slug, excerpt, data = "missing", "", dict[str, Fact](name=topic.name)
    if bare is not None:
        slug, excerpt, data = "empty", bare.name, {**data, "words": bare.name or bare.url, "at": bare.url}
    elif dead is not None:
        slug, excerpt, data = "dead", dead.words, {**data, "words": dead.words, "at": dead.page}
    return Finding(audit=META.id, page=site.facts.home, target=name, slug=slug, data=data, excerpt=excerpt)


def _is_published(site: Site, topic: Topic) -> bool:
    """Whether the document that the topic is about is listed somewhere, though no column has its name."""
    if not topic.titles:
        return False
    words = re.compile(topic.titles)
    return any(words.search(item.title) for column in site.columns.values() for item in column.items) or any(
        words.search(facts.article.title) for facts in site.articles.values()
    )
