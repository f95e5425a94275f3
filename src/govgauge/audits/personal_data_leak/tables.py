"""Lists of persons: tables and lines in which names and their numbers stand row by row."""

from collections.abc import Iterator

import turbohtml

from govgauge import lazy_re
from govgauge.audits.personal_data_leak.numbers import CARD, MOBILE, is_card
from govgauge.audits.personal_data_leak.persons import (
    CARD_COLUMN,
    LIST_OF_OFFICE,
    LIST_OF_PRIVATE,
    NAME_COLUMN,
    PERSON,
    PERSONAL_COLUMN,
    PHONE_COLUMN,
)

LEAST_ROWS = 3
"""A list of persons has at least so many rows with a name and a number."""
HEADER_ROWS = 4
_LINE = lazy_re.compile(
    r"^(?:\d{1,4}[.、\s]\s*)?(?P<name>[\u4e00-\u9fff]{2,4})[\s,，、:：]+(?:[男女][\s,，、]+)?(?:电话|手机)?[:：\s]*$"
)


def numbers_in_lists(document: turbohtml.Document, title: str) -> Iterator[tuple[str, str, str]]:
    """Numbers of private persons in tables: kind, number, and the row's words."""
    for table in document.find_all("table"):
        if table.find("table") is None:
            yield from _in_table(_rows(table), title)


def numbers_in_lines(text: str, title: str) -> Iterator[tuple[str, str, str]]:
    """Mobile numbers in lines that are nothing but a name and a number, under a heading about private persons."""
    found = [
        (mobile[1], line)
        for line in text.split("\n")
        for mobile in [MOBILE.search(line)]
        if mobile and len(line) <= 40 and _LINE.match(line[: mobile.start()])
    ]
    if len(found) >= LEAST_ROWS and LIST_OF_PRIVATE.search(title) and not LIST_OF_OFFICE.search(title):
        for number, line in found:
            yield "mobile", number, line


def _rows(table: turbohtml.Element) -> list[list[str]]:
    rows = []
    for row in table.find_all("tr"):
        cells = [" ".join((cell.text or "").split()) for cell in row.find_all(["td", "th"])]
        if cells:
            rows.append(cells)
    return rows


def _in_table(rows: list[list[str]], title: str) -> Iterator[tuple[str, str, str]]:
    if len(rows) <= LEAST_ROWS:
        return
    for number, header in enumerate(rows[:HEADER_ROWS]):
        names = [place for place, cell in enumerate(header) if NAME_COLUMN.search(cell) and len(cell) <= 12]
        phones = [place for place, cell in enumerate(header) if PHONE_COLUMN.search(cell) and len(cell) <= 16]
        cards = [place for place, cell in enumerate(header) if CARD_COLUMN.search(cell) and len(cell) <= 16]
        if not names or not (phones or cards):
            continue
        head = " ".join(header)
        above = title + " ".join(" ".join(row) for row in rows[:number])
        yield from _column(rows[number + 1 :], names[0], cards, "bank")
        if _is_private_list(head, above):
            yield from _column(rows[number + 1 :], names[0], phones, "mobile")
        return


def _is_private_list(head: str, above: str) -> bool:
    if LIST_OF_OFFICE.search(head):
        return False
    if PERSONAL_COLUMN.search(head):
        return not LIST_OF_OFFICE.search(above) or bool(LIST_OF_PRIVATE.search(above))
    return bool(LIST_OF_PRIVATE.search(above)) and not LIST_OF_OFFICE.search(above)


def _column(rows: list[list[str]], name: int, columns: list[int], kind: str) -> Iterator[tuple[str, str, str]]:
    pattern = MOBILE if kind == "mobile" else CARD
    found = []
    for row in rows:
        person = row[name] if name < len(row) else ""
        for column in columns:
            number = pattern.search(row[column]) if column < len(row) else None
            if number and PERSON.fullmatch(person) and (kind == "mobile" or is_card(number[1])):
                found.append((kind, number[1], " ".join(row)))
    if len(found) >= (LEAST_ROWS if kind == "mobile" else 1):
        yield from found
