"""What the text of a normative document says of its own life: start, end, and which documents it ends."""

import re
from datetime import date, timedelta

from govgauge import lazy_re
from govgauge.structure import document_dates, document_number

_DATE = (
    r"(?:(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}|"
    r"[一二][〇零○0-9一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
_NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_ISSUING = r"(?:印发|发布|公布|下发|颁布|发文|签发|公告)之日"
_SELF = (
    r"(?:本|该)(?:法|办法|规定|细则|通知|意见|方案|措施|规则|制度|决定|公告|通告|文件|政策|标准|实施细则|实施意见|实施办法|"
    r"暂行办法|管理办法|规范性文件|条例|若干[^，。；]{0,8}|[^，。；]{0,8}(?:办法|规定|意见|措施|方案|细则))"
)
_OWN = lazy_re.compile(_SELF)
_START = lazy_re.compile(
    rf"(?:自|从|于)\s*({_DATE}|{_ISSUING})\s*(?:起|开始)?\s*(?:(?:满|经过)?\s*({_NUMBER})\s*个?(日|天|月)(?:之?后|后))?\s*(?:正式|起|开始)*(?:施行|实施|执行|生效|试行)"
)
_TERM = lazy_re.compile(
    rf"有效期(?:限)?(?:为|是|暂定|定为|：|:)?\s*(?:自[^，。；]{{0,20}}?起)?({_NUMBER})\s*(年|个月)(半)?"
)
_UNTIL = lazy_re.compile(
    rf"(?:有效期(?:限)?|有效|施行|执行|实施)\s*(?:期)?(?:为|：|:)?\s*(?:自?\s*{_DATE}\s*)?(?:起)?(?:截?至|到|截止到?|-|—)+\s*({_DATE})"
)
_FOREIGN = lazy_re.compile(
    r"许可证|证书|资质|资格|合同|执照|凭证|批准文件|证件|有效期(?:届满|内|满|延长|延续)|驾驶证|标志"
)
_ABOLISHING = lazy_re.compile(r"废止|停止执行|不再执行|停止施行|宣布失效|自行失效|予以失效")
_PARTLY = lazy_re.compile(r"第[一二三四五六七八九十\d]+[条款项]|其中|不一致|相抵触|有关规定与|部分条款|继续有效")
_LIST_ON = lazy_re.compile(r"(?:废止|失效|停止执行)[^。]{0,20}(?:目录|清单|文件|[:：])")
_LIST_OFF = lazy_re.compile(r"继续有效|继续执行|予以保留|保留的|修改的|拟修订|需要修改|予以修改")


def life(text: str, issued: date | None) -> tuple[date | None, date | None]:
    """First and last day that a document states for itself; None for what it does not say.

    `issued` is the day that 自印发之日 means. A term is read only in a sentence about the document's own coming into
    force, so that the validity of licences and contracts in its clauses is not taken for its own.
    """
    for sentence in _sentences(text):
        if "有效" not in sentence and "至" not in sentence:
            continue
        if _FOREIGN.search(sentence) or not ("行" in sentence or "生效" in sentence or _OWN.search(sentence)):
            continue
        start = _start(sentence, issued)
        until = _UNTIL.search(sentence)
        own = start is not None or _OWN.search(sentence) is not None
        if until and own:
            return start, document_dates.first(until.group(1))
        term = _TERM.search(sentence)
        if term and own:
            start = start or (issued if not _START.search(sentence) else None)
            return start, _end(start, term) if start else None
    for sentence in reversed(_sentences(text)):
        start = _start(sentence, issued) if _OWN.search(sentence) else None
        if start:
            return start, None
    return None, None


def term_of(label: str, start: date | None) -> date | None:
    """The last day that the value of a 有效期 element means: a date, or a number of years from `start`."""
    dates = document_dates.every(label)
    if dates:
        alone = len(dates) == 1 and re.search(r"起|自", label) and not re.search(r"至|止|到", label)
        return None if alone else dates[-1][1]
    years = re.search(rf"({_NUMBER})\s*(年|个月)(半)?", label)
    return _end(start, years) if years and start else None


def abolished(text: str, title: str) -> tuple[str, ...]:
    """Numbers of the documents that this one abolishes as a whole, in its closing clause or in its list."""
    found: list[str] = []
    for sentence in _sentences(text):
        if _ABOLISHING.search(sentence) and not _PARTLY.search(sentence):
            found += document_number.every(sentence[: _last_abolishing(sentence)])
    if re.search(r"废止|失效", title) and not re.search(r"清理结果|修改|继续有效|有效期", title):
        found += _listed(text)
    return tuple(dict.fromkeys(found))


def _listed(text: str) -> list[str]:
    taken: list[str] = []
    on = False
    for line in text.splitlines():
        if _LIST_OFF.search(line):
            on = False
        elif _LIST_ON.search(line):
            on = True
        elif on:
            taken += document_number.every(line)[:1]
    return taken


def _last_abolishing(sentence: str) -> int:
    return max(match.start() for match in _ABOLISHING.finditer(sentence))


def _sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE_ENDS.split(text) if part.strip()]


_SENTENCE_ENDS = lazy_re.compile(r"[。；;\n]")


def _start(sentence: str, issued: date | None) -> date | None:
    match = _START.search(sentence)
    if not match:
        return None
    base = document_dates.first(match.group(1)) if re.match(_DATE, match.group(1)) else issued
    if base is None or not match.group(2):
        return base
    count = document_dates.number(match.group(2))
    return base + timedelta(days=count * (30 if match.group(3) == "月" else 1))


def _end(start: date | None, match: re.Match[str]) -> date | None:
    if start is None:
        return None
    count = document_dates.number(match.group(1))
    if count == 0:
        return None
    months = 6 if match.group(3) else 0
    if match.group(2) == "年":
        return document_dates.years_later(start, count, months)
    return document_dates.years_later(start, 0, count)
