"""The editorial content of detail pages."""

from datetime import date

import msgspec

from govgauge.structure.model import Article, Attachment

AT = "http://www.a.gov.cn/zwgk/202511/t20251105_1.html"
BODY = "<p>各区县人民政府：</p><p>为做好今年冬季供暖保障工作，现将有关事项通知如下，请认真贯彻执行。</p><p>一、提高认识，压实责任。</p>"

TRS = f"""<html><head><title>关于做好供暖保障工作的通知_某市人民政府</title>
<meta name="SiteName" content="某市人民政府"><meta name="ColumnName" content="通知公告">
<meta name="ArticleTitle" content="关于做好供暖保障工作的通知"><meta name="PubDate" content="2025-11-05 10:30">
<meta name="ContentSource" content="市政府办公室"></head><body>
<div class="header"><a href="/">首页</a></div>
<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="/zwgk/tzgg/">通知公告</a></div>
<h1>关于做好供暖保障工作的通知</h1>
<div class="info">发布时间：2025-11-05 10:30　来源：市政府办公室　字号：[大 中 小]</div>
<div class="TRS_Editor"><style>.x{{}}</style>{BODY}<p><img src="P1.jpg"></p><p>某市人民政府办公室</p><p>2025年11月4日</p></div>
<p>附件：<a href="P020251105.docx">任务分解表.docx</a> <a href="/down?id=3">登记表.xls</a></p>
<div class="relate"><h3>相关文章</h3><ul><li><a href="/a.html">去年供暖工作的通知</a>2024-11-01</li></ul></div>
<div class="footer">主办单位：某市人民政府 网站标识码：1100000001</div></body></html>"""


def test_an_article_is_read_whole(reading_of):
    reading = reading_of(TRS, url=AT)
    article = reading.article
    assert article is not None
    assert msgspec.structs.replace(article, text_hash="", simhash=0, text_chars=0) == Article(
        title="关于做好供暖保障工作的通知",
        published=date(2025, 11, 5),
        published_text="2025-11-05 10:30",
        meta_date=date(2025, 11, 5),
        url_date=date(2025, 11, 5),
        dateline=date(2025, 11, 4),
        source="市政府办公室",
        images=1,
        attachments=(Attachment("http://www.a.gov.cn/zwgk/202511/P020251105.docx", "任务分解表.docx", "docx"),),
    )
    assert reading.text.split("\n") == [
        "各区县人民政府：",
        "为做好今年冬季供暖保障工作，现将有关事项通知如下，请认真贯彻执行。",
        "一、提高认识，压实责任。",
        "某市人民政府办公室",
        "2025年11月4日",
    ]
    assert [name for _, name in reading.crumbs] == ["首页", "政务公开", "通知公告"]


def test_text_in_an_unknown_block_is_found_without_menu_side_and_foot(reading_of):
    side = "".join(f"<li><a href='/{number}.html'>另一条不相干的新闻标题之{number}</a></li>" for number in range(8))
    reading = reading_of(
        f"<div class='top'><a href='/'>首页</a></div><table><tr><td><ul>{side}</ul></td>"
        f"<td><div>关于做好供暖保障工作的通知</div><div>2025年11月5日</div><div>{BODY * 3}</div></td></tr></table>"
        "<div>地址：某市人民路1号 邮编：100000 技术支持：某公司 京ICP备12345678号</div>",
        url=AT,
    )
    assert "不相干" not in reading.text
    assert "技术支持" not in reading.text
    assert reading.text.count("压实责任") == 3


def test_equal_texts_have_equal_fingerprints_whatever_their_markup(reading_of):
    one = reading_of(f"<h1>甲单位的通知公告</h1><div class='content'>{BODY}</div>", url=AT).article
    other = reading_of(f"<h1>乙单位的通知公告</h1><div id='zoom'><span>{BODY}</span></div>", url=AT).article
    assert one is not None
    assert other is not None
    assert one.text_hash == other.text_hash != ""
    assert one.simhash == other.simhash != 0
