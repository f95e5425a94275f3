"""`govgauge results`: is a published table what its indexes and weights give?"""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from govgauge.cli.table_options import Decimals, Input, ProfileOption, SystemOption, TiesOption, chosen

if TYPE_CHECKING:
    from govgauge.scoring.published import TableVerification

app = typer.Typer(help="公布的结果 (published results).", no_args_is_help=True)


@app.callback()
def results() -> None:
    """公布的结果 (published results)."""


@app.command("verify")
def verify(
    system_id: SystemOption,
    table: Input,
    profile: ProfileOption = "",
    ties: TiesOption = None,
    decimals: Decimals = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")] = False,
) -> None:
    """重新计算公布的表，指出不符的行、名次和权重 (recompute a table; name rows, ranks, weights that do not fit).

    Exits with 1 when something does not fit.
    """
    from govgauge.errors import Unusable
    from govgauge.scoring.index_table import read_table
    from govgauge.scoring.published import verify_table
    from govgauge.scoring.totals import weights_of

    system, profile, ranking = chosen(system_id, profile, ties, decimals)
    read = read_table(table, system, profile)
    ranked = sum(1 for row in read.rows if row.rank is not None)
    if not ranked and all(row.total is None for row in read.rows):
        raise Unusable(f"{table}：没有公布的总分（total）和名次（rank），无可核对。请补上其中一列 (nothing to verify).")
    found = verify_table(read, weights_of(system, profile), ranking)
    if as_json:
        print(json.dumps(_facts(found), ensure_ascii=False))
    else:
        for sentence in found.sentences or (f"{found.compared} 行的总分、{ranked} 行的名次都与指数和权重相符。",):
            print(sentence)
    if not found.ok:
        raise typer.Exit(1)


def _facts(found: "TableVerification") -> dict[str, object]:
    return {
        "rows": [
            {"name": row.name, **_group(row.group), "published": float(row.published), "computed": float(row.computed)}
            for row in found.rows
        ],
        "ranks": [
            {"name": rank.name, **_group(rank.group), "published": rank.published, "expected": rank.expected}
            for rank in found.ranks
        ],
        "weights": [
            {"indicator": weight.indicator, "printed": float(weight.printed), "inferred": float(weight.inferred)}
            for weight in found.weights
        ],
        "sentences": list(found.sentences),
        "compared": found.compared,
    }


def _group(group: str) -> dict[str, str]:
    """The group, where the table has groups: a name alone does not tell the row there."""
    return {"group": group} if group else {}
