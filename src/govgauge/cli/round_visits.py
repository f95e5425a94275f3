"""`govgauge round visit|changes|warnings|freshness`: sites looked at again, what changed there, what threatens them."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govgauge.cli.assess import as_day
from govgauge.errors import Unusable

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from govgauge.office.models import Entry, Round
    from govgauge.office.queries.progress import Standing

Home = Annotated[Path | None, typer.Option("--home", help="工作目录，省略则用 GOVGAUGE_HOME (folder of the office).")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")]
Slug = Annotated[str, typer.Argument(metavar="ROUND", help="年度评估的名称 (name of the round).")]
Key = Annotated[str, typer.Option("--key", "--only", help="只看一个对象：上级/名称 (only this subject).")]


def visit(
    slug: Slug,
    group: Annotated[str, typer.Option("--group", help="只访问一个组 (only this group).")] = "",
    key: Key = "",
    again: Annotated[bool, typer.Option("--again", help="访问过的也再访问一次 (also those visited before).")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """安排再次访问；随后用 round run 执行 (plan the next visit of sites; `round run` carries it out)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import rounds, visits

    round_ = rounds.find(slug)
    entries = round_.entries.exclude(url="").order_by("group", "key", "system")
    entries = entries.filter(group=group) if group else entries
    entries = entries.filter(key=key) if key else entries
    if not entries.exists():
        raise Unusable(
            f"“{slug}”中没有这样的、有网站的评估对象；请核对 --group 和 --only (no such subject with a site)."
        )
    opened = visits.open_next(round_, entries, again=again)
    if as_json:
        print(json.dumps({"round": slug, "opened": opened}, ensure_ascii=False))
    elif not opened:
        why = "它们的访问都已安排或正在进行" if again else "它们都已访问过或已安排；要再访问一次，请加 --again"
        print(f"没有需要安排的访问：{why} (nothing to plan).")
    else:
        print(f"已安排 {opened} 个网站的访问；用 govgauge round run {slug} 执行 (planned).")


def changes(
    slug: Slug,
    since: Annotated[str, typer.Option("--since", help="从哪一天起，省略则从首次访问起 (since this day).")] = "",
    key: Key = "",
    out: Annotated[Path | None, typer.Option("--out", help="逐条写入 CSV (write each finding to a CSV).")] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """各次访问之间的变化：新出现、已消失、仍存在、没有再看到 (what is new, gone, still there, not looked at again)."""
    from govgauge.office.start import start

    start(home)
    from django.utils import timezone

    from govgauge.office.domain import rounds
    from govgauge.office.queries import changes as asked
    from govgauge.office.queries.entry_names import names

    round_ = rounds.find(slug)
    if key and not round_.entries.filter(key=key).exists():
        raise Unusable(f"“{slug}”中没有评估对象“{key}”；请写成 上级/名称 (no such subject).")
    first = datetime.combine(as_day(since), time(), timezone.get_default_timezone()).astimezone(UTC) if since else None
    if out is not None:
        with out.open("w", encoding="utf-8", newline="") as file:
            file.writelines(asked.table(round_, since=first, key=key))
        print(f"已写入 {out} (written).", file=sys.stderr)
    found = asked.changes(round_, since=first, key=key)
    totals = Counter[str]()
    for one in found:
        totals.update({name: getattr(one, name) for name in asked.STATES})
    if as_json:
        rows = [{name: getattr(one, name) for name in one.__struct_fields__} for one in found]
        sums = {name: totals[name] for name in asked.STATES}
        print(json.dumps({"round": slug, "since": since, "totals": sums, "rows": rows}, ensure_ascii=False))
        return
    told = names(round_)
    for one in found:
        if one.new or one.gone:
            counts = f"新出现 {one.new}，已消失 {one.gone}，仍存在 {one.still}，未再看到 {one.unseen}"
            print(f"{told.of(one.key, one.system)}  {one.audit}：{counts}")
    print(
        f"{slug}：新出现 {totals['new']}，已消失 {totals['gone']}，仍存在 {totals['still']}，"
        f"没有再看到所在网页 {totals['unseen']} (new, gone, still there, not looked at again)"
    )


def warnings(slug: Slug, home: Home = None, as_json: Json = False) -> None:
    """成立的单项否决和预警：对象、规则、数字、距否决的天数、办法 (vetoes and early warnings that hold).

    Exits with 1 when a veto holds.
    """
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import rounds
    from govgauge.office.queries import warnings as asked
    from govgauge.office.queries.entry_names import names

    round_ = rounds.find(slug)
    found, told = asked.warnings(round_), names(round_)
    if as_json:
        rows = [{name: getattr(one, name) for name in one.__struct_fields__} for one in found]
        print(json.dumps({"round": slug, "rows": rows}, ensure_ascii=False))
    else:
        for one in found:
            word = "否决" if one.kind == "veto" else "预警"
            seen = "" if one.confirmed else "（只见到一次，待复核）"
            left = "" if one.days_left is None else f"距否决 {one.days_left} 天。"
            name = told.of(one.key, one.system)
            print(f"{name}  {word} {one.rule} {one.title}{seen}：{one.sentence}{left}{one.remedy}。")
        vetoes = sum(one.kind == "veto" for one in found)
        print(f"{slug}：单项否决 {vetoes} 项，预警 {len(found) - vetoes} 项 (vetoes, early warnings)")
    if any(one.kind == "veto" and one.confirmed for one in found):
        raise typer.Exit(1)


def freshness(slug: Slug, key: Key = "", home: Home = None, as_json: Json = False) -> None:
    """栏目的更新情况：已超期、即将超期、从未更新，依据每日查看 (columns that are stale, soon stale, empty)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import rounds
    from govgauge.office.models import ColumnState
    from govgauge.office.queries import freshness as asked
    from govgauge.office.queries.entry_names import names

    round_ = rounds.find(slug)
    told = names(round_)
    found, counts = asked.columns(round_, key=key), asked.counts(round_)
    if as_json:
        rows = [{name: getattr(one, name) for name in one.__struct_fields__} for one in found]
        print(json.dumps({"round": slug, "counts": counts, "rows": rows}, ensure_ascii=False, default=str))
        return
    for one in found:
        left = "" if one.days_left is None else f"，{_left(one.days_left)}"
        signs = "".join(f"，{SIGNS[name]} {value}" for name, value in one.signs.items())
        newest = one.newest or "无"
        subject = told.of(one.key, one.system)
        print(f"{subject}  {one.name}（{ColumnState(one.state).label}）最新 {newest}{left}{signs}  {one.url}")
    said = "，".join(f"{ColumnState(state).label} {count}" for state, count in counts.items())
    print(f"{slug}：栏目 {sum(counts.values())} 个：{said} (columns by the last daily look)")


SHOWN = 20
"""Sites named on the terminal."""
SIGNS = {"redated": "疑似旧文改日期", "burst": "集中在一天发布："}


def looks_told(round_: "Round", now: "Standing") -> Iterator[str]:
    """What `round status` says of looks to come, of results seen once, and of sites that keep us out."""
    if now.planned:
        due = round_.jobs.filter(state="ready", attempts=0, not_before__isnull=False).order_by("not_before").first()
        at = f"，最早在 {due.not_before.astimezone():%Y-%m-%d %H:%M}" if due and due.not_before else ""
        again = f"届时再运行 govgauge round run {round_.slug}"
        yield f"{now.planned} 项复核和再次访问已安排{at}；{again} (planned for later)"
    if now.unconfirmed:
        yield f"{now.unconfirmed} 个对象的问题只见到一次，尚未复核 (seen once)"
    if now.closed:
        shut = _named(round_, round_.entries.filter(result__closed=True), now.closed)
        yield f"{now.closed} 个网站公告已关闭或迁移，不作判定，也不计为打不开：{shut}"
        yield f"办法：核实后用 round update {round_.slug} 更新网址或注明关停 (put the list right)"
    if now.distorted:
        listed = _named(round_, round_.entries.filter(result__distorted=True), now.distorted)
        yield f"{now.distorted} 个网站拒绝访问，结果失真，不计为不合格：{listed}"
        yield "办法：请这些网站放行检查地址；地址见 govgauge serve 的“访问者身份”页 /scanner (allow our addresses)"


def _named(round_: "Round", some: "QuerySet[Entry]", count: int) -> str:
    """The first of some entries by name."""
    from govgauge.office.queries.entry_names import names

    told = names(round_)
    shown = "、".join(told.of(one.key, one.system) for one in some.order_by("group", "key", "system")[:SHOWN])
    return shown + (" 等" if count > SHOWN else "")


def _left(days: int) -> str:
    return f"还剩 {days} 天" if days >= 0 else f"已超期 {-days} 天"
