"""Doing everything once before processes are forked for sites: what is loaded and compiled then serves all of them."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from importlib import import_module
from pathlib import Path

from govgauge.assessment.reader import ReaderFactory, settle
from govgauge.audits.catalogue import all_audits
from govgauge.audits.samples import judge, load
from govgauge.errors import GovgaugeError
from govgauge.scoring.score import score
from govgauge.structure.page import ReadContext
from govgauge.systems import library

SAMPLES = 3
"""Samples of each audit that are judged; together they stir nearly every pattern and word list."""
OWN_RULES = "early-warning"


def rehearse(systems: Iterable[tuple[str, str]], rules: Iterable[str]) -> None:
    """Judge some samples of every audit, and load systems (with a profile each) and rule sets."""
    import_module("govgauge.assessment.concluding")
    import_module("govgauge.gather.visit")
    context = ReadContext(home="http://www.example.gov.cn/", host="www.example.gov.cn", as_of=date(2025, 1, 1))
    ReaderFactory(Path(), context, {}).warm()
    for audit in all_audits().values():
        for path in sorted((audit.folder / "samples").glob("*.toml"))[:SAMPLES]:
            judge(audit, load(path))
    with suppress(GovgaugeError):  # what is amiss is said where it matters: in the job
        for name in {OWN_RULES, *rules}:
            library.rule_set(name)
        for name, profile in systems:
            score(library.system(name), profile, {})
    settle()
