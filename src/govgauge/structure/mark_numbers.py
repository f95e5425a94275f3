"""The numbers at the foot of a home page: site code, ICP record, police record; and whether they are well formed."""

import re

from govgauge import lazy_re
from govgauge.structure.provinces import DIVISION_PREFIXES, ICP_MISTAKEN, ICP_PREFIXES

_HAN = r"(?-i:[\u4e00-\u9fff])"
"""Han have no case: asked to ignore it all the same, `re` would look at 20,000 of them one by one at each start."""
_CODE_LABEL = r"(?:(?:网站|站点|政府网站)\s*标\s*[识示]\s*(?:编?码|编号|号)?|标[识示]码|网站识别码|网站代码)"
_CODE_GAP = r"[\s:为是()\[\]【】|,.、-]{0,12}"
_CODE = lazy_re.compile(
    rf"{_CODE_LABEL}{_CODE_GAP}((?:bm|bt)\s?\d{{2,14}}|\d{{10}}(?!\d)|\d{{6}}[ -]\d{{4}}(?!\d)|\d{{4,18}})",
    re.IGNORECASE,
)
_CODE_LOOSE = lazy_re.compile(rf"{_CODE_LABEL}[ :为是()\[\]【】-]{{0,8}}([0-9A-Za-z*×#]{{3,20}})", re.IGNORECASE)
_LOOSE_VALUE = lazy_re.compile(r"[\dX*×#]{3,}|\d{3,}", re.IGNORECASE)
_COUNTED_UP = ("1234567890", "0123456789", "9876543210")
_GOOD_CODE = lazy_re.compile(r"\d{10}|(?:bm|bt)\d{8}", re.IGNORECASE)

_ICP = lazy_re.compile(
    rf"(?P<prefix>{_HAN})?\s?\)?\s*ICP\s*(?:备案|备字?|证)?\s*(?:证|案)?(?:编|序)?号?\s*[:.]?\s*"
    rf"(?:\(?(?P<second>{_HAN})\)?\s*)?(?P<number>[AB]\d\s*-?\s*\d{{4,10}}|\d{{3,14}}(?: \d{{2,8}}(?=\s*号))?)"
    r"(?![\dX×*_年])\s*号?(?P<part>\s*-\s*\d{1,3}(?!\d))?",
    re.IGNORECASE,
)
_ICP_BLANK = lazy_re.compile(
    rf"{_HAN}?ICP\s*(?:备案|备字?|证)?号?\s*[:]?\s*[\dX×*_]{{3,14}}(?![\d年])\s*号?(?:-\d{{1,2}})?", re.IGNORECASE
)
_ICP_SIGN = lazy_re.compile(r"ICP", re.IGNORECASE)
_POLICE_SIGN = lazy_re.compile(r"公\s?(?:网\s?安|安)")
"""What no record goes without: before the first of them a whole page would be searched for nothing."""
BEFORE = 8
"""Characters that a record may have before it, with blanks."""
_ICP_DIGITS = range(6, 13)
"""From the licences of the first years (6 digits) to the filings of today (year and serial, 10)."""

_POLICE = lazy_re.compile(
    r"(?P<prefix>[\u4e00-\u9fff])?\s?公\s?(?:网\s?安|安\s?网)\s?备\s*(?:案号?)?\s*[:.]?\s*\(?"
    r"(?P<number>\d{5,18}(?!\d)|(?:\d{2,6} ){1,3}\d{2,8}(?=\s*号))?\)?\s*号?"
)
_POLICE_LABEL = lazy_re.compile(
    r"公安(?:机关|部门|网络|网安|联网|局)?\s*(?:网站)?\s*(?:备案|备)\s*(?:编|证)?(?:号|编号)?"
    r"\s*[:]?\s*(?P<number>\d{9,16})\s*号?"
)
_POLICE_BLANK = lazy_re.compile(rf"(?:{_HAN}|X){{0,2}}公网安备\s*[:]?\s*[\dX×*_]{{4,20}}\s*号?", re.IGNORECASE)
_POLICE_DIGITS = range(11, 15)
"""Division and serial; 14 since the unified platform, fewer before."""
RECORD_CODE = lazy_re.compile(r"(?:recordcode|[?&]code)=\s*(\d{9,16})", re.IGNORECASE)


def site_code(text: str) -> str:
    """The site code shown in `text`: the first well-formed one, else the first that stands where one is announced."""
    shown = [re.sub(r"[\s-]", "", found) for found in _CODE.findall(text)]
    well_formed = next((code for code in shown if is_site_code(code)), "")
    if well_formed or shown:
        return well_formed or shown[0]
    return next((found for found in _CODE_LOOSE.findall(text) if _LOOSE_VALUE.search(found)), "")


def is_site_code(code: str) -> bool:
    """Ten digits that begin with a province (six of the division, four of the site), or bm and eight digits."""
    return not site_code_fault(code)


def site_code_fault(code: str) -> str:
    """What is wrong with a site code: `digits`, `placeholder` (given to nobody), `prefix`, or nothing."""
    if not _GOOD_CODE.fullmatch(code):
        return "digits"
    if not code.isdigit():
        return ""
    if len(set(code)) == 1 or code in _COUNTED_UP:
        return "placeholder"
    return "" if code[:2] in DIVISION_PREFIXES else "prefix"


def icp_number(text: str) -> str:
    """The ICP record shown in `text`, without blanks; a malformed one when there is no better; else empty."""
    sign = _ICP_SIGN.search(text)
    if sign is None:
        return ""
    found = [_icp_text(match) for match in _ICP.finditer(text, max(0, sign.start() - BEFORE))]
    good = next((number for number in found if icp_fault(number) == ""), "")
    if good or found:
        return good or found[0]
    blank = _ICP_BLANK.search(text)
    return _compact(blank.group()) if blank else ""


def icp_fault(number: str) -> str:
    """What is wrong with an ICP record: `digits`, `prefix`, or nothing."""
    match = _ICP.search(number)
    if match is None:
        return "digits"
    digits = re.sub(r"\D", "", match["number"].partition("-")[2] or match["number"])
    if len(digits) not in _ICP_DIGITS or set(digits) == {"0"}:
        return "digits"
    is_licence = match["number"][0].isalpha()
    return "prefix" if not is_licence and _icp_prefix(match) in ICP_MISTAKEN else ""


def police_number(text: str) -> str:
    """The police record shown in `text`, without blanks; a malformed one when there is no better; else empty."""
    sign = _POLICE_SIGN.search(text)
    if sign is None:
        return ""
    text = text[max(0, sign.start() - BEFORE) :]
    found = [_police_text(match) for match in _POLICE.finditer(text)]
    found += [f"公安备案号{match['number']}" for match in _POLICE_LABEL.finditer(text)]
    good = next((number for number in found if is_police_number(number)), "")
    if good:
        return good
    with_digits = next((number for number in found if re.search(r"\d", number)), "")
    blank = _POLICE_BLANK.search(text)
    return with_digits or (_compact(blank.group()) if blank else "")


def is_police_number(number: str) -> bool:
    """Eleven to fourteen digits that begin with a province."""
    digits = re.sub(r"\D", "", number)
    return len(digits) in _POLICE_DIGITS and digits[:2] in DIVISION_PREFIXES and len(set(digits)) > 1


def _icp_text(match: re.Match[str]) -> str:
    prefix = _icp_prefix(match)
    written = _compact(match.group())
    at = written.upper().find("ICP")
    return prefix + written[at:] if match["prefix"] == prefix else written[at:]


def _icp_prefix(match: re.Match[str]) -> str:
    known = ICP_PREFIXES | ICP_MISTAKEN.keys()
    return next((char for char in (match["second"], match["prefix"]) if char and char in known), "")


def _police_text(match: re.Match[str]) -> str:
    number = _compact(match["number"] or "")
    return f"{match['prefix'] or ''}公网安备{number}号"


def _compact(text: str) -> str:
    return re.sub(r"\s+", "", text)
