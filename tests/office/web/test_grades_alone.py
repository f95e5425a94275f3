"""Where only grades are told, nothing public depends on who of a grade has more points.

Two rounds differ in this alone: two bodies of one grade have changed their answers. Everything that anybody can read is
read of both, and must be the same; where points are told it is not.
"""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from answered import a_round, an_entry
from django.db import transaction
from django.test import Client
from judged_sheets import a_finding
from msgspec.structs import replace
from published import freeze
from scored import judged

from govgauge.office import sheets
from govgauge.office.domain import publication_documents, publications
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import Judgement, PublicSubject, PublishedSubject, Result
from govgauge.office.open_data import found, paging
from govgauge.reports.about import Shows
from govgauge.reports.diagnosis.details import details_of
from govgauge.reports.diagnosis.document import diagnosis
from govgauge.reports.diagnosis.peers import Peers
from govgauge.reports.diagnosis.subject import Diagnosed
from govgauge.systems import library
from govgauge.web.portal.search import building

pytestmark = pytest.mark.usefixtures("settings_home")
CHECKS = [one.id for one in library.system("2025-digital-government").checks()]
SYSTEM, GROUP = "2025-digital-government", "provinces"
BODIES = {"浙江省": "0.95", "山东省": "0.8", "四川省": "0.84", "青海省": "0.6"}
SWAPPED = {**BODIES, "山东省": "0.84", "四川省": "0.8"}
VARYING = re.compile(
    r"[0-9a-f]{64}|(?<=结果表 )[0-9a-f]{12}|[0-9a-f]{16}(?=…)|"
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?|"
    r'"bytes": ?\d+|byteSize[^,}]*|[0-9.,]+\xa0(KB|MB|bytes|字节)'
)
"""Sums, times and sizes: they are of the whole round, or of when it was made."""
TABLES = ("results", "indicators", "checks", "findings", "groups", "cases")
PAGES = (
    *("/portal/", "/portal/rounds/p/", "/portal/rounds/p/versions/1/", "/portal/feed.xml", "/sitemap-1.xml"),
    *(f"/portal/rounds/p/groups/1/{asked}" for asked in ("", "?sort=index", "?sort=-top0", "?sort=-place", "?with=o")),
    *("/portal/rounds/p/groups/1/?format=csv", "/portal/rounds/p/map/", "/portal/rounds/p/map/?show=mean"),
    *("/portal/search/?q=山东省", "/portal/search/?q=四川", "/portal/search/suggest?q=山", "/portal/subjects/"),
    *("/open-data/", "/open-data/p/1/", "/open-data/p/1/about.json", "/open-data/catalog.jsonld"),
    *(f"/open-data/p/1/{table}.{form}" for table in TABLES for form in ("csv", "json")),
    *(f"/api/v1/rounds/p/versions/1{rest}" for rest in ("", "/documents", *(f"/{table}" for table in TABLES))),
    "/api/v1/subjects",
)


def test_nothing_tells_which_of_two_equals_in_grade_is_the_better(anonymous: Client, office: Path) -> None:
    first, second = (dict(everything(anonymous, office, values, Shows())) for values in (BODIES, SWAPPED))
    assert len(first) > 40
    assert {address for address in first if first[address] != second[address]} == set()
    assert "优秀" in first["/portal/rounds/p/groups/1/"]
    assert {one for one in first if one.endswith(("checks.csv", "indicators.csv", "findings.csv"))} == set()


def test_the_same_reading_sees_points_where_they_are_told(anonymous: Client, office: Path) -> None:
    first, second = (
        dict(everything(anonymous, office, values, Shows(points=True), documents=False)) for values in (BODIES, SWAPPED)
    )
    other = {address for address in first if first[address] != second[address]}
    assert {"/portal/rounds/p/groups/1/", "/portal/rounds/p/map/", "/open-data/p/1/results.csv"} <= other
    assert {"/open-data/p/1/checks.json", "/api/v1/rounds/p/versions/1/indicators"} <= other


def everything(
    client: Client, office: Path, values: dict[str, str], shows: Shows, *, documents: bool = True
) -> Iterator[tuple[str, str]]:
    """What can be read of a round, by its address; afterwards the round is gone."""
    with transaction.atomic():
        a_published(values, shows)
        numbers = {name: PublicSubject.objects.get(name=name).pk for name in BODIES}
        compared = "&".join(f"s={numbers[name]}" for name in ("山东省", "四川省", "青海省"))
        addresses = [
            *PAGES,
            f"/portal/rounds/p/groups/1/compare/?{compared}",
            *(f"/portal/subjects/{number}/" for number in numbers.values()),
            *(f"/api/v1/subjects/{number}" for number in numbers.values()),
        ]
        for address in addresses:
            answer = client.get(address)
            if answer.status_code == 200:
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
                yield address, VARYING.sub("*", body.decode())
        parquet = b"".join(client.get("/open-data/p/1/results.parquet").streaming_content)  # type: ignore[attr-defined]
        yield "parquet", str(pl.read_parquet(parquet).to_dicts())
        if documents:
            yield from reports()
        transaction.set_rollback(True)
    for one in ("publications", "search"):
        shutil.rmtree(office / one)
    for kept in (found.material_at, found.numbers, paging._index):
        kept.cache_clear()


def a_published(values: dict[str, str], shows: Shows) -> None:
    """A round of provinces, and the one before it, in which all were alike."""
    for slug, year, told in (("o", 2024, dict.fromkeys(BODIES, "0.7")), ("p", 2025, values)):
        made = a_round(slug)
        made.as_of, made.title = date(year, 11, 30), f"{year} 年评估"
        made.save()
        for name, value in told.items():
            facts = {"key": name, "parent": "", "region": name, "system": SYSTEM, "profile": SYSTEM[5:]}
            entry = an_entry(made, name, group=GROUP, **facts)
            judged(entry, dict.fromkeys(CHECKS, value))
            if value == "0.8":  # found where most was lost
                row = Judgement.objects.get(entry=entry, current=True)
                faults = (a_finding(f"http://{name}.test/1"),)
                kept = sheets.packed(replace(sheets.unpacked(row.body), findings=faults))
                Judgement.objects.filter(pk=row.pk).update(body=kept.body, digest=kept.digest)
                Result.objects.filter(entry=entry).update(findings=1)
        made.jobs.update(state="done")
        freeze(made)
        prepared = publications.prepare(PROGRAM, made, shows=shows, issuer="评估办公室")
        publications.publish(PROGRAM, prepared)
    building.renew()


def reports() -> Iterator[tuple[str, str]]:
    """Reports, the record, and the diagnosis of one who is neither of the two."""
    made = publications.current("p")
    assert made is not None
    publication_documents.make(PROGRAM, made, wanted=("general", "special"), forms=("html",))
    for row in made.documents.all():
        yield row.kind, VARYING.sub("*", publication_documents.path_of(row).read_text())
    material = publications.material_of(made)
    peers = Peers(material, material.fields[0])
    for name in ("浙江省", "青海省"):
        one = Diagnosed(peers, name, details_of(material, peers.field, [name])[name])
        yield f"diagnosis of {name}", VARYING.sub("*", repr(diagnosis(one)))
    columns = ("name", "place", "index", "total_low", "total_high", "rank", "grade", "findings", "tops", "body")
    yield "records", str(list(PublishedSubject.objects.filter(publication=made).values_list(*columns)))
