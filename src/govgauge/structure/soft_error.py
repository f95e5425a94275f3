"""Error pages that are served with status 200."""

import re
from functools import cache

import ahocorasick_rs

from govgauge import lazy_re

_TITLE = lazy_re.compile(
    r"^(?:(?:错误|出错|error|http)\s*[:：-]?\s*)?(?:404|403|500|502|503)(?:\s|[-_:：|.。!！]|错误|页面|$)|"
    r"(?:页面|网页|文件|内容|信息|文章|栏目)(?:未找到|不存在|没有找到|找不到|已删除|已被删除|出错|错误|丢失|走丢)|找不到(?:该|您|你|请求的)?.{0,6}(?:页面|网页|文件|页)|"
    r"无法找到(?:该|此|资源)?(?:网)?页|出错(?:了|啦)|^出错|^错误(?:页面?|提示|信息)?$|服务器错误|运行时错误|"
    r"not\s+found|page\s+(?:not|cannot)|^error\b|server\s+error|apache\s+tomcat.{0,12}error|^HTTP\s+(?:status|"
    r"error)|runtime\s+error|bad\s+gateway|service\s+unavailable|^IIS\s?\d*\s|welcome\s+to\s+nginx|"
    r"site\s+under\s+construction|object\s+moved",
    re.IGNORECASE,
)
_SURE = lazy_re.compile(
    r"^(?:server error(?: in\b|$)|runtime error$|http status \d{3}|http error \d{3}|40[34] (?:not found|forbidden)|"
    r"50[023] (?:internal|bad gateway|service)|apache tomcat.{0,20}error report|(?:系统|服务器)(?:发生|出现)?错误$)",
    re.IGNORECASE,
)
"""Titles that only servers write, however long the trace below them."""
_BODY = lazy_re.compile(
    r"(?:您|你)?(?:所)?(?:要|正在|请求)?(?:访问|查看|浏览|请求|查找|寻找|打开)的?(?:页面|网页|内容|信息|文件|资源|文章|栏目|地址|网址|链接|"
    r"URL)(?:[\w/.:\s]{0,60})?(?:已|可能|暂时)?(?:被|经)?(?:已)?(?:不存在|未找到|没有找到|找不到|被?删除|被?移除|下线|出错|走丢|失效|丢失|无法显示|无法访问|"
    r"暂时不可用|不可用)|"
    r"(?:页面|网页)(?:不存在|未找到|没有找到|走丢|丢失了?|被外星人|找不到|已(?:被)?删除)|(?:抱歉|对不起|很遗憾|sorry)[，,！!\s。]{0,3}[^。]{0,24}(?:页面|网页|内容|"
    r"信息|文章|文件|资源)[^。]{0,12}(?:不存在|未找到|没有找到|找不到|已?被?删除|出错|无法|下线)|"
    r"(?:无法|不能)(?:找到|显示)(?:该|此|您|请求)?[^。]{0,10}(?:网页|页面|资源)|"
    r"该(?:信息|文章|栏目|内容|页面)(?:不存在|已(?:被)?删除|未发布|已下线)|没有您要(?:找|查看)的|"
    r"the requested (?:url|resource|page)|404\s*[-—:：]?\s*(?:not found|file or directory not found|页面|错误|找不到)|"
    r"HTTP\s*(?:status|错误|error)\s*[:：]?\s*(?:404|403|500|50\d)|server error in .{0,20} application|"
    r"resource cannot be found|无法找到资源|"
    r"welcome to nginx|apache2? (?:\w+ )?default page|it works!|internet information services|如果您看到此页面|"
    r"site (?:is )?under construction|网站正在(?:建设|维护|升级)中|"
    r"系统(?:正在)?(?:维护|升级)中|服务器内部错误|系统(?:发生|出现)?(?:错误|异常)|"
    r"程序(?:发生)?(?:错误|异常)",
    re.IGNORECASE,
)
_HINTS = re.findall(
    r"\S+",
    "不存在 找不到 找到 删除 移除 错误 出错 异常 失效 无法 不能 丢失 走丢 外星人 下线 未发布 维护 "
    "升级中 网站正在 不可用 没有您 如果您看到 404 rror RROR tatus TATUS equested ound nginx pache "
    "orks! nformation onstruction",
)
"""Words without one of which no pattern above can match; looking for them is many times as fast."""
_AROUND = 160
"""Characters around such a word within which all that a pattern matches stands."""
SHORT_CHARS = 400
"""An error page says little: with more words of its own than this, words of error are part of an article."""


def find(title: str, words: str, *, own_chars: int, is_article: bool) -> str:
    """The words by which an answer of status 200 shows itself to be an error page; empty on a good page.

    `title` is the page's <title>, `words` its visible text (the start is enough), `own_chars` the number of its
    characters without links, navigation and foot. An article that speaks of an error page is none: it has more to say.
    """
    if (sure := _SURE.search(title)) and not is_article:
        return sure[0][:80]
    if is_article or own_chars > SHORT_CHARS:
        return ""
    in_title = _TITLE.search(title) if title else None
    if not in_title and own_chars > SHORT_CHARS // 2:
        return ""
    in_body = _in_body(words[:1500])
    if in_body:
        return in_body[0][:80]
    if in_title and own_chars <= SHORT_CHARS // 2:
        return in_title[0][:80]
    return ""


def _in_body(words: str) -> re.Match[str] | None:
    places = _automaton().find_matches_as_indexes(words)
    if not places:
        return None
    return _BODY.search(words, max(0, places[0][1] - _AROUND), places[-1][2] + _AROUND)


@cache
def _automaton() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(_HINTS)
