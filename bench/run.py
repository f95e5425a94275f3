"""`make bench`: assess a site of 3,000 pages in alternation with `wget --spider -r` on the same server."""

import argparse
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import measure, pages, server

WANTED_RATIO = 0.6
WANTED_MEGABYTES = 400


def main() -> int:
    """Measure, print, and say by the exit status whether the wanted ratio and memory were kept."""
    wanted = arguments()
    with tempfile.TemporaryDirectory(prefix="govgauge-bench-") as name:
        work = Path(name)
        (work / "site").mkdir()
        pages.write(work / "site", wanted.pages)
        with server.served(work / "site", work) as (address, program):
            say(f"{wanted.pages} pages of {pages.PAGE_BYTES // 1000} KB, {pages.LINKS} links each, served by {program}")
            megabytes = peak_memory(wanted, address, work)
            ours, wgets = rounds(wanted, address, work)
    return report(wanted, ours, wgets, megabytes)


def peak_memory(wanted: argparse.Namespace, address: str, work: Path) -> float:
    """MB of all processes together, in a run of its own: looking at it would slow a run that is timed."""
    folder = work / "out-memory"
    cost = measure.run(command(wanted, address, folder), memory=True)
    shutil.rmtree(folder, ignore_errors=True)
    return cost.megabytes


def rounds(wanted: argparse.Namespace, address: str, work: Path) -> tuple[list[measure.Cost], list[measure.Cost]]:
    """The costs of our program and of wget, measured in alternation."""
    ours: list[measure.Cost] = []
    wgets: list[measure.Cost] = []
    for number in range(wanted.rounds):
        folder = work / f"out-{number}"
        ours.append(measure.run(command(wanted, address, folder)))
        show("govgauge", wanted.pages, ours[-1])
        if wanted.keep and number == wanted.rounds - 1:
            shutil.copytree(folder, wanted.keep, dirs_exist_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        wget = shutil.which("wget")
        if wget:
            spider = [wget, "--spider", "-r", "-l", "inf", "-nv", "-e", "robots=off", "-P", str(work / "wget"), address]
            wgets.append(measure.run(spider))
            show("wget", wanted.pages, wgets[-1])
    return ours, wgets


def command(wanted: argparse.Namespace, address: str, folder: Path) -> list[str]:
    """What is measured: the whole assessment, or with --gather the visit alone."""
    if wanted.gather:
        return [
            sys.executable,
            str(Path(__file__).with_name("gather_only.py")),
            address,
            str(folder),
            str(wanted.pages),
        ]
    program = str(Path(sys.executable).with_name("govgauge"))
    return [
        *(program, "assess", address, "--system", "2025-city", "--out", str(folder), "--as-of", "2025-11-28"),
        *("--rate", "0", "--concurrency", "8", "--max-pages", str(2 * wanted.pages), "--no-browser"),
    ]


def report(wanted: argparse.Namespace, ours: list[measure.Cost], wgets: list[measure.Cost], megabytes: float) -> int:
    """Print the medians; the exit status."""
    seconds = statistics.median(cost.seconds for cost in ours)
    cpu = statistics.median(cost.cpu for cost in ours) / wanted.pages * 1000
    say(f"govgauge: {wanted.pages / seconds:.0f} pages/s, {cpu:.2f} ms of processor time a page, {megabytes:.0f} MB")
    if any(cost.status not in {0, 1} for cost in ours):
        say("govgauge did not finish its work")
        return 1
    if not wgets:
        say("wget is not installed: no ratio")
        return 0
    theirs = statistics.median(cost.seconds for cost in wgets)
    ratio = theirs / seconds
    say(f"wget:     {wanted.pages / theirs:.0f} pages/s")
    say(f"ratio:    {ratio:.2f} (wanted: {WANTED_RATIO} and {WANTED_MEGABYTES} MB)")
    return 0 if ratio >= WANTED_RATIO and megabytes <= WANTED_MEGABYTES else 1


def show(name: str, count: int, cost: measure.Cost) -> None:
    """One measurement in a line."""
    rate = f"{cost.seconds:6.2f} s {count / cost.seconds:7.0f} pages/s"
    say(f"  {name:9} {rate} {cost.cpu:6.2f} s cpu")


def say(text: str) -> None:
    """Print at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", type=int, default=pages.PAGES)
    parser.add_argument("--gather", action="store_true", help="measure the visit alone, with a reader of links only")
    parser.add_argument("--keep", help="copy the last result to this folder")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
