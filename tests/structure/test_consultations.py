"""Consultations: when they run, whether their result is there, and what only looks like one."""

from collections.abc import Callable
from datetime import date

import pytest

from govgauge.structure import consultations
from govgauge.structure.model import Article, Consultation
from govgauge.structure.page import Page

URL = "http://www.a.gov.cn/zj/1.html"
TITLE = "关于《某市停车管理办法（征求意见稿）》公开征求意见的公告"
OPENS, CLOSES = date(2025, 4, 1), date(2025, 5, 1)
ARTICLE = Article(title=TITLE, published=OPENS)

CLOSINGS = [
    "意见反馈截止时间为2025年5月1日。",
    "请于2025年5月1日前将意见反馈至我局。",
    "请于5月1日之前以电子邮件形式反馈。",
    "请提出意见建议，并于5月1日&nbsp;17:00前反馈至市教育体育局人事科。",
    "请于5月1日（星期四）下午5时前将意见反馈至我局。",
    "征求意见时间：2025年4月1日至5月1日",
    "征集时间：2025-04-01 至 2025-05-01",
    "公开征求意见时间为2025年4月1日—2025年5月1日。",
    "自发布之日起30日内反馈。",
    "<span>截止日期：</span>2025-05-01 18:00",
]


@pytest.mark.parametrize("sentence", CLOSINGS)
def test_the_last_day_is_read_from_labels_and_sentences(page_of: Callable[..., Page], sentence: str) -> None:
    page = page_of(f"<body><h1>{TITLE}</h1><div><p>现面向社会公开征求意见。</p><p>{sentence}</p></div></body>", URL)
    assert consultations.read(page, ARTICLE) == Consultation(title=TITLE, opens=OPENS, closes=CLOSES)


def test_a_notice_to_offices_alone_asks_nobody_else(page_of: Callable[..., Page]) -> None:
    title = "某市停车管理局关于征求《某市停车管理办法》意见的通知"
    text = "<p>现将《某市停车管理办法（征求意见稿）》转发给你们，请提出意见建议，并于5月1日17:00前反馈。</p>"

    def held(addressees: str, column: str = "公文通知") -> Consultation | None:
        trail = f"<div>当前位置：<a href='/'>首页</a> - <a href='/c/'>{column}</a></div>"
        body = f"<body>{trail}<h1>{title}</h1><div><p>{addressees}</p>{text}</div></body>"
        return consultations.read(page_of(body, URL), Article(title="", published=OPENS))

    public = Consultation(title=title, opens=OPENS, closes=CLOSES)
    assert [
        held("各县（市、区）教体局、高新区人力资源和社会保障局，局属各学校："),
        held("各有关单位和社会各界人士："),
        held("各有关单位：", column="意见征集"),
        held("社会公众："),
    ] == [None, public, public, public]


def test_a_result_counts_on_the_page_and_behind_a_link(page_of: Callable[..., Page]) -> None:
    start = f"<body><h1>{TITLE}</h1><div><p>{CLOSINGS[0]}</p>"
    held = consultations.read(
        page_of(f"{start}<h3>结果反馈</h3><p>共收到意见3条，采纳2条。</p></div></body>", URL), ARTICLE
    )
    linked = consultations.read(page_of(f"{start}<a href='2.html'>采纳情况</a></div></body>", URL), ARTICLE)
    none = consultations.read(
        page_of(f"{start}<h3>结果反馈</h3><p>暂无</p><a href='/zj/jg/'>结果反馈</a></div></body>", URL), ARTICLE
    )
    assert (held and held.has_result, linked and linked.result_urls) == (True, ("http://www.a.gov.cn/zj/2.html",))
    assert none == Consultation(title=TITLE, opens=OPENS, closes=CLOSES)


def test_days_of_other_consultations_in_the_margin_are_not_taken(page_of: Callable[..., Page]) -> None:
    text = "<p>现面向社会公开征求意见，欢迎社会各界提出宝贵意见和建议。</p><p>意见可通过信函的方式反馈至我局。</p>"
    other = "<li><a href='9.html'>另一件</a> <span>截止时间：2025-01-01</span></li>"
    margin = f"<div class='side'><h3>最新征集</h3><ul>{other}</ul></div>"
    page = page_of(f"<body><div class='l'><h1>{TITLE}</h1><div>{text}</div></div>{margin}</body>", URL)
    assert consultations.read(page, ARTICLE) == Consultation(title=TITLE, opens=OPENS)


@pytest.mark.parametrize(
    "title",
    [
        "《某市停车管理办法》征求意见采纳情况的反馈",
        "某市停车问卷调查结果",
        "市司法局召开《某市停车管理办法》征求意见座谈会",
        "关于征集政府采购评审专家库候选人的公告",
        "第七次全国人口普查公报",
        "关于公开征集违法线索的通告",
        "《关于公开征求意见的规定》解读",
    ],
)
def test_results_reports_and_other_calls_are_no_consultation(page_of: Callable[..., Page], title: str) -> None:
    page = page_of(f"<body><h1>{title}</h1><div><p>{CLOSINGS[0]}</p></div></body>", URL)
    assert consultations.read(page, Article(title=title, published=OPENS)) is None


def test_titles_of_a_consultation_and_its_result_name_one_subject() -> None:
    subjects = {
        consultations.subject(title)
        for title in (TITLE, "《某市停车管理办法》公众意见采纳情况反馈", "某市停车管理办法征求意见结果")
    }
    assert subjects == {"某市停车管理办法"}
