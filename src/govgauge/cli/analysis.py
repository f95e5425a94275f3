"""`govgauge analysis`: groups, two rounds, printed averages, and how firm the ranks are."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govgauge.analysis.uncertainty import Law, Within
from govgauge.cli.analysis_options import (
    By,
    Figures,
    Json,
    Leaves,
    Out,
    assessed,
    known_columns,
    progress_of,
    read,
    schemes_of,
)
from govgauge.cli.table_options import ProfileOption, SystemOption

if TYPE_CHECKING:
    from govgauge.analysis.robustness import Robustness

app = typer.Typer(help="结果分析 (analysis of results).", no_args_is_help=True)


@app.command("groups")
def groups(
    system_id: SystemOption,
    table: Leaves,
    profile: ProfileOption = "",
    by: By = None,
    below: Annotated[float, typer.Option("--below", min=0, max=1, help="低于多少算薄弱 (the bound of weak).")] = 0.60,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", help="评估要点的采集值，列名为要点编号：统计做到的占比 (answers of single checks)."),
    ] = None,
    out: Out = None,
    figures: Figures = None,
    as_json: Json = False,
) -> None:
    """分组统计：平均指数、高于平均和低于界限的占比、分布、档级、指标高低 (statistics of groups)."""
    from govgauge.analysis.claims import practices, statements
    from govgauge.analysis.facts import facts
    from govgauge.analysis.groups import groups_by
    from govgauge.analysis.reading import read_check_answers
    from govgauge.analysis.sheets import group_sheets
    from govgauge.cli.analysis_files import group_figures, write_figures, write_tables

    found = assessed(system_id, profile, table)
    columns = known_columns(found.table, by)
    checked = read_check_answers(answers, found.system) if answers else None
    if checked:
        known_columns(checked, by)
    results, sheets = [], []
    told: list[str] = []
    drawn: dict[str, str] = {}
    for column in ["", *columns]:
        some = groups_by(found, column, below)
        claims = statements(some)
        claims += practices(checked, found.system, column) if checked else []
        results.append({"by": column, "groups": facts(some), "claims": facts(claims)})
        sheets += group_sheets(column, some, claims)
        drawn |= group_figures(column, some) if figures else {}
        told += [claim.text for claim in claims]
    write_tables(sheets, out, "分组统计")
    write_figures(drawn, figures)
    if as_json:
        print(json.dumps({"system": system_id, "profile": found.profile, "results": results}, ensure_ascii=False))
        return
    for sentence in told:
        print(sentence)


@app.command("compare")
def compare_rounds(
    system_id: SystemOption,
    table: Leaves,
    earlier: Annotated[Path, typer.Option("--earlier", help="上一轮的末级指标指数表 (the earlier round's table).")],
    profile: ProfileOption = "",
    earlier_system: Annotated[
        str, typer.Option("--earlier-system", help="上一轮的体系，省略则相同 (the earlier round's system).")
    ] = "",
    earlier_profile: Annotated[
        str, typer.Option("--earlier-profile", help="上一轮的权重档，省略则相同 (the earlier round's profile).")
    ] = "",
    pairs: Annotated[
        Path | None,
        typer.Option("--pairs", help="指标对应表，CSV：from,to；省略则按路径和名称 (pairs of indicators)."),
    ] = None,
    by: Annotated[str, typer.Option("--by", help="分组的列 (a column to group by).")] = "",
    out: Out = None,
    figures: Figures = None,
    as_json: Json = False,
) -> None:
    """两轮比较：指数、名次、档级的变化，进步最大者，进出 (two rounds beside each other)."""
    from govgauge.analysis.claims_of_change import statements_of_change
    from govgauge.analysis.compare import compare
    from govgauge.analysis.facts import facts
    from govgauge.analysis.pairing import read_pairs
    from govgauge.analysis.sheets import comparison_sheets
    from govgauge.cli.analysis_files import comparison_figures, write_figures, write_tables

    now = assessed(system_id, profile, table)
    before = assessed(earlier_system or system_id, earlier_profile or ("" if earlier_system else profile), earlier)
    known_columns(now.table, [by] if by else [])
    given = read_pairs(pairs, before.system, before.profile, now.system, now.profile) if pairs else None
    found = compare(before, now, by, given)
    claims = statements_of_change(before, now, found)
    write_tables(comparison_sheets(found, claims), out, "两轮比较")
    write_figures(comparison_figures(found) if figures else {}, figures)
    if as_json:
        print(json.dumps({"comparison": facts(found), "claims": facts(claims)}, ensure_ascii=False))
        return
    for claim in claims:
        print(claim.text)


@app.command("averages")
def averages(
    table: Annotated[
        Path, typer.Option("--input", help="印出的平均指数，CSV：group,indicator,average (printed averages).")
    ],
    group: Annotated[
        list[str],
        typer.Option(
            "--group",
            help="组名=体系标识[:权重档][+体系标识…]，或 组名=组名+组名；可重复 (by which systems a group is scored).",
        ),
    ],
    out: Out = None,
    as_json: Json = False,
) -> None:
    """核对印出的平均指数：上级是否由下级和权重得出 (do printed averages follow from those below them?).

    Exits with 1 when one does not.
    """
    from govgauge.analysis.facts import facts
    from govgauge.analysis.printed_averages import read_printed_averages
    from govgauge.analysis.published_averages import check_averages
    from govgauge.analysis.sheets import average_sheet
    from govgauge.cli.analysis_files import write_tables
    from govgauge.errors import Unusable

    schemes, made_of = schemes_of(group)
    found = check_averages(read_printed_averages(table, schemes), schemes, made_of)
    if not found:
        raise Unusable(
            f"{table}：没有一个平均指数的下级也印出了，无从核对。请补上下级指标的平均指数 (nothing to check)."
        )
    write_tables([average_sheet(found)], out, "平均指数核对")
    wrong = [each for each in found if not each.fits]
    if as_json:
        checks = [{**each, "fits": check.fits} for each, check in zip(_objects(facts(found)), found, strict=True)]
        summary = {"misfits": len(wrong), "checked": len(found)}
        print(json.dumps({**summary, "averages": checks}, ensure_ascii=False))
    else:
        for each in found:
            print(each.sentence)
        print(f"核对 {len(found)} 个，不相符 {len(wrong)} 个。")
    if wrong:
        raise typer.Exit(1)


@app.command("robustness")
def robustness_of_ranks(
    system_id: SystemOption,
    table: Leaves,
    profile: ProfileOption = "",
    by: Annotated[str, typer.Option("--by", help="按此列分组，各组分别排名 (rank each group apart).")] = "",
    runs: Annotated[int, typer.Option("--runs", help="模拟次数 (runs).")] = 1000,
    seed: Annotated[int, typer.Option("--seed", help="随机种子，同种子同结果 (seed).")] = 1,
    top: Annotated[int, typer.Option("--top", min=1, help="算进入前几名的机会 (the first how many).")] = 10,
    weights: Annotated[float, typer.Option("--weights", help="权重变动幅度，0.25 即 ±25% (± of the weights).")] = 0.25,
    law: Annotated[Law, typer.Option("--law", help="权重变动的分布 (distribution of the weights).")] = Law.UNIFORM,
    within: Annotated[
        Within, typer.Option("--within", help="在同级内还是在全体内保持权重之和 (over what sums are kept).")
    ] = Within.PARENT,
    decimals: Annotated[int, typer.Option("--decimals", help="指数的小数位数 (decimals of the indexes).")] = 2,
    exact: Annotated[bool, typer.Option("--exact", help="指数未经舍入 (the indexes were not rounded).")] = False,
    coder_share: Annotated[
        float, typer.Option("--coder-share", help="误采答案的比例 (share of wrong answers).")
    ] = 0.05,
    coder_step: Annotated[float, typer.Option("--coder-step", help="误采的幅度 (by how much).")] = 0.25,
    sobol: Annotated[bool, typer.Option("--sobol/--no-sobol", help="是否分析来源 (which source matters).")] = True,
    out: Out = None,
    figures: Figures = None,
    as_json: Json = False,
) -> None:
    """名次的稳定性：名次区间、进入前列的机会、分不出先后的对象、不确定性的来源 (how firm the ranks are)."""
    from govgauge.analysis.facts import facts
    from govgauge.analysis.groups import NOT_NAMED
    from govgauge.analysis.robustness import robustness
    from govgauge.analysis.robustness_sentences import sentences
    from govgauge.analysis.sheets import robustness_sheets
    from govgauge.analysis.uncertainty import Uncertainty
    from govgauge.cli.analysis_files import robustness_figures, write_figures, write_tables
    from govgauge.errors import Unusable

    uncertainty = Uncertainty(weights, law, within, None if exact else decimals, coder_share, coder_step)
    system, profile, whole = read(system_id, profile, table)
    known_columns(whole, [by] if by else [])
    cells = [cell or NOT_NAMED for cell in whole.columns[by]] if by else [""] * len(whole.subjects)
    found: dict[str, Robustness] = {}
    for name in dict.fromkeys(cells):
        members = whole.rows([place for place, cell in enumerate(cells) if cell == name])
        if by and len(members.subjects) < 2:
            raise Unusable(f"列“{by}”的组“{name}”只有一个评估对象，没有名次可言。请并入别的组 (a group of one).")
        with progress_of(f"模拟 {name}") as progress:
            found[name] = robustness(
                *(system, profile, members, uncertainty),
                runs=runs,
                seed=seed,
                top=top,
                sensitivity=sobol,
                progress=progress,
            )
    sheets = [sheet for name, one in found.items() for sheet in robustness_sheets(one, f"-{name}" if name else "")]
    write_tables(sheets, out, "名次稳定性")
    if figures:
        drawn = [robustness_figures(name, one) for name, one in found.items()]
        write_figures({name: figure for each in drawn for name, figure in each.items()}, figures)
    if as_json:
        print(
            json.dumps(
                {"groups": [{"name": name, **_object(facts(one))} for name, one in found.items()]}, ensure_ascii=False
            )
        )
        return
    for name, one in found.items():
        for sentence in sentences(name, one):
            print(sentence)


def _object(fact: object) -> dict[str, object]:
    assert isinstance(fact, dict)  # noqa: S101 - tells mypy
    return fact


def _objects(found: object) -> list[dict[str, object]]:
    assert isinstance(found, list)  # noqa: S101 - tells mypy
    return [_object(each) for each in found]
