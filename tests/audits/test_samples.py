"""Every audit, on every labelled sample of its folder."""

import re
import tomllib
from datetime import date
from pathlib import Path

import msgspec
import pytest

from govgauge.audits import catalogue
from govgauge.audits.audit import Audit
from govgauge.audits.measure import Measure, measure
from govgauge.audits.samples import load
from govgauge.gather.artifacts import Exchange, Failure, Purpose
from govgauge.outcomes import Outcome
from govgauge.structure.assemble import assemble
from govgauge.structure.model import SiteFacts
from govgauge.structure.targets import from_exchanges

AUDITS = sorted(catalogue.ROOM.glob("*/audit.py"))
LANGUAGES = ("zh", "en")
SLUG = re.compile(r'(?:slug=|\bslug = |, |return |yield )"([a-z]+(?:-[a-z]+)+)"|slug="([a-z-]+)"')
ID = re.compile(r"[a-z]{2,}(?:[-_][a-z]+)*")
"""A target that is a name of the code."""
"""Slugs as audit.py writes them: as `slug=`, or as a hyphenated word handed on."""

CATALOGUE = Path(__file__).parents[2] / "docs" / "audits.md"


@pytest.mark.parametrize("path", AUDITS, ids=lambda path: path.parent.name)
def test_audit_finds_what_its_samples_hold_and_nothing_else(path: Path) -> None:
    found = measure(_audit(path))
    right = found.expected
    assert found == Measure(
        audit=found.audit,
        samples=found.samples,
        expected=right,
        found=right,
        right=right,
        precision=1.0 if right else None,
        recall=1.0 if right else None,
        misses=(),
    )


@pytest.mark.parametrize("path", AUDITS, ids=lambda path: path.parent.name)
def test_audit_is_shown_faults_and_what_only_looks_like_one(path: Path) -> None:
    samples = [load(sample) for sample in sorted((path.parent / "samples").glob("*.toml"))]
    kinds = {bool(sample.expect) for sample in samples}
    assert kinds == {True, False}, "a folder of samples needs at least one fault and one near miss"
    assert len(samples) >= 4 or sum(len(sample.pages) for sample in samples) >= 10


@pytest.mark.parametrize("path", AUDITS, ids=lambda path: path.parent.name)
def test_audit_has_words_in_both_languages(path: Path) -> None:
    written = tomllib.loads((path.parent / "texts.toml").read_text())
    texts = {language: msgspec.convert(written[language], type=catalogue.Texts) for language in LANGUAGES}
    assert all(text.title and text.passed and text.failure and text.why and text.fix for text in texts.values())
    assert texts["zh"].slugs.keys() == texts["en"].slugs.keys()


@pytest.mark.parametrize("path", AUDITS, ids=lambda path: path.parent.name)
def test_every_finding_of_the_samples_has_its_sentence(path: Path) -> None:
    from govgauge.audits.samples import judge  # noqa: PLC0415  # the name is too plain for the whole file

    audit = _audit(path)
    for sample in sorted((path.parent / "samples").glob("*.toml")):
        for finding in judge(audit, load(sample)).findings:
            for language in LANGUAGES:
                words = catalogue.texts(audit.meta.id, language)
                assert finding.slug in words.slugs, f"{finding.slug} has no sentence in {language}"
                words.slugs[finding.slug].format(page=finding.page, target=finding.target, **finding.data)


@pytest.mark.parametrize("path", AUDITS, ids=lambda path: path.parent.name)
def test_every_slug_of_the_code_has_its_sentence(path: Path) -> None:
    source = path.read_text()
    slugs = {first or second for first, second in SLUG.findall(source)}
    known = catalogue.texts(_audit(path).meta.id, "zh").slugs.keys()
    assert {slug for slug in slugs if f'slug="{slug}"' in source} <= known


@pytest.mark.parametrize("path", AUDITS, ids=lambda path: path.parent.name)
def test_folder_is_named_like_its_audit(path: Path) -> None:
    assert _audit(path).meta.id == path.parent.name.replace("_", "-")


@pytest.mark.parametrize("path", AUDITS, ids=lambda path: path.parent.name)
def test_site_that_kept_us_out_is_accused_of_nothing(path: Path) -> None:
    home = "http://www.a.gov.cn/"
    refused = Exchange(url=home, final_url=home, purpose=Purpose.HOME, status=403, failure=Failure.BLOCKED)
    facts = SiteFacts(home=home, host="www.a.gov.cn", as_of=date(2025, 11, 30), home_ok=False, home_failure="blocked")
    site = assemble(facts, [], from_exchanges([refused, refused]))
    result = catalogue.run_judge(_audit(path), site, _audit(path).meta.params(), [])
    assert (result.outcome, result.findings) == (Outcome.NOT_OBSERVABLE, ())


def test_the_catalogue_names_every_audit_once() -> None:
    assert len(catalogue.all_audits()) == len(AUDITS)


def _audit(path: Path) -> Audit:
    return catalogue.find(path.parent.name.replace("_", "-"))


@pytest.mark.parametrize("path", AUDITS, ids=lambda path: path.parent.name)
def test_what_is_right_is_not_named_by_the_fault(path: Path) -> None:
    words = catalogue.texts(_audit(path).meta.id, "zh")
    assert words.passed not in {words.title, words.failure, words.failure.rstrip("。")}


@pytest.mark.parametrize("path", AUDITS, ids=lambda path: path.parent.name)
def test_no_sentence_says_the_id_of_what_it_is_about(path: Path) -> None:
    from govgauge.audits.samples import judge  # noqa: PLC0415  # the name is too plain for the whole file

    audit = _audit(path)
    for sample in sorted((path.parent / "samples").glob("*.toml")):
        for finding in judge(audit, load(sample)).findings:
            if ID.fullmatch(finding.target) and finding.target not in finding.excerpt:
                sentence = catalogue.texts(audit.meta.id).sentence(finding)
                assert not re.search(rf"(?<![\w./-]){finding.target}(?![\w./-])", sentence)
