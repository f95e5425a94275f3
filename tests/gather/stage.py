"""A web server of raw sockets on loopback that behaves as well or as badly as a test wants."""

import socket
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

Play = Callable[[socket.socket, "Asked"], bool | None]
"""Answers a request on its connection; returns True when the connection may go on."""


@dataclass(frozen=True)
class Asked:
    """A request as it came: method, path with query, headers by lower-case name, and when."""

    method: str
    path: str
    headers: dict[str, str]
    at: float


def reply(body: bytes | str = b"", status: str = "200 OK", **headers: str) -> Play:
    """An ordinary answer. Underscores in header names stand for hyphens."""
    raw = body.encode() if isinstance(body, str) else body
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    given.setdefault("Content-Type", "text/html; charset=utf-8")
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    answer = f"HTTP/1.1 {status}\r\n{head}Content-Length: {len(raw)}\r\n\r\n".encode()

    def play(connection: socket.socket, asked: Asked) -> bool:
        connection.sendall(answer + (b"" if asked.method == "HEAD" else raw))
        return True

    return play


def raw(*pieces: bytes, pause: float = 0.0) -> Play:
    """Bytes as they are, piece after piece, then the end of the connection."""

    def play(connection: socket.socket, _asked: Asked) -> None:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(pause)

    return play


def for_ever(start: bytes, piece: bytes, pause: float) -> Play:
    """A start, and then a piece again and again until the visitor goes away."""

    def play(connection: socket.socket, _asked: Asked) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(piece)
            if pause:
                time.sleep(pause)

    return play


def redirect(target: str, status: str = "302 Found") -> Play:
    """A redirect."""
    return reply("", status, Location=target)


def in_turn(*plays: Play) -> Play:
    """Another answer each time; the last one for good."""
    left = list(plays)

    def play(connection: socket.socket, asked: Asked) -> bool | None:
        return (left.pop(0) if len(left) > 1 else left[0])(connection, asked)

    return play


def html(*links: str, title: str = "页面", text: str = "") -> str:
    """A page with links."""
    anchors = "".join(f'<li><a href="{link}">链接 {number}</a></li>\n' for number, link in enumerate(links))
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body><p>{text}</p><ul>{anchors}</ul></body></html>"
    )


@dataclass
class Stage:
    """The server. `plays` maps paths to answers; what is missing is answered by `otherwise`."""

    plays: dict[str, Play] = field(default_factory=dict)
    otherwise: Play = field(default_factory=lambda: reply("<html><body>没有找到</body></html>", "404 Not Found"))
    asked: list[Asked] = field(default_factory=list)
    delay: Callable[[], float] = lambda: 0.0
    most_at_once: int = 0

    def __post_init__(self) -> None:
        self._now = 0
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def add(self, path: str, play: Play | str | bytes) -> None:
        """Answer a path, with a page when a text is given."""
        self.plays[path] = play if callable(play) else reply(play)

    def count(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(1 for each in self.asked if each.path == path)

    def times(self, path: str) -> list[float]:
        """When a path was asked for."""
        return [each.at for each in self.asked if each.path == path]

    def by_path(self) -> dict[str, int]:
        """How often each path was asked for."""
        counts: defaultdict[str, int] = defaultdict(int)
        for each in self.asked:
            counts[each.path] += 1
        return dict(counts)

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self._thread.join(2)

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._open.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            file = connection.makefile("rb")
            while (asked := _read(file)) is not None:
                with self._lock:
                    self.asked.append(asked)
                    self._now += 1
                    self.most_at_once = max(self.most_at_once, self._now)
                try:
                    time.sleep(self.delay())
                    go_on = self.plays.get(asked.path, self.otherwise)(connection, asked)
                finally:
                    with self._lock:
                        self._now -= 1
                if not go_on:
                    break
            file.close()


def _read(file: object) -> Asked | None:
    line = file.readline().decode("latin-1").split()  # type: ignore[attr-defined]
    if len(line) < 2:
        return None
    headers = {}
    while header := file.readline().decode("latin-1").strip():  # type: ignore[attr-defined]
        name, _, value = header.partition(":")
        headers[name.strip().lower()] = value.strip()
    return Asked(line[0], line[1], headers, time.monotonic())


def site_of_lists(stage, columns=4, articles=30):
    """A home page, columns with a list, articles."""
    stage.add("/", html(*(f"/col{c}/" for c in range(columns))))
    for column in range(columns):
        stage.add(f"/col{column}/", html(*(f"/col{column}/t{a}.html" for a in range(articles))))
        for article in range(articles):
            stage.add(f"/col{column}/t{article}.html", html("/"))
