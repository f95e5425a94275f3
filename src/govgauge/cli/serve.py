"""`govgauge serve`: the office's pages in the browser."""

import errno
import ipaddress
import logging
import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from govgauge.errors import Unusable

PORT = 8800
MOST_WORKERS = 64


def serve(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="端口 (port).")] = PORT,
    host: Annotated[str, typer.Option("--host", help="监听的地址 (address to listen on).")] = "127.0.0.1",
    workers: Annotated[int, typer.Option("--workers", min=1, max=MOST_WORKERS, help="进程数 (processes).")] = 1,
    home: Annotated[
        Path | None, typer.Option("--home", help="工作目录，省略则用 GOVGAUGE_HOME (folder of the office).")
    ] = None,
) -> None:
    """在浏览器中查看年度评估 (rounds in the browser), until Ctrl-C."""
    _free(host, port)
    beyond = not _is_loopback(host)
    if beyond and not os.environ.get("GOVGAUGE_HOSTS"):
        os.environ["GOVGAUGE_HOSTS"] = "localhost,127.0.0.1,[::1]" + ("" if _is_any(host) else f",{_in_address(host)}")

    from govgauge.office.start import start

    place = start(home)
    os.environ["GOVGAUGE_HOME"] = str(place)
    from govgauge.office import vote_key
    from govgauge.web import secret_key, static_files

    secret_key.make(place)
    vote_key.make(place)
    static_files.lay_out()
    if beyond:
        print(
            f"注意：监听 {host}，其他机器可以访问，只应答 GOVGAUGE_HOSTS 所列的名称；密码会经过网络，"
            "请在前面放 HTTPS 代理并设置 GOVGAUGE_HTTPS=1 "
            "(reachable from other machines under the names in GOVGAUGE_HOSTS; put HTTPS before it).",
            file=sys.stderr,
        )
    from govgauge.office.models import Person

    if not Person.objects.exists():
        print("还没有人员：请用 govgauge people add 邮箱 --name 姓名 邀请第一位管理员 (invite an administrator first).")
    shown = "127.0.0.1" if _is_any(host) else _in_address(host)
    print(f"在浏览器中打开 http://{shown}:{port}/，按 Ctrl-C 结束 (open this address; Ctrl-C ends).", flush=True)
    _run(host, port, workers)


def _run(host: str, port: int, workers: int) -> None:
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from govgauge.web.front import THREADS

    connections.close_all()
    logging.getLogger("_granian").addFilter(lambda told: "Python threads" not in told.getMessage())  # they only wait
    Granian(
        "govgauge.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    ).serve()


def _free(host: str, port: int) -> None:
    """Raise Unusable with the remedy when the port cannot be had."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family[0], socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(family[4])
    except socket.gaierror:
        raise Unusable(f"地址“{host}”无法解析；请用 --host 127.0.0.1 (unknown address).") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Unusable(f"端口 {port} 已被占用；请用 --port 换一个 (the port is in use).") from None
        if error.errno == errno.EACCES:
            raise Unusable(f"没有权限使用端口 {port}；请用 --port 换一个大于 1023 的 (not permitted).") from None
        raise Unusable(f"不能监听 {host}:{port}（{error.strerror}）；请换一个地址 (cannot listen there).") from None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_any(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
