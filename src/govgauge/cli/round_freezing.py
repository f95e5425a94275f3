"""`govgauge round freeze` and `verify`: what a round rests on, kept with hashes, and held against what there is now."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from govgauge.office.models import Round

Slug = Annotated[str, typer.Argument(metavar="ROUND", help="年度评估的名称 (name of the round).")]
Home = Annotated[Path | None, typer.Option("--home", help="工作目录 (folder of the office).")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")]


def freeze(
    slug: Slug,
    inputs: Annotated[
        bool, typer.Option("--inputs", help="只固定输入，采集前用 (the inputs alone, before collection).")
    ] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="输入变了也冻结，以现在的为准 (freeze the inputs as they are now).")
    ] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """冻结：固定输入，印出输入和结果表的校验值 (fix the inputs; print the hashes)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import freezing, rounds
    from govgauge.office.queries.judged import tables_hash

    round_ = rounds.find(slug)
    facts = {"inputs_hash": freezing.freeze_inputs(round_) if inputs else rounds.freeze(round_, anyway=anyway)}
    if not inputs:
        round_.tables_hash = tables_hash(round_)
        round_.save(update_fields=["tables_hash"])
        facts["tables_hash"] = round_.tables_hash
        _warn_of_seen_once(round_)
    if as_json:
        print(json.dumps(facts, ensure_ascii=False))
        return
    for name, value in facts.items():
        print(f"{name.removesuffix('_hash'):6}  {value}")


def verify(slug: Slug, home: Home = None, as_json: Json = False) -> None:
    """核对冻结的输入、结果表和采集材料，逐项说明变化 (hold what was frozen and kept against what there is now).

    Exits with 1 when something differs.
    """
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import freezing, rounds
    from govgauge.office.evidence_check import check
    from govgauge.office.queries.judged import tables_hash

    round_ = rounds.find(slug)
    frozen = sorted(freezing.kept(round_))
    told = [*freezing.damaged(round_), *(one.said() for one in freezing.differences(round_))]
    if round_.tables_hash and (now := tables_hash(round_)) != round_.tables_hash:
        told.append(
            f"结果表 {now} 与冻结时的 {round_.tables_hash} 不同；请用 round recompute 查明 (the tables differ)."
        )
    evidence = check(round_, show_progress("核对材料"))
    told += evidence.faults
    if as_json:
        facts = {
            "round": slug,
            "frozen": [f"{kind.value} {name}" for kind, name in frozen],
            "inputs_hash": round_.inputs_hash,
            "tables_hash": round_.tables_hash,
            "visits": evidence.visits,
            "differences": told,
        }
        print(json.dumps(facts, ensure_ascii=False))
    else:
        for sentence in told:
            print(sentence)
        inputs = f"{len(frozen)} 项输入" if frozen else "输入（还没有冻结过 / nothing was frozen）"
        print(f"核对了 {inputs}、{evidence.visits} 次访问的材料，{len(told)} 处不符。")
    if told:
        raise typer.Exit(1)


def show_progress(what: str) -> Callable[[int, int], None]:
    """Progress on stderr: one line that is written over on a terminal, and taken away at the end."""

    def show(count: int, total: int) -> None:
        if sys.stderr.isatty():
            end = "" if count < total else "\r\x1b[2K"
            print(f"\r\x1b[2K{what} {count}/{total}{end}", end="", file=sys.stderr, flush=True)

    return show


def _warn_of_seen_once(round_: "Round") -> None:
    """Say on stderr how many results hold against a site what was seen once only."""
    from govgauge.office.queries.progress import standing

    if count := standing(round_).unconfirmed:
        print(
            f"注意：{count} 个对象的问题只见到一次，没有在另一时间复核；复核之前不宜据此公布结果 "
            f"({count} results rest on one look: do not publish before they were seen twice).",
            file=sys.stderr,
        )


def warn(round_: "Round") -> None:
    """Tell on stderr which inputs are no longer what they were frozen as."""
    from govgauge.office.domain import freezing

    for one in freezing.differences(round_):
        print(one.said(), file=sys.stderr)
