"""Wrong official expressions: impossible meetings, misquoted formulas, wrong names of places and offices."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from govgauge import lazy_re
from govgauge.audits.wrong_word.words import is_word

NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六七八九十", start=1)}
PLENARY_SESSIONS = {8: 12, 9: 2, 10: 3, 11: 7, 12: 7, 13: 8, 14: 7, 15: 7, 16: 7, 17: 7, 18: 7, 19: 7, 20: 7}
"""Plenary sessions that each Central Committee held, or can hold in its term."""
CONGRESS_SESSIONS = 5
"""Yearly sessions in the term of a National People's Congress or Consultative Conference."""
_PAST = lazy_re.compile(
    r"民国|清朝|清代|清末|旧中国|解放前|建国前|新中国成立前|历史|原名|时任|建省|1[0-8]\d\d年|19[0-4]\d年"
)
_LONGEST = 60
"""No expression is longer, in characters."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A wrong expression in a text: where it starts, as written and as meant."""

    start: int
    wrong: str
    right: str


Rule = Callable[[re.Match[str]], str]


def expressions(text: str, rules: Iterable[tuple[int, int]]) -> Iterator[Expression]:
    """Wrong expressions of a text, by rules and places of their signs."""
    stretches: dict[tuple[int, int, int], None] = {}
    for rule, place in rules:  # from the beginning of a line to the end of one
        end = text.find("\n", place + _LONGEST)
        stretches[rule, text.rfind("\n", 0, max(0, place - _LONGEST)) + 1, end if end >= 0 else len(text)] = None
    for rule, begin, end in stretches:
        _signs, form, meant = _RULES[rule]
        pattern = _compiled(form)
        for found in pattern.finditer(text, begin, end):
            right = meant(found)
            group = "wrong" if "wrong" in pattern.groupindex else 0
            if right and right != found[group]:
                yield Expression(found.start(group), found[group], right)


@cache
def _compiled(form: str) -> re.Pattern[str]:
    return re.compile(form)


def _number(numeral: str) -> int:
    """A number below one hundred, written in Chinese; 0 when it is none."""
    if numeral in NUMERALS:
        return NUMERALS[numeral]
    tens, _ten, ones = numeral.partition("十")
    return (NUMERALS.get(tens, 0) if tens else 1) * 10 + (NUMERALS.get(ones, 0) if ones else 0)


def _plenary(found: re.Match[str]) -> str:
    committee, session = _number(found["term"]), _number(found["session"])
    most = PLENARY_SESSIONS.get(committee, 0)
    return f"{found['term']}届中央委员会没有第{found['session']}次全体会议" if most and session > most else ""


def _congress(found: re.Match[str]) -> str:
    return f"每届只有{CONGRESS_SESSIONS}次会议" if _number(found["session"]) > CONGRESS_SESSIONS else ""


def _region(right: str) -> Rule:
    """A region called a province, unless the line speaks of the past."""

    def meant(found: re.Match[str]) -> str:
        text = found.string
        end = text.find("\n", found.end())
        line = text[text.rfind("\n", 0, found.start()) + 1 : end if end >= 0 else len(text)]
        return "" if _PAST.search(line) else right

    return meant


def _always(right: str) -> Rule:
    return lambda _found: right


def _until(found: re.Match[str]) -> str:
    return "截至" + found["wrong"][2:]


def _doubled(found: re.Match[str]) -> str:
    """A particle written twice, unless one of the two belongs to a word beside it."""
    text, start, end = found.string, found.start("wrong"), found.end("wrong")
    left, right = text[max(0, start - 1) : start + 1], text[start + 1 : end + 1]
    longer = (text[max(0, start - 2) : start + 1], text[start + 1 : end + 2], text[max(0, start - 3) : start + 1])
    if any(len(word) > 1 and is_word(word) for word in (left, right, *longer)):
        return ""
    return found["wrong"][0]


def _half(found: re.Match[str]) -> str:
    return found["wrong"][: len(found["wrong"]) // 2]


_QUOTE = "[“\"'‘「]?"
_UNQUOTE = "[”\"'’」]?"
_RULES: tuple[tuple[str, str, Rule], ...] = (
    (
        "中全",
        r"(?:第?)(?P<wrong>(?P<term>二?十[一二三四五六七八九]?|[八九])届(?P<session>十?[一二三四五六七八九十])中全会)",
        _plenary,
    ),
    (
        "届全",
        r"(?P<wrong>十[一二三四五]?届全国(?:人大|政协)(?P<session>[六七八九十]|第[六七八九十])次会议)",
        _congress,
    ),
    (
        "个意",
        rf"增强{_QUOTE}(?P<wrong>[一二三五六七八两]个意识){_UNQUOTE}[、，,\s]{{0,2}}(?:坚定|做到)",
        _always("四个意识"),
    ),
    (
        "个自",
        rf"坚定{_QUOTE}(?P<wrong>[一二三五六七八两]个自信|四个自觉){_UNQUOTE}[、，,\s]{{0,2}}(?:做到|践行)",
        _always("四个自信"),
    ),
    (
        "个维",
        rf"个自信{_UNQUOTE}[、，,\s]{{0,2}}(?:坚决|自觉|切实)?(?:做到|践行){_QUOTE}(?P<wrong>[一三四五六七]个维护)",
        _always("两个维护"),
    ),
    ("个确", rf"拥护{_QUOTE}(?P<wrong>[一三四五六七]个确立)", _always("两个确立")),
    ("于修", r"(?P<wrong>严于修身)", _always("严以修身")),
    ("于用", r"(?P<wrong>严于用权)", _always("严以用权")),
    ("法制", r"自由[、，\s]?平等[、，\s]?公正[、，\s]?(?P<wrong>法制)", _always("法治")),
    ("公平", r"自由[、，\s]?平等[、，\s]?(?P<wrong>公平)[、，\s]?法[治制]", _always("公正")),
    ("友爱 友好", r"爱国[、，\s]?敬业[、，\s]?诚信[、，\s]?(?P<wrong>友[爱好])", _always("友善")),
    ("总理", r"(?P<wrong>习近平总理)(?![全大])", _always("习近平总书记")),
    ("强总 强主", r"(?P<wrong>李克?强(?:总书记|主席))", _always("总理")),
    ("古省", r"(?P<wrong>内蒙古省)", _region("内蒙古自治区")),
    ("疆省", r"(?P<wrong>新疆省)", _region("新疆维吾尔自治区")),
    ("藏省", r"(?P<wrong>西藏省)", _region("西藏自治区")),
    ("广西", r"(?P<wrong>广西省)", _region("广西壮族自治区")),
    ("夏省", r"(?P<wrong>宁夏省)", _region("宁夏回族自治区")),
    ("尔族", r"(?P<wrong>新疆维吾尔族自治区)", _always("新疆维吾尔自治区")),
    ("蒙自 古族", r"(?P<wrong>内蒙(?:古族)?自治区)", _always("内蒙古自治区")),
    ("壮自", r"(?P<wrong>广西壮自治区)", _always("广西壮族自治区")),
    ("回自", r"(?P<wrong>宁夏回自治区)", _always("宁夏回族自治区")),
    ("西藏", r"(?P<wrong>西藏族自治区)", _always("西藏自治区")),
    (
        "国人 人共 共国 民和",
        r"(?P<wrong>中国人民共和国|中华人共和国|中华人民共国|中华人民和国)",
        _always("中华人民共和国"),
    ),
    (
        "等国 个国",
        (
            r"(?m)(?P<wrong>(?:台湾|香港|澳门)(?:[、和与及][\u4e00-\u9fff]{2,6}){0,4}等(?:\d{1,3}|[一二三四五六七八九十]{1,3})?(?:多)?个?(?:国家|国))"
            r"(?=[，。；、）)\s的]|$)"
        ),
        _always("等国家和地区"),
    ),
    ("湾总", r"(?P<wrong>台湾总统)", _always("台湾地区领导人")),
    ("截止", r"(?P<wrong>截止目前)", _until),
    (
        "截止",
        (
            r"(?m)(?:^|[。；，、：:\s（(])(?P<wrong>截止(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日|底|末)?(?<!止))(?:\d{1,2}时)?"
            r"(?=[，,]?(?:全[市县区省国乡镇州]|我[市县区省局国]|共|已|累计|本[市县区局]|该))"
        ),
        _until,
    ),
    (
        "的的 了了 和和 是是 在在 与与 及及 对对 为为",
        r"(?<=[\u4e00-\u9fff])(?P<wrong>的的|了了|和和|是是|在在|与与|及及|对对|为为)(?=[\u4e00-\u9fff])",
        _doubled,
    ),
    (
        "行进 于关 照按 强加 进推 展开 高提 善完 们我 及以 者或 当应 须必 于由 了为 关有 真认 实切 极积 格严 面全",
        (
            r"(?<=[\u4e00-\u9fff，。；、：])(?P<wrong>(进行|关于|按照|加强|推进|开展|提高|完善|我们|以及|或者|应当|必须|由于|为了|有关|认真|切实|"
            r"积极|严格|全面)\2)(?=[\u4e00-\u9fff])"
        ),
        _half,
    ),
)
"""Each rule: pairs of characters of which one stands in whatever it finds, what to look for (the group `wrong` is what
is wrong), and what was meant, empty when nothing is wrong."""
SIGNS: dict[str, tuple[int, ...]] = {
    sign: tuple(number for number, rule in enumerate(_RULES) if sign in rule[0].split())
    for signs, _pattern, _meant in _RULES
    for sign in signs.split()
}
"""The rules to try where a pair of characters stands."""
