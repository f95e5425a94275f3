"""What all CMS styles share: addresses first, then pages from content."""

from abc import ABC, abstractmethod
from html import escape

from govgauge.testbed.content import Column, Entry, Portal
from govgauge.testbed.model import Response


class Style(ABC):
    """A CMS. A concrete style gives addresses and markup; this class walks the content.

    `encoding` is how pages are written, `declared` what the Content-Type header says of it (empty: nothing).
    """

    name = ""
    encoding = "utf-8"
    declared = "utf-8"
    per_page = 15

    # addresses ------------------------------------------------------------------

    @abstractmethod
    def column_path(self, column: Column) -> str:
        """Path of the column's first page."""

    @abstractmethod
    def paging_path(self, column: Column, number: int) -> str:
        """Path of the list's page `number`, counted from 1."""

    @abstractmethod
    def entry_path(self, column: Column, entry: Entry, serial: int) -> str:
        """Path of a new entry; `serial` is its number in the CMS."""

    sitemap_path = "/wzdt.html"
    privacy_path = "/ysbh.html"

    # markup ---------------------------------------------------------------------

    @abstractmethod
    def home(self, portal: Portal) -> str:
        """The home page."""

    @abstractmethod
    def listing(self, portal: Portal, column: Column, entries: list[Entry], number: int, last: int) -> str:
        """Page `number` of `last` of a column, with its part of the entries."""

    @abstractmethod
    def detail(self, portal: Portal, column: Column, entry: Entry) -> str:
        """The page of an entry."""

    @abstractmethod
    def single(self, portal: Portal, title: str, markup: str) -> str:
        """A page beside the columns."""

    # the walk -------------------------------------------------------------------

    def __init__(self) -> None:
        self._serial = 100

    def place(self, portal: Portal) -> None:
        """Give every column and entry that has none an address; those of earlier calls stay."""
        for column in portal.all_columns():
            column.path = column.path or self.column_path(column)
            for entry in column.entries:
                if not entry.path:
                    self._serial += 37
                    entry.path = self.entry_path(column, entry, self._serial)

    def render(self, portal: Portal) -> dict[str, Response]:
        """Every answer of the site by path."""
        self.place(portal)
        pages = {"/": self.page(portal, self.home(portal))}
        for column in portal.all_columns():
            pages |= self.listings(portal, column)
            for entry in column.entries:
                if "://" not in entry.path:
                    made = self.page(portal, self.detail(portal, column, entry))
                    pages[entry.path] = Response(
                        body=made.body, content_type=made.content_type, headers=(*made.headers, *entry.headers)
                    )
        for path, (title, markup) in self.singles(portal).items():
            pages[path] = self.page(portal, self.single(portal, title, markup))
        return {**pages, **portal.extra}

    def listings(self, portal: Portal, column: Column) -> dict[str, Response]:
        entries = column.newest_first
        last = max(1, -(-len(entries) // self.per_page))
        pages = {}
        for number in range(1, last + 1):
            part = entries[(number - 1) * self.per_page : number * self.per_page]
            path = column.path if number == 1 else self.paging_path(column, number)
            pages[path] = self.page(portal, self.listing(portal, column, part, number, last))
        return pages

    def singles(self, portal: Portal) -> dict[str, tuple[str, str]]:
        """The single pages with the site map and the privacy statement."""
        found = dict(portal.singles)
        if portal.marks.sitemap:
            found[self.sitemap_path] = ("网站地图", self.sitemap(portal))
        if portal.marks.privacy:
            found[self.privacy_path] = ("隐私声明", PRIVACY.format(body=portal.body))
        return found

    def sitemap(self, portal: Portal) -> str:
        parts = []
        for column in portal.columns:
            if column.name in portal.sitemap_skips:
                continue
            inner = "".join(f"<li>{link(child.path, child.name)}</li>" for child in column.children)
            parts.append(f"<dl><dt>{link(column.path, column.name)}</dt><dd><ul>{inner}</ul></dd></dl>")
        parts += [f"<dl><dt>{link(path, words)}</dt></dl>" for words, path in portal.sitemap_adds]
        return "".join(parts)

    def page(self, portal: Portal, markup: str) -> Response:
        """A page in the style's encoding."""
        charset = f"; charset={self.declared}" if self.declared else ""
        return Response(
            body=markup.encode(self.encoding, "xmlcharrefreplace"),
            content_type=f"text/html{charset}",
            headers=portal.headers,
        )


PRIVACY = (
    "<p>{body}重视您的隐私。浏览本网站不需要提供个人信息；办理业务时提交的个人信息仅用于该项业务，"
    "未经您同意不会向第三方提供。</p><p>本网站使用必要的会话标识保证页面正常显示，关闭浏览器后即失效。</p>"
)


def link(path: str, words: str, more: str = "") -> str:
    """An anchor."""
    return f'<a href="{escape(path)}"{" " + more if more else ""}>{words}</a>'


def ancestry(column: Column) -> list[Column]:
    """The column's line, topmost first, itself last."""
    line = [column]
    while line[0].parent is not None:
        line.insert(0, line[0].parent)
    return line
