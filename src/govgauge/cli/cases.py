"""`govgauge cases`: the chosen cases of earlier assessments, listed, shown, searched; a result counted again."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govgauge.case_library.model import CaseGroup, CaseKind
from govgauge.cli import case_recount

if TYPE_CHECKING:
    from govgauge.case_library.model import Case
    from govgauge.case_library.sieve import Sieve

app = typer.Typer(
    help="历年优秀创新案例，和本年评选的重算 (chosen cases of earlier assessments; recounts).", no_args_is_help=True
)
app.command("recount")(case_recount.recount)
Json = Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")]
Year = Annotated[int | None, typer.Option("--year", help="只看这一年 (one year).")]
KindOption = Annotated[CaseKind | None, typer.Option("--kind", help="只看数字政府类或政府网站类 (one kind).")]
GroupOption = Annotated[CaseGroup | None, typer.Option("--group", help="只看这个组 (one group).")]
Category = Annotated[str, typer.Option("--category", help="只看这个类别 (one category).")]
Region = Annotated[str, typer.Option("--region", help="只看这个省 (one province).")]
Told = Annotated[bool, typer.Option("--described", help="只看有能力说明的 (only those described).")]
Out = Annotated[Path | None, typer.Option("--out", help="写成 .xlsx 或 .csv (write them to a file).")]
LOOSER = {
    "words": "没有完全相符的；以下含有同样的词 (the words, not the phrase).",
    "sound": "没有完全相符的；以下读音相同 (of the same sound).",
    "near": "没有完全相符的；以下相近 (nearly so).",
}


@app.command("list")
def list_cases(
    year: Year = None,
    kind: KindOption = None,
    group: GroupOption = None,
    category: Category = "",
    region: Region = "",
    described: Told = False,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """列出案例，新的年份在前 (list the cases, newest year first)."""
    from govgauge.case_library.searching import search

    _tell(search("", _sieve(year, kind, group, category, region, described)).cases, out, as_json)


@app.command("search")
def search_cases(
    words: Annotated[
        list[str], typer.Argument(metavar="TEXT …", help="词、拼音或拼音首字母 (words, pinyin or initials).")
    ],
    year: Year = None,
    kind: KindOption = None,
    group: GroupOption = None,
    category: Category = "",
    region: Region = "",
    described: Told = False,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """按词、拼音或首字母查找，容得下个别错字 (search by words, pinyin or initials; slips are forgiven).

    Exits with 1 when nothing is found.
    """
    from govgauge.case_library.searching import search

    found = search(" ".join(words), _sieve(year, kind, group, category, region, described))
    if found.way in LOOSER:
        print(LOOSER[found.way], file=sys.stderr)
    _tell(found.cases, out, as_json)
    if not found.cases:
        raise typer.Exit(1)


@app.command("show")
def show(
    case_id: Annotated[str, typer.Argument(metavar="ID", help="案例编号，如 2025-site-21 (id of a case).")],
    as_json: Json = False,
) -> None:
    """显示一个案例：单位、类别、来源、能力和衡量它们的评估要点 (show one case)."""
    from govgauge.case_library import library
    from govgauge.case_library.case_json import case_json

    case = library.case(case_id)
    if as_json:
        print(json.dumps(case_json(case, whole=True), ensure_ascii=False))
        return
    for line in _lines(case):
        print(line)


def _sieve(
    year: int | None, kind: CaseKind | None, group: CaseGroup | None, category: str, region: str, described: bool
) -> "Sieve":
    from govgauge.case_library import library, sieve
    from govgauge.errors import Unusable

    known = {
        "年份": (year and str(year), [str(one) for one in sieve.years(library.cases())]),
        "类别": (category, sieve.categories(library.cases())),
        "地区": (region, sieve.regions(library.cases())),
    }
    for what, (value, values) in known.items():
        if value and value not in values:
            raise Unusable(f"没有{what}为“{value}”的案例；可选：{'、'.join(values)} (none such; choose one).")
    return sieve.Sieve(year, kind, group, category, region, described)


def _tell(cases: "Sequence[Case]", out: Path | None, as_json: bool) -> None:
    from govgauge.case_library.case_json import case_json
    from govgauge.case_library.saving import file_of
    from govgauge.cli.whole_files import write_whole

    if out:
        write_whole(out, file_of(cases, out.name))
        print(f"已写入 {out} (written).", file=sys.stderr)
    if as_json:
        print(json.dumps([case_json(case) for case in cases], ensure_ascii=False))
    elif not out:
        for case in cases:
            print(f"{case.id:18} {case.owner}  {case.name}")
    print(f"共 {len(cases)} 个", file=sys.stderr)


def _lines(case: "Case") -> list[str]:
    from govgauge.case_library import library, links
    from govgauge.case_library.words import GROUPS, KINDS

    told = library.description(case.id)
    facts = {
        "单位": case.owner,
        "年份": f"{case.year}，{KINDS[case.kind]}，{GROUPS[case.group]}",
        "类别": "、".join(case.categories),
        "地区": case.region,
        "评估对象": case.subject,
        "来源": f"{library.edition_of(case).source}，{case.place}",
        "说明": told.place if told else "",
    }
    lines = [f"{case.id}  {case.name}", *(f"  {heading}：{said}" for heading, said in facts.items() if said)]
    lines += [f"  矛盾 {defect.place}：{defect.text}" for defect in library.defects_of(case)]
    for capability in told.capabilities if told else ():
        lines.append(f"  · {capability.zh}")
        lines += [f"      {measured.ref}  {measured.check.text}" for measured in links.checks_of(capability)]
        audits = links.audits_of(capability)
        lines += [f"      自动检查：{'、'.join(audits)}"] if audits else []
    return lines
