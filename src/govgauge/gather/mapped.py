"""The pages that a site's own site maps name."""

from collections.abc import Callable, Iterator

from govgauge.gather import sitemaps
from govgauge.gather.artifacts import Exchange
from govgauge.gather.rules import Rules
from govgauge.gather.territory import Territory

Ask = Callable[[str], tuple[Exchange, bytes]]
"""Asks for a site map by its URL; gives the exchange and the body."""


def pages(ask: Ask, rules: Rules, territory: Territory) -> Iterator[tuple[str, list[str]]]:
    """Each site map that could be read, with the pages of the site that it names.

    Those named by robots.txt, else /sitemap.xml; a map of maps is followed. At most `sitemaps.FILES` are asked for.
    """
    origin = territory.home_origin
    named = rules.sitemaps(origin) or [f"{origin}/sitemap.xml"]
    waiting = [url for url in named if territory.owns(url)]
    asked: set[str] = set()
    while waiting and len(asked) < sitemaps.FILES:
        url = waiting.pop(0)
        if url in asked or not rules.allow(url):
            continue
        asked.add(url)
        exchange, body = ask(url)
        if exchange.ok:
            found, further = sitemaps.locations(body, exchange.final_url)
            waiting += [each for each in further if territory.owns(each)]
            yield url, [page for page in found if territory.owns(page)]
