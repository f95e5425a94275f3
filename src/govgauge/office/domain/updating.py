"""What changed about the subjects of a round since they came into it: told one by one, and recorded when wanted."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office import by_command
from govgauge.office.domain import jobs, leaving, renamed_bodies, visits
from govgauge.office.domain.acting import noted_by_command
from govgauge.office.domain.entries import Book, Identity, Once, identity_of, lock
from govgauge.office.lines import Line, Offer
from govgauge.office.models import ChangeKind, Entry, EntryChange, Job, JobState, Round, Standing
from govgauge.office.queries.entry_names import Names
from govgauge.subjects.keys import SEPARATOR, name_in, parent_in

BETWEEN = "、"


NOBODY_TWICE = Names(frozenset())


class Change(Struct, frozen=True, kw_only=True):
    """One change of an entry: what is recorded now, and what the list says.

    The entry is named by what it has before: its key and its system.
    """

    key: str
    system: str
    kind: ChangeKind
    before: str
    after: str

    @property
    def of(self) -> Identity:
        """The entry."""
        return self.key, self.system

    def sentence(self, names: Names = NOBODY_TWICE) -> str:
        """`names` tells where a subject has several entries."""
        name = names.of(self.key, self.system)
        return f"“{name}”{self.kind.label}：{self.before or '（无）'} → {self.after or '（无）'}"


class Updating(Struct, frozen=True, kw_only=True):
    """What a list changes about a round; `names` are those of the round's entries.

    `refused` are sentences for changes that cannot be; `absent` counts subjects of the list that are not in the round.
    """

    changes: tuple[Change, ...]
    refused: tuple[str, ...]
    absent: int
    names: Names = NOBODY_TWICE


def compare(round_: Round, offer: Offer) -> Updating:
    """Hold a list against the entries of a round. Entries that the list does not mention are left alone."""
    return _Comparison(round_, offer).made()


@transaction.atomic
def apply(round_: Round, changes: Iterable[Change], by: str = "") -> None:
    """Record changes: the entries as they are now, what they were in their history, and a new visit for a site that
    moved. What was seen of a site that moved or is no more counts no longer; the evidence of its visits stays.
    The people of a renamed body follow it.

    Raises Unusable for a frozen round, and for a site that is being visited.
    """
    changes = list(changes)
    lock(round_)
    _refuse_while_visited(round_, changes)
    entries = {identity_of(entry): entry for entry in round_.entries.all()}
    who = by or by_command.person()
    made = [(entries[change.of], change) for change in changes if change.of in entries]
    for entry, change in made:
        _changed(entry, change)
        entry.save()
    EntryChange.objects.bulk_create(
        EntryChange(entry=entry, kind=change.kind, before=change.before[:500], after=change.after[:500], by=who)
        for entry, change in made
    )
    _visit_anew(round_, [entry for entry, change in made if change.kind in MOVING])
    _visit_no_more([entry for entry, change in made if change.kind in LEAVING])
    leaving.take_up([entry for entry, change in made if change.kind in MOVING])
    leaving.drop([entry for entry, change in made if change.kind in LEAVING], "对象离开名单或网站关闭")
    shown = [f"{entry.key}：{change.kind.label}" for entry, change in made[:MOST_TOLD]]
    if made:
        noted_by_command("round.update", round_, {}, {"changes": len(made), "list": shown})
    renamed_bodies.follow(round_, {one.before: one.after for _entry, one in made if one.kind is ChangeKind.RENAMED})
    leaving.drop_unasked([entry for entry, change in made if change.kind is ChangeKind.SCORED_BY])


MOST_TOLD = 50
"""Changes that the trail names; all stand in the history of the entries."""
MOVING = frozenset({ChangeKind.SITE_FOUND, ChangeKind.SITE_MOVED})
LEAVING = frozenset({ChangeKind.SITE_CLOSED, ChangeKind.MERGED, ChangeKind.GONE})
NO_LONGER = "不再需要：网站已换、已关，或对象已并入、撤销 (no longer needed)"


class _Comparison:
    def __init__(self, round_: Round, offer: Offer) -> None:
        self._offer = offer
        self._book = Book(round_)
        self._entries: dict[str, list[Entry]] = {}
        for entry in self._book.known.values():
            if entry.standing == Standing.IN:
                self._entries.setdefault(entry.key, []).append(entry)
        self._offered: dict[str, list[Line]] = {}
        for line in offer.lines:
            self._offered.setdefault(line.key, []).append(line)
        self._refused: list[str] = list(offer.refused)
        self._absent = 0

    def made(self) -> Updating:
        renamed = self._renamed()
        known_as = {after: before for before, after in renamed.items()}
        changes = [
            Change(key=before, system=entry.system, kind=ChangeKind.RENAMED, before=before, after=after)
            for before, after in renamed.items()
            for entry in self._entries[before]
        ]
        changes += self._left(renamed)
        once = Once()
        for line in self._offer.lines:
            if fault := once.fault(line):
                self._refused.append(line.told(fault))
                continue
            entry = self._entry_of(line, known_as.get(line.key, line.key))
            if entry is None:
                self._absent += identity_of(line) not in self._book.known
                continue
            changes += self._facts(entry, line)
        changes.sort(key=lambda change: change.kind == ChangeKind.RENAMED)  # others find the entry by its old key
        names = Names.among(key for key, _system in self._book.known)
        return Updating(changes=tuple(changes), refused=tuple(self._refused), absent=self._absent, names=names)

    def _entry_of(self, line: Line, key: str) -> Entry | None:
        """That of the line's system; where subject and list have one each, a line of another system is a change."""
        there = self._entries.get(key, [])
        same = next((entry for entry in there if entry.system == line.system), None)
        if same or len(there) != 1 or len(self._offered[line.key]) != 1:
            return same
        return None if (key, line.system) in self._book.known else there[0]

    def _renamed(self) -> dict[str, str]:
        """Keys before and after: a body that alone took over from one that is gone, and all below it."""
        found = {
            before: after[0]
            for before, after in self._offer.gone.items()
            if before in self._entries
            and len(after) == 1
            and after[0] not in self._entries
            and after[0] in self._offered
            and self._offered[after[0]][0].before == (before,)
        }
        for key in self._entries:
            above = next((before for before in found if key.startswith(f"{before}{SEPARATOR}")), None)
            if above is not None and key not in found and key not in self._offered:
                moved = f"{found[above]}{key.removeprefix(above)}"
                if moved in self._offered and moved not in self._entries:
                    found[key] = moved
        return found

    def _left(self, renamed: dict[str, str]) -> Iterator[Change]:
        for key, followers in self._offer.gone.items():
            if key in self._entries and key not in renamed:
                kind = ChangeKind.MERGED if followers else ChangeKind.GONE
                for entry in self._entries[key]:
                    yield Change(key=key, system=entry.system, kind=kind, before=key, after=BETWEEN.join(followers))

    def _facts(self, entry: Entry, line: Line) -> Iterator[Change]:
        other, fault = self._book.entry_of(line)
        if fault:
            self._refused.append(line.told(fault))
            return
        other.key = entry.key
        told = partial(Change, key=entry.key, system=entry.system)
        if other.url != entry.url:
            clash = self._book.clash_of_site(other)
            if clash:
                self._refused.append(line.told(clash))
            else:
                self._book.move(entry.url, other)
                yield told(kind=_of_site(entry.url, other.url), before=entry.url, after=other.url)
        if other.group != entry.group:
            yield told(kind=ChangeKind.GROUP, before=entry.group, after=other.group)
        if (other.system, other.profile) != (entry.system, entry.profile):
            yield told(
                kind=ChangeKind.SCORED_BY,
                before=f"{entry.system} {entry.profile}",
                after=f"{other.system} {other.profile}",
            )


def _of_site(before: str, after: str) -> ChangeKind:
    if not before:
        return ChangeKind.SITE_FOUND
    return ChangeKind.SITE_MOVED if after else ChangeKind.SITE_CLOSED


def _changed(entry: Entry, change: Change) -> None:
    match change.kind:
        case ChangeKind.SITE_FOUND | ChangeKind.SITE_MOVED | ChangeKind.SITE_CLOSED:
            entry.url = change.after
        case ChangeKind.RENAMED:
            entry.key, entry.name, entry.parent = change.after, name_in(change.after), parent_in(change.after)
        case ChangeKind.MERGED:
            entry.standing, entry.became = Standing.MERGED, change.after[:400]
        case ChangeKind.GONE:
            entry.standing = Standing.GONE
        case ChangeKind.GROUP:
            entry.group = change.after
        case ChangeKind.SCORED_BY:
            entry.system, _, entry.profile = change.after.partition(" ")


def _refuse_while_visited(round_: Round, changes: Iterable[Change]) -> None:
    keys = {change.key for change in changes if change.kind in MOVING | LEAVING}
    running = Job.objects.filter(round=round_, entry__key__in=keys, state=JobState.RUNNING)
    visited = sorted(set(running.values_list("entry__key", flat=True)))
    if visited:
        raise Unusable(f"{BETWEEN.join(visited)}的网站正在采集，请稍后再记入 (the site is being visited).")


def _visit_anew(round_: Round, entries: Sequence[Entry]) -> None:
    """A visit of the present site: the one that waits, else another one."""
    visits.supersede([entry.id for entry in entries])
    for entry in entries:
        host = urlsplit(entry.url).netloc
        known = entry.jobs.filter(task__startswith=visits.ASSESS)
        _drop(entry.jobs.exclude(id__in=known))
        if known.filter(state=JobState.READY).update(host=host, attempts=0, not_before=None):
            continue
        tasks = list(known.values_list("task", flat=True))
        jobs.open_all([Job(round=round_, entry=entry, task=visits.next_task(tasks), host=host)])


def _visit_no_more(entries: Sequence[Entry]) -> None:
    visits.supersede([entry.id for entry in entries])
    _drop(Job.objects.filter(entry__in=entries))


def _drop(needless: QuerySet[Job]) -> None:
    needless.filter(state=JobState.READY).update(state=JobState.DONE, reason=NO_LONGER, ended_at=timezone.now())
