"""References of a page: each kind of element, scripts in known conventions, and what is no reference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.gather import links
from govgauge.gather.artifacts import Link, LinkKind, Region

BASE = "http://www.a.gov.cn/xw/index.html"
HERE = "http://www.a.gov.cn/xw/"


def found(html: str, base: str = BASE) -> list[tuple[str, str, str]]:
    return [(link.kind.value, link.url.removeprefix(HERE), link.text) for link in links.extract(html.encode(), base)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<a href='t1.html'> 一 <b>二</b></a>", [("a", "t1.html", "一 二")]),
        ("<a href=t1.html><img src=p.png alt=图></a>", [("a", "t1.html", "图"), ("img", "p.png", "图")]),
        ("<map><area href=m.html alt=区></map>", [("area", "m.html", "区")]),
        (
            "<script src=s.js></script><link rel='stylesheet' href=c.css>",
            [("script", "s.js", ""), ("style", "c.css", "")],
        ),
        ("<link rel=canonical href=x><link rel='shortcut icon' href=f.ico>", [("img", "f.ico", "")]),
        ("<iframe src=f.html></iframe><form action=go.jsp></form>", [("frame", "f.html", ""), ("form", "go.jsp", "")]),
        ("<img src='data:image/gif;base64,xx' data-original=l.jpg>", [("img", "l.jpg", "")]),
        ("<img srcset='a.jpg 1x, b.jpg 2x'>", [("img", "a.jpg", ""), ("img", "b.jpg", "")]),
        ("<td background=b.jpg></td><table background=c.jpg></table>", [("img", "c.jpg", "")]),
        ("<div style='background:url( \"b.jpg\" )'></div>", [("img", "b.jpg", "")]),
        (
            "<style>@import 'i.css'; .a{background:url(b.png)} /* url(c) */</style>",
            [("style", "i.css", ""), ("img", "b.png", "")],
        ),
        (
            "<object data=o.swf><param name=movie value=m.swf><embed src=e.swf></object>",
            [("media", "o.swf", ""), ("media", "m.swf", ""), ("media", "e.swf", "")],
        ),
        (
            "<select><option value='http://b.gov.cn/'>省</option><option value=title>标题</option></select>",
            [("option", "http://b.gov.cn/", "省")],
        ),
        ("<meta http-equiv=Refresh content=\"0; URL='n.html'\">", [("refresh", "n.html", "")]),
        ("<meta http-equiv=refresh content=300>", []),
        ("<noscript><a href=n.html>无</a></noscript>", [("a", "n.html", "无")]),
        ("<a href='javascript:void(0)' onclick=\"window.open('o.html')\">开</a>", [("scripted", "o.html", "开")]),
        ("<a href=\"javascript:location.href='j.html'\">跳</a>", [("scripted", "j.html", "跳")]),
        ("<a onclick=\"window.open('x.jsp?id='+id)\">x</a>", []),
        ("<base href='/b/'><a href=x.html>x</a>", [("a", "http://www.a.gov.cn/b/x.html", "x")]),
        ("<!-- <a href=c.html>c</a> --><template><a href=t.html>t</a></template>", []),
        ("<a href='#top'>顶</a><a href=''>空</a><a>无</a><a href='mailto:a@b'>m</a><a href='tel:12345'>t</a>", []),
        ("<a href='{stl.url}'>a</a><a href='<%=url%>'>b</a>", []),
        ("<a href='${u}'>c</a><a href='[!--url--]'>d</a>", []),
        ("<a href='http://'>坏</a><a href='ftp://a/'>f</a><img src='about:blank'>", []),
        ("<script>location.href='/new/'</script>", [("scripted", "http://www.a.gov.cn/new/", "")]),
        ("<script>// location.href='/old/'\n</script>", []),
        ("<script>function f(){location.href='/x'}</script>" + "<a href=1>1</a>" * 4, [("a", "1", "1")] * 4),
    ],
)
def test_references(html: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(html) == expected


def test_records_of_a_list_in_a_script_are_links() -> None:
    html = """<div id=1><script type="text/xml"><datastore>
    <nextgroup><![CDATA[<a href="/proxy.jsp?page=1"></a>]]></nextgroup>
    <recordset><record><![CDATA[<li><a href='/art/2025/11/5/art_1_2.html' title='t'>记录一</a></li>]]></record>
    </recordset>
    </datastore></script></div>"""
    assert found(html) == [("scripted", "http://www.a.gov.cn/art/2025/11/5/art_1_2.html", "记录一")]


@pytest.mark.parametrize(
    ("script", "pages"),
    [
        ('createPageHTML(3, 0, "index", "html");', ["index_1.html", "index_2.html"]),
        ("createPageHTML(5,2,'index','shtml')", ["index_1.shtml", "index_3.shtml"]),
        ("createPageHTML('page_div',3, 1,'fenye','htm',55);", ["fenye_1.htm", "fenye_2.htm"]),
        (
            "$('#p').Pager({size:3, current:0, prefix:'index',suffix:'html',visible:5})",
            ["index_1.html", "index_2.html"],
        ),
        ("var currentPage = 1; var countPage = 3 // 共", ["index.html", "index_2.html"]),
        ("createPageHTML(1,0,'index','html')", []),
        ("createPageHTML({total}, 0, 'index', 'html')", []),
    ],
)
def test_paging_by_script(script: str, pages: list[str]) -> None:
    filler = "<a href=1>1</a>" * 4
    assert [url for kind, url, _ in found(f"{filler}<script>{script}</script>") if kind == "scripted"] == pages


def test_regions_follow_from_the_ancestors() -> None:
    html = """<div class="header-wrap"><a href=1>a</a></div><div id="mainNav"><a href=2>b</a></div>
    <ul class="nav clearfix"><li><a href=3>c</a></ul>
    <div class="content"><div class="desktop-list"><a href=4>d</a></div></div>
    <div class="side-bar"><a href=5>e</a></div>
    <div class="footer_link"><ul class=nav><a href=6>f</a></ul></div><div id=copyright><a href=7>g</a></div>
    <p class=dqwz><a href=8>h</a>"""
    regions = {link.text: link.region for link in links.extract(html.encode(), BASE)}
    main, nav, side, foot = Region.MAIN, Region.NAV, Region.SIDE, Region.FOOT
    assert regions == {"a": nav, "b": nav, "c": nav, "d": main, "e": side, "f": foot, "g": foot, "h": nav}


def test_container_of_the_whole_page_is_no_region() -> None:
    html = "<div id=nav>" + "".join(f"<a href={n}>{n}</a>" for n in range(20)) + "</div>"
    assert {link.region for link in links.extract(html.encode(), BASE)} == {Region.MAIN}


def test_gbk_page_writes_its_queries_in_gbk() -> None:
    html = '<meta charset=gb2312><a href="s.jsp?q=中文">中文</a>'.encode("gbk")
    assert links.extract(html, BASE) == [Link(HERE + "s.jsp?q=%D6%D0%CE%C4", LinkKind.A, "中文")]


def test_deep_nesting_is_borne() -> None:
    html = "<div class=x>" * 5000 + "<a href=1>1</a>"
    assert len(links.extract(html.encode(), BASE)) == 1


@given(
    st.text(), st.sampled_from(["a href", "img srcset", "div style", "meta http-equiv=refresh content", "a onclick"])
)
def test_any_value_is_borne(value: str, place: str) -> None:
    links.extract(f'<{place}="{value}">x<script>{value}</script>'.encode("utf-8", "replace"), BASE)
