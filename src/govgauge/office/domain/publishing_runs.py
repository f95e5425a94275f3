"""Long work of publishing, beside the pages: begun once at a time, told of while it goes on, safe against being killed.

Whoever begins one makes a row; a process of its own (`govgauge.office.publishing_process`) does the work and says by
the row that it lives. A row that is silent for long was cut off: the next one may begin, and goes on where it was.
"""

import os
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import msgspec
from django.db import connections, transaction
from django.utils import timezone

from govgauge.errors import GovgaugeError, Unusable
from govgauge.office.domain import publication_documents, publications
from govgauge.office.domain.acting import PROGRAM, Acting, acting_as
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Publication, PublishingRun, PublishingTask, Round, RoundState
from govgauge.office.open_data import making
from govgauge.office.open_data.found import version_of
from govgauge.reports.about import Shows

Progress = publication_documents.Progress

BEAT_SECONDS = 5.0
GIVEN_UP = timedelta(seconds=60)
"""Silence after which a run counts as cut off."""
BROKEN = "程序出错；已完成的部分保留，请再试，或请管理员查看服务的记录 (a fault of the program; try again)."
ENDED = "中断（进程已停止）；已完成的部分保留 (it was cut off)."


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """With what a version is prepared, or which documents are made."""

    shows: Shows = Shows()
    issuer: str = ""
    note: str = ""
    kinds: tuple[str, ...] = publication_documents.KINDS
    forms: tuple[str, ...] = publication_documents.FORMS


def last(round_: Round) -> PublishingRun | None:
    """The last run of a round."""
    return round_.publishing_runs.select_related("by", "publication").order_by("-id").first()


def is_under_way(run: PublishingRun | None) -> bool:
    """Whether a run still goes on."""
    if run is None or run.ended_at is not None or timezone.now() - run.beat_at >= GIVEN_UP:
        return False
    node, _, process = run.worker.rpartition("-")
    return not (node == os.uname().nodename and not Path(f"/proc/{process}").exists())


def begin_prepare(acting: Acting, round_: Round, asked: Asked) -> PublishingRun:
    """Begin to prepare a version. Raises NotAllowed; Unusable when the round is not frozen or something goes on."""
    acting.need(Verb.RUN_ROUND, round_=round_)
    if round_.state != RoundState.FROZEN or not round_.tables_hash:
        raise Unusable("本轮还没有冻结，结果可能再变；请先冻结再准备公布 (freeze the round first).")
    return _begin(acting, round_, PublishingTask.PREPARE, asked, None)


def begin_documents(acting: Acting, publication: Publication, asked: Asked) -> PublishingRun:
    """Begin to make documents. Raises NotAllowed; Unusable as `publication_documents`, or when something goes on."""
    publication_documents.need(acting, publication)
    return _begin(acting, publication.round, PublishingTask.DOCUMENTS, asked, publication)


@transaction.atomic
def _begin(
    acting: Acting, round_: Round, task: PublishingTask, asked: Asked, publication: Publication | None
) -> PublishingRun:
    Round.objects.select_for_update().get(pk=round_.pk)
    running = PublishingRun.objects.select_for_update().filter(round=round_, ended_at=None)
    if any(is_under_way(run) for run in running):
        raise Unusable("正在准备版本或生成文件，请等它完成 (it is under way already).")
    running.update(ended_at=timezone.now(), failure=ENDED)
    return PublishingRun.objects.create(
        round=round_,
        publication=publication,
        task=task,
        asked=msgspec.to_builtins(asked),
        by=acting.person,
        beat_at=timezone.now(),
    )


def carry_out(
    number: int,
    *,
    workers: int = 2,
    lost: Callable[[], None] = lambda: None,
    progress: Progress = lambda _what, _done, _all: None,
) -> PublishingRun:
    """Do what a run is for; its row tells how it ended. `lost` is called when the run was given up meanwhile."""
    run = PublishingRun.objects.select_related("round", "publication__round", "by").get(pk=number)
    PublishingRun.objects.filter(pk=number).update(worker=f"{os.uname().nodename}-{os.getpid()}")
    acting = acting_as(run.by) if run.by else PROGRAM
    asked = msgspec.convert(run.asked, type=Asked)
    done = threading.Event()
    beating = threading.Thread(target=_beat, args=(number, done, lost), daemon=True)
    beating.start()
    failure = ""
    try:
        _do(run, acting, asked, workers, progress)
    except GovgaugeError as error:
        failure = str(error)
    except BaseException as fault:
        _end(number, ENDED if isinstance(fault, KeyboardInterrupt) else BROKEN)
        raise
    finally:
        done.set()
        beating.join()
    _end(number, failure)
    run.refresh_from_db()
    return run


def _do(run: PublishingRun, acting: Acting, asked: Asked, workers: int, progress: Progress) -> None:
    def told(what: str, done: int, total: int) -> None:
        PublishingRun.objects.filter(pk=run.pk).update(what=what, done=done, total=total)
        progress(what, done, total)

    if run.task == PublishingTask.PREPARE:
        made = publications.prepare(
            acting, run.round, shows=asked.shows, issuer=asked.issuer, note=asked.note, progress=told
        )
        PublishingRun.objects.filter(pk=run.pk).update(publication=made)
        _make_files(made, told)
    elif run.publication:
        publication_documents.make(
            acting, run.publication, wanted=asked.kinds, forms=asked.forms, workers=workers, progress=told
        )


def _make_files(publication: Publication, told: Progress) -> None:
    """The files of open data, so that nobody waits for one once the version is public."""
    try:
        making.make_all(version_of(publication), told)
    except OSError as fault:
        raise Unusable(
            f"第 {publication.number} 版已准备好，但开放数据文件没有写完：{fault.strerror or fault}。"
            "请看看磁盘空间；没有写完的文件会在第一次下载时生成 (the version is there; some of its files are not)."
        ) from fault


def _beat(number: int, done: threading.Event, lost: Callable[[], None]) -> None:
    """Say that the run lives, until it is done."""
    try:
        while not done.wait(BEAT_SECONDS):
            if not PublishingRun.objects.filter(pk=number, ended_at=None).update(beat_at=timezone.now()):
                lost()
                return
    finally:
        connections.close_all()


def _end(number: int, failure: str) -> None:
    PublishingRun.objects.filter(pk=number, ended_at=None).update(ended_at=timezone.now(), failure=failure[:400])
