"""The pure part of certificates: numbers, statements, signatures, the sheet, and what a check finds out."""

import json
import re
import zlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from govgauge.errors import Unusable
from govgauge.reports.certificates import checking, layout, numbering, signing, square
from govgauge.reports.certificates import statement as said
from govgauge.reports.certificates.checking import Look
from govgauge.reports.certificates.numbering import Number
from govgauge.reports.certificates.signing import Signed
from govgauge.reports.certificates.statement import Kind, Statement

SECRET, OTHER = bytes(range(32)), bytes(range(1, 33))
KEY = signing.key_id(signing.public_of(SECRET))
KEYS = {KEY: signing.public_of(SECRET)}
STATEMENT = Statement(
    number=Number(2025, 1).code,
    kind=Kind.ASSESSED,
    round="2025",
    round_title="2025 年政府网站评估",
    holder="武汉市人民政府",
    text="在“2025 年政府网站评估”（省会城市，共 30 家）中，评估等级为",
    title="优秀",
    facts=(("组别", "省会城市"),),
    issued_on=date(2025, 11, 30),
    issuer="数字政府评估中心",
    word="政测证字",
    check="https://pinggu.example.gov.cn/certificates/",
    key=KEY,
)
LONG = replace(
    STATEMENT,
    number=Number(2025, 2).code,
    kind=Kind.CASE,
    holder="新疆维吾尔自治区巴音郭楞蒙古自治州和静县巴音布鲁克景区管理委员会数字服务管理局办公室",
    title="政务服务“高效办成一件事”与人工智能应用融合创新优秀实践案例（省级）",
    text="贵单位的案例“#set text(red) *基于* $大模型$ 的政务服务 \\u{41} @全流程 #panic()”入选",
)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return layout.pdf(signing.sign(STATEMENT, SECRET), SECRET)


def test_a_number_reads_back_however_it_was_typed() -> None:
    made = Number(2025, 17)
    assert made.printed("政测证字") == f"政测证字〔2025〕第 00017-{made.check} 号"
    for written in (
        made.code,
        made.printed("政测证字"),
        f" 2025 00017 {made.check}",
        f"２０２５－０００１７－{made.check}",
    ):
        assert numbering.read(written) == made
    assert [numbering.read(one) for one in ("", "abc", "2025", "2025-1-2", "x" * 10_000)] == [None] * 5


@given(st.integers(2000, 2999), st.integers(1, 999_999_999), st.data())
def test_every_wrong_digit_and_every_exchange_is_told(year: int, serial: int, data: st.DataObject) -> None:
    code = Number(year, serial).code
    assert numbering.read(code) == Number(year, serial)
    digits = list(code.replace("-", ""))
    at = data.draw(st.integers(0, len(digits) - 2))
    wrong = digits.copy()
    wrong[at] = str((int(wrong[at]) + data.draw(st.integers(1, 9))) % 10)
    turned = digits.copy()
    turned[at], turned[at + 1] = turned[at + 1], turned[at]
    for spoiled in (wrong, turned):
        if spoiled != digits:
            with pytest.raises(ValueError, match="check digit"):
                numbering.read("".join(spoiled))


@given(
    st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff"),
        min_size=1,
        max_size=100,
    )
)
def test_a_statement_has_one_form_and_reads_back(text: str) -> None:
    told = said.canonical(replace(STATEMENT, holder=text))
    assert said.read(told) == replace(STATEMENT, holder=text)
    assert told == json.dumps(json.loads(told), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_other_forms_of_a_statement_are_none() -> None:
    told = said.canonical(STATEMENT)
    loose = json.dumps(json.loads(told)).encode()
    more = told[:-1] + b',"zz":"1"}'
    twice = told[:-1] + b',"word":"x"}'
    assert [said.read(one) for one in (loose, more, twice, b"", b"[]", b"\xff", b"[" * 9000, told + b" ")] == [None] * 8


@pytest.mark.parametrize("holder", ["", "换\n行", "x" * 121, "\x00", "\ud800", "\u2028"])
def test_what_no_sheet_can_hold_is_refused(holder: str) -> None:
    with pytest.raises(Unusable):
        said.canonical(replace(STATEMENT, holder=holder))


def test_a_signature_holds_for_its_statement_and_key_alone() -> None:
    signed = signing.sign(STATEMENT, SECRET)
    assert signing.verified(signed, KEYS) == STATEMENT
    forged = Signed(said.canonical(replace(STATEMENT, title="特优")), signed.signature)
    foreign = replace(STATEMENT, key=signing.key_id(signing.public_of(OTHER)))
    pretended = Signed(signed.statement, signing.sign(foreign, OTHER).signature)
    assert [signing.verified(one, KEYS) for one in (forged, signing.sign(foreign, OTHER), pretended)] == [None] * 3
    with pytest.raises(ValueError, match="another key"):
        signing.sign(STATEMENT, OTHER)


def test_a_code_belongs_to_one_paper() -> None:
    signed = signing.sign(STATEMENT, SECRET)
    assert signing.same_code(f" {signed.code.lower()[:6]}-{signed.code[6:]}", signed)
    other = signing.sign(LONG, SECRET)
    assert not signing.same_code(other.code, signed)
    assert not signing.same_code("", signed)


def test_the_file_is_genuine_and_always_the_same(pdf: bytes) -> None:
    signed = signing.sign(STATEMENT, SECRET)
    assert checking.check(pdf, KEYS) == checking.Looked(Look.UNALTERED, STATEMENT, signed)
    assert layout.pdf(signed, SECRET) == pdf


@given(st.data())
def test_every_altered_byte_is_told(pdf: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(pdf) - 1))
    spoiled = bytearray(pdf)
    spoiled[at] ^= data.draw(st.integers(1, 255))
    assert checking.check(bytes(spoiled), KEYS).look is not Look.UNALTERED


def test_what_was_added_cut_or_pasted_in_is_told(pdf: bytes) -> None:
    other = layout.pdf(signing.sign(LONG, SECRET), SECRET)
    keywords = re.compile(rb"govgauge-certificate-1:[\w.-]+")
    mark = keywords.search(pdf)
    assert mark
    pasted = keywords.sub(lambda _one: mark[0], other)
    looks = [checking.check(one, KEYS).look for one in (pdf + b"\n", pdf[:-1], pasted, pdf + other)]
    assert looks == [Look.ALTERED] * 4


def test_a_file_that_says_something_else_is_forged(pdf: bytes) -> None:
    signed = signing.sign(STATEMENT, SECRET)
    better = Signed(said.canonical(replace(STATEMENT, holder="随州市人民政府")), signed.signature)
    foreign = replace(STATEMENT, key=signing.key_id(signing.public_of(OTHER)))
    assert checking.check(layout.pdf(better, SECRET), KEYS).look is Look.FORGED
    assert checking.check(layout.pdf(signing.sign(foreign, OTHER), OTHER), KEYS).look is Look.FORGED
    assert checking.check(pdf, {}).look is Look.FORGED
    assert checking.check(layout.pdf(signed, OTHER), KEYS).look is Look.ALTERED


def test_a_file_made_after_a_change_of_keys_is_genuine() -> None:
    signed = signing.sign(STATEMENT, SECRET)
    both = {**KEYS, signing.key_id(signing.public_of(OTHER)): signing.public_of(OTHER)}
    again = layout.pdf(signed, OTHER)
    assert checking.check(again, both) == checking.Looked(Look.UNALTERED, STATEMENT, signed)


def test_a_mark_that_an_editor_packed_is_still_found(pdf: bytes) -> None:
    mark = re.search(rb"govgauge-certificate-1:[\w.-]+", pdf)
    assert mark
    wide = b"\xfe\xff" + mark[0].decode().encode("utf-16-be")
    for packed in (zlib.compress(b"<x>" + mark[0] + b"</x>"), zlib.compress(wide)):
        again = b"%PDF-1.7\n1 0 obj\nstream\n" + packed + b"\nendstream"
        assert checking.check(again, KEYS).look is Look.ALTERED
    assert checking.check(b"%PDF-1.7\n" + wide, KEYS).statement == STATEMENT


def test_strange_files_cost_little_and_are_named() -> None:
    bomb = b"stream\r\n" + zlib.compress(b"\0" * 30_000_000)
    files = {
        b"": Look.NO_PDF,
        b"MZ\x90\x00" * 100: Look.NO_PDF,
        b"%PDF-1.7\n" + bytes(range(256)) * 4000: Look.STRANGE,
        b"%PDF-1.7\n" + bomb * 200: Look.STRANGE,
        b"%PDF-1.7\n" + b"stream\n" * 1_000_000: Look.STRANGE,
        b"%PDF-1.7\ntrailer <</Encrypt 5 0 R>>": Look.LOCKED,
        b"%PDF-1.7\ngovgauge-certificate-1:" + b"A" * 900_000: Look.FORGED,
        b"%PDF-1.7\n" + b"govgauge-certificate-1:" * 300_000: Look.FORGED,
        b"%PDF-" + b"x" * checking.MOST_BYTES: Look.TOO_LARGE,
    }
    assert [checking.check(one, KEYS).look for one in files] == [*files.values()]


def test_a_code_reader_sees_the_address_of_the_check_page(pdf: bytes) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    zxingcpp = pytest.importorskip("zxingcpp")
    signed = signing.sign(LONG, SECRET)
    for statement, file in ((STATEMENT, pdf), (LONG, layout.pdf(signed, SECRET))):
        document = pypdfium2.PdfDocument(file)
        picture = document[0].render(scale=2).to_numpy()
        document.close()
        found = zxingcpp.read_barcodes(picture)
        assert [one.text for one in found] == [layout.address(statement, signing.sign(statement, SECRET))]


def test_markup_in_a_name_stays_text_and_long_names_stay_on_one_sheet() -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    document = pypdfium2.PdfDocument(layout.pdf(signing.sign(LONG, SECRET), SECRET))
    text = "".join(document[0].get_textpage().get_text_range().split())
    assert len(document) == 1
    assert document.get_metadata_dict()["Title"] == f"荣誉证书 {Number(2025, 2).printed('政测证字')}"
    document.close()
    for part in (LONG.holder, LONG.title, LONG.text):
        assert "".join(part.split()) in text


def test_a_code_is_a_picture_alone() -> None:
    assert re.fullmatch(r'<svg xmlns="http://www.w3.org/2000/svg"[^<>]+>(<path [^<>]+/>){2}</svg>', square.svg('<&"'))
