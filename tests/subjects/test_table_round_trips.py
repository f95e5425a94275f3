"""A list that is exported and read back is the same, and no text in the file is a formula."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from bodies import ROSTER
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from govgauge.subjects import library
from govgauge.subjects.keys import key_of
from govgauge.subjects.model import Channel, Group, Kind, Level, Outlet, Roster, Subject
from govgauge.subjects.saving import save
from govgauge.subjects.tables.csv_writing import csv_bytes, csv_text
from govgauge.subjects.tables.grid import read_csv
from govgauge.subjects.tables.importing import read_table, take
from govgauge.subjects.tables.safe_text import bare, guarded
from govgauge.subjects.tables.workbook_writing import workbook
from govgauge.subjects.validate import UNFIT, faults

TRICKY = (
    "=1+1",
    "+86",
    "-1",
    "@SUM(A1)",
    "'=1",
    "''@",
    "#NUM!",
    "_x0041_",
    "1.0",
    "TRUE",
    "2020-01-01",
    '"甲"',
    "甲,乙",
    "＝1",
)


def texts(*, empty: bool = False) -> st.SearchStrategy[str]:
    plain = st.text(st.characters(exclude_characters="/;；", exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)
    found = (plain | st.sampled_from(TRICKY)).map(str.strip).filter(lambda text: text and not UNFIT.search(text))
    return found | st.just("") if empty else found


DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))
PERIODS = st.tuples(st.none() | DAYS, st.integers(1, 900) | st.none()).map(
    lambda pair: (pair[0], (pair[0] or date(2030, 1, 1)) + timedelta(days=pair[1]) if pair[1] else None)
)


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    groups = tuple(
        Group(*pair) for pair in draw(st.lists(st.tuples(texts(), texts()), unique_by=lambda pair: pair[0], max_size=3))
    )
    ids = {group.id for group in groups}
    groups = tuple(group for group in groups if group.title == group.id or group.title not in ids)
    groups = tuple({group.title: group for group in groups}.values())
    subjects: list[Subject] = []
    for name in draw(st.lists(texts(), min_size=1, max_size=6)):
        parent = draw(st.sampled_from(["", *(one.key for one in subjects)]))
        if any(one.key == key_of(parent, name) for one in subjects):
            continue
        since, until = draw(PERIODS)
        subjects.append(
            Subject(
                name,
                draw(st.sampled_from(Level)),
                draw(st.sampled_from(Kind)),
                parent,
                groups=tuple(draw(st.lists(st.sampled_from([group.id for group in groups]), unique=True)))
                if groups
                else (),
                full_name=draw(texts(empty=True)),
                aliases=tuple(draw(st.lists(texts(), max_size=2))),
                region=draw(texts(empty=True)),
                since=since,
                until=until,
                before=tuple(draw(st.lists(st.sampled_from([one.key for one in subjects]), unique=True, max_size=2)))
                if subjects
                else (),
            )
        )
    outlets = []
    for number, subject in enumerate(subjects):
        for channel in draw(st.lists(st.sampled_from(Channel), unique=True, max_size=3)):
            since, until = draw(PERIODS)
            address = (
                f"http://x{number}.gov.cn/{draw(texts())}" if channel is Channel.SITE else f"{draw(texts())}{number}"
            )
            outlets.append(Outlet(subject.key, channel, address, draw(texts(empty=True)), since, until))
    roster = Roster("t", groups=groups, subjects=tuple(subjects), outlets=tuple(outlets))
    bad = {fault.part.index for fault in faults(roster) if fault.part.of == "outlet"}
    return msgspec.structs.replace(roster, outlets=tuple(one for n, one in enumerate(outlets) if n not in bad))


@given(rosters())
def test_a_csv_reads_back_equal(roster: Roster) -> None:
    assert faults(roster) == []
    imported = take(read_csv(csv_bytes(roster), "t.csv"), "t", roster.groups)
    assert imported.left_out == ()
    assert imported.roster == roster


@settings(max_examples=40)
@given(rosters())
def test_a_workbook_reads_back_equal(tmp_path_factory: pytest.TempPathFactory, roster: Roster) -> None:
    path = tmp_path_factory.mktemp("books") / "t.xlsx"
    path.write_bytes(workbook(roster))
    imported = read_table(path)
    assert imported.left_out == ()
    if roster.groups or not imported.roster.groups:
        assert imported.roster == roster


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("roster_id", ["2017", "2025"])
def test_the_lists_of_the_library_read_back_equal(tmp_path: Path, roster_id: str, ending: str) -> None:
    roster = library.roster(roster_id)
    save(roster, tmp_path / f"{roster_id}{ending}")
    imported = read_table(tmp_path / f"{roster_id}{ending}", groups=roster.groups)
    assert imported.left_out == ()
    assert (imported.roster.subjects, imported.roster.outlets) == (roster.subjects, roster.outlets)


def test_renamings_mergers_and_moved_sites_read_back_equal() -> None:
    imported = take(read_csv(csv_bytes(ROSTER), "t.csv"), ROSTER.id, ROSTER.groups)
    assert imported.roster.subjects == ROSTER.subjects
    assert set(imported.roster.outlets) == set(ROSTER.outlets)


def test_no_text_is_a_formula_in_the_files(tmp_path: Path) -> None:
    subjects = tuple(Subject(text, Level.COUNTY, Kind.OTHER) for text in TRICKY)
    roster = Roster("t", subjects=subjects)
    path = tmp_path / "t.xlsx"
    path.write_bytes(workbook(roster))
    sheet = load_workbook(path)["对象"]
    assert [(cell.value, cell.data_type) for cell in sheet["A"][1:]] == [(text, "s") for text in TRICKY]
    written = [row[0] for row in csv.reader(io.StringIO(csv_text(roster)))][1:]
    assert not [text for text in written if text[0] in "=+-@＝"]
    assert read_table(path).roster.subjects == subjects


@given(st.text())
def test_a_guarded_text_reads_back_as_it_was(text: str) -> None:
    assert bare(guarded(text)) == text
    assert guarded(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


def test_a_file_is_replaced_only_by_a_whole_one(tmp_path: Path) -> None:
    out = tmp_path / "t.csv"
    out.write_text("before")
    broken = Roster("t", subjects=(Subject("\ud800", Level.COUNTY, Kind.OTHER),))
    with pytest.raises(UnicodeEncodeError):
        save(broken, out)
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]
    assert out.read_text() == "before"
