"""Pages of open datasets: formats, frequency, last update, fields."""

from collections.abc import Callable
from datetime import date

import pytest

from govgauge.structure import datasets
from govgauge.structure.model import Dataset
from govgauge.structure.page import Page

URL = "http://www.a.gov.cn/data/1.html"
FIELDS = "<table><tr><th>字段名称</th><th>字段描述</th></tr><tr><td>id</td><td>编号</td></tr></table>"
EXPECTED = Dataset(
    title="公交站点", formats=("csv", "json"), frequency="monthly", updated=date(2025, 8, 1), fields_described=True
)
LAYOUTS = {
    "table": "<table><tr><td>数据提供方</td><td>交通局</td><td>更新频率</td><td>每月</td></tr>"
    "<tr><td>最后更新时间</td><td>2025-08-01 10:00</td><td>数据格式</td><td>CSV、JSON</td></tr></table>",
    "list": "<ul><li><label>来源部门：</label><span>交通局</span></li><li><label>更新周期：</label><span>"
    "按月</span></li>"
    "<li><label>更新时间：</label><span>2025年8月1日</span></li><li><label>文件格式：</label><span>csv,json</span></li></ul>",
    "download links": "<dl><dt>提供单位</dt><dd>交通局</dd><dt>更新频次</dt><dd>月度</dd><dt>更新日期</dt><dd>"
    "2025-08-01</dd></dl>"
    "<a href='/f/1.csv'>下载</a><a href='javascript:down(1)'>JSON下载</a>",
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_a_dataset_is_read_in_every_layout(page_of: Callable[..., Page], layout: str) -> None:
    assert datasets.read(page_of(f"<body><h1>公交站点</h1><div>{layout}{FIELDS}</div></body>", URL)) == EXPECTED


@pytest.mark.parametrize(
    ("text", "word"),
    [
        *(("实时", "realtime"), ("每日", "daily"), ("每周", "weekly"), ("月", "monthly"), ("每季度", "quarterly")),
        *(
            ("每三个月", "quarterly"),
            ("每半年", "half-yearly"),
            ("年度", "yearly"),
            ("不定期", "irregular"),
            ("每两年", "irregular"),
        ),
        *(("静态数据，不更新", "irregular"), ("暂无", ""), ("", "")),
    ],
)
def test_frequencies_have_one_word_each(text: str, word: str) -> None:
    assert datasets.frequency(text) == word


def test_a_list_of_datasets_is_none(page_of: Callable[..., Page]) -> None:
    assert datasets.read(page_of(f"<body><h1>数据目录</h1>{LAYOUTS['table'] * 3}</body>", URL)) is None


def test_an_article_about_open_data_is_none(page_of: Callable[..., Page]) -> None:
    page = page_of("<body><h1>关于做好数据开放的通知</h1><p>请明确更新频率和数据格式，及时更新。</p></body>", URL)
    assert datasets.read(page) is None
