"""Planting faults into a site's content, and telling the truth about them."""

from collections.abc import Sequence
from copy import copy
from datetime import date, timedelta

from govgauge.testbed.content import Column, Entry, Portal
from govgauge.testbed.model import Grade, Planted, Response
from govgauge.testbed.styles.style import Style, link

SAFE_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("Content-Security-Policy", "default-src 'self'; frame-ancestors 'self'"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
)


class Planter:
    """Spoils one site. Entries must have an address before they are named in the truth: `settle` gives it."""

    def __init__(self, name: str, portal: Portal, style: Style) -> None:
        self.name, self.portal, self.style = name, portal, style
        self.planted: list[Planted] = []
        self.near_misses: dict[str, str] = {}
        self.settle()

    def settle(self) -> None:
        """Give addresses to entries that came in since."""
        self.style.place(self.portal)

    def url(self, place: Entry | Column | str) -> str:
        return self.portal.url(place if isinstance(place, str) else place.path)

    def tell(
        self, audit: str, page: Entry | Column | str, target: str = "", note: str = "", *, grade: Grade = Grade.PLANTED
    ) -> None:
        """Write a fault into the truth."""
        self.planted.append(
            Planted(site=self.name, audit=audit, page=self.url(page), target=target, note=note, grade=grade)
        )

    def near(self, page: Entry | Column | str, note: str) -> None:
        """Note a page that looks faulty and is not."""
        self.near_misses[self.url(page)] = note

    def missing_topics(self, *topics: str) -> None:
        """Columns that the indicator system asks for and the site lacks."""
        for topic in topics:
            self.tell("disclosure-column", self.portal.home, topic, "没有这一栏目或入口")

    def age(self, column: Column, days: int) -> str:
        """Move a column's entries into the past; gives the newest day that is left."""
        for entry in column.entries:
            entry.day -= timedelta(days=days)
            entry.day -= timedelta(days=max(0, entry.day.weekday() - 4))
            entry.path = ""
        self.settle()
        return max(entry.day for entry in column.entries).isoformat()

    # links and files ------------------------------------------------------------

    def broken_link(self, page: Entry, path: str, words: str, note: str = "404") -> None:
        """A link in an article that leads nowhere. `path` may be an absolute URL."""
        page.raw += f"<p>详情请见{link(path, words)}。</p>"
        self.tell("broken-link", page, self.url(path), note)

    def broken_home_link(self, path: str, words: str, note: str = "404") -> None:
        self.portal.home_markup += f'<div class="entry">{link(path, words)}</div>'
        self.tell("broken-link", self.portal.home, self.url(path), note)

    def broken_download(
        self, page: Entry, path: str, words: str, answer: Response | None = None, note: str = "404"
    ) -> None:
        page.files.append((words, path))
        if answer is not None:
            self.portal.extra[path] = answer
        self.tell("broken-download", page, self.url(path), note)

    def broken_image(self, page: Entry, path: str, answer: Response | None = None, note: str = "404") -> None:
        page.pictures.append(path)
        if answer is not None:
            self.portal.extra[path] = answer
        self.tell("broken-image", page, self.url(path), note)

    def good_file(self, page: Entry, path: str, words: str, answer: Response, near: str = "") -> None:
        page.files.append((words, path))
        self.portal.extra[path] = answer
        if near:
            self.near(page, near)

    # texts ------------------------------------------------------------------------

    def wrong_word(self, page: Entry, sentence: str, wrong: str) -> None:
        page.paragraphs.insert(1, sentence)
        self.tell("wrong-word", page, wrong, sentence)

    def noise(self, page: Entry, markup: str, shown: str) -> None:
        page.raw += f"<p>{markup}</p>"
        self.tell("text-noise", page, shown, "泄漏的模板、乱码或测试文字")

    def private(self, page: Entry, sentence: str, masked: str) -> None:
        page.paragraphs.append(sentence)
        self.tell("personal-data-leak", page, masked, "未遮掩的个人信息")

    def quote(self, page: Entry, sentence: str, near: str) -> None:
        """A sentence that looks wrong to a careless judge."""
        page.paragraphs.append(sentence)
        self.near(page, near)

    # dates and repetitions ----------------------------------------------------------

    def duplicate(self, column: Column, entry: Entry, days: int = 2) -> Entry:
        """The same article again, some days later."""
        twin = copy(entry)
        twin.path, twin.paragraphs, twin.related, twin.files = "", list(entry.paragraphs), [], list(entry.files)
        twin.day = entry.day + timedelta(days=days)
        column.entries.append(twin)
        self.settle()
        self.tell("duplicate-article", twin, self.url(entry), "同一栏目重复发布")
        return twin

    def differing_dates(self, entry: Entry, days: int = 40) -> None:
        """The list shows a day long before the article's own."""
        entry.listed = entry.day - timedelta(days=days)
        self.tell("date-error", entry, entry.shown_day, "列表日期与正文日期不一致")

    def future(self, entry: Entry, day: date) -> None:
        entry.shown, entry.listed = day.isoformat(), day
        self.tell("date-error", entry, day.isoformat(), "发布日期在未来")

    def impossible(self, entry: Entry, shown: str) -> None:
        entry.shown = shown
        self.tell("date-error", entry, shown, "不存在的日期")

    def redated(self, column: Column, entry: Entry, back: int = 400) -> None:
        """The address keeps the day on which the article really appeared, long before the one shown."""
        entry.address_day = entry.day - timedelta(days=back)
        entry.path = ""
        self.settle()
        self.tell("redated-article", entry, entry.shown_day, f"地址中的日期早 {back} 天")
        self.near(column, "只有一条改过日期")

    def kept_news(self, column: Column, entries: Sequence[Entry]) -> None:
        """News of more than five years ago among the others."""
        column.entries.extend(entries)
        self.settle()
        for entry in entries:
            self.tell("old-news-kept", entry, entry.day.isoformat(), "五年前的新闻仍在提供")

    # the site's own frame -------------------------------------------------------------

    def marks(self) -> None:
        """The truth about the marks that the foot lacks, and about what no site on loopback can have."""
        marks, home = self.portal.marks, self.portal.home
        lacking = {
            "host-body": marks.host_body and marks.phone,
            "site-code": marks.code,
            "icp-number": marks.icp,
            "police-record": marks.police,
            "error-report-link": marks.error_report,
            "sitemap-link": marks.sitemap,
            "privacy-policy": marks.privacy,
            "accessibility-entry": marks.accessible,
            "elder-mode": marks.elder,
        }
        for audit, there in lacking.items():
            if not there:
                self.tell(audit, home, "", "首页没有")
        if marks.gov_mark != "link":
            self.tell("gov-mark", home, "", "没有标识" if not marks.gov_mark else "标识没有链接")
        self.unavoidable()

    def unavoidable(self) -> None:
        """Faults of every site on loopback, and the headers that this one does not send."""
        portal, home = self.portal, self.portal.home
        self.tell("domain-name", home, portal.host, "模拟网站使用 .test 域名", grade=Grade.UNAVOIDABLE)
        sent = {name.lower() for name, _ in portal.headers}
        for name, _ in SAFE_HEADERS:
            if name.lower() not in sent:
                self.tell("security-headers", home, name, "没有这个响应头")

    def policy_library(self, column: Column) -> None:
        """A library without its filters: only the dates in the list are left."""
        column.intro = ""
        for dimension in ("validity", "kind", "level", "theme", "audience"):
            self.tell("policy-library", column, dimension, "政策文件库没有这一分类")
