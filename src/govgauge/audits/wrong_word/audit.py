"""wrong-word: a wrong word or a wrong official expression in what a reader sees.

No list of words decides. Three layers look at each line that is new to the visit: well-known wrong writings that no
correct word around them explains; wrong official expressions; and phrases with one wrong character, where what is
written is unheard of and what was meant is known. See docs/wrong-words.md for how often each of them is right.
"""

import re
from collections.abc import Iterable, Sequence
from html import unescape

from govgauge import lazy_re
from govgauge.audits.audit import Group, Meta, Params
from govgauge.audits.verdict import judged, not_observable, passed, template_fault
from govgauge.audits.wrong_word.reader import Hit, LineReader
from govgauge.outcomes import Finding, Result
from govgauge.structure.character_runs import RUN
from govgauge.structure.page import Page
from govgauge.structure.site import Site

AROUND = 30
OWN_WORD_LINES = 3
"""A frequent sequence of words that a site writes in its own way in so many different lines is its term, no slip."""
_TITLE = lazy_re.compile(r"<title[^>]*>([^<]{0,300})</title>", re.IGNORECASE)
_reader = LineReader()

META = Meta(
    id="wrong-word",
    version=3,
    group=Group.UPKEEP,
    needs=("facts", "pages"),
    params=Params,
    source="国办秘函〔2019〕19号 单项否决与扣分指标：严重表述错误、错别字",
)


def inspect(page: Page, params: Params) -> Iterable[Finding]:  # noqa: ARG001  # contract of all audits
    """Wrong words in the title and the visible text of one page; each word once a page."""
    found = _TITLE.search(page.html)
    title = " ".join(unescape(found[1]).split()) if found else ""
    if _reader.is_sound(page.runs.union(RUN.findall(title))):
        return
    seen: set[str] = set()
    for line, hit in _reader.read([title, *page.text.split("\n")]):
        if hit.wrong not in seen:
            seen.add(hit.wrong)
            yield Finding(
                audit=META.id,
                page=page.url,
                target=hit.wrong,
                slug=hit.kind,
                data={"wrong": hit.wrong, "right": hit.right, "serious": _is_serious(hit)},
                excerpt=_around(line, hit),
            )


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # contract of all audits
    if not site.facts.home_ok:
        return not_observable(META, "首页没有打开。")
    findings = template_fault(_without_own_words(observed))
    if not findings:
        return passed(META, {"pages": len(site.pages)})
    affected = len({(finding.page, finding.target) for finding in findings})
    return judged(META, findings, value=1.0 - min(0.9, 0.1 * affected), data={"affected": affected})


def _without_own_words(observed: Sequence[Finding]) -> list[Finding]:
    lines: dict[str, set[str]] = {}
    for finding in observed:
        if finding.slug == "sequence":
            lines.setdefault(finding.target, set()).add(finding.excerpt)
    own = {target for target, excerpts in lines.items() if len(excerpts) >= OWN_WORD_LINES}
    return [finding for finding in observed if finding.slug != "sequence" or finding.target not in own]


def _around(line: str, hit: Hit) -> str:
    return line[max(0, hit.start - AROUND) : hit.start + len(hit.wrong) + AROUND]


def _is_serious(hit: Hit) -> bool:
    """Whether a wrong official expression is meant, and no slip such as a word written twice or 截止 for 截至."""
    if hit.kind != "expression":
        return hit.kind == "grave"
    return hit.wrong != 2 * hit.right and not hit.right.startswith("截至")
