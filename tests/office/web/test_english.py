"""The pages in English: nothing is left in Chinese but what comes from outside."""

import re
import runpy
from pathlib import Path

import seeded
from django.conf import settings
from django.test import Client

from govgauge.web import display

MESSAGES = runpy.run_path(str(Path(__file__).parents[3] / "tools" / "messages.py"))
CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def test_every_text_has_its_english_and_the_compiled_catalogue_is_of_today() -> None:
    texts, known = set(MESSAGES["collected"]()), MESSAGES["english"]()
    assert {text for text in texts if not known.get(text)} == set()
    assert set(known) == texts, "run: .venv/bin/python tools/messages.py"
    catalogue = MESSAGES["made"](dict(sorted(known.items())))
    assert (MESSAGES["FOLDER"] / "django.mo").read_bytes() == MESSAGES["compiled"](catalogue)


def test_placeholders_are_the_same_in_both_languages() -> None:
    for text, words in MESSAGES["english"]().items():
        assert sorted(re.findall(r"%\(\w+\)s", text)) == sorted(re.findall(r"%\(\w+\)s", words)), text


def test_no_chinese_is_left_on_english_pages(english: Client) -> None:
    round_ = seeded.a_round(title="Round 2025")
    entry = seeded.an_entry(round_, "Town", parent="Province", group="Towns")
    seeded.a_job(entry, "failed", attempts=4, reason="超过时限 3900 秒，已终止 (killed after its time limit)")
    seeded.a_result(entry)
    seeded.a_finding(entry, excerpt="excerpt")
    for address in (
        "/",
        "/rounds/r/",
        "/rounds/r/jobs/",
        "/rounds/r/entries/",
        f"/rounds/r/entries/{entry.id}/",
        "/scanner",
        "/rounds/x/",
        "/people/",
        "/people/invitations/new",
        "/people/1/",
        "/trail/",
        "/accounts/sessions/",
        "/accounts/2fa/",
    ):
        page = english.get(address).content.decode()
        assert 'lang="en"' in page
        assert CHINESE.findall(re.sub(r"简体中文|某人\d+", "", page)) == [], address


def test_the_languages_that_can_be_chosen_are_those_that_pages_have() -> None:
    assert set(display.HTML_NAMES) == {code for code, _name in settings.LANGUAGES}
