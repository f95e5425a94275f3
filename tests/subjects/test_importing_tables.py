"""The good rows of a table are taken, each other one is told by row, column and remedy, and nothing in it is run."""

import csv
import io
import time
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from govgauge.subjects.model import Channel, Group, Kind, Level, Outlet, Subject
from govgauge.subjects.tables.grid import UnusableTable, read_csv
from govgauge.subjects.tables.importing import Imported, read_table, take

PROVINCE = Subject("江西省", Level.PROVINCE, Kind.PROVINCE)
MAY = datetime(2020, 5, 1)  # noqa: DTZ001  # a workbook knows no time zones
LONGEST_SECONDS = 10
"""Of processor time, for 15,000 rows."""


def taken(text: str) -> Imported:
    return take(read_csv(text.encode(), "t.csv"), "t")


def sentences(imported: Imported) -> list[str]:
    return [left.sentence() for left in imported.left_out]


def book(path: Path, rows: list[list[object]], merged: str = "") -> Path:
    made = Workbook()
    sheet = made.worksheets[0]
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    made.save(path)
    return path


def test_three_bad_rows_of_many_are_left_out_with_a_sentence_each(tmp_path: Path) -> None:
    rows = [["名称", "上级", "级别", "区划代码", "网址", "启用"], ["江西省", "", "省级", "360000", "", ""]]
    rows += [[f"第{n}县", "江西省", "县级", str(360100 + n), f"http://x{n}.gov.cn/", ""] for n in range(1, 1202)]
    rows[10][3] = "36O109"
    rows[500][4] = rows[499][4]
    rows[1000][5] = "2020-13-01"
    path = tmp_path / "名单.csv"
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    imported = read_table(path)
    assert (imported.rows, len(imported.roster.subjects), len(imported.roster.outlets)) == (1202, 1199, 1198)
    told = [
        "第 11 行“区划代码”列（D11）：“第9县”的区划代码“36O109”不是六位数字。请写六位数字，没有时留空。",
        (
            "第 501 行“地址”列（E501）：“http://x498.gov.cn/”同时属于“江西省/第498县”（一直）和“江西省/第499县”（一直）。"
            "同一地址同一天只能属于一个对象，列一次；请改正地址或起止日期。"
        ),
        "第 1001 行“启用”列（F1001）：“2020-13-01”不是日期。请写成 2025-11-30，年月日都要。",
    ]
    assert sentences(imported) == told
    with pytest.raises(UnusableTable) as refused:
        read_table(path, strict=True)
    assert str(refused.value) == "\n".join(f"{path} {sentence}" for sentence in told)


def test_what_needs_a_row_left_out_is_left_out_with_it() -> None:
    imported = taken(
        "名称,上级,级别,前身,地址\n江西省,,省,,\n南昌市,江西省,地级,,\n东湖区,江西省/南昌市,,,http://a.gov.cn\n"
        "东湖区,江西省/南昌市,,,http://b.gov.cn\n安徽省,,,,\n某县,安徽省,,江西省/南昌市,\n"
    )
    assert imported.roster.subjects == (Subject("安徽省", Level.PROVINCE, Kind.PROVINCE),)
    assert sentences(imported) == [
        "第 2 行“级别”列（C2）：“省”不是可用的级别。请改为：中央、省级、副省级、地级、县级、开发区。",
        "第 3 行“上级”列（B3）：“南昌市”的上级“江西省”没有导入。请先改正第 2 行。",
        "第 4 行“上级”列（B4）：“东湖区”的上级“江西省/南昌市”没有导入。请先改正第 3 行。",
        "第 5 行“名称”列（A5）：“江西省/南昌市/东湖区”没有导入。请先改正第 4 行。",
        "第 7 行“前身”列（D7）：“某县”的前身“江西省/南昌市”没有导入。请先改正第 3 行。",
    ]


def test_a_parent_may_be_named_shortly_where_one_row_alone_has_the_name() -> None:
    imported = taken(
        "名称,上级,级别\n江西省,,\n辽宁省,,\n朝阳市,辽宁省,地级\n东湖区,朝阳市,\n南昌市,江西省,地级\n西湖区,南昌市,\n"
        "南昌市,辽宁省,地级\n迷区,无市,\n"
    )
    assert [subject.key for subject in imported.roster.subjects] == [
        "江西省",
        "辽宁省",
        "辽宁省/朝阳市",
        "辽宁省/朝阳市/东湖区",
        "江西省/南昌市",
        "辽宁省/南昌市",
    ]
    assert sentences(imported) == [
        "第 7 行“上级”列（B7）：表中有 2 个“南昌市”。请写上级的全路径，如 江西省/南昌市、辽宁省/南昌市。",
        "第 9 行“上级”列（B9）：上级“无市”不在表中。请先列入上级，或更正其名称。",
    ]


def test_parents_in_a_circle_are_refused() -> None:
    imported = taken("名称,上级,级别\n甲区,乙区,\n乙区,甲区,\n江西省,,\n")
    assert imported.roster.subjects == (PROVINCE,)
    assert [left.row for left in imported.left_out] == [2, 3]


def test_further_rows_of_a_body_bring_its_other_sites_and_accounts() -> None:
    imported = taken(
        "名称,渠道,地址,启用,停用,区划代码\n江西省,,http://jx.gov.cn,,2020/5/1,360000\n江西省,网站,https://jiangxi.gov.cn,2020年5月1日,,\n"
        "江西省,微信,jxfb,,,360000\n江西省,微博,jxwb,,,361000\n江西省,,,,,\n"
    )
    assert imported.roster.outlets == (
        Outlet("江西省", Channel.SITE, "http://jx.gov.cn", until=date(2020, 5, 1)),
        Outlet("江西省", Channel.SITE, "https://jiangxi.gov.cn", since=date(2020, 5, 1)),
        Outlet("江西省", Channel.WECHAT, "jxfb"),
    )
    assert sentences(imported) == [
        (
            "第 5 行“区划代码”列（F5）：“江西省”在前面列过，那里的“区划代码”与这一行不同。"
            "同一对象的后几行只写名称、上级和渠道；不同的对象请写明各自的上级。"
        ),
        "第 6 行“名称”列（A6）：“江西省”在第 2 行列过。请删去一行，或写明各自的上级以示区别。",
    ]


def test_formulas_and_their_errors_are_never_taken(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        [
            ["名称", "区划代码"],
            ["江西省", 360000],
            ['=HYPERLINK("http://x","安徽省")', 340000],
            ["福建省", "=1+1"],
            ["河北省", "#N/A"],
        ],
    )
    imported = read_table(path)
    assert [(one.name, one.code) for one in imported.roster.subjects] == [("江西省", "360000")]
    assert sentences(imported) == [
        "第 3 行“名称”列（A3）：这一格是公式，不会被计算。请把它贴为值（选择性粘贴，数值）。",
        "第 4 行“区划代码”列（B4）：这一格是公式，不会被计算。请把它贴为值（选择性粘贴，数值）。",
        "第 5 行“区划代码”列（B5）：这一格是错误值 #N/A，不会被计算。请把它贴为值（选择性粘贴，数值）。",
    ]


def test_a_workbook_as_people_make_it_is_read(tmp_path: Path) -> None:
    path = book(
        tmp_path / "b.xlsx",
        [
            ["2026 年评估对象"],
            [],
            ["序号", "单位名称", "上级单位", "级别", "网 址", "启用日期"],
            [1, "江西省", None, None, None, None],
            [2, "南昌市 ", "江西省", "地级", "http://nc.gov.cn/", MAY],
            [None, None, None, None, None, None],
            [3, "赣州市", None, "prefecture", None, None],
        ],
        merged="C5:C7",
    )
    imported = read_table(path)
    assert imported.left_out == ()
    assert imported.roster.subjects == (
        PROVINCE,
        Subject("南昌市", Level.PREFECTURE, Kind.CITY, "江西省"),
        Subject("赣州市", Level.PREFECTURE, Kind.CITY, "江西省"),
    )
    assert imported.roster.outlets == (
        Outlet("江西省/南昌市", Channel.SITE, "http://nc.gov.cn/", since=date(2020, 5, 1)),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_is_read_in_the_encodings_and_marks_of_spreadsheets(encoding: str, mark: str) -> None:
    body = f"名称{mark}区划代码\r\n江西省{mark}360000\r\n".encode(encoding)
    imported = take(read_csv(body, "t.csv"), "t")
    assert [(one.name, one.code) for one in imported.roster.subjects] == [("江西省", "360000")]


def test_a_title_may_stand_above_the_headings_of_a_csv() -> None:
    imported = taken("2026 年，评估对象\n\n名称;区划代码\n江西省;360000\n")
    assert [(one.name, one.code) for one in imported.roster.subjects] == [("江西省", "360000")]


def test_kind_and_level_are_guessed_only_from_names_that_tell_them() -> None:
    rows = "江西省 东湖区 碑林区 神农架林区 苏州工业园区 漳州台商投资区 锦州经济技术开发区 教育部 南昌市 延边州"
    imported = taken("名称\n" + rows.replace(" ", "\n"))
    assert [(one.name, one.kind, one.level) for one in imported.roster.subjects] == [
        ("江西省", Kind.PROVINCE, Level.PROVINCE),
        ("东湖区", Kind.DISTRICT, Level.COUNTY),
        ("碑林区", Kind.DISTRICT, Level.COUNTY),
        ("神农架林区", Kind.FOREST_DISTRICT, Level.COUNTY),
        ("锦州经济技术开发区", Kind.ETDZ, Level.ZONE),
        ("延边州", Kind.AUTONOMOUS_PREFECTURE, Level.PREFECTURE),
    ]
    assert [(left.row, left.heading) for left in imported.left_out] == [
        (6, "类型"),
        (7, "类型"),
        (9, "类型"),
        (10, "级别"),
    ]


def test_groups_are_those_of_the_list_asked_for_by_title_or_id() -> None:
    grid = read_csv("名称,组\n江西省,省级政府\n安徽省,province;甲\n".encode(), "t.csv")
    imported = take(grid, "t", [Group("province", "省级政府")])
    assert [one.groups for one in imported.roster.subjects] == [("province",)]
    assert sentences(imported) == ["第 3 行“组”列（B3）：“安徽省”的组“甲”未定义。请改为下列之一：province。"]
    assert [group.id for group in take(grid, "t").roster.groups] == ["省级政府", "province", "甲"]


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.csv", b"", "找不到“名称”列的表头"),
        ("a.csv", "名称\n".encode(), "表头下没有内容"),
        ("a.csv", "名称,单位名称\n甲省,\n".encode(), "写了两次"),
        ("a.csv", '名称\n"甲省\n'.encode(), "不是完整的 CSV"),
        ("a.csv", b"\xff\xfe\x00", "编码无法识别"),
        ("a.xlsx", b"PK\x03\x04", "不是可读的 XLSX 文件"),
        ("a.ods", b"", "不认识的文件类型"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(tmp_path: Path, name: str, body: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(body)
    with pytest.raises(UnusableTable, match=said):
        read_table(tmp_path / name)


def test_fifteen_thousand_rows_are_read_in_time_whatever_they_hold() -> None:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["名称", "上级", "前身", "地址"])
    rows.writerow(["甲0县", "缺省", "", ""])
    rows.writerows([f"甲{n}县", "", f"甲{n - 1}县", "http://one.gov.cn/"] for n in range(1, 15_000))
    start = time.process_time()
    imported = taken(out.getvalue())
    assert time.process_time() - start < LONGEST_SECONDS
    assert len(imported.left_out) == 15_000


def test_a_workbook_made_to_exhaust_memory_is_refused_at_once(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["名称"], ["江西省"]])
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    merged = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", merged)
    with zipfile.ZipFile(path, "w") as packed:
        for name, body in {**parts, "xl/worksheets/sheet1.xml": sheet}.items():
            packed.writestr(name, body)
    with pytest.raises(UnusableTable, match="合并单元格的范围太大"):
        read_table(path)


def test_a_site_that_moved_every_day_is_read_in_time() -> None:
    days = [date(1950, 1, 1) + timedelta(days=n) for n in range(15_001)]
    rows = [f"江西省,http://x{n}.cn,{days[n]},{days[n + 1]}" for n in range(15_000)]
    start = time.process_time()
    imported = taken("名称,地址,启用,停用\n" + "\n".join(reversed(rows)))
    assert time.process_time() - start < LONGEST_SECONDS
    assert (len(imported.roster.outlets), imported.left_out) == (15_000, ())
