"""Documents of a publication: made once, recorded, gone on with after whatever ended the work."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from answered import somebody
from django.test import override_settings
from django.utils import timezone
from published import a_frozen_round, a_publication

from govgauge.errors import Unusable
from govgauge.office.domain import publication_documents, publications, publishing_runs
from govgauge.office.domain.acting import PROGRAM, NotAllowed
from govgauge.office.domain.publishing_runs import Asked
from govgauge.office.models import Change, Publication, PublishedDocument, PublishingRun, PublishingTask, RoleKind
from govgauge.office.open_data import making
from govgauge.office.open_data.found import version_of
from govgauge.office.queries.publications import all_documents, documents
from govgauge.reports.about import Shows
from govgauge.reports.diagnosis import making as diagnoses
from govgauge.reports.edition import edition

pytestmark = pytest.mark.usefixtures("office_home")
SCOPES = {RoleKind.ASSESSED: "甲县", RoleKind.SUPERVISOR: "某省"}
DIAGNOSES = Asked(kinds=("diagnosis",), forms=("html",))


@pytest.fixture
def office_home(office: Path) -> Iterator[None]:
    """The folder of the office as the pages know it."""
    with override_settings(HOME=office):
        yield


def made(publication: Publication) -> list[tuple[str, str, str]]:
    rows = publication.documents.select_related("published").order_by("file")
    return [(row.kind, row.form, row.published.name if row.published else "") for row in rows]


def test_each_document_is_recorded_with_its_file() -> None:
    publication = a_publication()
    count = publication_documents.make(PROGRAM, publication, forms=("html",), workers=1)
    kinds = ["ai", "cleanup", "disclosure", "new-media", "qa", "search"]
    assert sorted(made(publication)) == sorted(
        [("diagnosis", "html", name) for name in ("甲县", "乙县", "丙县")]
        + [("general", "html", "")]
        + [(f"special-{kind}", "html", "") for kind in kinds]
    )
    assert count == publication.documents.count() == 10
    for row in publication.documents.all():
        assert publication_documents.path_of(row).stat().st_size == row.size
    assert Change.objects.filter(verb="publication.documents").get().after == {"documents": 10}


def test_what_is_there_is_not_made_again_and_what_is_lost_is() -> None:
    publication = a_publication()
    kept = {"wanted": ("diagnosis", "general"), "forms": ("html",), "workers": 1}
    publication_documents.make(PROGRAM, publication, **kept)  # type: ignore[arg-type]
    files = {row.file: publication_documents.path_of(row) for row in publication.documents.all()}
    times = {name: path.stat().st_mtime_ns for name, path in files.items()}
    lost = next(path for name, path in files.items() if "乙县" in name)
    lost.unlink()
    publication_documents.make(PROGRAM, publication, **kept)  # type: ignore[arg-type]
    assert publication.documents.count() == len(files)
    assert [name for name, path in files.items() if path.stat().st_mtime_ns != times[name]] == [
        name for name in files if "乙县" in name
    ]


def test_reports_of_another_edition_are_made_anew_and_the_old_ones_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    publication = a_publication({"甲县": "0.5"})
    asked = {"wanted": ("general", "diagnosis"), "forms": ("html",), "workers": 1}
    publication_documents.make(PROGRAM, publication, **asked)  # type: ignore[arg-type]
    (first,) = all_documents(publication)
    own = publication.documents.get(kind="diagnosis")
    assert first.made_of == publication_documents.made_of(publication)
    text = publication_documents.path_of(first).read_text("utf-8")
    assert f"报告程序 {edition()}" in text
    time.sleep(0.01)
    for module in (publication_documents, diagnoses):
        monkeypatch.setattr(module, "edition", lambda: "0.2.0-aaaaaaaa")
    for _again in range(2):
        publication_documents.make(PROGRAM, publication, **asked)  # type: ignore[arg-type]
    old, new = all_documents(publication).order_by("id")
    assert (old.pk, old.made_of != new.made_of, documents(publication)) == (first.pk, True, [new])
    assert publication_documents.path_of(old).read_text("utf-8") == text
    made_at = own.made_at
    own.refresh_from_db()
    assert own.made_at > made_at
    assert publication.documents.filter(kind="diagnosis").count() == 1


def test_only_administrators_make_documents_and_only_of_versions_that_are_read() -> None:
    publication = a_publication()
    for kind in RoleKind:
        if kind is not RoleKind.ADMINISTRATOR:
            with pytest.raises(NotAllowed):
                publishing_runs.begin_documents(somebody(kind, scope=SCOPES.get(kind, "")), publication, DIAGNOSES)
    publications.withdraw(PROGRAM, publication, "结果有误")
    publication.refresh_from_db()
    with pytest.raises(Unusable, match="已撤回"):
        publishing_runs.begin_documents(PROGRAM, publication, DIAGNOSES)
    with pytest.raises(Unusable, match="odt"):
        publication_documents.make(PROGRAM, a_publication(slug="s"), forms=("odt",))


def test_a_version_is_prepared_beside() -> None:
    round_ = a_frozen_round({"甲县": "0.5", "乙县": "1"})
    asked = Asked(shows=Shows(ranks=False), issuer="评估办公室", note="第一版")
    run = publishing_runs.carry_out(publishing_runs.begin_prepare(PROGRAM, round_, asked).pk)
    assert (run.failure, run.task) == ("", PublishingTask.PREPARE)
    assert run.publication is not None
    assert publications.material_of(run.publication).about.shows == Shows(ranks=False)
    assert run.publication.steps.get().note == "第一版"


def test_files_of_open_data_are_there_before_a_version_is_public_and_go_when_it_is_given_up() -> None:
    round_ = a_frozen_round(dict.fromkeys(("甲县", "乙县"), "1"))
    run = publishing_runs.begin_prepare(PROGRAM, round_, Asked())
    prepared = publishing_runs.carry_out(run.pk).publication
    assert prepared is not None
    one = version_of(prepared)
    assert [name for name in making.file_names(one) if making.made(one, name) is None] == []
    publications.discard(PROGRAM, prepared, "重新准备")
    assert [path.name for path in one.material.folder.iterdir() if path.is_dir()] == []


def test_one_run_at_a_time_and_one_that_fell_silent_is_given_up() -> None:
    publication = a_publication()
    first = publishing_runs.begin_documents(PROGRAM, publication, DIAGNOSES)
    with pytest.raises(Unusable, match="正在"):
        publishing_runs.begin_documents(PROGRAM, publication, DIAGNOSES)
    PublishingRun.objects.update(beat_at=timezone.now() - timedelta(minutes=2))
    second = publishing_runs.begin_documents(PROGRAM, publication, DIAGNOSES)
    first.refresh_from_db()
    assert first.ended_at is not None
    assert "中断" in first.failure
    assert publishing_runs.carry_out(second.pk, workers=1).failure == ""
    assert not publishing_runs.is_under_way(publishing_runs.last(publication.round))


def test_a_run_that_cannot_be_done_says_why() -> None:
    publication = a_publication()
    run = publishing_runs.begin_documents(PROGRAM, publication, DIAGNOSES)
    (publications.home() / publication.folder / "about.json").unlink()
    assert "about.json" in publishing_runs.carry_out(run.pk, workers=1).failure


def test_killed_in_the_middle_it_goes_on(office: Path) -> None:
    names = {f"{number}县": "0.5" for number in range(40)}
    publication = a_publication(names)
    folder = publications.home() / publication.folder / "documents/diagnoses"
    command = [sys.executable, "-m", "govgauge", "publish", "documents", "r", "--home", str(office)]
    command += ["--kind", "diagnosis", "--format", "html", "--workers", "2"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 90
    while not PublishedDocument.objects.exists() and time.monotonic() < deadline:
        if len(list(folder.glob("*/*.html"))) >= 10:
            break
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    running.wait()
    before = {path: path.stat().st_mtime_ns for path in folder.glob("*/*.html")}
    assert len(before) >= 10
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    assert publication.documents.count() == len(list(folder.glob("*/*.html"))) == 40
    unchanged = [path for path, then in before.items() if path.stat().st_mtime_ns == then]
    assert len(unchanged) >= len(before) - 2  # a process of the killed one may have finished a file while it died
