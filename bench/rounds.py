"""`make bench`: a round of 1,000 sites with 30 pages each, beside one long site assessed on the same machine."""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import measure, pages, server

WANTED_RATIO = 0.6
WANTED_MEGABYTES = 500
SAMPLE_SECONDS = 1.0


def main() -> int:
    """Measure, print, and say by the exit status whether the wanted ratio and memory were kept."""
    wanted = arguments()
    with tempfile.TemporaryDirectory(prefix="govgauge-bench-") as name:
        work = Path(name)
        for folder, count in (("long", wanted.long), ("short", wanted.pages)):
            (work / folder).mkdir()
            pages.write(work / folder, count)
        alone = one_site(work, wanted)
        rate, peaks = whole_round(work, wanted)
    ratio = rate / alone
    say(f"one site:  {alone:.0f} pages/s; the round: {rate:.0f} pages/s; ratio {ratio:.2f} (wanted: {WANTED_RATIO})")
    say(
        f"memory of a worker with all that it started: {max(peaks):.0f} MB at most (wanted: {WANTED_MEGABYTES}); "
        f"in the first, second and last third of the round {', '.join(f'{peak:.0f}' for peak in thirds(peaks))} MB"
    )
    return 0 if ratio >= WANTED_RATIO and max(peaks) <= WANTED_MEGABYTES else 1


def one_site(work: Path, wanted: argparse.Namespace) -> float:
    """Pages per second of a long site, the better of two runs."""
    rates = []
    with server.served(work / "long", server_folder(work, "long-server")) as (address, _):
        for number in range(2):
            command = [
                *(govgauge(), "assess", address, "--system", "2025-city", "--out", str(work / f"out-{number}")),
                *("--as-of", "2025-11-28", "--rate", "0", "--concurrency", "8", "--max-pages", str(2 * wanted.long)),
                "--no-browser",
            ]
            rates.append(wanted.long / measure.run(command).seconds)
    return max(rates)


def whole_round(work: Path, wanted: argparse.Namespace) -> tuple[float, list[float]]:
    """Pages per second of a round from its start to its end, and the peaks of memory of a worker over time, in MB."""
    with server.served(work / "short", server_folder(work, "short-server")) as (address, _):
        port = address.rstrip("/").rpartition(":")[2]
        write_list(work / "list.csv", wanted.sites)
        settings = {"rate": 0, "concurrency": 8, "connect_to": [f"::127.0.0.1:{port}"]}
        run("round", "new", "bench", "--as-of", "2025-11-28", "--settings", json.dumps(settings), home=work / "office")
        run("round", "add", "bench", str(work / "list.csv"), home=work / "office")
        began = time.perf_counter()
        process = subprocess.Popen(
            [govgauge(), "round", "run", "bench", "--workers", str(wanted.workers), "--home", str(work / "office")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        peaks: list[float] = []
        over = threading.Event()
        watcher = threading.Thread(target=watch, args=(process.pid, peaks, over))
        watcher.start()
        process.wait()
        seconds = time.perf_counter() - began
        over.set()
        watcher.join()
        told = json.loads(run("round", "status", "bench", "--json", home=work / "office"))
    if told["done"] != wanted.sites or told["pages"] != wanted.sites * wanted.pages:
        raise SystemExit(f"the round did not do its work: {told}")
    say(f"{wanted.sites} sites with {wanted.pages} pages each, {wanted.workers} workers: {seconds:.1f} s")
    return told["pages"] / seconds, peaks


def watch(pool: int, peaks: list[float], over: threading.Event) -> None:
    """Note the memory of the largest worker with all its processes, now and then."""
    while not over.wait(SAMPLE_SECONDS):
        sums = [measure.megabytes_of(worker) for worker in measure.children_of(pool)]
        if sums:
            peaks.append(max(sums))


def thirds(peaks: list[float]) -> list[float]:
    """The largest of each third."""
    size = max(1, len(peaks) // 3)
    return [max(part) for part in (peaks[:size], peaks[size : 2 * size], peaks[2 * size :]) if part]


def write_list(path: Path, sites: int) -> None:
    """A list of counties, each with a site of its own name."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["name", "parent", "group", "url", "system", "profile"])
        rows.writerows(
            [f"县{number}", f"省{number % 31}", "county", f"http://s{number:05d}.test/", "2025-county", ""]
            for number in range(sites)
        )


def run(*arguments: str, home: Path) -> str:
    """Run a command of the office; what it printed."""
    environment = {**os.environ, "GOVGAUGE_HOME": str(home)}
    return subprocess.run([govgauge(), *arguments], env=environment, check=True, capture_output=True, text=True).stdout


def govgauge() -> str:
    """The program beside this Python."""
    return str(Path(sys.executable).with_name("govgauge"))


def server_folder(work: Path, name: str) -> Path:
    """A folder for a server's own files."""
    (work / name).mkdir()
    return work / name


def say(text: str) -> None:
    """Print at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=1000)
    parser.add_argument("--pages", type=int, default=30)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--long", type=int, default=pages.PAGES, help="pages of the long site")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
