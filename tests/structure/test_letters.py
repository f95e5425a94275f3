"""Public messages in the layouts of the usual systems, and the pages that only look like one."""

from collections.abc import Callable
from datetime import date

import pytest

from govgauge.structure import letters
from govgauge.structure.model import Letter
from govgauge.structure.page import Page

URL = "http://www.a.gov.cn/hd/1.html"
PLACE = "<div class='position'>当前位置：<a href='/'>首页</a> &gt; <a href='/hd/'>局长信箱</a> &gt; 信件详情</div>"
ASKED, ANSWERED = date(2025, 6, 1), date(2025, 6, 8)
EXPECTED = Letter(
    title="小区停车",
    asked=ASKED,
    answered=ANSWERED,
    question="请问如何办理月票？",
    answer="您好，请到窗口办理。",
    body="市城管局",
)
FIELDS = {
    "信件标题": "小区停车",
    "来信时间": "2025-06-01 10:00:00",
    "来信内容": "请问如何办理月票？",
    "答复单位": "市城管局",
    "答复时间": "2025-06-08",
    "答复内容": "您好，请到窗口办理。",
}
OTHER_WORDS = dict(
    zip(["留言主题", "留言时间", "留言内容", "回复部门", "回复时间", "回复内容"], FIELDS.values(), strict=True)
)
LAYOUTS = {
    "table": "<table>" + "".join(f"<tr><td>{k}</td><td>{v}</td></tr>" for k, v in FIELDS.items()) + "</table>",
    "list": "<ul>" + "".join(f"<li><b>{k}：</b>{v}</li>" for k, v in OTHER_WORDS.items()) + "</ul>",
    "boxes": "".join(f"<div><div>{k}：</div><div><p>{v}</p></div></div>" for k, v in FIELDS.items()),
    "definition list": "<dl>" + "".join(f"<dt>{k}</dt><dd>{v}</dd>" for k, v in OTHER_WORDS.items()) + "</dl>",
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_both_times_and_the_answer_are_read_in_every_layout(page_of: Callable[..., Page], layout: str) -> None:
    assert letters.read(page_of(f"<body>{PLACE}<div>{layout}</div></body>", URL)) == EXPECTED


@pytest.mark.parametrize("nothing", ["", "暂无回复", "待回复", "—", "处理中"])
def test_a_letter_without_an_answer_says_so(page_of: Callable[..., Page], nothing: str) -> None:
    table = LAYOUTS["table"].replace(FIELDS["答复内容"], nothing).replace(FIELDS["答复时间"], "")
    found = letters.read(page_of(f"<body>{PLACE}{table}</body>", URL))
    assert found is not None
    assert (found.answer, found.answered) == ("", None)


def test_the_date_signed_under_an_answer_is_its_day(page_of: Callable[..., Page]) -> None:
    signed = "<p>您好，请到窗口办理。</p><p>市城管局</p><p>2025年6月8日</p>"
    table = (
        LAYOUTS["table"]
        .replace(f"<td>{FIELDS['答复内容']}</td>", f"<td>{signed}</td>")
        .replace("<td>2025-06-08</td>", "<td></td>")
    )
    found = letters.read(page_of(f"<body>{PLACE}{table}</body>", URL))
    assert found is not None
    assert found.answered == ANSWERED


NOT_LETTERS = {
    "a list": "<table><tr><th>信件标题</th><th>来信时间</th><th>答复时间</th><th>状态</th></tr><tr><td>甲</td>"
    "<td>2025-06-01</td><td>2025-06-02</td><td>已办结</td></tr>"
    "<tr><td>乙</td><td>2025-06-01</td><td>2025-06-02</td><td>已办结</td></tr></table>",
    "several letters on one page": LAYOUTS["table"] * 3,
    "a frequent question": (
        "<h1>身份证怎么办</h1><p>发布时间：2025-06-01</p><p>问题：身份证怎么办</p><p>答复：带户口簿</p>"
    ),
    "a form": "<form><table><tr><td>姓名</td><td><input name='a'></td></tr><tr><td>信件标题</td><td>"
    "<input name='t'></td></tr><tr><td>信件内容</td>"
    "<td><textarea></textarea></td></tr></table>验证码<input type='submit' value='提交信件'></form>"
    "<p>答复时间一般为15天。</p>",
    "rules of the mailbox": "<h1>来信须知</h1><p>来信内容应当真实。</p><p>答复时间：收到来信后15个工作日内。</p>",
}


@pytest.mark.parametrize("body", NOT_LETTERS.values(), ids=NOT_LETTERS.keys())
def test_what_only_has_words_of_a_letter_is_none(page_of: Callable[..., Page], body: str) -> None:
    assert letters.read(page_of(f"<body>{PLACE}<div>{body}</div></body>", URL)) is None
