"""What of a call's rules stands once people vote or judge by it: nobody steers a result, or looks into it, by them."""

from datetime import date

from govgauge.office.case_rules import CaseSettings, Days

BY_VOTE = {"proofs": "身份验证方式", "votes_per_voter": "公众每人票数"}
BY_PANEL = {"panel_mode": "专家评审方式", "votes_per_expert": "专家每人票数", "weights": "评分各项的权重"}
BY_EITHER = {"public_share": "公众所占比例", "ties": "并列办法"}


def broken(before: CaseSettings, after: CaseSettings, today: date, *, counted: bool) -> list[str]:
    """Why rules may not become others on a day, a sentence each; `counted`: somebody has counted the call already.

    From its first day, how one votes stands; the last day may be put off as long as it has not passed, and be brought
    forward to today at the earliest. A vote that is over stays over: its receipts are public, its count can be made.
    Shares, ties and a seed that was named stand from the first day of panel or vote.
    """
    voting, judging = _has_begun(before.vote, today), _has_begun(before.panel, today)
    told = _days(before.vote, after.vote, today, "公众投票")
    if counted and after.panel != before.panel:
        told.append("已经计过票，专家评审的时间不能再改 (counted already: the panel's days stand).")
    names = (BY_VOTE if voting else {}) | (BY_PANEL if judging else {}) | (BY_EITHER if voting or judging else {})
    if counted:
        names |= {"adjusted": "是否按校正分"}
    changed = [told_ for name, told_ in names.items() if getattr(before, name) != getattr(after, name)]
    if (voting or judging) and before.lot_seed and before.lot_seed != after.lot_seed:
        changed.append("抽签种子")
    if changed:
        told.append(f"评审或投票已经开始，不能再改：{'、'.join(changed)} (these stand since people judge or vote).")
    return told


def _days(before: Days | None, after: Days | None, today: date, what: str) -> list[str]:
    if before is None or not _has_begun(before, today) or before == after:
        return []
    if before.ends < today:
        return [f"{what}已在 {before.ends} 结束，时间不能再改 (it is over: its days stand)."]
    if after is None or after.starts != before.starts:
        return [f"{what}已在 {before.starts} 开始，起日不能再改 (it has begun)."]
    if after.ends < today:
        return [f"{what}正在进行，最早可以改为今天 {today} 结束 (it may end today at the earliest)."]
    return []


def _has_begun(days: Days | None, today: date) -> bool:
    return days is not None and days.starts <= today
