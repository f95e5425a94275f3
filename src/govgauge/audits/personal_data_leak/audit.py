"""personal-data-leak: an identity number, mobile number or bank card of a private person shown without a mask.

Only valid numbers count (GB 11643 check character and date of birth; Luhn check of cards). A mobile number counts only
where the words around it say that it is a private person's: offices, tender agents and helpers publish theirs on
purpose. Nothing that is reported repeats the number: targets and excerpts are masked.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from govgauge import lazy_re
from govgauge.audits.audit import Group, Meta, Params
from govgauge.audits.personal_data_leak import numbers, persons, tables
from govgauge.audits.verdict import judged, not_observable, passed, template_fault
from govgauge.outcomes import Finding, Result
from govgauge.structure.page import Page
from govgauge.structure.site import Site

AROUND = 40
PER_PAGE = 50
"""Numbers reported of one page: a longer list is one repair all the same."""
_SIGN = lazy_re.compile(r"\d{15}|1[3-9]\d{9}|1[3-9]\d[ -]\d{4}[ -]\d{4}|62\d{2} \d{4}")
_SHAPES = bytes.maketrans(b"123456789 ", b"000000000-")
_ELEVEN = b"0" * 11
_SPACED_MOBILE_SHAPE = b"000-0000-0000"
_NUMBER = lazy_re.compile(
    rb"^(?:86)?1[3-9]\d{9}$|62\d{14}|[45]\d{15}|[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}"
)
_SPACED_MOBILE = lazy_re.compile(rb"1[3-9]\d[ -]\d{4}[ -]\d{4}")
_SPACED_CARD = lazy_re.compile(rb"62\d\d \d{4}")
_WIDE_SIGNS = ("０", "１")
"""One of these stands in every identity number in full-width figures: months have a 0 or a 1."""
_TITLE = lazy_re.compile(r"<title[^>]*>([^<]{0,300})</title>", re.IGNORECASE)
_HEADING = lazy_re.compile(r"<h[1-3][^>]*>(.{0,300}?)</h[1-3]>", re.IGNORECASE | re.DOTALL)

META = Meta(
    id="personal-data-leak",
    version=2,
    group=Group.SAFETY,
    needs=("facts", "pages"),
    params=Params,
    source="个人信息保护法第二十八条、第三十四条；政府信息公开条例第十五条；GB 11643—1999",
)


def inspect(page: Page, params: Params) -> Iterable[Finding]:  # noqa: ARG001  # contract of all audits
    """Unmasked numbers of private persons on one page."""
    text = page.text
    if not _has_sign(text, page.ascii):
        return
    seen: set[str] = set()
    for kind, number, around in _leaks(page, text):
        target = f"{kind}:{numbers.masked(number)}"
        if target in seen or len(seen) >= PER_PAGE:
            continue
        seen.add(target)
        yield Finding(
            audit=META.id,
            page=page.url,
            target=target,
            slug=kind,
            data={"masked": numbers.masked(number)},
            excerpt=numbers.mask_all(around)[:200],
        )


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # contract of all audits
    if not site.facts.home_ok:
        return not_observable(META, "首页没有打开。")
    if not observed:
        return passed(META, {"pages": len(site.pages)})
    affected = len({finding.page for finding in observed})
    grave = any(finding.slug in ("id", "bank") for finding in observed)
    value = 0.0 if grave else max(0.0, 0.6 - 0.1 * affected)
    return judged(META, template_fault(observed), value=value, data={"affected": affected})


def _has_sign(text: str, letters: bytes) -> bool:
    """Whether figures stand in the text as in a number that is looked for. Shapes tell it quickly for most pages.

    `letters` is the text with `?` for what is not ASCII.
    """
    shapes = letters.translate(_SHAPES)
    likely = (
        any(_NUMBER.search(run) for run in _long_runs(letters, shapes))
        or (_SPACED_MOBILE_SHAPE in shapes and _SPACED_MOBILE.search(letters) is not None)
        or _SPACED_CARD.search(letters) is not None
        or any(sign in text for sign in _WIDE_SIGNS)
    )
    return likely and _SIGN.search(text) is not None


def _long_runs(letters: bytes, shapes: bytes) -> Iterator[bytes]:
    """The runs of eleven figures and more: most are numbers of records."""
    start = shapes.find(_ELEVEN)
    while start >= 0:
        end = len(shapes) - len(shapes[start:].lstrip(b"0"))
        yield letters[start:end]
        start = shapes.find(_ELEVEN, end)


def _leaks(page: Page, text: str) -> Iterator[tuple[str, str, str]]:
    lines_with_identity: set[int] = set()
    for found in numbers.IDENTITY.finditer(text):
        before, _after = _context(text, found.start(), found.end())
        if numbers.is_identity(found[1], page.context.as_of) and persons.is_identity_context(before):
            lines_with_identity.add(text.rfind("\n", 0, found.start()))
            yield "id", found[1], _around(text, found.start(), found.end())
    for found in numbers.MOBILE.finditer(text):
        before, _after = _context(text, found.start(), found.end())
        beside = text.rfind("\n", 0, found.start()) in lines_with_identity and not persons.OFFICE.search(before)
        if beside or persons.is_private_mobile(before):
            yield "mobile", found[1], _around(text, found.start(), found.end())
    for found in numbers.CARD.finditer(text):
        before, after = _context(text, found.start(), found.end())
        if numbers.is_card(found[1]) and persons.is_private_card(before, before + after):
            yield "bank", found[1], _around(text, found.start(), found.end())
    title = _headings(page)
    if numbers.MOBILE.search(text):
        yield from tables.numbers_in_lines(text, title)
    yield from tables.numbers_in_lists(page.document, title)


def _context(text: str, start: int, end: int) -> tuple[str, str]:
    """The words of the same line before and after a number, with the line before where the number opens its own."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    before = text[first:start]
    if not before.strip() and first:
        before = text[text.rfind("\n", 0, first - 1) + 1 : first - 1][-60:]
    return before[-80:], text[end : last if last >= 0 else len(text)][:80]


def _around(text: str, start: int, end: int) -> str:
    first = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    last = text.find("\n", end)
    return text[first : min(last if last >= 0 else len(text), end + AROUND)]


def _headings(page: Page) -> str:
    title = _TITLE.search(page.html)
    headings = [re.sub(r"<[^>]+>", "", heading) for heading in _HEADING.findall(page.html)[:5]]
    return " ".join([title[1] if title else "", *headings])
