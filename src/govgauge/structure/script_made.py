"""Pages whose content is drawn by a script that is not run here."""

import re
from functools import lru_cache

from turbohtml import Document

from govgauge import lazy_re

_APP_ROOT = lazy_re.compile(
    r"""<(?:div|main|section)[^>]*\bid\s*=\s*["']?(?:app|root|__next|__nuxt|container-app)["']?[^>]*>\s*</""",
    re.IGNORECASE,
)
_TEMPLATE = lazy_re.compile(
    r"v-for\s*=|ng-repeat\s*=|\{\{\s*[\w.]+\s*(?:\|[^}]*)?\}\}|<%[=#-]|\$\{\w+(?:\.\w+)*\}|data-bind\s*=|"
    r"v-html\s*=|wx:for|th:each"
)
_TEMPLATE_SIGNS = ("v-for", "ng-repeat", "{{", "<%", "${", "data-bind", "v-html", "wx:for", "th:each")
_FETCH = lazy_re.compile(
    r"\$\.(?:ajax|get|post|getJSON)\s*\(|axios|fetch\s*\(|XMLHttpRequest|\.load\s*\(\s*['\"]|new\s+Vue\s*\(|"
    r"createApp\s*\(|layui\.(?:laypage|table|use)|laypage|template\s*\(\s*['\"]|\.(?:jpage|pagination|paging|"
    r"datagrid|bootstrapTable)\s*\(|jsonp|\.tmpl\s*\(|juicer|laytpl|art-?template|dataTable\s*\(|queryList|getList|"
    r"loadList|initList|loadData|getData\s*\(",
    re.IGNORECASE,
)
_RECORD = lazy_re.compile(
    r"""(?<![A-Za-z])(?:title|linkurl|url|docpuburl|href)["']?\s*:\s*["'][^"'\n]{4,}["']""", re.IGNORECASE
)
RECORDS = 4
"""So many titles and addresses written as data in a script are a list that the script draws."""
_BROWSER_NEEDED = lazy_re.compile(
    r"(?:请|需要|须)?(?:启用|开启|打开|允许).{0,6}(?:javascript|脚本)|enable javascript|"
    r"doesn'?t work properly without javascript",
    re.IGNORECASE,
)


def is_empty_shell(html: str, visible_chars: int) -> bool:
    """A single-page application: next to nothing to read, and a root that a script fills. `html` is the source."""
    if visible_chars > 300:
        return False
    if _APP_ROOT.search(html):
        return True
    return visible_chars < 60 and "<script" in html and bool(_BROWSER_NEEDED.search(html) or _TEMPLATE.search(html))


def fills_lists(html: str, document: Document) -> bool:
    """Whether scripts or unfilled templates of the page make a list that its markup does not hold.

    True too for a frame in the main part: what stands in it is another page.
    """
    if any(sign in html for sign in _TEMPLATE_SIGNS) and _TEMPLATE.search(html):
        return True
    for script in document.find_all("script"):
        kind = (script.attr("type") or "").lower()
        if "template" in kind or "x-tmpl" in kind or "x-handlebars" in kind:
            return True
        if _draws(script.text):
            return True
    return False


@lru_cache(maxsize=256)
def _draws(script: str) -> bool:
    """Whether a script fetches or holds what it shows. Remembered: a site's pages share their scripts."""
    return bool(script) and (_FETCH.search(script) is not None or len(_RECORD.findall(script)) >= RECORDS)
