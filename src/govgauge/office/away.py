"""Saying that the database is away: once when it goes, once when it is back, and why in words of ours."""

import re
import sys
import time
from collections.abc import Callable
from functools import cache

from django.db import Error, InterfaceError, OperationalError

AWAY = (OperationalError, InterfaceError)
"""What a database raises that is not there, is busy, or has no room: it may be better later."""

_REASONS = (
    (r"password authentication failed|no password supplied|role .* does not exist", "用户名或密码不对"),
    (r"database .* does not exist", "没有这个数据库"),
    (r"no pg_hba\.conf entry", "数据库不接受来自本机的连接"),
    (r"too many (clients|connections)|remaining connection slots", "数据库的连接数已用完"),
    (r"starting up|not yet accepting|recovery", "数据库正在启动"),
    (r"shutting down|terminating connection|administrator command", "数据库正在关闭"),
    (r"could not translate host name|name or service not known|resolve", "找不到数据库所在的主机"),
    (r"timeout|timed out", "连接数据库超时"),
    (r"refused|no such file|is the server running", "数据库没有运行，或不接受连接"),
    (r"no space left|disk is full|could not extend", "数据库所在的磁盘已满"),
    (r"database is locked|lock timeout|deadlock", "数据库正忙"),
    (r"unable to open database file|readonly database|permission denied", "不能打开或写入数据库文件"),
    (r"not a database|malformed|corrupt", "数据库文件已损坏"),
    (r"closed|lost|broken|reset|unexpectedly|consuming input|bad", "与数据库的连接断了"),
)
_REACHED = frozenset({"53", "40", "55", "57014"})
"""Classes of PostgreSQL's states (and one state) in which its server answers."""


def reason(error: BaseException) -> str:
    """Why a database cannot be used, in a few Chinese words; its own where we know no better."""
    told = " ".join(str(error).split())
    for pattern, words in _REASONS:
        if re.search(pattern, told, re.IGNORECASE):
            return words
    return told or type(error).__name__


class Teller:
    """Says each change once. A worker leaves it to whoever started it to say that no server answers."""

    def __init__(
        self, name: str = "", *, of_lost_servers: bool = True, say: Callable[[str], None] | None = None
    ) -> None:
        self._name = f"{name}：" if name else ""
        self._of_lost_servers = of_lost_servers
        self._say = say or _on_stderr
        self._is_away = False
        self._there_at = float("-inf")

    def away(self, error: BaseException, began: float = float("inf")) -> None:
        """The database did not do what it was asked for at `began`, by the monotonic clock: what several ask beside
        each other may end late, and tells nothing when it was there since."""
        if self._is_away or began < self._there_at or (not self._of_lost_servers and is_lost(error)):
            return
        self._is_away = True
        self._say(
            f"{self._name}数据库暂时不能用：{reason(error)}；不会丢失什么，恢复后自动继续 "
            "(the database is away for a while; nothing is lost)."
        )

    def there(self) -> None:
        """The database did what it was asked for."""
        self._there_at = time.monotonic()
        if self._is_away:
            self._is_away = False
            self._say(f"{self._name}数据库已恢复，继续工作 (the database is back).")


@cache
def teller_of(worker: str) -> Teller:
    """What a worker says, in its process."""
    return Teller(worker, of_lost_servers=False)


def is_lost(error: BaseException) -> bool:
    """Whether it is PostgreSQL's server that does not answer, as any process that uses it notices."""
    cause = error.__cause__ if isinstance(error, Error) else error
    if not type(cause).__module__.startswith("psycopg"):
        return False
    state = getattr(cause, "sqlstate", None) or ""
    return state[:2] not in _REACHED and state not in _REACHED


def _on_stderr(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
