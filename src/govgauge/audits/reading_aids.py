"""Signs of reading aids in a home page's source, beyond the words of an entrance: names, calls, and loaded headers."""

import re
from functools import lru_cache

from govgauge import lazy_re
from govgauge.gather.artifacts import LinkKind
from govgauge.structure.site import Site

_NAMES = lazy_re.compile(
    r"(?:id|class|onclick|href|src|data-\w+|name)\s*=\s*[\"'][^\"']{0,120}?"
    r"(?:wza|canyou|barrier-?free|accessib(?!le=)|wuzhangai|guanhuai|shilao|zhangzhe|laonian|oldage|elder(?!ly[-_]?care|ly[-_]?service)|toolbarwza|jinghuan)",
    re.IGNORECASE,
)
_ELDER_NAMES = lazy_re.compile(
    r"(?:id|class|onclick|href|src|data-\w+|name)\s*=\s*[\"'][^\"']{0,120}?"
    r"(?:guanhuai|shilao|zhangzhe|laonian|oldage|\belder(?!ly[-_]?care|ly[-_]?service)|srcoldwza|old_?(?:mode|version))",
    re.IGNORECASE,
)
_WORDS = lazy_re.compile(
    r"(?:alt|title|value|aria-label)\s*=\s*[\"'][^\"']{0,12}(?:无障碍|长者|关怀|关爱版|适老|读屏|老年)"
)
_ELDER_WORDS = lazy_re.compile(
    r"(?:alt|title|value|aria-label)\s*=\s*[\"'][^\"']{0,12}(?:长者|关怀|关爱版|适老|老年(?:版|模式))"
)
_HINTS = {
    _NAMES: (
        *("wza", "canyou", "barrier", "accessib", "wuzhangai", "guanhuai", "shilao", "zhangzhe", "laonian", "oldage"),
        *("elder", "jinghuan"),
    ),
    _ELDER_NAMES: (
        *("guanhuai", "shilao", "zhangzhe", "laonian", "oldage", "elder", "srcoldwza", "oldmode", "old_mode"),
        *("oldversion", "old_version"),
    ),
}
"""Without one of these words no name can be found: most pages have none, and the patterns are dear."""
_LOADED_HEAD = lazy_re.compile(
    r"\.load\(\s*[\"'][^\"']*(?:head|top|nav|tou|common)[^\"']*[\"']|(?:src|href)\s*=\s*[\"'][^\"']*(?:header|head|top|common_top)\.(?:s?html?|js|jsp)",
    re.IGNORECASE,
)
_COMMENT = lazy_re.compile(r"<!--.*?-->", re.DOTALL)


def accessibility_sign(site: Site) -> str:
    """A sign of a barrier-free reading tool in the source of the home page; empty when there is none."""
    return _first(site, _NAMES, _WORDS)


def elder_sign(site: Site) -> str:
    """A sign of an elderly mode in the source of the home page; empty when there is none."""
    return _first(site, _ELDER_NAMES, _ELDER_WORDS)


def head_is_elsewhere(site: Site) -> bool:
    """Whether the head of the home page comes from another file: an entrance may stand there unseen."""
    if site.home is None:
        return False
    frames = any(link.kind is LinkKind.FRAME for link in site.home.links)
    source = site.html_of(site.home.url)
    return "<frameset" in source.lower() or (frames and len(site.home.links) < 20) or bool(_LOADED_HEAD.search(source))


def _first(site: Site, *patterns: re.Pattern[str]) -> str:
    source = _without_comments(site.html_of(site.home.url)) if site.home else ""
    lowered = source.lower()
    likely = (pattern for pattern in patterns if any(hint in lowered for hint in _HINTS.get(pattern, ("",))))
    found = next((match for pattern in likely if (match := pattern.search(source))), None)
    return found.group()[-60:] if found else ""


@lru_cache(maxsize=1)
def _without_comments(html: str) -> str:
    return _COMMENT.sub("", html)
