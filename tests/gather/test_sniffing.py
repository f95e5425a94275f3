"""What bytes are, and whether they keep a visitor out."""

import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.gather import blocking, entrance, sniff


def zipped(*names: str) -> bytes:
    """A ZIP file with entries of these names."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, "content of the entry")
    return file.getvalue()


CONTENTS = [
    (b"", "", "empty"),
    (b"<!DOCTYPE html><html>", "", "html"),
    (b"\xef\xbb\xbf\r\n<!-- TRS -->\n<html>", "", "html"),
    ("<html>".encode("utf-16"), "", "html"),
    (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="y">', "", "html"),
    (b"<table><tr><td>", "application/pdf", "html"),
    (b"<script>alert(1)</script>", "image/jpeg", "html"),
    ("文件不存在".encode(), "text/html", "html"),
    ("文件不存在".encode("gbk"), "text/plain", "text"),
    (b"User-agent: *\nDisallow: /", "text/plain", "text"),
    (b'{"code": 404}', "application/json", "text"),
    (b'<?xml version="1.0"?><urlset><url>', "text/xml", "text"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "", "image"),
    (b"\x89PNG\r\n\x1a\n....", "text/html", "image"),
    (b"GIF89a\x01\x00", "", "image"),
    (b"BM6\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00", "", "image"),
    (b"BMW is a brand of cars, and this is text", "text/plain", "text"),
    (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "", "image"),
    (b"\x00\x00\x01\x00\x01\x00", "", "image"),
    (b"\x00\x00\x00\x1cftypavif", "", "image"),
    (b'<svg xmlns="http://www.w3.org/2000/svg">', "image/svg+xml", "image"),
    (b'<?xml version="1.0"?>\n<!-- made -->\n<svg viewBox="0 0 1 1">', "", "image"),
    (b"%PDF-1.7", "", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "application/msword", "office"),
    (zipped("[Content_Types].xml", "word/document.xml"), "", "office"),
    (zipped("xl/workbook.xml"), "", "office"),
    (zipped("OFD.xml", "Doc_0/Document.xml"), "", "ofd"),
    (zipped("说明.txt"), "", "archive"),
    (b"Rar!\x1a\x07\x00", "", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "", "archive"),
    (gzip.compress(b"x", mtime=0), "", "archive"),
    (bytes(range(256)), "application/octet-stream", "other"),
]


@pytest.mark.parametrize(
    ("body", "media_type", "content"), CONTENTS, ids=[f"{number}-{row[2]}" for number, row in enumerate(CONTENTS)]
)
def test_content_is_told_by_its_bytes(body, media_type, content):
    assert sniff.content(body, media_type) == content


@given(st.binary(max_size=300), st.sampled_from(["", "text/html", "image/png", "text/plain"]))
def test_any_bytes_have_some_content(body, media_type):
    assert sniff.content(body, media_type) in {
        *("html", "image", "pdf", "office", "archive", "ofd", "text", "empty", "other"),
    }
    assert isinstance(blocking.sign(200, [], body), str)
    assert isinstance(entrance.leads_to(body, "http://a.gov.cn/", media_type), str)


GOOD_PAGES = [
    b"<html><frameset><frame src='a.html'></frameset><script>document.cookie='a=1';location.href='/m'</script></html>",
    b"<html><div id=app></div><script>document.cookie='a=1';function f(){location.href='/m'}</script></html>",
    "<html><p>安全狗</p>{}</html>".format("<a href=x>链接</a>" * 9).encode(),
    "<html><p>我市举行网络攻防演练，{}网站防火墙发挥作用。</p></html>".format("各部门参加，" * 80).encode(),
]


@pytest.mark.parametrize("body", GOOD_PAGES)
def test_page_of_the_site_is_no_challenge(body):
    assert blocking.sign(200, [b"HTTP/1.1 200 OK\r\n"], body) == ""


def test_body_that_was_cut_proves_nothing():
    trick = b"<html><script>document.cookie='t=1';location.reload();</script></html>"
    assert (blocking.sign(200, [], trick), blocking.sign(200, [], trick, whole=False)) == ("cookie-challenge", "")


STUBS = [
    ('<meta http-equiv="refresh" content="0; url=index.shtml">', "http://a.gov.cn/index.shtml"),
    ("<META HTTP-EQUIV=REFRESH CONTENT='1;URL=/main/'>", "http://a.gov.cn/main/"),
    ("<script>window.location='./home.html'</script>", "http://a.gov.cn/home.html"),
    ("<script>location.replace('/home.html');</script>", "http://a.gov.cn/home.html"),
    ('<meta http-equiv="refresh" content="600;url=/">', ""),
    ("<!-- <script>window.location='/old.html'</script> -->", ""),
    ("<script>if(m){location.href='/m/'}else{location.href='/pc/'}</script>", ""),
    ("<script>location.href='/x?u='+encodeURI(y)</script>", ""),
    ("<p>欢迎</p>" + "<a href='/x'>x</a>" * 8 + "<script>location.href='/y.html'</script>", ""),
    ('<frameset><frame src="a"></frameset><script>location.href="/y.html";</script>', ""),
]


@pytest.mark.parametrize(("body", "target"), STUBS)
def test_stub_of_a_home_page_says_where_it_leads(body, target):
    assert entrance.leads_to(f"<html>{body}</html>".encode("gbk"), "http://a.gov.cn/", "text/html") == target
