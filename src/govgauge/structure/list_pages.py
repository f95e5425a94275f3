"""What a page lists: its main list from markup or record store, and how the list goes on."""

from msgspec import Struct

from govgauge.gather.artifacts import LinkKind
from govgauge.structure import column_names, datastore, lists, main_list, paging, script_made
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


def read(page: Page, names: tuple[str, ...] = ()) -> Listed:
    """The main list of a page that is not the home page. `names` are those that the page gives its column."""
    outline = page.outline
    own = frozenset([page.url, *(column_names.clean(name) for name in names if name)])
    chosen = main_list.of_column(outline, lists.find(outline), own)
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


def mostly_scripted(page: Page, listings: list[Listing], stored: tuple[Item, ...]) -> bool:
    """Whether a home page leaves more lists to a script than it shows with dates: its freshness is not to be seen."""
    if stored:
        return False
    dated = sum(1 for listing in listings if listing.dated)
    if dated and _empty_lists(page) <= dated:
        return False
    return script_made.fills_lists(page.html, page.document)


def _empty_lists(page: Page) -> int:
    """List elements without a single entry, waiting for a script."""
    return sum(
        1
        for block in page.outline.blocks
        if block.tag in _WAITING and block.stop == block.index + 1 and "id" in block.element.attrs
    )


_WAITING = frozenset(["ul", "ol", "tbody", "dl"])
