"""Other ways to the same body that a home page offers: reading aids, new media, apps."""

import re
from collections.abc import Iterable

from turbohtml import Document, Element

from govgauge import lazy_re
from govgauge.structure.home_words import normal

_ADDRESS_CHARS = 300
"""Pictures written into the page itself have addresses of a megabyte."""

ENTRANCE_CHARS = 16
"""Longer words belong to a headline that only mentions the channel."""

_CHANNELS: dict[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "wechat": (
        lazy_re.compile(r"微\s?信|公众号"),
        lazy_re.compile(r"weixin|wechat|(?:^|[/_-])wx(?:gzh|ewm|_?code)?\d?\.|gzh|mp\.weixin\.qq", re.IGNORECASE),
    ),
    "weibo": (lazy_re.compile(r"微\s?博"), lazy_re.compile(r"weibo|(?:^|[/_-])wb\d?\.|t\.qq\.com", re.IGNORECASE)),
    "app": (
        lazy_re.compile(r"客户端|(?<![a-z])app(?![a-z])", re.IGNORECASE),
        lazy_re.compile(
            r"\.apk\b|itunes\.apple|apps\.apple|(?:^|[/_-])app(?:ewm|_?code|xz|down\w*)?\d?\.(?:png|jpg|gif|html?)|khd",
            re.IGNORECASE,
        ),
    ),
    "mini-program": (
        lazy_re.compile(r"小程序"),
        lazy_re.compile(r"(?:^|[/_-])xcx|miniprogram|mini_program", re.IGNORECASE),
    ),
    "douyin": (lazy_re.compile(r"抖音"), lazy_re.compile(r"douyin", re.IGNORECASE)),
    "kuaishou": (lazy_re.compile(r"快手"), lazy_re.compile(r"kuaishou", re.IGNORECASE)),
    "toutiao": (lazy_re.compile(r"头条号|今日头条"), lazy_re.compile(r"toutiao", re.IGNORECASE)),
    "video-account": (lazy_re.compile(r"视频号"), lazy_re.compile(r"(?:^|[/_-])sph", re.IGNORECASE)),
}
_ANY_WORDS, _ANY_ADDRESS = (
    lazy_re.compile("|".join(pair[side].pattern for pair in _CHANNELS.values()), re.IGNORECASE) for side in (0, 1)
)
"""What none of them goes without: most elements name no channel."""
_SHARE = lazy_re.compile(r"分享|转发|bdsharebuttonbox|share|jiathis|bshare|bds_", re.IGNORECASE)
_NEWS = lazy_re.compile(r"关于|通知|公告|开展|举办|召开|启动|防范|诈骗|问答|解读|整治")

_ACCESSIBILITY_WORDS = lazy_re.compile(
    r"无障碍|适老|长者|关怀(?:版|模式)|关爱(?:版|模式)|辅助阅读|老年(?:版|模式)|大字版|盲人|读屏"
)
_ACCESSIBILITY_SCRIPT = lazy_re.compile(
    r"(?:^|[/_.-])(?:wza\w*|slhwza\w*|canyou\w*|accessib\w*|esd\w*|barrier\w*|jsbarrier\w*|wuzhangai\w*|voiceread\w*|toukan|assist\w*|readingaid\w*)"
    r"(?:[/_.?-]|$)|canyouassist|slhwza|yunaq.*wza|/wza|gdbs\.gov\.cn|wzaconfig|srcoldwza|isc\.org\.cn/wza",
    re.IGNORECASE,
)
_ELDER_WORDS = lazy_re.compile(
    r"适老|长者|关怀(?:版|模式)|关爱(?:版|模式)|老年(?:版|模式|人)?(?:模式|专版|专区)|大字版|敬老版|老人版"
)


def channels(documents: Iterable[Document]) -> tuple[str, ...]:
    """Ids of the new-media entrances found, in a fixed order. Share buttons are none."""
    found = set()
    for document in documents:
        for element in document.find_all(
            ["a", "img", "span", "p", "div", "li", "em", "i", "td", "dd", "dt", "h3", "h4"]
        ):
            words = _own_words(element)
            address = f"{element.attr('href') or ''} {element.attr('src') or ''}".strip()[:_ADDRESS_CHARS]
            if not words and not address:
                continue
            if not (_ANY_WORDS.search(words) or _ANY_ADDRESS.search(address)):
                continue
            new = {channel for channel in _CHANNELS if channel not in found and _is_entrance(channel, words, address)}
            if new and not _SHARE.search(f"{words} {address} {_names(element)}"):
                found |= new
    return tuple(channel for channel in _CHANNELS if channel in found)


def accessibility(documents: Iterable[Document]) -> str:
    """How barrier-free reading is offered: the words of the entrance, or the script that brings it; else empty."""
    parts = tuple(documents)
    return _entrance(parts, _ACCESSIBILITY_WORDS) or _script(parts)


def elder(documents: Iterable[Document]) -> str:
    """The words of the entrance to an elderly mode; else empty."""
    return _entrance(tuple(documents), _ELDER_WORDS)


def _is_entrance(channel: str, words: str, address: str) -> bool:
    by_words, by_address = _CHANNELS[channel]
    if words and len(words) <= ENTRANCE_CHARS and by_words.search(words) and not _NEWS.search(words):
        return True
    return bool(address) and bool(by_address.search(address))


def _own_words(element: Element) -> str:
    label = element.attr("alt") or element.attr("title") or ""
    text = element.text
    return normal(label) if len(text) > 40 else normal(" ".join(text.split())) or normal(label)


def _names(element: Element) -> str:
    names = (
        f"{node.attr('class') or ''} {node.attr('id') or ''}"
        for node in (element, element.parent)
        if isinstance(node, Element)
    )
    return " ".join(names)


def _entrance(documents: tuple[Document, ...], words: re.Pattern[str]) -> str:
    for document in documents:
        for element in document.find_all(["a", "button", "span", "img", "li", "div", "p", "area", "i", "input"]):
            label = _own_words(element) or element.attr("value") or ""
            if len(label) <= ENTRANCE_CHARS and words.search(label) and not _NEWS.search(label):
                return label
    return ""


def _script(documents: tuple[Document, ...]) -> str:
    for document in documents:
        for script in document.find_all("script"):
            source = script.attr("src") or ""
            if _ACCESSIBILITY_SCRIPT.search(source):
                return source
    return ""
