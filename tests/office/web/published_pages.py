"""Rounds that are public, as pages of the portal show them: with regions, findings, a document, and the year before."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import msgspec
from answered import a_round, an_entry
from judged_sheets import a_finding
from published import AUTO, freeze
from scored import judged

from govgauge.office import sheets
from govgauge.office.domain import publications
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import (
    Judgement,
    Publication,
    PublicSubject,
    PublishedDocument,
    Result,
    Round,
)
from govgauge.office.sheets import Found
from govgauge.reports.about import Shows

PDF = b"%PDF-1.7\n"
VALUES = {"甲县": "0.5", "乙县": "1", "丙县": "0"}


def a_frozen_round(
    subjects: Mapping[str, str], slug: str, *, year: int = 2025, findings: Sequence[Found] = (), region: str = "江苏省"
) -> Round:
    """Counties of one region, each with one value for all its checks; the first has the findings."""
    made = a_round(slug)
    made.as_of = date(year, 11, 30)
    made.title = f"{year} 年评估"
    made.save()
    for number, (name, value) in enumerate(subjects.items()):
        entry = an_entry(made, name, region=region)
        judged(entry, dict.fromkeys(AUTO, value))
        if findings and not number:
            row = Judgement.objects.get(entry=entry, current=True)
            kept = sheets.packed(msgspec.structs.replace(sheets.unpacked(row.body), findings=tuple(findings)))
            Judgement.objects.filter(pk=row.pk).update(body=kept.body, digest=kept.digest)
            Result.objects.filter(entry=entry).update(findings=len(findings))
    made.jobs.update(state="done")
    freeze(made)
    return made


def prepared(round_: Round, *, shows: Shows | None = None, note: str = "", issuer: str = "评估办公室") -> Publication:
    """A version that nobody outside sees yet."""
    return publications.prepare(PROGRAM, round_, shows=shows, note=note, issuer=issuer)


def published(
    subjects: Mapping[str, str] = VALUES,
    slug: str = "p",
    *,
    shows: Shows | None = None,
    year: int = 2025,
    findings: Sequence[Found] = (),
) -> Publication:
    """A version that everybody sees."""
    round_ = a_frozen_round(subjects, slug, year=year, findings=findings)
    return publications.publish(PROGRAM, prepared(round_, shows=shows))


def a_document(made: Publication, title: str, kind: str = "general") -> PublishedDocument:
    """A report of a publication."""
    path = publications.home() / made.folder / f"{kind}.pdf"
    path.write_bytes(PDF)
    return PublishedDocument.objects.create(
        publication=made, kind=kind, form="pdf", title=title, file=path.name, size=len(PDF), sha256="0" * 64
    )


def portal_ids(text: str) -> dict[str, int]:
    """A round of which everybody reads, with a text wherever it tells one: the numbers of what has a page."""
    plain = text[:60].replace("/", "／")
    faults = [a_finding(f"http://a.test/{n}", text) for n in (1, 2)]
    round_ = a_frozen_round({plain: "0.5", "公布县": "1"}, "p", findings=faults)
    made = publications.publish(PROGRAM, prepared(round_, note=text, issuer=text), text)
    return {
        "subject": PublicSubject.objects.get(name=plain).pk,
        "published_file": a_document(made, plain).pk,
        "group": 1,
    }
