"""date-error: a publishing date that does not exist, lies in the future, or differs between list and article.

Only the place where the page states its publishing date is judged: dates of effect, of meetings and of signature are
none. Where the lists of a column differ from its articles as a rule, the two show different kinds of date.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from govgauge import lazy_re
from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.dating import SHOWN, shown_words
from govgauge.audits.verdict import judged, not_applicable, not_observable
from govgauge.audits.worth import by_share
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.model import ArticleFacts
from govgauge.structure.site import Site

PUBLISHING = lazy_re.compile(r"发布|发文|公布|发表|更新|录入|添加|来源|浏览|点击|阅读|作者|责任编辑|访问")
"""Words of a line that states when and by whom an article was published."""

UNSET = frozenset({"0000-00-00", "0001-01-01", "1899-12-30", "1900-01-01", "1970-01-01"})
"""What a system shows where no date was entered."""

OTHER_DATES = frozenset({ColumnKind.CONSULTATION, ColumnKind.INTERVIEW, ColumnKind.GUIDES, ColumnKind.OPEN_DATA})
"""Columns whose lists show dates of another kind: closing days, days of interviews, of validity."""


class Params(Base, frozen=True):
    """国办秘函〔2019〕19号 (伪造发文日期) names the fault without numbers; these leave room for honest differences."""

    future_days: int = 1
    """A date so many days ahead is still a matter of time zones."""
    tolerance_days: int = 3
    """List and article may differ so much: written on Friday, listed on Monday."""
    habit_share: float = 0.5
    """From this share of differing articles on, a column's list shows another kind of date than its articles."""
    habit_from: int = 4
    """A habit needs so many articles."""


META = Meta(
    id="date-error",
    version=2,
    group=Group.UPKEEP,
    needs=("facts", "articles", "columns", "policies", "letters", "consultations", "text_of"),
    params=Params,
    source="国办秘函〔2019〕19号 单项否决：伪造发文日期；国办发〔2017〕47号：信息发布",
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，文章无从检查。")
    if not site.articles:
        return not_applicable(META, "没有发现文章。")
    dated = {url: facts for url, facts in site.articles.items() if _is_certain(facts)}
    if not dated:
        return not_observable(META, "文章页面没有可以识别的发布日期。")
    findings = list(_impossible(dated, site, params))
    findings = [finding for finding in findings if not _is_of_the_text(finding, site)]
    accused = {finding.page for finding in findings}
    findings += [
        finding
        for finding in _differing(dated, site, params)
        if finding.page not in accused and not _is_of_the_text(finding, site)
    ]
    order = {url: number for number, url in enumerate(site.articles)}
    findings.sort(key=lambda finding: order[finding.page])
    facts: dict[str, Fact] = {"judged": len(dated), "wrong": len(findings)}
    return judged(META, findings, value=by_share(len(findings), len(dated)), data=facts)


def _is_certain(facts: ArticleFacts) -> bool:
    """Whether the page's two readings (as shown, as understood) agree; else we may have read another date."""
    shown, published = shown_words(facts.article), facts.article.published
    if published is None:
        return _is_no_date(shown)
    match = SHOWN.fullmatch(shown)
    return match is None or tuple(map(int, match.groups())) == (published.year, published.month, published.day)


def _is_of_the_text(finding: Finding, site: Site) -> bool:
    """Whether the date stands in the main text, on a line that does not speak of publishing."""
    shown = str(finding.data["shown"])
    return any(shown in line and not PUBLISHING.search(line) for line in site.text_of(finding.page).split("\n"))


def _impossible(dated: dict[str, ArticleFacts], site: Site, params: Params) -> Iterator[Finding]:
    limit = site.facts.as_of + timedelta(days=params.future_days)
    for url, facts in dated.items():
        published, shown = facts.article.published, shown_words(facts.article)
        if published is not None:
            if published > limit and not _is_announced(url, site):
                yield _finding(url, facts, shown, "future", {"as_of": site.facts.as_of.isoformat()})
        else:
            yield _finding(url, facts, shown, "impossible", {})


def _differing(dated: dict[str, ArticleFacts], site: Site, params: Params) -> list[Finding]:
    by_column: dict[str, list[str]] = defaultdict(list)
    for url, facts in dated.items():
        if facts.list_date is not None and facts.article.published is not None:
            by_column[facts.column_url].append(url)
    found = []
    for column_url, members in by_column.items():
        column = site.columns.get(column_url)
        if column is not None and column.kind in OTHER_DATES:
            continue
        differing = [url for url in members if _differs(url, dated[url], site, params)]
        if len(members) >= params.habit_from and len(differing) >= params.habit_share * len(members):
            continue
        for url in differing:
            facts = dated[url]
            listed = facts.list_date.isoformat() if facts.list_date else ""
            found.append(_finding(url, facts, shown_words(facts.article), "differs", {"listed": listed}))
    return found


def _differs(url: str, facts: ArticleFacts, site: Site, params: Params) -> bool:
    """Whether the list's date fits none of the dates that the page gives for itself."""
    listed, article = facts.list_date, facts.article
    if listed is None or article.published is None or url in site.letters or url in site.consultations:
        return False
    policy = site.policies.get(url)
    others = [article.published, article.meta_date, article.dateline]
    if policy is not None:
        others += [policy.written, policy.published, policy.effective]
    known = [day for day in others if day is not None]
    if any(abs((listed - day).days) <= params.tolerance_days for day in known):
        return False
    return not any(_is_same_day_of_another_year(listed, day) for day in known)


def _is_same_day_of_another_year(listed: date, day: date) -> bool:
    """Lists that show no year: the year was ours to guess, so it accuses nobody."""
    return (listed.month, listed.day) == (day.month, day.day) and abs(listed.year - day.year) == 1


def _is_announced(url: str, site: Site) -> bool:
    return url in site.consultations or url in site.letters


def _is_no_date(shown: str) -> bool:
    match = SHOWN.fullmatch(shown)
    if match is None:
        return False
    year, month, day = (int(part) for part in match.groups())
    if f"{year:04}-{month:02}-{day:02}" in UNSET:
        return True
    try:
        date(year, month, day)
    except ValueError:
        return True
    return False


def _finding(url: str, facts: ArticleFacts, shown: str, slug: str, more: dict[str, Fact]) -> Finding:
    title = facts.article.title or facts.list_title
    data: dict[str, Fact] = {"title": title, "shown": shown, **more}
    return Finding(audit=META.id, page=url, target=shown, slug=slug, data=data, excerpt=facts.article.published_text)
