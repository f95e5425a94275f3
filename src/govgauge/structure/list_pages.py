"""What a page lists: its main list from markup or record store, and how the list goes on."""

from msgspec import Struct

from govgauge.gather.artifacts import LinkKind
from govgauge.structure import datastore, lists, main_list, paging, script_made
from govgauge.structure.lists import Listing
from govgauge.structure.model import Item
from govgauge.structure.outline import Block, Outline
from govgauge.structure.page import Page

FRAME_WORDS = 80
"""A page with fewer words of its own than this, and a frame in it, is what its frame shows."""


class Listed(Struct, frozen=True):
    """The main list of a page. `listings` are the blocks it was read from, `total` the items of all its pages.

    `scripted`: its further pages are reached by a script only.
    """

    items: tuple[Item, ...] = ()
    listings: tuple[Listing, ...] = ()
    next_urls: tuple[str, ...] = ()
    total: int = 0
    pages: int = 0
    scripted: bool = False
    beside: bool = False
    """Nothing was found but lists that stand beside the content."""

    @property
    def dated(self) -> int:
        return sum(1 for item in self.items if item.date_text)


def read(page: Page) -> Listed:
    """The main list of a page that is not the home page."""
    outline = page.outline
    chosen = main_list.of_column(outline, lists.find(outline))
    items = main_list.items(chosen)
    going_on = paging.read(outline, page.html, page.url)
    total, pages = going_on.total_items, going_on.pages
    store = datastore.read(page.html, outline.base, outline.encoding)
    scripted = going_on.scripted
    if store is not None:
        stored = main_list.items_of(store.entries)
        items = stored if len(stored) >= len(items) else items
        total, pages = store.total or total, store.pages or pages
        scripted = scripted or total > len(items)
    return Listed(
        items=items,
        listings=tuple(chosen),
        next_urls=going_on.next_urls,
        total=total,
        pages=pages,
        scripted=scripted,
        beside=bool(chosen) and all(main_list.is_beside(outline, listing) for listing in chosen),
    )


def stored(page: Page) -> tuple[Item, ...]:
    """Items of the record stores of a page: on a home page every list may be one."""
    store = datastore.read(page.html, page.outline.base, page.outline.encoding)
    return main_list.items_of(store.entries) if store else ()


def row_chars(outline: Outline, listed: Listed, block: Block) -> int:
    """Characters outside links that the rows of the list take up inside a block."""
    inside = 0
    for listing in listed.listings:
        if block.holds(listing.block):
            inside += outline.plain_chars(listing.block)
        elif listing.block.holds(block):
            return outline.plain_chars(block)
    return inside


def is_framed(page: Page) -> bool:
    """Whether what the page shows stands in frames: a frameset, or little else than an inner frame."""
    body = page.outline.body
    if body is not None and body.tag == "frameset":
        return True
    return has_frames(page) and len(page.outline.dense) < FRAME_WORDS


def has_frames(page: Page) -> bool:
    return any(link.kind is LinkKind.FRAME for link in page.links)


def made_by_script(page: Page, listed: Listed) -> bool:
    """Whether the page may list more than its markup shows, so that its emptiness says nothing."""
    if script_made.is_empty_shell(page.html, len(page.outline.dense)):
        return True
    if listed.items and not listed.beside:
        return False
    return listed.scripted or listed.total > 0 or has_frames(page) or script_made.fills_lists(page.html, page.document)
