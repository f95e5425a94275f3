"""Finding floating windows in a parsed page: what floats, what it is not, and whether it can be closed."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from turbohtml import Document, Element

from govgauge import lazy_re

BIG_WIDTH = 200
BIG_HEIGHT = 150
"""Pixels from which a fixed box in the middle of the window covers content."""

EDGE = 50
"""Pixels from an edge of the window within which side tools stand."""

_POSITION = lazy_re.compile(r"position\s*:\s*(fixed|absolute)", re.IGNORECASE)
_FIXED = lazy_re.compile(r"position\s*:\s*fixed", re.IGNORECASE)
_PLAIN_SELECTOR = lazy_re.compile(r"[#.][A-Za-z_][\w-]*")
_BOXES = frozenset({"div", "span", "a", "img", "ul", "table", "p", "section"})
_HIDDEN = lazy_re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])", re.IGNORECASE)
_NAME = lazy_re.compile(
    r"(?<![a-z])(?:float(?:ing)?[_-]?(?:ads?|adv\w*|win\w*|img|pic)\w*|ad[_-]?(?:float|fly|piao)\w*|piao(?:chuang|fu|dong)\w*|fuchuang\w*|"
    r"fudong\w*|fly(?:ing)?[_-]?(?:ad|win|img)\w*|duilian\w*|couplet\w*|popup[_-]?ad\w*|move[_-]?ad\w*)(?![a-z])",
    re.IGNORECASE,
)
"""Names of nothing but floating windows."""

_WEAK_NAME = lazy_re.compile(
    r"(?<![a-z])(?:float\w*|fly\w*|ads?|adv\w*|advert\w*|gg|guanggao|popup|tanchuang)(?![a-z])", re.IGNORECASE
)
"""Names that side bars bear as well; a single linked picture of that name is a window."""

_TOOL_NAME = lazy_re.compile(
    r"gotop|go-top|totop|to-top|backtop|back-top|returntop|toolbar|tool-bar|sidebar|side-?nav|side-?tool|rightbar|kefu|service|online|nav|header|head|foot|menu|"
    r"share|qrcode|ewm|erweima|code|wza|access|old|elder|mask|modal|dialog|loading|layer|toast|tips?\b|search|login|robot|znwd|zhineng",
    re.IGNORECASE,
)
_TOOL_WORDS = lazy_re.compile(
    r"顶\s*部|TOP|无障碍|适老|长者|扫一扫|扫码|二维码|客服|智能问答|智能机器人|微信|微博|客户端|分享|收藏|搜索|登录|反馈|繁|English|咨询|公众号|小程序",
    re.IGNORECASE,
)
_CLOSE_WORDS = lazy_re.compile(
    r"^\s*[\[【(（]?\s*(?:[xX×✕✖╳Ⅹ❌]|关\s*闭(?:窗口|广告)?|close|隐藏|收起|不再显示|点击关闭)\s*[\]】)）]?\s*$",
    re.IGNORECASE,
)
_CLOSE_NAME = lazy_re.compile(
    r"clos|guanbi|gb_?btn|btn_?gb|shut|cancel|hide|(?<![a-z])(?:gb|cha|cls|del|x)(?![a-z])", re.IGNORECASE
)
_CLOSE_ACTION = lazy_re.compile(r"clos|hide|none|remove|shut|fadeout|slideup|guanbi|gb\(|hidden", re.IGNORECASE)
_SCRIPT_CLOSES = lazy_re.compile(
    r"\.hide\(|display['\"]?\s*[=:,]\s*['\"]none|\.remove\(|removeChild|fadeOut|slideUp|hidden|[Cc]lose|guanbi"
)
_MOVES_X = lazy_re.compile(r"\.style\.(?:left|right|pixelLeft)\s*=|\bleft['\"]?\s*:|\.css\(['\"]left")
_MOVES_Y = lazy_re.compile(r"\.style\.(?:top|bottom|pixelTop)\s*=|\btop['\"]?\s*:|\.css\(['\"]top")
_REPEATS = lazy_re.compile(r"setInterval|setTimeout|requestAnimationFrame")
_WINDOW_SIZE = lazy_re.compile(
    r"client(?:Width|Height)|inner(?:Width|Height)|scroll(?:Top|Left)|\$\(window\)|offset(?:Width|Height)"
)
_MOVER_CALL = lazy_re.compile(r"float(?:Box|AD|Ad|Win)\w*\s*\(|AdMove\s*\(|piao\w*\s*\(", re.IGNORECASE)
_SIZE = lazy_re.compile(r"(?<![-\w])(width|height|left|top|bottom|right)\s*:\s*(-?\d+)(px|%)?", re.IGNORECASE)


class Window(NamedTuple):
    """A floating window that cannot be closed. `kind` is the slug: moving, floating, covering."""

    selector: str
    kind: str
    words: str


def unclosable(document: Document) -> Iterator[Window]:
    """Windows that are displayed, float, and have neither a close control nor a script that hides them."""
    scripts: list[str] | None = None
    for element in _positioned(document):
        style = element.attr("style") or ""
        ident, names = (element.attr("id") or "").strip(), element.attr("class") or ""
        if _HIDDEN.search(style) or not _shows_something(element) or _is_tool(element, f"{ident} {names}", style):
            continue
        if scripts is None:
            scripts = [script.text for script in document.find_all("script") if not script.attr("src")]
        position = _POSITION.search(style)
        is_fixed = position is None or position[1].lower() == "fixed"
        kind = _kind(element, style, ident, names, scripts, fixed=is_fixed)
        if kind and not _can_be_closed(element, ident, scripts):
            words = " ".join(element.text.split()) or next(
                (img.attr("alt") or "" for img in element.find_all("img")), ""
            )
            yield Window(_selector(element), kind, words[:30])


def _positioned(document: Document) -> list[Element]:
    """Elements taken out of the flow by their own style or by the page's style sheets."""
    found = [
        element for element in document.select("[style*=position i]") if _POSITION.search(element.attr("style") or "")
    ]
    for name in _fixed_names(document):
        found += [element for element in document.select(name) if element not in found]
    return [element for element in found if element.tag in _BOXES]


def _kind(element: Element, style: str, ident: str, names: str, scripts: list[str], *, fixed: bool) -> str:
    if _is_moved(element, ident, scripts):
        return "moving"
    if not fixed and not _stands_on_the_page(element):
        return ""
    named = _NAME.search(f"{ident} {names}") and (fixed or "z-index" in style.lower())
    pictured = fixed and _is_one_picture(element) and (_WEAK_NAME.search(f"{ident} {names}") or _is_inside(style))
    if named or pictured:
        return "floating"
    return "covering" if fixed and _covers(style) else ""


def _stands_on_the_page(element: Element) -> bool:
    """Placed on the page itself, not inside a block that holds its layers together (banners, carousels)."""
    return isinstance(element.parent, Element) and element.parent.tag in ("body", "form", "center")


def _is_one_picture(element: Element) -> bool:
    links = [link for link in element.find_all("a") if link.attr("href")]
    return len(links) == 1 and len(element.find_all("img")) == 1


def _is_inside(style: str) -> bool:
    """Away from the edges, where tools have their place."""
    edges = {name.lower(): int(number) for name, number, unit in _SIZE.findall(style) if unit == "px"}
    return edges.get("left", 0) >= EDGE and edges.get("top", 0) >= EDGE


def _is_moved(element: Element, ident: str, scripts: list[str]) -> bool:
    calls = " ".join(node.attr("onload") or "" for node in (element, *element.find_all("img")))
    if _MOVER_CALL.search(calls):
        return True
    if not ident:
        return False
    mention = re.compile(rf"['\"]#?{re.escape(ident)}['\"]|(?<![\w.]){re.escape(ident)}\.style")
    return any(mention.search(script) and (_moves(script) or _MOVER_CALL.search(script)) for script in scripts)


def _moves(script: str) -> bool:
    """Both coordinates are set again and again within the size of the window: no carousel does that."""
    return all(pattern.search(script) for pattern in (_MOVES_X, _MOVES_Y, _REPEATS, _WINDOW_SIZE))


def _covers(style: str) -> bool:
    """A fixed box of some size whose edges lie away from those of the window."""
    sizes = {name.lower(): (int(number), unit) for name, number, unit in _SIZE.findall(style)}
    width, height = sizes.get("width", (0, "")), sizes.get("height", (0, ""))
    middle = all(edge in sizes and sizes[edge][1] == "%" and 10 <= sizes[edge][0] <= 60 for edge in ("left", "top"))
    return middle and width[1] != "%" and width[0] >= BIG_WIDTH and height[1] != "%" and height[0] >= BIG_HEIGHT


def _shows_something(element: Element) -> bool:
    inside = element.tag == "img" or element.find("img") is not None or element.find("iframe") is not None
    return inside or any(link.attr("href") for link in element.find_all("a"))


def _is_tool(element: Element, names: str, style: str) -> bool:
    """Bars along an edge and side tools are furniture, not windows over the content."""
    if _NAME.search(names):
        return bool(_TOOL_WORDS.search(element.text[:60]))
    sizes = {name.lower(): (number, unit) for name, number, unit in _SIZE.findall(style)}
    return bool(_TOOL_NAME.search(names) or _TOOL_WORDS.search(element.text[:120])) or sizes.get("width") == (
        "100",
        "%",
    )


def _can_be_closed(element: Element, ident: str, scripts: list[str]) -> bool:
    near = [element]
    if (
        element.parent is not None
        and isinstance(element.parent, Element)
        and element.parent.tag not in ("body", "html")
    ):
        near.append(element.parent)
    near += [node for node in (element.next_sibling, element.previous_sibling) if isinstance(node, Element)]
    if any(_has_closer(node) for node in near):
        return True
    mentions = [script for script in scripts if ident and ident in script]
    return any(_SCRIPT_CLOSES.search(script) for script in mentions)


def _has_closer(node: Element) -> bool:
    for part in (node, *node.iter_elements()):
        action = f"{part.attr('onclick') or ''} {part.attr('href') or ''} {part.attr('ondblclick') or ''}"
        if ("(" in action or "=" in action) and _CLOSE_ACTION.search(action):
            return True
        if part is not node and _looks_like_closer(part):
            return True
    return False


def _looks_like_closer(part: Element) -> bool:
    names = f"{part.attr('id') or ''} {part.attr('class') or ''} {(part.attr('src') or '').rpartition('/')[2]}"
    labels = (part.attr("alt"), part.attr("title"), part.text if len(part.text) <= 12 else None)
    return bool(_CLOSE_NAME.search(names)) or any(label and _CLOSE_WORDS.match(label) for label in labels)


def _fixed_names(document: Document) -> frozenset[str]:
    """Ids (#x) and classes (.x) that the page's own style sheets fix to the window."""
    names: set[str] = set()
    for style in document.find_all("style"):
        rules = style.text.split("}") if "fixed" in style.text else ()
        for rule in rules:
            selectors, _, declarations = rule.rpartition("{")
            if _FIXED.search(declarations):
                names.update(name.strip() for name in selectors.split(",") if _PLAIN_SELECTOR.fullmatch(name.strip()))
    return frozenset(names)


def _selector(element: Element) -> str:
    ident, names = (element.attr("id") or "").strip(), (element.attr("class") or "").split()
    if ident:
        return f"#{ident}"
    return f"{element.tag}.{names[0]}" if names else element.css_path()
