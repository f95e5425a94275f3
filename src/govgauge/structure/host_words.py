"""Who runs a website and how to reach them, as the foot of its home page says it."""

import re

from turbohtml import Document

from govgauge import lazy_re
from govgauge.structure.home_words import HomeWords, normal

_NAME = r"[\u4e00-\u9fff][\u4e00-\u9fff()、“”]{2,40}"
_LABELLED = lazy_re.compile(
    rf"(?:(?:主办|承办|主管|建设|管理|责任)单位[^\S\n]*[:/]?|(?:主办方?|承办|主管|网站所有者)[^\S\n]*[:/])\s*(?:主办单位[:\s]*)?({_NAME})"
)
_BEFORE = lazy_re.compile(
    rf"({_NAME}?)[^\S\n]*(?:主办|承办|主管|版权所有)(?=$|[\s|,.;:©(/]|承办|版权|\d)", re.MULTILINE
)
_OWNER = lazy_re.compile(rf"(?:版权所有|版权归|(?i:copyright)|©|\([cC]\))[^\u4e00-\u9fff\n]{{0,40}}({_NAME})")
_NO_NAME = lazy_re.compile(
    r"版权所有|所有$|^(?:网站|本站|联系|地址|电话|技术支持|承办|主办|备案|保留|单位|您|建议|未经|使用|网站标识码)"
)
_CONTACT = lazy_re.compile(
    r"(?:联系(?:电话|方式|人)|电[^\S\n]?话|热线|传真|值班|TEL|邮[^\S\n]?箱|E-?mail|地[^\S\n]?址|邮[^\S\n]?编|邮政编码)[^\n:|]{0,8}[:]\s*[^\s|]{4,40}"
    r"|(?:电[^\S\n]?话|热线|传真)[^\S\n]*[(\d][\d()-]{4,}",
    re.IGNORECASE,
)
_BARE_CONTACT = lazy_re.compile(r"(?<![\d-])\(?0\d{2,3}[-) ]{1,2}\d{7,8}(?!\d)|[\w.-]+@[\w-]+(?:\.[\w-]+)+")
_CONTACT_LINK = lazy_re.compile(r"联系(?:我们|方式|本站|电话)")
_LINK_CHARS = 10


def host_body(words: HomeWords) -> str:
    """The body named as host, owner or publisher of the site; empty when the foot names none."""
    for pattern in (_LABELLED, _BEFORE, _OWNER):
        for found in pattern.finditer(words.foot):
            name = re.sub(r"(?:主办|承办|版权所有)$", "", found[1].strip("()、 "))
            if len(name) >= 3 and not _NO_NAME.search(name):
                return name
    return ""


def contact(words: HomeWords) -> str:
    """A telephone number, address or mailbox as shown, or the entrance to a page of contacts; else empty."""
    found = _CONTACT.search(words.foot) or _BARE_CONTACT.search(words.foot)
    if found:
        return " ".join(found.group().split())
    return next((label for document in words.documents if (label := _contact_link(document))), "")


def _contact_link(document: Document) -> str:
    labels = (
        normal(" ".join(element.text.split())) or element.attr("title") or "" for element in document.find_all("a")
    )
    return next((label for label in labels if len(label) <= _LINK_CHARS and _CONTACT_LINK.search(label)), "")
