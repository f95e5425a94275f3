"""What a site says, apart from the CMS that shows it: columns with entries, single pages, marks of the foot.

Sites are built by changing these values (planting faults) before a style renders them; hence not frozen.
"""

from dataclasses import dataclass, field
from datetime import date

from govgauge.testbed.model import Response


@dataclass(slots=True, kw_only=True, eq=False)
class Entry:
    """One page of a column: an article, and with a `sheet` a policy, guide, letter, consultation or dataset.

    `day` is when it appeared; `shown` and `listed` replace that on the page and in the list (a planted fault), `hidden`
    leaves it away on the page. `sheet` are labelled values, `related` links under the text as (words, URL),
    `files` and `pictures` are (words, path) and paths, `raw` is markup put behind the text.
    """

    title: str
    day: date
    path: str = ""
    source: str = ""
    paragraphs: list[str] = field(default_factory=list)
    sheet: list[tuple[str, str]] = field(default_factory=list)
    related: list[tuple[str, str]] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    raw: str = ""
    shown: str | None = None
    listed: date | None = None
    hidden: bool = False
    address_day: date | None = None
    """The day written into the address where it differs."""
    headers: tuple[tuple[str, str], ...] = ()
    theme: str = ""

    @property
    def shown_day(self) -> str:
        return self.day.isoformat() if self.shown is None else self.shown

    @property
    def listed_day(self) -> date:
        return self.listed or self.day


@dataclass(slots=True, kw_only=True, eq=False)
class Column:
    """A column. `body` is markup shown instead of a list; `in_menu` puts it into the main navigation."""

    name: str
    slug: str
    kind: str = "news"
    number: int = 0
    path: str = ""
    entries: list[Entry] = field(default_factory=list)
    children: list["Column"] = field(default_factory=list)
    parent: "Column | None" = None
    body: str = ""
    intro: str = ""
    """Markup above the list, as the filters of a policy library."""
    in_menu: bool = True
    on_home: bool = False

    @property
    def newest_first(self) -> list[Entry]:
        return sorted(self.entries, key=lambda entry: entry.listed_day, reverse=True)


@dataclass(slots=True, kw_only=True)
class Marks:
    """The marks of the foot and head; empty where the site lacks one."""

    host_body: str = ""
    phone: str = ""
    code: str = ""
    icp: str = ""
    police: str = ""
    gov_mark: str = "link"
    """`link`, `picture` (leads nowhere) or empty."""
    error_report: bool = True
    sitemap: bool = True
    privacy: bool = True
    accessible: bool = True
    elder: bool = True
    notice: bool = True
    """Whether a notice is given on leaving for other sites."""
    viewport: bool = True


@dataclass(slots=True, kw_only=True)
class Portal:
    """All that a site shows. `singles` are pages beside the columns: path → (title, markup)."""

    name: str
    host: str
    area: str
    body: str
    as_of: date
    marks: Marks
    columns: list[Column] = field(default_factory=list)
    singles: dict[str, tuple[str, str]] = field(default_factory=dict)
    friends: list[tuple[str, str]] = field(default_factory=list)
    channels: list[tuple[str, str]] = field(default_factory=list)
    home_markup: str = ""
    head_markup: str = ""
    foot_markup: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    extra: dict[str, Response] = field(default_factory=dict)
    """Answers beside the pages: files, pictures, hostile paths."""
    sitemap_skips: set[str] = field(default_factory=set)
    """Names of columns that the site map leaves out."""
    sitemap_adds: list[tuple[str, str]] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://{self.host}"

    @property
    def home(self) -> str:
        return f"{self.origin}/"

    def url(self, path: str) -> str:
        """Absolute URL of a path of the site."""
        return path if "://" in path else self.origin + path

    def all_columns(self) -> list[Column]:
        """Every column, parents before children."""
        found: list[Column] = []
        waiting = list(self.columns)
        while waiting:
            column = waiting.pop(0)
            found.append(column)
            waiting = [*column.children, *waiting]
        return found

    def column(self, slug: str) -> Column:
        return next(column for column in self.all_columns() if column.slug == slug)
