"""What is said of a database that is away."""

import time

import psycopg
import pytest
from django.db import InterfaceError, OperationalError

from govgauge.office.away import Teller, is_lost, reason


def of_postgresql(cause: psycopg.Error) -> OperationalError:
    """An error as Django hands it on."""
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


GONE = of_postgresql(psycopg.OperationalError('connection to server on socket "/x/.s.PGSQL.5432" failed: refused'))
FULL = of_postgresql(psycopg.errors.DiskFull("could not extend file: No space left on device"))


def test_each_change_is_said_once_however_often_it_is_noticed() -> None:
    said: list[str] = []
    teller = Teller(say=said.append)
    for error in (GONE, GONE, FULL, None, None, GONE, None):
        if error is None:
            teller.there()
        else:
            teller.away(error)
    away = (
        "数据库暂时不能用：数据库没有运行，或不接受连接；不会丢失什么，恢复后自动继续 "
        "(the database is away for a while; nothing is lost)."
    )
    back = "数据库已恢复，继续工作 (the database is back)."
    assert said == [away, back, away, back]


def test_a_question_that_began_before_the_database_was_back_tells_nothing() -> None:
    said: list[str] = []
    teller = Teller(say=said.append)
    began = time.monotonic()
    teller.there()
    teller.away(GONE, began)
    assert not said
    teller.away(GONE, time.monotonic())
    assert len(said) == 1


def test_a_worker_leaves_a_server_that_is_gone_to_whoever_started_it_and_says_that_a_disk_is_full() -> None:
    said: list[str] = []
    teller = Teller("w-1", of_lost_servers=False, say=said.append)
    teller.away(GONE)
    teller.there()
    assert not said
    teller.away(FULL)
    assert "w-1：数据库暂时不能用：数据库所在的磁盘已满" in said[0]
    assert (is_lost(GONE), is_lost(FULL), is_lost(OperationalError("database is locked"))) == (True, False, False)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OperationalError('FATAL:  password authentication failed for user "a"'), "用户名或密码不对"),
        (OperationalError('FATAL:  database "x" does not exist'), "没有这个数据库"),
        (OperationalError("FATAL:  sorry, too many clients already"), "数据库的连接数已用完"),
        (OperationalError("FATAL:  the database system is starting up"), "数据库正在启动"),
        (OperationalError('could not translate host name "x" to address'), "找不到数据库所在的主机"),
        (OperationalError("database is locked"), "数据库正忙"),
        (OperationalError("database or disk is full"), "数据库所在的磁盘已满"),
        (InterfaceError("the connection is closed"), "与数据库的连接断了"),
        (OperationalError("something\n unheard of"), "something unheard of"),
    ],
)
def test_reasons_are_told_in_our_words(error: Exception, words: str) -> None:
    assert reason(error) == words
