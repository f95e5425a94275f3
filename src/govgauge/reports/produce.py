"""All reports of a publication in one go: what an office asks for when a round is made public."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from govgauge.reports.document.model import Document
from govgauge.reports.general.report import general_report
from govgauge.reports.material import Material
from govgauge.reports.special.kinds import Kind, kinds
from govgauge.reports.special.report import special_report
from govgauge.reports.studied import Studied
from govgauge.reports.writing import Form, Progress, write_report

GENERAL = "general"


class Produced(Struct, frozen=True):
    """A report that was written: its id (`general` or that of its kind), its title, its files."""

    id: str
    title: str
    files: tuple[Path, ...]


def produce(
    material: Path,
    out: Path,
    *,
    wanted: Iterable[str] = (),
    forms: Iterable[Form] = tuple(Form),
    progress: Progress | None = None,
) -> Iterator[Produced]:
    """Write the reports of a publication's folder, one after another, each told as soon as it is there.

    `wanted` are `general` and ids of kinds; all of them without. Raises Unusable for a folder that is no publication.
    """
    studied = Studied(Material(material))
    names = set(wanted)
    chosen = [(name, kind) for name, kind in _all() if name in names or not names]
    for place, (name, kind) in enumerate(chosen):
        if progress:
            progress("正在生成报告", place, len(chosen))
        document = _document(studied, kind)
        yield Produced(name, document.title, tuple(write_report(document, out, name, tuple(forms))))
    if progress:
        progress("报告已生成", len(chosen), len(chosen))


def report_ids() -> list[str]:
    """What may be asked for."""
    return [name for name, _ in _all()]


def _all() -> list[tuple[str, Kind | None]]:
    return [(GENERAL, None), *((kind.id, kind) for kind in kinds())]


def _document(studied: Studied, kind: Kind | None) -> Document:
    return general_report(studied) if kind is None else special_report(studied, kind)
