"""Every link of the portal that leads to a page or file of ours answers, whatever was published."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from judged_sheets import a_finding
from published_pages import a_document, published

pytestmark = pytest.mark.usefixtures("settings_home")
LINK = re.compile(r'(?:href|src|action|hx-get)="([^"]*)"')
FAMILIES = {
    re.compile(r"/case-library/[^/]+/"): 6,
    re.compile(r"/case-library/\?"): 4,
    re.compile(r"/portal/systems/[^/]+/to/"): 4,
    re.compile(r"/portal/(rounds/.*)?systems/[^/]+/$"): 6,
    re.compile(r".*\?"): 40,
    re.compile(r"/open-data/|/api/"): 12,
}
"""So many of each kind of address are asked for: they are made by one template."""
FOR_OTHERS = ("/accounts/", "/display", "/static/")
"""Signing in is the office's, a choice is sent and not read, files of the design are laid out."""
IDS = re.compile(r'\sid="([^"]+)"')


def test_every_link_answers_and_every_anchor_is_there(anonymous: Client) -> None:
    published({"甲县": "1", "乙县": "0.5"}, "old", year=2024)
    a_document(published(findings=[a_finding("http://a.test/x")]), "总报告")
    left = dict.fromkeys(FAMILIES, 0)
    waiting, seen, broken = ["/portal/"], {"/portal/"}, []
    ids: dict[str, set[str]] = {}
    anchors: list[tuple[str, str, str]] = []
    while waiting:
        address = waiting.pop()
        answer = anonymous.get(address)
        if answer.status_code != 200:
            broken.append((address, answer.status_code))
        if not answer.headers["Content-Type"].startswith("text/html") or answer.streaming:
            answer.close()
            continue
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"], address
        text = answer.content.decode()
        ids[address] = set(IDS.findall(text))
        for link in LINK.findall(text):
            parts = urlsplit(urljoin(f"http://testserver{address}", unescape(link)))
            if parts.netloc != "testserver" or parts.path == "/" or parts.path.startswith(FOR_OTHERS):
                continue
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.fragment:
                anchors.append((address, target, parts.fragment))
            if target not in seen and _is_wanted(target, left):
                seen.add(target)
                waiting.append(target)
    assert broken == []
    assert [one for one in anchors if one[1] in ids and one[2] not in ids[one[1]]] == []
    assert len(ids) > 40


def _is_wanted(target: str, left: dict[re.Pattern[str], int]) -> bool:
    for pattern, most in FAMILIES.items():
        if pattern.match(target):
            left[pattern] += 1
            return left[pattern] <= most
    return True
