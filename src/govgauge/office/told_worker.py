"""A worker of this process that is told by a pipe which jobs to do, and tells when it has done with them."""

import asyncio
import os
import sys
from pathlib import Path

from govgauge.office.lanes import TOLD

END_SECONDS = 20.0
"""How long it may take to give back what it holds."""
START_SECONDS = 1.0
"""Pause before another one is started in its place."""


class ToldWorker:
    """One worker's process; it is for one event loop."""

    def __init__(self, name: str, process: asyncio.subprocess.Process) -> None:
        self.name = name
        self._process = process
        self._open: dict[int, asyncio.Future[None]] = {}
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, name: str, home: Path) -> "ToldWorker":
        """Start the process."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "govgauge.office.worker_process", name, TOLD),
            env={**os.environ, "GOVGAUGE_HOME": str(home)},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        return cls(name, process)

    async def do(self, job: int) -> None:
        """Have a job done; returns when the worker has done with it, however it ended, or has died."""
        if job not in self._open:
            self._open[job] = asyncio.get_running_loop().create_future()
            assert self._process.stdin is not None  # noqa: S101 - it was asked for
            self._process.stdin.write(f"{job}\n".encode())
        await asyncio.shield(self._open[job])

    async def gone(self) -> None:
        """Wait for its death."""
        await asyncio.shield(self._reading)

    async def end(self) -> None:
        """Let it give back what it holds, and end it."""
        if self._process.returncode is None:
            self._process.terminate()
        try:
            await asyncio.wait_for(self.gone(), END_SECONDS)
        except TimeoutError:
            self._process.kill()
            await self.gone()

    async def _read(self) -> None:
        assert self._process.stdout is not None  # noqa: S101
        async for line in self._process.stdout:
            done = self._open.pop(int(line), None)
            if done is not None and not done.done():
                done.set_result(None)
        await self._process.wait()
        for waiting in self._open.values():
            if not waiting.done():
                waiting.set_result(None)
        self._open.clear()
