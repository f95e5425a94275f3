"""Whether an answer keeps the visitor out: refusals by status, and the challenge pages of firewalls."""

import re
from functools import lru_cache

from govgauge import lazy_re
from govgauge.gather.archive import LINES_REMEMBERED

STATUSES = frozenset({401, 403, 407, 412, 418, 429, 451, 468, 493, 520, 521, 522, 523, 525, 526, 527, 530, 567, 999})
"""Statuses by which Chinese and foreign firewalls and content networks keep programs out. 404, 405, 5xx of the
server itself are no refusals; 405 is one only where the page says so."""

SHORT = 12 * 1024
"""Challenge pages are short; a long page that only mentions a firewall's name is none."""

_FIREWALL_HEADERS = lazy_re.compile(
    rb"^(?:cf-mitigated:\s*challenge|x-waf-[a-z-]+:|waf-status:\s*block|x-safe-firewall:|x-denied-reason:|"
    rb"set-cookie:\s*(?:__jsl_clearance(?:_s)?|acw_sc__v[23]|__tst_status|safeline_[a-z]+|yd_waf_[a-z]+)=)",
    re.IGNORECASE,
)
_SCRIPTED_COOKIE = lazy_re.compile(
    rb"__jsl_clearance|acw_sc__v2|arg1\s*=\s*['\"][0-9A-F]{20,}|__tst_status|_guard/auto\.js|EO_Bot_Ssid|aliyun_waf|"
    rb"/cdn-cgi/challenge-platform|cf-browser-verification|cf_chl_opt|\$_ts\s*=\s*window\[|_\$[a-z0-9]{2,4}\s*=\s*window\[",
    re.IGNORECASE,
)
_WORDS = (
    "创宇盾",
    "知道创宇云安全",
    "加速乐",
    "网站防火墙",
    "安全狗",
    "云锁",
    "D盾",
    "护卫神",
    "360网站卫士",
    "360磐云",
    "奇安信网站卫士",
    "安全宝",
    "玄武盾",
    "网防G01",
    "长亭雷池",
    "阿里云盾",
    "腾讯云WAF",
    "WAF拦截",
    "您的请求带有不合法参数",
    "请求被拦截",
    "访问被拦截",
    "您的访问被阻断",
    "您的访问请求被拒绝",
    "访问过于频繁",
    "您的IP已被",
    "当前访问疑似黑客攻击",
    "疑似恶意攻击",
    "人机验证",
    "请完成安全验证",
    "正在进行安全检测",
    "正在检查您的浏览器",
    "浏览器安全检查",
    "errors.aliyun.com",
    "waf.tencent",
    "Request blocked",
    "Attention Required! | Cloudflare",
    "Just a moment...",
    "Checking your browser",
    "web application firewall",
    "safedog",
    "yunsuo",
)
_DENIED = rb"Access Denied(?! for user)"
"""A refusal of the server; databases deny a user and say so in the page of a broken program."""
_WORD_PATTERNS = tuple(
    lazy_re.compile(b"|".join([_DENIED, *(re.escape(word.encode(codec)) for word in _WORDS)]), re.IGNORECASE)
    for codec in ("utf-8", "gb18030")
)
_TAG = lazy_re.compile(
    rb"<script\b[^>]*>.*?</script\s*>|<style\b[^>]*>.*?</style\s*>|<!--.*?-->|<[^>]*>", re.IGNORECASE | re.DOTALL
)
_SCRIPT = lazy_re.compile(rb"<script\b", re.IGNORECASE)
_COOKIE_THEN_RELOAD = lazy_re.compile(rb"document\.cookie\s*=", re.IGNORECASE)
_RELOAD = lazy_re.compile(rb"location\s*(?:\.\s*(?:href|reload|replace|assign))?\s*[=(]", re.IGNORECASE)
_CONTENT = lazy_re.compile(
    rb"<(?:frame|iframe|img|form|input|object|embed|link|table)\b|id\s*=\s*['\"]?app\b", re.IGNORECASE
)
"""What pages have that are filled otherwise than by text; challenges have none of it."""
_VISIBLE = 200
"""Bytes of visible text below which a page shows nothing of its own."""
_LINKS = 5
"""A page with more links than this is no challenge; most pages are told by this alone, which costs a microsecond."""
_TRICK_BYTES = 48 * 1024


def sign(status: int, lines: list[bytes], body: bytes, *, whole: bool = True) -> str:
    """By what an answer is seen to keep the visitor out: a short word for the journal; empty when it does not.

    `lines` are the header lines as received. A good page that merely speaks of firewalls is not one, and a body that
    was cut off (not `whole`) proves nothing.
    """
    if status in STATUSES:
        return f"http-{status}"
    if not whole:
        return ""
    if any(map(_is_of_firewall, lines)) and (status != 200 or _shows_nothing(body)):
        return "firewall-header"
    if status in {200, 202, 203, 405, 500, 503} and body:
        return _challenge(status, body)
    return ""


@lru_cache(maxsize=LINES_REMEMBERED)
def _is_of_firewall(line: bytes) -> bool:
    return _FIREWALL_HEADERS.match(line) is not None


def _challenge(status: int, body: bytes) -> str:
    if _has_links(body):
        return ""
    if len(body) <= SHORT and (status != 200 or _shows_little(body)):
        for pattern in _WORD_PATTERNS:
            if pattern.search(body):
                return "challenge-words"
    if len(body) > _TRICK_BYTES or not _SCRIPT.search(body):
        return ""
    if _SCRIPTED_COOKIE.search(body) and _shows_nothing(body):
        return "challenge-script"
    tricks = _COOKIE_THEN_RELOAD.search(body) and _RELOAD.search(body)
    if tricks and not _CONTENT.search(body) and _shows_nothing(body):
        return "cookie-challenge"
    return ""


def _has_links(body: bytes) -> bool:
    """Whether a page has more links than a challenge; mostly told by its first kilobytes."""
    place = -1
    for _ in range(_LINKS + 1):
        place = body.find(b"<a ", place + 1, _TRICK_BYTES)
        if place < 0:
            return False
    return True


def _shows_nothing(body: bytes) -> bool:
    return len(body) <= _TRICK_BYTES and len(b"".join(_TAG.sub(b"", body).split())) < _VISIBLE


def _shows_little(body: bytes) -> bool:
    return len(b"".join(_TAG.sub(b"", body).split())) < 5 * _VISIBLE
