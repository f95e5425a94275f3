"""Drawing SVG: a sheet with a title, on which lines, boxes, marks and texts are put. All text is escaped."""

import unicodedata
from html import escape

FONTS = "'Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',SimHei,sans-serif"
INK, QUIET, GRID, PAPER = "#1a1a1a", "#555", "#d8d8d8", "#fff"
DEEP = "#1f4e79"
SIZE = 13
"""Pixels of ordinary text."""
SMALL = 11
MARGIN = 16
TITLE_HEIGHT = 34
ROOM_WITHOUT_TITLE = 4
NOTE_HEIGHT = 18
LATIN_WIDTH = 0.56
"""Width of a Latin letter or digit in units of the size of the text; a Han character is 1 wide."""

PATTERNS = (
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#fff"/><rect width="2.4" height="6" fill="#1f4e79"/></pattern>'
    '<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="#fff"/><circle cx="3" cy="3" r="1.5" fill="#1f4e79"/></pattern>'
)
FILLS = (DEEP, "#c9d6e4", "url(#hatch)", "url(#dots)", "#7f95ab", "#fff")
"""Fills that are told apart without colour, too."""


def width_of(text: str, size: float = SIZE) -> float:
    """About how many pixels wide a text is."""
    return sum(size if unicodedata.east_asian_width(sign) in "WF" else size * LATIN_WIDTH for sign in text)


def shortened(text: str, width: float, size: float = SIZE) -> str:
    """The text, cut with … to fit."""
    if width_of(text, size) <= width:
        return text
    while text and width_of(text + "…", size) > width:
        text = text[:-1]
    return text + "…"


NO_LINE_BEGINS, NO_LINE_ENDS = "，、。；：？！）》”’〉·", "（《“‘〈"


def lines_of(text: str, width: float, size: float = SIZE, most: int = 2) -> list[str]:
    """The text in at most so many lines; what is still too long is cut with …"""
    lines: list[str] = []
    while text and len(lines) < most - 1 and width_of(text, size) > width:
        end = len(text)
        while end > 1 and width_of(text[:end], size) > width:
            end -= 1
        while end > 1 and (text[end] in NO_LINE_BEGINS or text[end - 1] in NO_LINE_ENDS):
            end -= 1
        lines.append(text[:end])
        text = text[end:]
    return [*lines, shortened(text, width, size)] if text or not lines else lines


class Sheet:
    """What is drawn, in pixels; the title stands on top, a note of what the figure rests on at the foot.

    Without a title, the room for it is cut off: in a document the caption tells it.
    """

    def __init__(self, width: float, height: float, title: str, note: str = "") -> None:
        self._width, self._height = width, height
        self._title, self._note = title, note
        self._parts: list[str] = []

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        anchor: str = "start",
        size: float = SIZE,
        ink: str = INK,
        bold: bool = False,
        halo: bool = False,
    ) -> None:
        """A text on a baseline; a halo keeps it readable on lines."""
        weight = ' font-weight="600"' if bold else ""
        weight += f' stroke="{PAPER}" stroke-width="4" paint-order="stroke"' if halo else ""
        self._parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" font-size="{_n(size)}" fill="{ink}"{weight}>'
            f"{escape(text)}</text>"
        )

    def line(
        self, start: tuple[float, float], end: tuple[float, float], *, ink: str = INK, width: float = 1, dash: str = ""
    ) -> None:
        """A straight line."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<line x1="{_n(start[0])}" y1="{_n(start[1])}" x2="{_n(end[0])}" y2="{_n(end[1])}" stroke="{ink}" '
            f'stroke-width="{_n(width)}"{dashed}/>'
        )

    def box(self, x: float, y: float, width: float, height: float, *, fill: str = DEEP, edge: str = INK) -> None:
        """A box with a thin edge."""
        self._parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(max(width, 0))}" height="{_n(max(height, 0))}" fill="{fill}" '
            f'stroke="{edge}" stroke-width="0.8"/>'
        )

    def dot(self, x: float, y: float, radius: float, *, fill: str = DEEP) -> None:
        """A round mark."""
        self._parts.append(
            f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{fill}" stroke="{INK}" stroke-width="1"/>'
        )

    def arrow(self, start: tuple[float, float], end: tuple[float, float], *, ink: str = INK) -> None:
        """A level arrow; its head alone where it is shorter than that."""
        way = 1 if end[0] >= start[0] else -1
        back = end[0] - way * 8
        if (back - start[0]) * way > 0:
            self.line(start, (back, end[1]), ink=ink, width=2)
        points = f"{_n(end[0])},{_n(end[1])} {_n(back)},{_n(end[1] - 4.5)} {_n(back)},{_n(end[1] + 4.5)}"
        self._parts.append(f'<polygon points="{points}" fill="{ink}"/>')

    def render(self) -> str:
        """The whole document."""
        foot = f'y="{_n(self._height - 10)}" font-size="{SMALL}" fill="{QUIET}"'
        note = f'<text x="{MARGIN}" {foot}>{escape(self._note)}</text>' if self._note else ""
        top = 0 if self._title else TITLE_HEIGHT - ROOM_WITHOUT_TITLE
        bottom = self._height - (0 if self._title or self._note else NOTE_HEIGHT)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(self._width)}" height="{_n(bottom - top)}" '
            f'viewBox="0 {_n(top)} {_n(self._width)} {_n(bottom - top)}" font-family="{FONTS}" role="img">'
            f"<title>{escape(self._title)}</title><desc>{escape(self._note)}</desc><defs>{PATTERNS}</defs>"
            f'<rect width="100%" height="{_n(self._height)}" fill="{PAPER}"/>'
            f'<text x="{MARGIN}" y="24" font-size="16" font-weight="600" fill="{INK}">{escape(self._title)}</text>'
            f"{''.join(self._parts)}{note}</svg>\n"
        )


def legend(sheet: Sheet, y: float, names: list[str], left: float = MARGIN) -> None:
    """The names of the series beside their fills."""
    for place, name in enumerate(names):
        sheet.box(left, y - 10, 14, 11, fill=FILLS[place % len(FILLS)])
        sheet.text(left + 19, y, name, size=SMALL + 1)
        left += 19 + width_of(name, SMALL + 1) + 20


def _n(number: float) -> str:
    """A coordinate with at most two decimals."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
