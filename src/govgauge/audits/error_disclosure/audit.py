"""error-disclosure: a page shows a stack trace, a file path or a database error of the program behind it.

Articles write about errors, too: what is told in a sentence, or quoted in a dated article, is not flagged. Only the
warnings that PHP prints in its own markup are believed on every page.
"""

import re
from collections.abc import Iterable, Sequence

import ahocorasick_rs

from govgauge import lazy_re
from govgauge.audits.audit import Group, Meta, Params
from govgauge.audits.verdict import judged, not_observable, passed, template_fault
from govgauge.gather import dates
from govgauge.outcomes import Finding, Result
from govgauge.structure.page import Page
from govgauge.structure.site import Site

TARGET_CHARS = 80
_HINTS = ahocorasick_rs.BytesAhoCorasick(
    [
        *(b"Exception", b" on line ", b"Traceback", b"ORA-", b"SQLSTATE", b"SQL syntax", b"error '80"),
        *(b"Unclosed quotation", b"Stack Trace"),
    ]
)
_PHP_MARKUP = lazy_re.compile(
    r"<b>(?:Fatal error|Parse error|Warning|Notice|Deprecated|Strict Standards)</b>:\s+.{3,400}? in "
    r"<b>((?:/|[A-Za-z]:\\)[^<\n]{3,200})</b> on line <b>(\d+)</b>",
    re.DOTALL,
)
_PHP_PLAIN = lazy_re.compile(
    r"^(?:PHP )?(?:Fatal error|Parse error|Warning|Notice|Deprecated): "
    r".{3,300}? in (?:/|[A-Za-z]:\\)\S{3,200} on line \d+",
    re.MULTILINE,
)
_JAVA_FRAME = lazy_re.compile(
    r"(?:^|\s)at [\w$.]+\.[\w$<>]+\((?:[\w$]+\.(?:java|jsp|groovy|kt)(?::\d+)?|Native Method|Unknown Source)\)",
    re.MULTILINE,
)
_JAVA_HEAD = lazy_re.compile(
    r"(?:^|\s)((?:[a-z]\w*\.){2,}[A-Z]\w*(?:Exception|Error)\b[^\n]{0,200}?)(?=\s+at |$)", re.MULTILINE
)
_NET_FRAME = lazy_re.compile(
    r"(?:^|\s)(?:at|在) (?:System|Microsoft|[A-Z]\w*)\.[\w.<>`]+\([^)\n]{0,300}\)", re.MULTILINE
)
_NET_HEAD = lazy_re.compile(r"(?:Stack Trace|堆栈跟踪)\s*[:：]")
_PYTHON = lazy_re.compile(r"(?:^|\s)Traceback \(most recent call last\):\s+File \"([^\"\n]+)\", line \d+", re.MULTILINE)
_DATABASE = lazy_re.compile(
    r"\bORA-\d{5}: [^\n]{5,120}|SQLSTATE\[\w+\][^\n]{5,160}"
    r"|You have an error in your SQL syntax; check the manual that corresponds to your[^\n]{0,120}"
    r"|Unclosed quotation mark after the character string[^\n]{0,80}"
    r"|(?:Microsoft OLE DB Provider|Microsoft JET Database Engine|ADODB\.\w+)[^\n]{0,60}"
    r"error '80[0-9a-f]{6}'[^\n]{0,120}"
)
_THINKPHP = lazy_re.compile(r"错误位置\s*\n?\s*FILE: (\S+)\s+LINE: \d+")
_HAN = lazy_re.compile("[\u4e00-\u9fff]")
_SENTENCE_CHARS = 12
"""Chinese characters on the line of an error from which it is a sentence about it (localised errors have fewer)."""

META = Meta(
    id="error-disclosure",
    version=2,
    group=Group.SAFETY,
    needs=("facts", "pages"),
    params=Params,
    source="GB/T 31506—2022 政府门户网站系统安全技术指南；OWASP WSTG-ERRH-01",
)


def inspect(page: Page, params: Params) -> Iterable[Finding]:  # noqa: ARG001  # contract of all audits
    """The first error that the program behind the page shows."""
    if not _has_hint(page):
        return
    printed = _PHP_MARKUP.search(page.html)
    if printed and "<!--" not in page.html[max(0, printed.start() - 40) : printed.start()]:
        yield _finding(page, "php", _folded(re.sub(r"<[^>]+>", "", printed.group())))
        return
    slug, words = _shown(page.text)
    if slug and dates.from_document(page.document, page.html, page.url) is None:
        yield _finding(page, slug, words)


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # contract of all audits
    if not site.facts.home_ok:
        return not_observable(META, "首页没有打开。")
    if not observed:
        return passed(META, {"pages": len(site.pages)})
    affected = len({finding.page for finding in observed})
    value = 1.0 - max(0.2 * min(affected, 5), affected / max(1, len(site.pages)))
    return judged(META, template_fault(observed), value=value, data={"affected": affected})


def _has_hint(page: Page) -> bool:
    text, letters = page.text, page.letters
    return (
        bool(_HINTS.find_matches_as_indexes(letters))
        or ("栈" in text and "堆栈跟踪" in text)
        or (b"FILE: " in letters and "错误位置" in text)
    )


def _shown(text: str) -> tuple[str, str]:
    """Which kind of error a page's visible text shows, and its words; empty when none."""
    if (traced := _PYTHON.search(text)) is not None:
        return "python", _folded(traced.group())
    if len(_JAVA_FRAME.findall(text)) >= 2:
        head = _JAVA_HEAD.search(text)
        return "java", _folded(head[1] if head else _JAVA_FRAME.findall(text)[0])
    if _NET_HEAD.search(text) and len(_NET_FRAME.findall(text)) >= 1:
        return "dotnet", _folded(_NET_FRAME.findall(text)[0])
    if (printed := _PHP_PLAIN.search(text)) is not None:
        return "php", _folded(printed.group())
    if (placed := _THINKPHP.search(text)) is not None:
        return "php", _folded(placed.group())
    for found in _DATABASE.finditer(text):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.end()]
        if len(_HAN.findall(line)) < _SENTENCE_CHARS:
            return "database", _folded(found.group())
    return "", ""


def _finding(page: Page, slug: str, words: str) -> Finding:
    return Finding(audit=META.id, page=page.url, target=words[:TARGET_CHARS].strip(), slug=slug, excerpt=words[:200])


def _folded(words: str) -> str:
    return " ".join(words.split())
