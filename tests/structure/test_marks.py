"""The foot of a home page as it is written in the wild, and the marks that are to be read from it."""

import tarfile
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.gather.artifacts import Exchange, Purpose
from govgauge.structure import mark_numbers, marks, site_names, spam_words
from govgauge.structure.model import Marks
from govgauge.structure.page import Page, ReadContext
from govgauge.structure.provinces import ICP_PREFIXES

HOME = "http://www.a.gov.cn/"
REAL = Path(__file__).parents[3] / "shared" / "data" / "real-sites"


def read(html: str, url: str = HOME) -> Marks:
    whole = html if "<html" in html else f"<html><head><title>某市人民政府</title></head><body>{html}</body></html>"
    exchange = Exchange(url=url, final_url=url, purpose=Purpose.HOME, status=200)
    return marks.read(
        Page(exchange, whole.encode(), ReadContext(home=url, host="www.a.gov.cn", as_of=date(2025, 11, 30)))
    )


FEET = tomllib.loads((Path(__file__).parent / "feet.toml").read_text(encoding="utf-8"))["feet"]


@pytest.mark.parametrize("foot", FEET, ids=[foot["name"] for foot in FEET])
def test_marks_are_read_as_they_stand_in_the_wild(foot: dict[str, Any]) -> None:
    found, expected = read(foot["html"]), msgspec.convert(foot["marks"], Marks)
    assert {name: getattr(found, name) for name in foot["marks"]} == {
        name: getattr(expected, name) for name in foot["marks"]
    }


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("4104000017", ""),
        ("bm55000001", ""),
        ("BM55000001", ""),
        ("9902230001", "prefix"),
        ("0000000000", "placeholder"),
        ("1111111111", "placeholder"),
        ("1234567890", "placeholder"),
        ("410400001", "digits"),
        ("41040000171", "digits"),
        ("bm5500001", "digits"),
        ("XXXXXXXXXX", "digits"),
        ("", "digits"),
    ],
)
def test_a_site_code_is_ten_digits_of_a_province_or_bm(code: str, fault: str) -> None:
    assert mark_numbers.site_code_fault(code) == fault
    assert mark_numbers.is_site_code(code) is not bool(fault)


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("豫ICP备08003687号-1", ""),
        ("京ICP备2021000001号", ""),
        ("京ICP证030173号", ""),
        ("ICP备案号:川B2-20090012", ""),
        ("川ICP备05012345号", "prefix"),
        ("贵ICP备05012345号-2", "prefix"),
        ("豫ICP备123号", "digits"),
        ("豫ICP备00000000号", "digits"),
        ("豫ICP备XXXXXXXX号", "digits"),
    ],
)
def test_an_icp_record_needs_digits_and_the_filing_systems_province(number: str, fault: str) -> None:
    assert mark_numbers.icp_fault(number) == fault


@given(st.sampled_from(sorted(ICP_PREFIXES)), st.integers(10**7, 10**8 - 1), st.integers(0, 99))
def test_every_well_formed_icp_record_is_found_in_running_text(prefix: str, number: int, part: int) -> None:
    written = f"{prefix}ICP备{number}号-{part}"
    found = mark_numbers.icp_number(f"技术支持：甲公司 {written} 网站标识码：4104000017")
    assert (found, mark_numbers.icp_fault(found)) == (written, "")


@given(st.text(max_size=400))
def test_no_text_breaks_the_reading_of_numbers(text: str) -> None:
    code, icp, police = mark_numbers.site_code(text), mark_numbers.icp_number(text), mark_numbers.police_number(text)
    assert all(isinstance(found, str) for found in (code, icp, police))


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("松江市人民政府门户网站", True),
        ("首页-松江市林业局", True),
        ("中国·松江 - 松江市人民政府", True),
        ("国家税务总局松江市税务局", True),
        ("松江高新技术产业开发区管委会", True),
        ("松江之窗", False),
        ("中国松江", False),
        ("松江在线", False),
    ],
)
def test_a_name_is_proper_when_it_names_a_body(name: str, good: bool) -> None:
    assert site_names.names_body(site_names.clean(name)) is good


@pytest.mark.parametrize(
    ("words", "spam"),
    [
        ("澳门新葡京官网", True),
        ("开元棋牌app下载", True),
        ("新开传奇私服", True),
        ("代开增值税发票", True),
        ("警方打击网络赌博平台", False),
        ("中国福利彩票", False),
        ("彩票公益金使用情况", False),
        ("澳门特别行政区政府", False),
        ("扫黄打非举报", False),
        ("棋牌协会换届", False),
        ("成人教育", False),
    ],
)
def test_spam_is_told_from_what_fights_or_only_resembles_it(words: str, spam: bool) -> None:
    assert spam_words.is_spam(words) is spam


@pytest.mark.real
@pytest.mark.parametrize(
    ("archive", "expected"),
    [
        (
            "jilin-forestry.tar.gz",
            {"site_code": "2202000006", "icp": "吉ICP备05005864号", "police": "吉公网安备22021102000204号"},
        ),
        (
            "pingdingshan-education.tar.gz",
            {"site_code": "4104000017", "icp": "陕ICP备08003687号-1", "police": "", "gov_mark_url": ""},
        ),
    ],
)
def test_real_home_pages_show_what_a_reader_sees(archive: str, expected: dict[str, str]) -> None:
    if not (REAL / archive).exists():
        pytest.skip("the real sites are not here")
    with tarfile.open(REAL / archive) as files:
        homes = (member for member in files if member.name.removeprefix("./") == "index.html")
        body = files.extractfile(next(homes))
        assert body is not None
        found = read(body.read().decode())
    assert {name: getattr(found, name) for name in expected} == expected
