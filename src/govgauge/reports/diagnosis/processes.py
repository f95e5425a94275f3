"""Processes that write documents: small, deaf to interruptions, ended with their parent. They load nothing before."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

from govgauge.gather.reading_process import die_with_parent

P = ParamSpec("P")
T = TypeVar("T")
SMALL = {
    "RAYON_NUM_THREADS": "1",
    "POLARS_MAX_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
    "_RJEM_MALLOC_CONF": "dirty_decay_ms:0,muzzy_decay_ms:0",
}
"""Read when a process starts: one thread is enough for each, every thread takes room of its own, and tables give
their room back at once."""


def pool(workers: int) -> ProcessPoolExecutor:
    """So many processes, started when `submit` gives them something to do."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin)


def submit(pool: ProcessPoolExecutor, act: Callable[P, T], *args: P.args, **named: P.kwargs) -> Future[T]:
    """Give the pool something to do."""
    with _small():
        return pool.submit(act, *args, **named)


def end(pool: ProcessPoolExecutor) -> None:
    """End the processes at once: what one of them is at is made again by the next who asks."""
    processes = list((pool._processes or {}).values())  # noqa: SLF001 - it has no way to say: stop now
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    for process in processes:
        process.join()


@contextmanager
def _small() -> Iterator[None]:
    before = {name: os.environ.get(name) for name in SMALL}
    os.environ.update(SMALL)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _begin() -> None:
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
