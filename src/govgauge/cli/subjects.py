"""`govgauge subjects`: who is assessed, and whether the sources' numbers are those of the names they list."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from govgauge.subjects.model import Roster, Subject

app = typer.Typer(help="评估对象名单 (subjects of the assessments).", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")]
Day = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="只看这一天的 (as of a day).")]
NAMED = "名单标识或文件 (id of a list, or a file)."
MOST_SHOWN = 20
"""Names of one line of `show`; `list` tells all."""


@app.command("list")
def list_subjects(
    name: Annotated[str, typer.Argument(metavar="[ID]", help=NAMED)] = "",
    group: Annotated[str, typer.Option(help="只列这个组 (one group, with those within).")] = "",
    region: Annotated[str, typer.Option(help="只列这个省 (one province).")] = "",
    parent: Annotated[str, typer.Option(help="只列它的下级 (directly below one).")] = "",
    day: Day = None,
    as_json: Json = False,
) -> None:
    """列出全部名单，或一份名单的对象 (list the lists, or the subjects of one)."""
    from govgauge.subjects import library
    from govgauge.subjects.opening import open_roster
    from govgauge.subjects.roster_json import roster_json, subject_json

    if not name:
        rosters = [library.roster(roster_id) for roster_id in library.roster_ids()]
        if as_json:
            print(json.dumps([roster_json(one) for one in rosters], ensure_ascii=False))
            return
        for one in rosters:
            print(f"{one.id}  {one.title}  {len(one.subjects)} 个对象，{len(one.defects)} 处缺陷")
        return
    roster = _on(open_roster(name), day)
    chosen = _chosen(roster, group, region, parent)
    if as_json:
        print(json.dumps([subject_json(roster, subject) for subject in chosen], ensure_ascii=False))
        return
    for subject in chosen:
        print(f"{subject.code or '—':6}  {subject.key}  {'、'.join(subject.groups)}")
    print(f"共 {len(chosen)} 个", file=sys.stderr)


@app.command("show")
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help=NAMED)],
    subject: Annotated[str, typer.Argument(help="对象的名称、代码或路径 (name, code or path of a subject).")] = "",
    day: Day = None,
    as_json: Json = False,
) -> None:
    """显示一份名单的组、家数和缺陷，或一个对象 (show a list with groups, numbers, defects; or one subject)."""
    from govgauge.subjects.opening import open_roster
    from govgauge.subjects.roster import find
    from govgauge.subjects.roster_json import roster_json, subject_json

    roster = _on(open_roster(name), day)
    if not subject:
        for line in [json.dumps(roster_json(roster), ensure_ascii=False)] if as_json else _roster_lines(roster):
            print(line)
        return
    found = find(roster, subject)
    if as_json:
        print(json.dumps(subject_json(roster, found, whole=True), ensure_ascii=False))
        return
    for line in _subject_lines(roster, found):
        print(line)


@app.command("verify")
def verify_rosters(
    name: Annotated[
        str, typer.Argument(metavar="[ID]", help=f"{NAMED} 省略则为自带的全部 (all that are built in).")
    ] = "",
    as_json: Json = False,
) -> None:
    """核对公布的家数与列出的名称，指出缺陷 (check announced numbers against the names listed).

    Exits with 1 when a number does not fit that is not on record as a defect.
    """
    from govgauge.subjects import library
    from govgauge.subjects.opening import open_roster
    from govgauge.subjects.roster_json import verification_json
    from govgauge.subjects.verify import verify

    rosters = [open_roster(name)] if name else [library.roster(roster_id) for roster_id in library.roster_ids()]
    verified = [verify(roster) for roster in rosters]
    if as_json:
        print(json.dumps([verification_json(one) for one in verified], ensure_ascii=False))
    else:
        for one in verified:
            for sentence in one.sentences():
                print(sentence)
            print(f"{one.roster}：核对了 {one.compared} 个公布数，{len(one.mismatches)} 个与列出的名称不符。")
    if not all(one.ok() for one in verified):
        raise typer.Exit(1)


@app.command("export")
def export_roster(
    name: Annotated[str, typer.Argument(metavar="ID", help=NAMED)],
    out: Annotated[Path, typer.Option("--out", help="写到哪里，.xlsx 或 .csv (the file to write).")],
    day: Day = None,
    as_json: Json = False,
) -> None:
    """导出为 Excel 表格或 CSV，一行一个对象或渠道 (export as a workbook or CSV)."""
    from govgauge.subjects.opening import open_roster
    from govgauge.subjects.saving import save

    roster = _on(open_roster(name), day)
    save(roster, out)
    if as_json:
        print(json.dumps({"out": str(out), "subjects": len(roster.subjects), "outlets": len(roster.outlets)}))
    print(f"已写入 {out}", file=sys.stderr)


@app.command("import")
def import_roster(
    table: Annotated[Path, typer.Argument(metavar="F", help="名单表格，.xlsx 或 .csv (the table).")],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="写到哪里，.xlsx 或 .csv；省略则只检查 (the file to write; only check)."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="有一行不可用就全部不要 (all rows or none).")] = False,
    groups: Annotated[
        str, typer.Option("--groups", metavar="ID", help="用哪份名单的组 (whose groups rows may name).")
    ] = "",
    as_json: Json = False,
) -> None:
    """读入名单表格：可用的行导入，其余逐行说明 (take the good rows, and a sentence for each other row).

    Exits with 1 when rows were left out, with 2 when nothing can be taken, or when `--strict` refuses all.
    """
    from govgauge.subjects.opening import open_roster
    from govgauge.subjects.saving import save
    from govgauge.subjects.tables.importing import read_table

    known = open_roster(groups).groups if groups else None
    imported = read_table(table, strict=strict, groups=known)
    if out:
        save(imported.roster, out)
    for left in imported.left_out:
        print(left.sentence(), file=sys.stderr)
    facts = {
        "rows": imported.rows,
        "subjects": len(imported.roster.subjects),
        "outlets": len(imported.roster.outlets),
        "left_out": [
            {
                "row": one.row,
                "column": one.column or None,
                "heading": one.heading,
                "what": one.what,
                "remedy": one.remedy,
            }
            for one in imported.left_out
        ],
        "out": str(out) if out else None,
    }
    if as_json:
        print(json.dumps(facts, ensure_ascii=False))
    else:
        kept = f"导入 {facts['subjects']} 个对象、{facts['outlets']} 个渠道"
        print(f"共 {imported.rows} 行，{kept}，未导入 {len(imported.left_out)} 行。" + (f"已写入 {out}" if out else ""))
    if imported.left_out:
        raise typer.Exit(1)


def _on(roster: "Roster", day: datetime | None) -> "Roster":
    from govgauge.subjects.roster import at

    return at(roster, day.date()) if day else roster


def _chosen(roster: "Roster", group: str, region: str, parent: str) -> "list[Subject]":
    from govgauge.subjects.roster import find, in_group

    chosen = in_group(roster, group) if group else roster.subjects
    above = find(roster, parent).key if parent else ""
    return [one for one in chosen if region in {"", one.region} and (not above or one.parent == above)]


def _roster_lines(roster: "Roster") -> list[str]:
    from govgauge.subjects.roster_json import group_json

    lines = [roster.title or roster.id, f"来源：{roster.source}" if roster.source else ""]
    for group in roster.groups:
        facts = group_json(roster, group)
        announced = "" if facts["announced"] is None else f"，公布 {facts['announced']}"
        system = f"  {facts['system']}（{facts['profile']}）" if facts["system"] else ""
        lines.append(f"{group.id:22} {group.title}：列出 {facts['listed']}{announced}{system}")
    lines += [
        f"缺陷 {defect.place}：{defect.subject or ''} {defect.text}".replace("： ", "：") for defect in roster.defects
    ]
    lines += [f"注：{note}" for note in roster.notes]
    return [line for line in lines if line]


def _subject_lines(roster: "Roster", subject: "Subject") -> list[str]:
    from govgauge.subjects.periods import spoken
    from govgauge.subjects.roster import assessed_by, children, outlets_of
    from govgauge.subjects.words import CHANNELS, KINDS, LEVELS

    systems = {found for group in subject.groups if (found := assessed_by(roster, group))}
    below = [child.name for child in children(roster, subject.key)]
    more = f" 等 {len(below)} 个" if len(below) > MOST_SHOWN else ""
    facts = {
        "全称": subject.full_name,
        "别名": "、".join(subject.aliases),
        "级别": f"{LEVELS[subject.level]}，{KINDS[subject.kind]}",
        "组": "、".join(subject.groups),
        "体系": "、".join(f"{system}（{profile}）" for system, profile in sorted(systems)),
        "代码": subject.code,
        "存续": spoken(subject.since, subject.until),
        "前身": "、".join(subject.before),
        "下级": "、".join(below[:MOST_SHOWN]) + more,
    }
    return [
        subject.key,
        *(f"  {heading}：{said}" for heading, said in facts.items() if said),
        *(
            f"  {CHANNELS[outlet.channel]}：{outlet.address} {outlet.title}（{spoken(outlet.since, outlet.until)}）"
            for outlet in outlets_of(roster, subject.key)
        ),
    ]
