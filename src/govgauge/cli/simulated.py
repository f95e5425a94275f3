"""Assessing served simulated sites, each in a process of its own as a user would start it."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from govgauge.testbed import sites
from govgauge.testbed.model import Site

AT_ONCE = 2
"""Assessments that run beside each other."""
SPARE_SECONDS = 240
"""Time that judging and writing may take beyond the time of the visit."""


def assess_all(made: list[Site], port: int, out: Path) -> Iterator[tuple[Site, Path]]:
    """Assess every site into a folder of its name, and give both as they are done, in the given order."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = [(one, pool.submit(_assess, one, port, out / one.name)) for one in made]
        for one, future in waiting:
            seconds, fault = future.result()
            print(f"{one.name:<10} {one.title}：{fault or f'{seconds:.0f} 秒'}", file=sys.stderr, flush=True)
            yield one, out / one.name


def findings(folder: Path) -> list[tuple[str, str, str]]:
    """(audit, page, target) of every finding in an assessment's folder; none where it came to nothing."""
    file = folder / "findings.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    found = [json.loads(line) for line in lines]
    return [(line["audit"], line["page"], line["target"]) for line in found]


def arguments(one: Site, port: int, folder: Path) -> list[str]:
    """The command line by which a site is assessed."""
    return [
        *("assess", one.home, "--system", one.system, *(("--profile", one.profile) if one.profile else ())),
        *("--out", str(folder), "--as-of", sites.AS_OF.isoformat(), "--rate", "0", "--no-browser"),
        *("--max-pages", str(one.pages_at_most), "--max-seconds", f"{one.seconds_at_most:.0f}"),
        *("--connect-to", f"::127.0.0.1:{port}"),
    ]


def _assess(one: Site, port: int, folder: Path) -> tuple[float, str]:
    """Seconds that it took, and what went wrong (empty: nothing; a site in a bad state is no fault of ours)."""
    start = time.monotonic()
    command = [sys.executable, "-m", "govgauge", *arguments(one, port, folder)]
    try:
        done = subprocess.run(  # noqa: S603  # our own program with our own arguments
            command, capture_output=True, text=True, check=False, timeout=one.seconds_at_most + SPARE_SECONDS
        )
    except subprocess.TimeoutExpired:
        return time.monotonic() - start, "超时未完成 (timed out)"
    written = (folder / "findings.jsonl").exists()
    fault = "" if written else f"没有结果 (no result)：{done.stderr.strip()[-600:]}"
    return time.monotonic() - start, fault
