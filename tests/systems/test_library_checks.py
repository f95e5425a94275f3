"""What the checks of the whole library hand to the audits is what these know."""

import tomllib

import pytest

from govgauge.audits.catalogue import all_audits, params_of
from govgauge.systems import library
from govgauge.systems.model import Check

SYSTEMS = [library.system(name) for name in library.system_ids()]
WITH_PARAMS = [
    pytest.param(check, id=f"{system.id}/{check.id}") for system in SYSTEMS for check in system.checks() if check.params
]


@pytest.mark.parametrize("check", WITH_PARAMS)
def test_parameters_of_a_check_are_ones_its_audit_knows(check: Check) -> None:
    audit = all_audits().get(check.audit or "")
    if audit is not None:
        params_of(audit, check.params)


def test_topics_asked_for_are_ones_the_audit_knows() -> None:
    topics = all_audits()["disclosure-column"].folder / "topics.toml"
    known = set(tomllib.loads(topics.read_text(encoding="utf-8")))
    asked = [check.params["topics"] for system in SYSTEMS for check in system.checks() if "topics" in check.params]
    assert {topic for names in asked for topic in names} <= known  # type: ignore[attr-defined]
