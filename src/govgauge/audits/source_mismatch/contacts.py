"""How to reach the body, as a page says it: main telephone, postcode and address."""

import re
from collections.abc import Iterable

from msgspec import Struct

from govgauge import lazy_re

_SPECIAL = lazy_re.compile(
    r"网站|维护|技术|纠错|监督|投诉|举报|信访|值班|咨询|热线|传真|预约|服务|受理|申请|应急|救援|招聘|报名|采购|党办|人事|纪检|办公室|科|股|处室|窗口|大厅|中心|站"
)
"""Words that make a telephone another one than the body's own."""
_PHONE = lazy_re.compile(
    r"(?:联系电话|办公电话|单位电话|总机|电\s*话)\s*[:：]\s*((?:[(（]?0\d{2,3}[)）]?\s?[-—－]?\s?)?[2-8]\d{6,7})(?![\d*])"
)
_POSTCODE = lazy_re.compile(r"(?:邮政编码|邮\s*编)\s*[:：]\s*([0-8]\d{5})(?!\d)")
_ADDRESS = lazy_re.compile(r"(?:办公地址|单位地址|通[信讯]地址|联系地址|地\s*址)\s*[:：]\s*([^\s,，；;|:：]{6,50})")
_HOUSE = lazy_re.compile(r"([\u4e00-\u9fff]{2,6}(?:路|街|大道|巷))(?:[东西南北中]段)?(\d{1,5})号")
_LABELLED = 12
"""How many characters before a label tell whose number it is."""


class Contact(Struct, frozen=True):
    """What a text says of each field; empty where it says nothing, or more than one thing."""

    phone: str = ""
    postcode: str = ""
    address: str = ""


def contact_of(lines: Iterable[str]) -> Contact:
    """The contact data in some lines. A field with several values says nothing certain and stays empty."""
    text = "\n".join(lines)
    phones = {
        _digits(found[1])
        for found in _PHONE.finditer(text)
        if not _SPECIAL.search(text[max(0, found.start() - _LABELLED) : found.start()].rpartition("\n")[2])
    }
    every_phone = set(re.findall(r"(?<!\d)[2-8]\d{6,7}(?!\d)", text))
    postcodes = {found[1] for found in _POSTCODE.finditer(text)}
    addresses = {found[1] for found in _ADDRESS.finditer(text)}
    return Contact(
        phone=phones.pop() if len(phones) == 1 and len(every_phone) == 1 else "",
        postcode=postcodes.pop() if len(postcodes) == 1 else "",
        address=addresses.pop() if len(addresses) == 1 else "",
    )


def differences(one: Contact, other: Contact) -> list[tuple[str, str, str]]:
    """Fields in which two contacts contradict each other, with both values."""
    found = []
    if one.phone and other.phone and not _same_phone(one.phone, other.phone):
        found.append(("phone", one.phone, other.phone))
    if one.postcode and other.postcode and one.postcode != other.postcode:
        found.append(("postcode", one.postcode, other.postcode))
    here, there = _HOUSE.search(one.address), _HOUSE.search(other.address)
    if here and there and (here[2] != there[2] or not _same_road(here[1], there[1])):
        found.append(("address", one.address, other.address))
    return found


def _same_phone(one: str, other: str) -> bool:
    return one.endswith(other[-8:]) or other.endswith(one[-8:]) or one[-7:] == other[-7:]


def _same_road(one: str, other: str) -> bool:
    """Whether two roads are one: the longer may carry the name of its district before it."""
    return one.endswith(other[-3:]) or other.endswith(one[-3:])


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)
