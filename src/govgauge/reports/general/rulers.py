"""The chapter of the indicator systems: every indicator with its weights, as it was in force in the round."""

from collections.abc import Iterator, Sequence

from govgauge.analysis.shares import shown
from govgauge.reports.document.model import Align, Block, Column, Heading, Row, Table
from govgauge.reports.prose import count, index, say, to
from govgauge.reports.studied import Studied
from govgauge.systems.model import Indicator, System


def rulers(studied: Studied) -> Iterator[Block]:
    """A section for each system that assessed a group."""
    yield Heading("指标体系", name="systems")
    used: dict[str, list[str]] = {}
    titles: dict[str, list[str]] = {}
    for field in studied.material.fields:
        profiles = used.setdefault(field.system.id, [])
        if field.profile not in profiles:
            profiles.append(field.profile)
        titles.setdefault(field.system.id, []).append(field.title)
    yield say(
        *(
            "本次评估使用 ",
            count("systems|count", len(used)),
            " 套指标体系。每项指标的得分等于指数（0 至 1）乘以权重；",
        ),
        "不适用的评估要点把份额让给同一指标的其他要点，尚未采集的要点不按零分计，总分因此可能是一个区间。",
    )
    for name, profiles in used.items():
        yield from _system(studied.about.systems[name], profiles, titles[name], len(studied.checks_asked(name)))


def _system(system: System, profiles: list[str], groups: list[str], checks: int) -> Iterator[Block]:
    yield Heading(system.title, 2)
    leaves = [
        leaf for leaf in system.leaves() if any(leaf.indicator.weight(profile) is not None for profile in profiles)
    ]
    tops = sum(any(top.weight(profile) is not None for profile in profiles) for top in system.indicators)
    name = f"system-{system.id}"
    yield say(
        *("适用于", "、".join(groups), "。设一级指标 ", count(f"systems|{system.id}|level1", tops)),
        *(" 项、末级指标 ", count(f"systems|{system.id}|leaves", len(leaves)), " 项、评估要点 "),
        *(count(f"systems|{system.id}|checks", checks), " 个，满分 "),
        *(index(f"systems|{system.id}|full", float(system.full_marks), 0), " 分"),
        *(
            ("（含加分 ", index(f"systems|{system.id}|bonus", float(system.bonus_max), 0), " 分）")
            if system.bonus_max
            else ()
        ),
        *("。权重见", to(name), "，评估要点及其达标情况见", to("appendix-checks"), "。"),
    )
    known = {profile.id: profile.title for profile in system.profiles}
    rows = list(_rows(system.indicators, profiles))
    yield Table(
        f"{system.title}：指标与权重",
        (
            *(Column("一级指标", width=2.1), Column("二级指标", width=2.2), Column("三级指标", width=2.2)),
            *(
                Column(f"权重（{known.get(profile, profile)}）" if len(profiles) > 1 else "权重", Align.RIGHT, 0.9)
                for profile in profiles
            ),
            Column("要点数", Align.RIGHT, 0.7),
        ),
        tuple(rows),
        name=name,
    )


def _rows(indicators: Sequence[Indicator], profiles: list[str]) -> Iterator[Row]:
    """A row for each leaf; names of the levels above, with their points, stand in their first row only."""
    for indicator in indicators:
        last = ("", "", "")
        for above, leaf in _leaves(indicator, (), profiles):
            told = tuple("" if name == before else name for name, before in zip(above, last, strict=True))
            last = above
            weights = (_points(leaf, profile) for profile in profiles)
            yield Row((*told, *weights, str(len(leaf.checks)) if leaf.checks else ""))


def _leaves(
    indicator: Indicator, above: tuple[str, ...], profiles: list[str]
) -> Iterator[tuple[tuple[str, str, str], Indicator]]:
    if all(indicator.weight(profile) is None for profile in profiles):
        return
    marks = "".join(mark for mark, holds in (("（加分）", indicator.bonus), ("（扣分）", indicator.deduct)) if holds)
    points = "／".join(_points(indicator, profile) for profile in profiles) if indicator.children else ""
    line = (*above, f"{indicator.name}{marks}{f'（{points} 分）' if points else ''}")
    if not indicator.children:
        first, second, third = (*line, "", "", "")[:3]
        yield (first, second, third), indicator
    for child in indicator.children:
        yield from _leaves(child, line, profiles)


def _points(indicator: Indicator, profile: str) -> str:
    weight = indicator.weight(profile)
    return "—" if weight is None else shown(weight, _decimals(float(weight)))


def _decimals(weight: float) -> int:
    return next((decimals for decimals in range(4) if abs(round(weight, decimals) - weight) < 1e-9), 3)
