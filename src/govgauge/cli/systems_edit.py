"""`govgauge systems diff`: what differs between two systems."""

import json
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")]
Named = "体系标识或文件 (id of a system, or a file)."


def diff_systems(
    before: Annotated[str, typer.Argument(metavar="A", help=Named)],
    after: Annotated[str, typer.Argument(metavar="B", help=Named)],
    profile_a: Annotated[str, typer.Option(help="A 的权重档 (profile of A).")] = "",
    profile_b: Annotated[str, typer.Option(help="B 的权重档 (profile of B).")] = "",
    checks: Annotated[
        bool | None,
        typer.Option("--checks/--no-checks", help="逐条列出评估要点；同一体系的两版默认列出 (list checks one by one)."),
    ] = None,
    refs: Annotated[bool, typer.Option("--refs", help="列出每处不同的引用名 (show how each change is cited).")] = False,
    as_json: Json = False,
) -> None:
    """比较两套指标体系：增、删、更名、移动、权重 (what was added, removed, renamed, moved, re-weighted)."""
    from govgauge.systems.diff import diff
    from govgauge.systems.diff_json import diff_json
    from govgauge.systems.diff_text import diff_lines
    from govgauge.systems.opening import open_system

    found = diff(open_system(before), open_system(after), profile_before=profile_a, profile_after=profile_b)
    if as_json:
        print(json.dumps(diff_json(found), ensure_ascii=False))
        return
    shown = found.before.id == found.after.id if checks is None else checks
    for line in diff_lines(found, with_checks=shown, with_refs=refs):
        print(line)
