"""What a content management system left behind: unfilled template tags, markup shown as text, empty values."""

import re
from collections.abc import Iterator

from govgauge import lazy_re

TAGS = "p|div|span|br|font|strong|td|tr|th|table|tbody|img|a|ul|li|style|script|iframe"
TEMPLATE = lazy_re.compile(
    r"\[!--[\w.]{1,40}--\]"  # EmpireCMS
    r"|\{(?:stl|Stl|STL)[.:][^{}]{1,60}\}"  # SiteServer
    r"|</?stl:[^<>]{1,80}>"
    r"|\{(?:dede|pboot|eyou|cms|loop|pc|php|ht|field|sys)[:.][^{}]{1,60}\}"
    r"|\$\{[A-Za-z_][\w.()\[\]' !?:\"-]{0,60}\}"
    r"|\{\$[A-Za-z_][\w.\->\[\]'\"|]{0,60}\}"
    r"|<%[=@#]?[^%<>]{1,80}%>"
    r"|\{%\s*\w[^%{}]{0,80}%\}"
    r"|\{#[A-Za-z_][\w.]{1,40}#?\}"
    r"|\[#?(?:title|content|url|link|date|time|text|name|author|source)#?\]"
    r"|\{(?:title|content|url|link|date|time|text|name|author|source|pubdate|hits|columnname|sitename|id)\}"
    r"|TRS_(?:DOCUMENT|RECORD|CHNL|OUTLINE)\w*"
    r"|@(?:Model|ViewBag|ViewData)\.\w+",
    re.IGNORECASE,
)
SCRIPT_TEMPLATE = lazy_re.compile(r"\{\{[^{}\n]{1,60}\}\}")
"""Double braces: residue only where no script of the page could have filled them."""
MARKUP = lazy_re.compile(
    rf"</(?:{TAGS}|[bi]|h[1-6])\s*>|<(?:{TAGS})(?:\s+[\w-]+\s*=\s*[\"'][^<>]{{0,200}})?\s*/?>|"
    r"&(?:nbsp|amp|lt|gt|quot|ldquo|rdquo|mdash|hellip|middot|ensp|emsp);|&#(?:\d{2,5}|x[0-9a-f]{2,5});",
    re.IGNORECASE,
)
STYLE = lazy_re.compile(
    r"[^{}]{0,60}\{[^{}]{0,300}?(?:margin|padding|font|color|width|height|line-height|text-align|text-indent|background|border"
    r"|display)[\w-]{0,12}\s*:[^{};]{1,60}(?:;|\})"
)
COMMENT = lazy_re.compile(r"<!--|^-->$|<!\[endif\]|<!\[if ", re.MULTILINE)
EMPTY_VALUE = lazy_re.compile(
    r"^(?:undefined|NaN|\[object Object\])$"
    r"|[\u4e00-\u9fff]{2,6}\s?[:：]\s?(?:undefined|null|NaN|Invalid Date|\[object Object\])"
    r"(?=\s|$|[\u4e00-\u9fff，。；])"
    r"|(?:undefined|NaN)[年月日次条]",
    re.MULTILINE,
)
NOTHING = ("undefined", "null", "NaN", "Invalid Date", "[object")
FRAMEWORKS = lazy_re.compile(
    r"\bv-(?:if|for|bind|cloak|html|text|show|model|on)\b|\bng-[a-z]+=|\bdata-ng-|new\s+Vue\b|createApp\(|"
    r"(?:vue|angular|avalon|knockout|handlebars|mustache|template)[\w.@-]{0,20}\.js|"
    r"type=[\"']?text/(?:x-)?(?:template|html|x-handlebars|ng-template|x-jquery-tmpl)|laytpl|juicer|art-?template|"
    r"x-for=|x-data=|wx:for|ms-controller|id=[\"'](?:app|root)[\"']",
    re.IGNORECASE,
)
"""Signs that a script of the page fills the double braces once it runs."""


def template_residue(text: str, html: str) -> Iterator[str]:
    """Template tags that nothing will fill any more."""
    if any(sign in text for sign in "[{<@") or "trs_" in text.lower():
        for found in TEMPLATE.finditer(text):
            yield found.group()
    if "{{" in text and not FRAMEWORKS.search(html):
        for found in SCRIPT_TEMPLATE.finditer(text):
            yield found.group()


def leaked_markup(text: str) -> Iterator[str]:
    """Tags, entities, style rules and comments that a reader sees as words."""
    if "<" in text or "&" in text:
        for found in MARKUP.finditer(text):
            yield found.group()
    for line in text.split("\n") if "{" in text else ():
        styled = STYLE.search(line) if "{" in line else None
        if styled:
            yield styled.group().strip()
    for found in COMMENT.finditer(text) if "<!" in text or "-->" in text else ():
        if found.group() != "-->" or text.count("-->") == 1:
            yield found.group()


def empty_values(text: str) -> Iterator[str]:
    """The names that programs have for nothing, where a value should stand."""
    if any(name in text for name in NOTHING):
        for found in EMPTY_VALUE.finditer(text):
            yield found.group()
