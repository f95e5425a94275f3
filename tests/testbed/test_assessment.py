"""Two simulated sites assessed from end to end, and compared with the truth."""

import json

import pytest

from govgauge.audits.catalogue import all_audits
from govgauge.cli.simulated import assess_all, findings
from govgauge.cli.testbed import truth
from govgauge.testbed import sites
from govgauge.testbed.compare import compare
from govgauge.testbed.server import serve

NAMES = ("xiyuan", "qinghe")
PLANTED = (
    "broken-download",
    "broken-image",
    "broken-link",
    "column-stale",
    "date-error",
    "domain-name",
    "duplicate-article",
    "old-news-kept",
    "redated-article",
)


@pytest.fixture(scope="module")
def scores(tmp_path_factory):
    out = tmp_path_factory.mktemp("assessed")
    made = sites.build(NAMES)
    with serve(made) as port:
        found = {one.name: findings(folder) for one, folder in assess_all(made, port, out)}
    planted = [fault for one in made for fault in one.planted]
    return {score.audit: score for score in compare(planted, found, list(all_audits()))}


def test_every_planted_fault_is_found_and_nothing_else(scores):
    assert {audit: (scores[audit].wrong, scores[audit].missed) for audit in PLANTED} == dict.fromkeys(PLANTED, ((), ()))


def test_nothing_is_found_on_the_healthy_site(scores):
    wrong = [fault for score in scores.values() for fault in score.wrong if fault[0] == "xiyuan"]
    assert wrong == []


def test_the_truth_is_told_on_the_command_line(capsys):
    truth(site=["xiyuan"], as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told == [
        {
            "site": "xiyuan",
            "audit": "domain-name",
            "page": "http://www.xiyuan.test/",
            "target": "www.xiyuan.test",
            "note": "模拟网站使用 .test 域名",
            "grade": "unavoidable",
        }
    ]
