"""Garbled text: characters decoded with the wrong table, proved by decoding them back."""

import re
from collections.abc import Iterator

from govgauge import lazy_re

LITERALS = ("锟斤拷", "烫烫烫", "屯屯屯", "\ufffd\ufffd")
"""Well-known debris: replacement characters read as GBK, memory never written to, replacement characters in a row."""
UTF8_AS_GBK = tuple("锛銆鐨鏄鍥鏀鍏鍗鏂鏈鍚鍔鍦閮")
"""Characters rare in Chinese but frequent where UTF-8 was read as GBK."""
_ODD = (*"\ufffd锟烫屯", *UTF8_AS_GBK, *"ãåäæÃÖ¹ÎÈÊ")
"""One of these stands in all that is garbled; the last ones in Chinese that was read as Western. One character is
sought many times as fast as two."""
_SIGNS = (*LITERALS, *UTF8_AS_GBK, "ã€", "å", "ä¸", "æ", "Ã", "Ö", "¹", "Î", "È", "Ê")
_HAN = lazy_re.compile(r"[\u4e00-\u9fff]")
_RUN_OF_ODD = lazy_re.compile(
    r"[\u3400-\u9fff\ue000-\uf8ff\u2010-\u206f\u2100-\u22ff\u2460-\u27bf\u3001-\u3029€°±·×÷？锟]{3,}"
)
_LATIN = lazy_re.compile(r"[\u00a1-\u00ff]{2,}(?:[\x20-\x7e]{0,2}[\u00a1-\u00ff]{2,})*")
_UTF8_AS_LATIN = lazy_re.compile(r"(?:[\u00e3-\u00e9][\u0080-\u00bf\u0152-\u2122]{2}){2,}")
COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
)
"""The characters that make up most of any modern text: proof that a decoding made sense."""
SHARE_OF_COMMON = 0.6


def has_odd(text: str) -> bool:
    """Whether a text has any of the characters that garbled text cannot do without."""
    return bool([odd for odd in _ODD if odd in text]) and any(sign in text for sign in _SIGNS)


def garbled(text: str) -> Iterator[tuple[str, str]]:
    """Garbled stretches of a text with what they were meant to be (empty where it is lost)."""
    for literal in LITERALS if any(literal in text for literal in LITERALS) else ():
        for found in re.finditer(f"(?:{re.escape(literal)}[\ufffd锟斤拷烫屯]*)", text):
            yield found.group(), ""
    for found in _RUN_OF_ODD.finditer(text) if any(odd in text for odd in UTF8_AS_GBK) else ():
        run = found.group()
        if sum(run.count(character) for character in UTF8_AS_GBK) >= 2 and (meant := _back(run, "gb18030", "utf-8")):
            yield run, meant
    for found in _LATIN.finditer(text):
        if len(found.group()) >= 6 and (meant := _back(found.group(), "latin-1", "gb18030")):
            yield found.group(), meant
    for found in _UTF8_AS_LATIN.finditer(text):
        if meant := _sensible(_western_bytes(found.group()).decode("utf-8", "ignore")):
            yield found.group(), meant


def _back(run: str, wrong: str, right: str) -> str:
    """The run decoded as it should have been, or nothing when that gives no common Chinese."""
    return _sensible(run.encode(wrong, "ignore").decode(right, "ignore"))


def _western_bytes(run: str) -> bytes:
    """The bytes that were read as Latin-1 or Windows-1252, whichever gave each character."""
    return b"".join(
        bytes([ord(character)]) if ord(character) < 256 else character.encode("cp1252", "ignore") for character in run
    )


def _sensible(meant: str) -> str:
    """The text itself when it is mostly common Chinese, else nothing."""
    han = _HAN.findall(meant)
    if len(han) < 2 or sum(character in COMMON for character in han) < SHARE_OF_COMMON * len(han):
        return ""
    return meant if len(han) >= 0.5 * len(meant) else ""
