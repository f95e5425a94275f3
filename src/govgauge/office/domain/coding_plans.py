"""Planning who answers what: worked out first, looked at, and then done exactly so."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import islice

from django.db import transaction
from django.db.models import Q, QuerySet, Sum

from govgauge.errors import Unusable
from govgauge.office import coding_plan
from govgauge.office.check_work import work_of
from govgauge.office.coding_plan import Proposal, Wanted
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.permissions import GRANTS, Verb
from govgauge.office.models import (
    Assignment,
    AssignmentState,
    Batch,
    BatchStep,
    BatchStepKind,
    Entry,
    Part,
    Person,
    Role,
    RoleKind,
    Round,
    RoundState,
    Standing,
)
from govgauge.office.queries.check_guides import guides_of
from govgauge.office.shares import Given, second_coders, shared

AT_ONCE = 2000
"""Rows written with one statement."""
COLLECTORS = tuple(kind for kind in RoleKind if Verb.CODE in GRANTS[kind])
TO_DO = (AssignmentState.OPEN, AssignmentState.DRAFT, AssignmentState.RETURNED)


def propose(acting: Acting, round_: Round, wanted: Wanted) -> Proposal:
    """Work a plan out; nothing is changed. The same wish on the same records gives the same plan. Raises Unusable."""
    acting.need(Verb.PLAN_COLLECTION, round_=round_)
    people = _people(round_, wanted)
    entries = list(_entries(round_, wanted))
    pieces, names = coding_plan.pieces(entries, wanted, guides_of(round_))
    if not pieces:
        raise Unusable("没有可分派的评估要点：请核对所选的组和指标 (nothing to be planned).")
    if unknown := [one for one in wanted.indicators if not any(_lies_under(piece.check, one) for piece in pieces)]:
        raise Unusable(f"没有需要人工采集的指标：{'、'.join(unknown)}；请核对编号 (no such indicators to collect).")
    _keep_apart(round_, people, entries)
    coder, seconds = _assigned(round_, Part.FIRST), _assigned(round_, Part.SECOND)
    load = dict.fromkeys(sorted(people), 0) | load_of(round_, people)
    new = [piece for piece in pieces if (piece.entry, piece.check) not in coder]
    first = shared(new, load)
    after = Counter(load)
    for piece, person in first:
        after[person] += piece.minutes
        coder[piece.entry, piece.check] = person
    done = _closed(round_) - seconds.keys()
    all_first = [(piece, coder[piece.entry, piece.check]) for piece in pieces if (piece.entry, piece.check) not in done]
    minutes = {person: after[person] for person in load}
    second = second_coders(all_first, wanted.share, seed_of(round_), minutes, seconds.keys())
    return Proposal(
        wanted=wanted,
        first=first,
        second=second,
        names=names,
        portions=tuple(coding_plan.portions(people, load, first, second)),
        assigned_before=len(pieces) - len(new),
        without_site=round_.entries.filter(url="").count(),
        digest=coding_plan.digest(first, second, wanted),
    )


@transaction.atomic
def carry_out(acting: Acting, round_: Round, wanted: Wanted, digest: str) -> Proposal:
    """Make the assignments of the plan that was looked at. Raises Unusable where the same wish gives another now."""
    Round.objects.select_for_update().get(id=round_.id)
    proposal = propose(acting, round_, wanted)
    if proposal.digest != digest:
        raise Unusable("名单、人员或分派在预览之后有了变化，没有分派；请重新预览 (others planned meanwhile).")
    counts = Counter(piece.batch for piece, _person in (*proposal.first, *proposal.second))
    batches = {about: _batch(acting, round_, about, proposal, count) for about, count in sorted(counts.items())}
    entries = {entry.id: entry for entry in _entries(round_, wanted)}
    for part, given in ((Part.FIRST, proposal.first), (Part.SECOND, proposal.second)):
        rows = (_assignment(round_, batches[one[0].batch], entries[one[0].entry], one) for one in given)
        while chunk := list(islice(rows, AT_ONCE)):
            for row in chunk:
                row.part, row.due = part, wanted.due
            Assignment.objects.bulk_create(chunk)
    return proposal


def collectors(round_: Round) -> QuerySet[Person]:
    """The people who may collect in a round."""
    in_force = Q(roles__kind__in=COLLECTORS, roles__ended_at=None)
    here = Q(roles__round=round_) | Q(roles__round=None)
    return Person.objects.filter(in_force & here, is_active=True).distinct().order_by("name", "id")


def people_of(round_: Round, names: Iterable[str]) -> tuple[int, ...]:
    """The collectors of some e-mail addresses. Raises Unusable naming those that are none."""
    known = {person.email.lower(): person.id for person in collectors(round_)}
    asked = [name.strip().lower() for name in names if name.strip()]
    if unknown := [name for name in asked if name not in known]:
        raise Unusable(f"不是本次评估的采集员：{'、'.join(unknown)}；请先给予角色 (they may not collect here).")
    return tuple(dict.fromkeys(known[name] for name in asked))


def bodies_of(round_: Round, people: Collection[int]) -> dict[int, set[str]]:
    """The keys of the assessed bodies that people stand for: they collect nothing of these."""
    roles = Role.objects.filter(Q(round=round_) | Q(round=None), kind=RoleKind.ASSESSED, ended_at=None)
    found: dict[int, set[str]] = {}
    for person, key in roles.filter(person__in=list(people)).values_list("person_id", "scope"):
        found.setdefault(person, set()).add(key)
    return found


def load_of(round_: Round, people: Collection[int]) -> dict[int, int]:
    """The minutes of what these people have left to do in a round."""
    open_ = Assignment.objects.filter(round=round_, state__in=TO_DO, person__in=list(people))
    return dict(open_.order_by().values_list("person").annotate(Sum("minutes")))


def seed_of(round_: Round) -> str:
    """By what the round draws whom it has coded twice."""
    return f"govgauge:{round_.slug}:{round_.as_of.isoformat()}"


def check_open(round_: Round) -> None:
    """Raises Unusable for a frozen round."""
    if round_.state == RoundState.FROZEN:
        raise Unusable(f"“{round_.title}”已冻结，不能再采集 (the round is frozen).")


def _people(round_: Round, wanted: Wanted) -> Mapping[int, str]:
    check_open(round_)
    if not wanted.people:
        raise Unusable("请至少选择一名采集员 (choose who collects).")
    if not 0 <= wanted.share <= 1:
        raise Unusable(f"双人采集的比例应在 0 至 1 之间，不是 {wanted.share} (the share is 0 to 1).")
    if wanted.share and len(set(wanted.people)) < 2:
        raise Unusable("双人采集至少需要两名采集员：请再选一名，或把比例改为 0 (two people are needed).")
    people = dict(collectors(round_).filter(id__in=wanted.people).values_list("id", "name"))
    if missing := set(wanted.people) - people.keys():
        raise Unusable(f"有 {len(missing)} 人不是本次评估的采集员；请先给予角色 (they may not collect here).")
    return people


def _keep_apart(round_: Round, people: Mapping[int, str], entries: Iterable[Entry]) -> None:
    """Raises Unusable where somebody would collect the body that they stand for."""
    keys = {entry.key for entry in entries}
    for person, own in bodies_of(round_, people).items():
        if shared_keys := sorted(own & keys):
            raise Unusable(
                f"{people[person]}代表“{'、'.join(shared_keys)}”，不能采集它；请不选此人，或不选它所在的组 "
                "(nobody collects their own body)."
            )


def _entries(round_: Round, wanted: Wanted) -> QuerySet[Entry]:
    found = round_.entries.filter(standing=Standing.IN).exclude(url="").order_by("group", "key", "system")
    return found.filter(group__in=wanted.groups) if wanted.groups else found


def _assigned(round_: Round, part: Part) -> dict[tuple[int, str], int]:
    rows = Assignment.objects.filter(round=round_, part=part).values_list("entry_id", "check_id", "person_id")
    return {(entry, check): person for entry, check, person in rows.iterator(chunk_size=AT_ONCE)}


def _lies_under(check: str, indicator: str) -> bool:
    return check.startswith((f"{indicator}-", f"{indicator}."))


def _closed(round_: Round) -> set[tuple[int, str]]:
    """What has its answer already: a second one would never be held against it."""
    rows = Assignment.objects.filter(round=round_, state__in=[AssignmentState.ACCEPTED, AssignmentState.DECIDED])
    return set(rows.values_list("entry_id", "check_id"))


def _batch(acting: Acting, round_: Round, about: str, proposal: Proposal, count: int) -> Batch:
    wanted = proposal.wanted
    batch = Batch.objects.filter(round=round_, cut=wanted.cut, about=about).first() or Batch(
        round=round_, cut=wanted.cut, about=about, name=proposal.names[about][:120], seed=seed_of(round_)
    )
    with noted(acting, "collection.plan", batch, round_=round_):
        batch.double_share = wanted.share
        batch.save()
    BatchStep.objects.create(
        batch=batch, kind=BatchStepKind.PLANNED, due=wanted.due, comment=f"分派 {count} 项", by=acting.person
    )
    Assignment.objects.filter(batch=batch).exclude(due=wanted.due).update(due=wanted.due)
    return batch


def _assignment(round_: Round, batch: Batch, entry: Entry, given: Given) -> Assignment:
    piece, person = given
    work = work_of(entry.system, entry.profile, piece.check)
    assert work is not None  # noqa: S101 - the piece was made of it
    return Assignment(
        round=round_,
        batch=batch,
        entry=entry,
        check_id=piece.check,
        indicator=work.indicator,
        method=work.method.value,
        person_id=person,
        minutes=piece.minutes,
    )
