"""A quick look at a page for what noise cannot do without: most pages are ruled out by it."""

from collections.abc import Set

import ahocorasick_rs

from govgauge.audits.text_noise import mojibake, placeholder
from govgauge.structure.character_runs import RUN
from govgauge.structure.page import Page

_SHORT = 2 * placeholder.LINE_CHARS
"""Characters of a line that may be a placeholder, with the marks around it."""
KNOWN_RUNS = 50_000
"""Runs of characters remembered as harmless."""
_IN_LETTERS = (
    "{", "<%", "[!--", "[title", "[content", "[url", "[link", "[date", "TRS_", "@Model", "@View", "stl:", "</", "<p",
    "<d", "<s", "<b", "<f", "<t", "<i", "<a", "<u", "<l", "<P", "<D", "<S", "<B", "<F", "<T", "<I", "<A", "&", "<!",
    "-->", "undefined", "null", "NaN", "[object", "Invalid Date", "test", "Test", "TEST", "asd", "sdf", "qwer", "zxcv",
    "orem ipsum",
)  # fmt: skip
_IN_SHORT_LINES = (
    "测试", "标题标题", "内容内容", "文字文字", "这里", "此处", "这儿", "建设中", "完善中", "制作中", "开发中",
    "整理中", "施工中", "之中", "更新中", "维护中", "请输入", "请填写", "请在此", "请编辑", "请录入",
)  # fmt: skip
_LETTERS = ahocorasick_rs.BytesAhoCorasick(
    [sign.encode() for sign in _IN_LETTERS], implementation=ahocorasick_rs.Implementation.DFA
)
_WORDS = ahocorasick_rs.AhoCorasick(list(_IN_SHORT_LINES), implementation=ahocorasick_rs.Implementation.DFA)
_harmless: set[str] = set()


def may_be_noisy(page: Page, title: str) -> bool:
    """Whether anything in the title or the visible text of a page may be noise."""
    return (
        bool(_LETTERS.find_matches_as_indexes(page.letters))
        or mojibake.has_odd(page.text)
        or (_has_words(page.runs) and _in_short_line(page.outline.visible_lines))
        or bool(_LETTERS.find_matches_as_indexes(title.encode("ascii", "ignore")))
        or mojibake.has_odd(title)
        or _has_words(frozenset(RUN.findall(title)))
    )


def _in_short_line(lines: list[str]) -> bool:
    return bool(_WORDS.find_matches_as_indexes("\n".join([line for line in lines if len(line) <= _SHORT])))


def _has_words(runs: Set[str]) -> bool:
    fresh = runs - _harmless
    if fresh:
        if len(_harmless) > KNOWN_RUNS:
            _harmless.clear()
        _harmless.update(run for run in fresh if not _WORDS.find_matches_as_indexes(run))
    return not runs <= _harmless
