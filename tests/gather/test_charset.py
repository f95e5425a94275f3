"""Encodings: declared, undeclared, and declared wrongly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.gather import charset
from govgauge.gather.encodings import name_of

TEXT = "某市人民政府关于印发政府信息公开工作要点的通知，各县（市、区）人民政府：现将有关事项通知如下。"


def meta(label: str) -> str:
    return f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={label}"></head><body>{TEXT}'


@pytest.mark.parametrize(
    ("body", "content_type", "name"),
    [
        (meta("gb2312").encode("gbk"), None, "gbk"),
        (TEXT.encode("gbk"), "text/html; charset=GB2312", "gbk"),
        ((TEXT + "𠀀㐂").encode("gb18030"), 'text/html;charset="gb18030"', "gb18030"),
        (TEXT.encode("gbk"), "text/html", "gb18030"),
        (TEXT.encode(), None, "utf-8"),
        (meta("utf8").encode(), None, "utf-8"),
        (TEXT.encode("utf-16"), "text/html; charset=utf-8", "utf-16le"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "text/html; charset=gbk", "utf-8"),
        (b"<?xml version='1.0' encoding='gb2312'?>" + TEXT.encode("gbk"), None, "gbk"),
        (b"<!-- <meta charset=big5> --><meta charset='gbk'>" + TEXT.encode("gbk"), None, "gbk"),
        (b"<title>" + b" " * 3000 + b"</title><meta charset=gbk>" + TEXT.encode("gbk"), None, "gbk"),
        (b"<meta name=d content='text/html; charset=big5'>" + TEXT.encode(), None, "utf-8"),
    ],
)
def test_text_is_read_as_declared_or_guessed(body: bytes, content_type: str | None, name: str) -> None:
    text, found = charset.decode(body, content_type)
    assert (found, TEXT in text) == (name, True)


@pytest.mark.parametrize(
    ("body", "content_type", "name"),
    [
        (TEXT.encode("gbk"), "text/html; charset=utf-8", "gbk"),
        (meta("utf-8").encode("gbk"), None, "gbk"),
        (TEXT.encode("gbk")[:-1], "text/html; charset=utf-8", "gbk"),
        (meta("gb2312").encode(), None, "utf-8"),
        (TEXT.encode() + "版权".encode()[:-2], "text/html; charset=gbk", "utf-8"),
        (TEXT.encode() + b"\xff" + TEXT.encode(), "text/html; charset=gbk", "utf-8"),
        (TEXT.encode("gbk"), "text/html; charset=ISO-8859-1", "gb18030"),
        (TEXT.encode(), "text/html; charset=ISO-8859-1", "utf-8"),
        (meta("gb2312").encode("gbk"), "text/html; charset=ISO-8859-1", "gbk"),
        (b"<p>" + TEXT.encode(), "text/html; charset=utf-16", "utf-8"),
        (TEXT.encode(), "text/html; charset=unknown-8", "utf-8"),
    ],
)
def test_declaration_that_the_bytes_contradict_is_not_believed(
    body: bytes, content_type: str | None, name: str
) -> None:
    text, found = charset.decode(body, content_type)
    assert (found, TEXT[:-1] in text) == (name, True)


@pytest.mark.parametrize(
    ("body", "content_type", "name"),
    [
        (TEXT.encode() + b"\xff\xfe\x80" + TEXT.encode(), "text/html; charset=utf-8", "utf-8"),
        (TEXT.encode("gbk") + b"\xff." + TEXT.encode("gbk"), "text/html; charset=gbk", "gbk"),
        (TEXT.encode("gbk") + b"\xff." + TEXT.encode("gbk"), None, "gb18030"),
        (TEXT.encode()[:-1], None, "utf-8"),
        ("Café déjà vu".encode("cp1252"), "text/html; charset=utf-8", "utf-8"),
        ("Les élèves déjà".encode("cp1252"), "text/html; charset=iso-8859-1", "windows-1252"),
        (bytes(range(256)), "text/html; charset=iso-8859-1", "windows-1252"),
        ("<meta charset=utf-8>déjà".encode("cp1252"), "text/html; charset=iso-8859-1", "windows-1252"),
        ("<meta charset=utf-8>déjà".encode(), "text/html; charset=windows-1252", "windows-1252"),
        (b"<meta charset=utf-8>ascii", "text/html; charset=iso-8859-1", "windows-1252"),
    ],
)
def test_a_few_bad_bytes_do_not_change_the_encoding(body: bytes, content_type: str | None, name: str) -> None:
    assert charset.decode(body, content_type)[1] == name


@pytest.mark.parametrize(
    ("text", "codec", "label", "name"),
    [
        ("政府資訊公開網站", "big5", "big5", "big5"),
        ("日本語テキスト", "cp932", "Shift_JIS", "shift_jis"),
        ("한국어 문서", "euc-kr", "ks_c_5601-1987", "euc-kr"),
        ("Привет", "koi8-r", "koi8-r", "koi8-r"),
    ],
)
def test_other_encodings_are_read_by_their_tables(text: str, codec: str, label: str, name: str) -> None:
    assert charset.decode(text.encode(codec), f"text/html; charset={label}") == (text, name)


def test_tables_are_those_of_the_standard() -> None:
    assert charset.decode(b"\x80", "text/html; charset=gbk")[0] == "€"
    assert charset.decode(b"\x81 <", "text/html; charset=gbk")[0] == "\ufffd <"
    assert charset.decode(b"\x93quoted\x94", "text/html; charset=latin1")[0] == "“quoted”"


def test_labels_of_the_web() -> None:
    labels = ["GB2312", " gbk\n", "x-gbk", "chinese", "utf8", "latin1", "us-ascii", "hz-gb-2312", "unicode", "utf-7"]
    assert [name_of(label) for label in labels] == [
        *["gbk"] * 4,
        "utf-8",
        "windows-1252",
        "windows-1252",
        "replacement",
        "utf-16le",
        None,
    ]


def test_declaration_is_told_whether_true_or_not() -> None:
    assert charset.declared(meta("gb2312").encode(), None) == "gbk"
    assert charset.declared(b"", "text/html; charset=UTF-8") == "utf-8"
    assert charset.declared(TEXT.encode(), "text/html") == ""


@given(
    st.binary(),
    st.sampled_from([None, "gbk", "utf-8", "big5", "utf-16", "latin1", "iso-2022-jp", "replacement", "x-user-defined"]),
)
def test_any_bytes_are_borne(body: bytes, label: str | None) -> None:
    text, name = charset.decode(body, label and f"text/html; charset={label}")
    assert isinstance(text, str)
    assert name_of(name) == name


@given(st.text(st.characters(codec="gb18030"), min_size=1).filter(lambda text: not text.isascii()))
def test_gb18030_keeps_every_character(text: str) -> None:
    body = ("汉字" * 30 + text).encode("gb18030")
    assert charset.decode(body, "text/html; charset=gb18030") == (body.decode("whatwg-gb18030"), "gb18030")
