"""source-mismatch: two places of the same body state different facts for the same item.

Few items are compared, and only where both places speak of the same thing beyond doubt: the foot of the home page
and the page 联系我们; a document that stands on the site twice; a leader whose post two profile pages name.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import turbohtml

from govgauge import lazy_re
from govgauge.audits.audit import Group, Meta, Params
from govgauge.audits.source_mismatch.contacts import contact_of, differences
from govgauge.audits.source_mismatch.same_body import Words, is_same_body
from govgauge.audits.verdict import judged, not_applicable, not_observable, passed
from govgauge.outcomes import Finding, Result
from govgauge.structure import meta_tags
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.model import PageFacts, Policy
from govgauge.structure.outline import Outline
from govgauge.structure.site import Site

FOOT_LINES = 25
"""The foot of a page is among its last lines."""
CONTACT_PAGES = 3
PROFILE_PAGES = 200
LEAST_TITLE = 10
"""Shorter titles of documents are shared by different documents."""
_FOOT = lazy_re.compile(r"主办|承办|版权所有|ICP备|网站标识码|技术支持")
_CONTACT_TITLE = lazy_re.compile(r"(?:^|[-_|—\s>])(?:联系我们|联系方式)(?:$|[-_|—\s])")
_POST = lazy_re.compile(r"(?:现任职务|职\s*务)\s*[:：]\s*([\u4e00-\u9fff、，,（）()\s]{2,60})")
_NAME = lazy_re.compile(r"姓\s*名\s*[:：]\s*([\u4e00-\u9fff·]{2,8})")
_NOISE = lazy_re.compile(r"[\s、，,（）()《》〈〉“”\"'：:；;.。\-—]+")

META = Meta(
    id="source-mismatch",
    version=2,
    group=Group.UPKEEP,
    needs=("facts", "home", "pages", "columns", "policies", "html_of"),
    params=Params,
    source="国办发〔2017〕47号 政府网站发展指引：数据同源、信息准确一致",
)


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # contract of all audits
    if not site.facts.home_ok or site.home is None:
        return not_observable(META, "首页没有打开。")
    compared = 0
    findings: list[Finding] = []
    for number, found in (_contacts(site), _documents(site.policies), _leaders(site)):
        compared += number
        findings += found
    if not compared:
        return not_applicable(META, "没有两处都写明的同一项信息可供比对。")
    if not findings:
        return passed(META, {"compared": compared})
    return judged(META, findings, value=1.0 - min(0.9, 0.3 * len(findings)), data={"compared": compared})


def _contacts(site: Site) -> tuple[int, list[Finding]]:
    """The foot of the home page against the pages that tell how to reach the body."""
    pages = [page.url for page in site.pages.values() if _is_contact_page(page)][:CONTACT_PAGES]
    if not pages or len(pages) > 1:
        return 0, []
    home, page = site.facts.home, pages[0]
    home_lines, lines = _lines(site.html_of(home)), _lines(site.html_of(page))
    if not is_same_body(_words(site.html_of(home), home_lines), _words(site.html_of(page), lines)):
        return 0, []
    foot = contact_of(_foot(home_lines))
    shown = set(home_lines)
    body = contact_of(line for line in lines if line not in shown)
    findings = [_finding(home, field, one, other, other_page=page) for field, one, other in differences(foot, body)]
    shared = sum(bool(getattr(foot, field) and getattr(body, field)) for field in ("phone", "postcode", "address"))
    return shared, findings


def _is_contact_page(page: PageFacts) -> bool:
    return any(_CONTACT_TITLE.search(words) for words in (page.title.strip(), page.heading.strip()) if words)


def _documents(policies: dict[str, Policy]) -> tuple[int, list[Finding]]:
    """Copies of one document under one title: with one number and two dates, or with one date and two numbers."""
    copies: dict[str, list[tuple[str, Policy]]] = {}
    for url, policy in policies.items():
        title = _NOISE.sub("", policy.title)
        if len(title) >= LEAST_TITLE:
            copies.setdefault(title, []).append((url, policy))
    compared, findings = 0, list[Finding]()
    for same in copies.values():
        for (url, one), (other_url, other) in pairwise(same):
            compared += 1
            numbers = _number(one.number), _number(other.number)
            dates = one.written, other.written
            if all(numbers) and all(dates):
                if numbers[0] == numbers[1] and dates[0] != dates[1]:
                    findings.append(_finding(url, "written", str(dates[0]), str(dates[1]), other_page=other_url))
                elif numbers[0] != numbers[1] and dates[0] == dates[1]:
                    findings.append(_finding(url, "number", one.number, other.number, other_page=other_url))
    return compared, findings


def _number(number: str) -> str:
    return re.sub(r"[\s\[\]〔〕【】（）()［］]+", "", number)


def _leaders(site: Site) -> tuple[int, list[Finding]]:
    """Two profiles of one leader with different posts."""
    urls = [column.url for column in site.columns.values() if column.kind is ColumnKind.LEADERSHIP]
    listed = [
        item.url for column in site.columns.values() if column.kind is ColumnKind.LEADERSHIP for item in column.items
    ]
    posts: dict[str, tuple[str, str]] = {}
    compared, findings = 0, list[Finding]()
    for url in list(dict.fromkeys([*urls, *listed]))[:PROFILE_PAGES]:
        for name, post in _profile(_lines(site.html_of(url))):
            earlier = posts.setdefault(name, (url, post))
            if earlier[0] == url:
                continue
            compared += 1
            one, other = _NOISE.sub("", earlier[1]), _NOISE.sub("", post)
            if one not in other and other not in one:
                findings.append(_finding(earlier[0], "post", earlier[1], post, other_page=url, whose=name))
    return compared, findings


def _profile(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Name and post of a page that is the profile of one person."""
    text = "\n".join(lines)
    names, posts = {found[1] for found in _NAME.finditer(text)}, {found[1].strip() for found in _POST.finditer(text)}
    if len(names) == 1 and len(posts) == 1:
        yield names.pop(), posts.pop()


def _finding(page: str, field: str, one: str, other: str, *, other_page: str, whose: str = "") -> Finding:
    return Finding(
        audit=META.id,
        page=page,
        target=f"{field}={one}≠{other}",
        slug=field,
        data={"one": one, "other": other, "other_page": other_page, "whose": whose},
        excerpt=f"{whose}{one} ≠ {other}",
    )


def _lines(html: str) -> list[str]:
    return Outline(turbohtml.parse(html, positions=False), "").visible.split("\n") if html else []


def _foot(lines: list[str]) -> list[str]:
    """The last lines of a page from the one that names its host on."""
    last = lines[-FOOT_LINES:]
    first = next((number for number, line in enumerate(last) if _FOOT.search(line)), None)
    if first is None:
        return []
    return last[max(0, first - 3) :]


def _words(html: str, lines: list[str]) -> Words:
    document = turbohtml.parse(html, positions=False)
    return Words(meta_tags.read(document), meta_tags.title(document), tuple(lines), tuple(_foot(lines)))
