"""disclosure-annual-report: the disclosure report of the last year that is due cannot be found on the site.

A report is due on 31 January of the following year. Until then the report of the year before is asked for. It counts
wherever its title stands: as an item of a list, an article, a link or an attachment.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from govgauge import lazy_re
from govgauge.audits.audit import Extent, Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.sight import blind_spot
from govgauge.audits.verdict import failed, not_observable, passed
from govgauge.gather import urls
from govgauge.outcomes import Finding, Result
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.model import Column
from govgauge.structure.site import Site


class Params(Base, frozen=True):
    """政府信息公开条例 第四十九条、第五十条: the report of a year is published before 31 January of the next."""

    due_month: int = 1
    due_day: int = 31


META = Meta(
    id="disclosure-annual-report",
    version=2,
    group=Group.DISCLOSURE,
    extent=Extent.PRESENCE,
    needs=("facts", "home", "pages", "targets", "columns", "articles", "links"),
    params=Params,
    source="政府信息公开条例 第四十九条、第五十条",
)

_REPORT = lazy_re.compile(r"(?:信息|政务)公开.{0,12}(?:报告|年报)|公开(?:工作)?(?:年度报告|年报)")
_DATE = lazy_re.compile(
    r"(?:19|20)\d{2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}(?!\d)|(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?"
)
"""Dates around a title: the day of a posting is not the year of the report."""
_YEAR = lazy_re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_OTHER = lazy_re.compile(
    r"网站(?:工作)?(?:\d{4})?年?度?(?:工作)?(?:报表|报告|年报)|监管年度报表|法治政府|依法行政|决算|预算|述职|统计报表"
)
"""Yearly reports of another kind (国办发〔2017〕47号 asks for one about the website), which often share the column."""
_ORDER = lazy_re.compile(r"(?:做好|编制|报送|填报|上报).*(?:通知|函)$")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_PLACE = lazy_re.compile(r"公开.{0,6}(?:年报|年度报告)|^年度?报告?$")
_DISCLOSURE = lazy_re.compile(
    r"^(?:政府|法定)?(?:主动|信息|政务)公开(?:专栏|平台|目录|年报|年度报告)?$|公开.{0,6}(?:年报|年度报告)"
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    year = due_year(site.facts.as_of, params)
    columns = [column for column in site.columns.values() if _is_place(column)]
    if any(is_report(title, year, in_place=in_place, day=day) for title, in_place, day in _titles(site, columns)):
        return passed(META, {"year": year})
    reason = blind_spot(site) or _unseen(site, columns)
    if reason:
        return not_observable(META, reason)
    place = columns[0].url if columns else site.facts.home
    finding = Finding(audit=META.id, page=place, target=str(year), slug="missing", data={"year": year})
    return failed(META, [finding], {"year": year})


def due_year(as_of: date, params: Params) -> int:
    """The year whose report must be there: last year's after the due day, until then the one before."""
    due = date(as_of.year, params.due_month, params.due_day)
    return as_of.year - 1 if as_of > due else as_of.year - 2


def is_report(title: str, year: int, *, in_place: bool, day: date | None) -> bool:
    """Whether a title is that of the report of `year`. In the reports' own column the year, or a day early in the
    next year on a title without any year, is enough."""
    if not in_place and not ("公" in title and "开" in title):
        return False
    plain = re.sub(r"[\s（）()【】\[\]]", "", _DATE.sub("", title.translate(_DIGITS)))
    report = _REPORT.search(plain)
    if _ORDER.search(plain) or (_OTHER.search(plain) and not report):
        return False
    years = _YEAR.findall(plain)
    if report and years:
        return _reported_year(plain, report.end()) == str(year)
    if not in_place:
        return False
    if years:
        return set(years) == {str(year)}
    return day is not None and day.year == year + 1 and day.month <= 6


def _reported_year(plain: str, end: int) -> str:
    """The year that stands nearest before the word 报告, else the first behind it."""
    before: list[str] = _YEAR.findall(plain[:end])
    years: list[str] = before or _YEAR.findall(plain)
    return years[-1 if before else 0]


def _is_place(column: Column) -> bool:
    return column.kind is ColumnKind.ANNUAL_REPORT or _PLACE.search(column.name) is not None


def _titles(site: Site, places: list[Column]) -> Iterable[tuple[str, bool, date | None]]:
    """Every title on the site, whether it stands in the reports' own column, and its day."""
    own = {column.url for column in places}
    for column in site.columns.values():
        inside = column.url in own or column.parent_url in own
        if inside:
            yield column.name, True, None
        for item in column.items:
            yield item.title, inside, item.date
    for article in site.articles.values():
        inside = article.column_url in own
        yield article.article.title, inside, article.article.published
        for attachment in article.article.attachments:
            yield attachment.text, inside, None
    for use in site.links():
        yield use.link.text, use.page in own, None


def _unseen(site: Site, places: list[Column]) -> str:
    """Why the report may be there all the same; empty when it may not."""
    if any(column.script_only or not column.complete for column in places):
        return "年度报告栏目由脚本生成或未读完，无法判断。"
    if places and not any(
        inside and re.search(r"(?:19|20)\d{2}", title) for title, inside, _day in _titles(site, places)
    ):
        if any(column.item_count or column.description_chars for column in places):
            return "年度报告栏目中的标题没有写明年份，无法判断。"
        if any(page.script_only for url, page in site.pages.items() if url in {column.url for column in places}):
            return "年度报告栏目由脚本生成，无法判断。"
    if not places and any(
        "公开" in use.link.text
        and urls.host(use.link.url) not in ("", site.facts.host)
        and _DISCLOSURE.search(use.link.text)
        for use in site.links()
    ):
        return "政府信息公开内容在其他网站上，年度报告不在本次访问范围内。"
    return ""
