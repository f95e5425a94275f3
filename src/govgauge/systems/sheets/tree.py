"""From the rows of the sheet of indicators to a tree, accepting what editors do to merged and unmerged cells."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

import msgspec

from govgauge.systems.model import Check, Indicator, Method
from govgauge.systems.sheets import layout
from govgauge.systems.sheets.cell_values import Reader
from govgauge.systems.sheets.grid import Fault, Row, Table
from govgauge.systems.words import METHODS

SEPARATORS = re.compile(r"[、,，;；\s]+")
METHOD_OF = {**{name: method for method, name in METHODS.items()}, **{method.value: method for method in Method}}

CHECK_FIELDS = {
    "text": layout.CHECK_TEXT,
    "share": layout.SHARE,
    "method": layout.METHOD,
    "audit": layout.AUDIT,
    "params": layout.PARAMS,
    "profiles": layout.ONLY,
    "id": layout.CHECK_ID,
}


class Draft(msgspec.Struct):
    """An indicator being read: the row where it begins, and what was found so far."""

    name: str
    row: Row
    level: int
    code: str = ""
    weights: dict[str, Decimal | None] = {}
    bonus: bool = False
    deduct: bool = False
    best: int | None = None
    checks: list[tuple[Check, Row]] = []
    children: "list[Draft]" = []

    def child(self, name: str) -> "Draft | None":
        return next((one for one in self.children if one.name == name), None)


class TreeReader:
    """Reads all rows; `faults` gets what cannot be read."""

    def __init__(self, table: Table, profiles: list[str], faults: list[Fault], *, outline: bool) -> None:
        self.table = table
        self.profiles = profiles
        self.outline = outline
        self.read = Reader(table.sheet, faults)
        self.root = Draft("", Row(0, {}, {}), 0)
        self.path: list[Draft] = []

    def drafts(self) -> list[Draft]:
        """The first level, with all below it, codes and check ids filled in where an editor left them out."""
        for row in self.table.rows:
            if self.read.text(row, layout.LEVEL_NAMES[0]) != layout.GRAND_TOTAL and self._says_something(row):
                self._row(row)
        _number(self.root, {draft.code for draft in _all(self.root.children)})
        return self.root.children

    def _says_something(self, row: Row) -> bool:
        told = (*layout.LEVEL_NAMES, *layout.LEVEL_CODES, *CHECK_FIELDS.values(), layout.BEST)
        weights = (layout.of_profile(layout.WEIGHT, profile) for profile in self.profiles)
        return any(row.get(heading) is not None for heading in (*told, *weights))

    def _row(self, row: Row) -> None:
        names = [self.read.name(row, heading) for heading in layout.LEVEL_NAMES]
        path = self._path(names)
        if not path:
            self.read.fault(row, layout.LEVEL_NAMES[0], "不知属于哪个指标", "请在本行写上一级指标")
            return
        if any(not name for name in path):
            self.read.fault(row, layout.LEVEL_NAMES[1], "有三级指标而没有二级指标", "请写上二级指标")
            return
        self._codes(row, self._place(path, row))
        self._leaf(row, self.path[-1])
        self._check(row, self.path[-1])

    def _path(self, names: list[str]) -> list[str]:
        """The names from the first level to the leaf that a row belongs to.

        An empty name continues the one above it. A row that names nothing new continues the leaf.
        """
        here = [draft.name for draft in self.path]
        first, second, third = names
        if first and first != (here[0] if here else ""):
            return [first, second, third] if third else [first, *([second] if second else [])]
        if not here:
            return []
        if second and second != (here[1] if len(here) > 1 else ""):
            return [here[0], second, *([third] if third else [])]
        if third:
            return [here[0], here[1] if len(here) > 1 else "", third]
        return here

    def _place(self, path: list[str], row: Row) -> list[Draft]:
        """The drafts of a path, made where they are new; the ones that are new."""
        node, line, new = self.root, [], []
        for level, name in enumerate(path, 1):
            found = node.child(name)
            if found is None:
                found = Draft(name, row, level)
                node.children.append(found)
                new.append(found)
            line.append(found)
            node = found
        self.path = line
        return new

    def _codes(self, row: Row, new: list[Draft]) -> None:
        for place, heading in enumerate(layout.LEVEL_CODES):
            code = self.read.code(row, heading)
            if not code:
                continue
            if place >= len(self.path):
                self.read.fault(row, heading, f"代码“{code}”旁没有指标名称", "请写上名称，或删去代码")
            elif any(self.path[place] is one for one in new) or not self.path[place].code:
                self.path[place].code = code
            elif self.path[place].code != code:
                known = self.path[place].code
                remedy = "请统一代码；若是两个指标，请用两个名称"
                self.read.fault(row, heading, f"“{self.path[place].name}”有 {known}、{code} 两个代码", remedy)

    def _leaf(self, row: Row, leaf: Draft) -> None:
        for profile in self.profiles:
            heading = layout.of_profile(layout.WEIGHT, profile)
            said = row.get(heading) is not None
            weight = self.read.number(row, heading)
            if profile not in leaf.weights and (said or not self.outline):
                leaf.weights[profile] = weight
            elif said and leaf.weights.get(profile) != weight:
                remedy = "请只在指标的第一行写权重；若是新指标，请写上名称"
                self.read.fault(row, heading, f"“{leaf.name}”写了两个不同的权重", remedy)
        leaf.bonus = leaf.bonus or self.read.mark(row, layout.BONUS)
        leaf.deduct = leaf.deduct or self.read.mark(row, layout.DEDUCT)
        best = self.read.whole(row, layout.BEST)
        leaf.best = leaf.best if best is None else best

    def _check(self, row: Row, leaf: Draft) -> None:
        if all(row.get(heading) is None for heading in CHECK_FIELDS.values()):
            return
        share = self.read.number(row, layout.SHARE)
        if share is None:
            self.read.fault(row, layout.SHARE, "没有写份额", "请写 0 到 1 之间的数，同一指标合计为 1")
        said = self.read.text(row, layout.METHOD)
        method = METHOD_OF.get(said)
        if method is None:
            remedy = f"可用：{'、'.join(METHODS.values())}"
            self.read.fault(row, layout.METHOD, f"方式“{said}”不认识" if said else "没有写方式", remedy)
        check = Check(
            id=self.read.code(row, layout.CHECK_ID),
            text=self.read.text(row, layout.CHECK_TEXT),
            share=Decimal(0) if share is None else share,
            method=method or Method.MANUAL,
            audit=self.read.code(row, layout.AUDIT) or None,
            params=self.read.mapping(row, layout.PARAMS),
            profiles=tuple(one for one in SEPARATORS.split(self.read.text(row, layout.ONLY)) if one),
        )
        leaf.checks.append((check, row))


def _all(drafts: Iterable[Draft]) -> Iterator[Draft]:
    for draft in drafts:
        yield draft
        yield from _all(draft.children)


def _number(parent: Draft, used: set[str]) -> None:
    """Give codes and ids to what an editor added without."""
    for draft in parent.children:
        if not draft.code:
            draft.code = _next(f"{parent.code}." if parent.code else "", used)
            used.add(draft.code)
        ids = {check.id for check, _ in draft.checks}
        for place, (check, row) in enumerate(draft.checks):
            if not check.id:
                new = _next(f"{draft.code}-", ids)
                ids.add(new)
                draft.checks[place] = (msgspec.structs.replace(check, id=new), row)
        _number(draft, used)


def _next(prefix: str, used: set[str]) -> str:
    """The number after the highest one of that prefix: a number that was given up is not given again."""
    numbers = [
        int(rest)
        for code in used
        if code.startswith(prefix) and (rest := code[len(prefix) :]).isascii() and rest.isdigit()
    ]
    return f"{prefix}{max(numbers, default=0) + 1}"


def indicator(draft: Draft) -> Indicator:
    """The finished indicator, without what stands on other sheets."""
    return Indicator(
        code=draft.code,
        name=draft.name,
        weights=draft.weights,
        bonus=draft.bonus,
        deduct=draft.deduct,
        best=draft.best,
        checks=tuple(check for check, _ in draft.checks),
        children=tuple(indicator(child) for child in draft.children),
    )
