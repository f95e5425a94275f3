"""Whether what opened is plainly no home page: a server's default page, a maintenance notice, a parked domain.

Only sure signs count. A home page that speaks of maintenance in an announcement has links and words of its own.
"""

import re

from govgauge import lazy_re
from govgauge.gather import charset

MOST_LINKS = 5
"""A page with more links than this is somebody's page; only its title can still show it to be a server's own."""
MOST_CHARS = 400
"""Visible characters up to which a notice is all there is on the page."""
BARE_CHARS = 30
"""Visible characters up to which `It works!` is all there is."""

_TITLE = lazy_re.compile(r"<title[^>]*>([^<]{0,200})", re.IGNORECASE)
_UNSEEN = lazy_re.compile(
    r"<(script|style|noscript|title)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>|&\w+;|\s+", re.IGNORECASE | re.DOTALL
)
_SERVERS_TITLE = lazy_re.compile(
    r"welcome to (?:nginx|openresty|tengine|centos|caddy)\b.{0,40}|iis\s?\d*(?:\.\d)?|iis windows(?: server)?|"
    r"internet information services.{0,20}|apache2? (?:\w+ )?default page.{0,20}|"
    r"(?:test page for the )?(?:apache )?http server(?: test page)?.{0,60}|test page for the (?:apache|nginx).{0,60}|"
    r"apache tomcat(?:/[\d.]+)?|index of /.{0,100}|没有找到站点|恭喜.{0,3}站点创建成功.?|站点创建成功.?|"
    r"phpstudy.{0,20}|宝塔.{0,20}|welcome to jboss.{0,30}|welcome to weblogic.{0,30}|kangle web server.{0,20}",
    re.IGNORECASE,
)
_MAINTENANCE = lazy_re.compile(
    r"(?:网站|站点|系统|网页|平台|服务器)(?:目前|现|因故|临时|暂时)?(?:正在|正|处于|在)?(?:进行)?(?:例行|紧急|全面|安全|系统)?"
    r"(?:维护|升级|改版|检修|建设|调试)(?:维护|升级|改版|状态|期间|之)?(?:中|，|。|请|,)|"
    r"(?:正在|进行)(?:系统|网站|例行|紧急|服务器)?(?:维护|升级维护|升级改造|检修)|暂停(?:网站)?(?:服务|访问)|"
    r"(?:site|system|we are|we'?re)\s.{0,30}(?:under|down for|undergoing)\s(?:scheduled\s|routine\s)?"
    r"(?:maintenance|construction)",
    re.IGNORECASE,
)
_PARKED = lazy_re.compile(
    r"域名(?:正在|已)?(?:出售|转让|停放|过期|到期|交易)|(?:该|此|您访问的)域名(?:可能)?(?:正在|已|未)|"
    r"(?:您访问的|该|此)(?:网站|站点)(?:尚)?未(?:进行)?备案|"
    r"domain (?:name )?(?:is |may be )?(?:for sale|parked|expired)|"
    r"buy this domain|this domain (?:is|has|may)|sedoparking|parkingcrew",
    re.IGNORECASE,
)


def sign(body: bytes, content_type: str) -> str:
    """By what a whole page is seen to be none of the site's: `default-page`, `maintenance`, `parked`; else empty."""
    few = body.count(b"<a ") + body.count(b"<A ") <= MOST_LINKS
    text = charset.decode(body if few else body[:4096], content_type or None)[0]
    title = " ".join(found[1].split()) if (found := _TITLE.search(text)) else ""
    if _SERVERS_TITLE.fullmatch(title):
        return "default-page"
    if not few:
        return ""
    words = _UNSEEN.sub("", text)
    if len(words) > MOST_CHARS:
        return ""
    if len(words) <= BARE_CHARS and words.lower().startswith("itworks"):
        return "default-page"
    spaced = f"{title} {' '.join(_UNSEEN.sub(' ', text).split())}"
    if _PARKED.search(spaced):
        return "parked"
    return "maintenance" if _MAINTENANCE.search(spaced) else ""
