"""A worker anywhere: reads messages about jobs from PostgreSQL and has them done by a process of this machine.

Procrastinate brings the messages; what is done, and whether it counts, the table of jobs decides. When the database
goes away the work under way goes on, and messages are read again as soon as it is back.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from django.db import Error, connection, connections

from govgauge.office import messages
from govgauge.office.away import AWAY, Teller, reason
from govgauge.office.domain import jobs
from govgauge.office.evidence import the_store
from govgauge.office.evidence.cleaning import remove_orphans
from govgauge.office.models import Job, JobState, Round, RoundState
from govgauge.office.program import program
from govgauge.office.sweeper import DIED, Sweeper, free_what_died_here, worker_name
from govgauge.office.told_worker import START_SECONDS, ToldWorker

LOOK_SECONDS = 5.0
CLEAN_SECONDS = 3600.0
"""Pause between two searches for evidence that belongs to nobody."""
AGAIN_SECONDS = 2.0
"""Pause before a database that went away is tried again."""
CONNECT_SECONDS = 3.0
UNREAD_TOLD = 3
"""After so many failures in a row it is told that messages cannot be read though the database is there."""
BREAK_OFF_SECONDS = 1.0
"""How long a reader of messages waits for its jobs when the database is away: they go on without it."""
HEARTBEAT_SECONDS = 5.0


class Messenger:
    """Reads messages of some lanes, with so many jobs of each at a time, until it is told to stop."""

    def __init__(self, home: Path, slots: Mapping[str, int], say: Callable[[str], None]) -> None:
        self._home = home
        self._slots = slots
        self._say = say
        self._stopping = asyncio.Event()
        self._ready = asyncio.Event()
        self._worker: ToldWorker | None = None
        self._sweeper = Sweeper()
        self._told: set[str] = set()
        self._teller = Teller(say=say)

    def stop(self) -> None:
        """Take no more jobs, and give back those at hand."""
        self._stopping.set()

    async def run(self) -> None:
        """Work until stopped."""
        parts = [asyncio.create_task(part()) for part in (self._keep_worker, self._look, self._read)]
        await asyncio.wait([*parts, asyncio.create_task(self._stopping.wait())], return_when=asyncio.FIRST_COMPLETED)
        self._stopping.set()
        if self._worker is not None:
            await self._worker.end()
        done = await asyncio.gather(*parts, return_exceptions=True)
        for fault in done:
            if isinstance(fault, BaseException):
                raise fault

    async def _keep_worker(self) -> None:
        """Keep a worker's process; what a dead one held is free at once."""
        number = 0
        while not self._stopping.is_set():
            number += 1
            self._worker = await ToldWorker.start(worker_name(number), self._home)
            self._ready.set()
            await self._worker.gone()
            self._ready.clear()
            while not await asyncio.to_thread(self._keeps_up, jobs.take_from, self._worker.name, DIED):
                await self._pause(AGAIN_SECONDS)
                if self._stopping.is_set():
                    return
            await self._pause(START_SECONDS)

    async def _look(self) -> None:
        """Sweep from time to time, and say what waits for others."""
        await asyncio.to_thread(self._keeps_up, free_what_died_here)
        store, clean_at = the_store(self._home), time.monotonic()
        while not self._stopping.is_set():
            if time.monotonic() >= clean_at:
                clean_at = time.monotonic() + CLEAN_SECONDS
                await asyncio.to_thread(self._keeps_up, remove_orphans, store)
            await asyncio.to_thread(self._keeps_up, self._sweeper.look)
            await asyncio.to_thread(self._keeps_up, self._tell_others)
            await self._pause(LOOK_SECONDS)

    async def _read(self) -> None:
        """Read messages, again and again when the database goes away."""
        from procrastinate import App, PsycopgConnector  # noqa: PLC0415 - only here
        from procrastinate.contrib.django.utils import connector_params  # noqa: PLC0415
        from procrastinate.exceptions import ConnectorException  # noqa: PLC0415
        from psycopg_pool import PoolTimeout  # noqa: PLC0415

        unread = 0
        while not self._stopping.is_set():
            size = 2 * len(self._slots) + 2  # each lane listens on a connection of its own
            app = App(
                connector=PsycopgConnector(
                    kwargs=connector_params(),
                    min_size=1,
                    max_size=size,
                    timeout=CONNECT_SECONDS,
                    reconnect_timeout=CONNECT_SECONDS,
                )
            )
            app.task(name=messages.TASK)(self._do)
            try:
                async with app.open_async():
                    await self._read_lanes(app)
            except (ConnectorException, PoolTimeout) as error:
                unread += 1
                if await asyncio.to_thread(self._keeps_up, _ask) and unread == UNREAD_TOLD:
                    self._say(
                        f"数据库在，但收不到任务消息：{reason(error.__cause__ or error)}；仍在重试 (no messages)."
                    )
            else:
                unread = 0
            await self._pause(AGAIN_SECONDS)

    async def _read_lanes(self, app: object) -> None:
        """One reader for each lane; when one of them ends, all do."""
        from procrastinate import App  # noqa: PLC0415

        assert isinstance(app, App)  # noqa: S101 - tells mypy
        readers = [
            asyncio.create_task(
                app.run_worker_async(
                    queues=[messages.queue(lane, program()), messages.queue(lane, "")],
                    name=lane,
                    concurrency=count,
                    install_signal_handlers=False,
                    delete_jobs="always",
                    shutdown_graceful_timeout=BREAK_OFF_SECONDS,
                    fetch_job_polling_interval=LOOK_SECONDS,
                    update_heartbeat_interval=HEARTBEAT_SECONDS,
                    stalled_worker_timeout=messages.DEAD_SECONDS,
                )
            )
            for lane, count in self._slots.items()
        ]
        stopped = asyncio.create_task(self._stopping.wait())
        await asyncio.wait([*readers, stopped], return_when=asyncio.FIRST_COMPLETED)
        if self._stopping.is_set() and self._worker is not None:
            await self._worker.end()  # its jobs are given back before their messages are put away
        stopped.cancel()
        for reader in readers:
            reader.cancel()
        for fault in await asyncio.gather(*readers, return_exceptions=True):
            if isinstance(fault, Exception):
                raise fault

    async def _do(self, job: int) -> None:
        """What a message asks for."""
        await self._ready.wait()
        if self._worker is not None and not self._stopping.is_set():
            await self._worker.do(job)

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    def _tell_others(self) -> None:
        """Say once for each round that its jobs are left to another program, and note it where nothing is noted."""
        waiting = Job.objects.filter(state=JobState.READY, lane__in=self._slots, round__state=RoundState.OPEN)
        others = waiting.exclude(round__program__in=["", program()])
        for slug, wanted in Round.objects.filter(jobs__in=others).values_list("slug", "program").distinct():
            if slug not in self._told:
                self._told.add(slug)
                self._say(f"“{slug}”的任务留给程序 {wanted}，本机是 {program()} (left to workers of that program)")
            sentence = f"等待程序 {wanted} 的执行者 (waits for a worker of that program)"
            others.filter(round__slug=slug, reason="").update(reason=sentence)

    def _keeps_up(self, work: Callable[..., object], *arguments: object) -> bool:
        """Work with the database in a thread of its own; whether it could be done. Else the next time will do."""
        began = time.monotonic()
        try:
            work(*arguments)
        except AWAY as error:
            self._teller.away(error, began)
        except (Error, OSError) as error:
            self._say(f"这一次没有做成，稍后再试：{type(error).__name__}: {error} (it will be tried again)")
        else:
            self._teller.there()
            return True
        finally:
            connections.close_all()
        return False


def _ask() -> None:
    """Ask the database for nothing."""
    connection.ensure_connection()
