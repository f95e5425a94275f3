"""Which division a name speaks of, by the lists of subjects, and whether that is sure."""

import re
from functools import cache
from unicodedata import normalize

from msgspec import Struct

from govgauge.subjects.keys import name_in, parent_in
from govgauge.subjects.library import roster, roster_ids
from govgauge.subjects.model import Level

DIVISIONS = frozenset({Level.PROVINCE, Level.SUB_PROVINCE, Level.PREFECTURE, Level.COUNTY})
UNDER_PROVINCE = "90"
"""Third and fourth digit of counties that no city is above (GB/T 2260)."""
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
SHORT = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
}
"""What autonomous regions are called for short."""
CODE = re.compile(r"\d{6}")
BELOW = re.compile(r"(?:(?![局部委厅院])[一-鿿]){1,8}?(?:自治县|自治旗|开发区|新区|县|区|旗|市)")
"""A division or zone that no list has: `浠水县` in 黄冈市浠水县教育局, but nothing in 国家税务总局武汉市税务局."""
NO_DIVISIONS = (
    "城市",
    "都市",
    "社区",
    "园区",
    "地区",
    "辖区",
    "市区",
    "县区",
    "全市",
    "全县",
    "全区",
    "景区",
    "市场",
    "旗舰",
)
"""Words in which such an ending belongs to a department or a company: 城市管理局, 社区服务中心."""


class Reading(Struct, frozen=True):
    """What a text begins with. `codes`: the divisions that it may be, none where the lists know none; `below` a further
    division that no list has; `rest` what comes behind. Not `sure`: a district named without its city, of which there
    may be others of that name that no list has."""

    codes: frozenset[str]
    below: str
    rest: str
    sure: bool = True

    @property
    def code(self) -> str:
        """The division when it is sure, else empty."""
        return next(iter(self.codes)) if self.sure and len(self.codes) == 1 else ""


NOWHERE = Reading(frozenset(), "", "")


def plain(text: str) -> str:
    """A name without what tells no bodies apart: widths, blanks, quotation marks, the slashes of keys, a bracket at the
    end."""
    squeezed = re.sub(r"[\s“”\"'《》·/]", "", normalize("NFKC", text))
    return re.sub(r"\([^()]*\)$", "", squeezed) or squeezed


def read(text: str, around: str = "") -> Reading:
    """The place that a name or a code of six digits begins with. `around`: the code of a division that is known to hold
    it, or to lie in it, by which names that several places have are told apart."""
    name = plain(text)
    if CODE.fullmatch(name):
        return Reading(frozenset({name}), "", "")
    codes, rest, links = _listed(name)
    first = name[: len(name) - len(rest)]
    bare = links == 1 and first.endswith("区") and not first.endswith("自治区")
    if codes and bare and around:
        codes = frozenset(code for code in codes if holds(around, code) or holds(code, around))
        if not codes:
            return Reading(frozenset({around}), first, rest)
        bare = False
    below = BELOW.match(rest)
    if below and not below.group().endswith(NO_DIVISIONS) and not rest.startswith(NO_DIVISIONS):
        return Reading(codes, below.group(), rest[below.end() :], not bare)
    return Reading(codes, "", rest, not bare)


def of_subject(key: str) -> str:
    """The code of a subject of the lists by its key, that of its successor where there is one; empty for none."""
    return _codes().get(plain(name_in(key)), {}).get(parent_in(key), "")


def holds(outer: str, inner: str) -> bool:
    """Whether a division is another one or holds it, by their codes."""
    return bool(outer) and inner.startswith(outer.removesuffix("00").removesuffix("00"))


def province_of(code: str) -> str:
    """Code of the province; empty for no code."""
    return f"{code[:2]}0000" if code else ""


def city_of(code: str) -> str:
    """Code of the city, of the municipality, or of a county right under its province; empty for a province."""
    if not code or code[:2] in MUNICIPALITIES:
        return province_of(code)
    if code.endswith("0000"):
        return ""
    return code if code[2:4] == UNDER_PROVINCE else f"{code[:4]}00"


def county_of(code: str) -> str:
    """The code itself if it is that of a county; empty for all above."""
    return "" if not code or code.endswith("00") else code


def _listed(name: str) -> tuple[frozenset[str], str, int]:
    """The divisions of the chain of names that the text begins with, each within the one before; what is behind; and
    how many names the chain has."""
    codes: frozenset[str] = frozenset()
    links = 0
    while found := _longest(name, codes) or (None if codes else _shortened(name)):
        (codes, name), links = found, links + 1
    return codes, name, links


def _shortened(name: str) -> tuple[frozenset[str], str] | None:
    """A city or province without its last character, but only before a division within it: 武汉武昌区, not 武汉大学."""
    for length in range(min(len(name), _longest_name()), 1, -1):
        codes = _codes_by_short_name().get(name[:length], frozenset())
        if codes and _longest(name[length:], codes):
            return codes, name[length:]
    return None


def _longest(name: str, within: frozenset[str]) -> tuple[frozenset[str], str] | None:
    """The longest name of a division that the text begins with and that lies in one of `within`, and what is behind."""
    known = _codes_by_name()
    for length in range(min(len(name), _longest_name()), 1, -1):
        codes = known.get(name[:length], frozenset())
        if within:
            codes = frozenset(code for code in codes if any(holds(one, code) and one != code for one in within))
        if codes:
            return codes, name[length:]
    return None


@cache
def _codes() -> dict[str, dict[str, str]]:
    """Codes by name, then by the key of the division above, later lists standing for earlier ones. Of one name in one
    city there is one division: where a county became a district that keeps its name as an alias, the district."""
    found: dict[str, dict[str, str]] = {}
    for one in roster_ids():
        for subject in roster(one).subjects:
            if subject.code and subject.level in DIVISIONS:
                for name in {subject.name, subject.full_name, *subject.aliases} - {""}:
                    found.setdefault(plain(name), {})[subject.parent] = subject.code
    return found


@cache
def _codes_by_name() -> dict[str, frozenset[str]]:
    return {name: frozenset(codes.values()) for name, codes in _codes().items()}


@cache
def _codes_by_short_name() -> dict[str, frozenset[str]]:
    return {
        SHORT.get(name, name[:-1]): codes
        for name, codes in _codes_by_name().items()
        if name in SHORT or (name.endswith(("省", "市")) and len(name) > 2)
    }


@cache
def _longest_name() -> int:
    return max(map(len, _codes_by_name()))
