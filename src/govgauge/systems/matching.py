"""Which indicator of an earlier system is which of a later one.

By path; then by name below the same parent; then by a name that identifies, anywhere on the level and at last on
any level; then by likeness of names held together with structure. Rather removed and added than wrongly renamed.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from govgauge.systems.changes import Path
from govgauge.systems.model import Check, Indicator, System

SAME_PARENT_LIKENESS = 0.8
"""Names as alike as this, below the same parent, are one name written in two ways (适老化及无障碍, 适老化无障碍)."""
ANYWHERE_LIKENESS = 0.9
"""The same where the parents differ."""
SUPPORTED_LIKENESS = 0.5
"""Names as alike as this are one indicator when structure supports it."""
SUPPORTED_SUM = 1.0
"""Structure supports it when likeness and the share of children or checks in common come to this."""
STRUCTURE_ALONE = 0.6
"""With so many children or checks in common, and two at least, the names need not be alike."""
MARGIN = 0.05
"""A match must be better than the next best one by more than this, else it stays undecided."""
VAGUE = ("其他", "其它")
"""A name that begins so says nothing outside of its parent."""
OPPOSITES = frozenset(map(frozenset, ("内外", "入出", "上下", "前后", "增减", "有无", "新旧")))
"""Signs that turn a name into its opposite, however alike the names look."""


class Placed(Struct, frozen=True):
    """A node in its place. `parent` is the position of its parent in the list of all nodes, -1 on the first level."""

    node: Indicator
    level: int
    path: Path
    parent: int


class Matches(Struct):
    """Pairs of positions, and for those that bear another name what speaks for their being the same."""

    before: Sequence[Placed]
    after: Sequence[Placed]
    forward: dict[int, int]
    backward: dict[int, int]
    evidence: dict[int, str]

    def join(self, old: int, new: int, evidence: str = "") -> None:
        self.forward[old] = new
        self.backward[new] = old
        if evidence:
            self.evidence[old] = evidence

    def open_before(self) -> list[int]:
        return [place for place in range(len(self.before)) if place not in self.forward]

    def open_after(self) -> list[int]:
        return [place for place in range(len(self.after)) if place not in self.backward]

    def same_parent(self, old: int, new: int) -> bool:
        """Whether both stand on the first level, or below indicators that are the same."""
        above, later = self.before[old].parent, self.after[new].parent
        return above == later == -1 or (above >= 0 and later >= 0 and self.forward.get(above) == later)


def match(before: System, after: System) -> Matches:
    """The pairs of indicators that are the same in both systems."""
    matches = Matches(list(placed(before)), list(placed(after)), {}, {}, {})
    _by_key(matches, lambda one: one.path)
    rounds = -1
    while rounds != len(matches.forward):
        rounds = len(matches.forward)
        _below_same_parents(matches)
        _by_identifying_name(matches, same_level=True)
        if rounds == len(matches.forward):
            _by_likeness(matches)
        if rounds == len(matches.forward):
            _by_identifying_name(matches, same_level=False)
    return matches


def placed(system: System) -> Iterator[Placed]:
    """All nodes, parents before children, in the order of the table."""
    found: list[Placed] = []
    _place(system.indicators, 1, (), -1, found)
    yield from found


def _place(nodes: Iterable[Indicator], level: int, above: Path, parent: int, found: list[Placed]) -> None:
    for node in nodes:
        here = len(found)
        found.append(Placed(node, level, (*above, node.name), parent))
        _place(node.children, level + 1, found[here].path, here, found)


def _by_key(matches: Matches, key: Callable[[Placed], object]) -> None:
    """Join what has the same key, where the key is the only one of its kind on both sides."""
    old, new = _only(matches.before, matches.open_before(), key), _only(matches.after, matches.open_after(), key)
    for name, place in old.items():
        if name in new:
            matches.join(place, new[name])


def _only(nodes: Sequence[Placed], places: Sequence[int], key: Callable[[Placed], object]) -> Mapping[object, int]:
    keys = {place: key(nodes[place]) for place in places}
    times = Counter(keys.values())
    return {name: place for place, name in keys.items() if name is not None and times[name] == 1}


def _below_same_parents(matches: Matches) -> None:
    for level in (1, 2, 3):
        later: dict[tuple[int, str], int] = {}
        for new in matches.open_after():
            one = matches.after[new]
            if one.level == level:
                later[one.parent, plain_name(one)] = new
        for old in matches.open_before():
            one = matches.before[old]
            parent = -1 if one.parent == -1 else matches.forward.get(one.parent)
            if one.level == level and parent is not None and (parent, plain_name(one)) in later:
                matches.join(old, later.pop((parent, plain_name(one))))


def _by_identifying_name(matches: Matches, *, same_level: bool) -> None:
    often = {
        name
        for nodes in (matches.before, matches.after)
        for name, times in Counter(map(plain_name, nodes)).items()
        if times > 1
    }

    def key(one: Placed) -> object:
        name = plain_name(one)
        if name in often or name.startswith(VAGUE):
            return None
        return (one.level, name) if same_level else name

    _by_key(matches, key)


def _by_likeness(matches: Matches) -> None:
    candidates = sorted(_candidates(matches), key=lambda one: -one[0])
    scores: dict[tuple[str, int], list[float]] = {}
    for score, old, new, _ in candidates:
        scores.setdefault(("before", old), []).append(score)
        scores.setdefault(("after", new), []).append(score)
    for score, old, new, evidence in candidates:
        rivals = [scores["before", old], scores["after", new]]
        if all(_clear(score, rival) for rival in rivals) and old not in matches.forward and new not in matches.backward:
            matches.join(old, new, evidence)


def _clear(score: float, rivals: Sequence[float]) -> bool:
    return rivals[0] == score and (len(rivals) == 1 or rivals[1] < score - MARGIN)


def _candidates(matches: Matches) -> Iterator[tuple[float, int, int, str]]:
    later = matches.open_after()
    for old in matches.open_before():
        for new in later:
            if matches.before[old].level == matches.after[new].level:
                score, evidence = _convincing(matches, old, new)
                if evidence:
                    yield score, old, new, evidence


def _convincing(matches: Matches, old: int, new: int) -> tuple[float, str]:
    """How well two indicators of different names fit together, and why; no reason when not well enough."""
    alike = likeness(plain_name(matches.before[old]), plain_name(matches.after[new]))
    common, share, what = _structure(matches, old, new)
    below_same = matches.same_parent(old, new)
    wanted = SAME_PARENT_LIKENESS if below_same else ANYWHERE_LIKENESS
    reasons = []
    supported = alike >= SUPPORTED_LIKENESS and alike + share >= SUPPORTED_SUM
    enough = 1 if below_same else 2
    if common >= enough and (share >= STRUCTURE_ALONE or supported):
        reasons.append(f"{common} 个{what}相同")
    if alike >= (SUPPORTED_LIKENESS if reasons else wanted):
        reasons.append(f"名称相近（{alike:.2f}）")
    elif common < 2 or not (below_same or what == "下级指标"):
        return 0.0, ""
    if below_same and reasons:
        reasons.append("上级相同" if matches.before[old].parent >= 0 else "同为一级指标")
    return alike + share, "，".join(reasons)


def _structure(matches: Matches, old: int, new: int) -> tuple[int, float, str]:
    """How many children (or checks) two indicators have in common, and their share of the larger number."""
    one, other = matches.before[old].node, matches.after[new].node
    if bool(one.children) != bool(other.children):
        return 0, 0.0, ""
    if not one.children:
        common = min(_in_common(one.checks, other.checks), _in_common(other.checks, one.checks))
        return common, common / max(len(one.checks), len(other.checks), 1), "要点"
    common = sum(
        matches.after[later].parent == new
        for place, later in matches.forward.items()
        if matches.before[place].parent == old
    )
    common += len(_open_names(matches.before, matches.forward, old) & _open_names(matches.after, matches.backward, new))
    return common, common / max(len(one.children), len(other.children)), "下级指标"


def _open_names(nodes: Sequence[Placed], joined: Mapping[int, int], parent: int) -> set[str]:
    return {plain_name(one) for place, one in enumerate(nodes) if one.parent == parent and place not in joined}


def _in_common(checks: Sequence[Check], others: Sequence[Check]) -> int:
    """How many of `checks` are among `others`: the same words, or the same audit with the same parameters."""
    texts = {normal(other.text) for other in others}
    programs = [(other.audit, other.params) for other in others if other.params]
    return sum(normal(check.text) in texts or (check.audit, check.params) in programs for check in checks)


def plain_name(one: Placed) -> str:
    """Its name without differences of width, case and blanks."""
    return normal(one.node.name)


def normal(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def likeness(one: str, other: str) -> float:
    """0…1: twice the signs in common by the signs of both; 0 for a name and its opposite."""
    forth = SequenceMatcher(None, one, other, autojunk=False)
    back = SequenceMatcher(None, other, one, autojunk=False)
    if any(
        tag == "replace" and frozenset((one[a:b], other[c:d])) in OPPOSITES for tag, a, b, c, d in forth.get_opcodes()
    ):
        return 0.0
    return max(forth.ratio(), back.ratio())
