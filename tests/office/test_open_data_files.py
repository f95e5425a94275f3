"""Open files: the same rows in every format, made once however many ask, and nothing that is not told."""

import csv
import gzip
import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import polars as pl
import pytest
from django.test import override_settings
from judged_sheets import a_finding
from msgspec.structs import replace
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from published import a_frozen_round, a_publication

from govgauge.office.domain import publications
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import Publication, PublicSubject
from govgauge.office.open_data import making
from govgauge.office.open_data.found import NotThere, Version, Withdrawn, material_at, version
from govgauge.office.tables.columns import ALL, Holds
from govgauge.reports.about import Shows
from govgauge.reports.material import Material
from govgauge.reports.open_data import shown, writers
from govgauge.reports.open_data.dictionary import ORDER, Kind, tables
from govgauge.subjects.tables.safe_text import bare
from govgauge.testbed.materials import of_list, write_material

pytestmark = pytest.mark.usefixtures("office_home")
HOSTILE = '=HYPERLINK("http://x")\n\'+1,"“引号”\x01&<b>_x0041_#REF! ＝1'


@pytest.fixture
def office_home(office: Path) -> Iterator[None]:
    with override_settings(HOME=office):
        yield


def told(publication: Publication) -> Version:
    return version(publication.round.slug, str(publication.number))


def hostile() -> Version:
    finding = replace(a_finding("http://a.gov.cn/1", HOSTILE), data={"文": HOSTILE, "n": 1})
    second = replace(a_finding("http://a.gov.cn/2", "''=1"), confirmed=None)
    round_ = a_frozen_round({"甲县": "0.123456", "乙县": "1", "丙县": "0"}, findings=[finding, second])
    return told(publications.publish(PROGRAM, publications.prepare(PROGRAM, round_)))


def text_of(value: object) -> object:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def from_csv(path: Path, name: str) -> list[list[object]]:
    def cell(text: str, kind: Kind) -> object:
        if not text:
            return None
        match kind:
            case Kind.NUMBER:
                return float(text)
            case Kind.INTEGER:
                return int(text)
            case Kind.FLAG:
                return {"true": True, "false": False}[text]
            case Kind.JSON:
                return text_of(json.loads(bare(text)))
            case _:
                return bare(text)

    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = list(csv.reader(file))
    assert head == ORDER[name].split()
    kinds = [column.kind for column in tables()[name].columns]
    return [[cell(text, kind) for text, kind in zip(row, kinds, strict=True)] for row in rows]


def from_json(path: Path, name: str) -> list[list[object]]:
    rows = json.loads(path.read_text(encoding="utf-8"))
    columns = tables()[name].columns
    return [
        [
            text_of(row[one.name]) if one.kind is Kind.JSON and row[one.name] is not None else row[one.name]
            for one in columns
        ]
        for row in rows
    ]


def from_parquet(path: Path, name: str) -> list[list[object]]:
    rows = pl.read_parquet(path)
    assert rows.columns == ORDER[name].split()
    columns = tables()[name].columns
    return [
        [
            text_of(json.loads(str(cell))) if one.kind is Kind.JSON and cell is not None else cell
            for cell, one in zip(row, columns, strict=True)
        ]
        for row in rows.iter_rows()
    ]


def plain(value: Any) -> Any:
    """A text as a spreadsheet program reads it; the library leaves the signs of the format in."""
    return unescape(value) if isinstance(value, str) else value


def from_xlsx(path: Path, name: str) -> list[list[object]]:
    book = load_workbook(path)
    head, *rows = [list(row) for row in book.worksheets[0].iter_rows()]
    assert [cell.value for cell in head] == ORDER[name].split()
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "b", "inlineStr"}
    columns = tables()[name].columns
    return [
        [
            text_of(json.loads(plain(cell.value)))
            if one.kind is Kind.JSON and cell.value is not None
            else plain(cell.value)
            for cell, one in zip(row, columns, strict=True)
        ]
        for row in rows
    ]


READERS = {"csv": from_csv, "json": from_json, "parquet": from_parquet, "xlsx": from_xlsx}


@pytest.mark.parametrize("name", list(ORDER))
def test_every_format_tells_the_same_rows_and_numbers(name: str) -> None:
    one = hostile()
    rows = {ending: read(made(one, f"{name}.{ending}").path, name) for ending, read in READERS.items()}
    rows["xlsx"] = [[fit(cell) for cell in row] for row in rows["xlsx"]]
    told_as = [[fit(cell) for cell in row] for row in rows["csv"]]
    assert rows["xlsx"] == told_as
    assert rows["csv"] == rows["json"] == rows["parquet"]
    assert len(rows["csv"]) == {"results": 3, "groups": 1, "cases": 0, "findings": 2}.get(name, len(rows["csv"])) >= 0


def fit(cell: object) -> object:
    """What a workbook can hold of a text; a whole number is one, whatever it is written as."""
    return cell.replace("\x01", "□") if isinstance(cell, str) else cell


def made(one: Version, name: str) -> making.Made:
    found = making.wanted(one, name, 60)
    assert found is not None
    return found


def test_files_hold_what_the_material_holds() -> None:
    one = hostile()
    results = from_parquet(made(one, "results.parquet").path, "results")
    material = one.material.table("results")
    numbers = {subject.name: subject.pk for subject in PublicSubject.objects.all()}
    assert [(row[0], row[2], row[10]) for row in results] == [
        (numbers[name], name, low) for name, low in material.select("name", "low").iter_rows()
    ]
    assert made(one, "checks.csv").facts.rows == one.material.table("checks").height
    findings = from_csv(made(one, "findings.csv").path, "findings")
    assert [row[10] for row in findings] == [HOSTILE, "''=1"]


def test_files_say_what_they_are_and_under_which_terms_and_programs_read_chinese() -> None:
    one = hostile()
    book = load_workbook(made(one, "results.xlsx").path)
    marks = pl.read_parquet_metadata(made(one, "results.parquet").path)
    title, terms = f"{one.publication.title}：评估结果", "https://creativecommons.org/licenses/by/4.0/"
    assert (book.properties.title, book.properties.description) == (title, terms)
    assert (marks["title"], marks["license"]) == (title, terms)
    assert made(one, "results.csv").path.read_bytes().startswith("\ufeffsubject,".encode())


def test_a_table_of_many_parts_is_whole_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "PART", 7)
    monkeypatch.setattr(writers, "ROW_GROUP", 7)
    one = hostile()
    rows = {ending: read(made(one, f"checks.{ending}").path, "checks") for ending, read in READERS.items()}
    assert rows["csv"] == rows["json"] == rows["parquet"] == rows["xlsx"]
    assert rows["csv"] == [list(row) for row in one.table("checks").whole.collect().iter_rows()]


def test_a_spreadsheet_runs_nothing() -> None:
    line = made(hostile(), "findings.csv").path.read_text(encoding="utf-8").splitlines()[1]
    assert "'=HYPERLINK" in line
    assert ",=HYPERLINK" not in line


def test_the_dictionary_names_every_column_as_the_tables_have_it() -> None:
    same = {Holds.TEXT: {Kind.TEXT, Kind.URI}, Holds.NUMBER: {Kind.NUMBER, Kind.INTEGER}}
    for table in ALL:
        kinds = {one.name: one.kind for one in tables()[table.name].columns}
        assert list(kinds) == ["subject", *table.columns]
        for name, holds in table.columns.items():
            assert kinds[name] in same.get(holds, {Kind(holds.value)}), name
    for words in tables().values():
        for one in words.columns:
            assert all((one.zh, one.en, one.note_zh, one.note_en)), one.name
        assert set(words.key) <= {one.name for one in words.columns}


def test_a_file_has_its_checksum_and_the_same_compressed() -> None:
    found = made(hostile(), "checks.json")
    raw = found.path.read_bytes()
    assert (len(raw), hashlib.sha256(raw).hexdigest()) == (found.facts.size, found.facts.sha256)
    assert found.pressed is not None
    assert found.pressed.stat().st_size == found.facts.gzip_size < found.facts.size
    assert gzip.decompress(found.pressed.read_bytes()) == raw


def test_the_same_publication_gives_the_same_bytes() -> None:
    one = hostile()
    first = {name: made(one, name).facts for name in making.file_names(one)}
    for path in (one.material.folder / making.FOLDER).iterdir():
        path.unlink()
    again = {name: making.make(one, name, making._table(one, name)).facts for name in making.file_names(one)}
    assert again == first


def test_many_who_ask_at_once_get_one_file() -> None:
    one = hostile()
    found: list[making.Made | None] = []
    threads = [threading.Thread(target=lambda: found.append(making.wanted(one, "checks.xlsx", 60))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({msgspec.json.encode(made.facts) for made in found if made}) == 1
    assert len(found) == 8


BESIDE = """
import sys
from govgauge.office.start import start
start()
from govgauge.office.open_data import making
from govgauge.office.open_data.found import version
print(making.wanted(version("r", "1"), "checks.xlsx", 60).facts.sha256)
"""


def test_two_processes_at_once_make_one_file(office: Path) -> None:
    one = hostile()
    processes = [subprocess.Popen([sys.executable, "-c", BESIDE], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told_sums = {process.communicate(timeout=120)[0].strip() for process in processes}
    assert told_sums == {made(one, "checks.xlsx").facts.sha256}
    assert not list((office / "publications").rglob(f"*{making.PART}"))


def test_what_a_stopped_process_left_does_no_harm() -> None:
    one = hostile()
    folder = one.material.folder / making.FOLDER
    folder.mkdir()
    (folder / "results.csv.part").write_text("half")
    (folder / "results.csv").write_text("whole, but nothing says so")
    assert from_csv(made(one, "results.csv").path, "results")
    assert not list(folder.glob("*.part"))


def test_what_an_older_program_made_is_made_anew() -> None:
    one = hostile()
    found = made(one, "results.csv")
    facts = found.path.with_name("results.csv.facts")
    found.path.write_text("as it was written before")
    facts.write_bytes(msgspec.json.encode(replace(found.facts, sha256="0" * 64, edition=making.EDITION - 1)))
    assert making.made(one, "results.csv") is None
    again = made(one, "results.csv")
    assert again.facts == found.facts
    assert hashlib.sha256(again.path.read_bytes()).hexdigest() == found.facts.sha256


def test_a_fault_is_told_and_the_next_one_asks_anew() -> None:
    one = hostile()
    hidden = one.material.folder / "checks.parquet"
    kept = hidden.read_bytes()
    hidden.write_bytes(b"no parquet")
    with pytest.raises(Exception, match="checks"):
        making.wanted(one, "checks.csv", 60)
    hidden.write_bytes(kept)
    assert made(one, "checks.csv").facts.rows


def test_what_a_version_does_not_tell_is_in_no_file() -> None:
    round_ = a_frozen_round({"甲县": "1", "乙县": "0.5"}, findings=[a_finding("http://a.gov.cn/1")])
    shows = Shows(answers=False, findings=False, ranks=False, points=True)
    one = told(publications.publish(PROGRAM, publications.prepare(PROGRAM, round_, shows=shows)))
    assert [name for name in making.file_names(one) if name.startswith(("checks", "findings"))] == []
    columns = tables()["results"].columns
    places = [place for place, column in enumerate(columns) if column.name.startswith("rank")]
    for ending, read in READERS.items():
        rows = read(made(one, f"results.{ending}").path, "results")
        assert {row[place] for row in rows for place in places} == {None}, ending
    assert from_csv(made(one, "indicators.csv").path, "indicators")


def test_only_what_was_published_is_found() -> None:
    round_ = a_frozen_round({"甲县": "1"})
    prepared = publications.prepare(PROGRAM, round_)
    for named in ("1", "latest"):
        with pytest.raises(NotThere):
            version("r", named)
    publications.publish(PROGRAM, prepared)
    second = publications.publish(PROGRAM, publications.prepare(PROGRAM, round_))
    assert [version("r", named).number for named in ("1", "2", "latest")] == [1, 2, 2]
    publications.withdraw(PROGRAM, second, "名单有误")
    for named in ("2", "latest"):
        with pytest.raises(Withdrawn, match="第 2 版") as gone:
            version("r", named)
        assert gone.value.reason == "名单有误"
    assert version("r", "1").number == 1
    discarded = publications.prepare(PROGRAM, round_)
    publications.discard(PROGRAM, discarded)
    with pytest.raises(NotThere):
        version("r", "3")


@pytest.mark.parametrize("named", ["0", "-1", "9" * 40, "１", "x", "", "1\x00", "1.0", "../1"])
def test_no_other_name_is_a_version(named: str) -> None:
    a_publication()
    with pytest.raises(NotThere):
        version("r", named)
    with pytest.raises(NotThere):
        version(f"r{named}\x00", "1")


def test_a_subject_has_one_number_over_the_years() -> None:
    one, two = told(a_publication({"甲县": "1"}, "one")), told(a_publication({"甲县": "0"}, "two"))
    numbers = {from_csv(made(each, "results.csv").path, "results")[0][0] for each in (one, two)}
    assert numbers == {PublicSubject.objects.get().pk}
    assert material_at(str(one.material.folder)) is one.material


def test_a_page_of_a_table_with_untold_groups_is_the_same_piece_of_the_whole(tmp_path: Path) -> None:
    material = Material(
        write_material(tmp_path / "2025/1", of_list(("county", "digital-province", "ministry-department"), 2))
    )
    numbers = pl.DataFrame(schema=shown.NUMBERS)
    for name in ("indicators", "checks", "findings"):
        table = shown.OpenTable(material, name, numbers)
        whole = table.whole.collect()

        assert material.table(name).height > whole.height
        assert "2025-digital-government" not in set(whole["system"])
        assert table.height == whole.height
        for start, count in ((0, 3), (table.height // 2, 40), (table.height - 2, 9), (table.height, 5)):
            assert table.rows(start, count).equals(whole.slice(start, count)), (name, start)
