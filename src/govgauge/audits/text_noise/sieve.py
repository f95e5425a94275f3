"""A quick look at a page for what noise cannot do without: most pages are ruled out by it."""

from collections.abc import Set

import ahocorasick_rs

from govgauge.audits.text_noise import mojibake, placeholder
from govgauge.structure.page import STRETCH_KEPT, Page

_SHORT = 2 * placeholder.LINE_CHARS
"""Characters of a line that may be a placeholder, with the marks around it."""
KNOWN_STRETCHES = 50_000
"""Stretches of text remembered as harmless."""
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
        or bool(_LETTERS.find_matches_as_indexes(title.encode("ascii", "ignore")))
        or (
            not _are_harmless(page.stretches)
            and (mojibake.has_odd(page.text) or _in_short_line(page.outline.visible_lines))
        )
        or (
            not _are_harmless(frozenset((title,)))
            and (mojibake.has_odd(title) or bool(_WORDS.find_matches_as_indexes(title)))
        )
    )


def _in_short_line(lines: list[str]) -> bool:
    return bool(_WORDS.find_matches_as_indexes("\n".join([line for line in lines if len(line) <= _SHORT])))


def _are_harmless(stretches: Set[str]) -> bool:
    """Whether no stretch holds an odd character or a word of placeholders."""
    fresh = stretches - _harmless
    if not fresh:
        return True
    if len(_harmless) > KNOWN_STRETCHES:
        _harmless.clear()
    if _is_doubtful("\n".join(fresh)):
        _harmless.update([one for one in fresh if len(one) <= STRETCH_KEPT and not _is_doubtful(one)])
        return False
    _harmless.update([one for one in fresh if len(one) <= STRETCH_KEPT])
    return True


def _is_doubtful(text: str) -> bool:
    return mojibake.has_odd_character(text) or bool(_WORDS.find_matches_as_indexes(text))
