"""Numbers of headings, figures and tables are given once, for every writer."""

import pytest
from sample_document import document

from govgauge.reports.document.model import Document, Heading, Paragraph, Run
from govgauge.reports.document.numbering import UnknownName, numbered


def test_headings_figures_tables_and_appendices_are_numbered_in_their_own_rows() -> None:
    whole = numbered(document())

    assert [each.number for each in whole.headings()] == [
        *("第 1 章", "1.1", "第 2 章", "2.1", "2.1.1", "附录 A", "A.1", "附录 B"),
    ]
    assert [each.number for each in whole.blocks if each.place] == ["图 1", "表 1"]


def test_a_reference_tells_the_number_of_what_it_refers_to() -> None:
    paragraph = numbered(document()).blocks[1].block

    assert isinstance(paragraph, Paragraph)
    assert [(run.text, run.to) for run in paragraph.runs if run.to] == [
        ("图 1", "figure-1"),
        ("表 1", "table-1"),
        ("第 1.1 节", "heading-2"),
    ]


def test_a_reference_that_leads_nowhere_is_a_fault_with_a_sentence() -> None:
    with pytest.raises(UnknownName, match="不存在的“nothing”"):
        numbered(Document("题", blocks=(Heading("章"), Paragraph((Run(to="nothing"),)))))


def test_what_no_page_can_show_is_left_out() -> None:
    paragraph = numbered(document()).blocks[1].block

    assert isinstance(paragraph, Paragraph)
    assert not set(paragraph.runs[-1].text) & {"\x00", "\x0b", "\ud800"}
    assert numbered(Document("甲\u202e乙\n丙")).document.title == "甲乙 丙"
