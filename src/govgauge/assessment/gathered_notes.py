"""What the report says of the visit: what was asked for, what did not answer, and what was left out."""

from collections import Counter

from govgauge.gather.artifacts import Purpose, Skipped
from govgauge.reports import words
from govgauge.reports.site_report import Note
from govgauge.structure.site import Site

PURPOSES = {
    Purpose.HOME: "首页",
    Purpose.PAGE: "网页",
    Purpose.ATTACHMENT: "附件",
    Purpose.IMAGE: "图片",
    Purpose.PART: "脚本和样式",
    Purpose.EXTERNAL: "站外链接",
}
SKIP_REASONS = {
    "budget": "超出采集预算，按模板均匀抽样",
    "budget-page": "网页较多，按比例抽查",
    "budget-image": "图片较多，按比例抽查",
    "budget-attachment": "附件较多，按比例抽查",
    "budget-part": "脚本和样式较多，按比例抽查",
    "budget-external": "站外链接较多，每个站点只核对几个",
    "robots": "robots.txt 不允许采集",
    "robots-unreachable": "robots.txt 未能取得，按规则不采集",
    "no-tls": "该地址的 HTTPS 无法建立",
    "no-network": "本机连不到这些网站，没有核对",
    "mapping": "不在指定的地址映射之内",
    "unanswered": "同一类地址一直没有应答，不再尝试",
    "shut-out": "采集中途网站不再应答",
    "trap": "自动生成、没有止境的地址（如日历）",
    "seconds": "到达时间上限",
    "interrupted": "采集中断，没有读到",
}
OTHER_REASON = "其他原因没有采集"


def gathered(site: Site) -> tuple[Note, ...]:
    """A row for each kind of thing that was asked for, with how many answers failed and why."""
    asked: Counter[Purpose] = Counter()
    bad: dict[Purpose, Counter[str]] = {purpose: Counter() for purpose in Purpose}
    for target in site.targets.values():
        made = target.exchange
        asked[made.purpose] += 1
        if made.failure is not None:
            bad[made.purpose][words.outcome(made.failure.value)] += 1
        elif not made.ok:
            bad[made.purpose][f"状态码 {made.status}"] += 1
    return tuple(
        Note(name, "；".join(f"{why}：{count} 个" for why, count in bad[purpose].most_common(6)), asked[purpose])
        for purpose, name in PURPOSES.items()
        if asked[purpose]
    )


def left_out(skipped: tuple[Skipped, ...]) -> tuple[Note, ...]:
    """A row for each reason why something was not gathered, with the single addresses folded into it."""
    by_reason: dict[str, list[Skipped]] = {}
    for entry in skipped:
        by_reason.setdefault(SKIP_REASONS.get(entry.reason, OTHER_REASON), []).append(entry)
    notes = [
        Note(
            title=reason,
            text=f"例如 {entries[0].example}",
            count=sum(entry.count for entry in entries),
            rows=tuple(Note(entry.template, _example(entry), entry.count) for entry in entries),
        )
        for reason, entries in by_reason.items()
    ]
    return tuple(sorted(notes, key=lambda note: -note.count))


def _example(entry: Skipped) -> str:
    return "" if entry.example == entry.template else f"例如 {entry.example}"
