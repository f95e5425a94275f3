"""Whether two cases may be one system under two names: by name, address and owner. Nothing here asks the database.

The thresholds are our own, set on the names of the 106 cases chosen in 2025: no two of them are taken for twins.
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from pathlib import Path

from msgspec import Struct
from rapidfuzz import fuzz

from govgauge.gather import urls

ASKED_FROM = 0.6
"""Likeness from which on a person is asked."""
NAME_FROM = 0.6
"""Likeness of names of one owner from which on it is a reason."""
NAME_BETWEEN_OWNERS = 0.75
"""The same between owners: bodies call alike what they do alike."""
BELOW = 0.7
"""What a likeness of names that is no reason by itself still counts beside others."""
SAME_ADDRESS, SAME_HOST, SAME_OWNER = 0.85, 0.05, 0.1
"""What the same page, the same site and the same owner add up to. A home page is the site's, not the case's."""
CALLED_ALIKE = 0.9
"""Likeness of names of one owner that put the same word into quotation marks. Between owners that says nothing: in
2025 five of them wrote “搜问一体”."""
GENERIC = frozenset(Path(__file__).with_name("generic_words.txt").read_text(encoding="utf-8").split())
"""Words that say little of which system it is."""
GENERIC_WEIGHT = 0.15
GENERIC_NAMES = 0.5
"""What likeness of names is worth between owners where a name has nothing but generic words and places."""
_QUOTED = re.compile(r"[“「《『\"]([^”」》』\"]{2,20})[”」》』\"]")
_SIGNS = re.compile(r"[^\w]+")
_HOME = re.compile(r"^/?(?:(?:index|default|home|main)\.\w{2,5})?$", re.IGNORECASE)


class Facts(Struct, frozen=True):
    """What is compared of a case."""

    name: str
    url: str
    owner: str
    subject: int


class Likeness(Struct, frozen=True):
    """How much two cases are alike (0…1), and a sentence of why."""

    value: float
    why: str


def likeness(one: Facts, other: Facts) -> Likeness:
    """How alike two cases are, whichever comes first."""
    said: list[str] = []
    places = _places(one, other)
    is_same_owner = one.subject == other.subject or plain(one.owner) == plain(other.owner)
    names = of_names(one.name, other.name, places)
    if is_same_owner and _share_a_title(one.name, other.name, places):
        names = max(names, CALLED_ALIKE)
    if not is_same_owner and not (_core(_words(one.name), places) and _core(_words(other.name), places)):
        names *= GENERIC_NAMES  # every city has a “政务服务平台”
    is_reason = names >= (NAME_FROM if is_same_owner else NAME_BETWEEN_OWNERS)
    value = names if is_reason else names * BELOW
    if is_reason:
        said.append("名称相同" if plain(one.name) == plain(other.name) else f"名称相近（{names:.0%}）")
    page, other_page = place(one.url), place(other.url)
    if page and page == other_page:
        home = _is_home(page)
        value = max(value, min(1.0, value + SAME_HOST) if home else SAME_ADDRESS)
        said.append("网址都是同一个网站的首页" if home else "网址相同")
    if is_same_owner:
        value = min(1.0, value + SAME_OWNER)
        said.append("单位相同")
    return Likeness(round(value, 3), "；".join(said))


def of_names(one: str, other: str, places: frozenset[str] = frozenset()) -> float:
    """How alike two names are, 0…1; the words in `places` (of owners and regions) do not count."""
    if plain(one) == plain(other):
        return 1.0
    words, others = _words(one), _words(other)
    weights = {word: _weight(word, places) for word in words.keys() | others.keys()}
    shared = sum(weights[word] * n for word, n in (words & others).items())
    whole = sum(weights[word] * n for word, n in words.items()) + sum(weights[word] * n for word, n in others.items())
    by_words = 2 * shared / whole if whole else 0.0
    core, other_core = _core(words, places), _core(others, places)
    if not core and not other_core:
        return max(by_words, fuzz.token_sort_ratio(" ".join(sorted(plain(one))), " ".join(sorted(plain(other)))) / 100)
    by_letters = fuzz.ratio(core, other_core) / 100 if min(len(core), len(other_core)) >= 3 else 0.0
    return max(by_words, by_letters)


def place(url: str) -> str:
    """Host and path of an address, as far as they tell where it leads: no scheme, no `www.`, no closing slash."""
    if not url or not urls.is_web(url):
        return ""
    whole = urls.canonical(url).partition("://")[2].partition("#")[0]
    host, _, path = whole.partition("/")
    path, _, query = path.partition("?")
    path = re.sub(r"(?:^|/)(?:index|default|home|main)\.\w{2,5}$", "", path, flags=re.IGNORECASE).rstrip("/")
    host = host.removesuffix(":80").removesuffix(":443").removeprefix("www.")
    return f"{host}/{path}" + (f"?{query}" if query else "")


def plain(text: str) -> str:
    """A text without signs and blanks, full-width letters made plain."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text)).casefold().replace("_", "")


def _share_a_title(one: str, other: str, places: frozenset[str]) -> bool:
    """Whether what one name puts into quotation marks stands in the other, too."""
    pairs = ((one, plain(other)), (other, plain(one)))
    return any(_weight(title, places) >= 1 and title in whole for name, whole in pairs for title in _called(name))


def _is_home(page: str) -> bool:
    return bool(_HOME.match(page.partition("/")[2]))


@lru_cache(maxsize=4096)
def _words(name: str) -> "Counter[str]":
    import rjieba  # noqa: PLC0415  # importing it reads the dictionary: a tenth of a second

    text = unicodedata.normalize("NFKC", name).casefold()
    return Counter(word for raw in rjieba.cut(text) if (word := _SIGNS.sub("", raw)))


def _weight(word: str, places: frozenset[str]) -> float:
    if word in places:
        return 0.0
    return GENERIC_WEIGHT if word in GENERIC else float(min(len(word), 4))


def _core(words: "Counter[str]", places: frozenset[str]) -> str:
    return "".join(word for word in words if _weight(word, places) >= 1)


def _called(name: str) -> frozenset[str]:
    return frozenset(plain(found) for found in _QUOTED.findall(unicodedata.normalize("NFKC", name)))


def _places(one: Facts, other: Facts) -> frozenset[str]:
    """The words of the owners' names, whole and without 省, 市, 县: both cases of a county begin with its name."""
    found = {word for facts in (one, other) for word in _words(facts.owner)}
    return frozenset(found | {word.rstrip("省市县区") for word in found})
