"""Document numbers of official writing: finding them, and one spelling for all their brackets."""

import re

from govgauge import lazy_re

_OPEN = r"[〔\[［【（(〈《﹝{]"
_CLOSE = r"[〕\]］】）)〉》﹞}]"
_BLANK = r"[\s\u3000]*"
BRACKETED = lazy_re.compile(
    rf"([一-鿿][一-鿿A-Za-z（）()·\s]{{0,18}}?[一-鿿）)]?){_BLANK}{_OPEN}{_BLANK}((?:19|20)\d{{2}}){_BLANK}年?{_BLANK}{_CLOSE}"
    rf"{_BLANK}(?:第{_BLANK})?(\d{{1,4}}){_BLANK}号"
)
ORDERS = lazy_re.compile(
    rf"((?:[一-鿿]{{1,24}})?(?:令|公告|通告)){_BLANK}(?:(?:{_OPEN}{_BLANK})?((?:19|20)\d{{2}}){_BLANK}年?{_BLANK}(?:{_CLOSE})?{_BLANK})?第{_BLANK}"
    rf"(\d{{1,4}}|[一二三四五六七八九十百零〇]{{1,7}}){_BLANK}号"
)
_YEAR = lazy_re.compile(rf"{_OPEN}((?:19|20)\d{{2}})年?{_CLOSE}(?:第)?0*(\d{{1,4}})号?")
_SENTENCE = lazy_re.compile(
    r"关于|根据|依据|按照|依照|通知|文件|以及|印发|转发|废止|修订|贯彻|落实|执行|发布|字号|文号|号|精神"
)
"""Words of a sentence that cannot belong to an issuer's word, and end just before it."""
_JOINING = lazy_re.compile(
    r"^(?:和|与|及|由|经(?![信贸济开协发管合商])|的|将|对(?!外)|为|见|原|即|以|其|附件?|参照|按|《|》)"
)
_NO_PREFIX = lazy_re.compile(r"^(?:第|共|合同|编号|招标|采购|项目|案|学号|准考)")
_BLANKS = lazy_re.compile(r"[\s\u3000\u200b]+")


def normal(text: str) -> str:
    """The number in one spelling: 国办发〔2018〕124号, 国令第707号, 公告2021年第3号. Others lose their blanks."""
    return _YEAR.sub(lambda match: f"〔{match.group(1)}〕{match.group(2)}号", _BLANKS.sub("", text))


def first(text: str) -> str:
    """The first document number in a text in its normal spelling; empty when there is none."""
    found = every(text)
    return found[0] if found else ""


def every(text: str) -> list[str]:
    """All document numbers of a text in their order, each in its normal spelling."""
    if "号" not in text:
        return []
    found: list[tuple[int, str]] = []
    for match in BRACKETED.finditer(text):
        prefix = _issuer_word(match.group(1))
        if prefix:
            found.append((match.start(), f"{prefix}〔{match.group(2)}〕{int(match.group(3))}号"))
    for match in ORDERS.finditer(text):
        kind = _issuer_word(match.group(1))
        year = f"{match.group(2)}年" if match.group(2) else ""
        if kind:
            found.append((match.start(), f"{kind}{year}第{match.group(3)}号"))
    return [number for _at, number in sorted(found)]


def same(left: str, right: str) -> bool:
    """Whether two spellings mean one document: equal once brackets and blanks are normal."""
    return bool(left) and normal(left) == normal(right)


def _issuer_word(text: str) -> str:
    """The issuer's word before the year, cut free from the sentence that it stands in; empty when nothing is left."""
    word = re.split(r"[（(](?![^（(]*[)）])", text)[-1]
    word = _SENTENCE.split(_BLANKS.sub("", word))[-1]
    word = _JOINING.sub("", word.lstrip("（()）")).lstrip("（()）")
    if not word or _NO_PREFIX.match(word):
        return ""
    return word
