"""The rush of a public vote: ballots a second through `govgauge serve` on PostgreSQL, and a server that is killed.

20,000 voters with tokens each send their ballot by HTTP over 200 connections. At half of them every process of the
server is killed with -9 and started again; who got no answer sends the same ballot again. Then every acknowledged
ballot must be in the box once, and every voter counted once. `--ballots` for another number, `--sqlite` for SQLite.
"""

import argparse
import asyncio
import os
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

sys.path[:0] = [
    str(Path(__file__).resolve().parent.parent),
    str(Path(__file__).resolve().parent.parent / "tests" / "office"),
]

BALLOTS, CONNECTIONS, WORKERS, CASES, CHOICES = 20_000, 200, 2, 130, 10
WANTED_PER_SECOND = 1000
SLUG = "bench-vote"
PAUSE_SECONDS = 0.1


@dataclass(slots=True)
class Load:
    """What is to be sent and what came back; times in seconds by the clock of `time.perf_counter`."""

    port: int
    left: list[tuple[int, bytes]]
    acknowledged: dict[int, str] = field(default_factory=dict)
    refused: list[bytes] = field(default_factory=list)
    taken: list[float] = field(default_factory=list)
    lost: int = 0


def main() -> int:
    """Measure; the exit status says whether the rate was reached and every ballot is there once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ballots", type=int, default=BALLOTS)
    parser.add_argument("--sqlite", action="store_true")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="govgauge-bench-votes-"))
        os.environ |= {"GOVGAUGE_HOME": folder, "GOVGAUGE_SECRET_KEY": secrets.token_hex()}
        os.environ.pop("GOVGAUGE_DATABASE", None)
        if not arguments.sqlite:
            from pg_cluster import Cluster, programs

            found = programs()
            if found is None:
                print("votes: PostgreSQL is not installed (tools/system-parts); use --sqlite")
                return 0
            cluster = Cluster(found, safe=True).start()
            stack.callback(cluster.stop)
            os.environ["GOVGAUGE_DATABASE"] = cluster.url(cluster.database())
        from govgauge.office.start import start

        start(Path(folder))
        return measured(arguments.ballots, wanted=0 if arguments.sqlite else WANTED_PER_SECOND)


def measured(count: int, wanted: int) -> int:
    """Both parts, each with voters of its own."""
    tokens = prepared(2 * count)
    from django.db import connections

    connections.close_all()
    port = free_port()
    rate = rush(port, requests(tokens[:count]))
    faults = killed(port, requests(tokens[count:]), count)
    return 0 if rate >= wanted and not faults else 1


def rush(port: int, ballots: list[tuple[int, bytes]]) -> float:
    """All ballots, as fast as they go; ballots a second."""
    server = started(port)
    try:
        asyncio.run(sent(Load(port, ballots[-500:])))  # what is loaded at the first use is loaded
        load = Load(port, ballots[:-500])
        before, began = cpu(server.pid), time.perf_counter()
        asyncio.run(sent(load))
        seconds = time.perf_counter() - began
        used = cpu(server.pid) - before
    finally:
        stop(server)
    count, rate = len(load.acknowledged), len(load.acknowledged) / seconds
    p = statistics.quantiles([1000 * one for one in load.taken], n=100)
    print(
        f"  {count} ballots over {CONNECTIONS} connections: {rate:,.0f} a second, "
        f"p50 {p[49]:.0f} ms, p99 {p[98]:.0f} ms, server {1000 * used / count:.2f} ms of processor time each, "
        f"{len(load.refused)} refused, {load.lost} without an answer (wanted: {WANTED_PER_SECOND} a second)",
        flush=True,
    )
    return rate


def killed(port: int, ballots: list[tuple[int, bytes]], before: int) -> list[str]:
    """The server dies at half of them; what is wrong afterwards."""
    load, count = Load(port, ballots), len(ballots)
    servers = [started(port)]

    async def kill_in_the_middle() -> None:
        while len(load.acknowledged) < count // 2:
            await asyncio.sleep(0.002)
        for process in [*children(servers[0].pid), servers[0].pid]:
            os.kill(process, signal.SIGKILL)
        servers[0].wait()
        servers.append(await asyncio.to_thread(started, port))

    async def both() -> None:
        await asyncio.gather(sent(load), kill_in_the_middle())

    try:
        asyncio.run(both())
    finally:
        stop(servers[-1])
    faults = accounted(load, count, before)
    print(
        f"  killed at half of {count}: {load.lost} ballots lost their answer and were sent again, "
        f"{len(load.acknowledged)} acknowledged; {'; '.join(faults) or 'each is in the box once'}",
        flush=True,
    )
    return faults


def accounted(load: Load, count: int, before: int) -> list[str]:
    """What does not fit between the answers and the box."""
    from govgauge.office.models import Ballot, Voter

    box = Counter(Ballot.objects.values_list("commitment", flat=True))
    lost = [one for one in load.acknowledged.values() if box[one] != 1]
    told = (
        ("acknowledged and not there once", len(lost)),
        ("never acknowledged", count - len(load.acknowledged)),
        ("twice in the box", sum(1 for number in box.values() if number > 1)),
        ("ballots too many or too few", sum(box.values()) - before - count),
        ("voters marked too many or too few", Voter.objects.exclude(voted_at=None).count() - before - count),
        ("refused", len(load.refused)),
    )
    return [f"{number} {what}" for what, number in told if number]


async def sent(load: Load) -> None:
    """Send everything that is left over so many connections."""
    await asyncio.gather(*(_connection(load) for _ in range(CONNECTIONS)))


async def _connection(load: Load) -> None:
    reader = writer = None
    while load.left:
        number, request = load.left.pop()
        try:
            if writer is None or reader is None:
                reader, writer = await asyncio.open_connection("127.0.0.1", load.port)
            began = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
            body = await reader.readexactly(length)
        except (OSError, asyncio.IncompleteReadError):
            load.left.append((number, request))
            load.lost += writer is not None  # else nobody was there to hear it
            if writer is not None:
                writer.close()
            reader = writer = None
            await asyncio.sleep(PAUSE_SECONDS)
            continue
        load.taken.append(time.perf_counter() - began)
        if head.startswith(b"HTTP/1.1 200"):
            load.acknowledged[number] = body.decode().partition('"receipt":"')[2][:64]
        else:
            load.refused.append(body)
    if writer is not None:
        writer.close()


def prepared(count: int) -> list[str]:
    """A round with a vote that is open today, and voters; their tokens."""
    from datetime import timedelta

    from django.utils import timezone

    from bench import synthetic_round
    from govgauge.office import vote_tokens
    from govgauge.office.domain import case_calls
    from govgauge.office.domain.acting import PROGRAM
    from govgauge.office.models import Case, CaseStep, Entry, Round, Voter

    synthetic_round.fill(SLUG, CASES)
    made = Round.objects.get(slug=SLUG)
    today = timezone.localdate()
    days = {"starts": str(today - timedelta(days=1)), "ends": str(today + timedelta(days=1))}
    category = {"slug": "a", "name": "甲", "family": "甲"}
    rules = {"vote": days, "categories": [category], "votes_per_voter": CHOICES}
    call = case_calls.open_call(PROGRAM, made, "案例征集", rules)
    for number, entry in enumerate(Entry.objects.filter(round=made).order_by("id")[:CASES], start=1):
        facts = {"entry": entry, "owner": entry.name, "category": "a", "name": f"案例{number}"}
        case = Case.objects.create(call=call, number=number, kind="self", **facts)
        CaseStep.objects.create(case=case, kind="admitted")
    tokens = [vote_tokens.made() for _ in range(count)]
    Voter.objects.bulk_create(
        [
            Voter(call=call, proof="email", identity=f"{n:064x}", token_hash=vote_tokens.hash_of(token), domain="d")
            for n, token in enumerate(tokens)
        ],
        batch_size=1000,
    )
    return tokens


def requests(tokens: list[str]) -> list[tuple[int, bytes]]:
    """A request for each token, with its place."""
    import random

    made = []
    for number, token in enumerate(tokens):
        chosen = random.sample(range(1, CASES + 1), CHOICES)
        form = f"token={token}&commitment={secrets.token_hex(32)}" + "".join(f"&choice={one}" for one in chosen)
        head = (
            f"POST /vote/{SLUG}/cast HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n\r\n"
        )
        made.append((number, (head + form).encode()))
    return made


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def started(port: int) -> "subprocess.Popen[bytes]":
    """A server that answers."""
    command = [sys.executable, "-m", "govgauge", "serve", "--port", str(port), "--workers", str(WORKERS)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while server.poll() is None:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0 and len(children(server.pid)) >= WORKERS:
                return server
        time.sleep(0.05)
    raise SystemExit("the server did not start")


def stop(server: "subprocess.Popen[bytes]") -> None:
    """End it."""
    server.terminate()
    try:
        server.wait(30)
    except subprocess.TimeoutExpired:
        server.kill()


def children(process: int) -> list[int]:
    """Its workers."""
    told = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(one) for one in told.split()]


def cpu(server: int) -> float:
    """Seconds of processor time of a server and its workers."""
    stats = [
        Path(f"/proc/{one}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        for one in [server, *children(server)]
    ]
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
