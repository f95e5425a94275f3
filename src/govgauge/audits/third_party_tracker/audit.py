"""third-party-tracker: pages load scripts or pictures by which companies count and follow their visitors."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

from govgauge import lazy_re
from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.verdict import judged, not_observable, passed, template_fault
from govgauge.gather import urls
from govgauge.gather.artifacts import LinkKind
from govgauge.outcomes import Finding, Result
from govgauge.structure.page import Page
from govgauge.structure.site import Site

_LOADED = frozenset({LinkKind.SCRIPT, LinkKind.IMG, LinkKind.FRAME})
_COMMENT = lazy_re.compile(r"/\*.*?\*/|(?<![:\"'\\])//[^\n]*", re.DOTALL)
_ADDRESS = lazy_re.compile(r"(?://|%3A%2F%2F|\\/\\/)([a-z0-9.-]+\.[a-z]{2,})", re.IGNORECASE)


class Params(Base, frozen=True):
    """How much one tracker costs. 个人信息保护法第六条: no more collection than the purpose needs; own measure."""

    cost: float = 0.3
    """Share of the value lost for each tracking host."""


META = Meta(
    id="third-party-tracker",
    version=2,
    group=Group.SAFETY,
    needs=("facts", "pages"),
    params=Params,
    source="个人信息保护法第六条、第二十三条",
)


def inspect(page: Page, params: Params) -> Iterable[Finding]:  # noqa: ARG001  # contract of all audits
    """Tracking hosts from which the page loads, by its elements or by a script written into it."""
    hosts = [urls.host(link.url) for link in page.parts if link.kind in _LOADED]
    for _, script in page.scripts:
        hosts += _trackers_in(script) if script else ()
    for host in dict.fromkeys(hosts):
        if _is_tracker(host) and not urls.is_same_owner(f"http://{host}/", page.url):
            yield Finding(audit=META.id, page=page.url, target=host, slug="tracker")


@lru_cache(64)
def _trackers_in(script: str) -> list[str]:
    """Tracking hosts that a script names outside its comments. The same few scripts stand on all pages of a site."""
    if not any(_is_tracker(host.lower()) for host in _ADDRESS.findall(script)):
        return []
    return [host.lower() for host in _ADDRESS.findall(_COMMENT.sub("", script))]


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页没有打开。")
    if not observed:
        return passed(META, {"pages": len(site.pages)})
    hosts = len({finding.target for finding in observed})
    return judged(META, template_fault(observed), value=1.0 - params.cost * hosts, data={"hosts": hosts})


@cache
def _is_tracker(host: str) -> bool:
    return any(host == known or host.endswith("." + known) for known in _known())


@cache
def _known() -> tuple[str, ...]:
    with Path(__file__).with_name("trackers.toml").open("rb") as file:
        return tuple(tomllib.load(file)["hosts"])
