"""Results as tables for download: a title, headings, rows; every share with its numerator and denominator."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from govgauge.analysis.claim import Claim
from govgauge.analysis.compare import Comparison
from govgauge.analysis.groups import Group
from govgauge.analysis.published_averages import AverageCheck
from govgauge.analysis.robustness import Robustness, Tier
from govgauge.analysis.robustness_sentences import NAMES
from govgauge.analysis.shares import Share

Cell = str | int | float | None


class Sheet(Struct, frozen=True):
    """One table. `name` is short: a file and a sheet are called so."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def group_sheets(column: str, groups: Sequence[Group], claims: Sequence[Claim]) -> list[Sheet]:
    """Mean indexes, distributions, grades and statements of the groups of a column."""
    tag = f"-{column}" if column else ""
    return [
        Sheet(
            f"指数{tag}",
            (
                *(
                    "分组",
                    "编号",
                    "指标",
                    "级别",
                    "加分",
                    "有效数",
                    "未定数",
                    "不适用数",
                    "平均",
                    "平均下限",
                    "平均上限",
                ),
                *("最低", "中位", "最高", *_heads("高于平均"), *_heads("低于界限"), "界限"),
            ),
            tuple(
                (
                    *(
                        group.name,
                        spread.node.code,
                        spread.node.name,
                        spread.node.level,
                        "是" if spread.node.bonus else "",
                    ),
                    *(spread.known, spread.still_open, spread.not_applicable, spread.mean, spread.low, spread.high),
                    *(spread.minimum, spread.median, spread.maximum),
                    *(*_cells(spread.above_mean), *_cells(spread.below), group.bound),
                )
                for group in groups
                for spread in group.spreads
            ),
        ),
        Sheet(
            f"分布{tag}",
            ("分组", "起（含）", "止（不含，末档含）", *_heads("")),
            tuple((group.name, band.start, band.end, *_cells(band.share)) for group in groups for band in group.bands),
        ),
        *_grade_sheet(tag, groups),
        claim_sheet(f"结论{tag}", claims),
    ]


def claim_sheet(name: str, claims: Iterable[Claim]) -> Sheet:
    """A row for each share and number of each statement; statements without any have one row."""
    rows: list[tuple[Cell, ...]] = []
    for claim in claims:
        rows += [
            (
                claim.text,
                claim.kind.value,
                each.group,
                each.name,
                None,
                each.share.numerator,
                each.share.denominator,
                each.share.value,
            )
            for each in claim.shares
        ]
        rows += [
            (claim.text, claim.kind.value, each.group, each.name, each.number, None, each.subjects, None)
            for each in claim.numbers
        ]
    return Sheet(name, ("结论", "类别", "分组", "项目", "数值", "分子", "分母（或有效数）", "占比"), tuple(rows))


def comparison_sheets(found: Comparison, claims: Sequence[Claim]) -> list[Sheet]:
    """Changes of indicators and subjects, movements between grades, who entered and left, pairs of indicators."""
    return [
        Sheet(
            "指标变化",
            (
                "分组",
                "编号",
                "指标",
                "级别",
                "有效数",
                "上一轮",
                "本轮",
                "变化",
                "可比权重占比",
                *_heads("上升"),
                *_heads("下降"),
                *_heads("持平"),
            ),
            tuple(
                (
                    *(group.name, each.node.code, each.node.name, each.node.level, each.known, each.before, each.after),
                    *(each.change, each.coverage, *_cells(each.rose), *_cells(each.fell), *_cells(each.flat)),
                )
                for group in found.groups
                for each in group.changes
            ),
        ),
        Sheet(
            "对象变化",
            (
                "评估对象",
                "组",
                "上一轮指数",
                "本轮指数",
                "变化",
                "上一轮名次",
                "本轮名次",
                "上升位数",
                "上一轮档级",
                "本轮档级",
            ),
            tuple(
                (
                    *(each.subject, each.group, each.before, each.after, each.change, each.rank_before),
                    *(each.rank_after, each.rise, each.grade_before, each.grade_after),
                )
                for each in found.subjects
            ),
        ),
        Sheet(
            "档级变动",
            ("上一轮档级", "本轮档级", *_heads("")),
            tuple((each.before, each.after, *_cells(each.share)) for each in found.movements),
        ),
        Sheet(
            "进出",
            ("评估对象", "变动"),
            (*((name, "新进入") for name in found.entered), *((name, "退出") for name in found.left)),
        ),
        Sheet(
            "指标对应",
            ("上一轮编号", "本轮编号"),
            (
                *((old, new) for new, old in found.pairing.earlier_by_later.items()),
                *((old, None) for old in found.pairing.only_earlier),
                *((None, new) for new in found.pairing.only_later),
            ),
        ),
        claim_sheet("结论", claims),
    ]


def average_sheet(found: Sequence[AverageCheck]) -> Sheet:
    """Printed averages and between what they had to lie."""
    return Sheet(
        "平均指数核对",
        ("分组", "编号", "指标", "印出", "推算下限", "推算上限", "相符", "相差至少", "没有印出的下级", "说明"),
        tuple(
            (
                *(each.group, each.code, each.name, each.printed, float(each.low), float(each.high)),
                *("是" if each.fits else "否", float(each.gap), "、".join(each.unknown), each.sentence),
            )
            for each in found
        ),
    )


def robustness_sheets(found: Robustness, tag: str = "") -> list[Sheet]:
    """Rank intervals, tiers, echelons, and the sources of uncertainty."""
    sheets = [
        Sheet(
            f"名次区间{tag}",
            (
                *("名次", "评估对象", "组", "总分", "名次下限（5%）", "中位名次", "名次上限（95%）"),
                *(*_heads(f"进入前 {found.top} 名"), *_heads("领先下一名"), "邻位不可区分组", "梯队"),
            ),
            tuple(
                (
                    *(each.rank, each.subject, each.group, each.total, each.low, each.median, each.high),
                    *(*_cells(each.top), *_cells(each.ahead), each.tier, each.echelon),
                )
                for each in found.subjects
            ),
        ),
        Sheet(f"邻位不可区分组{tag}", *_tier_rows(found.tiers)),
        Sheet(f"梯队{tag}", *_tier_rows(found.echelons)),
    ]
    if found.sensitivity:
        sheets.append(
            Sheet(
                f"不确定性来源{tag}",
                (
                    "来源",
                    "一阶指数",
                    "一阶下限",
                    "一阶上限",
                    "总阶指数",
                    "总阶下限",
                    "总阶上限",
                    *_heads("为主要来源的对象"),
                ),
                tuple(
                    (
                        *(SOURCE_NAMES[each.source.value], each.first, each.first_low, each.first_high),
                        *(each.total, each.total_low, each.total_high),
                        *_cells(Share(each.main_for, found.sensitivity.moving)),
                    )
                    for each in found.sensitivity.effects
                ),
            )
        )
    return sheets


SOURCE_NAMES = {source.value: name for source, name in NAMES.items()}


def _grade_sheet(tag: str, groups: Sequence[Group]) -> list[Sheet]:
    rows = tuple((group.name, name, *_cells(share)) for group in groups for name, share in group.grades)
    return [Sheet(f"档级{tag}", ("分组", "档级", *_heads("")), rows)] if rows else []


def _tier_rows(tiers: Sequence[Tier]) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    return (
        ("组号", "对象数", "评估对象", *_heads("首位领先末位")),
        tuple((each.number, len(each.subjects), "、".join(each.subjects), *_cells(each.ends)) for each in tiers),
    )


def _heads(what: str) -> tuple[str, str, str]:
    return (f"{what}分子", f"{what}分母", f"{what}占比") if what else ("分子", "分母", "占比")


def _cells(share: Share) -> tuple[Cell, Cell, Cell]:
    return share.numerator, share.denominator, share.value
