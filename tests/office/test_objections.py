"""Objections: when, by whom, decided by whom, what they do to points and ranks, and explanations that lapse."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from answered import a_batch, a_round, an_entry, assigned, person_of, somebody, submitted
from scored import a_finding, judged

from govgauge.errors import Unusable
from govgauge.office import effects
from govgauge.office.domain import adjudicating, answers, double_coding, explanations, objections, reviews
from govgauge.office.domain.acting import PROGRAM, Acting, NotAllowed
from govgauge.office.domain.answers import Said
from govgauge.office.domain.stages import today
from govgauge.office.models import (
    Answer,
    AnswerSource,
    Dispute,
    Entry,
    Explanation,
    Finding,
    Judgement,
    Notice,
    Objection,
    ObjectionState,
    Part,
    RoleKind,
    Round,
    Upload,
)
from govgauge.office.queries.accepted import accepted
from govgauge.systems import library

SYSTEM = library.system("2025-county")
MANUAL = next(check.id for check in SYSTEM.checks() if check.method == "manual" and check.asked_in("county"))
AUDITED = next(check for check in SYSTEM.checks() if check.audit and check.asked_in("county"))
UPHELD, EXPLAINED, DISMISSED = ObjectionState.UPHELD, ObjectionState.EXPLAINED, ObjectionState.DISMISSED
WHY = "栏目已经按要求更新，请看截图"


@pytest.fixture
def entry() -> Entry:
    """A judged entry, second of three, in its objection period."""
    round_ = a_round()
    for name, value in (("甲县", "0.9"), ("乙县", "0.5"), ("丙县", "0.2")):
        judged(an_entry(round_, name), {AUDITED.id: value, MANUAL: "0"})
    objections.set_period(PROGRAM, round_, today(), today() + timedelta(days=7))
    return Entry.objects.select_related("round").get(name="乙县")


def body(entry: Entry) -> Acting:
    return somebody(RoleKind.ASSESSED, scope=entry.key)


def filed(entry: Entry, check: str = MANUAL, finding: Finding | None = None) -> Objection:
    return objections.file(body(entry), entry, check, WHY, finding=finding)


def test_a_body_objects_to_its_own_answers_only(entry: Entry) -> None:
    other = Entry.objects.get(name="甲县")
    with pytest.raises(NotAllowed):
        objections.file(body(entry), other, MANUAL, WHY)
    with pytest.raises(NotAllowed):
        objections.file(somebody(RoleKind.REVIEWER), entry, MANUAL, WHY)
    office = somebody(RoleKind.ADMINISTRATOR)
    made = filed(entry)
    assert (made.state, made.steps.get().kind) == ("filed", "filed")
    assert office.person in {one.person for one in Notice.objects.filter(event="objection-filed")}


def test_objections_are_taken_in_their_period_only(entry: Entry) -> None:
    objections.set_period(PROGRAM, entry.round, today() - timedelta(days=9), today() - timedelta(days=1))
    with pytest.raises(Unusable, match="异议期为"):
        filed(entry)
    other = an_entry(a_round("s"), "丁县")
    with pytest.raises(Unusable, match="还没有设定异议期"):
        filed(other)
    with pytest.raises(Unusable, match="早于起日"):
        objections.set_period(PROGRAM, entry.round, today(), today() - timedelta(days=1))


def test_what_cannot_be_objected_to_is_said(entry: Entry) -> None:
    with pytest.raises(Unusable, match="说明异议的理由"):
        objections.file(body(entry), entry, MANUAL, "不服")
    with pytest.raises(Unusable, match="没有要点"):
        objections.file(body(entry), entry, "9.9", WHY)
    assert AUDITED.audit is not None
    finding = a_finding(entry, AUDITED.audit)
    with pytest.raises(Unusable, match="与所选的要点无关"):
        filed(entry, MANUAL, finding)
    with pytest.raises(Unusable, match="与所选的要点无关"):
        filed(Entry.objects.get(name="甲县"), AUDITED.id, finding)
    filed(entry)
    with pytest.raises(Unusable, match="已经提出过异议"):
        filed(entry)


def test_files_of_others_are_no_evidence(entry: Entry) -> None:
    facts = {"sha256": "0" * 64, "name": "证明.pdf", "media_type": "application/pdf", "size": 9}
    good = Upload.objects.create(entry=entry, round=entry.round, purpose="objection", **facts)
    bad = Upload.objects.create(entry=Entry.objects.get(name="甲县"), purpose="objection", **facts)
    with pytest.raises(Unusable, match="不属于这个单位"):
        objections.file(body(entry), entry, MANUAL, WHY, uploads=[bad])
    made = objections.file(body(entry), entry, MANUAL, WHY, uploads=[good])
    assert list(made.uploads.all()) == [good]


def test_the_effect_is_previewed_with_exact_points_and_ranks(entry: Entry) -> None:
    told = effects.effect(entry, AUDITED.id, Decimal(1))
    leaf = next(leaf for leaf in SYSTEM.leaves() if AUDITED in leaf.indicator.checks)
    weight = leaf.indicator.weights["county"]
    assert weight is not None
    assert Decimal(told.gain) == pytest.approx(weight * AUDITED.share / 2, abs=Decimal("0.000002"))
    assert (told.before.rank, told.after.rank, told.of, told.others) == ("2", "1", 3, 1)
    assert not Answer.objects.exists()


def test_an_upheld_objection_becomes_the_answer_and_is_published_later(entry: Entry) -> None:
    made = filed(entry)
    decider = somebody(RoleKind.ADJUDICATOR)
    objections.decide(decider, made, UPHELD, "证据属实", value=Decimal(1))
    answer = Answer.objects.get()
    assert (answer.value, answer.source, answer.check_id) == (1, "objection", MANUAL)
    assert answer.steps.get().objection == made
    assert not Notice.objects.filter(event="objection-decided").exists()
    administrator = somebody(RoleKind.ADMINISTRATOR)
    assert objections.publish(administrator, entry.round) == 1
    assert objections.publish(administrator, entry.round) == 0
    steps = list(made.steps.order_by("id"))
    assert [step.kind for step in steps] == ["filed", "upheld", "published"]
    assert {**steps[1].effect, "former": {}} == {**steps[2].effect, "former": {}}, "nothing moved meanwhile"
    assert set(steps[2].effect) == {"before", "after", "gain", "of", "others"}
    assert Notice.objects.get(event="objection-decided").person == made.filed_by
    with pytest.raises(Unusable, match="现在是“采纳”"):
        objections.decide(decider, made, DISMISSED, "再想一想")


def test_what_is_published_is_the_effect_of_that_day(entry: Entry) -> None:
    made = objections.file(body(entry), entry, AUDITED.id, WHY)
    objections.decide(somebody(RoleKind.ADJUDICATOR), made, UPHELD, "证据属实", value=Decimal(1))
    decided = made.steps.get(kind=UPHELD).effect
    assert (decided["before"]["rank"], decided["after"]["rank"]) == ("2", "1")
    others = Judgement.objects.filter(current=True).exclude(entry=entry)
    others.update(low="99", high="99")
    objections.publish(somebody(RoleKind.ADMINISTRATOR), entry.round)
    published = made.steps.get(kind="published").effect
    assert (published["before"]["rank"], published["after"]["rank"], published["gain"]) == ("3", "3", decided["gain"])


def test_a_dismissed_objection_changes_nothing(entry: Entry) -> None:
    made = filed(entry)
    with pytest.raises(Unusable, match="写明决定的理由"):
        objections.decide(somebody(RoleKind.ADJUDICATOR), made, DISMISSED, "")
    objections.decide(somebody(RoleKind.ADJUDICATOR), made, DISMISSED, "截图是去年的")
    assert not Answer.objects.exists()
    assert accepted([entry.id], today()) == {}


def test_a_body_may_take_its_objection_back_and_file_it_anew(entry: Entry) -> None:
    made = filed(entry)
    with pytest.raises(NotAllowed):
        objections.withdraw(body(Entry.objects.get(name="甲县")), made)
    objections.withdraw(body(entry), made)
    with pytest.raises(Unusable, match="已撤回"):
        objections.decide(somebody(RoleKind.ADJUDICATOR), made, DISMISSED, "不成立的")
    assert filed(entry).state == "filed"


def test_nobody_decides_who_had_a_part_in_the_answer(entry: Entry) -> None:
    batch = a_batch(entry.round)
    kinds = (RoleKind.COLLECTOR, RoleKind.COLLECTOR, RoleKind.REVIEWER, RoleKind.ADJUDICATOR)
    one, other, reviewer, adjudicator = (somebody(kind) for kind in kinds)
    first = submitted(assigned(batch, entry, person_of(one), check=MANUAL), "0")
    reviews.reject(reviewer, first, first.version, "请再看一遍")
    submitted(first.assignment, "0")
    second = submitted(assigned(batch, entry, person_of(other), check=MANUAL, part=Part.SECOND), "1")
    double_coding.settle(second)
    adjudicating.decide(adjudicator, Dispute.objects.get(), Decimal(0), "没有内容")
    made = filed(entry)
    for who, told in ((one, "采集过"), (other, "采集过"), (reviewer, "复核过"), (adjudicator, "裁定过")):
        person_of(who).roles.create(kind=RoleKind.ADMINISTRATOR)
        again = Acting(who.person, tuple(person_of(who).roles.all()))
        with pytest.raises(NotAllowed, match=told):
            objections.decide(again, made, UPHELD, "证据属实", value=Decimal(1))
    own = made.filed_by
    own.roles.create(kind=RoleKind.ADMINISTRATOR)
    with pytest.raises(NotAllowed, match="异议是您提出的；您代表这个单位"):
        objections.decide(Acting(own, tuple(own.roles.all())), made, UPHELD, "证据属实", value=Decimal(1))
    objections.decide(somebody(RoleKind.ADJUDICATOR), made, UPHELD, "证据属实", value=Decimal(1))
    assert list(Answer.objects.get().steps.order_by("number").values_list("source", flat=True)) == [
        "adjudication",
        "objection",
    ]


def test_an_explanation_stands_above_the_answer_until_its_day_and_lapses_by_itself(entry: Entry) -> None:
    said = Said(value=Decimal(0), source=AnswerSource.CODING, reason="没有")
    answers.accept(PROGRAM, entry, MANUAL, "1.1.1", said)
    made = filed(entry)
    decider = somebody(RoleKind.ADJUDICATOR)
    with pytest.raises(Unusable, match="要有截止日期"):
        objections.decide(decider, made, EXPLAINED, "系统迁移中", value=Decimal(1))
    with pytest.raises(Unusable, match="已经过去"):
        objections.decide(decider, made, EXPLAINED, "系统迁移中", value=Decimal(1), until=date(2020, 1, 1))
    until = today() + timedelta(days=3)
    objections.decide(decider, made, EXPLAINED, "系统迁移中", value=Decimal(1), until=until)
    assert accepted([entry.id], until)[entry.id][MANUAL].value == 1
    assert accepted([entry.id], until + timedelta(days=1))[entry.id][MANUAL].value == 0
    assert explanations.lapse(until) == 0
    assert explanations.lapse(until + timedelta(days=1)) == 1
    assert explanations.lapse(until + timedelta(days=1)) == 0
    assert made.steps.latest("id").text == f"说明只采用到 {until}"
    assert {one.person for one in Notice.objects.filter(event="explanation-lapsed")} >= {made.filed_by, decider.person}


def test_an_explanation_of_a_finding_lapses_when_the_finding_changes(entry: Entry) -> None:
    assert AUDITED.audit is not None
    finding = a_finding(entry, AUDITED.audit)
    made = filed(entry, AUDITED.id, finding)
    objections.decide(somebody(RoleKind.ADJUDICATOR), made, EXPLAINED, "第三方系统维护", value=Decimal(1))
    assert accepted([entry.id], today())[entry.id][AUDITED.id].source == "person:explanation"
    Finding.objects.update(times=5)
    assert explanations.lapse(today()) == 0
    Finding.objects.update(excerpt="另一段文字")
    assert accepted([entry.id], today()) == {}
    assert explanations.lapse(today()) == 1
    assert Explanation.objects.get().lapsed_why == "所说明的问题已经变化"


def test_a_frozen_round_takes_no_objections_and_no_decisions(entry: Entry) -> None:
    made = filed(entry)
    Round.objects.update(state="frozen")
    with pytest.raises(Unusable, match="已冻结"):
        objections.decide(somebody(RoleKind.ADJUDICATOR), made, UPHELD, "证据属实", value=Decimal(1))
    entry.round.refresh_from_db()
    with pytest.raises(Unusable, match="已冻结"):
        filed(entry, AUDITED.id)
