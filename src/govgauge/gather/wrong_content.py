"""Whether what opened is plainly no home page: a server's default page, a maintenance notice, a parked domain, or the
notice that a site leaves behind when it is closed.

Only sure signs count. A home page that speaks of maintenance in an announcement has links and words of its own.
"""

import re

from govgauge import lazy_re
from govgauge.gather import charset, urls

CLOSED = "closed"
"""What is seen of a site that was given up, or has moved elsewhere."""

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

_ENDED = (
    r"(?:永久关闭|关闭|关停|停止(?:运行|服务|使用|访问|维护|更新)|停用|停办|下线|注销|"
    r"整合|归并|合并|并入|迁移|搬迁|迁至|移至)"
)
_FULLY = r"(?:正式|全部|永久|统一|全面)?"
_CLOSED = lazy_re.compile(
    rf"(?:网站|站点|门户)[^。！；，,]{{0,12}}(?:已|现已)[^。！；，,]{{0,16}}?{_FULLY}{_ENDED}|"
    rf"\w网(?:已|现已)[^。！；，,]{{0,16}}?{_FULLY}{_ENDED}|"
    rf"(?:网站|站点|门户)[^。！；，,]{{0,8}}(?:于|自|从)[^。！；，,]{{2,14}}日?(?:起|后)?{_FULLY}{_ENDED}|"
    rf"(?:本站|本网站|该网站|原网站){_FULLY}{_ENDED}|"
    r"(?:网站|站点)(?:关停|关闭|整合迁移|迁移)公告|(?:内容|栏目|信息|数据)(?:已|现已)[^。！；，,]{0,8}(?:整合|迁移|归并)(?:至|到)|"
    r"(?:website|site)(?:hasbeen|is|was)(?:permanently|now)?(?:closed|shutdown|moved|retired)",
    re.IGNORECASE,
)
RECORDS = (
    "beian.miit.gov.cn",
    "beian.gov.cn",
    "beian.mps.gov.cn",
    "bszs.conac.cn",
    "conac.cn",
    "miitbeian.gov.cn",
    "w3.org",
)
"""Public records of sites and namespaces: no site moves there."""
_COMMENT_OR_SCRIPT = lazy_re.compile(
    r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<!doctype[^>]*>", re.IGNORECASE | re.DOTALL
)
_PASSING = lazy_re.compile(
    r"(?:临时|暂时|暂停|节假日|夜间)[^。！；]{0,6}(?:关闭|停止)|(?:恢复|重新)(?:开放|开通|访问|服务|运行|正常)"
)
"""Words of a site that comes back: then it is a notice of maintenance."""
_WAY_IN = lazy_re.compile(
    r"<a\b[^>]*\bhref\s*=\s*[\"']?(?!https?:|#|javascript|mailto)[^>]*>(?:(?!</a).)*?(?:进入|首页|enter)",
    re.IGNORECASE | re.DOTALL,
)
"""A link into the site itself: the page is a door, and the site is there."""
_LINK_TEXT = lazy_re.compile(r"(<a\b[^>]*>).*?</a\s*>", re.IGNORECASE | re.DOTALL)
_ADDRESS = lazy_re.compile(
    r"""(?:href\s*=\s*["']?|url\s*=\s*)(https?://[^\s"'<>]+)|(https?://[\w.\-/:%?=&]+)|\b((?:www\.)[\w\-]+(?:\.[\w\-]+)+)""",
    re.IGNORECASE | re.ASCII,
)


def sign(body: bytes, content_type: str) -> str:
    """By what a whole page is seen to be none of the site's.

    `default-page`, `maintenance`, `parked`, or CLOSED for a site that tells that it was given up; else empty.
    """
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
    if _says_it_is_closed(title, text):
        return CLOSED
    return "maintenance" if _MAINTENANCE.search(spaced) else ""


def new_address(body: bytes, content_type: str, old: str) -> str:
    """Where a closed site says that it is now: the first address on its page that is another host's; else empty."""
    text = charset.decode(body, content_type or None)[0]
    text = _COMMENT_OR_SCRIPT.sub("", text)
    for found in _ADDRESS.finditer(text):
        url = urls.canonical(found[1] or found[2] or f"http://{found[3]}/")
        if (host := urls.host(url)) and "." in host and not urls.is_same_site(url, old) and not _is_record(host):
            return url
    return ""


def _says_it_is_closed(title: str, text: str) -> bool:
    """Whether the page itself, not the words of its links, says so. Headlines of closings elsewhere are links."""
    if _WAY_IN.search(text):
        return False
    said = "".join(f"{title}。{_UNSEEN.sub('', _LINK_TEXT.sub('', text))}".split())
    return bool(_CLOSED.search(said)) and not _PASSING.search(said)


def _is_record(host: str) -> bool:
    """Hosts to which every foot leads."""
    return host.endswith(RECORDS)
