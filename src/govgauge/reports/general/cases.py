"""The chapter of chosen cases, family by family and category by category."""

from collections.abc import Iterator

from govgauge.analysis.shares import Share
from govgauge.reports.about import ChosenCase
from govgauge.reports.document.model import Align, Block, Column, Heading, Row, Table
from govgauge.reports.prose import count, part, say, to
from govgauge.reports.studied import Studied


def cases(studied: Studied) -> Iterator[Block]:
    """Nothing where the round chose no cases."""
    chosen = studied.about.cases
    if not chosen:
        return
    yield Heading("优秀创新案例", name="cases")
    nominated = studied.about.cases_nominated
    if nominated:
        yield say(
            "本轮共收到案例 ",
            count("cases|nominated", nominated),
            " 个，评选出 ",
            part("cases|chosen", Share(len(chosen), nominated)),
            "。",
        )
    else:
        yield say("本轮评选出案例 ", count("cases|chosen", len(chosen)), " 个。")
    families: dict[str, list[ChosenCase]] = {}
    for case in chosen:
        families.setdefault(case.family, []).append(case)
    for place, (family, some) in enumerate(families.items(), start=1):
        yield Heading(family or "案例", 2)
        name = f"cases-{place}"
        yield say(f"{family}案例 ", count(f"cases|{family}", len(some)), " 个，见", to(name), "。")
        rows = tuple(Row((case.owner, case.name, case.category, case.region)) for case in some)
        columns = (
            Column("单位", width=2),
            Column("案例", width=3),
            Column("类别", width=1.6),
            Column("地区", Align.LEFT, 1.1),
        )
        yield Table(f"{family}优秀创新案例", columns, rows, name=name)
        for case in some:
            if case.reason:
                yield say(f"{case.owner}，{case.name}：{case.reason}")
