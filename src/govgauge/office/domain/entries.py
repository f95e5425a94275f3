"""Subjects coming into a round: the good ones are taken, and a sentence is told for each other one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from urllib.parse import urlsplit

from django.db import transaction
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.gather import urls
from govgauge.office import by_command
from govgauge.office.domain import jobs
from govgauge.office.domain import settings as round_settings
from govgauge.office.domain.acting import noted_by_command
from govgauge.office.domain.visits import ASSESS
from govgauge.office.lines import Line
from govgauge.office.models import ChangeKind, Entry, EntryChange, Job, Round, RoundState, Standing
from govgauge.office.policy import SharedSites
from govgauge.subjects.addresses import site_identity
from govgauge.systems import library
from govgauge.systems.profiles import profile_of

LONGEST = {"key": 400, "name": 120, "parent": 280, "group": 60, "region": 60, "url": 500}
"""Characters that the columns of an entry hold."""
HEADINGS = {"key": "路径", "name": "名称", "parent": "上级", "group": "组", "region": "地区", "url": "地址"}


MOST_TOLD = 50
"""Subjects that the trail names of those added at once."""


class Added(Struct, frozen=True, kw_only=True):
    """What came of a list: how many subjects were added, how many were there already as they are.

    `also` counts those added that another system of the round assesses, too.
    `refused` has a sentence for each line that cannot be used, `changed` one for each that differs from its entry.
    """

    count: int
    unchanged: int
    without_site: int
    also: int
    refused: tuple[str, ...]
    changed: tuple[str, ...]


@transaction.atomic
def add(round_: Round, lines: Sequence[Line], *, strict: bool = False) -> Added:
    """Add subjects to a round, each with the job of assessing its site. With `strict`, all or none.

    Raises Unusable for a frozen round, or when `strict` and not all can be added.
    """
    lock(round_)
    book = Book(round_)
    good: list[Entry] = []
    refused: list[str] = []
    changed: list[str] = []
    unchanged = 0
    once = Once()
    for line in lines:
        made, fault = book.entry_of(line)
        fault = fault or once.fault(line)
        known = book.known.get(identity_of(made))
        if not fault and known is not None:
            different = differences(known, made)
            unchanged += not different
            changed += [line.told(f"{one}；请用 round update 查看并加 --apply 记入") for one in different]
            continue
        fault = fault or book.clash_of_site(made)
        if fault:
            refused.append(line.told(fault))
            continue
        book.take(made)
        good.append(made)
    if strict and (refused or changed):
        raise Unusable("\n".join([*refused, *changed, "没有加入任何一个 (nothing was added)."]))
    turns = Counter(book.visited())
    open_jobs(round_, Entry.objects.bulk_create(good), turns)
    _note_former_names(good, lines)
    if good:
        noted_by_command("round.fill", round_, {}, {"added": len(good), "list": [one.key for one in good[:MOST_TOLD]]})
    return Added(
        count=len(good),
        unchanged=unchanged,
        without_site=sum(not entry.url for entry in good),
        also=book.also(good),
        refused=tuple(refused),
        changed=tuple(changed),
    )


def _note_former_names(added: Sequence[Entry], lines: Sequence[Line]) -> None:
    """Keep of which body the list says that it had another name before: over the years it is the same one."""
    before = {line.key: line.before[0] for line in lines if len(line.before) == 1}
    who = by_command.person()
    EntryChange.objects.bulk_create(
        EntryChange(entry=entry, kind=ChangeKind.RENAMED, before=before[entry.key][:500], after=entry.key, by=who)
        for entry in added
        if entry.key in before
    )


def lock(round_: Round) -> None:
    """Let nobody else change the round's subjects meanwhile. Raises Unusable when it is frozen."""
    state = Round.objects.select_for_update().values_list("state", flat=True).get(id=round_.id)
    if state == RoundState.FROZEN:
        raise Unusable(f"“{round_.slug}”已冻结，不能再改变评估对象 (the round is frozen).")


Identity = tuple[str, str]
"""Key and system: a subject is assessed once by a system, and by as many systems as lists say."""


def identity_of(entry: Entry | Line) -> Identity:
    """What no two entries of a round have in common."""
    return entry.key, entry.system


class Once:
    """Lines of one list: each subject may stand in it once for a system."""

    def __init__(self) -> None:
        self._first: dict[Identity, Line] = {}

    def fault(self, line: Line) -> str:
        """Whose second line it is; empty for the first one, which is remembered."""
        first = self._first.setdefault(identity_of(line), line)
        if first is line:
            return ""
        where = f"第 {first.number} 行" if first.number else "前面"
        return f"“{line.key}”在{where}已列出，请删去一行或写明上级"


class Book:
    """The entries of a round at hand, by key and system, and by site."""

    def __init__(self, round_: Round) -> None:
        self._round = round_
        self._shared = round_settings.of(round_).shared_sites
        self._profile = cache(_profile)
        self.known: dict[Identity, Entry] = {identity_of(entry): entry for entry in round_.entries.all()}
        self.new: set[Identity] = set()
        self._sites: dict[str, str] = {}
        for entry in self.known.values():
            if entry.url and entry.standing == Standing.IN:
                self._sites[site_of(entry.url)] = entry.key

    def entry_of(self, line: Line) -> tuple[Entry, str]:
        """The entry that a line asks for, and what is wrong with the line itself (empty: nothing)."""
        is_site = not line.url or (urls.is_web(line.url) and bool(urls.host(line.url)))
        profile, fault = self._profile(line.system, line.profile)
        made = Entry(
            round=self._round,
            key=line.key,
            name=line.name,
            parent=line.parent,
            group=line.group,
            region=line.region,
            url=urls.canonical(line.url) if line.url and is_site else "",
            system=line.system,
            profile=profile,
        )
        if not line.name:
            return made, "没有名称，请填写"
        if not is_site:
            return made, f"“{line.url}”不是网站地址，请写成 http://www.example.gov.cn/"
        return made, fault or _too_long(made)

    def clash_of_site(self, made: Entry) -> str:
        """Whose site it is already, where subjects may not share one; else empty."""
        owner = self._sites.get(site_of(made.url)) if made.url else None
        if owner is None or owner == made.key or self._shared is SharedSites.ALLOW:
            return ""
        return (
            f"网站 {made.url} 已属于“{owner}”，一个网站只能有一个评估对象；"
            "确系共用的，请在新建时设置 shared_sites 为 allow"
        )

    def take(self, made: Entry) -> None:
        """Remember an entry that is about to be added."""
        self.known[identity_of(made)] = made
        self.new.add(identity_of(made))
        if made.url:
            self._sites.setdefault(site_of(made.url), made.key)

    def move(self, before: str, made: Entry) -> None:
        """Remember that an entry's site is another one now."""
        if before and self._sites.get(site_of(before)) == made.key:
            del self._sites[site_of(before)]
        if made.url:
            self._sites.setdefault(site_of(made.url), made.key)

    def visited(self) -> list[str]:
        """The groups of the entries that have a site, one for each: turns go on from there."""
        return [entry.group for one, entry in self.known.items() if entry.url and one not in self.new]

    def also(self, good: Iterable[Entry]) -> int:
        """How many of some entries are of subjects that have another entry."""
        counted = Counter(key for key, _system in self.known)
        return sum(counted[entry.key] > 1 for entry in good)


def site_of(url: str) -> str:
    """The same for all addresses of one site."""
    return site_identity(url) or url


def differences(entry: Entry, other: Entry) -> list[str]:
    """In what a list differs from an entry, a clause for each."""
    found = []
    if entry.url != other.url:
        found.append(f"网站由 {entry.url or '（无）'} 变为 {other.url or '（无）'}")
    if entry.group != other.group:
        found.append(f"组由“{entry.group}”变为“{other.group}”")
    if (entry.system, entry.profile) != (other.system, other.profile):
        found.append(f"指标体系由 {entry.system}（{entry.profile}）变为 {other.system}（{other.profile}）")
    return found


def open_jobs(round_: Round, entries: Iterable[Entry], turns: Counter[str]) -> None:
    """A job for each entry that has a site; `turns` counts those that its group has already."""
    made = []
    for entry in entries:
        if entry.url:
            turn = turns[entry.group]
            turns[entry.group] += 1
            made.append(Job(round=round_, entry=entry, task=ASSESS, host=urlsplit(entry.url).netloc, turn=turn))
    jobs.open_all(made)


def _profile(system: str, profile: str) -> tuple[str, str]:
    """The profile by which is scored, and what is wrong (empty: nothing)."""
    try:
        return profile_of(library.system(system), profile), ""
    except Unusable as error:
        return profile, str(error).partition(" (")[0]


def _too_long(made: Entry) -> str:
    for name, most in LONGEST.items():
        if len(getattr(made, name)) > most:
            return f"{HEADINGS[name]}超过 {most} 字，请缩短"
    return ""
