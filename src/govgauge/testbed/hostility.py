"""Answers that wear a visitor out: loops, traps without end, bombs, trickles, resets."""

import gzip
import zlib
from datetime import date, timedelta
from functools import cache
from urllib.parse import parse_qs

from govgauge.testbed.model import Behaviour, Response

HUGE = 20 * 1024 * 1024
BOMB = 200 * 1024 * 1024
CHUNK = 1024 * 1024


def page(title: str, markup: str) -> Response:
    """A small page in UTF-8."""
    return Response(
        body=f'<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title></head><body>{markup}</body></html>'.encode()
    )


def loop(one: str, other: str) -> dict[str, Response]:
    """Two addresses that send the visitor to each other for ever."""
    return {
        one: Response(status=302, headers=(("Location", other),)),
        other: Response(status=302, headers=(("Location", one),)),
    }


@cache
def bomb() -> Response:
    """A page that unpacks to 200 MB of spaces."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [packer.compress(b"<html><body>")]
    parts += [packer.compress(b" " * CHUNK) for _ in range(BOMB // CHUNK)]
    return Response(body=b"".join(parts) + packer.flush(), headers=(("Content-Encoding", "gzip"),))


@cache
def huge() -> Response:
    """A page of 20 MB."""
    line = "<p>数据明细数据明细数据明细数据明细</p>\n".encode()
    return Response(
        body=b"<html><head><meta charset='utf-8'><title>detail</title></head><body>" + line * (HUGE // len(line))
    )


def trickle() -> Response:
    """A page that comes at one byte a second."""
    return Response(body=b"<html><head><title>slow</title></head><body>" + b"." * 4096, behaviour=Behaviour.TRICKLE)


def packed(answer: Response) -> Response:
    """The same answer, honestly compressed."""
    return Response(
        body=gzip.compress(answer.body, mtime=0),
        content_type=answer.content_type,
        headers=(*answer.headers, ("Content-Encoding", "gzip")),
    )


def calendar(path: str, start: date) -> Response | None:
    """A calendar whose every month leads on to the next, `/rili.php?month=2025-11`."""
    if not path.startswith("/rili.php"):
        return None
    asked = parse_qs(path.partition("?")[2]).get("month", [f"{start:%Y-%m}"])[0]
    year, month = (int(part) for part in [*asked.split("-"), "1"][:2]) if asked[:4].isdigit() else (start.year, 1)
    year, month = min(max(year, 1), 9998), min(max(month, 1), 12)
    first = date(year, month, 1)
    after, before = first + timedelta(days=32), first - timedelta(days=1) if year > 1 else first
    days = "".join(
        f'<td><a href="/rili.php?month={year:04}-{month:02}&day={day}">{day}</a></td>' for day in range(1, 29)
    )
    return page(
        f"{year}年{month}月",
        f'<a href="/rili.php?month={before:%Y-%m}">上月</a><a href="/rili.php?month={after:%Y-%m}">下月</a><table><tr>{days}</tr></table>',
    )


def combinations(path: str) -> Response | None:
    """A search whose every page offers more conditions to combine, `/shaixuan.php?a=1&b=2`."""
    if not path.startswith("/shaixuan.php"):
        return None
    query = path.partition("?")[2]
    offers = "".join(
        f'<a href="/shaixuan.php?{query}{"&" if query else ""}{name}={value}">{name}{value}</a> '
        for name in "abcdef"
        for value in range(3)
    )
    return page("条件筛选", f"<p>请选择条件</p>{offers}")
