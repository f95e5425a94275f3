"""Numbers that belong to persons: what makes them valid, and how they are masked."""

import re
from datetime import date

from govgauge import lazy_re

IDENTITY = lazy_re.compile(
    r"(?<![0-9A-Za-z.\-_/])([1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx])"
    r"(?![0-9A-Za-z\-_/])"
)
"""GB 11643: division, date of birth, order, check character."""
MOBILE = lazy_re.compile(r"(?<![0-9A-Za-z.\-_/*])(?:\+?86[ -]?)?(1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4}))(?![0-9A-Za-z*])")
CARD = lazy_re.compile(
    r"(?<![0-9A-Za-z.\-_/*])((?:62\d{14,17})|(?:[45]\d{15})|(?:62\d{2}(?: \d{4}){3}(?: \d{1,3})?))(?![0-9A-Za-z*])"
)
"""Bank cards: UnionPay numbers of 16 to 19 digits beginning with 62, other schemes with 16."""
PROVINCES = frozenset(re.findall("..", "1112131415212223313233343536374142434445465051525354616263646571818283"))
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
OLDEST_BIRTH = 1900
_SENSITIVE = lazy_re.compile(
    r"\d{6}(?:19|20)\d{2}[01]\d[0-3]\d\d{3}[\dXx]|(?<!\d)1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4})(?!\d)|\d{15,19}"
    r"|62\d{2}(?: \d{4}){3}(?: \d{1,3})?"
)


def is_identity(number: str, today: date) -> bool:
    """Whether 18 characters are an identity number: division, birth on a real day before `today`, check character."""
    if number[:2] not in PROVINCES:
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    if born.year < OLDEST_BIRTH or born > today:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == number[17].upper()


def is_card(number: str) -> bool:
    """Whether the digits of a card number pass the Luhn check."""
    digits = [int(digit) for digit in number if digit.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def masked(number: str) -> str:
    """The number with its middle hidden: the first three (mobile) or six characters and the last four remain."""
    plain = re.sub(r"[ -]", "", number).upper()
    head = 3 if len(plain) == 11 else 6
    return plain[:head] + "*" * (len(plain) - head - 4) + plain[-4:]


def mask_all(text: str) -> str:
    """A text in which every number that could be personal is masked."""
    return _SENSITIVE.sub(lambda found: masked(found.group()), text)
