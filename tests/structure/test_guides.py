"""Service guides in tables, headings, boxes and tabs, and the pages that only look like one."""

from collections.abc import Callable

import pytest

from govgauge.structure import guides
from govgauge.structure.page import Page

URL = "http://www.a.gov.cn/fw/1.html"
PLACE = "<div class='position'>当前位置：<a href='/'>首页</a> &gt; <a href='/fw/'>办事服务</a> &gt; 办事指南</div>"
ELEMENTS = {
    "事项名称": "食品经营许可证核发",
    "设定依据": "《食品安全法》第三十五条",
    "受理条件": "具有固定的经营场所",
    "申请材料": "申请书、身份证",
    "办理地点": "政务中心二楼",
    "办公时间": "工作日9:00-17:00",
    "咨询电话": "0000-1234567",
    "办理流程": "申请、受理、决定",
}
FOUND = dict(zip(guides.CLASSES, ELEMENTS.values(), strict=True))
LAYOUTS = {
    "table": "<table>" + "".join(f"<tr><th>{k}</th><td>{v}</td></tr>" for k, v in ELEMENTS.items()) + "</table>",
    "table of four": "<table>"
    + "".join(
        f"<tr><td>{a[0]}</td><td>{a[1]}</td><td>{b[0]}</td><td>{b[1]}</td></tr>"
        for a, b in zip(list(ELEMENTS.items())[::2], list(ELEMENTS.items())[1::2], strict=True)
    )
    + "</table>",
    "headings": "".join(
        f"<h3>{n}、{k}</h3><p>{v}</p>" for n, (k, v) in zip("一二三四五六七八", ELEMENTS.items(), strict=True)
    ),
    "bold lines": "".join(
        f"<p><strong>（{n}）{k}</strong>：{v}</p>"
        for n, (k, v) in zip("一二三四五六七八", ELEMENTS.items(), strict=True)
    ),
    "boxes": "".join(f"<div class='r'><div>{k}：</div><div><p>{v}</p></div></div>" for k, v in ELEMENTS.items()),
    "definition list": "<dl>" + "".join(f"<dt>{k}</dt><dd>{v}</dd>" for k, v in ELEMENTS.items()) + "</dl>",
    "row of heads": "<table><tr>{}</tr><tr>{}</tr></table>".format(
        "".join(f"<th>{k}</th>" for k in ELEMENTS), "".join(f"<td>{v}</td>" for v in ELEMENTS.values())
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_all_eight_classes_are_found_in_every_layout(page_of: Callable[..., Page], layout: str) -> None:
    found = guides.read(
        page_of(f"<body>{PLACE}<h1>食品经营许可证核发</h1><div class='c'>{layout}</div></body>", URL), None
    )
    assert found is not None
    assert found.elements == FOUND


@pytest.mark.parametrize("empty", ["", "暂无", "/", "——", "&nbsp;", "待补充", "详见附件"])
def test_a_label_with_nothing_behind_it_is_no_element(page_of: Callable[..., Page], empty: str) -> None:
    table = LAYOUTS["table"].replace(ELEMENTS["申请材料"], empty).replace(ELEMENTS["办理流程"], empty)
    found = guides.read(page_of(f"<body>{PLACE}<h1>食品经营许可证核发</h1>{table}</body>", URL), None)
    assert found is not None
    assert set(found.elements) == set(guides.CLASSES) - {"materials", "process"}


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("受理条件", "无"),
        ("申请材料", "无需提交材料"),
        ("办理流程", "<img src='/lct.png'>"),
        ("申请材料", "<table><tr><th>序号</th><th>材料名称</th></tr><tr><td>1</td><td>申请书</td></tr></table>"),
        ("申请材料", "详见附件<a href='/f/1.docx'>附件</a>"),
    ],
)
def test_what_says_enough_without_many_words_is_an_element(
    page_of: Callable[..., Page], label: str, value: str
) -> None:
    table = LAYOUTS["table"].replace(f"<td>{ELEMENTS[label]}</td>", f"<td>{value}</td>")
    found = guides.read(page_of(f"<body>{PLACE}<h1>食品经营许可证核发</h1>{table}</body>", URL), None)
    assert found is not None
    assert set(found.elements) == set(guides.CLASSES)


def test_tabs_find_their_panes_by_target_and_by_order(page_of: Callable[..., Page]) -> None:
    by_target = (
        "<ul><li><a href='#b'>申请条件</a></li><li><a href='#a'>设定依据</a></li><li><a href='#c'>"
        "申请材料</a></li></ul>"
    )
    panes = "<div id='a'>《条例》</div><div id='b'>年满十八岁</div><div id='c'></div>"
    found = guides.read(page_of(f"<body>{PLACE}<h1>户口登记办理</h1><div>{by_target}{panes}</div></body>", URL), None)
    assert found is not None
    assert found.elements == {"name": "户口登记办理", "basis": "《条例》", "conditions": "年满十八岁"}
    by_order = (
        "<ul><li>设定依据</li><li>申请条件</li><li>申请材料</li></ul><div><div>《条例》</div><div></div>"
        "<div>申请书</div></div>"
    )
    found = guides.read(page_of(f"<body>{PLACE}<h1>户口登记办理</h1><div>{by_order}</div></body>", URL), None)
    assert found is not None
    assert found.elements == {"name": "户口登记办理", "basis": "《条例》", "materials": "申请书"}


FORMS = ("<p>三、{0}：{1}</p>", "<h3>三、{0}</h3><p>{1}</p>", "<table><tr><td>{0}</td><td>{1}</td></tr></table>")


@pytest.mark.parametrize(
    ("label", "classes"),
    [
        ("办理时间、地点", {"time", "place"}),
        ("受理地点和时间", {"time", "place"}),
        ("办公时间、地点及联系电话", {"time", "place", "phone"}),
        ("办公地址及电话", {"place", "phone"}),
    ],
)
@pytest.mark.parametrize("form", FORMS)
def test_one_label_may_name_several_classes(
    page_of: Callable[..., Page], label: str, classes: set[str], form: str
) -> None:
    start = "<p>一、申请条件：年满十八岁</p><p>二、申请材料：身份证</p>"
    told = form.format(label, "政务中心，工作日，0000-1234567")
    body = f"<body>{PLACE}<h1>户口登记办事指南</h1><div>{start}{told}</div></body>"
    found = guides.read(page_of(body, URL), None)
    assert found is not None
    assert set(found.elements) == {"name", "conditions", "materials", *classes}


def test_sections_headed_by_rows_of_a_table_are_read(page_of: Callable[..., Page]) -> None:
    rows = "".join(
        f"<tr><td colspan='2'>{k}</td></tr><tr><td colspan='2'><p>{v}</p></td></tr>" for k, v in ELEMENTS.items()
    )
    found = guides.read(page_of(f"<body>{PLACE}<h1>食品经营许可证核发</h1><table>{rows}</table></body>", URL), None)
    assert found is not None
    assert found.elements == FOUND


def test_address_and_telephone_of_the_site_are_not_those_of_the_service(page_of: Callable[..., Page]) -> None:
    table = LAYOUTS["table"].replace("<th>咨询电话</th><td>0000-1234567</td>", "<th>备注</th><td>无</td>")
    table = table.replace("<th>办理地点</th><td>政务中心二楼</td>", "<th>备注</th><td>无</td>")
    head = "<div class='top'><div>服务热线：12345</div></div>"
    foot = "<div class='foot'><p>地址：人民路1号 电话：0000-7654321</p><p>版权所有：某市人民政府 ICP备000号</p></div>"
    body = f"<body>{head}<div class='main'>{PLACE}<div><h1>食品经营许可证核发</h1>{table}</div></div>{foot}</body>"
    found = guides.read(page_of(body, URL), None)
    assert found is not None
    assert set(found.elements) == set(guides.CLASSES) - {"phone", "place"}


NOT_GUIDES = {
    "a call for projects": (
        "<h1>关于申报2025年科技项目的通知</h1><p>一、申报条件</p><p>甲</p><p>二、申报材料</p><p>乙</p>"
        "<p>三、申报程序</p><p>丙</p><p>四、联系方式</p><p>丁</p>"
    ),
    "an interpretation": (
        "<h1>《人才补贴细则》解读</h1><p>一、政策依据</p><p>甲</p><p>二、申请条件</p><p>乙</p><p>"
        "三、申请材料</p><p>丙</p><p>四、办理流程</p><p>丁</p><p>联系电话：1</p>"
    ),
    "news": "<h1>我市优化办理流程压减申请材料</h1><p>办理时间缩短一半，申请条件放宽。</p>",
    "a list of guides": "<h1>办事指南</h1>"
    + "".join(
        f"<h3>事项{n}</h3><p>申请条件：甲</p><p>申请材料：乙</p><p>办理流程：丙</p><p>设定依据：丁</p><p>联系电话：1</p>"
        for n in range(5)
    ),
}


@pytest.mark.parametrize("body", NOT_GUIDES.values(), ids=NOT_GUIDES.keys())
def test_what_only_has_words_of_a_guide_is_none(page_of: Callable[..., Page], body: str) -> None:
    assert guides.read(page_of(f"<body>{PLACE}<div>{body}</div></body>", URL), None) is None
