"""Letting the readers of special pages look; each is quick to pass a page without its words."""

import msgspec

from govgauge.structure import consultations, datasets, guides, letters, policies
from govgauge.structure.kinds import PageKind
from govgauge.structure.model import Article, PageReading
from govgauge.structure.page import Page

RELATED_LINKS = 12
"""Longest list of related links or downloads that stands below a guide, letter or dataset."""


def look(page: Page, reading: PageReading, article: Article | None) -> PageReading:
    """The reading with what the readers of special pages found; the surest of them names the page's kind."""
    policy = policies.read(page, article)
    guide = guides.read(page, article)
    letter = letters.read(page)
    consultation = consultations.read(page, article)
    dataset = datasets.read(page)
    if not (policy or guide or letter or consultation or dataset):
        return reading
    return msgspec.structs.replace(
        reading,
        kind=_kind(reading, letter=letter, guide=guide, dataset=dataset, policy=policy, consultation=consultation),
        policy=policy,
        guide=guide,
        letter=letter,
        consultation=consultation,
        dataset=dataset,
    )


def look_at_form(page: Page, reading: PageReading) -> PageReading:
    """As `look`, for a page to fill in: it may ask everybody's opinion until a day that it states."""
    consultation = consultations.read(page, None)
    if consultation is None:
        return reading
    return msgspec.structs.replace(reading, kind=PageKind.CONSULTATION, consultation=consultation)


def look_beside_list(page: Page, reading: PageReading) -> PageReading:
    """As `look`, for a page that was taken for a list: a guide, letter or dataset with a few related links below it.

    The reading itself when it is none of these, or when the list is longer than related links are.
    """
    if len(reading.items) > RELATED_LINKS:
        return reading
    found = look(page, reading, None)
    if found.guide is None and found.letter is None and found.dataset is None:
        return reading if reading.items else found
    return msgspec.structs.replace(found, items=(), next_urls=(), total_items=0)


def _kind(reading: PageReading, **found: object) -> PageKind:
    return next((PageKind(name) for name, value in found.items() if value is not None), reading.kind)
