"""What the report of a troubled site says, in which order and in which words."""

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from govgauge.assessment.assess import Request, run
from govgauge.assessment.conclusion import Conclusion
from govgauge.assessment.finding_lines import read_findings
from govgauge.assessment.gathered_notes import OTHER_REASON, SKIP_REASONS, left_out
from govgauge.assessment.report_input import site_report
from govgauge.audits.catalogue import all_audits, texts
from govgauge.gather.artifacts import Failure, Skipped
from govgauge.reports import words
from govgauge.reports.pdf import OF_ONE_AUDIT, grouped
from govgauge.reports.site_report import SiteReport
from govgauge.structure.kinds import ColumnKind
from served_site import Quiet, build

HOST = "www.qinghe.gov.cn"
HOME = f"http://{HOST}/"
SCRIPT = "https://hmzx8.net.cn/js/kb.js"
LEAK = "<p>联系人李明的身份证号为 11010519491231002X，请核对。</p><h1>"


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The small site of a bureau, with a planted script on every page, an identity number, and old columns."""
    root = tmp_path_factory.mktemp("troubled")
    build(root)
    for file in root.rglob("*.html"):
        text = file.read_bytes().replace(b"</head>", f'<script src="{SCRIPT}"></script></head>'.encode("ascii"))
        file.write_bytes(text)
    home = root / "index.html"
    home.write_bytes(home.read_bytes().replace("青禾市人民政府".encode(), "青禾县林业局".encode()))
    article = next((root / "yw").rglob("*_2.html"))
    article.write_bytes(article.read_bytes().replace(b"<h1>", LEAK.encode(), 1))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("report") / "out"


@pytest.fixture(scope="module")
def conclusion(troubled: int, folder: Path) -> Conclusion:
    request = Request(
        url=HOME,
        folder=folder,
        system="2025-city",
        rules="inspection-2019",
        as_of=date(2026, 7, 20),
        rate=0,
        connect_to=(f"{HOST}:80:127.0.0.1:{troubled}",),
    )
    return run(request, lambda _progress: None)


@pytest.fixture(scope="module")
def report(conclusion: Conclusion, folder: Path) -> SiteReport:
    return site_report(conclusion, list(read_findings(folder / "findings.jsonl")))


def test_clues_of_a_serious_incident_are_laid_before_a_person_with_their_pages(report: SiteReport) -> None:
    serious = report.vetoes[0]
    assert (serious.id, serious.hit) == ("V1", "clues")
    assert "没有发现" not in serious.sentence
    assert f"疑似被植入的外部脚本 1 处（见 {HOME}" in serious.sentence
    assert {clue.audit for clue in serious.clues} == {"foreign-link", "personal-data-leak"}
    assert serious.found == len(serious.clues) == 2
    assert "另有线索可能触及单项否决，请先由人工核定：安全、泄密等严重问题（2 处）" in report.headline


def test_the_terminal_names_the_clues_and_calls_no_veto_hit(conclusion: Conclusion) -> None:
    said = [line for line in conclusion.lines() if "安全、泄密等严重问题" in line]
    assert len(said) == 1
    assert said[0].startswith("待核定：")


def test_the_todo_list_begins_with_vetoes_then_clues_and_goes_on_by_points(report: SiteReport) -> None:
    urgent = [todo for todo in report.todo if todo.marks]
    assert list(report.todo[: len(urgent)]) == urgent
    marks = [(todo.audit, todo.marks[0]) for todo in urgent]
    hit = [audit for audit, mark in marks if mark.startswith("命中单项否决：")]
    clue = "1 处可能触及单项否决“安全、泄密等严重问题”，须由人工核定"
    assert {"home-stale", "message-channel"} <= set(hit)
    assert sorted(marks[len(hit) :]) == [("foreign-link", clue), ("personal-data-leak", clue)]
    rest = [todo.points for todo in report.todo[len(urgent) :]]
    assert rest == sorted(rest, reverse=True)
    order = list(dict.fromkeys(row.audit for row in report.findings))
    assert order == [todo.audit for todo in report.todo]


def test_passed_checks_are_named_by_what_is_right(report: SiteReport, folder: Path) -> None:
    assert {"网站可以访问", "没有发现不应公开的文件"} <= set(report.passed)
    assert "网站无法访问" not in report.passed
    assert "<li>网站可以访问</li>" in (folder / "report.html").read_text()


def test_a_system_that_does_not_seem_to_fit_is_asked_about_at_the_top(report: SiteReport, folder: Path) -> None:
    assert report.doubt.startswith("指标体系是否选对了？网站名称“青禾县林业局”像是部门网站")
    html = (folder / "report.html").read_text()
    assert html.index(report.doubt[:12]) < html.index("总体结论</h2>")


def test_no_id_of_the_code_is_on_the_page(report: SiteReport, folder: Path) -> None:
    html = (folder / "report.html").read_text()
    shown = re.sub(r"(?s)<(style|script)\b.*?</\1>|<[^>]*>", " ", html)
    ids = {*all_audits(), *(kind.value for kind in ColumnKind if "-" in kind.value), "not-observable", "no-network"}
    said = [*report.todo, *report.vetoes, *report.warnings, *report.tree]
    assert said
    assert {name for name in ids if re.search(rf"(?<![\w./-]){re.escape(name)}(?![\w./-])", shown)} <= {"https", "ipv6"}
    sentences = " ".join(row.sentence for row in report.findings)
    assert not re.search(r"(?:^|[^\w./:-])(?:entrance|topics|missing|none|library|validity)\b", sentences)


def test_only_addresses_are_shown_as_what_a_finding_is_about(folder: Path) -> None:
    assert "/^https?:\\/\\//.test(row.target) && row.target !== row.page" in (folder / "report.html").read_text()


def test_every_value_of_the_code_has_words() -> None:
    assert {kind.value for kind in ColumnKind} <= words.COLUMN_KINDS.keys()
    assert {failure.value for failure in Failure} <= words.FAILURES.keys()
    gather = Path(words.__file__).parents[1] / "gather"
    code = "".join(path.read_text() for path in gather.glob("*.py"))
    reasons = set(re.findall(r'(?:skip|_leave_rest)\((?:[\w.]+, )?"([a-z-]+)"\)', code))
    assert reasons
    assert reasons <= SKIP_REASONS.keys()


def test_addresses_left_out_for_one_reason_are_one_row() -> None:
    hosts = [
        Skipped(template=f"http://{number}.a.test/", count=1, reason="no-network", example=f"http://{number}.a.test/")
        for number in range(40)
    ]
    images = Skipped(template="http://a.test/{n}.jpg", count=50, reason="budget-image", example="http://a.test/1.jpg")
    unknown = Skipped(template="http://a.test/x", count=1, reason="new-reason", example="http://a.test/x")
    notes = left_out((images, *hosts, unknown))
    assert [(note.title, note.count, len(note.rows)) for note in notes] == [
        (SKIP_REASONS["budget-image"], 50, 1),
        (SKIP_REASONS["no-network"], 40, 40),
        (OTHER_REASON, 1, 1),
    ]
    assert notes[0].rows[0].text == "例如 http://a.test/1.jpg"
    assert {row.text for row in notes[1].rows} == {""}


def test_on_paper_findings_stand_under_their_indicators_and_are_few(report: SiteReport) -> None:
    groups = grouped(report)
    assert len({group.indicator for group in groups}) == len(groups)
    by_title = {texts(todo.audit).title: todo for todo in report.todo}
    for group in groups:
        for section in group.sections:
            todo = by_title[section.title]
            assert group.indicator in todo.indicators or not todo.indicators
            assert 0 < len(section.rows) <= OF_ONE_AUDIT
            assert len(section.rows) + section.more == todo.count
            assert len({row.sentence for row in section.rows}) == len(section.rows)
