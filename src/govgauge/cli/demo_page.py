"""The page that opens the demonstration: every simulated site with its range, its vetoes and the way to its report."""

import json
from html import escape
from pathlib import Path

from msgspec import Struct

from govgauge.testbed.compare import Score
from govgauge.testbed.model import Site

NAME = "index.html"
HIT = "yes"
"""How assessment.json says that a veto applies."""

STYLE = """
body{font:16px/1.7 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;
margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1c2733}
h1{font-size:1.6rem;margin-bottom:.2rem}table{border-collapse:collapse;width:100%;margin:1rem 0}
th,td{padding:.5rem .7rem;border-bottom:1px solid #d5dde5;text-align:left;vertical-align:top}
th{background:#f1f5f9}td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.bar{background:#e6ecf2;height:.6rem;position:relative;min-width:9rem;border-radius:.3rem}
.bar i{position:absolute;top:0;bottom:0;background:#2f6fab;border-radius:.3rem}
.veto{color:#a3281d}small{color:#5b6b7b}
"""


class Row(Struct, frozen=True, kw_only=True):
    """What is shown of one assessment, without the bonus; `low` and `high` are None where it came to nothing."""

    site: Site
    low: float | None = None
    high: float | None = None
    full: float = 100.0
    findings: int = 0
    vetoes: tuple[str, ...] = ()


def row(site: Site, folder: Path) -> Row:
    """Read an assessment's files."""
    file = folder / "assessment.json"
    if not file.exists():
        return Row(site=site)
    told = json.loads(file.read_text(encoding="utf-8"))
    findings = (folder / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    hit = tuple(str(veto["title"]) for veto in told["vetoes"] if veto["hit"] == HIT)
    return Row(
        site=site,
        low=told["base"]["low"],
        high=told["base"]["high"],
        full=told["base_coverage"]["weight_total"] or 100.0,
        findings=len(findings),
        vetoes=hit,
    )


def write(rows: list[Row], scores: list[Score], out: Path) -> Path:
    """Write the page into a folder whose sub-folders are the assessments; gives its path."""
    planted, missed = sum(score.planted for score in scores), sum(len(score.missed) for score in scores)
    found, wrong = sum(score.found for score in scores), sum(len(score.wrong) for score in scores)
    head = "<tr><th>网站</th><th>类型</th><th>得分区间</th><th></th><th>问题</th><th>单项否决</th></tr>"
    page = (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>政测演示 govgauge demo</title>'
        f"<style>{STYLE}</style></head>"
        f"<body><h1>政测演示</h1><small>Assessment of {len(rows)} simulated government websites</small>"
        f"<p>共植入 {planted} 个问题，找到 {planted - missed} 个；报出 {found} 个问题，其中 {wrong} 个不在植入清单内。"
        "点击网站名称查看评估报告。</p>"
        f"<table>{head}{''.join(map(_line, rows))}</table></body></html>\n"
    )
    path = out / NAME
    path.write_text(page, encoding="utf-8")
    return path


def _line(entry: Row) -> str:
    site = entry.site
    name = f'<a href="{site.name}/report.html">{escape(site.title)}</a><br><small>{escape(site.home)}</small>'
    if entry.low is None or entry.high is None:
        return f'<tr><td>{escape(site.title)}</td><td>{escape(site.style)}</td><td colspan="4">未能评估</td></tr>'
    left, width = 100 * entry.low / entry.full, 100 * (entry.high - entry.low) / entry.full
    bar = f'<div class="bar"><i style="left:{left:.1f}%;width:{max(width, 1):.1f}%"></i></div>'
    vetoes = "、".join(map(escape, entry.vetoes)) or "–"
    return (
        f"<tr><td>{name}</td><td>{escape(site.style)}</td>"
        f'<td class="n">{entry.low:.1f} – {entry.high:.1f}</td><td>{bar}</td>'
        f'<td class="n">{entry.findings}</td><td class="veto">{vetoes}</td></tr>'
    )
