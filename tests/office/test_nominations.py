"""Nominating cases: whose they are, what they hold, how many there may be, and what two people do at once."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from nominated import BODY, FORM, a_call, body, drafted, handed_in, of_kind

from govgauge.errors import Unusable
from govgauge.office import case_presets
from govgauge.office.domain import case_calls, case_places, nominations
from govgauge.office.domain.acting import NotAllowed, acting_as
from govgauge.office.domain.case_steps import state_of
from govgauge.office.models import Case, CaseStep, Change, NominationKind, RoleKind
from govgauge.office.reader_count import characters, tidy


@pytest.fixture(autouse=True)
def home(settings_of_office: None) -> None:
    """Files of this test's office."""


@pytest.fixture
def settings_of_office(office: Any) -> Iterator[None]:
    from django.test import override_settings  # noqa: PLC0415

    with override_settings(HOME=office):
        yield


def steps(case: Case) -> list[str]:
    return list(CaseStep.objects.filter(case=case).order_by("id").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("year", "families"),
    [
        ("2025", {"数字政府类": 10, "政府网站类": 6, "开发区网站类": 4}),
        ("2021", {"数字政府和政府网站": 7}),
        ("2020", {"数字政府和政府网站": 7}),
        ("2017", {"政府网站": 5}),
    ],
)
def test_a_preset_has_the_categories_of_its_year(year: str, families: dict[str, int]) -> None:
    rules = case_calls.checked(case_presets.settings_of(year))
    found: dict[str, int] = {}
    for one in rules.categories:
        found[one.family] = found.get(one.family, 0) + 1
    assert found == families
    assert all(one.place for one in case_presets.book().sets.values())


def test_a_year_without_a_preset_is_told() -> None:
    with pytest.raises(Unusable, match="可选：2025"):
        case_presets.settings_of("1999")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("字" * 300, 300),
        ("  前后空白不算 ", 6),
        ("第一行\r\n第二行", 7),
        ("第一行\n\n第三行", 8),
        ("一 二", 3),
        ("AI+政务，好！", 8),
        ("é" + "e\u0301", 2),
        ("👍" * 3, 3),
        ("葛\U000e0100城", 2),
        ("看\u200b不见\ufeff", 3),
        ("𠮷野", 2),
        ("汉👨\u200d👩\u200d👧字", 3),
        ("👍🏽", 1),
    ],
)
def test_a_text_is_counted_as_its_reader_counts(text: str, count: int) -> None:
    assert characters(text) == count


@given(st.text())
def test_tidying_twice_is_tidying_once_and_counts_the_same(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert characters(tidy(text)) == characters(text) <= len(tidy(text))


def test_a_body_nominates_and_every_step_is_a_row() -> None:
    call, acting = a_call(), body()
    made = handed_in(acting, call)
    nominations.withdraw(acting, made, "再改一改")
    again = nominations.save(acting, made, {"name": "“江东通”一件事"}, Case.objects.get().version)
    nominations.submit(acting, again)
    made.refresh_from_db()
    assert (made.name, made.number, made.kind, made.owner) == ("“江东通”一件事", 1, "self", FORM["owner"])
    assert steps(made) == ["drafted", "submitted", "withdrawn", "submitted"]
    forms = list(CaseStep.objects.order_by("id").values_list("form__name", flat=True))
    assert forms == ["", FORM["name"], FORM["name"], "“江东通”一件事"]
    told = set(Change.objects.filter(topic__in=["Case", "CaseStep"]).values_list("verb", flat=True))
    assert told == {"case.draft", "case.drafted", "case.change", "case.submit", "case.submitted", "case.withdrawn"}


def test_each_kind_of_nomination_belongs_to_its_role() -> None:
    call = a_call()
    region = acting_as(of_kind(RoleKind.SUPERVISOR, "江东省"))
    expert = acting_as(of_kind(RoleKind.EXPERT))
    other_expert = acting_as(of_kind(RoleKind.EXPERT))
    own = body()
    made = {
        "self": handed_in(own, call),
        "supervisor": handed_in(region, call, kind="supervisor", name="乙案例", url="https://a.gov.cn/x"),
        "expert": handed_in(expert, call, kind="expert", name="丙案例", url="https://a.gov.cn/y"),
    }
    everybody = {"body": own, "region": region, "expert": expert, "other": other_expert, "丙县": body(f"{BODY}/丙县")}
    may = {
        who: [kind for kind, case in made.items() if nominations.may_change(one, case)]
        for who, one in everybody.items()
    }
    assert may == {"body": ["self"], "region": ["supervisor"], "expert": ["expert"], "other": [], "丙县": []}
    rules = case_calls.rules_of(call)
    kinds = {who: [one.value for one in nominations.kinds(acting, call, rules)] for who, acting in everybody.items()}
    assert kinds == {
        "body": ["self"],
        "region": ["supervisor"],
        "expert": ["expert"],
        "other": ["expert"],
        "丙县": ["self"],
    }
    for acting, kind, key in (
        (own, "supervisor", BODY),
        (own, "self", "江东省/乙市"),
        (region, "supervisor", "江西省/丁市"),
    ):
        with pytest.raises(NotAllowed):
            nominations.draft(acting, call, call.round.entries.get(key=key), NominationKind(kind))
    with pytest.raises(NotAllowed):
        nominations.withdraw(region, made["self"])


def test_what_is_missing_is_told_all_at_once() -> None:
    call, acting = a_call(), body()
    made = drafted(acting, call, name="", category="gone", url="", reason="字" * 301, email="x")
    with pytest.raises(Unusable) as told:
        nominations.submit(acting, made)
    assert str(told.value) == (
        "请填写案例名称；所选类别已不在评选办法中，请重新选择案例类别；"
        "推荐理由有 301 字，请缩短到 300 字以内（标点、空格和换行各算一字）；"
        "请填写案例网址；不能从互联网查看的案例，请上传佐证材料；"
        "电子邮箱不正确，请写成 name@example.gov.cn (the form is not complete)."
    )
    assert Case.objects.get().reason == "字" * 301


def test_what_is_too_long_to_be_kept_is_told_and_nothing_is_cut_off() -> None:
    call, acting = a_call(), body()
    made = drafted(acting, call)
    with pytest.raises(Unusable, match="“案例名称”有 121 字，最多 120 字，没有保存"):
        nominations.save(acting, made, {"name": "长" * 121}, made.version)
    assert Case.objects.get().name == FORM["name"]


def test_two_people_at_one_form_lose_nothing() -> None:
    call, acting = a_call(), body()
    made = drafted(acting, call)
    nominations.save(acting, made, {"owner": "甲市数据局"}, made.version)
    with pytest.raises(nominations.ChangedMeanwhile) as told:
        nominations.save(acting, made, {"owner": "甲市大数据局", "name": FORM["name"]}, made.version)
    assert told.value.theirs == {"owner": "甲市数据局"}
    assert Case.objects.get().owner == "甲市数据局"


def test_drafts_take_no_place_and_withdrawn_ones_free_theirs() -> None:
    call, acting = a_call(per_subject=2), body()
    region = acting_as(of_kind(RoleKind.SUPERVISOR, "江东省"))
    rules = case_calls.rules_of(call)
    first = handed_in(acting, call)
    handed_in(region, call, kind="supervisor", name="城市生命线", url="https://b.gov.cn/x")
    third = drafted(acting, call, name="智慧停车", url="https://c.gov.cn/x")
    with pytest.raises(Unusable, match="已提交 2 件（其中主管部门推荐 1 件），每个单位最多 2 件；可以先撤回一件"):
        nominations.submit(acting, third)
    assert case_places.of_case(third, rules) == case_places.Places(2, 2, 1)
    nominations.withdraw(acting, first)
    assert case_places.of_case(third, rules).free == 1
    nominations.submit(acting, third)
    assert state_of(third) == "submitted"


def test_experts_have_places_of_their_own() -> None:
    call, acting = a_call(per_subject=1), body()
    handed_in(acting, call)
    expert = acting_as(of_kind(RoleKind.EXPERT))
    handed_in(expert, call, kind="expert", name="智慧停车", url="https://c.gov.cn/x")
    more = drafted(expert, call, kind="expert", name="智慧路灯", url="https://c.gov.cn/y")
    with pytest.raises(Unusable, match="每人为一个单位最多推荐 1 件"):
        nominations.submit(expert, more)


def test_nothing_is_handed_in_or_withdrawn_after_the_last_day() -> None:
    call, acting = a_call(), body()
    made, draft = handed_in(acting, call), drafted(acting, call, name="智慧停车")
    today = timezone.localdate()
    days = {"starts": str(today - timedelta(days=9)), "ends": str(today - timedelta(days=1))}
    case_calls.change_rules(
        acting_as(of_kind(RoleKind.ADMINISTRATOR)), call, {**case_presets.settings_of("2025"), "nomination": days}
    )
    for verb in (lambda: nominations.submit(acting, draft), lambda: nominations.withdraw(acting, made)):
        with pytest.raises(Unusable, match="案例推荐的时间是"):
            verb()
    with pytest.raises(Unusable, match="案例推荐的时间是"):
        drafted(acting, call)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_those_who_hand_in_at_the_same_moment_never_exceed_the_limit() -> None:
    call, acting = a_call(per_subject=2), body()
    names = ("智慧停车", "城市生命线", "无证明城市", "政策直达", "一表通")
    made = [drafted(acting, call, name=name, url=f"https://c.gov.cn/{n}") for n, name in enumerate(names)]
    results = at_once([lambda one=one: nominations.submit(acting, one) for one in made])
    assert sorted(isinstance(one, Case) for one in results) == [False, False, False, True, True]
    assert [str(state_of(one)) for one in made].count("submitted") == 2


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_cases_begun_at_the_same_moment_have_numbers_of_their_own() -> None:
    call, acting = a_call(), body()
    entry = call.round.entries.get(key=BODY)
    at_once([lambda: nominations.draft(acting, call, entry, NominationKind.SELF)] * 5)
    assert sorted(Case.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    return getattr(request, "param", "sqlite")


def at_once(verbs: list[Any]) -> list[object]:
    """What came of verbs that began together, each in a thread of its own."""
    start, results = threading.Barrier(len(verbs)), [None] * len(verbs)

    def run(number: int, verb: Any) -> None:
        start.wait()
        try:
            results[number] = verb()
        except Unusable as error:
            results[number] = str(error)  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert connection.vendor
    return results


def test_a_stranger_changes_no_nomination() -> None:
    made = handed_in(body(), a_call())
    with pytest.raises(NotAllowed):
        nominations.save(acting_as(of_kind(RoleKind.OBSERVER)), made, {"name": "改"}, made.version)
