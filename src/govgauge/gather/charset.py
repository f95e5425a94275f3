"""Which characters the bytes of a page mean.

BOM, header, meta, then UTF-8, then GB18030: on Chinese pages this rule beats every detector. A declaration that the
bytes plainly contradict is not believed: GBK pages under a server's blanket `charset=utf-8`, UTF-8 pages under a
template's `gb2312`, and Chinese under the `iso-8859-1` that servers add by themselves are all common.
"""

import turbohtml.detect  # noqa: F401  # registers the whatwg-* codecs: exact tables of the Encoding Standard, in C

from govgauge import lazy_re
from govgauge.gather.declared_charset import by_header, by_mark, by_page

FEW = 0.1
"""Share of damaged characters up to which a text still is in an encoding: cut pages, a torn include, a bad comment."""

_LEADING = frozenset((0xA1, 0xA3, *range(0xB0, 0xD8)))
"""First bytes of punctuation, wide forms and the common characters (GB 2312 level 1) in EUC form."""
_ROLES_OF_BYTES = bytes(
    ord("L") if byte in _LEADING else ord("T") if 0xA1 <= byte <= 0xFE else ord(" ") for byte in range(0x100)
)
"""L for a byte that may lead a pair or end one, T for one that may only end it."""

_ASCII_BYTES = bytes(range(0x80))
_CJK = lazy_re.compile("[\u3000-\u9fff\uff00-\uffef]+")
_UTF_8_REPLACEMENT = b"\xef\xbf\xbd"


def decode(body: bytes, content_type: str | None) -> tuple[str, str]:
    """Text of a page, and the lower-case WHATWG name of its encoding. Never raises; damage becomes U+FFFD.

    `content_type` is the value of the Content-Type header. Labels `gb2312` and `gbk` give the name `gbk`, and both are
    read with the tables of GB18030. Without any believable declaration the name is `utf-8` or `gb18030`.
    """
    mark = by_mark(body)
    if mark:
        body = body[mark[1] :]
        declared: str | None = mark[0]
    else:
        declared = by_header(content_type)
        if declared is None or (declared == "windows-1252" and _is_blanket(content_type or "", body)):
            declared = by_page(body) or declared
    if declared is None:
        return _guessed(body)
    if declared == "utf-8":
        return _as_utf_8(body)
    if declared in ("gbk", "gb18030", "big5"):
        return _as_chinese(body, declared)
    if declared == "windows-1252" and not body.isascii() and (_in_utf_8(body) or _looks_chinese(body)):
        return _guessed(body)
    if declared.startswith("utf-16") and not mark and b"\0" not in body[:1000] and b"<" in body[:1000]:
        return _guessed(body)
    return read_as(body, declared), declared


def declared(body: bytes, content_type: str | None) -> str:
    """The encoding that a page declares, true or not, by its WHATWG name; empty when it declares none."""
    mark = by_mark(body)
    return mark[0] if mark else by_header(content_type) or by_page(body) or ""


def read_as(body: bytes, name: str) -> str:
    """Decode with the encoding of that WHATWG name, damaged bytes becoming U+FFFD."""
    return body.decode("utf-8", "replace") if name == "utf-8" else body.decode(f"whatwg-{name}")


def _is_blanket(content_type: str, body: bytes) -> bool:
    """Whether `iso-8859-1` in a header is what the server says of every file, and the page's own word fits better."""
    stated = None if "1252" in content_type or body.isascii() else by_page(body)
    return stated is not None and "\ufffd" not in read_as(body, stated)


def _as_utf_8(body: bytes) -> tuple[str, str]:
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
    if _damage(text, body) > FEW and _looks_chinese(body):
        chinese = read_as(body, "gbk")
        if _damage(chinese) <= FEW:
            return chinese, "gbk"
    return text, "utf-8"


def _as_chinese(body: bytes, name: str) -> tuple[str, str]:
    if body.isascii():
        return body.decode("ascii"), name
    if _in_utf_8(body):
        return body.decode("utf-8", "replace"), "utf-8"
    text = read_as(body, name)
    if "\ufffd" in text and _damage(text) > FEW / 10:
        other = body.decode("utf-8", "replace")
        if _damage(other, body) < min(_damage(text), FEW) and _CJK.search(other):
            return other, "utf-8"
    return text, name


def _guessed(body: bytes) -> tuple[str, str]:
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
    return (text, "utf-8") if _damage(text, body) <= FEW else (read_as(body, "gb18030"), "gb18030")


def _in_utf_8(body: bytes) -> bool:
    """Whether the bytes are UTF-8 (a cut last character allowed) and mean Chinese, not chance pairs of another code."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(body) - 3 or error.end < len(body):
            return False
        text = body[: error.start].decode("utf-8")
    return (len(text) - len(_CJK.sub("", text))) * 2 > _beyond_ascii(text)


def _looks_chinese(body: bytes) -> bool:
    """Whether the bytes beyond ASCII come in pairs that are common Chinese characters of the GB encodings."""
    high = len(body.translate(None, _ASCII_BYTES))
    return high > 0 and _chinese_pairs(body) * 2 >= high * 0.7


def _chinese_pairs(body: bytes) -> int:
    """How many pairs of bytes, taken from the left, are common Chinese characters of the GB encodings."""
    roles = body.translate(_ROLES_OF_BYTES)
    return roles.count(b"LL") + roles.replace(b"LL", b" ").count(b"LT")


def _damage(text: str, body: bytes = b"") -> float:
    """Share of damaged characters among those beyond ASCII. `body`: a U+FFFD written in it as UTF-8 is no damage."""
    bad = text.count("\ufffd") - body.count(_UTF_8_REPLACEMENT)
    return bad / (bad + _beyond_ascii(text)) if bad > 0 else 0.0


def _beyond_ascii(text: str) -> int:
    """How many characters are neither ASCII nor damage."""
    return len(text) - len(text.encode("ascii", "ignore")) - text.count("\ufffd")
