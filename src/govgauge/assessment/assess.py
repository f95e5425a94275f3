"""One site, from its address to its files; and the same again from kept evidence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import partial
from importlib import import_module
from pathlib import Path

from msgspec.structs import replace

from govgauge.assessment import shards
from govgauge.assessment.conclusion import Basis, Conclusion
from govgauge.assessment.frame import Frame
from govgauge.assessment.light_tables import LightTables, TableKeeper
from govgauge.assessment.reader import ReaderFactory
from govgauge.assessment.table_process import TableProcess
from govgauge.audits import catalogue
from govgauge.errors import Unusable
from govgauge.gather import archive, urls
from govgauge.gather.problems import DiskFullError
from govgauge.gather.visit import Plan, Progress, Visit, replay, visit
from govgauge.structure.page import ReadContext
from govgauge.systems import library
from govgauge.systems.model import System
from govgauge.systems.rules import RuleSet

Show = Callable[[Progress], None]
CHINA = timezone(timedelta(hours=8))
"""Where the sites are: what they published today must not lie in the future of a machine elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What `assess` was asked to do."""

    url: str
    folder: Path
    system: str
    rules: str
    profile: str = ""
    as_of: date | None = None
    max_pages: int = 5000
    max_seconds: float = 3600
    rate: float = 5
    concurrency: int = 4
    obey_robots: bool = True
    browser: bool = True
    connect_to: tuple[str, ...] = ()
    ca_file: str = ""
    resume: bool = False
    whole: bool = True
    """Whether tables of pages and links and reports are written, too; the archive gives them at any time."""
    reading_processes: int = 2
    """How many processes read pages; 0: the one that visits."""
    given: tuple[System, RuleSet] | None = None
    """The system and rule set themselves, where they are not those of the library."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejudge:
    """What `judge` was asked to do; empty fields mean: as when the site was assessed."""

    folder: Path
    out: Path
    system: str = ""
    profile: str = ""
    rules: str = ""
    as_of: date | None = None
    whole: bool = True
    """Whether tables and reports are written, too."""
    given: tuple[System, RuleSet] | None = None
    """The system and rule set themselves, where they are not those of the library."""


def run(request: Request, show: Show) -> Conclusion:
    """Visit the site, judge it, and write every file of the contract into the folder.

    Raises errors.GovgaugeError with the sentence to be shown; what was gathered until then stays in the folder.
    """
    address = _address(request.url)
    system, profile, rules = _chosen(request.system, request.profile, request.rules, request.given)
    folder = request.folder
    _usable_folder(folder, resume=request.resume)
    as_of = request.as_of or _kept_day(folder, request.resume) or datetime.now(CHINA).date()
    frame = Frame(url=address, system=system.id, profile=profile, rules=rules.id, as_of=as_of)
    if not request.resume or not Frame.exists(folder) or Frame.read(folder).url == address:
        frame.write(folder)  # that of another site stays: the visit will refuse the folder
    shards.clear(folder)
    plan = Plan(
        url=address,
        max_pages=request.max_pages,
        max_seconds=request.max_seconds,
        rate=request.rate,
        concurrency=request.concurrency,
        obey_robots=request.obey_robots,
        connect_to=request.connect_to,
        ca_file=request.ca_file,
        reading_processes=request.reading_processes,
    )
    with _tables(folder, whole=request.whole) as tables:
        readers, ahead = _readers(folder, frame, rules), partial(next, _loading(), None)
        done = visit(plan, folder, readers, resume=request.resume, progress=show, spare=ahead)
        return _concluded(done, Basis(frame, system, rules), folder, tables, show, reported=request.whole)


def rejudge(request: Rejudge, show: Show) -> Conclusion:
    """Judge a gathered site again from its archive, without network."""
    kept = Frame.read(request.folder)
    system, profile, rules = _chosen(
        request.system or kept.system,
        request.profile or ("" if request.system else kept.profile),
        request.rules or kept.rules,
        request.given,
    )
    _refuse_other_evidence(request.folder, request.out)
    _usable_folder(request.out, resume=True)
    frame = replace(kept, system=system.id, profile=profile, rules=rules.id, as_of=request.as_of or kept.as_of)
    shards.clear(request.out)
    with _tables(request.out, whole=request.whole) as tables:
        try:
            done = replay(request.folder, _readers(request.out, frame, rules), progress=show)
        except DiskFullError:
            shards.clear(request.out)
            raise Unusable(
                f"磁盘已满：{request.out} 写不下；腾出空间后重新运行 judge (disk full; make room and judge again)."
            ) from None
        frame.write(request.out)
        return _concluded(done, Basis(frame, system, rules), request.folder, tables, show, reported=request.whole)


def _tables(folder: Path, *, whole: bool) -> TableKeeper:
    return TableProcess(folder) if whole else LightTables(folder)


def _concluded(
    done: Visit, basis: Basis, gathered: Path, tables: TableKeeper, show: Show, *, reported: bool
) -> Conclusion:
    # Loading what the conclusion needs takes time that need not pass before the visit (see `_loading`).
    from govgauge.assessment.concluding import conclude  # noqa: PLC0415

    return conclude(done, basis, gathered, tables, show, reported=reported)


def _loading() -> Iterator[None]:
    """Load what the conclusion needs, step by step."""
    yield from catalogue.loading()
    import_module("govgauge.assessment.concluding")


def _readers(folder: Path, frame: Frame, rules: RuleSet) -> ReaderFactory:
    context = ReadContext(home=urls.canonical(frame.url), host=urls.host(frame.url), as_of=frame.as_of)
    readers = ReaderFactory(folder, context, {audit: dict(values) for audit, values in rules.audit_params.items()})
    readers.warm()
    return readers


def _address(text: str) -> str:
    """The address of the home page with its scheme. Raises Unusable."""
    text = text.strip()
    address = text if "://" in text else f"http://{text}"
    if not address.lower().startswith(("http://", "https://")) or not urls.host(address) or " " in text:
        raise Unusable(f"“{text}”不是网站地址；请写成 http://www.example.gov.cn/ (not the address of a website).")
    return urls.canonical(address)


def _chosen(
    system_id: str, profile: str, rules_id: str, given: tuple[System, RuleSet] | None
) -> tuple[System, str, RuleSet]:
    system, rules = given or (library.system(system_id), library.rule_set(rules_id))
    profiles = system.profile_ids()
    if profile and profile not in profiles:
        raise Unusable(f"指标体系 {system_id} 没有权重档“{profile}”；可选：{'、'.join(profiles)} (unknown profile).")
    if not profile and len(profiles) > 1:
        raise Unusable(f"请用 --profile 选择权重档：{'、'.join(profiles)} (choose a profile).")
    return system, profile or profiles[0], rules


def _usable_folder(folder: Path, *, resume: bool) -> None:
    """Make the folder, and refuse one that holds an earlier assessment unless it is to be resumed."""
    folder.mkdir(parents=True, exist_ok=True)
    if not resume and (folder / archive.NAME).exists():
        raise Unusable(
            f"{folder} 中已有一次评估；请换一个目录，或加 --resume 继续 (the folder holds an assessment; use --resume)."
        )
    probe = folder / ".writable"
    probe.write_bytes(b"")
    probe.unlink()


def _refuse_other_evidence(folder: Path, out: Path) -> None:
    """Judging must not overwrite the evidence of another visit. Raises Unusable."""
    source, target = folder / archive.NAME, out / archive.NAME
    if target.exists() and source.exists() and not target.samefile(source):
        raise Unusable(
            f"{out} 中有另一次采集的材料，不能覆盖；请换一个目录 (the folder holds the evidence of another visit)."
        )


def _kept_day(folder: Path, resume: bool) -> date | None:
    """The day of an interrupted assessment: resuming it on the next day must not change what is judged."""
    return Frame.read(folder).as_of if resume and Frame.exists(folder) else None
