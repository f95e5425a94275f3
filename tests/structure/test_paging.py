"""Lists that go on: where their further pages are, and what cannot be followed."""

import pytest

from govgauge.structure import paging

ITEMS = "<ul><li><a href='{}'>关于开展专项检查的通知</a><span>2025-11-05</span></li></ul>"
AT = "http://www.a.gov.cn"


def pages(*paths: str) -> tuple[str, ...]:
    return tuple(AT + path for path in paths)


CASES = [
    (
        "script of TRS",
        "/zwgk/index.html",
        "<script>createPageHTML(3, 0, 'index', 'html');</script>",
        pages("/zwgk/index_1.html", "/zwgk/index_2.html"),
        0,
        0,
    ),
    (
        "script of TRS, another reading",
        "/zwgk/",
        "<script>function createPageHTML(a,b,c,d){}; createPageHTML('page_div',2,0,'index','html',30);</script>",
        pages("/zwgk/index.html", "/zwgk/index_1.html"),
        0,
        0,
    ),
    (
        "numbers in names",
        "/channels/18111.html",
        "<a href='18111.html'>首页</a><a class='current'>1</a><a href='18111_2.html'>2</a><a href='18111_2.html'>下一页</a>"
        "<a>共 14 条 当前第 1 / 2 页</a>",
        pages("/channels/18111_2.html"),
        14,
        2,
    ),
    (
        "query of 大汉",
        "/col/col123/index.html",
        "<a href='/col/col123/index.html?uid=45&amp;pageNum=2'>下一页</a><span>共125条</span><span>1/9页</span>",
        pages("/col/col123/index.html?uid=45&pageNum=2"),
        125,
        9,
    ),
    (
        "query",
        "/news/list.php?catid=3",
        "<a href='?catid=3&amp;page=2'>[2]</a><a href='?catid=4'>下一栏</a>",
        pages("/news/list.php?catid=3&page=2"),
        0,
        0,
    ),
    ("other columns are no pages", "/list_1.html", "<a href='list_2.html'>通知公告</a>", (), 0, 0),
]


@pytest.mark.parametrize(
    ("path", "bar", "following", "total", "count"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_further_pages_are_found(page_of, path, bar, following, total, count):
    page = page_of(ITEMS.format("a/1.html") + bar, url=AT + path)
    found = paging.read(page.outline, page.html, page.url)
    assert (found.next_urls, found.total_items, found.pages) == (following, total, count)


def test_a_post_back_cannot_be_followed(page_of):
    page = page_of(ITEMS.format("1.aspx") + "<a href=\"javascript:__doPostBack('Grid','Page$2')\">2</a>")
    assert paging.read(page.outline, page.html, page.url).scripted


def test_a_record_store_tells_how_many_records_there_are(reading_of):
    reading = reading_of(
        "<script type='text/xml'><datastore><totalrecord>125</totalrecord><totalpage>9</totalpage><recordset>"
        "<record><![CDATA[<li><a "
        "href='/art/2025/11/5/art_1_1.html'>关于征集意见的公告</a><span>2025-11-05</span></li>]]></record>"
        "</recordset></datastore></script>",
        url=AT + "/col/col123/index.html",
    )
    assert (len(reading.items), reading.total_items) == (1, 125)
