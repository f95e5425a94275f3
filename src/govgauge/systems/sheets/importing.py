"""Reading a system back from its workbook: whole, or not at all and with a sentence for each fault."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TypeVar

import msgspec

from govgauge.systems.model import Category, Defect, Indicator, Profile, Source, Status, System
from govgauge.systems.ranking import Grade, OrderInGrade, Ranking, Rounding, Ties
from govgauge.systems.sheets import layout
from govgauge.systems.sheets.cell_values import Reader
from govgauge.systems.sheets.grid import Fault, Row, Table, read_tables, refuse
from govgauge.systems.sheets.tree import CHECK_FIELDS, Draft, TreeReader, indicator
from govgauge.systems.validate import faults as faults_of_form
from govgauge.systems.words import STATUSES

CHOICE = TypeVar("CHOICE", bound=Enum)

WANTED = {
    layout.INDICATORS: (*layout.LEVEL_NAMES, layout.CHECK_TEXT, layout.SHARE, layout.METHOD),
    layout.FACTS: ("项目", "内容"),
    layout.PROFILES: layout.PROFILE_HEADINGS,
    layout.NODES: (layout.CODE,),
    layout.CATEGORIES: (layout.CODE, layout.NAME, layout.TEXT),
    layout.GRADES: layout.GRADE_HEADINGS,
    layout.NOTES: layout.NOTE_HEADINGS,
    layout.DEFECTS: layout.DEFECT_HEADINGS,
}
"""The sheets that are read, and the columns without which they mean nothing."""


class Imported(msgspec.Struct, frozen=True):
    """A system, and what of the workbook was left aside because its indicator is gone."""

    system: System
    remarks: tuple[str, ...]


class Unfolded(msgspec.Struct, frozen=True):
    """What stands beside the rows for one indicator."""

    bonus: bool
    deduct: bool
    printed: dict[str, Decimal]
    counts: dict[str, int]


def read_workbook(path: Path) -> Imported:
    """The system of an XLSX file. Raises UnusableFile: a sentence for each fault, with sheet, cell and remedy."""
    tables = read_tables(path, WANTED)
    faults: list[Fault] = []
    facts = _facts(tables[layout.FACTS], faults)
    profiles = _profiles(tables, faults)
    status = _choice(facts, "status", {name: one for one, name in STATUSES.items()}, Status.COMPLETE, faults)
    ids = [profile.id for profile in profiles]
    outline = status is Status.OUTLINE
    drafts = TreeReader(tables[layout.INDICATORS], ids, faults, outline=outline).drafts()
    beside = _beside(tables[layout.NODES], ids, faults)
    categories = _categories(tables[layout.CATEGORIES], faults)
    known = {node.code for node in _nodes(drafts)}
    for code, row in ((code, row) for code, (row, _) in categories.items() if code not in known):
        remedy = "请改为表中的代码，或删去本行"
        faults.append(
            Fault(layout.CATEGORIES, row.cell(layout.CODE), f"代码“{code}”不在“{layout.INDICATORS}”中", remedy)
        )
    reader = Reader(layout.FACTS, faults)
    system = System(
        id=_told(facts, "id", reader.code),
        year=_number(facts, "year", reader.whole) or 0,
        table=_told(facts, "table", reader.text),
        title=_told(facts, "title", reader.text),
        source=Source(document=_told(facts, "document", reader.text), place=_told(facts, "place", reader.text)),
        status=status,
        profiles=tuple(profiles),
        full_marks=_number(facts, "full_marks", reader.number) or Decimal(0),
        bonus_max=_number(facts, "bonus_max", reader.number) or Decimal(0),
        indicators=tuple(_finished(indicator(draft), beside, categories) for draft in drafts),
        notes=_notes(tables[layout.NOTES], faults),
        defects=_defects(tables[layout.DEFECTS], faults),
        counts=_counts(facts["counts"], "内容", reader) if "counts" in facts else {},
        ranking=_ranking(facts, _grades(tables[layout.GRADES], faults), faults),
    )
    refuse(path, faults)
    places = dict(_places(drafts, ("indicators",)))
    refuse(path, [_of_form(fault.place, fault.what, fault.remedy, places) for fault in faults_of_form(system)])
    gone = [row for code, (row, _) in beside.items() if code not in known]
    return Imported(system, tuple(_remark(row) for row in gone))


def _remark(row: Row) -> str:
    code = row.get(layout.CODE)
    return f"工作表“{layout.NODES}”第 {row.number} 行：代码 {code} 已不在“{layout.INDICATORS}”中，本行没有采用。"


def _facts(table: Table, faults: list[Fault]) -> dict[str, Row]:
    """The row of each fact."""
    reader = Reader(table.sheet, faults)
    keys = {label: key for key, label in layout.FACT_LABELS.items()}
    rows = {keys[label]: row for row in table.rows if (label := reader.text(row, "项目")) in keys}
    for name in layout.NEEDED_FACTS:
        if name not in rows or rows[name].get("内容") is None:
            cell = rows[name].cell("内容") if name in rows else ""
            faults.append(Fault(table.sheet, cell, f"没有写“{layout.FACT_LABELS[name]}”", "请补上这一项"))
    return rows


def _told(facts: Mapping[str, Row], name: str, read: Callable[[Row, str], str]) -> str:
    return read(facts[name], "内容") if name in facts else ""


NUMBER = TypeVar("NUMBER", int, Decimal)


def _number(facts: Mapping[str, Row], name: str, read: Callable[[Row, str], NUMBER | None]) -> NUMBER | None:
    return read(facts[name], "内容") if name in facts else None


def _choice(
    facts: Mapping[str, Row], name: str, words: Mapping[str, CHOICE], usual: CHOICE, faults: list[Fault]
) -> CHOICE:
    if name not in facts:
        return usual
    reader = Reader(layout.FACTS, faults)
    said = reader.text(facts[name], "内容")
    values = {**words, **{one.value: one for one in type(usual)}}
    if said and said not in values:
        reader.fault(facts[name], "内容", f"“{said}”不在可选的值中", f"可用：{'、'.join(values)}")
    return values.get(said, usual)


def _ranking(facts: Mapping[str, Row], grades: tuple[Grade, ...], faults: list[Fault]) -> Ranking:
    reader = Reader(layout.FACTS, faults)
    usual = Ranking()
    decimals = _number(facts, "decimals", reader.whole)
    return Ranking(
        ties=_choice(facts, "ties", {}, Ties(usual.ties), faults),
        decimals=usual.decimals if decimals is None else decimals,
        rounding=_choice(facts, "rounding", {}, Rounding(usual.rounding), faults),
        on_rounded="on_rounded" in facts and reader.mark(facts["on_rounded"], "内容"),
        grades=grades,
        order_in_grade=_choice(facts, "order_in_grade", {}, OrderInGrade(usual.order_in_grade), faults),
    )


def _profiles(tables: Mapping[str, Table], faults: list[Fault]) -> list[Profile]:
    table, indicators = tables[layout.PROFILES], tables[layout.INDICATORS]
    reader = Reader(table.sheet, faults)
    found = []
    for row in table.rows:
        profile = Profile(id=reader.code(row, "标识"), title=reader.text(row, layout.NAME))
        found.append(profile)
        if not indicators.has(layout.of_profile(layout.WEIGHT, profile.id)):
            heading = layout.of_profile(layout.WEIGHT, profile.id)
            faults.append(Fault(indicators.sheet, "", f"找不到列“{heading}”", "请补上这一列，或从权重档中删去这一档"))
    return found


def _beside(table: Table, profiles: list[str], faults: list[Fault]) -> dict[str, tuple[Row, Unfolded]]:
    reader = Reader(table.sheet, faults)
    found: dict[str, tuple[Row, Unfolded]] = {}
    for row in table.rows:
        code = reader.code(row, layout.CODE)
        if code in found:
            reader.fault(row, layout.CODE, f"代码“{code}”写了两次", "请只留一行")
        printed = {one: reader.number(row, layout.of_profile(layout.PRINTED, one)) for one in profiles}
        found[code] = (
            row,
            Unfolded(
                bonus=reader.mark(row, layout.BONUS),
                deduct=reader.mark(row, layout.DEDUCT),
                printed={one: number for one, number in printed.items() if number is not None},
                counts=_counts(row, layout.COUNTS, reader),
            ),
        )
    return found


def _counts(row: Row, heading: str, reader: Reader) -> dict[str, int]:
    found = reader.mapping(row, heading)
    if any(type(count) is not int for count in found.values()):
        reader.fault(row, heading, "数目不是整数", '请写成 {"level3": 44} 的形式')
    return {level: count for level, count in found.items() if isinstance(count, int)}


def _categories(table: Table, faults: list[Fault]) -> dict[str, tuple[Row, list[Category]]]:
    reader = Reader(table.sheet, faults)
    found: dict[str, tuple[Row, list[Category]]] = {}
    for row in table.rows:
        category = Category(name=reader.text(row, layout.NAME), text=reader.text(row, layout.TEXT))
        found.setdefault(reader.code(row, layout.CODE), (row, []))[1].append(category)
    return found


def _grades(table: Table, faults: list[Fault]) -> tuple[Grade, ...]:
    reader = Reader(table.sheet, faults)
    found = []
    for row in table.rows:
        bound = reader.number(row, "不低于")
        if bound is None:
            reader.fault(row, "不低于", "没有写分数线", "请写上进入这一档的最低分")
        found.append(Grade(name=reader.text(row, layout.NAME), at_least=bound or Decimal(0)))
    return tuple(found)


def _notes(table: Table, faults: list[Fault]) -> tuple[str, ...]:
    reader = Reader(table.sheet, faults)
    return tuple(reader.text(row, "内容") for row in table.rows)


def _defects(table: Table, faults: list[Fault]) -> tuple[Defect, ...]:
    reader = Reader(table.sheet, faults)
    found = []
    for row in table.rows:
        numbers = [reader.number(row, heading) for heading in ("印出", "各行合计")]
        if None in numbers:
            reader.fault(row, "印出", "没有写印出的数或各行合计", "请写上两个数")
        printed, computed = (number or Decimal(0) for number in numbers)
        found.append(
            Defect(
                code=reader.code(row, layout.CODE),
                profile=reader.code(row, "权重档"),
                printed=printed,
                computed=computed,
                place=reader.text(row, "位置"),
                text=reader.text(row, layout.TEXT),
            )
        )
    return tuple(found)


def _finished(
    node: Indicator,
    beside: Mapping[str, tuple[Row, Unfolded]],
    categories: Mapping[str, tuple[Row, list[Category]]],
) -> Indicator:
    children = tuple(_finished(child, beside, categories) for child in node.children)
    kinds = tuple(categories[node.code][1]) if node.code in categories else ()
    node = msgspec.structs.replace(node, children=children, categories=kinds)
    if node.code not in beside:
        return node
    told = beside[node.code][1]
    inner = bool(children)
    return msgspec.structs.replace(
        node,
        bonus=told.bonus if inner else node.bonus,
        deduct=told.deduct if inner else node.deduct,
        printed=told.printed,
        counts=told.counts,
    )


def _nodes(drafts: list[Draft]) -> list[Draft]:
    return [one for draft in drafts for one in (draft, *_nodes(draft.children))]


def _places(drafts: list[Draft], above: tuple[str | int, ...]) -> list[tuple[tuple[str | int, ...], str]]:
    """The cell of every place of the tree that a fault of form may name."""
    found: list[tuple[tuple[str | int, ...], str]] = []
    for position, draft in enumerate(drafts):
        here = (*above, position)
        found.append((here, draft.row.cell(layout.LEVEL_NAMES[draft.level - 1])))
        found.append(((*here, "code"), draft.row.cell(layout.LEVEL_CODES[draft.level - 1])))
        weight = next((name for name in draft.row.columns if name.startswith(f"{layout.WEIGHT}:")), "")
        found.append(((*here, "weights"), draft.row.cell(weight)))
        found.append(((*here, "checks"), draft.row.cell(layout.SHARE)))
        found.append(((*here, "best"), draft.row.cell(layout.BEST)))
        for place, (_, row) in enumerate(draft.checks):
            found += [((*here, "checks", place, name), row.cell(heading)) for name, heading in CHECK_FIELDS.items()]
        found += _places(draft.children, (*here, "children"))
    return found


SHEETS = {"profiles": layout.PROFILES, "defects": layout.DEFECTS, "indicators": layout.INDICATORS}
"""Sheets by the first step of a place; everything else stands among the facts."""


def _of_form(
    place: tuple[str | int, ...], what: str, remedy: str, places: Mapping[tuple[str | int, ...], str]
) -> Fault:
    sheet = SHEETS.get(str(place[0]), layout.FACTS)
    cell = next((places[place[:end]] for end in range(len(place), 0, -1) if place[:end] in places), "")
    if place[0] == "defects" and len(place) > 1:
        cell = f"第 {place[1]} 条" if isinstance(place[1], str) else f"第 {place[1] + 1} 条"
    if sheet == layout.FACTS:
        cell = f"“{layout.FACT_LABELS.get(str(place[0]), place[0])}”"
    return Fault(sheet, cell, what, remedy)
