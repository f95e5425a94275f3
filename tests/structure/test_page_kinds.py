"""What kind a page is, in the styles of many systems."""

import tomllib
from pathlib import Path

import pytest

LIST = "".join(
    f"<li><a href='/a/{number}.html'>关于做好第{number}项重点工作的通知</a><span>2025-11-{number:02}</span></li>"
    for number in range(1, 9)
)
PROSE = "各区县人民政府，市政府各部门：为贯彻落实有关会议精神，做好今年冬季供暖保障工作，现就有关事项通知如下。" * 6
AT = "http://www.a.gov.cn"
PAGES = tomllib.loads(Path(__file__).with_name("page_kinds.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", PAGES["cases"], ids=lambda case: f"{case['kind']} at {case['path']}")
def test_the_kind_is_seen(reading_of, case):
    html = case["html"].replace("LIST", LIST).replace("PROSE", PROSE)
    reading = reading_of(html, url=AT + case["path"])
    assert (reading.kind.value, bool(reading.soft_error)) == (case["kind"], case["kind"] == "error")


@pytest.mark.parametrize("case", PAGES["made_elsewhere"], ids=lambda case: case["name"])
def test_a_list_made_by_script_or_frame_is_not_taken_for_an_empty_one(reading_of, case):
    reading = reading_of(f"<h2>通知公告</h2>{case['html']}", url=AT + "/tzgg/index.html")
    assert (reading.items, reading.script_only) == ((), True)


def test_an_empty_list_without_scripts_is_empty(reading_of):
    reading = reading_of("<h2>通知公告</h2><ul class='list'></ul><script>var a = 1;</script>", url=AT + "/tzgg/")
    assert (reading.items, reading.script_only) == ((), False)
