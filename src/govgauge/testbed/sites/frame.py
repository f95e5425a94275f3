"""From planted content to a site: the last step of every builder."""

from govgauge.testbed.model import Answer, Site
from govgauge.testbed.planting import Planter


def finished(
    planter: Planter,
    *,
    system: str = "2025-city",
    profile: str = "",
    answer: Answer | None = None,
    pages_at_most: int = 1500,
    seconds_at_most: float = 300.0,
) -> Site:
    """The site as its style renders it, with the truth about it."""
    portal = planter.portal
    return Site(
        name=planter.name,
        title=portal.name,
        host=portal.host,
        style=planter.style.name,
        system=system,
        profile=profile,
        home=portal.home,
        answers=planter.style.render(portal),
        answer=answer,
        planted=planter.planted,
        near_misses=planter.near_misses,
        pages_at_most=pages_at_most,
        seconds_at_most=seconds_at_most,
    )
