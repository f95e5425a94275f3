"""Visit a site with a reader that only looks for links: the cost of gathering alone."""

import sys
from pathlib import Path

from govgauge.gather import links
from govgauge.gather.artifacts import Exchange, Link
from govgauge.gather.visit import Plan, visit


class LinksOnly:
    """Keeps nothing."""

    def __init__(self, number: int) -> None:
        self.number = number

    def read(self, exchange: Exchange, body: bytes) -> list[Link]:
        """The links of a page."""
        return links.extract(body, exchange.final_url)

    def close(self) -> None:
        """Nothing is kept."""


if __name__ == "__main__":
    plan = Plan(url=sys.argv[1], rate=0, concurrency=8, max_pages=int(sys.argv[3]), probes=False, retry_after_seconds=0)
    found = visit(plan, Path(sys.argv[2]), LinksOnly)
    sys.stdout.write(f"{sum(1 for _ in found.exchanges())} exchanges\n")
