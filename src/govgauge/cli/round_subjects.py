"""`govgauge round add` and `update`: subjects from lists into a round, and what changed about them since."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govgauge.errors import Unusable

if TYPE_CHECKING:
    from govgauge.office.lines import Offer
    from govgauge.office.models import Round
    from govgauge.office.roster_lines import Choice

Slug = Annotated[str, typer.Argument(metavar="ROUND", help="年度评估的名称 (name of the round).")]
File = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FILE]",
        help="名单，.xlsx 或 .csv，列见 docs/subjects.md；或 name,parent,group,url,system,profile 的 CSV (a list).",
    ),
]
Listed = Annotated[str, typer.Option("--list", metavar="ID", help="自带的名单，如 2025 (a list of the library).")]
Groups = Annotated[
    list[str] | None, typer.Option("--group", help="只要这个组，可写多个 (one group with those within; repeatable).")
]
Region = Annotated[str, typer.Option("--region", help="只要这个省 (one province).")]
Known = Annotated[str, typer.Option("--groups", metavar="ID", help="表中的组是哪份名单的 (whose groups rows name).")]
System = Annotated[str, typer.Option("--system", help="指标体系，不依组而定 (system, whatever the groups say).")]
Profile = Annotated[str, typer.Option("--profile", help="权重档 (profile).")]
Day = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], help="以哪一天的名单为准，省略则为评估日 (as of a day)."),
]
Anyway = Annotated[
    bool,
    typer.Option(
        "--anyway", help="报名或采集阶段已过、输入已冻结也进行 (after its stage, and with frozen inputs, too)."
    ),
]
Home = Annotated[Path | None, typer.Option("--home", help="工作目录 (folder of the office).")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")]


def add(
    slug: Slug,
    file: File = None,
    listed: Listed = "",
    group: Groups = None,
    region: Region = "",
    groups: Known = "",
    system: System = "",
    profile: Profile = "",
    day: Day = None,
    strict: Annotated[bool, typer.Option("--strict", help="有一个不可用就全部不要 (all or none).")] = False,
    anyway: Anyway = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """加入评估对象 (add subjects); exits with 1 when some were left out."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import entries, freezing, rounds, stages

    round_ = rounds.find(slug)
    if not anyway:
        freezing.need_unfrozen(round_)
        stages.may_register(round_, stages.today())
    offer = _offer(round_, file, listed, _choice(group, region, system, profile), groups, day)
    if strict and offer.refused:
        raise Unusable("\n".join([*_placed(file, offer.refused), "没有加入任何一个 (nothing was added)."]))
    added = entries.add(round_, offer.lines, strict=strict)
    refused = [*offer.refused, *added.refused]
    if as_json:
        facts = {
            "added": added.count,
            "refused": refused,
            "changed": added.changed,
            "unchanged": added.unchanged,
            "without_site": added.without_site,
            "also_in_another_system": added.also,
            "not_assessed": offer.unassessed,
        }
        print(json.dumps(facts, ensure_ascii=False))
    else:
        also = f"，{added.also} 个另有指标体系也在评估" if added.also else ""
        print(
            f"加入 {added.count} 个评估对象（{added.without_site} 个没有网站{also}），{len(refused)} 行未加入，"
            f"{added.unchanged} 个早已在内，{offer.unassessed} 个只作上级 (added; left out)."
        )
    for sentence in _placed(file, [*refused, *added.changed]) if not as_json else ():
        print(sentence, file=sys.stderr)
    if refused or added.changed:
        raise typer.Exit(1)


def update(
    slug: Slug,
    file: File = None,
    listed: Listed = "",
    group: Groups = None,
    region: Region = "",
    groups: Known = "",
    system: System = "",
    profile: Profile = "",
    day: Day = None,
    apply: Annotated[bool, typer.Option("--apply", help="记入变化，否则只列出 (record the changes).")] = False,
    anyway: Anyway = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """列出或记入评估对象的变化：换址、更名、合并、撤销 (what changed about subjects).

    Without a list it tells what was recorded. Exits with 1 when a change cannot be.
    """
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import freezing, rounds, updating

    round_ = rounds.find(slug)
    if file is None and not listed:
        _tell_history(round_, as_json=as_json)
        return
    if apply and not anyway:
        freezing.need_unfrozen(round_)
    found = updating.compare(round_, _offer(round_, file, listed, _choice(group, region, system, profile), groups, day))
    if apply:
        updating.apply(round_, found.changes)
    if as_json:
        changes = [
            {
                "key": one.key,
                "system": one.system,
                "kind": one.kind.value,
                "before": one.before,
                "after": one.after,
            }
            for one in found.changes
        ]
        facts = {"changes": changes, "refused": found.refused, "absent": found.absent, "applied": apply}
        print(json.dumps(facts, ensure_ascii=False))
    else:
        for change in found.changes:
            print(change.sentence(found.names))
        done = "已记入" if apply else "加 --apply 记入"
        absent = f"；名单中另有 {found.absent} 个不在本轮，可用 round add 加入" if found.absent else ""
        print(f"{len(found.changes)} 处变化，{done}{absent} (changes).")
        for sentence in _placed(file, found.refused):
            print(sentence, file=sys.stderr)
    if found.refused:
        raise typer.Exit(1)


def _choice(group: list[str] | None, region: str, system: str, profile: str) -> "Choice":
    from govgauge.office.roster_lines import Choice

    if profile and not system:
        raise Unusable("--profile 要与 --system 一起用 (--profile needs --system).")
    return Choice(groups=tuple(group or ()), region=region, system=system, profile=profile)


def _offer(
    round_: "Round", file: Path | None, listed: str, choice: "Choice", groups: str, day: datetime | None
) -> "Offer":
    """What a file or a list of the library offers the round. Raises Unusable."""
    import msgspec

    from govgauge.office.lines import is_plain, read_plain
    from govgauge.office.roster_lines import Choice, offer_of
    from govgauge.subjects import library
    from govgauge.subjects.opening import open_roster
    from govgauge.subjects.tables.importing import read_table

    on = day.date() if day else round_.as_of
    if (file is None) == (not listed):
        raise Unusable("请给出一个名单文件，或用 --list 指定自带的名单 (give either a file or --list).")
    if file is None:
        return offer_of(library.roster(listed), on, choice, {})
    if is_plain(file):
        if choice != Choice() or groups or day:
            raise Unusable(
                f"{file} 自己写明了组和指标体系，不能再用 --group、--region、--system 等 (the file tells these itself)."
            )
        return read_plain(file)
    imported = read_table(file, groups=open_roster(groups).groups if groups else None)
    offer = offer_of(imported.roster, on, choice, imported.row_of)
    left_out = tuple(left.sentence() for left in imported.left_out)
    return msgspec.structs.replace(offer, refused=(*left_out, *offer.refused))


def _placed(file: Path | None, sentences: "list[str] | tuple[str, ...]") -> list[str]:
    return [f"{file} {sentence}" if file else sentence for sentence in sentences]


def _tell_history(round_: "Round", *, as_json: bool) -> None:
    from django.utils import timezone

    from govgauge.office.models import ChangeKind, EntryChange
    from govgauge.office.queries.entry_names import names

    rows = EntryChange.objects.filter(entry__round=round_).select_related("entry").order_by("id")
    if as_json:
        facts = [
            {
                "key": row.entry.key,
                "system": row.entry.system,
                "kind": row.kind,
                "before": row.before,
                "after": row.after,
                "by": row.by,
                "at": row.at.isoformat(),
            }
            for row in rows
        ]
        print(json.dumps({"history": facts}, ensure_ascii=False))
        return
    told = names(round_)
    for row in rows:
        at = timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M")
        label = ChangeKind(row.kind).label
        name = told.of(row.entry.key, row.entry.system)
        print(f"{at} {row.by} “{name}”{label}：{row.before or '（无）'} → {row.after or '（无）'}")
    print(f"记录了 {len(rows)} 处变化 (changes recorded).")
