"""The inside of a reading process: takes pages in, gives new links back."""

import contextlib
import ctypes
import errno
import os
import signal
import struct
from collections.abc import Callable, Sequence

import msgspec
from msgspec import Struct

from govgauge.gather import rank
from govgauge.gather.artifacts import Exchange, Link
from govgauge.gather.plan import PageReader

FRAME = struct.Struct("<II")
"""Before each page: how many bytes its exchange takes, and how many its body. Two zeroes: nothing more comes."""

REPLY = struct.Struct("<I")
_PARENT_DEATH_SIGNAL = 1
_NEVER = 1 << 62


class Reply(Struct, frozen=True, array_like=True):
    """What a reading process answers to a page. `links` holds URLs with their keys (see `rank`).

    A URL is sent when it is new to the process, or when it now stands at an earlier place than the one sent before.
    `error` is empty when the page was read. `number` is that of the page, -1 when the reader could not be built,
    -2 when everything was kept and the process ends. `full_disk` is the error number when the reader found no room.
    """

    number: int
    links: list[tuple[str, int]] = []
    error: str = ""
    full_disk: int = 0


def run(make_reader: Callable[[int], PageReader], number: int, inbox: int, outbox: int) -> None:
    """Live as a reading process until the inbox ends. Never returns to the code that was forked."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        die_with_parent()
        _serve(make_reader, number, inbox, outbox)
        status = 0
    except (BrokenPipeError, EOFError):
        status = 0
    finally:
        os._exit(status)


def die_with_parent() -> None:
    """End this process when the one that forked it ends, however that happens (where the system can do it)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _serve(make_reader: Callable[[int], PageReader], number: int, inbox: int, outbox: int) -> None:
    encoder = msgspec.msgpack.Encoder()
    decoder = msgspec.msgpack.Decoder(Exchange)

    def send(reply: Reply) -> None:
        raw = encoder.encode(reply)
        _write(outbox, REPLY.pack(len(raw)) + raw)

    try:
        reader = make_reader(number)
    except Exception as error:
        send(Reply(-1, [], f"{type(error).__name__}: {error}"))
        return
    sent: dict[int, int] = {}
    count = 0
    with os.fdopen(inbox, "rb", buffering=1 << 16) as pages:
        while True:
            head_size, body_size = FRAME.unpack(_exactly(pages.read, FRAME.size))
            if not head_size:
                break
            exchange = decoder.decode(_exactly(pages.read, head_size))
            body = _exactly(pages.read, body_size)
            try:
                reply = Reply(count, fresh_links(reader.read(exchange, body), exchange.order, sent))
            except Exception as fault:
                reply = Reply(count, [], f"{type(fault).__name__}: {fault}", full_disk(fault))
            send(reply)
            count += 1
    try:
        reader.close()
        send(Reply(-2))
    except Exception as fault:
        send(Reply(-2, [], f"{type(fault).__name__}: {fault}", full_disk(fault)))


def fresh_links(links: Sequence[Link], order: int, sent: dict[int, int]) -> list[tuple[str, int]]:
    """The links that the visit does not know from this process yet, or knows from a later place.

    A URL is told apart as a page and as a part of pages; the first link to it in the order of the visit decides what
    it leads to, so that the result does not depend on which process read which page.
    """
    fresh = []
    first, known_at, file_kinds = rank.place(order, 0), sent.get, rank.FILE_KINDS
    names = [hash(link.url) ^ (link.kind in file_kinds) for link in links]
    # What is known from an earlier page needs no exact place; nearly all links of a site are.
    for index in [index for index, name in enumerate(names) if known_at(name, _NEVER) > first]:
        name, place = names[index], rank.place(order, index)
        if known_at(name, _NEVER) <= place:
            continue
        code = rank.judge(links[index])
        if code is not None:
            sent[name] = place
            fresh.append((links[index].url, rank.key(code, order, index)))
    return fresh


def full_disk(fault: Exception) -> int:
    if isinstance(fault, OSError) and fault.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return fault.errno
    return 0


def _exactly(read: Callable[[int], bytes], size: int) -> bytes:
    raw = read(size)
    if len(raw) < size:
        raise EOFError
    return raw


def _write(file: int, raw: bytes) -> None:
    view = memoryview(raw)
    while view:
        view = view[os.write(file, view) :]
