"""message-overdue: a public enquiry is unanswered past the limit, or was answered after it.

Judged are letters asked within the look-back whose page shows when they were asked. A letter counts as unanswered only
when its page shows neither an answer nor that it was settled.
"""

from collections.abc import Sequence
from datetime import date

from govgauge import lazy_re
from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.enquiries import enquiries
from govgauge.audits.verdict import judged, not_applicable, not_observable
from govgauge.audits.worth import by_share
from govgauge.outcomes import Finding, Result
from govgauge.structure.model import Letter
from govgauge.structure.site import Site


class Params(Base, frozen=True):
    """国办秘函〔2019〕19号 V5: a valid enquiry unanswered over 3 months; look back 1 year."""

    limit_months: int = 3
    look_back_years: int = 1


META = Meta(
    id="message-overdue",
    version=2,
    group=Group.DIALOGUE,
    needs=("facts", "letters", "pages", "columns"),
    params=Params,
    source="国办秘函〔2019〕19号 单项否决：互动回应差",
)
_SETTLED = lazy_re.compile(
    r"已(?:办结|答复|回复|处理|办理|解决|受理并答复|反馈|完成)|办结|^(?:答复|回复|完成|是)$|不予受理|已撤销|已关闭"
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，公众来信无从检查。")
    if not site.letters:
        return not_applicable(META, "没有发现公开的来信。")
    as_of = site.facts.as_of
    since = months_later(as_of, -12 * params.look_back_years)
    recent = {
        url: letter
        for url, letter in enquiries(site).items()
        if letter.asked is not None and since <= letter.asked <= as_of
    }
    if not recent:
        return not_applicable(META, "检查期内没有写明时间的公开咨询来信。")
    findings = [
        finding for url, letter in recent.items() if (finding := _overdue(url, letter, as_of, params)) is not None
    ]
    return judged(META, findings, value=by_share(len(findings), len(recent)), data={"letters": len(recent)})


def _overdue(url: str, letter: Letter, as_of: date, params: Params) -> Finding | None:
    if letter.asked is None:
        return None
    limit = months_later(letter.asked, params.limit_months)
    unanswered = letter.answered is None and not letter.answer and not _SETTLED.search(letter.status)
    until = as_of if unanswered else letter.answered
    if until is None or until <= limit:
        return None
    days = (until - letter.asked).days
    return Finding(
        audit=META.id,
        page=url,
        target=str(days),
        slug="unanswered" if unanswered else "late",
        data={"title": letter.title[:60], "asked": letter.asked.isoformat(), "until": until.isoformat(), "days": days},
    )


def months_later(day: date, months: int) -> date:
    """The same day some months later (or earlier); the last of the month where there is no such day."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    for of_month in range(day.day, 27, -1):
        try:
            return date(year, month + 1, of_month)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 27))
