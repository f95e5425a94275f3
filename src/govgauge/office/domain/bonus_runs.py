"""Bringing a bonus into the totals of a large round, or out of them: beside the pages, which tell how far it is."""

import logging
import threading
from datetime import timedelta

from django.db import connections, transaction
from django.utils import timezone

from govgauge.errors import GovgaugeError, Unusable
from govgauge.office.domain import case_bonus
from govgauge.office.domain.acting import Acting
from govgauge.office.models import CaseBonusRun, CaseCall, CaseCount

SMALL = 500
"""Entries up to which it is done while its reader waits: a few seconds."""
GIVEN_UP = timedelta(minutes=10)
"""Silence after which a run counts as cut off: its server was stopped, and nothing was written."""
BROKEN = "程序出错，什么都没有改变；请再试，或请管理员查看服务的记录 (a fault of the program; nothing was changed)."
_log = logging.getLogger(__name__)


def is_small(made: CaseCount) -> bool:
    """Whether it is done at once."""
    return made.call.round.entries.count() <= SMALL


def last(made: CaseCount) -> CaseBonusRun | None:
    """The last run of a count."""
    return made.bonus_runs.select_related("by").order_by("-id").first()


def is_under_way(run: CaseBonusRun | None) -> bool:
    """Whether a run still goes on."""
    return run is not None and run.ended_at is None and timezone.now() - run.beat_at < GIVEN_UP


def begin(acting: Acting, made: CaseCount, *, applied: bool) -> CaseBonusRun:
    """Begin it beside. Raises NotAllowed, Unusable: as `case_bonus`, or when a run of the call is under way."""
    (case_bonus.need_in if applied else case_bonus.need_out)(acting, made)
    with transaction.atomic():
        CaseCall.objects.select_for_update(of=("self",)).get(pk=made.call_id)
        running = CaseBonusRun.objects.filter(count__call=made.call_id, ended_at=None)
        if any(is_under_way(one) for one in running):
            raise Unusable("正在计算，请等它完成 (it is under way already).")
        run = CaseBonusRun.objects.create(count=made, applied=applied, by=acting.person, beat_at=timezone.now())
    threading.Thread(target=_beside, args=(run.pk, acting, made), daemon=True, name="bonus").start()
    return run


def carry_out(run: int, acting: Acting, made: CaseCount) -> None:
    """Do what a run is for; its row tells how it ended."""

    def told(done: int, total: int) -> None:
        CaseBonusRun.objects.filter(pk=run).update(done=done, total=total, beat_at=timezone.now())

    applied = CaseBonusRun.objects.values_list("applied", flat=True).get(pk=run)
    failure = ""
    try:
        (case_bonus.bring_in if applied else case_bonus.take_out)(acting, made, told)
    except GovgaugeError as error:
        failure = str(error)
    except Exception:
        _log.exception("bonus run %s", run)
        failure = BROKEN
    CaseBonusRun.objects.filter(pk=run).update(ended_at=timezone.now(), failure=failure[:400])


def _beside(run: int, acting: Acting, made: CaseCount) -> None:
    try:
        carry_out(run, acting, made)
    finally:
        connections.close_all()
