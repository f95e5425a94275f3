"""`govgauge testbed`: serving the simulated sites, telling what was planted, checking what is found."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govgauge.errors import Unusable
from govgauge.testbed import sites

if TYPE_CHECKING:
    from govgauge.testbed.compare import Fault, Score
    from govgauge.testbed.model import Site

app = typer.Typer(no_args_is_help=True, help="模拟网站 (simulated sites).")

Seed = Annotated[int, typer.Option("--seed", help="随机种子 (seed).")]
Names = Annotated[list[str] | None, typer.Option("--site", help="只用这些网站，可重复 (only these sites).")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")]


def chosen(names: list[str] | None, seed: int) -> "list[Site]":
    """The sites of those names. Raises errors.Unusable."""
    try:
        return sites.build(names or (), seed)
    except sites.UnknownSiteError as error:
        raise Unusable(str(error)) from error


@app.command("serve")
def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="端口，0 为任选 (port, 0: any).")] = 8900,
    seed: Seed = sites.SEED,
    site: Names = None,
) -> None:
    """在本机提供模拟网站，直到按 Ctrl-C (serve the simulated sites on loopback until Ctrl-C)."""
    from threading import Event

    from govgauge.testbed.server import serve as serving

    made = chosen(site, seed)
    with serving(made, port) as bound:
        for one in made:
            print(f"{one.name:<10} {one.home}  {one.title}（{one.style}，{len(one.answers)} 个地址）")
        example = made[0]
        print(
            f"访问方法 (how to reach them)：govgauge assess {example.home} --system {example.system} --out DIR "
            f"--as-of {sites.AS_OF} --rate 0 --connect-to ::127.0.0.1:{bound}",
            flush=True,
        )
        try:
            Event().wait()
        except KeyboardInterrupt:
            print("已停止 (stopped).", file=sys.stderr)


@app.command("truth")
def truth(seed: Seed = sites.SEED, site: Names = None, as_json: AsJson = False) -> None:
    """列出植入的问题 (list what was planted)."""
    import msgspec

    planted = [fault for one in chosen(site, seed) for fault in one.planted]
    if as_json:
        print(json.dumps(msgspec.to_builtins(planted), ensure_ascii=False))
        return
    for fault in planted:
        print("\t".join((fault.site, fault.audit, fault.page, fault.target, fault.note)))


@app.command("check")
def check(
    seed: Seed = sites.SEED,
    site: Names = None,
    out: Annotated[Path | None, typer.Option("--out", help="保留评估结果的目录 (keep the assessments here).")] = None,
    as_json: AsJson = False,
) -> None:
    """评估模拟网站并与真相比较 (assess the simulated sites and compare with the truth); exit 1 when they differ."""
    import shutil
    import tempfile

    from govgauge.audits.catalogue import all_audits
    from govgauge.cli.simulated import assess_all, findings
    from govgauge.testbed.compare import compare
    from govgauge.testbed.server import serve as serving

    made = chosen(site, seed)
    folder = out or Path(tempfile.mkdtemp(prefix="govgauge-testbed-"))
    try:
        with serving(made) as port:
            found = {one.name: findings(folder) for one, folder in assess_all(made, port, folder)}
    finally:
        if out is None:
            shutil.rmtree(folder, ignore_errors=True)
    scores = compare([fault for one in made for fault in one.planted], found, list(all_audits()))
    if as_json:
        print(json.dumps([_as_json(score) for score in scores], ensure_ascii=False))
    else:
        _say(scores)
    raise typer.Exit(int(any(score.wrong or score.missed for score in scores)))


def _say(scores: "list[Score]") -> None:
    for score in scores:
        counts = f"植入 {score.planted:>3}  发现 {score.found:>3}"
        print(f"{score.audit:<26} {counts}  准确率 {_share(score.precision)}  召回率 {_share(score.recall)}")
        for words, faults in (("误报", score.wrong), ("漏报", score.missed)):
            for fault in faults:
                print(f"    {words} {_line(fault)}")
    planted, found = sum(score.planted for score in scores), sum(score.found for score in scores)
    wrong, missed = sum(len(score.wrong) for score in scores), sum(len(score.missed) for score in scores)
    print(f"合计：植入 {planted}，发现 {found}，误报 {wrong}，漏报 {missed}")


def _line(fault: "Fault") -> str:
    return "  ".join(part for part in fault if part)


def _share(value: float | None) -> str:
    return "   –" if value is None else f"{value:.2f}"


def _as_json(score: "Score") -> dict[str, object]:
    import msgspec

    return {**msgspec.to_builtins(score), "precision": score.precision, "recall": score.recall}
