"""Which indicators of two systems are the same: by a given list, else by path, else by a name that only one has."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from govgauge.analysis.vocabulary import Vocabulary, leaf_words
from govgauge.errors import Unusable
from govgauge.scoring.csv_lines import UnusableTable, csv_lines
from govgauge.systems.model import Indicator, System

FROM, TO = "from", "to"
FORM = f"第一行应为表头：{FROM},{TO}（前一轮和后一轮的末级指标编号或名称）。"


class Pairing(Struct, frozen=True):
    """Common leaves, from the later system's code to the earlier one's; and the leaves that only one of them has."""

    earlier_by_later: dict[str, str]
    only_earlier: tuple[str, ...]
    only_later: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether both systems have the same leaves."""
        return not (self.only_earlier or self.only_later)


def paired(
    earlier: System, earlier_profile: str, later: System, later_profile: str, given: Mapping[str, str] | None = None
) -> Pairing:
    """Match the leaves assessed in both. `given` leads from the later code to the earlier one, alone."""
    old, new = _assessed(earlier, earlier_profile), _assessed(later, later_profile)
    matched = dict(given) if given is not None else _matched(old, new)
    return Pairing(
        earlier_by_later=matched,
        only_earlier=tuple(code for code in old if code not in set(matched.values())),
        only_later=tuple(code for code in new if code not in matched),
    )


def read_pairs(path: Path, earlier: System, earlier_profile: str, later: System, later_profile: str) -> dict[str, str]:
    """The pairs of a CSV with the columns from and to (codes, names or paths). Raises UnusableTable."""
    lines = csv_lines(path, FORM)
    header = [cell.strip() for cell in lines[0][1]]
    if FROM not in header or TO not in header:
        raise UnusableTable(path, [f"第 {lines[0][0]} 行：缺少列“{FROM}”或“{TO}”。{FORM}"])
    sides: list[tuple[int, Vocabulary, dict[str, int]]] = [
        (header.index(FROM), leaf_words(earlier, earlier_profile), {}),
        (header.index(TO), leaf_words(later, later_profile), {}),
    ]
    faults: list[str] = []
    pairs: dict[str, str] = {}
    for number, cells in lines[1:]:
        codes = []
        for column, words, seen in sides:
            word = cells[column].strip() if column < len(cells) else ""
            code = words.headings.get(word)
            if code is None:
                faults.append(
                    f"第 {number} 行：“{word}”不是 {words.system} 的末级指标。请核对编号 (no such indicator)."
                )
            elif seen.setdefault(code, number) != number:
                faults.append(f"第 {number} 行：{code} 在第 {seen[code]} 行已经配过对。请删去一行 (paired twice).")
            else:
                codes.append(code)
        if len(codes) == len(sides):
            pairs[codes[1]] = codes[0]
    if not pairs and not faults:
        faults.append("没有一对指标。请至少写明一对 (no pairs).")
    if faults:
        raise UnusableTable(path, faults)
    return pairs


def pruned(system: System, codes: Iterable[str]) -> System:
    """The system with only those leaves. Raises Unusable when none of them is left outside the bonus."""
    kept = set(codes)
    indicators = tuple(part for node in system.indicators if (part := _pruned(node, kept)) is not None)
    if not any(not node.bonus for node in indicators):
        raise Unusable("两轮评估没有共同的末级指标，无从比较。请用 --pairs 给出对应关系 (no common indicators).")
    return replace(system, indicators=indicators)


def without_deduction(system: System) -> System:
    """The system with its deducting indicators scored as the others: what is left out does not count as full."""
    return replace(system, indicators=tuple(_plain(node) for node in system.indicators))


def _plain(node: Indicator) -> Indicator:
    return replace(node, deduct=False, children=tuple(_plain(child) for child in node.children))


def _pruned(node: Indicator, kept: set[str]) -> Indicator | None:
    if not node.children:
        return node if node.code in kept else None
    children = tuple(part for child in node.children if (part := _pruned(child, kept)) is not None)
    return replace(node, children=children) if children else None


Path3 = tuple[str, str | None, str | None]


def _assessed(system: System, profile: str) -> dict[str, Path3]:
    return {leaf.indicator.code: leaf.path for leaf in system.leaves() if leaf.indicator.weight(profile) is not None}


def _matched(old: Mapping[str, Path3], new: Mapping[str, Path3]) -> dict[str, str]:
    by_path = {path: code for code, path in old.items()}
    found = {code: by_path[path] for code, path in new.items() if path in by_path}
    taken = set(found.values())
    old_names = {_name(path): code for code, path in old.items() if code not in taken}
    times = Counter(_name(path) for side in (old, new) for path in side.values())
    for code, path in new.items():
        name = _name(path)
        alone = times[name] == 2 and name in old_names
        if code not in found and alone:
            found[code] = old_names[name]
    return {code: found[code] for code in new if code in found}


def _name(path: Path3) -> str:
    return next(part for part in reversed(path) if part)
