"""How old the newest item of a column may be, by the kind of the column."""

import calendar
from datetime import date, timedelta

from msgspec import Struct

from govgauge.structure.kinds import ColumnKind
from govgauge.word_enum import WordEnum


class Span(WordEnum):
    """The classes of freshness that the inspections know."""

    NEWS = "news"
    """要闻动态: two weeks (国办秘函〔2019〕19号, 单项否决 “栏目不更新”)."""
    NOTICE = "notice"
    """通知公告、政策文件: six months (the same clause)."""
    YEARLY = "yearly"
    """人事、规划计划: one year (国办发〔2015〕15号, 基本信息)."""
    ANNUAL = "annual"
    """Published once a year by law, at the latest on 31 March: two of them may lie almost 15 months apart."""


SPAN_OF = {
    ColumnKind.NEWS: Span.NEWS,
    ColumnKind.NOTICE: Span.NOTICE,
    ColumnKind.POLICY: Span.NOTICE,
    ColumnKind.PERSONNEL: Span.YEARLY,
    ColumnKind.PLANS: Span.YEARLY,
    ColumnKind.BUDGET: Span.ANNUAL,
    ColumnKind.ANNUAL_REPORT: Span.ANNUAL,
}
"""Kinds with a window; no other kind is judged by its age."""


class Windows(Struct, frozen=True):
    """Length of each span; days for the short one, calendar months for the others."""

    news_days: int = 14
    notice_months: int = 6
    yearly_months: int = 12
    annual_months: int = 15

    def opens(self, span: Span, as_of: date) -> date:
        """The oldest date that still counts as fresh on `as_of` (the bound itself is fresh: “以上” excludes it)."""
        if span is Span.NEWS:
            return as_of - timedelta(days=self.news_days)
        months = {
            Span.NOTICE: self.notice_months,
            Span.YEARLY: self.yearly_months,
            Span.ANNUAL: self.annual_months,
        }[span]
        return months_before(as_of, months)


def months_before(day: date, months: int) -> date:
    """The same day of the month `months` earlier, or that month's last day where it is shorter."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))
