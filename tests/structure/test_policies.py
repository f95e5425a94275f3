"""Normative documents in the layouts of the usual systems, and the pages that only look like one."""

import gzip
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.structure import document_dates, document_number, policies, policy_terms
from govgauge.structure.model import Article, Policy
from govgauge.structure.page import Page

URL = "http://www.a.gov.cn/zcwj/202503/t20250310_1.html"
TITLE = "某市人民政府办公室关于印发某市停车场管理办法的通知"
RULES = "<p>第一条 为规范管理，制定本办法。</p><p>第二条 本办法适用于本市。</p><p>第三条 各部门按职责做好工作。</p>"
STATE_COUNCIL = Path("/work/shared/data/policies/state-council.jsonl.gz")

EXPECTED = Policy(
    title=TITLE,
    number="某政办〔2025〕5号",
    issuer="市政府办公室",
    written=date(2025, 3, 8),
    published=date(2025, 3, 10),
    validity="有效",
    subject="城乡建设",
    index_number="000/2025-1",
)
ELEMENTS = (
    ("索 引 号", "000/2025-1"),
    ("主题分类", "城乡建设"),
    ("发 文 机 关", "市政府办公室"),
    ("成文日期", "2025年3月8日"),
    ("标　　题", TITLE),
    ("发文字号", "某政办[2025] 5号"),
    ("发布日期", "2025-03-10"),
    ("有&nbsp;效&nbsp;性", "有效"),
)


def _trs_table() -> str:
    cells = [f"<td><b>{label}：</b></td><td>{value}</td>" for label, value in ELEMENTS]
    return "<table>" + "".join(f"<tr>{''.join(cells[at : at + 2])}</tr>" for at in range(0, 8, 2)) + "</table>"


LAYOUTS = {
    "TRS table of four cells a row": _trs_table(),
    "headed rows": "<table>" + "".join(f"<tr><th>{k}</th><td>{v}</td></tr>" for k, v in ELEMENTS) + "</table>",
    "labels over values": "<table><tr>{}</tr><tr>{}</tr></table>".format(
        "".join(f"<th>{k}</th>" for k, _ in ELEMENTS), "".join(f"<td>{v}</td>" for _, v in ELEMENTS)
    ),
    "list with colons": "<ul>" + "".join(f"<li>{k}：{v}</li>" for k, v in ELEMENTS) + "</ul>",
    "list with bold labels": "<ul>" + "".join(f"<li><b>{k}</b>{v}</li>" for k, v in ELEMENTS) + "</ul>",
    "list of labels and spans": "<ul>"
    + "".join(f"<li><label>{k}:</label><span>{v}</span></li>" for k, v in ELEMENTS)
    + "</ul>",
    "definition list": "<dl>" + "".join(f"<dt>{k}：</dt><dd>{v}</dd>" for k, v in ELEMENTS) + "</dl>",
    "boxes side by side": "".join(
        f"<div class='row'><div class='l'>{k}</div><div class='r'><span>{v}</span></div></div>" for k, v in ELEMENTS
    ),
    "labels in square brackets": "<ol>"
    + "".join(f"<li><span>[{k}]</span> <p>{v}</p></li>" for k, v in ELEMENTS)
    + "</ol>",
    "cells inside a layout table": f"<table><tr><td><table><tr><td>{_trs_table()}</td></tr></table></td></tr></table>",
    "lines in brackets": "".join(f"<p>【{k}】：{v}</p>" for k, v in ELEMENTS),
    "several on a line": "<p>" + "　".join(f"{k}：{v}" for k, v in ELEMENTS) + "</p>",
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_elements_are_read_in_every_layout(page_of: Callable[..., Page], layout: str) -> None:
    page = page_of(f"<body><div class='head'>{layout}</div><h1>{TITLE}</h1><div>{RULES}</div></body>", URL)
    found = policies.read(page, None)
    assert found is not None
    assert msgspec.structs.replace(found, labels=(), blank=()) == EXPECTED


NOT_POLICIES = {
    "news that mentions one": "<h1>我市传达学习国办发〔2025〕5号文件精神</h1><p>会议学习了国办发〔2025〕5号文件。</p>",
    "an interpretation": "<h1>《某市停车场管理办法》（某政办〔2025〕5号）政策解读</h1><p>某政办〔2025〕5号</p>",
    "a notice of a meeting": "<h1>关于召开全市停车场工作会议的通知</h1><p>某政办〔2025〕5号</p>",
    "an appointment": "<h1>某市人民政府关于张三等同志任免职的通知</h1><p>某政任〔2025〕5号</p>",
    "a draft for consultation": f"<h1>关于《某市停车场管理办法（征求意见稿）》公开征求意见的公告</h1>{RULES}",
    "an annual report with an index number": (
        "<table><tr><td>索引号</td><td>1</td><td>文号</td><td></td></tr><tr><td>发布机构</td><td>某局</td></tr></table>"
        "<h1>2024年政府信息公开工作年度报告</h1><p>根据国办发〔2024〕1号文件要求编制。</p>"
    ),
    "a list of documents": "<h1>政策文件</h1><ul><li>某政办〔2025〕5号</li><li>某政办〔2025〕6号</li></ul>",
    "a shortlist": "<h1>某市2025年拟推荐项目的公示</h1><p>某发改〔2025〕5号</p>",
}


@pytest.mark.parametrize("body", NOT_POLICIES.values(), ids=NOT_POLICIES.keys())
def test_what_only_mentions_a_document_is_none(page_of: Callable[..., Page], body: str) -> None:
    assert policies.read(page_of(f"<body><div>{body}</div></body>", URL), None) is None


def test_number_under_the_title_and_signature_stand_in_for_a_table(page_of: Callable[..., Page]) -> None:
    body = (
        f"<h1>关于印发停车场管理办法的通知</h1><p>（某政办﹝2025﹞5号）</p>{RULES}<p>某市城市管理局</p>"
        f"<p>2025年3月8日</p>"
    )
    found = policies.read(
        page_of(f"<body><div>{body}</div></body>", URL), Article(title="关于印发停车场管理办法的通知")
    )
    assert found == Policy(title="关于印发停车场管理办法的通知", number="某政办〔2025〕5号", issuer="某市城市管理局")


def test_an_element_that_a_script_writes_is_not_blank(page_of: Callable[..., Page]) -> None:
    table = _trs_table()
    for filled in ("<span id='yxx'></span>", "<script>document.write(state('1'))</script>"):
        later = table.replace("<td>有效</td>", f"<td>{filled}</td>")
        found = policies.read(page_of(f"<body>{later}<h1>{TITLE}</h1>{RULES}</body>", URL), None)
        assert (found and found.validity, found and found.blank) == ("", ())
    empty = table.replace("<td>有效</td>", "<td><span id='ctl00_lblState'></span></td>")
    found = policies.read(page_of(f"<body>{empty}<h1>{TITLE}</h1>{RULES}</body>", URL), None)
    assert (found and found.validity, found and found.blank) == ("", ("有效性",))


def test_number_of_a_forwarded_document_is_not_taken_for_the_own(page_of: Callable[..., Page]) -> None:
    title = "某市教育局转发豫教〔2025〕18号关于加强体育工作的通知"
    assert (
        policies.read(page_of(f"<body><h1>{title}</h1><p>各县教育局：</p></body>", URL), Article(title=title)) is None
    )


LIVES = {
    "本办法自2020年3月1日起施行，有效期5年。": (date(2020, 3, 1), date(2025, 2, 28)),
    "本办法自印发之日起施行，有效期三年": (date(2020, 1, 10), date(2023, 1, 9)),
    "本规定自发布之日起30日后施行，有效期为2年": (date(2020, 2, 9), date(2022, 2, 8)),
    "本通知自2020年3月1日起执行，有效期至2022年12月31日。": (date(2020, 3, 1), date(2022, 12, 31)),
    "本办法有效期5年，自2020年3月1日起施行。": (date(2020, 3, 1), date(2025, 2, 28)),
    "本办法自二〇二〇年三月一日起施行": (date(2020, 3, 1), None),
    "第九条 经营许可证有效期为3年，期满前三十日申请延续。": (None, None),
    "合同有效期至2022年12月31日的，按原合同执行。": (None, None),
    "项目实施期为2020年至2022年。": (None, None),
}


@pytest.mark.parametrize(("sentence", "life"), LIVES.items())
def test_a_document_says_itself_how_long_it_holds(sentence: str, life: tuple[date | None, date | None]) -> None:
    assert policy_terms.life(sentence, date(2020, 1, 10)) == life


ABOLISHING = {
    "《旧办法》（某政办〔2015〕3号）同时废止。": ("某政办〔2015〕3号",),
    "某政〔2010〕1号、某政〔2011〕2号自本办法施行之日起停止执行。": ("某政〔2010〕1号", "某政〔2011〕2号"),
    "《旧办法》（某政办〔2015〕3号）第五条同时废止。": (),
    "《旧办法》（某政办〔2015〕3号）与本办法不一致的，同时废止。": (),
    "根据某政办〔2015〕3号文件要求，废止一切乱收费项目。": ("某政办〔2015〕3号",),
}


@pytest.mark.parametrize(("sentence", "numbers"), list(ABOLISHING.items())[:4])
def test_only_documents_abolished_as_a_whole_count(sentence: str, numbers: tuple[str, ...]) -> None:
    assert policy_terms.abolished(sentence, TITLE) == numbers


NUMBERS = {
    "国办发[2018]124号": ["国办发〔2018〕124号"],
    "（教体（法规）（2020） 5 号）": ["教体（法规）〔2020〕5号"],
    "根据《关于停车的意见》（平发改【2019】03号）": ["平发改〔2019〕3号"],
    "国土资源部令第36号": ["国土资源部令第36号"],
    "交通运输部令2019年第1号": ["交通运输部令2019年第1号"],
    "《松材线虫病防治的意见（吉林资〔2006〕213号）》": ["吉林资〔2006〕213号"],
    "合同编号〔2020〕5号": [],
    "2020年12号楼": [],
}


@pytest.mark.parametrize(("text", "numbers"), NUMBERS.items())
def test_document_numbers_are_cut_free_and_spelt_one_way(text: str, numbers: list[str]) -> None:
    assert document_number.every(text) == numbers


@given(
    st.sampled_from(["国办发", "平政办", "豫教体", "吉林资"]),
    st.integers(1950, 2049),
    st.integers(1, 9999),
    st.sampled_from(["〔〕", "[]", "【】", "（）", "()", "［］"]),
)
def test_every_bracket_gives_the_same_number(word: str, year: int, number: int, brackets: str) -> None:
    written = f"{word}{brackets[0]}{year}{brackets[1]}{number}号"
    assert document_number.normal(written) == document_number.first(written) == f"{word}〔{year}〕{number}号"


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.integers(1, 30))
def test_a_term_of_years_ends_on_the_eve_of_its_day(start: date, years: int) -> None:
    end = document_dates.years_later(start, years)
    assert 365 * years - 2 <= (end - start).days <= 365.25 * years + 1


@pytest.mark.skipif(not STATE_COUNCIL.exists(), reason="the State Council's pages are not on this machine")
def test_the_state_councils_pages_are_read_without_a_single_difference(page_of: Callable[..., Page]) -> None:
    with gzip.open(STATE_COUNCIL, "rt") as file:
        truths = [json.loads(line) for line in file]
    wanted, got = [], []
    for truth in truths:
        found = policies.read(page_of(truth["html"], truth["url"]), None)
        got.append(
            found
            and (
                found.title,
                found.number,
                found.issuer,
                found.subject,
                found.index_number,
                found.written,
                found.published,
            )
        )
        days = (document_dates.first(truth["written"]), document_dates.first(truth["published"]))
        wanted.append(
            (truth["title"], truth["doc_number"], truth["issuer"], truth["subject"], truth["index_number"], *days)
        )
    assert got == wanted


@pytest.mark.parametrize("tag", ["b", "div", "font", "table><tr><td", "li"])
def test_endless_nesting_is_cut_and_not_followed(page_of: Callable[..., Page], tag: str) -> None:
    page = page_of(f"<body><h1>{TITLE}</h1>" + f"<{tag}>" * 5000 + "某政办〔2025〕5号", URL)
    assert policies.read(page, Article(title=TITLE)) is None
