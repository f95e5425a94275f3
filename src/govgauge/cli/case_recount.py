"""`govgauge cases recount`: the published result of a call, counted again from its papers."""

import json
from pathlib import Path
from typing import Annotated

import typer


def recount(
    call: Annotated[str, typer.Argument(metavar="CALL", help="征集所属年度评估的名称 (name of the call's round).")],
    home: Annotated[Path | None, typer.Option("--home", help="工作目录 (folder of the office).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")] = False,
) -> None:
    """按当时的办法从评分和选票重新计票，与公布的摘要比对 (count again from the papers; hold it against what is public).

    Exits with 1 when the digest is another one.
    """
    from govgauge.office.start import start

    start(home)
    import msgspec

    from govgauge.errors import Unusable
    from govgauge.office.case_recount import recount as counted_again
    from govgauge.office.models import CaseCall

    found = CaseCall.objects.select_related("round").filter(round__slug=call).first()
    if found is None:
        known = "、".join(CaseCall.objects.order_by("-id").values_list("round__slug", flat=True)) or "（无）"
        raise Unusable(f"没有名为“{call}”的案例征集；可选：{known} (no such call).")
    told = counted_again(found)
    if as_json:
        print(json.dumps(msgspec.to_builtins(told), ensure_ascii=False))
    else:
        at = told.published_at
        public = f"{at:%Y-%m-%d %H:%M} UTC 公布" if at else "尚未公布"
        print(f"第 {told.count} 次计票  {told.digest}  {public}")
        print(f"重新计票      {told.recounted}  公众选票 {told.ballots} 张，隔离未计 {told.set_aside} 张")
        print("一致 (the same)." if told.equal else "不一致：评分、选票、名单或类别在计票以后有变化 (not the same).")
        for line in told.differing:
            print(f"  {line}")
        if told.other_rules:
            print("注意：评选办法在这次计票以后改过；这里按计票时的办法重算 (counted by the rules of the count).")
    if not told.equal:
        raise typer.Exit(1)
