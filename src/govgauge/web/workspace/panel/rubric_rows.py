"""The rubric as a form shows it: each aspect with its question and its anchored levels."""

from collections.abc import Mapping

from msgspec import Struct

from govgauge.office.domain import verdicts
from govgauge.web.display import is_english
from govgauge.web.workspace.panel.asked import PREFIX


class LevelRow(Struct, frozen=True):
    """A level with its anchor."""

    level: int
    words: str
    chosen: bool


class AspectRow(Struct, frozen=True):
    """An aspect with its question; `chosen` is the level that was given, `agreed` the one agreed upon."""

    code: str
    field: str
    name: str
    question: str
    levels: list[LevelRow]
    chosen: int | None
    agreed: int | None


def aspects(given: Mapping[str, int], agreed: Mapping[str, int] | None = None) -> list[AspectRow]:
    """The rubric with what was chosen, in the reader's language; highest levels first."""
    english, known = is_english(), agreed or {}
    return [
        AspectRow(
            one.code,
            PREFIX + one.code,
            one.en if english else one.zh,
            one.ask_en if english else one.ask_zh,
            [
                LevelRow(anchor.level, anchor.en if english else anchor.zh, given.get(one.code) == anchor.level)
                for anchor in reversed(one.anchors)
            ],
            given.get(one.code),
            known.get(one.code),
        )
        for one in verdicts.scale().dimensions
    ]
