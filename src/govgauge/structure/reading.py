"""From a parsed page to its reading: every reader of this room is called here, once a page."""

import msgspec

from govgauge.gather.artifacts import LinkKind
from govgauge.structure import (
    articles,
    classify,
    consultations,
    crumbs,
    datasets,
    datastore,
    guides,
    letters,
    lists,
    main_list,
    main_text,
    marks,
    meta_tags,
    navigation,
    paging,
    policies,
    script_made,
    soft_error,
)
from govgauge.structure.forms import with_text_field
from govgauge.structure.kinds import PageKind
from govgauge.structure.model import Article, Item, PageReading
from govgauge.structure.outline import Block, Outline
from govgauge.structure.page import Page

FRAME_WORDS = 80
"""A page with fewer words of its own than this, and a frame in it, is what its frame shows."""


def read(page: Page) -> PageReading:
    """Read one page. Never raises on bad markup: what cannot be read stays empty."""
    outline, document = page.outline, page.document
    meta = meta_tags.read(document)
    title = meta_tags.title(document)
    trail = crumbs.read(outline)
    forms = with_text_field(document, outline)
    body = outline.body
    visible_chars = sum(len(word) for word in outline.visible.split())
    reading = PageReading(
        url=page.url,
        kind=PageKind.OTHER,
        title=title,
        heading=_heading(outline),
        charset=page.charset,
        declared_charset=meta_tags.declared_charset(document),
        depth=page.exchange.depth,
        text_chars=visible_chars,
        meta=meta,
        crumbs=trail,
        links=tuple(page.links),
        forms=forms,
    )
    if body is None:
        return reading
    own = main_text.own_words(outline, body)
    named = meta.get("articletitle", "")
    words = soft_error.find(title, outline.visible, own_chars=own, is_article=bool(named) and named != title)
    if words and not page.is_home:
        return msgspec.structs.replace(reading, kind=PageKind.ERROR, soft_error=words)
    listings = lists.find(outline)
    store = datastore.read(page.html, outline.base)
    going_on = paging.read(outline, page.html, page.url)
    special = classify.special(page.url, title, trail[-1][1] if trail else "", len(outline.anchors), len(forms))
    if page.is_home:
        return _home(page, reading, listings, words)
    text_block = main_text.find(outline)
    text = main_text.text_of(outline, text_block, "") if text_block else ""
    chosen = main_list.of_column(outline, listings)
    items = main_list.items(chosen)
    if store is not None and len(store.entries) >= len(items):
        items = main_list.items(
            [lists.Listing(body, chosen[0].region, store.entries, body)] if chosen else []
        ) or tuple(Item(entry.url, entry.title, entry.date, entry.date_text) for entry in store.entries)
    is_article = special is None and classify.is_article(_signs(page, meta, text, text_block, chosen, items, going_on))
    if is_article:
        return _detail(page, reading, meta, text_block, trail)
    return _column(page, reading, special, items, going_on, text, text_block)


def _home(page: Page, reading: PageReading, listings: list[lists.Listing], words: str) -> PageReading:
    outline = page.outline
    items = main_list.items(main_list.of_home(outline, listings))
    return msgspec.structs.replace(
        reading,
        kind=PageKind.HOME,
        soft_error=words,
        items=items,
        text=outline.visible,
        column_hints=navigation.hints(outline, page.url, reading.crumbs, is_sitemap=False),
        marks=marks.read(page),
        script_only=script_made.is_empty_shell(page.html, reading.text_chars)
        or (not items and script_made.fills_lists(page.html, page.document)),
    )


def _detail(
    page: Page, reading: PageReading, meta: dict[str, str], block: Block | None, trail: tuple[tuple[str, str], ...]
) -> PageReading:
    title = articles.title_of(page.outline, meta, articles.page_title(page, meta))
    text = main_text.text_of(page.outline, block, title) if block else ""
    article = articles.read(page, meta, block, text)
    found = msgspec.structs.replace(
        reading,
        kind=PageKind.ARTICLE,
        text=text,
        article=article,
        column_hints=navigation.hints(page.outline, page.url, trail, is_sitemap=False),
    )
    return _special(page, found, article)


def _special(page: Page, reading: PageReading, article: Article | None) -> PageReading:
    """Let the readers of special pages look; the first that knows the page names its kind."""
    policy = policies.read(page, article)
    guide = guides.read(page, article)
    letter = letters.read(page)
    consultation = consultations.read(page, article)
    dataset = datasets.read(page)
    kind = reading.kind
    for found, named in (
        (letter, PageKind.LETTER),
        (guide, PageKind.GUIDE),
        (dataset, PageKind.DATASET),
        (policy, PageKind.POLICY),
        (consultation, PageKind.CONSULTATION),
    ):
        if found is not None:
            kind = named
            break
    return msgspec.structs.replace(
        reading, kind=kind, policy=policy, guide=guide, letter=letter, consultation=consultation, dataset=dataset
    )


def _column(
    page: Page,
    reading: PageReading,
    special: PageKind | None,
    items: tuple[Item, ...],
    going_on: paging.Paging,
    text: str,
    text_block: Block | None,
) -> PageReading:
    outline = page.outline
    kind = special or PageKind.COLUMN
    framed = any(link.kind is LinkKind.FRAME for link in reading.links)
    if special is None and not items:
        if (outline.body is not None and outline.body.tag == "frameset") or (
            framed and reading.text_chars < FRAME_WORDS
        ):
            kind = PageKind.FRAME
        elif page.exchange.depth > 0 and not reading.crumbs and not reading.text_chars:
            kind = PageKind.OTHER
    script_only = script_made.is_empty_shell(page.html, reading.text_chars) or (
        not items and (framed or script_made.fills_lists(page.html, page.document) or going_on.scripted)
    )
    found = msgspec.structs.replace(
        reading,
        kind=kind,
        items=items if kind is not PageKind.SITEMAP else (),
        total_items=going_on.total_items,
        next_urls=going_on.next_urls,
        text=text,
        column_hints=navigation.hints(outline, page.url, reading.crumbs, is_sitemap=kind is PageKind.SITEMAP),
        script_only=script_only,
    )
    return found if items or special else _special(page, found, None)


def _signs(
    page: Page,
    meta: dict[str, str],
    text: str,
    text_block: Block | None,
    chosen: list[lists.Listing],
    items: tuple[Item, ...],
    going_on: paging.Paging,
) -> classify.Signs:
    outline = page.outline
    named = meta.get("articletitle", "")
    shown = bool(named) and "".join(named.split())[:16] in "".join(outline.visible.split())
    listed_inside = sum(len(entry.title) for listing in chosen for entry in listing.entries)
    return classify.Signs(
        url=page.url,
        named_article=shown,
        named_date=bool(meta.get("pubdate")),
        published_shown=articles.shows_date(outline),
        heading=any(block.tag == "h1" and outline.text(block) for block in outline.blocks),
        text_chars=max(0, (outline.plain_chars(text_block) if text_block else len(text)) - 0 * listed_inside),
        known_container=text_block is not None and main_text.is_known(text_block),
        listed=len(items),
        dated=sum(1 for item in items if item.date_text),
        paged=bool(going_on.next_urls) or going_on.pages > 0 and going_on.total_items > 0,
        column_tags=("columnname" in meta or "columntype" in meta) and not named,
    )


def _heading(outline: Outline) -> str:
    for tag in ("h1", "h2"):
        for block in outline.blocks:
            if block.tag == tag and not block.hidden and (words := outline.text(block)):
                return words[:200]
    return ""
