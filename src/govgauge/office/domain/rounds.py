"""Rounds: opened, filled, paused, frozen."""

import hashlib
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from govgauge import __version__
from govgauge.audits.catalogue import all_audits
from govgauge.errors import Unusable
from govgauge.office.domain import jobs, stages
from govgauge.office.domain import settings as round_settings
from govgauge.office.domain.entries import Added, add
from govgauge.office.domain.visits import ASSESS
from govgauge.office.lines import Line
from govgauge.office.models import JobState, Round, RoundState
from govgauge.office.program import program
from govgauge.systems import library
from govgauge.systems.canonical import digest as system_digest
from govgauge.systems.canonical import dumped

__all__ = ["ASSESS", "Added", "Line", "add", "create", "find", "freeze", "go_on", "inputs_hash", "pause"]


def create(
    slug: str,
    title: str,
    *,
    rules: str,
    as_of: date,
    settings: dict[str, object],
    plan: stages.Plan | None = None,
) -> Round:
    """Open a round with its stages. Raises Unusable when its name is taken, its rule set does not exist, or its
    settings or stages cannot be used."""
    library.rule_set(rules)
    round_settings.checked(settings)
    try:
        with transaction.atomic():
            facts = {"rules": rules, "as_of": as_of, "settings": settings, "program": program()}
            made = Round.objects.create(slug=slug, title=title or slug, **facts)
            stages.change(made, plan or {})
            return made
    except IntegrityError:
        raise Unusable(f"已有名为“{slug}”的年度评估；请换一个名称 (a round of that name exists).") from None


def find(slug: str) -> Round:
    """The round of a name. Raises Unusable naming those there are."""
    found = Round.objects.filter(slug=slug).first()
    if found is None:
        known = "、".join(Round.objects.order_by("-id").values_list("slug", flat=True)[:10]) or "还没有"
        raise Unusable(f"没有名为“{slug}”的年度评估；现有：{known} (no such round).")
    return found


def pause(round_: Round) -> None:
    """Give no more jobs out; what runs is finished."""
    _move(round_, RoundState.OPEN, RoundState.PAUSED)


def go_on(round_: Round) -> None:
    """Give jobs out again."""
    _move(round_, RoundState.PAUSED, RoundState.OPEN)


@transaction.atomic
def freeze(round_: Round) -> str:
    """Fix what the round rests on; returns the hash of its inputs. Raises Unusable while jobs are open."""
    left = round_.jobs.filter(jobs.wanted_at(timezone.now()), state__in=[JobState.READY, JobState.RUNNING]).count()
    if left:
        raise Unusable(f"还有 {left} 项任务没有结束，不能冻结；请先运行完或暂停后处理 (jobs are still open).")
    round_.inputs_hash = inputs_hash(round_)
    round_.state = RoundState.FROZEN
    round_.save(update_fields=["inputs_hash", "state"])
    return round_.inputs_hash


def inputs_hash(round_: Round) -> str:
    """SHA-256 over everything that a round's tables rest on beside the evidence."""
    entries = list(round_.entries.order_by("key").values_list("key", "group", "url", "system", "profile"))
    systems = sorted({system for _, _, _, system, _ in entries})
    inputs = {
        "govgauge": __version__,
        "entries": [list(entry) for entry in entries],
        "systems": {system: system_digest(library.system(system)) for system in systems},
        "rules": round_.rules,
        "as_of": round_.as_of.isoformat(),
        "audits": {name: audit.meta.version for name, audit in sorted(all_audits().items())},
    }
    return hashlib.sha256(dumped(inputs)).hexdigest()


def _move(round_: Round, before: RoundState, after: RoundState) -> None:
    moved = Round.objects.filter(id=round_.id, state=before).update(state=after)
    if not moved:
        round_.refresh_from_db()
        raise Unusable(
            f"“{round_.slug}”现在是“{round_.get_state_display()}”，不能这样改 (the round is {round_.state})."
        )
    round_.state = after
