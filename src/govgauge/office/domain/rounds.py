"""Rounds: opened, filled, paused, frozen."""

import csv
import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.db.models import Count
from msgspec import Struct

from govgauge import __version__
from govgauge.audits.catalogue import all_audits
from govgauge.errors import Unusable
from govgauge.gather import urls
from govgauge.office.domain import jobs, stages
from govgauge.office.domain import settings as round_settings
from govgauge.office.models import Entry, Job, JobState, Round, RoundState
from govgauge.office.program import program
from govgauge.systems import library
from govgauge.systems.canonical import digest as system_digest
from govgauge.systems.canonical import dumped
from govgauge.systems.profiles import profile_of

ASSESS = "assess"
"""The task that visits and judges a site."""
COLUMNS = ("name", "parent", "group", "url", "system", "profile")
NEEDED = ("name", "url", "system")


class Line(Struct, frozen=True):
    """A line of a list of subjects: `number` in its file, then its cells."""

    number: int
    name: str
    parent: str
    group: str
    url: str
    system: str
    profile: str

    @property
    def key(self) -> str:
        """Parent and name: names repeat across provinces."""
        return f"{self.parent}/{self.name}" if self.parent else self.name


class Added(Struct, frozen=True):
    """What came of a list: how many entries were added, and a sentence for each line that was not."""

    count: int
    refused: tuple[str, ...]


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


def read_list(path: Path) -> list[Line]:
    """The lines of a list of subjects (CSV in UTF-8 with a header). Raises Unusable when it cannot be read at all."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Unusable(f"{path}：不是 UTF-8 编码。请另存为“CSV UTF-8”后再试 (save as UTF-8).") from None
    except OSError as error:
        raise Unusable(f"{path}：无法读取（{error.strerror}）(cannot be read).") from None
    reader = csv.DictReader(text.splitlines())
    missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
    if missing:
        raise Unusable(f"{path} 第 1 行：缺少列 {'、'.join(missing)}；需要 {'、'.join(COLUMNS)} (missing columns).")
    return [
        Line(reader.line_num, *((row.get(name) or "").strip() for name in COLUMNS))
        for row in reader
        if any((cell or "").strip() for cell in row.values() if isinstance(cell, str))
    ]


@transaction.atomic
def add(round_: Round, lines: Sequence[Line]) -> Added:
    """Add subjects to a round, each with the job of assessing its site; lines that cannot be used are told."""
    if round_.state == RoundState.FROZEN:
        raise Unusable(f"“{round_.slug}”已冻结，不能再增加评估对象 (the round is frozen).")
    refused: list[str] = []
    good: list[tuple[Line, str]] = []
    keys = set(round_.entries.values_list("key", flat=True))
    sites = {(url, system, profile): key for url, system, profile, key in _sites(round_)}
    for line in lines:
        profile, fault = _checked(line)
        place = (urls.canonical(line.url) if line.url and not fault else "", line.system, profile)
        if not fault and line.key in keys:
            fault = f"“{line.key}”已在本轮中，请删去一行或写明上级"
        if not fault and line.url and place in sites:
            fault = f"网站 {line.url} 已属于“{sites[place]}”，一个网站只能有一个评估对象"
        if fault:
            refused.append(f"第 {line.number} 行：{fault}。")
            continue
        keys.add(line.key)
        sites[place] = line.key
        good.append((line, profile))
    made = Entry.objects.bulk_create(
        [
            Entry(
                round=round_,
                key=line.key,
                name=line.name,
                parent=line.parent,
                group=line.group,
                url=urls.canonical(line.url) if line.url else "",
                system=line.system,
                profile=profile,
            )
            for line, profile in good
        ]
    )
    _open_jobs(round_, made)
    return Added(len(made), tuple(refused))


def pause(round_: Round) -> None:
    """Give no more jobs out; what runs is finished."""
    _move(round_, RoundState.OPEN, RoundState.PAUSED)


def go_on(round_: Round) -> None:
    """Give jobs out again."""
    _move(round_, RoundState.PAUSED, RoundState.OPEN)


@transaction.atomic
def freeze(round_: Round) -> str:
    """Fix what the round rests on; returns the hash of its inputs. Raises Unusable while jobs are open."""
    left = round_.jobs.filter(state__in=[JobState.READY, JobState.RUNNING]).count()
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


def _checked(line: Line) -> tuple[str, str]:
    """The profile by which a line is scored, and what is wrong with the line (empty: nothing)."""
    if not line.name:
        return "", "没有名称，请填写"
    if line.url and not (urls.is_web(line.url) and urls.host(line.url)):
        return "", f"“{line.url}”不是网站地址，请写成 http://www.example.gov.cn/"
    try:
        return profile_of(library.system(line.system), line.profile), ""
    except Unusable as error:
        return "", str(error).partition(" (")[0]


def _sites(round_: Round) -> Iterable[tuple[str, str, str, str]]:
    return round_.entries.exclude(url="").values_list("url", "system", "profile", "key")


def _open_jobs(round_: Round, entries: Sequence[Entry]) -> None:
    """A job for each entry that has a site; turns go on from those that its group has already."""
    counts = dict(round_.entries.filter(jobs__isnull=False).values_list("group").annotate(Count("id")))
    opened = []
    for entry in entries:
        if entry.url:
            turn = counts.get(entry.group, 0)
            counts[entry.group] = turn + 1
            host = urlsplit(entry.url).netloc
            opened.append(Job(round=round_, entry=entry, task=ASSESS, host=host, turn=turn))
    jobs.open_all(opened)


def _move(round_: Round, before: RoundState, after: RoundState) -> None:
    moved = Round.objects.filter(id=round_.id, state=before).update(state=after)
    if not moved:
        round_.refresh_from_db()
        raise Unusable(
            f"“{round_.slug}”现在是“{round_.get_state_display()}”，不能这样改 (the round is {round_.state})."
        )
    round_.state = after
