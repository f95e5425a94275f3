"""What is read from one page, and what the whole site amounts to: plain values, no network, no Django."""

import datetime
from datetime import date

from msgspec import Struct

from govgauge.gather.artifacts import Exchange, Link, Skipped
from govgauge.structure.kinds import ColumnKind, PageKind

# ---------------------------------------------------------------- what one page holds


class Item(Struct, frozen=True):
    """An entry of a list page. `date_text` is the date as shown, `date` what it means (None when unknown)."""

    url: str
    title: str
    date: datetime.date | None = None
    date_text: str = ""


class Attachment(Struct, frozen=True):
    """A file offered by a page: its URL, its words, and its ending without the dot, lower case."""

    url: str
    text: str
    suffix: str


class Article(Struct, frozen=True, kw_only=True):
    """The editorial content of a detail page.

    `published` is what the page itself says (None rather than wrong); `published_text` as shown;
    `url_date` the date written into the URL, `meta_date` the PubDate meta tag. `text_hash` is a hash of the main text
    without white space (empty when there is too little text to compare).
    `dateline` is the date signed at the end of the text.
    """

    title: str
    published: date | None = None
    published_text: str = ""
    meta_date: date | None = None
    url_date: date | None = None
    dateline: date | None = None
    source: str = ""
    text_chars: int = 0
    text_hash: str = ""
    images: int = 0
    media: int = 0
    attachments: tuple[Attachment, ...] = ()
    canonical: str = ""
    """Another address that the page names as its own (`<link rel="canonical">`); empty where it names none."""


class Policy(Struct, frozen=True, kw_only=True):
    """A normative document. Dates are None and texts empty where the page does not say them."""

    title: str
    number: str = ""
    issuer: str = ""
    written: date | None = None
    published: date | None = None
    effective: date | None = None
    expires: date | None = None
    validity: str = ""
    """As shown: 有效, 失效, 废止, 已修改 …; empty when the page says nothing."""
    abolishes: tuple[str, ...] = ()
    """Document numbers that this document says it abolishes."""
    subject: str = ""
    index_number: str = ""
    interpretations: tuple[str, ...] = ()
    """URLs that the page offers as interpretations of it (or, on an interpretation, as the policy)."""
    labels: tuple[str, ...] = ()
    """Labels of the page's element table, with or without a value."""
    blank: tuple[str, ...] = ()
    """Those of the labels that stand there with nothing beside them."""


class Guide(Struct, frozen=True, kw_only=True):
    """A service guide: the eight element classes, by id, with the text that was found for each.

    Ids: name, basis, conditions, materials, place, time, phone, process.
    """

    name: str
    elements: dict[str, str] = {}
    online_url: str = ""


class Letter(Struct, frozen=True, kw_only=True):
    """A public message and its answer; `answered` is None where there is none."""

    title: str
    asked: date | None = None
    answered: date | None = None
    question: str = ""
    answer: str = ""
    body: str = ""
    """Answering body."""
    status: str = ""
    """Handling as shown (已办结, 处理中 …); empty when the page says nothing."""


class Consultation(Struct, frozen=True, kw_only=True):
    """A consultation or survey; `result_urls` lead to its published result, `has_result`: the page holds it."""

    title: str
    opens: date | None = None
    closes: date | None = None
    has_result: bool = False
    result_urls: tuple[str, ...] = ()


class Dataset(Struct, frozen=True, kw_only=True):
    """An open dataset: formats in lower case, stated frequency of update (one of the words below), last update.

    Frequencies: realtime, daily, weekly, monthly, quarterly, half-yearly, yearly, irregular; empty when not stated.
    """

    title: str
    formats: tuple[str, ...] = ()
    frequency: str = ""
    updated: date | None = None
    fields_described: bool = False


class Marks(Struct, frozen=True, kw_only=True):
    """The signs that a home page must carry, as found in its foot, head and meta tags. Empty means not found."""

    site_name: str = ""
    meta_site_name: str = ""
    site_code: str = ""
    """The code shown to the reader; a code in meta tags or scripts alone stands in `meta_site_code`."""
    meta_site_code: str = ""
    other_site_codes: tuple[str, ...] = ()
    icp: str = ""
    police: str = ""
    police_url: str = ""
    gov_mark_url: str = ""
    """Where the 党政机关 mark leads, or the script that draws it."""
    host_body: str = ""
    contact: str = ""
    error_report_url: str = ""
    sitemap_url: str = ""
    privacy_url: str = ""
    accessibility: str = ""
    """How barrier-free reading is offered (a link's text, a script); empty when it is not."""
    elder: str = ""
    search_url: str = ""
    channels: tuple[str, ...] = ()
    """wechat, weibo, app, mini-program, douyin … entrances found."""
    icp_url: str = ""
    """Link to the ICP filing system; the number itself may stand on a picture only."""
    gov_mark_picture: str = ""
    """Picture of the 党政机关 mark that leads nowhere; looked at only where `gov_mark_url` is empty."""
    statement_urls: tuple[str, ...] = ()
    """Pages of general statements (网站声明, 法律声明, 关于我们), which may hold the privacy statement."""
    foot_elsewhere: str = ""
    """Script, frame or call that brings the foot into the page; what is missing then is not observable."""


class ColumnHint(Struct, frozen=True):
    """A column as some page names it: in a navigation bar, a crumb trail, a heading with 更多, or a site map."""

    url: str
    name: str
    parent_url: str = ""
    origin: str = "nav"


class PageReading(Struct, frozen=True, kw_only=True):
    """All that is read from one page, in one pass; kept on disk, one record a page."""

    url: str
    kind: PageKind
    title: str = ""
    """<title>, white space folded."""
    heading: str = ""
    charset: str = ""
    declared_charset: str = ""
    depth: int = 0
    text_chars: int = 0
    """Visible characters without white space."""
    text: str = ""
    """Main text, paragraphs split by newline; kept in the shard only."""
    meta: dict[str, str] = {}
    """Meta tags by lower-case name (sitename, siteidcode, columnname, articletitle, pubdate, contentsource …)."""
    crumbs: tuple[tuple[str, str], ...] = ()
    """The trail 当前位置 as (url, name), from the home page down; url empty where it is no link."""
    items: tuple[Item, ...] = ()
    """Entries of the page's main list; on a home page, of all its lists."""
    total_items: int = 0
    """How many items the list itself says it has over all its pages; 0 when it says nothing."""
    next_urls: tuple[str, ...] = ()
    """Further pages of the same list."""
    goes_on: bool = False
    """The list has further pages that only a script reaches."""
    column_hints: tuple[ColumnHint, ...] = ()
    links: tuple[Link, ...] = ()
    forms: tuple[str, ...] = ()
    """Action URLs of the forms with a free text field."""
    soft_error: str = ""
    """Words that show an answer of status 200 to be an error page; empty on a good page."""
    article: Article | None = None
    policy: Policy | None = None
    guide: Guide | None = None
    letter: Letter | None = None
    consultation: Consultation | None = None
    dataset: Dataset | None = None
    marks: Marks | None = None
    """On the home page only."""
    script_only: bool = False
    """The main content is made by a script that was not run: what is missing is not observable."""
    pictures: int = 0
    """Pictures, films and embedded documents in the main part of a page that lists nothing."""


# ---------------------------------------------------------------- what the site amounts to


class PageFacts(Struct, frozen=True, kw_only=True):
    """A visited page in a line. `exchange` tells how it came, `seen_at` when (several observations possible)."""

    url: str
    kind: PageKind
    title: str
    depth: int
    exchange: Exchange
    column_url: str = ""
    text_chars: int = 0
    soft_error: str = ""
    charset: str = ""
    declared_charset: str = ""
    script_only: bool = False
    heading: str = ""
    forms: tuple[str, ...] = ()
    site_tags: tuple[str, str, str] = ("", "", "")
    """SiteName, SiteDomain and SiteIDCode as the page's meta tags say them."""


class Column(Struct, frozen=True, kw_only=True):
    """A column with its items from all its list pages (at most `ITEMS_KEPT`, newest first as listed).

    `newest` is the newest date of an item (list date, else the article's own); None when no item has a date.
    `pages` are its list pages in order; `complete` says that all of them were read.
    """

    url: str
    name: str
    kind: ColumnKind
    parent_url: str = ""
    items: tuple[Item, ...] = ()
    item_count: int = 0
    newest: date | None = None
    oldest: date | None = None
    pages: tuple[str, ...] = ()
    complete: bool = True
    script_only: bool = False
    sub_columns: tuple[str, ...] = ()
    description_chars: int = 0
    """Main text on the page beside any list: a column may be one page of text (leadership, institutions)."""


class ArticleFacts(Struct, frozen=True, kw_only=True):
    """An article in its place: `list_date` is the date under which its column lists it."""

    url: str
    column_url: str
    article: Article
    list_date: date | None = None
    list_title: str = ""
    last_modified: date | None = None


class Target(Struct, frozen=True, kw_only=True):
    """What became of a URL that was requested: the last exchange, and when each failing one was observed.

    A fault counts when `confirmed`: seen at least twice at different times with the same class of failure.
    `content` is what the first bytes are: html, image, pdf, doc, zip, text, empty, other.
    """

    url: str
    exchange: Exchange
    seen_at: tuple[str, ...] = ()
    confirmed: bool = False
    content: str = ""
    soft_error: str = ""


class Probe(Struct, frozen=True, kw_only=True):
    """One opening of the home page, for availability. `outcome` is `ok` or a failure class or `http-503`."""

    at: str
    outcome: str
    seconds: float


class SiteFacts(Struct, frozen=True, kw_only=True):
    """The frame of a visit: which site, when, and where the rules stand in time."""

    home: str
    host: str
    as_of: date
    started_at: str = ""
    home_ok: bool = True
    home_failure: str = ""
    name: str = ""
    level: str = "city"
    """What kind of body is assessed: ministry, province, city, county, department, zone."""
    skipped: tuple[Skipped, ...] = ()
    budget_exhausted: bool = False
    pages_visited: int = 0
