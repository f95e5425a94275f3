"""text-noise: garbled text, template residue, placeholder or test text, leaked markup in what a reader sees.

Noise is proved, not guessed: garbled text must make sense once decoded rightly, a placeholder must fill its line,
a template tag must be one that no script of the page can still fill, and nothing inside code or hidden parts counts.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from govgauge import lazy_re
from govgauge.audits.audit import Group, Meta, Params
from govgauge.audits.text_noise import linked, mojibake, placeholder, residue, sieve
from govgauge.audits.verdict import judged, not_observable, passed, template_fault
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.page import Page
from govgauge.structure.site import Site

TARGET_CHARS = 40
AROUND = 30
PER_PAGE = 5
"""Findings kept of one page and kind: a page full of debris is one repair."""
_TITLE = lazy_re.compile(r"<title[^>]*>([^<]{0,300})</title>", re.IGNORECASE)
_CODE = ("pre", "code", "xmp")
_COVERS = "pre, code, xmp, [hidden], [style]"
_PLACES = lazy_re.compile(r"<pre|<code|<xmp|\shidden|display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN = lazy_re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

META = Meta(
    id="text-noise",
    version=2,
    group=Group.UPKEEP,
    needs=("facts", "pages"),
    params=Params,
    source="国办秘函〔2019〕19号 信息发布；国办发〔2017〕47号 网站内容管理",
)


def inspect(page: Page, params: Params) -> Iterable[Finding]:  # noqa: ARG001  # contract of all audits
    """Noise in the visible text and the title of one page."""
    found = _TITLE.search(page.html)
    title = " ".join(unescape(found[1]).split()) if found else ""
    if not sieve.may_be_noisy(page, title):
        return
    text = f"{title}\n{page.text}"
    seen: dict[str, set[str]] = {}
    lines: set[tuple[str, str]] = set()
    for slug, words in _noise(page, text):
        kept = seen.setdefault(slug, set())
        target = " ".join(words.split())[:TARGET_CHARS]
        line = (slug, _line(text, words))
        if target in kept or line in lines or len(kept) >= PER_PAGE or not _in_sight(page, text, words):
            continue
        kept.add(target)
        lines.add(line)
        data: dict[str, Fact] = {"words": target}
        if slug == linked.PLACEHOLDER and (away := linked.leads_to(page, words)):
            data[linked.LEADS_TO] = away
        yield Finding(
            audit=META.id,
            page=page.url,
            target=target,
            slug=slug,
            data=data,
            excerpt=_around(text, words),
        )


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # contract of all audits
    if not site.facts.home_ok:
        return not_observable(META, "首页没有打开。")
    if not observed:
        return passed(META, {"pages": len(site.pages)})
    repairs = linked.once_each(observed)
    affected = len({finding.page for finding in repairs})
    value = 1.0 - min(0.9, 0.1 * affected)
    return judged(META, template_fault(repairs), value=value, data={"affected": affected})


def _noise(page: Page, text: str) -> Iterator[tuple[str, str]]:
    if not page.exchange.truncated:
        for words, _meant in mojibake.garbled(text):
            yield "garbled", words
    for words in residue.template_residue(text, page.html):
        yield "template", words
    for words in residue.leaked_markup(text):
        yield "markup", words
    for words in residue.empty_values(text):
        yield "empty", words
    for words in placeholder.placeholders(text.split("\n"), page.html):
        yield "placeholder", words


def _in_sight(page: Page, text: str, words: str) -> bool:
    """Whether the words stand in running text that a reader sees: not only as code or in hidden parts."""
    if not _PLACES.search(page.html):
        return True
    start = words.strip()[:TARGET_CHARS]
    covered = 0
    for holder in page.document.select(_COVERS):
        if holder.tag in _CODE or _HIDDEN.search(str(holder.attr("style") or "")) or holder.attr("hidden") is not None:
            covered += (holder.text or "").count(start)
    return text.count(start) > covered


def _line(text: str, words: str) -> str:
    place = text.find(words)
    end = text.find("\n", place)
    return text[text.rfind("\n", 0, place) + 1 : end if end >= 0 else len(text)]


def _around(text: str, words: str) -> str:
    line = _line(text, words)
    return line[max(0, line.find(words) - AROUND) :][:200]
