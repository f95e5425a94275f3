"""`govgauge monitor`: whether the home pages of a round open, watched all day."""

import json
import signal
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govgauge.cli.round_stages import Anyway

if TYPE_CHECKING:
    from govgauge.office.monitoring.facts import SlotSeen
    from govgauge.office.monitoring.monitor import Tally
    from govgauge.office.queries.availability import MonitorStanding

app = typer.Typer(help="可用性监测 (monitoring of home pages).", no_args_is_help=True)
Home = Annotated[Path | None, typer.Option("--home", help="工作目录，省略则用 GOVGAUGE_HOME (folder of the office).")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")]
Slug = Annotated[str, typer.Argument(metavar="ROUND", help="年度评估的名称 (name of the round).")]

SHOW_SECONDS = 1.0
SITES_SAID = 5
"""Sites named in a line of the status."""
MARKS = {"open": "·", "failed": "×", "blocked": "b", "unclear": "?", "ours": "o"}


@app.callback()
def by_command(context: typer.Context) -> None:
    """可用性监测 (monitoring of home pages)."""
    from govgauge.office.by_command import given

    context.with_resource(given())


@app.command("run")
def run(
    slug: Slug,
    once: Annotated[bool, typer.Option("--once", help="每个网站探测一次后结束 (probe each site once).")] = False,
    hours: Annotated[float, typer.Option("--hours", min=0, help="运行几小时后结束，0 为不限 (stop after).")] = 0,
    anyway: Anyway = False,
    home: Home = None,
) -> None:
    """按时探测各网站首页 (probe home pages when they are due); Ctrl-C stops, and the same command goes on."""
    from govgauge.office.start import start

    place = start(home)
    from govgauge.gather.availability.prober import Way
    from govgauge.office.domain import freezing, probing, rounds
    from govgauge.office.domain import settings as round_settings
    from govgauge.office.domain.acting import noted_by_command
    from govgauge.office.domain.stages import may_collect, today
    from govgauge.office.monitoring.alone import alone, machine, owner
    from govgauge.office.monitoring.monitor import Monitor

    round_ = rounds.find(slug)
    if not anyway:
        may_collect(round_, today())
    freezing.need_subjects(round_)
    noted_by_command("round.monitor", round_, {}, {"once": once, "hours": hours, "anyway": anyway})
    settings = round_settings.of(round_)
    way = Way(
        seconds=settings.monitoring.limit_seconds,
        at_once=settings.monitoring.at_once,
        connect_to=settings.connect_to,
        ca_file=settings.ca_file,
    )
    stopped = [False]

    def stop(_number: int, _frame: object) -> None:
        stopped[0] = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    until = time.monotonic() + hours * 3600 if hours else float("inf")
    with alone(place, round_.id) as is_alone:
        if is_alone:
            probing.release_dead(round_, machine())
        else:
            print("另有一个监测程序在运行，每次探测只由其中一个完成 (another monitor runs, too).", file=sys.stderr)
        monitor = Monitor(round_, settings.monitoring, way, owner())
        monitor.run(lambda: stopped[0] or time.monotonic() > until, _Progress().show, once=once)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print(_tally(monitor.tally))


@app.command("status")
def status(slug: Slug, home: Home = None, as_json: Json = False) -> None:
    """监测情况 (what was seen): failures, their reasons and remedies, thin days, certificates."""
    from govgauge.office.start import start

    start(home)
    import msgspec

    from govgauge.office.domain import rounds
    from govgauge.office.domain.stages import today
    from govgauge.office.queries.availability import standing

    now = standing(rounds.find(slug), today())
    if as_json:
        print(json.dumps(msgspec.to_builtins(now), ensure_ascii=False))
        return
    for line in _lines(now):
        print(line)


@app.command("export")
def export(
    slug: Slug,
    out: Annotated[Path, typer.Option("--out", help="写入的 CSV (the CSV to write).")],
    home: Home = None,
) -> None:
    """导出全部探测记录 (write every probe on record)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import rounds
    from govgauge.office.queries.probes import table

    round_ = rounds.find(slug)
    draft = out.with_name(f".{out.name}.part")
    rows = -1
    try:
        with draft.open("wb") as file:
            for line in table(round_):
                file.write(line)
                rows += 1
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)
    print(f"{out}：{rows} 次探测 (probes).")


@app.command("show")
def show(
    slug: Slug,
    site: Annotated[str, typer.Argument(metavar="SITE", help="网址、域名或评估对象的名称 (address, host or name).")],
    days: Annotated[int, typer.Option("--days", min=1, max=366, help="最近几天 (how many days).")] = 7,
    home: Home = None,
) -> None:
    """一个网站最近一周的探测 (the last week of a site)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.gather.availability.status import Counts, meanings
    from govgauge.office.domain import rounds
    from govgauge.office.queries.probes import week

    found = week(rounds.find(slug), site, days)
    print(f"{found.url}  {found.window.first} 至 {found.window.last}")
    print(f"{'':10}  {''.join(f'{hour:<4}' for hour in range(0, 24, 4))}")
    for day in found.days:
        share = f"{day.failed}/{day.probes}" if day.probes else "—"
        print(f"{day.day}  {_chart(found.slots[day.day])}  打不开 {share}，中位 {_ms(day.median)}，95% {_ms(day.p95)}")
    print(f"{MARKS['open']} 打开 {MARKS['failed']} 打不开 b 被拦截 ? 不明 o 检查方网络异常，不计；空白为未探测")
    for slot in [slot for slots in found.slots.values() for slot in slots if slot.counts is Counts.FAILED][-10:]:
        print(f"  {_clock(slot.at)}  {slot.status.value}  {meanings()[slot.status].zh}")


class _Progress:
    """One line on a terminal, written over; nothing elsewhere."""

    def __init__(self) -> None:
        self._next = 0.0

    def show(self, tally: "Tally") -> None:
        if not sys.stderr.isatty() or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + SHOW_SECONDS
        print(f"\r\x1b[2K{_tally(tally)}", end="", file=sys.stderr, flush=True)


def _tally(tally: "Tally") -> str:
    return (
        f"网站 {tally.sites} 个；已探测 {tally.slots} 次，打不开 {tally.failed}，被拦截 {tally.blocked}，"
        f"检查方网络异常 {tally.ours}，错过 {tally.late}；进行中 {tally.under_way}"
    )


def _lines(now: "MonitorStanding") -> list[str]:
    """The status in words."""
    share = "—" if now.percent is None else f"{now.percent}%"
    said = (
        f"{now.round}：监测网站 {now.sites} 个；有效探测 {now.probes} 次，打不开 {now.failed} 次（{share}），"
        f"被拦截 {now.blocked}，不明 {now.unclear}，检查方网络异常 {now.ours}（不计），相隔太近 {now.crowded}（不计）"
    )
    if now.window is None:
        return [said, "还没有探测记录；请运行 monitor run (nothing was probed yet)."]
    judged = (
        f"判定期 {now.window.first} 至 {now.window.last}：可判定 {now.judged_sites} 个；"
        f"打不开达到 5% 的 {now.vetoed_sites} 个，超过 3% 的 {now.warned_sites} 个；"
        f"拦截检查程序的 {now.distorted_sites} 个"
    )
    lines = [said, judged]
    lines += [
        f"  {day.day}：{day.thin} 个网站有效探测不足 20 次，这一天不能用于判定 (too few probes)"
        for day in now.days
        if day.thin
    ]
    for one in now.failing:
        lines.append(f"{one.zh}（{one.status}）{len(one.sites)} 个：{_some(one.sites)}")
        lines.append(f"  {one.remedy}")
    for ending in now.certificates:
        lines.append(f"{_certificate(ending.days, ending.not_after, ending.fault)}：{ending.url}")
    return lines


def _certificate(days: int, ends: date, fault: str) -> str:
    faults = {
        "expired": "证书已到期",
        "not-yet-valid": "证书尚未生效",
        "wrong-name": "证书与域名不符",
        "unknown-issuer": "证书的签发机构不受信任",
    }
    said = faults.get(fault, "证书不能通过检查") if fault else ""
    if days < 0:
        return f"证书已于 {ends} 到期，请立即更换"
    left = f"证书 {days} 天后（{ends}）到期，请及时更换" if days <= 30 else ""
    return "；".join(part for part in (said, left) if part)


def _some(sites: tuple[str, ...]) -> str:
    more = f" 等 {len(sites)} 个" if len(sites) > SITES_SAID else ""
    return f"{'、'.join(sites[:SITES_SAID])}{more}"


def _ms(value: int) -> str:
    """Milliseconds; a dash where nothing opened that could be measured."""
    return f"{value} ms" if value else "—"


def _chart(slots: "tuple[SlotSeen, ...]") -> str:
    """A mark for each hour of a day; the worst of several."""
    from datetime import UTC, datetime

    from govgauge.office.monitoring.schedule import ZONE

    order = ["", "ours", "open", "unclear", "blocked", "failed"]
    worst = [""] * 24
    for slot in slots:
        hour = datetime.fromtimestamp(slot.slot * 60, UTC).astimezone(ZONE).hour
        worst[hour] = max(worst[hour], slot.counts.value, key=order.index)
    return "".join(MARKS.get(word, " ") for word in worst)


def _clock(seconds: float) -> str:
    from datetime import UTC, datetime

    from govgauge.office.monitoring.schedule import ZONE

    return datetime.fromtimestamp(seconds, UTC).astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
