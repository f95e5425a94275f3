"""A system goes into a workbook and comes back the same, whatever an editor's program does to the cells."""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from random_systems import systems

from govgauge.systems import library
from govgauge.systems.diff import diff
from govgauge.systems.loader import load
from govgauge.systems.model import System
from govgauge.systems.sheets.export import workbook
from govgauge.systems.sheets.importing import read_workbook
from govgauge.systems.source_text import UnusableFile

CITY = library.system("2025-city")


@cache
def city_workbook() -> bytes:
    """What most tests begin with: to write it takes longer than to read it."""
    return workbook(CITY)


def exported(system: System, folder: Path) -> Path:
    path = folder / "system.xlsx"
    path.write_bytes(city_workbook() if system is CITY else workbook(system))
    return path


def edited(folder: Path, edit: Callable[[dict[str, Worksheet]], object], system: System = CITY) -> Path:
    """A workbook after an editor's work: `edit` gets its sheets by name."""
    path = exported(system, folder)
    book = load_workbook(path)
    edit({sheet.title: sheet for sheet in book.worksheets})
    book.save(path)
    return path


def column(sheet: Worksheet, heading: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == heading)


def row_of(sheet: Worksheet, heading: str, value: str) -> int:
    place = column(sheet, heading)
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, place).value == value)


def unmerge(sheet: Worksheet, *, fill: bool) -> None:
    for area in list(sheet.merged_cells.ranges):
        value = sheet.cell(area.min_row, area.min_col).value
        sheet.unmerge_cells(area.coord)
        for row in range(area.min_row, area.max_row + 1):
            if fill and not str(value).startswith("="):
                sheet.cell(row, area.min_col).value = value


@pytest.mark.parametrize("system_id", library.system_ids())
def test_every_system_of_the_library_comes_back_the_same(system_id: str, tmp_path: Path) -> None:
    system = library.system(system_id)
    assert read_workbook(exported(system, tmp_path)).system == system


@given(system=systems())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_system_comes_back_the_same(system: System) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert read_workbook(exported(system, Path(folder))).system == system


@pytest.mark.parametrize("fill", [True, False])
def test_merged_cells_may_be_taken_apart(tmp_path: Path, fill: bool) -> None:
    path = edited(tmp_path, lambda sheets: unmerge(sheets["指标"], fill=fill))
    assert read_workbook(path).system == CITY


def test_columns_may_move_and_lines_may_be_blank(tmp_path: Path) -> None:
    def edit(sheets: dict[str, Worksheet]) -> None:
        sheet = sheets["指标"]
        unmerge(sheet, fill=True)
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        sheet.delete_rows(1, sheet.max_row)
        sheet.append(["2025 年指标，供讨论"])
        for number, row in enumerate(rows):
            sheet.append([*reversed(row), None, "旁注" if number else "备注"])
            if number % 7 == 3:
                sheet.append([])

    assert read_workbook(edited(tmp_path, edit)).system == CITY


@pytest.mark.parametrize("written", ["17", "17.0", " １７ ", "17 分", 17.0])
def test_a_weight_may_be_written_in_many_ways(tmp_path: Path, written: object) -> None:
    def edit(sheets: dict[str, Worksheet]) -> None:
        sheet = sheets["指标"]
        sheet.cell(row_of(sheet, "三级指标", "法定主动公开"), column(sheet, "权重：city")).value = written  # type: ignore[assignment]

    assert read_workbook(edited(tmp_path, edit)).system == CITY


@pytest.mark.parametrize("written", ["—", "——", "-", None])
def test_a_dash_or_nothing_is_not_assessed(tmp_path: Path, written: str | None) -> None:
    def edit(sheets: dict[str, Worksheet]) -> None:
        sheet = sheets["指标"]
        sheet.cell(row_of(sheet, "三级指标", "法定主动公开"), column(sheet, "权重：city")).value = written

    system = read_workbook(edited(tmp_path, edit)).system
    assert next(leaf.indicator.weights for leaf in system.leaves()) == {"city": None}


def test_a_new_row_is_a_new_indicator_with_a_code_of_its_own(tmp_path: Path) -> None:
    def edit(sheets: dict[str, Worksheet]) -> None:
        sheet = sheets["指标"]
        told = {
            "一级指标": "诉求响应能力",
            "二级指标": "热线衔接",
            "权重：city": "１.５",
            "评估要点": "写明热线",
            "份额": "100%",
            "方式": "manual",
        }
        row = sheet.max_row + 2
        for heading, value in told.items():
            sheet.cell(row, column(sheet, heading)).value = value

    system = read_workbook(edited(tmp_path, edit)).system
    assert [(one.kind, one.code, one.path) for one in diff(CITY, system).changes if one.kind == "added"] == [
        ("added", "5.4", ("诉求响应能力", "热线衔接"))
    ]
    assert [
        (check.id, check.share) for leaf in system.leaves() for check in leaf.indicator.checks if "热线" in check.text
    ] == [("5.4-1", Decimal(1))]


def test_a_deleted_indicator_is_gone_and_its_line_of_totals_is_told(tmp_path: Path) -> None:
    def edit(sheets: dict[str, Worksheet]) -> None:
        sheet = sheets["指标"]
        unmerge(sheet, fill=True)
        for row in range(sheet.max_row, 2, -1):
            if sheet.cell(row, column(sheet, "一级指标")).value == "数据应用能力":
                sheet.delete_rows(row)

    read = read_workbook(edited(tmp_path, edit))
    assert [node.name for node in read.system.indicators][1] == "资源融合能力"
    assert read.remarks[0].startswith("工作表“层级”第 ")


def put(sheet: str, row: int, heading: str, value: object) -> Callable[[dict[str, Worksheet]], None]:
    def edit(sheets: dict[str, Worksheet]) -> None:
        one = sheets[sheet]
        place = next(cell.column for cell in one[1] if cell.value == heading)
        one.cell(row, place).value = value  # type: ignore[assignment]

    return edit


FAULTS = [
    (put("指标", 3, "权重：city", "十七"), "“指标” I3", "“十七”不是数", "请写成数"),
    (put("指标", 3, "权重：city", "=1+1"), "“指标” I3", "没有存下算出的值", "打开并保存一次"),
    (put("指标", 3, "权重：city", -1), "“指标” I3", "小于 0", "权重不得为负"),
    (put("指标", 3, "份额", 0.5), "“指标” K3", "份额合计为 1.43", "改到合计正好为 1"),
    (put("指标", 4, "份额", None), "“指标” K4", "没有写份额", "合计为 1"),
    (put("指标", 4, "方式", "猜"), "“指标” L4", "方式“猜”不认识", "自动检查、"),
    (put("指标", 4, "自动检查", "disclosure-colum"), "“指标” O4", "不存在", "是否指 disclosure-column"),
    (put("指标", 4, "参数", "{topics: x}"), "“指标” P4", "不是 JSON", "英文引号"),
    (put("指标", 4, "只看权重档", "moon"), "“指标” Q4", "权重档“moon”不存在", "可用的权重档"),
    (put("指标", 4, "要点编号", "1.1.1-1"), "“指标” N4", "用了两次", "换一个"),
    (put("指标", 3, "扣分", "也许"), "“指标” S3", "“也许”既不是“是”也不是“否”", "请写“是”"),
    (put("指标", 1, "评估要点", "要点"), "“指标”：", "找不到列 “评估要点”", "补上表头"),
    (put("指标", 1, "权重：city", "权重：town"), "“指标”：", "找不到列“权重：city”", "补上这一列"),
    (put("说明", 8, "内容", "草稿"), "“说明” B8", "“草稿”不在可选的值中", "完整、概要"),
    (put("说明", 9, "内容", None), "“说明” B9", "没有写“满分”", "补上"),
    (put("说明", 3, "内容", "去年"), "“说明” B3", "“去年”不是数", ""),
    (lambda sheets: sheets["注"].parent.remove(sheets["注"]), "“注”：", "没有这个工作表", "补回"),
    (lambda sheets: sheets["缺陷"].append(["9", "city", 1, 2, "x", "y"]), "“缺陷” 第 1 条", "代码“9”不存在", ""),
    (
        lambda sheets: sheets["案例类别"].append(["9", "x", "甲", "乙"]),
        "“案例类别” A",
        "代码“9”不在",
        "改为表中的代码",
    ),
]


@pytest.mark.parametrize(("edit", "place", "what", "remedy"), FAULTS)
def test_a_fault_is_named_with_sheet_cell_and_remedy(
    tmp_path: Path, edit: Callable[[dict[str, Worksheet]], object], place: str, what: str, remedy: str
) -> None:
    path = edited(tmp_path, edit)
    with pytest.raises(UnusableFile) as caught:
        read_workbook(path)
    said = [one for one in caught.value.sentences if what in one]
    assert said, caught.value.sentences
    assert said[0].startswith(f"{path} 工作表{place}")
    assert remedy in said[0]


def test_two_indicators_of_one_name_are_told_apart_by_their_codes(tmp_path: Path) -> None:
    def edit(sheets: dict[str, Worksheet]) -> None:
        sheet = sheets["指标"]
        sheet.cell(row_of(sheet, "三级指标", "政策解读"), column(sheet, "三级指标")).value = "政策文件库"

    with pytest.raises(UnusableFile, match=r"“政策文件库”有 1\.1\.3、1\.1\.4 两个代码"):
        read_workbook(edited(tmp_path, edit))


@pytest.mark.parametrize(
    "body", [b"", b"PK\x03\x04 broken", "标识,年份".encode("gbk"), b"\xd0\xcf\x11\xe0" + bytes(600)]
)
def test_what_is_no_workbook_is_refused_with_a_sentence(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(body)
    with pytest.raises(UnusableFile, match=r"不是可读的 XLSX 文件.*另存为 \.xlsx"):
        read_workbook(path)


def test_the_workbook_adds_up_and_guides_the_editor(tmp_path: Path) -> None:
    book = load_workbook(exported(CITY, tmp_path))
    sheet = book["指标"]
    assert sheet["I2"].value == "=SUM(I3:I400)".replace("400", str(sheet.max_row + 200))
    assert str(sheet["C3"].value).startswith("=SUM(I3:I")
    assert sheet.freeze_panes == "D3"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.paperSize, sheet.print_title_rows) == (9, "$1:$2")
    assert {rule.formula1 for rule in sheet.data_validations.dataValidation} == {
        "='可选值'!$A$1:$A$6",
        f"='可选值'!$B$1:$B${len(list(Path(library.__file__).with_name('library').joinpath('audits.txt').read_text().split()))}",
    }
    assert book["可选值"].sheet_state == "hidden"


def test_the_commands_export_and_import(tmp_path: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-c", "from govgauge.cli.main import main; main()", "systems", *words]
        return subprocess.run(program, capture_output=True, text=True, check=False)

    sheet, file = tmp_path / "city.xlsx", tmp_path / "city.yaml"
    assert run("export", "2025-city", "--out", str(sheet)).returncode == 0
    assert run("import", str(sheet), "--out", str(file)).returncode == 0
    assert load(file) == CITY
    assert run("diff", "2025-city", str(sheet)).stdout.endswith("没有不同。\n")
    book = load_workbook(sheet)
    book["指标"]["I3"] = 12
    book.save(sheet)
    off = run("import", str(sheet), "--out", str(file))
    assert (off.returncode, "满分在权重档 city 印为 110，各行合计 105" in off.stderr) == (0, True)
    wrong = run("export", "2025-city", "--out", str(tmp_path / "city.doc"))
    assert (wrong.returncode, "请用 .xlsx" in wrong.stderr) == (2, True)
