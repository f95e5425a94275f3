"""From planted content to a site: the last step of every builder."""

from govgauge.testbed.content import Portal
from govgauge.testbed.model import Answer, Detail, Site
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
        details=_details(planter.portal),
        pages_at_most=pages_at_most,
        seconds_at_most=seconds_at_most,
    )


def _details(portal: Portal) -> list[Detail]:
    return [
        Detail(
            url=portal.url(entry.path),
            title=entry.title,
            published="" if entry.hidden else entry.shown_day,
            column=portal.url(column.path),
        )
        for column in portal.all_columns()
        for entry in column.entries
    ]
