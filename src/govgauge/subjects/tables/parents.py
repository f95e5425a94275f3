"""Finding each row's parent in its table: by the parent's whole path, or by a name that only one row has."""

from collections.abc import Mapping, Sequence

from govgauge.subjects.keys import SEPARATOR, key_of
from govgauge.subjects.tables.row_reading import CellFault
from govgauge.subjects.validate import DEEPEST

Named = tuple[str, str]
"""Name and parent, as a row writes them."""


class Parents:
    """The parents of the rows of a table."""

    def __init__(self, named: Sequence[Named | None]) -> None:
        self._named = named
        self._rows: dict[str, list[int]] = {}
        self._paths: set[str] = set()
        seen: set[Named] = set()
        for index, pair in enumerate(named):
            if pair is None:
                continue
            name, parent = pair
            if not parent or SEPARATOR in parent:
                self._paths.add(key_of(parent, name))
            if pair not in seen:
                self._rows.setdefault(name, []).append(index)
            seen.add(pair)
        self._keys: dict[int, str | CellFault] = {}

    def of(self, index: int, depth: int = 0) -> str | CellFault:
        """The key of the parent of a row (empty for none), or why there is none."""
        if index not in self._keys:
            self._keys[index] = self._found(index, depth)
        return self._keys[index]

    def _found(self, index: int, depth: int) -> str | CellFault:
        pair = self._named[index]
        if pair is None or not pair[1] or SEPARATOR in pair[1] or pair[1] in self._paths:
            return pair[1] if pair else ""
        parent = pair[1]
        rows = self._rows.get(parent, [])
        if not rows:
            return CellFault("parent", f"上级“{parent}”不在表中", "请先列入上级，或更正其名称")
        if len(rows) > 1:
            ways = "、".join(self._way(row) for row in rows[:3])
            return CellFault("parent", f"表中有 {len(rows)} 个“{parent}”", f"请写上级的全路径，如 {ways}")
        if depth >= DEEPEST:
            return CellFault("parent", f"“{pair[0]}”的上级循环，或超过 {DEEPEST} 层", "请核对上级一列")
        above = self.of(rows[0], depth + 1)
        return above if isinstance(above, CellFault) else key_of(above, parent)

    def _way(self, index: int) -> str:
        pair: Mapping[int, Named | None] | Named | None = self._named[index]
        return key_of(pair[1], pair[0]) if isinstance(pair, tuple) else ""
