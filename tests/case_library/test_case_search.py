"""Cases are found as written, by pinyin, by words, by sound and in spite of slips; what is literal comes first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govgauge.case_library import library
from govgauge.case_library.model import CaseKind
from govgauge.case_library.searching import Way, search, terms_of
from govgauge.case_library.sieve import Sieve
from govgauge.case_library.spelling import abbreviates, sounds_like, spelled, spells

MINGZHENGTONG = "2025-digital-06"


@pytest.mark.parametrize(
    ("query", "way", "first"),
    [
        ("药监小智", Way.LITERAL, "2025-digital-02"),
        ("药监　小智", Way.LITERAL, "2025-digital-02"),
        ("闽政通app", Way.LITERAL, MINGZHENGTONG),
        ("ＩＰｖ６", Way.LITERAL, "2018-ministry-08"),
        ("2025-site-21", Way.LITERAL, "2025-site-21"),
        ("罗湖 门户", Way.LITERAL, "2025-site-52"),
        ("keyboard", Way.LITERAL, "2021-site-04"),
        ("yaojianxiaozhi", Way.PINYIN, "2025-digital-02"),
        ("minzhengt", Way.PINYIN, MINGZHENGTONG),
        ("yjxz", Way.PINYIN, "2025-digital-02"),
        ("江西政务小程序", Way.WORDS, "2018-province-07"),
        ("闵政通", Way.SOUND, MINGZHENGTONG),
        ("网占集约化", Way.SOUND, "2025-site-08"),
        ("一体化智能闻答", Way.SOUND, "2021-site-05"),
        ("信贷教据宝", Way.NEAR, "2025-digital-22"),
        ("shuzhengzhitong", None, ""),
        ("火星基地", None, ""),
    ],
)
def test_cases_are_found_by_the_strictest_way_that_finds_any(query: str, way: Way | None, first: str) -> None:
    found = search(query)
    assert (found.way, found.cases[0].id if found.cases else "") == (way, first)


def test_a_province_finds_the_cases_of_its_cities_and_a_year_those_of_the_year() -> None:
    assert {case.region for case in search("福建").cases} == {"福建省"}
    assert len(search("福建").cases) == 20
    assert {case.year for case in search("2018").cases} == {2018}


def test_a_name_counts_more_than_what_a_case_can_do() -> None:
    found = search("适老").cases
    assert found[0].id == "2021-site-04"
    weights = [("搜问一体" in case.name, case.id) for case in search("搜问一体").cases]
    assert [named for named, _id in weights] == sorted((named for named, _id in weights), reverse=True)


def test_nothing_asked_is_everything_in_the_order_of_the_library() -> None:
    assert search("").cases == search(" 。，").cases == library.cases()


def test_filters_hold_in_a_search() -> None:
    found = search("福州", Sieve(kind=CaseKind.SITE, year=2025))
    assert [case.id for case in found.cases] == ["2025-site-20", "2025-site-21"]
    assert {case.id for case in search("", Sieve(described=True)).cases} == library.described_ids()


def test_letters_inside_a_word_do_not_count() -> None:
    assert all("AI" in case.name or "AI" in "".join(case.categories) for case in search("AI").cases[:40])
    assert search("eek").way is not Way.LITERAL


def test_small_english_words_and_endless_terms_find_nothing_by_chance() -> None:
    assert search("and").way is not Way.LITERAL
    assert search("from").way is not Way.LITERAL
    assert search("lixian").cases == ()
    assert search("chongqing").cases == ()
    assert search("火星基地" * 20).cases == ()


def test_terms_are_squeezed_and_each_is_taken_once() -> None:
    assert [term.text for term in terms_of("“AI＋搜问” ai搜问  ")] == ["ai搜问"]
    assert [len(term.text) for term in terms_of("长" * 1000)] == [100]


def test_all_readings_of_a_character_spell_it() -> None:
    assert spells("changsha", spelled("长沙"))
    assert spells("zhangs", spelled("长沙"))
    assert spells("lvyou", spelled("旅游"))
    assert spells("luyou", spelled("旅游"))
    assert not spells("angsha", spelled("长沙"))
    assert abbreviates("gyq", spelled("苏州工业园区"[2:] + "x")) is False
    assert abbreviates("gyyq", spelled("苏州工业园区"))
    assert sounds_like(spelled("重青"), spelled("在重庆市"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_no_query_breaks_the_search_and_the_same_query_finds_the_same(query: str) -> None:
    assert search(query) == search(query)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(library.cases()), st.data())
def test_a_case_is_found_by_any_stretch_of_its_name(case, data) -> None:
    start = data.draw(st.integers(0, len(case.name) - 1))
    end = data.draw(st.integers(start + 1, len(case.name)))
    piece = case.name[start:end]
    if not piece.isascii() and " " not in piece:
        assert case in search(piece).cases
