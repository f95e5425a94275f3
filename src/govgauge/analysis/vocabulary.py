"""What the columns of a table may be called: leaves of a system by code, name or path, or its checks by id."""

from collections import Counter

from msgspec import Struct

from govgauge.systems.model import System


class Vocabulary(Struct, frozen=True):
    """`codes` are those of a full table in their order; `headings` lead from every allowed name to its code.

    `strangers` are names that look right but must not be used, with the reason. With `required`, a table that leaves a
    code out is refused.
    """

    system: str
    codes: tuple[str, ...]
    headings: dict[str, str]
    strangers: dict[str, str]
    required: bool


def leaf_words(system: System, profile: str) -> Vocabulary:
    """The leaves assessed in a profile: by code, by name where only one leaf has it, or by path with slashes."""
    leaves = list(system.leaves())
    times = Counter(leaf.indicator.name for leaf in leaves)
    headings: dict[str, str] = {}
    strangers = {
        word: "不是末级指标，请换成它下面的末级指标"
        for _, node in system.nodes()
        if node.children
        for word in (node.code, node.name)
    }
    codes = []
    for leaf in leaves:
        code, name = leaf.indicator.code, leaf.indicator.name
        words = [code, "/".join(part for part in leaf.path if part)]
        if times[name] == 1:
            words.append(name)
        else:
            strangers[name] = "有几个末级指标同名，请改用编号"
        if leaf.indicator.weight(profile) is None:
            strangers |= dict.fromkeys(words, "在这一权重档不评，请删去这一列")
            continue
        codes.append(code)
        for word in words:
            headings.setdefault(word, code)
    strangers = {word: why for word, why in strangers.items() if word not in headings}
    return Vocabulary(system.id, tuple(codes), headings, strangers, required=True)


def check_words(system: System) -> Vocabulary:
    """The checks of a system by id. A table of answers may speak of some of them only."""
    ids = tuple(check.id for check in system.checks())
    return Vocabulary(system.id, ids, {each: each for each in ids}, {}, required=False)
