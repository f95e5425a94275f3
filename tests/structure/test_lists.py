"""Lists in the conventions of the content systems in use, each with the items that a reader sees."""

from datetime import date

import pytest

BASE = "http://www.a.gov.cn/xxgk/tzgg/"

TRS = """<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xxgk/">信息公开</a></li></ul></div>
<div class="position">当前位置：<a href="/">首页</a>&gt;<a href="/xxgk/">信息公开</a>&gt;通知公告</div>
<ul class="list">
<li><span>2025-11-05</span><a href="./202511/t20251105_1.html" title="关于做好今冬明春供暖保障工作的通知">关于做好今冬明春供暖保障工作的...</a></li>
<li><span>2025-10-31</span><a href="./202510/t20251031_2.html">关于公布举报电话的公告</a></li>
</ul>
<script>createPageHTML(3, 0, "index", "html");</script>
<div class="footer">版权所有：某市人民政府 <a href="https://beian.miit.gov.cn/">京ICP备12345678号</a></div>"""

JPAGE = """<div id="123"><script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/module/next"></a>]]></nextgroup>
<recordset><record><![CDATA[<li><a href="/art/2025/11/5/art_12_1.html" target="_blank">关于印发年度计划的通知</a><span>2025-11-05</span></li>]]></record>
<record><![CDATA[<tr><td><a href="/art/2025/11/3/art_12_2.html">公开招聘公告（第二批）</a></td><td>[2025-11-03]</td></tr>]]></record>
</recordset></datastore></script></div>
<script>$("#123").jpage({totalRecord:125,perPage:15,proxyUrl:'/module/jpage/dataproxy.jsp'});</script>"""

GRID = """<form name="aspnetForm" method="post"><table id="GridView1" cellspacing="0">
<tr><th>标题</th><th>发布日期</th></tr>
<tr><td><a href="View.aspx?id=11">市教育局关于秋季开学的通知</a></td><td>2025/11/5 0:00:00</td></tr>
<tr><td><a href="View.aspx?id=10">关于中小学作息时间的通知</a></td><td>2025/9/1 0:00:00</td></tr>
<tr><td colspan="2"><table><tr><td><span>1</span></td><td><a href="javascript:__doPostBack('GridView1','Page$2')">2</a></td></tr></table></td></tr>
</table></form>"""

CARDS = """<div class="pr1"><ul>
<a href="javascript:;" class="box"><img src="1.jpg"><h3>关于公布考试成绩的公告(2025-11-05)</h3><p>现将2025年10月18日举行的考试成绩公布如下</p></a>
<a href="385.html" class="box"><h3>关于延长网上报名时间的通告(2025-11-04)</h3><p>摘要摘要</p></a>
</ul><div class="page"><a href="18111.html">首页</a><a href="18111_2.html">2</a><a>共 14 条 当前第 1 / 2 页</a></div></div>"""

HANDMADE = """<table width="100%"><tr><td><table>
<tr><td width="10"><img src="d.gif"></td><td><a href="a1.htm">我市召开安全生产工作会议</a></td><td>[11月05日]</td></tr>
<tr><td colspan="3" height="1" bgcolor="#ccc"></td></tr>
<tr><td width="10"><img src="d.gif"></td><td><a href="a2.htm">全市秋粮收购工作全面展开</a></td><td>[10月28日]</td></tr>
</table></td></tr></table>"""

BOXES = """<ul class="news"><li><a href="c1.html"><div class="day"><b>05</b><i>2025-11</i></div><h4>市长调研重点项目建设</h4><p>摘要</p></a></li>
<li><a href="c2.html"><div class="day"><b>28</b><i>2025-10</i></div><h4>市政府召开常务会议研究工作</h4><p>摘要</p></a></li></ul>"""

DEFINITIONS = """<dl><dt>2025年11月5日</dt><dd><a href="d1.html">关于调整公交线路的公告</a></dd>
<dt>2025年11月1日</dt><dd><a href="d2.html">关于暂停办理业务的公告</a></dd></dl>"""

LOOSE = """<div class="con"><a href="e1.html">关于征集意见的公告</a> <font color="red">2025.11.05</font><br>
<a href="e2.html">关于征集结果的公告</a> <font>2025.10.05</font><br></div>"""

DEPARTMENTS = """<ul class="infolist"><li><em>[<a href="/bm/czj/">财政局</a>]</em><a href="f1.html">关于预算执行情况的公告</a><b>11-05</b></li>
<li><em>[<a href="/bm/jyj/">教育局</a>]</em><a href="/2025/1101/f2.html">关于招生工作安排的公告</a><b>11-01</b></li></ul>"""

CUT_IN_FIVES = """<div class="lb"><ul><li><a href="g1.html">第一条公告的完整标题</a>2025-11-05</li></ul><div class="line"></div>
<ul><li><a href="g2.html">第二条公告的完整标题</a>2025-11-04</li></ul></div>"""

TWICE_LINKED = """<ul><li><span> 2025-06-09 </span><a href="h1.html"><a href="h1.html">苗木综合执法检查开展</a></li>
<li><span> 2025-04-27 </span><a href="javascript:;"><a href="javascript:;">乡村绿化工作全力推进</a></li></ul>"""

CLICKED = """<ul><li onclick="window.open('/art/77.html')"><p>关于开展消防安全检查的通知</p><span>2025-11-05</span></li>
<li onclick="location.href='/art/78.html'"><p>关于开展燃气安全检查的通知</p><span>2025-11-02</span></li></ul>"""

BESIDE = """<div class="main"><h2>工作动态</h2><ul><li><a href="i1.html">全局开展主题党日活动</a><span>2019-03-01</span></li>
<li><a href="i2.html">全局开展作风整顿活动</a><span>2019-02-01</span></li></ul></div>
<div class="box"><h3>热点新闻</h3><ul><li><a href="/hot/1.html">热点新闻第一条的标题</a><span>2025-11-05</span></li></ul></div>"""

CASES = [
    (
        "trs",
        TRS,
        [
            (date(2025, 11, 5), "关于做好今冬明春供暖保障工作的通知", BASE + "202511/t20251105_1.html"),
            (date(2025, 10, 31), "关于公布举报电话的公告", BASE + "202510/t20251031_2.html"),
        ],
    ),
    (
        "record store",
        JPAGE,
        [
            (date(2025, 11, 5), "关于印发年度计划的通知", "http://www.a.gov.cn/art/2025/11/5/art_12_1.html"),
            (date(2025, 11, 3), "公开招聘公告（第二批）", "http://www.a.gov.cn/art/2025/11/3/art_12_2.html"),
        ],
    ),
    (
        "grid view",
        GRID,
        [
            (date(2025, 11, 5), "市教育局关于秋季开学的通知", BASE + "View.aspx?id=11"),
            (date(2025, 9, 1), "关于中小学作息时间的通知", BASE + "View.aspx?id=10"),
        ],
    ),
    (
        "cards without links",
        CARDS,
        [
            (date(2025, 11, 5), "关于公布考试成绩的公告", ""),
            (date(2025, 11, 4), "关于延长网上报名时间的通告", BASE + "385.html"),
        ],
    ),
    (
        "tables without a year",
        HANDMADE,
        [(None, "我市召开安全生产工作会议", BASE + "a1.htm"), (None, "全市秋粮收购工作全面展开", BASE + "a2.htm")],
    ),
    (
        "day and month in boxes",
        BOXES,
        [
            (date(2025, 11, 5), "市长调研重点项目建设", BASE + "c1.html"),
            (date(2025, 10, 28), "市政府召开常务会议研究工作", BASE + "c2.html"),
        ],
    ),
    (
        "definition list with the date first",
        DEFINITIONS,
        [
            (date(2025, 11, 5), "关于调整公交线路的公告", BASE + "d1.html"),
            (date(2025, 11, 1), "关于暂停办理业务的公告", BASE + "d2.html"),
        ],
    ),
    (
        "loose links",
        LOOSE,
        [
            (date(2025, 11, 5), "关于征集意见的公告", BASE + "e1.html"),
            (date(2025, 10, 5), "关于征集结果的公告", BASE + "e2.html"),
        ],
    ),
    (
        "department before the title, year from the address",
        DEPARTMENTS,
        [
            (None, "关于预算执行情况的公告", BASE + "f1.html"),
            (date(2025, 11, 1), "关于招生工作安排的公告", "http://www.a.gov.cn/2025/1101/f2.html"),
        ],
    ),
    (
        "list cut into pieces",
        CUT_IN_FIVES,
        [
            (date(2025, 11, 5), "第一条公告的完整标题", BASE + "g1.html"),
            (date(2025, 11, 4), "第二条公告的完整标题", BASE + "g2.html"),
        ],
    ),
    (
        "links twice and tampered",
        TWICE_LINKED,
        [(date(2025, 6, 9), "苗木综合执法检查开展", BASE + "h1.html"), (date(2025, 4, 27), "乡村绿化工作全力推进", "")],
    ),
    (
        "rows that a click opens",
        CLICKED,
        [
            (date(2025, 11, 5), "关于开展消防安全检查的通知", "http://www.a.gov.cn/art/77.html"),
            (date(2025, 11, 2), "关于开展燃气安全检查的通知", "http://www.a.gov.cn/art/78.html"),
        ],
    ),
    (
        "hot news beside the list",
        BESIDE,
        [
            (date(2019, 3, 1), "全局开展主题党日活动", BASE + "i1.html"),
            (date(2019, 2, 1), "全局开展作风整顿活动", BASE + "i2.html"),
        ],
    ),
]


@pytest.mark.parametrize(("html", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_items_are_read_as_a_reader_sees_them(reading_of, html, expected):
    reading = reading_of(html)
    assert [(item.date, item.title, item.url) for item in reading.items] == expected


def test_missing_years_come_from_the_neighbours_of_a_descending_list(reading_of):
    rows = [("/a/1.html", "2025-02-03"), ("/a/2.html", "01-28"), ("/a/3.html", "2025-01-20"), ("/a/4.html", "12-30")]
    listed = "".join(f"<li><a href='{url}'>关于第{url[3]}项工作的公告</a><span>{day}</span></li>" for url, day in rows)
    reading = reading_of(f"<ul>{listed}</ul>")
    assert [item.date for item in reading.items] == [date(2025, 2, 3), date(2025, 1, 28), date(2025, 1, 20), None]


def test_an_abstract_that_speaks_of_other_days_gives_no_date(reading_of):
    reading = reading_of(
        "<ul><li><a href='1.html'><h2>关于自学考试毕业申请的通知</h2><div>一、申请时间2019年12月2日—2019年12月4日二、申请地点"
        "各县（市、区）招生办公室三、申请程序登录平台</div><p><i>主题分类：招生</i><i>日期：2019-11-28</i></p></a></li></ul>"
    )
    assert [(item.date, item.title) for item in reading.items] == [(date(2019, 11, 28), "关于自学考试毕业申请的通知")]


def test_an_empty_list_has_no_items_from_menu_paging_or_foot(reading_of):
    reading = reading_of(
        "<div class='menu'><a href='/a/'>政务公开</a><a href='/b/'>政务服务</a></div><h2>体育村</h2><ul></ul>"
        "<div class='page'><a href='1.html'>首页</a><a>共 0 条 当前第 1 / 1 页</a></div>"
        "<div>主办单位：某局 <a href='https://beian.miit.gov.cn'>豫ICP备05005864号</a><a href='/map.html'>网站地图</a></div>"
    )
    assert (reading.items, reading.script_only, reading.kind.value) == ((), False, "column")


def test_pictures_without_words_are_items_all_the_same(reading_of):
    reading = reading_of(
        "<h2>专题专栏</h2><ul><li><a href='/z/1/'><img src='1.png'></a></li><li><a href='/z/2/'><img src='2.png' "
        "alt='扫黑除恶'></a></li></ul>"
    )
    assert [item.title for item in reading.items] == ["（图片）", "扫黑除恶"]
