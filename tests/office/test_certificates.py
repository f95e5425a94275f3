"""Certificates in the office: issued once, revoked, issued again, checked, and the keys behind them."""

import json
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from answered import somebody
from certified import a_published_call, an_award, certified
from django.db import connections
from django.test import override_settings
from msgspec.structs import replace
from published import a_publication
from test_case_results import a_judged_panel
from test_case_results import voted as votes

from govgauge.errors import Unusable
from govgauge.office import certificate_keys
from govgauge.office.domain import awards, case_counts, certificates, publications, signing_keys
from govgauge.office.domain.acting import PROGRAM, NotAllowed
from govgauge.office.domain.awards import Award, Choice
from govgauge.office.models import (
    Certificate,
    CertificateKind,
    CertificateStep,
    Change,
    Notice,
    RoleKind,
    Seat,
    SigningKey,
)
from govgauge.office.queries import certificates as query
from govgauge.office.queries.certificates import Finding
from govgauge.reports.certificates import layout, signing
from govgauge.reports.certificates import statement as said
from govgauge.reports.certificates.numbering import Number


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """SQLite, or what a test asks for."""
    return getattr(request, "param", "sqlite")


@pytest.fixture(autouse=True)
def home(office: Path):
    with override_settings(HOME=office):
        yield office


def test_each_award_gets_one_certificate_however_often_it_is_issued() -> None:
    made = a_published_call()
    issued = certified(made)
    assert certified(made) == issued
    year = issued[0].year
    assert [(one.code, one.holder, one.state) for one in issued] == [
        (Number(year, 1).code, "县0", "valid"),
        (Number(year, 2).code, "县1", "valid"),
    ]
    told = certificates.statement(issued[0])
    assert told.text == "贵单位的案例“一网通办平台0”经专家评审和公众投票，入选“2025 年创新案例征集”，被评为"
    assert Change.objects.filter(verb="certificate.issue").count() == 1
    assert issued[0].steps.get().by == made.chair.person


@pytest.mark.parametrize(
    ("share", "judged", "voted", "words"),
    [
        ("0.3", True, True, "专家评审和公众投票"),
        ("0", True, True, "专家评审"),
        ("0.3", True, False, "专家评审"),
        ("0.3", False, True, "公众投票"),
        ("1", True, True, "公众投票"),
    ],
)
def test_a_certificate_names_only_those_whose_part_counted(share: str, judged: bool, voted: bool, words: str) -> None:
    made = a_judged_panel(public_share=share)
    if voted:
        votes(made)
    if not judged:
        Seat.objects.all().delete()
    count = case_counts.count(made.chair, made.call)
    case_counts.publish(made.chair, count)
    told = {one.text for one in awards.of_cases(count)}
    assert {one.partition("经")[2].partition("，")[0] for one in told} == {words}


def test_bodies_are_certified_by_grade_rank_or_for_taking_part() -> None:
    public = a_publication({"甲县": "0.5", "乙县": "1", "丙县": "0"})
    found = awards.of_round(public.round)
    assert [one.kind for one in found] == [CertificateKind.ASSESSED, CertificateKind.PARTICIPATION] * 3
    issued = certificates.issue(PROGRAM, public.round, found, Choice(best=1))
    told = certificates.statement(issued[0])
    assert (len(issued), told.holder, told.title) == (1, "某省乙县", found[0].title)
    assert told.text == "在“2025 年评估”（区县）的 3 个评估对象中，名列"
    assert awards.grades([replace(one, grade="优秀") for one in found]) == {"优秀": 3}
    assert not certificates.plan(public.round, found, Choice(grades=frozenset({"优秀"}))).new
    certificates.issue(PROGRAM, public.round, found, Choice(taking_part=True))
    assert public.round.certificates.count() == 4
    publications.withdraw(PROGRAM, public, "结果有误")
    assert len(certificates.plan(public.round, awards.of_round(public.round)).gone) == 4


def test_only_who_runs_the_round_issues_and_revokes() -> None:
    made = a_published_call()
    one = certified(made)[0]
    for kind in (RoleKind.REVIEWER, RoleKind.ASSESSED, RoleKind.EXPERT):
        stranger = somebody(kind, scope="某省/县0" if kind is RoleKind.ASSESSED else "")
        with pytest.raises(NotAllowed):
            certificates.issue(stranger, made.round, awards.of_round(made.round))
        with pytest.raises(NotAllowed):
            certificates.revoke(stranger, one, "写错了名称")
        with pytest.raises(NotAllowed):
            signing_keys.renew(stranger, "例行更换")


def test_a_file_is_genuine_until_its_certificate_is_revoked() -> None:
    made = a_published_call()
    one = certified(made)[0]
    pdf = certificates.file_of(made.chair, one)
    assert (query.of_file(pdf).finding, query.of_number(one.code).finding) == (Finding.GENUINE, Finding.KNOWN)
    code = certificates.signed(one).code
    assert query.of_number(f"政测证字〔{one.code[:4]}〕第 {one.code[5:]} 号", code).finding is Finding.GENUINE
    assert query.of_number(one.code, "A" * 12).finding is Finding.WRONG_CODE
    with pytest.raises(Unusable, match="理由"):
        certificates.revoke(made.chair, one, " 错 ")
    certificates.revoke(made.chair, one, "案例材料不实")
    found = query.of_file(pdf)
    assert (found.finding, found.altered, found.end and found.end.reason) == (Finding.REVOKED, False, "案例材料不实")
    assert query.of_file(pdf + b" ").altered
    assert query.of_number(one.code, code).finding is Finding.REVOKED
    with pytest.raises(Unusable, match="已撤销"):
        certificates.revoke(made.chair, one, "再撤销一次")


def test_a_body_is_told_of_its_certificate_and_of_its_end() -> None:
    made = a_published_call()
    body = somebody(RoleKind.ASSESSED, scope="某省/县0")
    one, _other = certified(made)
    certificates.revoke(made.chair, one, "案例材料不实")
    told = Notice.objects.filter(person=body.person).order_by("id").values_list("event", "facts__number", "address")
    assert list(told) == [
        ("certificate-issued", one.code, "/my-certificates/"),
        ("certificate-revoked", one.code, "/my-certificates/"),
    ]
    assert Notice.objects.filter(event__startswith="certificate").count() == 2


def test_a_changed_name_takes_a_new_number_and_leads_from_the_old_one() -> None:
    made = a_published_call()
    one = certified(made)[0]
    with pytest.raises(Unusable, match="没有变化"):
        certificates.reissue(made.chair, one, awards.again(one), "单位更名")
    made.cases[0].owner = "新名称县人民政府"
    made.cases[0].save()
    plan = certificates.plan(made.round, awards.of_round(made.round))
    assert ([], [one]) == (plan.new, [old for old, _award in plan.differing])
    again = certificates.reissue(made.chair, one, awards.again(one), "单位更名")
    assert (again.serial, again.holder, again.replaces) == (3, "新名称县人民政府", one)
    found = query.of_number(one.code)
    assert (found.finding, found.certificate and found.certificate.replaced_by) == (Finding.REPLACED, again)
    assert query.of_file(certificates.file_of(made.chair, again)).finding is Finding.GENUINE
    assert certified(made)[-1] == again


def test_a_result_that_is_taken_back_takes_its_certificates_with_it() -> None:
    made = a_published_call()
    one = certified(made)[0]
    case_counts.take_back(made.chair, made.call.counts.get(), "计票有误")
    found = query.of_number(one.code)
    assert (found.finding, found.end and found.end.reason) == (Finding.REVOKED, "评选结果撤回：计票有误")
    with pytest.raises(Unusable, match="不在公布之列"):
        awards.again(one)


def test_what_the_register_does_not_hold_is_told_even_with_our_signature() -> None:
    made = a_published_call()
    one, other = certified(made)
    _key, secret = signing_keys.current(PROGRAM)
    told = said.read(other.statement.encode())
    assert told
    unknown = signing.sign(replace(told, number=Number(2025, 99999).code), secret)
    assert query.of_file(layout.pdf(unknown, secret)).finding is Finding.UNKNOWN
    taken = signing.sign(replace(told, number=one.code), secret)
    assert query.of_file(layout.pdf(taken, secret)).finding is Finding.FORGED
    spoiled = certificates.file_of(made.chair, one).replace(b"%%EOF", b"%%EOF ")
    assert query.of_file(spoiled).finding is Finding.ALTERED


def test_a_row_that_was_tampered_with_is_never_shown_as_genuine() -> None:
    made = a_published_call()
    one = certified(made)[0]
    pdf = certificates.file_of(made.chair, one)
    one.statement = one.statement.replace("优秀创新案例", "特等创新案例")
    one.save()
    assert [query.of_number(one.code).finding, query.of_file(pdf).finding] == [Finding.BROKEN] * 2
    with pytest.raises(Unusable, match="签名不符"):
        certificates.statement(one)


def test_numbers_that_are_none_or_mistyped_are_told_apart() -> None:
    made = a_published_call()
    code = certified(made)[0].code
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    told = {
        code: "known",
        wrong: "mistyped",
        "2024-00001-" + Number(2024, 1).check: "unknown",
        "张三": "no-number",
        "": "no-number",
    }
    assert {one: query.of_number(one).finding.value for one in told} == told


def test_certificates_of_an_earlier_key_stay_genuine_and_can_be_made_again() -> None:
    made = a_published_call()
    one = certified(made)[0]
    before = certificates.file_of(made.chair, one)
    renewed = signing_keys.renew(made.chair, "例行更换")
    after = certificates.file_of(made.chair, one)
    assert before != after
    assert [query.of_file(file).finding for file in (before, after)] == [Finding.GENUINE] * 2
    later = certificates.issue(made.chair, made.round, [an_award(made.round, 7)])[0]
    assert (later.key, one.key == renewed) == (renewed, False)


def test_the_secret_is_kept_from_others_and_its_loss_has_a_remedy(home: Path) -> None:
    made = a_published_call()
    one = certified(made)[0]
    (file,) = (home / certificate_keys.FOLDER).iterdir()
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert not any(file.read_text().strip() in str(row) for row in Change.objects.values())
    file.rename(home / "backup")
    with pytest.raises(Unusable, match="keys --new"):
        certificates.file_of(made.chair, one)
    file.write_text("aa" * 32)
    with pytest.raises(Unusable, match="备份"):
        certificates.file_of(made.chair, one)
    file.unlink()
    signing_keys.renew(made.chair, "私钥已丢失")
    assert query.of_file(certificates.file_of(made.chair, one)).finding is Finding.GENUINE


def test_a_key_of_the_environment_signs_instead(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv(certificate_keys.VARIABLE, "07" * 32)
    made = a_published_call()
    assert query.of_file(certificates.file_of(made.chair, certified(made)[0])).finding is Finding.GENUINE
    assert not (home / certificate_keys.FOLDER).exists()
    with pytest.raises(Unusable, match="环境变量"):
        signing_keys.renew(made.chair, "例行更换")
    monkeypatch.setenv(certificate_keys.VARIABLE, "short")
    with pytest.raises(Unusable, match="64"):
        signing_keys.current(PROGRAM)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_many_are_issued_at_once_from_two_sides_and_no_number_comes_twice() -> None:
    made = a_published_call()
    all_of_them = [an_award(made.round, number) for number in range(90)]
    sides = [all_of_them[:60], all_of_them[30:]]
    signing_keys.current(PROGRAM)

    def issue(side: list[Award]) -> None:
        certificates.issue(PROGRAM, made.round, side)
        connections.close_all()

    threads = [threading.Thread(target=issue, args=(side,)) for side in sides]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [one.serial for one in Certificate.objects.order_by("serial")] == list(range(1, 91))


def test_the_command_line_issues_checks_and_revokes(tmp_path: Path) -> None:
    made = a_published_call()
    assert json.loads(_run("issue", made.round.slug, "--case", "2", "--json")[1])["same"] == 0
    _status, out, warned = _run("issue", made.round.slug, "--cases", "--json")
    told = json.loads(out)
    assert (told["new"], told["same"]) == (1, 1)
    assert "请先设置 GOVGAUGE_URL" in warned
    _run("files", made.round.slug, "--out", str(tmp_path / "out"))
    files = sorted((tmp_path / "out").iterdir())
    rows = json.loads(_run("list", made.round.slug, "--json")[1])
    assert [f"{row['number']}.pdf" for row in rows] == [file.name for file in files]
    public = json.loads(_run("keys", "--json")[1])[0]["public"]
    assert _run("verify", str(files[0]), "--key", public)[0] == 0
    assert _run("verify", str(files[0]))[0] == 0
    assert _run("revoke", rows[0]["number"], "--reason", "材料不实")[0] == 0
    CertificateStep.objects.filter(kind="revoked").update(at=datetime(2026, 1, 1, 17, tzinfo=UTC))
    status, out, _err = _run("verify", str(files[0]), "--json")
    assert (status, json.loads(out)["finding"]) == (1, "revoked")
    assert json.loads(out)["ended"] == "2026-01-02 材料不实"  # the day where the office is
    assert Change.objects.get(verb="certificate.revoke").actor_name
    assert SigningKey.objects.count() == 1


def _run(*arguments: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "govgauge", "certificates", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr
