"""Our own portal, assessed as any other site is: it keeps the rules by which it judges."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from published_pages import published

pytestmark = pytest.mark.usefixtures("settings_home")
PAGES = "60"
OURS = {
    "GOVGAUGE_SITE_HOST": "北京市发展和改革委员会",
    "GOVGAUGE_SITE_CONTACT": "电话 010-12345678",
    "GOVGAUGE_SITE_ICP": "京ICP备12345678号-1",
    "GOVGAUGE_SITE_NAME": "北京市发展和改革委员会",
}
TRUE = {"domain-name", "error-report-link", "gov-mark", "police-record", "site-code"}
"""What holds of an office that is no government site, at an address of this machine: `docs/portal.md` says why."""
PASSED = {
    "accessibility-entry",
    "elder-mode",
    "home-stale",
    "privacy-policy",
    "security-headers",
    "site-unreachable",
    "sitemap-link",
}


def test_our_own_portal_keeps_the_rules(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    published({"甲县": "1", "乙县": "0.5", "丙县": "0"})
    for name, value in OURS.items():
        monkeypatch.setenv(name, value)
    address = request.getfixturevalue("command_address")
    out = tmp_path / "assessed"
    wanted = ("--system", "2025-county", "--max-pages", PAGES, "--rate", "0", "--no-browser", "--max-seconds", "60")
    command = [sys.executable, "-m", "govgauge", "assess", f"{address}/", "--out", str(out), *wanted]
    subprocess.run(command, check=True, capture_output=True, env=dict(os.environ))
    found = [json.loads(line) for line in (out / "findings.jsonl").read_text().splitlines()]
    told = {(one["audit"], one["page"], one["target"]) for one in found if one["audit"] not in TRUE}
    assert told == set()
    results = {one["audit"]: one for one in map(json.loads, (out / "results.jsonl").read_text().splitlines())}
    assert results["sitemap-link"]["data"] == {"sitemap": f"{address}/portal/sitemap/"}
    assert {one: results[one]["outcome"] for one in PASSED} == dict.fromkeys(PASSED, "pass")
