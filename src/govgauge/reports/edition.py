"""Which edition of the program makes reports: its version, and a hash over everything that their words come from."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from govgauge import __version__
from govgauge.reports.about import About

HERE = Path(__file__).parent
WORDS = ("*.py", "*.toml", "*.typ", "*.html", "*.css", "*.js")
SIGNS = 8


@cache
def edition() -> str:
    """`0.1.0-1a2b3c4d`: equal editions make equal reports of the same material."""
    whole = hashlib.sha256()
    for path in _sources():
        whole.update(path.name.encode())
        whole.update(path.read_bytes())
    return f"{__version__}-{whole.hexdigest()[:SIGNS]}"


def rests_on(about: About) -> tuple[str, ...]:
    """Of what a report is made, for its first page."""
    return (
        f"评估轮次：{about.round}（第 {about.number} 版）",
        f"数据截止：{about.as_of.isoformat()}",
        f"生成依据：结果表 {about.tables_hash[:12]}，报告程序 {edition()}",
    )


def _sources() -> Iterator[Path]:
    """The reports, the analysis that they tell, and the texts of audits."""
    for folder in (HERE, HERE.parent / "analysis"):
        for pattern in WORDS:
            yield from sorted(folder.rglob(pattern))
    yield from sorted((HERE.parent / "audits").glob("*/texts.toml"))
