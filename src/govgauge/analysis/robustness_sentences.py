"""What the runs say, in sentences."""

from collections.abc import Iterator

from govgauge.analysis.robustness import HOLDS, Robustness, Stability
from govgauge.analysis.shares import Share, shown
from govgauge.analysis.uncertainty import Source

NAMES = {Source.WEIGHTS: "权重", Source.ROUNDING: "四舍五入", Source.CODERS: "采集误差"}
FIRST_FEW = 5


def sentences(name: str, found: Robustness) -> Iterator[str]:
    """The main results of a group, a sentence each."""
    head = f"{name}：" if name else ""
    count = len(found.subjects)
    still_open = f"；{found.still_open} 个未采集的取值按 0 至 1 之间任意值计" if found.still_open else ""
    shift = f"名次平均变动 {shown(found.mean_shift, 1)} 位{still_open}"
    yield f"{head}{count} 个评估对象，{found.runs} 次模拟（种子 {found.seed}），{shift}。"
    for each in found.subjects[:FIRST_FEW]:
        yield f"{head}{_place(each)}，进入前 {found.top} 名的有 {each.top.text('次')}。"
    sizes = [len(tier.subjects) for tier in found.tiers if len(tier.subjects) > 1]
    yield (
        f"{head}与相邻者的先后在不到 {HOLDS:.0%} 的模拟中成立、因而分不出的有 {Share(sum(sizes), count).text()}，"
        f"连成 {len(sizes)} 组；按“与首位分不出先后”可分为 {len(found.echelons)} 个梯队。"
    )
    if found.sensitivity is None:
        return
    if not found.sensitivity.moving:
        yield f"{head}没有一个名次变动，无从区分来源。"
        return
    parts = "；".join(
        f"{NAMES[each.source]}单独 {shown(each.first, 2)}、连同交互 {shown(each.total, 2)}"
        f"（{shown(each.total_low, 2)} 至 {shown(each.total_high, 2)}）"
        for each in sorted(found.sensitivity.effects, key=lambda each: -each.total)
    )
    main = max(found.sensitivity.effects, key=lambda each: each.total)
    share = Share(main.main_for, found.sensitivity.moving)
    yield (
        f"{head}名次变动的来源（方差占比）：{parts}。{NAMES[main.source]}最要紧，"
        f"在名次有变动的对象中，以它为主的有 {share.text()}。"
    )


def _place(each: Stability) -> str:
    interval = f"{each.low}–{each.high}" if each.low < each.high else str(each.low)
    return f"{each.subject}第 {each.rank} 位，90% 的模拟在第 {interval} 位"
