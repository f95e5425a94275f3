"""One wrong character in a fixed phrase: what is written is unheard of, what is meant sounds or looks the same.

A place is looked at only when the character there and a neighbour were never seen side by side. It is called wrong
only when a similar character makes a known phrase of it, when the phrase as written falls apart into single
characters, and when nothing known explains what is written: no word, no name, no numeral, no accepted variant.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from govgauge import lazy_re
from govgauge.audits.wrong_word.knowledge import Knowledge, knowledge
from govgauge.audits.wrong_word.pieces import GRAM
from govgauge.audits.wrong_word.surnames import SURNAMES
from govgauge.audits.wrong_word.words import Words, cut, word_across, word_over

HAN = lazy_re.compile(r"[\u4e00-\u9fff]+")
REMEMBERED = 20_000
"""Doubtful places remembered with what was found there: the same phrases come again and again."""
REACH = 12
"""How many characters on each side are cut into words."""
PLACES = tuple("市县区省镇乡村州旗盟屯庄街道路巷河湖江山岛湾港桥寺站")
"""What stands before one of these may be the name of any place."""
AFTER_NOUNS = frozenset("中上下内外里间前后时")
"""Inside a sentence these belong to the noun before them more often than to a phrase after it."""
SORTS = frozenset("档类层级项期批款版组")
"""Behind a noun and before 的 these count or sort it (区县档的, 二级项的): a noun of two words, no slip."""
GENERIC = lazy_re.compile(
    "进行|开展|或者|应当|采取|规定|以及|可以|必须|需要|有关|实施|提供|没有|不得|通过|根据|按照|其他|及时|并且|对于|由于|关于|加强|给予|予以"
)
"""Words that stand beside anything: a sequence with one of them proves nothing."""
LONGEST = 10
CERTAIN = 6
"""Length of a phrase from which even a variant is plainly a mistake."""
SLOT_CHARACTERS = frozenset(
    "一二三四五六七八九十百千万亿两零〇几某各每双单多第省市县区镇乡村校国州东西南北上下左右前后大小男女的地得和与及或不未暨并兼等"
)
"""Characters that change from use to use inside one and the same phrase; as written they prove nothing."""
VARIANTS = frozenset(
    re.findall(
        "..",
        "帐账账帐它他他它她他他她象像像象定订订定做作作做份分于与与于交缴缴交制治法治唯惟惟唯粘黏"
        "黏粘余馀坐座座坐须需需须查察察查到道磨摩搜收拥用绩迹以已含涵纪记记纪园院院园处署厅局局处"
        "所处度渡连联联连即既那哪哪那象相合和和合受授支只支枝身生权全场厂厂场画划划画渔鱼鱼渔州洲"
        "洲州排摆摆排",
    )
)
"""Pairs (as written, as meant) that usage allows, or that both make sense in many phrases."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A phrase written with one wrong character: where it starts in the text, as written and as meant."""

    start: int
    wrong: str
    right: str
    sure: bool
    """The phrase is a fixed one, not merely a frequent sequence of words."""


def doubts(text: str, replaced: Mapping[int, set[str]]) -> dict[int, str]:
    """The doubtful ones of the places where similar characters would make a piece of a phrase, with those characters.

    No place is left where a phrase right there explains what is written.
    """
    store = knowledge()
    left: dict[int, str] = {}
    for place, fills in replaced.items():
        wanted = "".join(sorted(fills - SLOT_CHARACTERS))
        if wanted and text[place] not in SLOT_CHARACTERS:
            around = text[place - GRAM + 1 : place + GRAM]
            if not any(
                phrases.longest(around, first, len(around) - first, GRAM)
                for phrases in (store.fixed, store.mined)
                for first in range(GRAM)
            ):
                left[place] = wanted
    return left


def near_misses(text: str, doubtful: Mapping[int, str], strange: Callable[[str], bool]) -> Iterator[NearMiss]:
    """All near misses of a text, in order.

    `doubtful` are the places that `doubts` left; `strange` tells of two characters whether they were never seen side by
    side.
    """
    last = -1
    for place, fills in sorted(doubtful.items()):
        if place > last:
            found = _judge(text, place, fills, strange)
            if found:
                last = found.start + len(found.wrong) - 1
                yield found


def _judge(text: str, place: int, fills: str, strange: Callable[[str], bool]) -> NearMiss | None:
    """The near miss over one place; it is judged by the Chinese characters around it, at most REACH on each side."""
    before = HAN.match(text[max(0, place - REACH) : place][::-1])
    run = HAN.match(text, place, place + REACH + 1)
    if not run:
        return None
    at = len(before[0]) if before else 0
    found = _judge_run(text[place - at : run.end()], at, fills, strange)
    return NearMiss(place - at + found.start, found.wrong, found.right, found.sure) if found else None


@lru_cache(maxsize=REMEMBERED)
def _judge_run(run: str, at: int, fills: str, strange: Callable[[str], bool]) -> NearMiss | None:
    """The near miss over one place of a run of characters; its start is counted within the run."""
    store = knowledge()
    if _phrase(store, run, at) is not None:  # a known phrase explains what is written
        return None
    alike = store.alike(run[at])
    lonely = at > 0 and strange(run[at - 1 : at + 1]) and strange(run[at : at + 2])
    for fill in sorted(fills, key=lambda one: ("same", "near", "shape").index(alike[one])):
        meant = run[:at] + fill + run[at + 1 :]
        phrase = _phrase(store, meant, at)
        if phrase is None or (run[at] + fill in VARIANTS and phrase[1] - phrase[0] < CERTAIN):
            continue
        if _convincing(store, run, at, meant, phrase=phrase, reason=alike[fill], lonely=lonely):
            first, after = phrase
            return NearMiss(first, run[first:after], meant[first:after], meant[first:after] in store.fixed)
    return None


def _phrase(store: Knowledge, run: str, at: int) -> tuple[int, int] | None:
    """The longest fixed phrase over the place, else the longest frequent one, as (start, end) within the run."""
    for phrases in (store.fixed, store.mined):
        best = begin = 0
        for first in range(max(0, at - LONGEST + 1), at + 1):
            least = max(GRAM, best + 1, at - first + 1)
            most = min(LONGEST, len(run) - first)
            if least <= most:
                length = phrases.longest(run, first, most, least)
                if length:
                    best, begin = length, first
        if best:
            return begin, begin + best
    return None


def _convincing(
    store: Knowledge, run: str, at: int, meant: str, *, phrase: tuple[int, int], reason: str, lonely: bool
) -> bool:
    """Whether what is written cannot be meant. What looks alike needs more proof than what sounds the same."""
    first, after = phrase
    words = cut(run)
    edge = at in (first, after - 1)
    sorts = 0 < at == first and run[at] in SORTS and run[at + 1 : at + 2] == "的"
    if sorts or _name(store, run, at, words) or run[at + 1 : at + 2] in PLACES:
        return False
    if meant[first:after] not in store.fixed:
        return (
            not GENERIC.search(run, first, after)
            and (lonely or not edge)
            and reason == "same"
            and _loose(run, at, words)
            and _makes_a_word(meant, at, words)
        )
    if after - first == GRAM and ((first and run[first] in AFTER_NOUNS) or word_across(run, first, first, after)):
        return False
    alone = words.count_alone(first, after)
    if _loose(run, at, words):
        if edge:
            return alone >= 2 and (lonely or reason == "same")
        return lonely or reason == "same" or alone >= 2
    if words.is_alone(at):
        return alone >= 2 and reason == "same"
    if alone:
        return alone >= (2 if after - first == GRAM else 1) and not edge and reason != "shape"
    return lonely and reason == "same" and cut(meant).word_at(at) == words.word_at(at)


def _loose(run: str, at: int, words: Words) -> bool:
    """Whether the character stands alone and no dictionary word could hold it."""
    return words.is_alone(at) and not word_over(run, at)


def _makes_a_word(meant: str, at: int, words: Words) -> bool:
    """Whether the right character gives a word made of nothing but characters that stood alone."""
    word = cut(meant).word_at(at)
    return word[1] - word[0] >= 2 and all(words.is_alone(other) for other in range(*word))


def _name(store: Knowledge, run: str, at: int, words: Words) -> bool:
    """Whether the single characters around the place read like a person's name: a surname and one or two more."""
    first = at
    while first > 0 and words.is_alone(first - 1) and at - first < 2:
        first -= 1
    for begin in range(first, at + 1):
        after = begin
        while after < len(run) and words.is_alone(after):
            after += 1
        if run[begin] in SURNAMES and 2 <= after - begin <= 3:
            return True
    return any(
        run[begin:end] in store.names for begin in range(max(0, at - 2), at + 1) for end in (begin + 2, begin + 3)
    )
