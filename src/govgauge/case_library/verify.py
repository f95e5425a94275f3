"""Whether the cases are as many as their source says, and whether everything they name is there."""

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from govgauge.case_library import library, links
from govgauge.case_library.model import Announced, Edition


class Mismatch(Struct, frozen=True):
    """A number of the source that the listed cases do not bear out; `recorded` when a defect tells of it."""

    announced: Announced
    listed: int
    recorded: bool


def mismatches(edition: Edition) -> tuple[Mismatch, ...]:
    """The announced numbers of a year that are not those of its cases."""
    found = []
    for one in edition.announced:
        listed = sum(case.kind is one.kind and one.group in {None, case.group} for case in edition.cases)
        if listed != one.number:
            known = (one.kind, one.group, one.number, listed)
            told = {(defect.kind, defect.group, defect.announced, defect.listed) for defect in edition.defects}
            found.append(Mismatch(one, listed, known in told))
    return tuple(found)


def faults() -> list[str]:
    """A sentence for each id given twice and for each link that leads nowhere; empty when the library is sound."""
    return [*_twice(), *_strangers(), *_broken()]


def _twice() -> Iterator[str]:
    ids = Counter(case.id for case in library.cases())
    yield from (f"编号 {one} 用了 {number} 次" for one, number in ids.items() if number > 1)
    named = Counter((case.year, case.kind, case.owner, case.name) for case in library.cases())
    yield from (f"{'，'.join(map(str, one))} 列了 {number} 次" for one, number in named.items() if number > 1)


def _strangers() -> Iterator[str]:
    ids = {case.id for case in library.cases()}
    for edition in library.editions():
        for defect in edition.defects:
            if defect.case and defect.case not in ids:
                yield f"{edition.id} 的矛盾说到不存在的案例 {defect.case}"
    for one in library.described():
        if one.id not in ids:
            yield f"所述的案例 {one.id} 不存在"


def _broken() -> Iterator[str]:
    for one in library.described():
        for capability in one.capabilities:
            try:
                audits = links.audits_of(capability)  # looks every check up
                if bool(capability.checks or audits) is capability.unmeasured:
                    yield f"{one.id}：“{capability.zh}”应连到评估要点或自动检查，或标明没有要点衡量它，二者取一"
            except links.BrokenLink as error:
                yield f"{one.id}：{error}"
