"""The words without which a page is no special page, looked for in one pass, before anything dearer is done."""

from functools import cache

import ahocorasick_rs

from govgauge import lazy_re
from govgauge.structure.element_table import vocabulary

POLICY = frozenset({"索引号", "文号", "发文", "文件编号", "字号", "令第", "第一条"})
"""One of these stands on every normative document that has no number in brackets."""
POLICY_TABLE = frozenset({"索引号", "文号", "发文机关", "发文字号", "文件编号", "发布机构", "制发机关"})
"""Without any of these a page has no table of a document's elements."""
_GUIDE_TAILS = ("条件", "材料", "资料", "依据", "流程", "程序", "地点")
GUIDE = frozenset(word for word in vocabulary("guide").fields if len(word) == 4 and word.endswith(_GUIDE_TAILS))
"""The usual labels of guides: several of them stand on every guide."""
_COMMON_TIMES = frozenset({"时间", "发布时间", "发布日期", "受理时间", "受理日期", "登记时间", "发表时间"})
LETTER_TIME = vocabulary("letter").labels_of("asked") - _COMMON_TIMES
"""Labels of the time of asking that nothing but a letter has."""
LETTER_QUESTION = frozenset(
    f"{word}{end}"
    for word in ("来信", "写信", "留言", "信件", "咨询", "诉求", "投诉", "提问", "来件")
    for end in ("内容", "人")
)
"""Labels of what was asked and by whom."""
LETTER_ANSWER = frozenset({"答复", "回复", "处理", "办理", "回信", "解答"})
DATASET = vocabulary("dataset").labels_of("frequency") | (
    vocabulary("dataset").labels_of("formats") - {"格式", "资源类型"}
)
"""Labels of frequency and format."""

_WORDS = sorted(POLICY | POLICY_TABLE | GUIDE | LETTER_TIME | LETTER_QUESTION | LETTER_ANSWER | DATASET)

_NUMBERED = lazy_re.compile(r"[〕\]］】）)]第?\d{1,5}号")
LONGEST_NUMBER = 7
"""Characters between the bracket and 号, the bracket included."""


def found(dense: str) -> frozenset[str]:
    """Which of the telltale words stand in a page's text without blanks; 〕号 stands for a number behind brackets."""
    units = dense.encode("utf-16-le", "surrogatepass")
    matches = _automaton().find_matches_as_indexes(units, overlapping=True)
    # What begins at an odd byte is the end of one character and the beginning of the next.
    seen = {_WORDS[number] for number, start, _ in matches if not start & 1}
    if _is_numbered(dense):
        seen.add("〕号")
    return frozenset(seen)


def _is_numbered(dense: str) -> bool:
    """Whether a number follows a closing bracket, as in 〔2025〕5号. The sign 号 is rare, brackets are not."""
    at = dense.find("号")
    while at >= 0:
        if _NUMBERED.search(dense, max(0, at - LONGEST_NUMBER), at + 1):
            return True
        at = dense.find("号", at + 1)
    return False


@cache
def _automaton() -> ahocorasick_rs.BytesAhoCorasick:
    """A table of all steps over UTF-16, which takes two of them for a Chinese character where UTF-8 takes three."""
    words = [word.encode("utf-16-le") for word in _WORDS]
    return ahocorasick_rs.BytesAhoCorasick(words, implementation=ahocorasick_rs.Implementation.DFA)
