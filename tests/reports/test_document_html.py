"""The HTML: one file with everything in it, all text escaped."""

from pathlib import Path

import pytest
import turbohtml
from sample_document import HOSTILE, document

from govgauge.reports.document.html import write_html


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> turbohtml.Document:
    path: Path = tmp_path_factory.mktemp("html") / "report.html"
    write_html(document(), path)
    return turbohtml.parse(path.read_text(encoding="utf-8"))


def test_nothing_in_a_name_becomes_an_element(page: turbohtml.Document) -> None:
    assert page.select("script") == []
    assert HOSTILE in page.select("h3.section")[0].text
    assert len(page.select("td")) == 70 * 3


def test_references_lead_to_what_they_name(page: turbohtml.Document) -> None:
    targets = {link.attrs["href"] for link in page.select("a") if str(link.attrs["href"]).startswith("#")}

    assert {"#figure-1", "#table-1", "#heading-2"} <= targets
    for target in targets:
        assert len(page.select(target)) == 1


def test_pictures_have_words_for_those_who_cannot_see_and_need_nothing_beside(page: turbohtml.Document) -> None:
    (picture,) = page.select("img")

    assert picture.attrs["alt"] == "条形图：甲 12 个"
    assert str(picture.attrs["src"]).startswith("data:image/svg+xml;base64,")
