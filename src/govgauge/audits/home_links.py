"""The links of the home page."""

from govgauge.gather.artifacts import Link
from govgauge.structure.site import Site


def home_links(site: Site) -> list[Link]:
    """Every link of the home page. The readings of a large site are kept without their links: those lie apart."""
    home = site.home
    if home is None:
        return []
    return list(home.links) or [use.link for use in site.links() if use.page in (home.url, site.facts.home)]
