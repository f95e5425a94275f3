"""One server on loopback that is every simulated site, told apart by the Host header, with their misbehaviour."""

import asyncio
import socket
import struct
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Thread

from govgauge.testbed import outside
from govgauge.testbed.model import Behaviour, Response, Site

REASONS = {
    200: "OK",
    301: "Moved Permanently",
    302: "Found",
    403: "Forbidden",
    404: "Not Found",
    500: "Internal Server Error",
}
LONGEST_HEAD = 64 * 1024
RESET_AT_CLOSE = struct.pack("ii", 1, 0)
TLS_HELLO = b"\x16"
"""First byte of a TLS client: here only plain HTTP is spoken."""
UNKNOWN = Response(behaviour=Behaviour.CLOSE)
"""To a host that is nowhere, the machine says nothing."""


class Universe:
    """Sites and outside hosts by name."""

    def __init__(self, sites: Iterable[Site], others: Mapping[str, outside.Answer] | None = None) -> None:
        self._sites = {site.host: site for site in sites}
        self._others = dict(outside.hosts() if others is None else others)
        self._wire: dict[tuple[str, str], bytes] = {}

    def respond(self, host: str, path: str) -> Response:
        """The answer to a path with query on a host."""
        site = self._sites.get(host) or self._sites.get(f"www.{host}")
        if site is not None:
            return site.respond(path)
        other = self._others.get(host)
        return other(path) if other is not None else UNKNOWN

    def wire(self, host: str, path: str, answer: Response) -> bytes:
        """The bytes of an answer, kept for those that are fixed."""
        key = (host, path)
        known = self._wire.get(key)
        if known is None:
            known = encode(answer)
            if len(known) < 1_000_000 and len(self._wire) < 20_000:
                self._wire[key] = known
        return known


def encode(answer: Response) -> bytes:
    """Head and body as they go over the wire."""
    lines = [f"HTTP/1.1 {answer.status} {REASONS.get(answer.status, 'Status')}", f"Content-Type: {answer.content_type}"]
    lines += [f"{name}: {value}" for name, value in answer.headers]
    lines.append(f"Content-Length: {len(answer.body)}")
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + answer.body


class Connection(asyncio.Protocol):
    """One client; requests without a body, kept alive, answered in order."""

    def __init__(self, universe: Universe) -> None:
        self._universe = universe
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self._busy = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._buffer[:1] == TLS_HELLO:
            self._close()
            return
        self._serve()
        if len(self._buffer) > LONGEST_HEAD and not self._busy:
            self._close()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # the protocol's signature
        self._transport = None

    def _serve(self) -> None:
        while not self._busy and self._transport is not None:
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            self._buffer = rest
            lines = head.decode("latin-1").split("\r\n")
            method, _, tail = lines[0].partition(" ")
            path = tail.rpartition(" ")[0]
            headers = {
                name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])
            }
            if not path:
                self._close()
                return
            host, path = target(path, headers.get("host", ""))
            self._answer(method, host, path, close=headers.get("connection", "").lower() == "close")

    def _answer(self, method: str, host: str, path: str, *, close: bool) -> None:
        answer = self._universe.respond(host, path)
        loop = asyncio.get_running_loop()
        match answer.behaviour:
            case Behaviour.PLAIN:
                self._write(method, self._universe.wire(host, path, answer), close=close)
            case Behaviour.SLOW:
                self._busy = True
                wire = encode(answer)
                loop.call_later(answer.seconds, self._later, method, wire, close)
            case Behaviour.TRICKLE:
                self._busy = True
                self._send(
                    encode(answer).partition(b"\r\n\r\n")[0].replace(b"Content-Length", b"X-Length") + b"\r\n\r\n"
                )
                loop.call_later(1, self._trickle, answer.body or b"<html>", 0)
            case Behaviour.RESET:
                self._reset()
            case Behaviour.HANG:
                self._busy = True
            case Behaviour.CUT:
                wire = encode(answer)
                self._send(wire[: len(wire) - len(answer.body) // 2])
                self._close()
            case Behaviour.CLOSE:
                self._close()

    def _later(self, method: str, wire: bytes, close: bool) -> None:
        self._busy = False
        self._write(method, wire, close=close)
        self._serve()

    def _write(self, method: str, wire: bytes, *, close: bool) -> None:
        self._send(wire.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if method == "HEAD" else wire)
        if close:
            self._close()

    def _trickle(self, body: bytes, place: int) -> None:
        if self._transport is None:
            return
        self._send(body[place % len(body) : place % len(body) + 1])
        asyncio.get_running_loop().call_later(1, self._trickle, body, place + 1)

    def _reset(self) -> None:
        if self._transport is None:
            return
        raw = self._transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_CLOSE)
        self._transport.abort()

    def _send(self, data: bytes) -> None:
        if self._transport is not None:
            self._transport.write(data)

    def _close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def target(path: str, host: str) -> tuple[str, str]:
    """Host name and path of a request line; a proxy's absolute form carries its own host."""
    if path.startswith("http://"):
        host, slash, path = path[7:].partition("/")
        path = slash + path or "/"
    name = host.lower().rstrip(".")
    return (name.rpartition(":")[0] if name.rpartition(":")[2].isdigit() and ":" in name else name), path


async def run(universe: Universe, port: int, started: Event, ports: list[int], stop: asyncio.Event) -> None:
    """Serve until `stop`; the port is told in `ports` once it is bound. Raises OSError when it is taken."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(universe), "127.0.0.1", port, backlog=512)
    ports.append(server.sockets[0].getsockname()[1])
    started.set()
    async with server:
        await stop.wait()


@contextmanager
def serve(sites: Iterable[Site], port: int = 0) -> Iterator[int]:
    """Serve sites on 127.0.0.1 as long as the block runs; gives the port. Raises OSError when the port is taken."""
    universe = Universe(sites)
    started, ports, faults = Event(), list[int](), list[OSError]()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    def work() -> None:
        try:
            loop.run_until_complete(run(universe, port, started, ports, stop))
        except OSError as error:
            faults.append(error)
        finally:
            for task in asyncio.all_tasks(loop):
                task.cancel()
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()
            started.set()

    thread = Thread(target=work, name="testbed", daemon=True)
    thread.start()
    started.wait()
    if faults:
        thread.join()
        raise faults[0]
    try:
        yield ports[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(timeout=10)
