"""`govgauge round recompute`: all kept evidence judged again, without network."""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govgauge.cli.round_freezing import Home, Json, Slug, show_progress, warn
from govgauge.errors import Unusable
from govgauge.office.tables.formats import Format

if TYPE_CHECKING:
    from govgauge.office.recomputing import Moved, Recomputed

MOST_RERANKED = 20
"""Entries told that moved only because others did; the JSON tells all."""


def recompute(
    slug: Slug,
    out: Annotated[
        Path | None, typer.Option("--out", help="把重算的结果表写入此目录 (a folder for the tables it gives).")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="表的格式 (format of the tables).")] = Format.CSV,
    given: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="system=ID|FILE", help="试用别的体系或 rules=ID|FILE (on trial)."),
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="以重算的为准，原判定留作历史 (let it be the recorded one).")
    ] = False,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="并行进程数 (processes).")] = 2,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """不联网，用已采集的材料重新判定全部对象，指出谁的结果会变 (judge all kept evidence again; say who moves).

    Exits with 1 when somebody moves or cannot be judged; with --accept only for the latter.
    """
    from govgauge.office.start import start

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    start(home)
    from govgauge.office import recomputing
    from govgauge.office.domain import rounds
    from govgauge.office.instead import Instead, instead_of

    round_ = rounds.find(slug)
    if out and out.exists() and not out.is_dir():
        raise Unusable(f"{out} 不是目录；请用 --out 给出目录 (no folder).")
    warn(round_)
    used = sorted(set(round_.entries.values_list("system", flat=True)))
    found = recomputing.recompute(
        round_,
        show_progress("重新判定"),
        workers=workers,
        instead=instead_of(given, used) if given else Instead(),
        out=out,
        form=form,
        accept=accept,
    )
    same = round_.tables_hash == found.written.sha256 if round_.tables_hash and form is Format.CSV else None
    if as_json:
        facts = {
            "judged": found.judged,
            "moved": [_facts(one) for one in found.moved],
            "reranked": [_facts(one) for one in found.reranked],
            "lost": found.lost,
            "accepted": found.accepted,
            "tables_hash": found.written.sha256,
            "as_frozen": same,
        }
        print(json.dumps(facts, ensure_ascii=False))
    else:
        _tell(found, same)
    if found.lost or (found.moved and not accept):
        raise typer.Exit(1)


def _facts(one: "Moved") -> dict[str, object]:
    return {
        "key": one.key,
        "system": one.system,
        "before": [round(value, 6) for value in one.before],
        "after": [round(value, 6) for value in one.after],
        "rank_before": one.rank_before,
        "rank_after": one.rank_after,
        "audits": one.audits,
        "why": one.why,
    }


def _tell(found: "Recomputed", same: bool | None) -> None:
    for one in found.moved:
        named = found.names.of(one.key, one.system)
        print(f"{named}：{_span(one.before)} → {_span(one.after)}{_ranks(one)}（{'；'.join(one.why)}）")
    for one in found.reranked[:MOST_RERANKED]:
        print(f"{found.names.of(one.key, one.system)}：得分不变{_ranks(one)}（因他人变动）")
    if len(found.reranked) > MOST_RERANKED:
        print(f"另有 {len(found.reranked) - MOST_RERANKED} 个因他人变动而名次不同 (others).")
    for sentence in found.lost:
        print(sentence, file=sys.stderr)
    kept = f"，已以重算的为准 {found.accepted} 个" if found.accepted else ""
    lost = f"，{len(found.lost)} 个不能重算" if found.lost else ""
    frozen = {True: "，与冻结时相同", False: "，与冻结时不同", None: ""}[same]
    print(f"判定 {found.judged} 个，{len(found.moved)} 个有变化{lost}{kept}；结果表 {found.written.sha256}{frozen}")


def _span(points: tuple[float, float]) -> str:
    return "–".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in points)


def _ranks(one: "Moved") -> str:
    if one.rank_before == one.rank_after:
        return ""
    return f"，名次 {one.rank_before or '（无）'} → {one.rank_after or '（无）'}"
