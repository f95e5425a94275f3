"""The Word file: real styles, fields with what they last told, repeated heads; it opens without repair."""

import re
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from msgspec.structs import replace
from sample_document import HOSTILE, document, drawing

from govgauge.reports.document.model import Document, Figure, Heading, Items, Run
from govgauge.reports.document.word import write_word

ORDER = {
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
        suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
        snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
        textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange""",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing
        tblInd tblBorders shd tblLayout tblCellMar tblLook""",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
}
"""ECMA-376, part 1: the children of these elements stand in this order; Word offers to repair where they do not."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("word") / "report.docx"
    write_word(document(), made)
    return made


def parts(path: Path) -> dict[str, etree._Element]:
    with zipfile.ZipFile(path) as archive:
        return {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }


def test_the_order_of_the_standard_is_kept(path: Path) -> None:
    for name, root in parts(path).items():
        for tag, order in ORDER.items():
            for found in root.iter(qn(f"w:{tag}")):
                places = [order.split().index(etree.QName(child).localname) for child in found]
                assert places == sorted(places), (name, etree.tostring(found))


def test_fields_are_closed_and_references_have_their_bookmarks(path: Path) -> None:
    for root in parts(path).values():
        kinds = Counter(mark.get(qn("w:fldCharType")) for mark in root.iter(qn("w:fldChar")))
        assert kinds["begin"] == kinds["separate"] == kinds["end"]
    body = parts(path)["word/document.xml"]
    bookmarks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    wanted = [word for each in body.iter(qn("w:instrText")) for word in re.findall(r"REF (\S+)", each.text or "")]
    wanted += [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]

    assert len(set(bookmarks)) == len(bookmarks)
    assert set(wanted) <= set(bookmarks)
    assert len(wanted) == 3 + 7


def test_captions_are_counted_by_fields_and_told_already(path: Path) -> None:
    captions = [line for line in docx.Document(str(path)).paragraphs if line.style.name == "Caption"]

    assert [line.text for line in captions] == ["图 1　样本", f"表 1　名单 {HOSTILE}"]
    assert "SEQ 表" in etree.tostring(captions[1]._p, encoding="unicode")


def test_contents_are_filled_and_heads_tell_chapter_and_page(path: Path) -> None:
    found = docx.Document(str(path))
    contents = [line for line in found.paragraphs if (line.style.name or "").startswith("toc")]
    xml = etree.tostring(found.element.body, encoding="unicode")
    heads = [etree.tostring(part, encoding="unicode") for name, part in parts(path).items() if "/header" in name]
    feet = [etree.tostring(part, encoding="unicode") for name, part in parts(path).items() if "/footer" in name]

    assert [line.text for line in contents][:3] == ["第 1 章　评估对象", f"1.1　{HOSTILE}", "第 2 章　第二"]
    assert 'w:dirty="true"' in xml
    told = [
        "".join(text for text in etree.fromstring(head.encode()).itertext() if "STYLEREF" not in text) for head in heads
    ]
    assert [head.removesuffix("总报告") for head in told] == [
        *("目录", "第 1 章　评估对象", "第 2 章　第二", "附录 A　名单", "附录 B　另一附录"),
    ]
    assert sum("STYLEREF 1" in head for head in heads) == 2
    assert sum('STYLEREF "附录标题"' in head for head in heads) == 2
    assert all("NUMPAGES" in foot for foot in feet)
    assert "updateFields" not in etree.tostring(parts(path)["word/settings.xml"], encoding="unicode")


def test_ordered_lists_are_lists_of_word_and_each_begins_anew(tmp_path: Path) -> None:
    steps = tuple(Items(((Run("甲"),), (Run("乙"),)), ordered=True) for _ in range(2))
    write_word(Document("步骤", blocks=(Heading("章"), *steps)), tmp_path / "steps.docx")
    found = docx.Document(str(tmp_path / "steps.docx"))
    lines = [line for line in found.paragraphs if line.style.name == "List Number"]
    numbers = [line._p.pPr.numPr.numId.val for line in lines]

    assert [line.text for line in lines] == ["甲", "乙"] * 2
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


def test_where_chapters_share_pages_only_word_tells_which_one_it_is(tmp_path: Path) -> None:
    """What another program shows of a field that it does not know would be the first chapter on every page."""
    whole = replace(document(), new_pages=False)
    write_word(whole, tmp_path / "short.docx")
    heads = [root for name, root in parts(tmp_path / "short.docx").items() if "/header" in name]

    assert ["".join(run.text or "" for run in head.iter(qn("w:t"))) for head in heads] == [
        *("目录总报告", "　总报告", "　总报告"),
    ]


def test_head_rows_repeat_and_pictures_are_fine_and_described(path: Path) -> None:
    found = docx.Document(str(path))
    (table,) = found.tables
    heads = [row for row in table._tbl.tr_lst if row.find(f".//{qn('w:tblHeader')}") is not None]
    (shape,) = found.inline_shapes
    picture = found.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed].image

    assert len(heads) == 2
    assert picture.px_width / (shape.width / 914400) >= 200
    assert shape._inline.docPr.get("descr") == "条形图：甲 12 个"


def test_pictures_have_ids_of_their_own(tmp_path: Path) -> None:
    several = Document("图", blocks=tuple(Figure(drawing(), "图", f"第 {place} 幅") for place in range(45)))
    write_word(several, tmp_path / "pictures.docx")
    shapes = docx.Document(str(tmp_path / "pictures.docx")).inline_shapes

    assert [shape._inline.docPr.get("id") for shape in shapes] == [str(place) for place in range(1, 46)]
    assert [shape._inline.docPr.get("descr") for shape in shapes] == [f"第 {place} 幅" for place in range(45)]


def test_headings_are_those_of_word_with_east_asian_faces(path: Path) -> None:
    found = docx.Document(str(path))

    assert [(line.style.name, line.text) for line in found.paragraphs if "eading" in (line.style.name or "")] == [
        *(("Heading 1", "评估对象"), ("Heading 2", HOSTILE), ("Heading 1", "第二"), ("Heading 2", "节")),
        *(("Heading 3", "目"), ("Heading 2", "附节")),
    ]
    assert [line.text for line in found.paragraphs if line.style.name == "附录标题"] == ["名单", "另一附录"]
    for name, face in (("Normal", "宋体"), ("Heading 1", "黑体")):
        assert found.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) == face


def test_a_document_of_a_title_alone_is_a_word_file(tmp_path: Path) -> None:
    write_word(Document("空"), tmp_path / "empty.docx")

    assert docx.Document(str(tmp_path / "empty.docx")).paragraphs[1].text == "空"


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_tells_the_same_numbers(path: Path, tmp_path: Path) -> None:
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to"),
            *("txt:Text (encoded):UTF8", "--outdir", tmp_path, path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    text = (tmp_path / "report.txt").read_text(encoding="utf-8")

    for wanted in (
        "第 1 章 评估对象",
        "1.1 ",
        "2.1.1 目",
        "附录 A 名单",
        "A.1 附节",
        "附录 B 另一附录",
        "见图 1、表 1和第 1.1 节",
    ):
        assert wanted in text
