"""Publications: made from what was frozen, seen by nobody before they are public, replaced and taken back."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from answered import a_round, an_entry, somebody
from django.test import override_settings
from judged_sheets import a_finding
from msgspec.structs import replace
from published import AUTO, a_frozen_round, a_publication, find, freeze
from scored import judged

from govgauge.errors import Unusable
from govgauge.office import publication_files, published_rows
from govgauge.office.domain import entries, publications
from govgauge.office.domain.acting import PROGRAM, NotAllowed
from govgauge.office.lines import Line
from govgauge.office.models import (
    Change,
    Entry,
    Publication,
    PublicationState,
    PublicSubject,
    PublishedSubject,
    Result,
    RoleKind,
    Round,
)
from govgauge.office.published_rows import unpacked
from govgauge.office.queries.judged import tables_hash
from govgauge.office.tables.columns import CHECKS
from govgauge.reports.about import Shows
from govgauge.systems import library

pytestmark = pytest.mark.usefixtures("office_home")


@pytest.fixture
def office_home(office: Path) -> Iterator[None]:
    """The folder of the office as the pages know it."""
    with override_settings(HOME=office):
        yield


def prepared(round_: Round, shows: Shows | None = None) -> Publication:
    return publications.prepare(PROGRAM, round_, shows=shows)


def row_of(name: str) -> PublishedSubject:
    return PublishedSubject.objects.get(name=name)


def test_subjects_stand_by_rank_with_their_numbers() -> None:
    made = a_publication({"甲县": "0.5", "乙县": "1", "丙县": "0"})
    found = PublishedSubject.objects.filter(publication=made).order_by("place")
    assert [(one.name, one.rank, one.rank_number) for one in found] == [
        ("乙县", "1", 1),
        ("甲县", "2", 2),
        ("丙县", "3", 3),
    ]
    assert [one.index for one in found] == [1.0, 0.5, 0.0]
    assert found[0].tops == [[1.0, 1.0]] * 6
    assert made.subjects == 3
    assert made.state == PublicationState.PUBLIC


def test_a_group_tells_what_holds_of_all() -> None:
    made = a_publication({"甲县": "0.5", "乙县": "1", "丙县": "0"})
    group = made.groups.get()
    whole = group.facts["spreads"][0]
    assert (whole["mean"], whole["minimum"], whole["maximum"], whole["known"]) == (0.5, 0.0, 1.0, 3)
    assert group.facts["best_of"][""] == {"count": 1, "subjects": ["某省/乙县"]}


def test_files_tell_the_same_as_the_rows() -> None:
    made = a_publication()
    material = publications.material_of(made)
    (field,) = material.fields
    assert dict(zip(field.values.subjects, field.assessed.index("").tolist(), strict=True)) == {
        "某省/甲县": 0.5,
        "某省/乙县": 1.0,
        "某省/丙县": 0.0,
    }
    assert field.values.open_cells() == 0
    body = unpacked(row_of("甲县").body)
    assert len(body.indicators) == len(field.values.codes)
    assert len(body.checks) == len(field.answers.codes)
    assert {one.value for one in body.checks} == {0.5}


def test_nothing_is_prepared_before_the_round_is_frozen() -> None:
    round_ = a_frozen_round({"甲县": "1"})
    Round.objects.update(state="open")
    round_.refresh_from_db()
    with pytest.raises(Unusable, match="round freeze r"):
        prepared(round_)


def test_tables_that_changed_since_are_not_published() -> None:
    round_ = a_frozen_round({"甲县": "1"})
    Entry.objects.update(region="某省")
    with pytest.raises(Unusable, match="round verify"):
        prepared(round_)
    assert not Publication.objects.exists()


def test_a_version_that_was_prepared_before_another_freeze_is_not_published() -> None:
    round_ = a_frozen_round({"甲县": "1"})
    made = prepared(round_)
    Round.objects.update(tables_hash="1" * 64)
    with pytest.raises(Unusable, match="重新准备"):
        publications.publish(PROGRAM, made)


def test_a_new_version_replaces_the_one_before_and_each_can_be_taken_back() -> None:
    first = a_publication()
    second = publications.publish(PROGRAM, prepared(first.round))
    first.refresh_from_db()
    assert (first.state, second.state, second.number) == ("replaced", "public", 2)
    assert publications.current("r") == second
    with pytest.raises(Unusable, match="理由"):
        publications.withdraw(PROGRAM, second, " ")
    publications.withdraw(PROGRAM, second, "名单有误，更正后重新公布")
    assert publications.current("r") is None
    assert [step.kind for step in second.steps.order_by("id")] == ["prepared", "public", "withdrawn"]
    assert second.steps.order_by("id").last().note == "名单有误，更正后重新公布"
    verbs = list(Change.objects.filter(topic="Publication").order_by("id").values_list("verb", flat=True))
    assert verbs[-2:] == ["publication.public", "publication.withdrawn"]


def test_only_who_runs_the_round_publishes() -> None:
    made = a_publication()
    for kind in (RoleKind.REVIEWER, RoleKind.ADJUDICATOR, RoleKind.COLLECTOR, RoleKind.OBSERVER):
        with pytest.raises(NotAllowed):
            publications.withdraw(somebody(kind), made, "没有理由")
        with pytest.raises(NotAllowed):
            publications.prepare(somebody(kind), made.round)
    assert publications.withdraw(somebody(RoleKind.ADMINISTRATOR), made, "更正名单").state == "withdrawn"


def test_findings_that_would_invite_misuse_are_told_to_nobody() -> None:
    told = a_finding("http://a.gov.cn/1")
    kept = replace(a_finding("http://a.gov.cn/2", "330102…"), audit="personal-data-leak")
    made = prepared(a_frozen_round({"甲县": "1"}, findings=[told, kept]))
    assert publications.material_of(made).table("findings")["page"].to_list() == ["http://a.gov.cn/1"]
    assert [one.page for one in unpacked(row_of("甲县").body).findings] == ["http://a.gov.cn/1"]
    assert row_of("甲县").findings == 2


def test_of_a_site_that_kept_us_out_no_findings_and_answers_are_told() -> None:
    round_ = a_frozen_round({"甲县": "1", "乙县": "0.5"}, findings=[a_finding("http://a.test/x")])
    Result.objects.filter(entry__name="甲县").update(distorted=True)
    round_.tables_hash = tables_hash(round_)
    round_.save()
    made = prepared(round_)
    assert publications.material_of(made).table("findings").is_empty()
    assert set(publications.material_of(made).table("checks")["name"]) == {"乙县"}
    assert (row_of("甲县").state, row_of("甲县").findings) == ("distorted", 0)
    assert unpacked(row_of("甲县").body).findings == ()


def test_numbers_of_persons_in_quoted_texts_are_masked() -> None:
    said = "联系人 13800138000，证件 110101199003074233，编号 20251130"
    masked = "联系人 138****8000，证件 110101********4233，编号 20251130"
    finding = replace(a_finding("http://a.gov.cn/1", said), data={"text": said, "count": 20251130})
    table = publications.material_of(prepared(a_frozen_round({"甲县": "1"}, findings=[finding]))).table("findings")
    ((excerpt, data),) = table.select("excerpt", "data").iter_rows()
    assert (excerpt, json.loads(data)) == (masked, {"text": masked, "count": 20251130})
    cells = [said] * len(CHECKS.columns)
    assert [cell for cell in publication_files._nobody(frozenset(), cells) or () if cell != said] == [masked]


def test_answers_and_findings_are_told_only_where_the_publication_says_so() -> None:
    round_ = a_frozen_round({"甲县": "1"}, findings=[a_finding("http://a.gov.cn/1")])
    made = prepared(round_, Shows(answers=False, findings=False, ranks=False, points=True))
    material = publications.material_of(made)
    assert material.table("checks").height == 0
    assert material.table("checks").schema["value"] == pl.Float64
    told = material.results.select("rank", "rank_best", "rank_worst").row(0)
    assert (told[0] or None, *told[1:]) == (None, None, None)
    body = unpacked(row_of("甲县").body)
    assert (body.checks, body.findings, row_of("甲县").rank) == ((), (), "")
    assert body.indicators


def test_a_subject_keeps_its_number_over_the_years() -> None:
    a_publication({"甲县": "1"}, "one")
    a_publication({"甲县": "0", "乙县": "1"}, "two")
    assert PublicSubject.objects.count() == 2
    assert PublicSubject.objects.get(name="甲县").published.count() == 2


def test_the_version_before_is_found_by_itself() -> None:
    before = a_publication({"甲县": "1"}, "one")
    Publication.objects.filter(pk=before.pk).update(as_of="2024-11-30")
    made = a_publication({"甲县": "0.5"}, "two")
    previous = publications.material_of(made).previous
    assert previous is not None
    assert previous.about.round == "one"


def test_what_an_interrupted_preparation_left_is_cleared() -> None:
    round_ = a_frozen_round({"甲县": "1"})
    left = publications.home() / "r" / "1.part"
    left.mkdir(parents=True)
    (left / "results.parquet").write_text("x")
    made = prepared(round_)
    assert not left.exists()
    assert publications.material_of(made).results.height == 1


def test_rows_that_come_in_parts_tell_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = a_frozen_round({"甲县": "1", "乙县": "0", "丙县": "0.5"}, findings=[a_finding("http://a.gov.cn/1")] * 5)
    whole = prepared(round_)
    monkeypatch.setattr(published_rows, "PART", 7)
    parts = prepared(round_)

    def told(made: Publication) -> list[tuple[object, ...]]:
        found = made.published.order_by("place")
        return [(one.name, one.place, one.tops, unpacked(one.body)) for one in found]

    assert told(parts) == told(whole)


def test_an_open_check_leaves_open_no_more_than_its_own_points() -> None:
    round_ = a_round("r")
    entry = an_entry(round_, "甲县")
    judged(entry, dict.fromkeys(AUTO[1:], "1"))
    round_.jobs.update(state="done")
    freeze(round_)
    prepared(round_)
    row = row_of("甲县")
    (low, high), *others = row.tops
    first = unpacked(row.body).indicators[0]
    assert (high, others) == (1.0, [[1.0, 1.0]] * 5)
    assert low > 1 - first.weight / sum(
        one.weight for one in unpacked(row.body).indicators if one.level1 == first.level1
    )


def test_a_version_to_compare_with_must_be_there() -> None:
    round_ = a_frozen_round({"甲县": "1"})
    with pytest.raises(Unusable, match="1999/7"):
        publications.prepare(PROGRAM, round_, previous="1999/7")
    assert not Publication.objects.exists()


def a_round_of(slug: str, name: str, year: int, before: tuple[str, ...] = ()) -> Round:
    """A judged, frozen round of one county, of which its list may say what it was called before."""
    made = a_round(slug)
    made.as_of = date(year, 11, 30)
    made.save()
    line = Line(1, name, "某省", "county", f"http://{slug}.test/", "2025-county", "county", "某省", before)
    assert entries.add(made, [line]).count == 1
    judged(made.entries.get(), dict.fromkeys(AUTO, "1"))
    made.jobs.update(state="done")
    freeze(made)
    return made


def test_a_renamed_body_keeps_its_record_and_takes_its_name_when_that_is_public() -> None:
    old = publications.publish(PROGRAM, prepared(a_round_of("a", "旧县", 2024)))
    body = PublicSubject.objects.get()
    made = prepared(a_round_of("b", "新区", 2025, before=("某省/旧县",)))
    body.refresh_from_db()
    assert (body.name, body.key, body.former) == ("旧县", "某省/旧县", [])
    publications.publish(PROGRAM, made)
    publications.publish(PROGRAM, prepared(old.round))
    body.refresh_from_db()
    assert (body.name, body.key, body.former) == ("新区", "某省/新区", ["某省/旧县"])
    assert {one.subject_id for one in PublishedSubject.objects.all()} == {body.pk}


def test_an_earlier_round_that_is_told_of_later_finds_the_body_under_its_new_name() -> None:
    publications.publish(PROGRAM, prepared(a_round_of("b", "新区", 2025, before=("某省/旧县",))))
    publications.publish(PROGRAM, prepared(a_round_of("a", "旧县", 2024)))
    body = PublicSubject.objects.get()
    assert (body.name, body.former, body.published.count()) == ("新区", ["某省/旧县"], 2)


def test_what_was_taken_back_by_mistake_is_restored_where_nothing_else_is_public() -> None:
    first = a_publication()
    second = publications.publish(PROGRAM, prepared(first.round))
    with pytest.raises(Unusable, match="先撤回第 2 版"):
        publications.restore(PROGRAM, first, "误撤")
    publications.withdraw(PROGRAM, second, "名单有误")
    with pytest.raises(Unusable, match="恢复公开要写明理由"):
        publications.restore(PROGRAM, second, " ")
    publications.restore(PROGRAM, second, "名单无误，恢复公开")
    assert publications.current("r") == second
    assert [step.kind for step in second.steps.order_by("id")] == ["prepared", "public", "withdrawn", "public"]
    publications.withdraw(PROGRAM, second, "确有错误")
    publications.restore(PROGRAM, first, "恢复第一版")
    assert publications.current("r") == first
    third = publications.discard(PROGRAM, prepared(first.round))
    assert publications.restore(PROGRAM, third).state == PublicationState.PREPARED
    with pytest.raises(Unusable, match="无需恢复"):
        publications.restore(PROGRAM, first, "已经公开")


def test_findings_stay_with_the_system_that_judged_where_a_body_stands_twice_in_a_group() -> None:
    round_ = a_round()
    city = library.system("2025-city")
    other = an_entry(round_, "甲县", system=city.id, profile=city.profiles[0].id)
    judged(an_entry(round_, "甲县"), dict.fromkeys(AUTO, "1"))
    judged(other, {one.id: "1" for one in city.checks()})
    find(other, [a_finding("http://a.gov.cn/1")])
    round_.jobs.update(state="done")
    freeze(round_)
    told = PublishedSubject.objects.filter(publication=prepared(round_)).select_related("group")
    assert {one.group.system: len(unpacked(one.body).findings) for one in told} == {"2025-county": 0, "2025-city": 1}
