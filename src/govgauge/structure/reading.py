"""From a parsed page to its reading: every reader of this room is called here, once a page."""

import msgspec

from govgauge.structure import (
    articles,
    classify,
    crumbs,
    forms,
    list_pages,
    lists,
    main_list,
    main_text,
    marks,
    meta_tags,
    navigation,
    script_made,
    soft_error,
    special_pages,
)
from govgauge.structure.kinds import PageKind
from govgauge.structure.list_pages import Listed
from govgauge.structure.model import PageReading
from govgauge.structure.outline import Block, Outline
from govgauge.structure.page import Page


def read(page: Page) -> PageReading:
    """Read one page. Never raises on bad markup: what cannot be read stays empty."""
    reading = _outside(page)
    if page.outline.body is None:
        return reading
    words = _error_words(page, reading)
    if page.is_home:
        return _home(page, reading, words)
    if words:
        return msgspec.structs.replace(reading, kind=PageKind.ERROR, soft_error=words)
    block = main_text.find(page.outline)
    if articles.is_named(page.outline, reading.meta):
        return _detail(page, reading, block)
    listed = list_pages.read(page, (reading.heading, reading.meta.get("columnname", ""), *_last_step(reading)))
    special = classify.special(
        page.url,
        reading.title,
        reading.crumbs[-1][1] if reading.crumbs else "",
        len(page.outline.anchors),
        reading.forms,
    )
    if special is None and not listed.dated and forms.is_form(page.document, page.outline):
        special = PageKind.FORM
    if special is None and classify.is_article(_signs(page, reading, block, listed)):
        return _detail(page, reading, block)
    return _column(page, reading, special, listed, block)


def _last_step(reading: PageReading) -> tuple[str, ...]:
    """The name at the end of the trail."""
    return (reading.crumbs[-1][1],) if reading.crumbs else ()


def _outside(page: Page) -> PageReading:
    """What every page has, whatever its kind."""
    outline, document = page.outline, page.document
    return PageReading(
        url=page.url,
        kind=PageKind.OTHER,
        title=meta_tags.title(document),
        heading=_heading(outline),
        charset=page.charset,
        declared_charset=meta_tags.declared_charset(document),
        depth=page.exchange.depth,
        text_chars=len(outline.dense),
        meta=page.meta,
        crumbs=crumbs.read(outline),
        links=tuple(page.links),
        forms=forms.with_text_field(document, outline),
    )


def _error_words(page: Page, reading: PageReading) -> str:
    """Words of an error page; a page that names its own publishing date is none."""
    outline = page.outline
    own = main_text.own_words(outline, outline.body) if outline.body else 0
    named = articles.is_named(outline, reading.meta)
    visible = "" if named or own > soft_error.SHORT_CHARS else outline.visible
    words = soft_error.find(reading.title, visible, own_chars=own, is_article=named)
    return "" if words and articles.dates_shown(outline) else words


def _home(page: Page, reading: PageReading, error_words: str) -> PageReading:
    outline = page.outline
    listings = main_list.of_home(lists.find(outline))
    items = main_list.items(listings)
    stored = list_pages.stored(page)
    return msgspec.structs.replace(
        reading,
        kind=PageKind.HOME,
        soft_error=error_words,
        items=items + stored,
        text=outline.visible,
        column_hints=navigation.hints(outline, page.url, reading.crumbs, navigation.Scope.HOME),
        marks=marks.read(page),
        script_only=script_made.is_empty_shell(page.html, reading.text_chars)
        or list_pages.is_framed(page)
        or list_pages.mostly_scripted(page, listings, stored),
    )


def _detail(page: Page, reading: PageReading, block: Block | None) -> PageReading:
    outline = page.outline
    title = articles.title_of(
        outline, reading.meta, articles.clean_title(reading.title, reading.meta.get("sitename", ""))
    )
    text = main_text.text_of(outline, block, title) if block else ""
    article = articles.read(page, reading.meta, block, title, text)
    found = msgspec.structs.replace(
        reading,
        kind=PageKind.ARTICLE,
        text=text,
        article=article,
        column_hints=navigation.hints(outline, page.url, reading.crumbs, navigation.Scope.CRUMBS),
    )
    return special_pages.look(page, found, article)


def _column(
    page: Page, reading: PageReading, special: PageKind | None, listed: Listed, block: Block | None
) -> PageReading:
    outline = page.outline
    kind = special or (PageKind.FRAME if not listed.items and list_pages.is_framed(page) else PageKind.COLUMN)
    is_sitemap = kind is PageKind.SITEMAP
    items = () if kind in (PageKind.SITEMAP, PageKind.FORM) else listed.items
    scope = navigation.Scope.SITEMAP if is_sitemap else navigation.Scope.PAGE
    found = msgspec.structs.replace(
        reading,
        kind=kind,
        items=items,
        total_items=listed.total,
        next_urls=listed.next_urls,
        goes_on=listed.scripted,
        text=main_text.text_of(outline, block, "", links=False) if block else "",
        column_hints=navigation.hints(outline, page.url, reading.crumbs, scope),
        script_only=list_pages.made_by_script(page, listed),
        pictures=0 if listed.items else main_text.pictures(outline, block),
    )
    if kind is PageKind.FORM:
        return special_pages.look_at_form(page, found)
    return found if special else special_pages.look_beside_list(page, found)


def _signs(page: Page, reading: PageReading, block: Block | None, listed: Listed) -> classify.Signs:
    outline, meta = page.outline, reading.meta
    chars = 0
    if block is not None:
        chars = max(0, main_text.own_words(outline, block) - list_pages.row_chars(outline, listed, block))
    return classify.Signs(
        url=page.url,
        named_article=articles.shows_title(outline, meta.get("articletitle", "")),
        named_date=bool(meta.get("pubdate")),
        published_shown=0 < articles.dates_shown(outline) <= 2,
        heading=bool(page.document.find("h1")),
        text_chars=chars,
        known_container=block is not None and main_text.is_known(block),
        listed=len(listed.items),
        dated=listed.dated,
        paged=bool(listed.next_urls) or listed.pages > 1 or listed.total > 0,
        own_step=bool(reading.crumbs) and reading.crumbs[-1][0] == page.url,
        nameless=meta.get("articletitle") == "" and bool(meta.get("columnname")),
        column_tags=("columnname" in meta or "columntype" in meta) and not meta.get("articletitle"),
    )


def _heading(outline: Outline) -> str:
    """The first h1, else the first h2."""
    second = ""
    for block in outline.blocks:
        if block.tag in ("h1", "h2") and (words := outline.text(block)):
            if block.tag == "h1":
                return words[:200]
            second = second or words[:200]
    return second
