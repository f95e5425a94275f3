"""A placeholder that stands in lists as the title of an article is one repair: that of the article."""

import re
from collections.abc import Sequence

from govgauge.audits.addresses import place
from govgauge.audits.text_noise.placeholder import bare
from govgauge.gather.artifacts import LinkKind
from govgauge.outcomes import Finding
from govgauge.structure.page import Page

PLACEHOLDER = "placeholder"
LEADS_TO = "leads_to"
_DATE = r"(?:19|20)\d\d\s*[-./年]\s*\d{1,2}(?:\s*[-./月]\s*\d{1,2}\s*日?)?"
"""What an entry of a list shows beside its title, within the same link."""


def leads_to(page: Page, words: str) -> str:
    """The pages whose title these words of a page are, where they stand on it as links only; split by blanks."""
    named = re.compile(rf"(?:{re.escape(words)}|{_DATE}|[\s()（）\[\]【】·•>»])+")
    times, away = 0, dict[str, None]()
    for link in page.links:
        if link.kind is LinkKind.A and words in link.text and link.url and named.fullmatch(link.text):
            if place(link.url) == place(page.url):
                return ""
            away[link.url] = None
            times += link.text.count(words)
    shown = sum(bare(line) == words for line in page.text.split("\n"))
    return " ".join(away) if times >= shown else ""


def once_each(findings: Sequence[Finding]) -> list[Finding]:
    """Findings without those that repeat the title of a page which is reported itself, or by an earlier list."""
    reported = {
        (finding.target, place(finding.page))
        for finding in findings
        if finding.slug == PLACEHOLDER and not finding.data.get(LEADS_TO)
    }
    kept: list[Finding] = []
    for finding in findings:
        leads = str(finding.data.get(LEADS_TO, "")).split()
        keys = {(finding.target, place(url)) for url in leads}
        if keys and keys <= reported:
            continue
        reported |= keys
        kept.append(finding)
    return kept
