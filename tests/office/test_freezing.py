"""What a round rests on, frozen: told when it changes, sentence by sentence."""

import json
from pathlib import Path

import pytest
from offices import a_list, govgauge, govgauge_fails
from rounds_of_sites import a_round as site_round
from test_subjects_into_rounds import a_round, line

from govgauge.errors import Unusable
from govgauge.office.domain import freezing, rounds, updating
from govgauge.office.instead import instead_of
from govgauge.office.lines import Offer
from govgauge.office.models import FrozenInput, InputKind, Round
from govgauge.systems import library


@pytest.fixture
def frozen() -> Round:
    """A round whose inputs are frozen."""
    round_ = a_round(max_pages=50)
    rounds.add(round_, [line("甲县", "http://a.gov.cn/"), line("乙市", "", system="2025-city")])
    freezing.freeze_inputs(round_)
    return round_


def said(round_: Round) -> list[str]:
    return [one.said() for one in freezing.differences(round_)]


def altered(kind: InputKind, name: str, before: str, after: str) -> None:
    """Let an input be frozen as something else than there is now: the same as a change since."""
    row = FrozenInput.objects.get(kind=kind, name=name)
    assert before in row.body
    FrozenInput.objects.filter(id=row.id).update(body=row.body.replace(before, after))


def test_the_list_of_frozen_inputs_is_changed_only_when_one_insists(tmp_path: Path) -> None:
    made = site_round(("a", 1))
    freezing.freeze_inputs(made)
    more = a_list(tmp_path, "b0,,b,http://b0.test/,2025-city,")
    assert "请加 --anyway" in govgauge_fails("round", "add", "r", more)
    assert "请加 --anyway" in govgauge_fails("round", "update", "r", more, "--apply")
    govgauge("round", "update", "r", more)
    assert made.entries.count() == 1
    govgauge("round", "add", "r", more, "--anyway")
    told = govgauge("round", "verify", "r", status=1)
    assert "b0：冻结时没有，现在有。采集和结果表以现在的名单为准；变化无误请再次运行 round freeze --inputs" in told
    govgauge("round", "freeze", "r", "--inputs")
    govgauge("round", "verify", "r")


def test_everything_that_a_round_rests_on_is_kept(frozen: Round) -> None:
    assert list(freezing.kept(frozen)) == sorted(
        [
            (InputKind.AUDITS, "all"),
            (InputKind.POLICY, "all"),
            (InputKind.PROGRAM, "all"),
            (InputKind.RULES, "inspection-2019"),
            (InputKind.SETTINGS, "all"),
            (InputKind.SUBJECTS, "all"),
            (InputKind.SYSTEM, "2025-city"),
            (InputKind.SYSTEM, "2025-county"),
        ]
    )
    assert said(frozen) == []
    assert freezing.hash_of(freezing.kept(frozen)) == frozen.inputs_hash


@pytest.mark.parametrize("system", library.system_ids())
def test_systems_come_back_from_their_frozen_text_as_they_were(system: str) -> None:
    whole = library.system(system)
    assert freezing._system(freezing._encoded(whole)) == whole


@pytest.mark.parametrize("rules", library.rule_set_ids())
def test_rules_come_back_from_their_frozen_text_as_they_were(rules: str) -> None:
    whole = library.rule_set(rules)
    assert freezing._rules(freezing._encoded(whole)) == whole


def test_the_same_inputs_have_the_same_hash_and_others_another_one(frozen: Round) -> None:
    before = frozen.inputs_hash
    assert freezing.freeze_inputs(frozen) == before
    Round.objects.filter(id=frozen.id).update(settings={"max_pages": 60})
    assert freezing.freeze_inputs(frozen) != before


def test_a_subject_that_changed_is_told(frozen: Round) -> None:
    offer = Offer(lines=(line("甲县", "http://b.gov.cn/"),))
    updating.apply(frozen, updating.compare(frozen, offer).changes)
    told = said(frozen)
    assert len(told) == 1
    assert told[0].startswith("评估对象 已与冻结时不同：某省/甲县：网站 http://a.gov.cn/ → http://b.gov.cn/。")
    assert "round freeze --inputs" in told[0]


def test_settings_policy_audits_and_program_that_changed_are_told_with_before_and_now(frozen: Round) -> None:
    Round.objects.filter(id=frozen.id).update(settings={"max_pages": 60, "policy": {"ties": "dense"}})
    altered(InputKind.AUDITS, "all", '"https":1', '"https":0')
    altered(InputKind.PROGRAM, "all", "0.1.0", "0.0.9")
    frozen.refresh_from_db()
    told = said(frozen)
    assert [one.partition("：")[0] for one in told] == [
        "自动检查的版本 已与冻结时不同",
        "排名和等次办法 已与冻结时不同",
        "程序版本 已与冻结时不同",
        "采集设置 已与冻结时不同",
    ]
    assert "https：0 → 1" in told[0]
    assert 'ties：（无） → "dense"' in told[1]
    assert "0.0.9 → 0.1.0" in told[2]
    assert '{"max_pages":50} → {"max_pages":60}' in told[3]


def test_a_system_edited_in_the_library_is_told_in_words_and_the_frozen_one_is_used(frozen: Round) -> None:
    name = library.system("2025-city").indicators[0].name
    altered(InputKind.SYSTEM, "2025-city", f'"name":"{name}"', '"name":"资源汇聚水平"')
    told = said(frozen)
    assert len(told) == 1
    assert told[0].startswith("指标体系 2025-city 已与冻结时不同：")
    assert name in told[0]
    assert freezing.systems_of(frozen, ["2025-city"])["2025-city"].indicators[0].name == "资源汇聚水平"


def test_a_rule_that_changed_is_named(frozen: Round) -> None:
    body = json.loads(FrozenInput.objects.get(kind=InputKind.RULES).body)
    title = body["rules"][0]["title"]
    altered(InputKind.RULES, "inspection-2019", f'"title":"{title}"', '"title":"别的"')
    assert [f"规则 {body['rules'][0]['id']}" in one for one in said(frozen)] == [True]


def test_kept_texts_that_were_altered_or_taken_away_are_noticed(frozen: Round) -> None:
    assert freezing.damaged(frozen) == []
    altered(InputKind.PROGRAM, "all", "0.1.0", "0.0.9")
    assert [one.partition("，")[0] for one in freezing.damaged(frozen)] == ["冻结的程序版本 all 与其校验值不符"]
    FrozenInput.objects.filter(kind=InputKind.PROGRAM).delete()
    assert "有缺失" in freezing.damaged(frozen)[0]


def test_inputs_of_a_frozen_round_stay_as_they_are(frozen: Round) -> None:
    Round.objects.filter(id=frozen.id).update(state="frozen")
    with pytest.raises(Unusable, match="输入不能再变"):
        freezing.freeze_inputs(frozen)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["weights=x"], "不能用"),
        (["system=2025-ministry"], "代替哪个指标体系"),
        (["system=2031-city"], "没有名为"),
        (["rules=nowhere"], "没有名为"),
    ],
)
def test_what_cannot_be_tried_is_said(given: list[str], message: str) -> None:
    with pytest.raises(Unusable, match=message):
        instead_of(given, ["2025-city", "2025-county"])
