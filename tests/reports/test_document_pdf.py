"""The PDF: tagged, with fonts in it, bookmarks, pages x / y; hostile names stand as they are."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from sample_document import HOSTILE, document

from govgauge.reports.document.model import Document, Heading
from govgauge.reports.document.pdf import write_pdf

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")


def text_of(path: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    write_pdf(document(), path)
    return path


@needs_poppler
def test_every_block_stands_in_the_pdf_and_nothing_is_read_as_markup(pdf: Path) -> None:
    text = text_of(pdf)

    tight = re.sub(r"\s+", "", text)
    for wanted in (
        "第1章",
        "1.1",
        "图1",
        "表1",
        "单位69",
        "初步结果",
        "附录B",
        "目录",
        "预发布稿",
        "见图1、表1和第1.1节",
    ):
        assert wanted in tight
    assert tight.count("$1/0$<w:p/>&]]>{{7*7}}<script>") > 70
    assert re.sub(r"\s+", "", HOSTILE) in tight


@needs_poppler
def test_pages_are_told_as_one_of_all_and_heads_tell_the_chapter(pdf: Path) -> None:
    pages = text_of(pdf).split("\f")[:-1]

    feet = [re.sub(r"\s", "", page.rstrip().splitlines()[-1]) for page in pages]
    assert feet[1:] == [f"{number}/{len(pages)}" for number in range(2, len(pages) + 1)]
    assert "/" not in feet[0]
    assert "附录 B" in pages[-1].splitlines()[0]


@needs_poppler
def test_head_rows_are_repeated_on_every_page_of_a_table(pdf: Path) -> None:
    pages = [page for page in text_of(pdf).split("\f") if "单位" in page]

    assert len(pages) > 1
    assert all("名次" in page and "得分" in page for page in pages)


@needs_poppler
def test_the_pdf_is_tagged_titled_and_holds_its_fonts(pdf: Path) -> None:
    told = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    fonts = subprocess.run(["pdffonts", pdf], check=True, capture_output=True, text=True).stdout.splitlines()[2:]

    assert re.search(r"Tagged:\s+yes", told)
    assert "总报告" in told
    assert {re.split(r"\s+", line)[-5] for line in fonts} == {"yes"}
    assert any("NotoSansSC" in line for line in fonts)
    assert any("NotoSerifSC" in line for line in fonts)
    assert b"pdfuaid" in pdf.read_bytes()


@needs_poppler
def test_a_head_tells_the_first_chapter_that_begins_on_its_page(tmp_path: Path) -> None:
    several = Document("短", new_pages=False, blocks=(Heading("甲章"), Heading("乙章"), Heading("丙章")))
    write_pdf(several, tmp_path / "short.pdf")

    last = text_of(tmp_path / "short.pdf").split("\f")[-2]
    assert "甲章" in last.splitlines()[0]
    assert "丙章" in last


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.pdf", "other.pdf"):
        write_pdf(document(), tmp_path / name)

    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "other.pdf").read_bytes()


def test_a_document_of_a_title_alone_is_laid_out(tmp_path: Path) -> None:
    write_pdf(Document("空"), tmp_path / "empty.pdf")
    write_pdf(Document("", blocks=(Heading(""),)), tmp_path / "nameless.pdf")

    assert (tmp_path / "empty.pdf").stat().st_size > 1000
