"""What the analyses state of two rounds: a function and a sentence for each kind of statement."""

from collections.abc import Sequence

from govgauge.analysis.assessed import NO_GRADE, UNDECIDED, Assessed
from govgauge.analysis.claim import Claim, Counted, Kind, Measured, joined, signed, titled, whose
from govgauge.analysis.claims import at_least
from govgauge.analysis.compare import FLAT, Change, Comparison, GroupChange
from govgauge.analysis.groups import Group, groups_by
from govgauge.analysis.shares import Share, shown


def grade_changes(before: Group, after: Group) -> Claim | None:
    """How many reach each grade, beside the round before. None where the rounds have not the same grades."""
    then = dict(before.grades)
    if not after.grades or not before.grades or _ladder(before) != _ladder(after):
        return None
    parts = []
    for name, share in after.grades:
        past = then.get(name, Share(0, before.subjects))
        parts.append(f"{name} {share.text()}（上一轮 {past.text()}，{_more(share.numerator - past.numerator)}）")
    shares = [Counted(after.name, name, share) for name, share in after.grades]
    shares += [Counted(f"{before.name}（上一轮）", name, share) for name, share in before.grades]
    return Claim(Kind.GRADE_CHANGES, f"{after.name}：{'；'.join(parts)}。", (), tuple(shares))


def _ladder(group: Group) -> list[str]:
    return [name for name, _ in group.grades if name not in {NO_GRADE, UNDECIDED}]


def reached_change(before: Group, after: Group, grade: str) -> Claim | None:
    """How many reach a grade or a better one, beside the round before. None where one has no such grade."""
    past, now = at_least(before, grade), at_least(after, grade)
    if past is None or now is None:
        return None
    text = (
        f"{after.name}达到“{grade}”及以上的有 {now.text()}，上一轮 {past.text()}，"
        f"{_more(now.numerator - past.numerator)}。"
    )
    name = f"{grade}及以上"
    return Claim(
        Kind.GRADES_REACHED, text, (), (Counted(after.name, name, now), Counted(f"{before.name}（上一轮）", name, past))
    )


def changes(group: GroupChange, level: int) -> Claim | None:
    """Which indicators of a level rose, fell, stayed. None where none can be compared."""
    found = [
        each for each in group.changes if each.node.level == level and each.change is not None and not each.node.bonus
    ]
    if not found:
        return None
    kinds = [
        ("上升", [each for each in found if (each.change or 0) >= FLAT]),
        ("基本持平", [each for each in found if abs(each.change or 0) < FLAT]),
        ("下降", [each for each in found if (each.change or 0) <= -FLAT]),
    ]
    parts = "；".join(
        f"{word}的有{joined(_moved(each, group.subjects) for each in some)}" for word, some in kinds if some
    )
    partial = [each.node.name for each in found if each.coverage < 1]
    note = f"（{joined(partial)}只按两轮共有的指标比较）" if partial else ""
    text = f"{group.name}与上一轮相比（两轮都有的评估对象 {group.subjects} 个），{parts}{note}。"
    return Claim(Kind.CHANGES, text, tuple(_numbers(group, found)))


def change_of(group: GroupChange, code: str = "") -> Claim | None:
    """One node beside the round before, and how many rose. None where it cannot be compared."""
    found = group.change(code)
    if found.change is None or found.before is None or found.after is None:
        return None
    moved = "基本持平" if abs(found.change) < FLAT else signed(found.change)
    text = (
        f"{whose(group.name)}{titled(found.node)}平均由 {shown(found.before)} 变为 {shown(found.after)}，{moved}；"
        f"上升的有 {found.rose.text()}，下降的有 {found.fell.text()}。"
    )
    return Claim(
        Kind.CHANGES,
        text,
        tuple(_numbers(group, [found])),
        (Counted(group.name, "上升", found.rose), Counted(group.name, "下降", found.fell)),
    )


def pairing_told(found: Comparison) -> Claim:
    """Over how many indicators the comparison goes, and how many only one of the rounds has."""
    pairing = found.pairing
    common, old, new = len(pairing.earlier_by_later), len(pairing.only_earlier), len(pairing.only_later)
    shares = (
        Counted("上一轮", "共有末级指标", Share(common, common + old)),
        Counted("本轮", "共有末级指标", Share(common, common + new)),
    )
    only = f"；只有上一轮有的 {old} 个、只有本轮有的 {new} 个不参与比较" if old or new else ""
    text = (
        f"两轮共有 {common} 个末级指标，指数变化按这些指标和本轮权重计算{only}；"
        "一项指标的权重在两轮都已确定的不足一半的对象，不参加该项比较。"
    )
    return Claim(Kind.PAIRING, text, (), shares)


def movement(found: Comparison) -> Claim | None:
    """How many rose by grades, fell, stayed. None where there are no grades."""
    if not found.movements:
        return None
    place = {grade: number for number, grade in enumerate(found.grades)}
    known = [each for each in found.movements if each.before in place and each.after in place]
    total = sum(each.share.numerator for each in known)
    rose = sum(each.share.numerator for each in known if place[each.after] < place[each.before])
    fell = sum(each.share.numerator for each in known if place[each.after] > place[each.before])
    shares = [("升档", Share(rose, total)), ("降档", Share(fell, total)), ("原档", Share(total - rose - fell, total))]
    parts = "，".join(f"{name} {share.text()}" for name, share in shares)
    text = f"两轮都有档级的评估对象 {total} 个，{parts}；新进入 {len(found.entered)} 个，退出 {len(found.left)} 个。"
    return Claim(Kind.MOVEMENT, text, (), tuple(Counted("全部", name, share) for name, share in shares))


def most_improved(found: Comparison, count: int = 5) -> list[Claim]:
    """Who rose most, by index and by rank; empty where nobody did."""
    claims = []
    by_index, by_rank = found.improved(count), found.climbed(count)
    if by_index:
        parts = "、".join(f"{name_of(each.subject)}（{signed(each.change or 0)}）" for each in by_index)
        numbers = tuple(Measured(each.group, each.subject, each.change or 0, 1) for each in by_index)
        claims.append(Claim(Kind.IMPROVED, f"总指数进步最大的是{parts}。", numbers))
    if by_rank:
        parts = "、".join(
            f"{name_of(each.subject)}（第 {each.rank_before} 到第 {each.rank_after}，升 {each.rise} 位）"
            for each in by_rank
        )
        numbers = tuple(Measured(each.group, each.subject, each.rise or 0, 1) for each in by_rank)
        claims.append(Claim(Kind.IMPROVED, f"在两轮都有的评估对象中，名次进步最大的是{parts}。", numbers))
    return claims


def name_of(key: str) -> str:
    """A subject's name with the body above it, where there is one: `云南省昆明市`."""
    above, _, name = key.rpartition("/")
    nearest = above.rpartition("/")[2]
    return name if name.startswith(nearest) else f"{nearest}{name}"


def have_changed(label: str, before: Share, after: Share) -> Claim | None:
    """A share beside that of the round before, in percentage points. None where one has no denominator."""
    if before.value is None or after.value is None:
        return None
    points = 100 * (after.value - before.value)
    text = f"{label}：{after.text()}，上一轮 {before.text()}，{signed(points, 1)}"
    text += "。" if text.endswith("持平") else " 个百分点。"
    return Claim(Kind.HAVE_CHANGED, text, (), (Counted("本轮", label, after), Counted("上一轮", label, before)))


def statements_of_change(earlier: Assessed, later: Assessed, found: Comparison) -> list[Claim]:
    """Everything that can be stated of two rounds: grades over all of each, changes over what they have in common."""
    before, after = groups_by(earlier)[0], groups_by(later)[0]
    claims: list[Claim | None] = [pairing_told(found), grade_changes(before, after)]
    claims += [reached_change(before, after, grade) for grade in later.grade_names()[:-1]]
    for group in found.groups:
        claims += [change_of(group), changes(group, 1), changes(group, 2)]
    claims += [movement(found), *most_improved(found)]
    return [claim for claim in claims if claim is not None]


def _moved(each: Change, subjects: int) -> str:
    fewer = f"，{each.known} 个" if each.known < subjects else ""
    return f"{each.node.name}（{shown(each.before or 0)} → {shown(each.after or 0)}{fewer}）"


def _numbers(group: GroupChange, found: Sequence[Change]) -> list[Measured]:
    return [
        Measured(group.name, f"{each.node.name}{word}", number or 0.0, each.known)
        for each in found
        for word, number in (("（上一轮）", each.before), ("", each.after), ("的变化", each.change))
    ]


def _more(count: int) -> str:
    if not count:
        return "持平"
    return f"{'增加' if count > 0 else '减少'} {abs(count)} 个"
