"""The editorial content of detail pages."""

from datetime import date
from pathlib import Path

import msgspec

from govgauge.structure.model import Article, Attachment

AT = "http://www.a.gov.cn/zwgk/202511/t20251105_1.html"
BODY = (
    "<p>各区县人民政府：</p><p>为做好今年冬季供暖保障工作，现将有关事项通知如下，请认真贯彻执行。</p>"
    "<p>一、提高认识，压实责任。</p>"
)

TRS = Path(__file__).with_name("article.html").read_text("utf-8").replace("BODY", BODY)


def test_an_article_is_read_whole(reading_of):
    reading = reading_of(TRS, url=AT)
    article = reading.article
    assert article is not None
    assert msgspec.structs.replace(article, text_hash="", text_chars=0) == Article(
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


def test_equal_texts_have_one_fingerprint_whatever_their_markup(reading_of):
    one = reading_of(f"<h1>甲单位的通知公告</h1><div class='content'>{BODY}</div>", url=AT).article
    other = reading_of(f"<h1>乙单位的通知公告</h1><div id='zoom'><span>{BODY}</span></div>", url=AT).article
    assert one is not None
    assert other is not None
    assert one.text_hash == other.text_hash != ""
