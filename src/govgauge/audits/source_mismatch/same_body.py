"""Whether a page surely speaks for the body whose home page it is held against."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from govgauge import lazy_re
from govgauge.gather import urls

_BODY = lazy_re.compile(r"[\u4e00-\u9fff]{2,24}?(?:人民政府|政府办公室|委员会|管委会|法院|检察院|局|厅)")
_PLACE = lazy_re.compile(r"地\s*址|地\s*点|位\s*于")
"""A line that tells a place may name the buildings of others."""
_HOST = lazy_re.compile(r"(?:主办|承办|版权所有|网站标识码|ICP备)")
_CODE = "siteidcode"
_NAME = "sitename"
_DOMAIN = "sitedomain"


class Words(Struct, frozen=True):
    """What a page says of whose it is: its meta tags, its title and its lines, of which `foot` are the last."""

    meta: Mapping[str, str]
    title: str
    lines: tuple[str, ...]
    foot: tuple[str, ...]


def is_same_body(home: Words, page: Words) -> bool:
    """Whether nothing on the page speaks against the body of the home page, and something speaks for it.

    Against: another site code, site name or domain in its meta tags, or the name of another body in its words. For:
    the same code, the same site name, the same line of the host, or the body's own name. In doubt it is another.
    """
    for field in (_CODE, _NAME, _DOMAIN):
        one, other = _value(home, field), _value(page, field)
        if one and other and one != other:
            return False
    own = _bodies([home.title, home.meta.get(_NAME, ""), *home.foot])
    named = _bodies([page.title, page.meta.get(_NAME, ""), *page.lines])
    if any(not _is_one_of(name, own) for name in named):
        return False
    return (
        bool(named)
        or any(_value(page, field) == _value(home, field) != "" for field in (_CODE, _NAME))
        or _hosts(page, home)
    )


def _value(words: Words, field: str) -> str:
    """A meta tag in a form that can be compared."""
    value = "".join(words.meta.get(field, "").split()).lower()
    if field == _DOMAIN and value:
        return urls.host(value if "//" in value else f"http://{value}").removeprefix("www.")
    return value


def _bodies(lines: Iterable[str]) -> set[str]:
    return {name for line in lines if not _PLACE.search(line) for name in _BODY.findall(line)}


def _is_one_of(name: str, own: set[str]) -> bool:
    """A body's name may stand with or without its region, and after other words (欢迎访问…)."""
    return any(name.endswith(known) or known.endswith(name) for known in own)


def _hosts(page: Words, home: Words) -> bool:
    return bool({line for line in page.foot if _HOST.search(line)} & {line for line in home.foot if _HOST.search(line)})
