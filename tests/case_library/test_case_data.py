"""The cases that come with the program are those of their sources, and all that they name is there."""

from collections import Counter
from pathlib import Path

import pytest

from govgauge.case_library import library, links, sieve, verify
from govgauge.case_library.loader import UnusableCases, load
from govgauge.case_library.model import Announced, Capability, CaseGroup, CaseKind
from govgauge.subjects import library as rosters


def test_every_year_has_as_many_cases_as_its_source_lists() -> None:
    counted = Counter((case.year, case.kind.value, case.group.value) for case in library.cases())
    assert counted == {
        (2017, "site", "ministry"): 8,
        (2017, "site", "province"): 11,
        (2017, "site", "city"): 19,
        (2017, "site", "county"): 9,
        (2018, "site", "ministry"): 10,
        (2018, "site", "province"): 10,
        (2018, "site", "city"): 10,
        (2018, "site", "county"): 10,
        (2021, "site", "city"): 10,
        (2025, "digital", "ministry"): 2,
        (2025, "digital", "province"): 9,
        (2025, "digital", "city"): 19,
        (2025, "digital", "county"): 18,
        (2025, "digital", "zone"): 2,
        (2025, "site", "ministry"): 6,
        (2025, "site", "province"): 11,
        (2025, "site", "city"): 24,
        (2025, "site", "county"): 13,
        (2025, "site", "zone"): 2,
    }
    assert [len(edition.cases) for edition in library.editions()] == [106, 10, 40, 47]


def test_announced_numbers_are_borne_out_or_the_difference_is_on_record() -> None:
    found = {edition.id: verify.mismatches(edition) for edition in library.editions()}
    assert found == {
        "2025": (),
        "2021": (
            verify.Mismatch(Announced(CaseKind.DIGITAL, 20, "第 32 行"), 0, recorded=True),
            verify.Mismatch(Announced(CaseKind.SITE, 50, "第 32 行"), 10, recorded=True),
        ),
        "2018": (),
        "2017": (),
    }


def test_no_id_is_given_twice_and_no_link_leads_nowhere() -> None:
    assert verify.faults() == []


def test_what_leads_nowhere_or_is_given_twice_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    columns = "id,kind,group,owner,subject,region,name,categories,place\n"
    (tmp_path / "described").mkdir()
    (tmp_path / "2030.toml").write_text(
        'id = "2030"\nyear = 2030\ntitle = "t"\nsource = "s"\n'
        'defects = [{ place = "p", text = "t", en = "t", case = "b" }]\n',
        encoding="utf-8",
    )
    (tmp_path / "2030.csv").write_text(columns + "a,site,city,某市,,,名,,第 1 行\n" * 2, encoding="utf-8")
    (tmp_path / "described" / "2030.toml").write_text(
        '[[described]]\nid = "c"\nplace = "p"\ncapabilities = [\n'
        '  { zh = "甲", en = "a", checks = ["2025-city:9.9-9"] },\n'
        '  { zh = "乙", en = "b" },\n'
        '  { zh = "丙", en = "c", checks = ["2025-city:3.2-2"], unmeasured = true },\n'
        "]\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(library, "SHELF", tmp_path)
    caches = (library.editions, library.cases, library._by_id, library._described, library.described_ids)
    for cache in caches:
        cache.cache_clear()
    told = verify.faults()
    monkeypatch.undo()
    for cache in caches:
        cache.cache_clear()
    assert [any(piece in one for one in told) for piece in ("编号 a", "某市", "案例 b", "案例 c")] == [True] * 4
    assert [piece for piece in ("9.9-9", "“乙”", "“丙”") if not any(piece in one for one in told)] == []
    assert len(told) == 7


def test_ids_tell_the_year_and_go_up_without_a_gap() -> None:
    for edition in library.editions():
        runs: dict[str, list[int]] = {}
        for case in edition.cases:
            run, _, number = case.id.rpartition("-")
            runs.setdefault(run, []).append(int(number))
            assert case.id.startswith(f"{edition.year}-")
        assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in runs.values())


def test_owners_are_linked_to_subjects_that_the_lists_have_and_stand_in_their_province() -> None:
    known = {one.key: one for name in rosters.roster_ids() for one in rosters.roster(name).subjects}
    linked = [case for case in library.cases() if case.subject]
    assert [case.id for case in linked if case.subject not in known] == []
    assert [case.id for case in linked if case.region != (known[case.subject].region or "")] == []
    assert [case.owner for case in library.cases() if not case.subject] == [
        "北京市住房和城乡建设委员会",
        "中国(广西)自由贸易试验区南宁片区管理委员会、南宁市政务服务中心",
        "六安市金寨县",
        "威海市文登区",
        "百色市田林县",
        "广州国规委",
    ]


def test_names_and_owners_hold_no_rests_of_line_breaks() -> None:
    for case in library.cases():
        for text in (case.owner, case.name, case.place, *case.categories):
            assert text == text.strip()
            assert "\n" not in text
            assert "  " not in text
            assert text


def test_categories_of_2025_are_those_of_the_tables() -> None:
    counted = Counter(one for case in library.editions()[0].cases for one in case.categories)
    assert counted["生成式人工智能应用"] == 16
    assert counted["资源汇聚与融合应用"] == 17
    by_kind = {
        kind: {one for case in library.editions()[0].cases if case.kind is kind for one in case.categories}
        for kind in CaseKind
    }
    assert {kind.value: len(names) for kind, names in by_kind.items()} == {"digital": 10, "site": 11}
    assert by_kind[CaseKind.DIGITAL].isdisjoint(by_kind[CaseKind.SITE])
    assert all(len(case.categories) == 1 for case in library.editions()[0].cases if case.kind is CaseKind.SITE)


def test_the_row_that_the_print_breaks_in_two_is_one_case() -> None:
    case = library.case("2025-digital-45")
    assert (case.owner, case.place, len(case.categories)) == ("武汉市洪山区", "第 1058—1060 行", 6)
    assert "数据要素市场培育" in case.categories
    assert [defect.case for defect in library.defects_of(case)] == [case.id]


def test_described_cases_have_two_to_six_capabilities_in_both_languages() -> None:
    assert Counter(one.id[:4] for one in library.described()) == {"2017": 47, "2021": 10, "2025": 20}
    for one in library.described():
        assert 2 <= len(one.capabilities) <= 6, one.id
        assert all(capability.zh and capability.en.isascii() for capability in one.capabilities), one.id


def test_capabilities_lead_to_checks_and_their_audits() -> None:
    told = library.description("2021-site-01")
    assert told
    capability = told.capabilities[1]
    assert [measured.check.id for measured in links.checks_of(capability)] == [
        "4.2.1-1",
        "4.2.1-2",
        "4.2.1-3",
        "4.2.1-5",
    ]
    assert links.audits_of(capability) == ("search-suggest", "search-synonym", "search-typo", "search-pinyin")
    assert links.audits_of(Capability("", "", ("2025-city:3.2-2",), ("ipv6",))) == ("ipv6", "mobile-layout")
    assert links.measured_by("2025-city:3.2-2").path == ("资源融合能力", "渠道融合")


@pytest.mark.parametrize(
    "capability",
    [
        Capability("", "", ("2025-city:9.9-9",)),
        Capability("", "", ("1999-city:1.1.1-1",)),
        Capability("", "", ("1.1.1-1",)),
        Capability("", "", (), ("no-such-audit",)),
    ],
)
def test_a_link_that_leads_nowhere_is_told(capability: Capability) -> None:
    with pytest.raises(links.BrokenLink):
        links.audits_of(capability)


def test_filters_choose_and_keep_the_order() -> None:
    chosen = sieve.sieved(library.cases(), sieve.Sieve(kind=CaseKind.SITE, group=CaseGroup.ZONE))
    assert [case.id for case in chosen] == ["2025-site-55", "2025-site-56"]
    fujian = sieve.sieved(library.cases(), sieve.Sieve(region="福建省", category="AI+搜问一体"))
    assert [case.owner for case in fujian] == ["福州市", "龙岩市"]
    assert sieve.years(library.cases()) == [2025, 2021, 2018, 2017]
    assert sieve.categories(library.cases())[0] == "资源汇聚与融合应用"
    assert set(sieve.regions(library.cases())[:2]) == {"安徽省", "福建省"}


def test_an_unknown_case_is_told_with_the_nearest_one() -> None:
    with pytest.raises(library.UnknownCase, match="2025-site-21"):
        library.case("2025-sit-21")


def test_broken_files_are_told_with_their_place(tmp_path: Path) -> None:
    head = tmp_path / "2030.toml"
    head.write_text('id = "2030"\nyear = 2030\ntitle = "t"\nsource = "s"\n', encoding="utf-8")
    rows = head.with_suffix(".csv")
    with pytest.raises(UnusableCases, match=r"2030\.csv"):
        load(head)
    rows.write_text("id,kind\n", encoding="utf-8")
    with pytest.raises(UnusableCases, match="表头"):
        load(head)
    columns = "id,kind,group,owner,subject,region,name,categories,place\n"
    rows.write_text(columns + "x,wrong,city,某市,,,名,,第 1 行\n", encoding="utf-8")
    with pytest.raises(UnusableCases, match="第 2 行"):
        load(head)
    rows.write_text(columns + "x,site,city,某市,,,名,甲；乙,第 1 行\n", encoding="utf-8")
    assert load(head).cases[0].categories == ("甲", "乙")
    head.write_text("id = ", encoding="utf-8")
    with pytest.raises(UnusableCases, match="TOML"):
        load(head)
