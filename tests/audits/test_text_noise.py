"""What is noise and what only speaks of it."""

import pytest

from govgauge.audits.text_noise import mojibake, placeholder, residue


@pytest.mark.parametrize("text", ["政府信息公开指南", "中华人民共和国", "关于做好安全生产工作的通知"])
@pytest.mark.parametrize(("wrong", "right"), [("latin-1", "gb18030"), ("latin-1", "utf-8")])
def test_chinese_read_with_the_wrong_table_is_recognised_and_restored(text: str, wrong: str, right: str) -> None:
    garbled = text.encode(right).decode(wrong)
    assert any(meant and meant in text for _words, meant in mojibake.garbled(garbled))


@pytest.mark.parametrize(
    "text",
    [
        "中华人民共和国政府信息公开条例",
        "Café, naïve, Übersicht, señor",
        "锛凿斧锯，涓涓细流，鏖战",
        "℃ ㎡ ① Ⅳ ± × ÷",
        "ÄÖÜ äöü ß",
    ],
)
def test_text_that_is_only_unusual_is_not_garbled(text: str) -> None:
    assert list(mojibake.garbled(text)) == []


@pytest.mark.parametrize(
    ("text", "html", "expected"),
    [
        ("[!--newstitle--]", "", ["[!--newstitle--]"]),
        ("{{ item.title }}", "<p>{{ item.title }}</p>", ["{{ item.title }}"]),
        ("{{ item.title }}", "<li v-for='i in list'>{{ item.title }}</li>", []),
        ("集合 {x} 与 {1,2}，区间 [a,b]", "", []),
        ("${item.name}", "", ["${item.name}"]),
    ],
)
def test_template_tags_are_residue_unless_a_script_fills_them(text: str, html: str, expected: list[str]) -> None:
    assert list(residue.template_residue(text, html)) == expected


@pytest.mark.parametrize(
    ("line", "noisy"),
    [
        ("测试测试", True),
        ("测试文章1", True),
        ("test", True),
        ("栏目正在建设中，敬请期待！", True),
        ("核酸检测测试", False),
        ("软件测试工程师", False),
        ("普通话水平测试", False),
        ("地铁四号线正在建设中，敬请期待", False),
        ("Contest", False),
    ],
)
def test_a_placeholder_fills_its_line(line: str, noisy: bool) -> None:
    assert list(placeholder.placeholders([line], "")) == ([line] if noisy else [])
