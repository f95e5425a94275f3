"""Vetoes and warnings against results: yes only on enough evidence, no only when it could be seen."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from govgauge.audits.catalogue import texts
from govgauge.outcomes import Fact, Finding, Outcome, Result
from govgauge.scoring.conditions import Hit, hold
from govgauge.scoring.vetoes import VetoVerdict, judge, verdict_json
from govgauge.systems import library
from govgauge.systems.model import Source
from govgauge.systems.rules import Condition, Filter, Measure, Operator, Rule, RuleKind, RuleSet

HOME = "http://www.a.test/"
INSPECTION = library.rule_set("inspection-2019")
WARNINGS = library.rule_set("early-warning")


def result(audit: str, outcome: Outcome, findings: Sequence[Finding] = (), reason: str = "", **facts: Fact) -> Result:
    return Result(audit=audit, version=1, outcome=outcome, findings=tuple(findings), reason=reason, data=facts)


def finding(audit: str, page: str, target: str = "", slug: str = "failure", **facts: Fact) -> Finding:
    return Finding(audit=audit, page=page, target=target, slug=slug, data=facts)


def stale(count: int, kind: str) -> list[Finding]:
    return [finding("column-stale", f"http://a.test/{kind}/{number}", kind=kind) for number in range(count)]


def guides(count: int, missing: int) -> list[Finding]:
    return [
        finding("guide-element-missing", f"http://a.test/guide/{number}", f"element{element}")
        for number in range(count)
        for element in range(missing)
    ]


def passed(audit: str, **facts: Fact) -> Result:
    return result(audit, Outcome.PASS, **facts)


def failed(audit: str, findings: Sequence[Finding], **facts: Fact) -> Result:
    return result(audit, Outcome.PARTIAL, findings, **facts)


def verdicts(*results: Result, rules: str = "inspection-2019") -> dict[str, VetoVerdict]:
    judged = judge(library.rule_set(rules), {one.audit: one for one in results}, HOME)
    return {verdict.id: verdict for verdict in judged}


def hits(*results: Result, rules: str = "inspection-2019") -> dict[str, Hit]:
    return {name: verdict.hit for name, verdict in verdicts(*results, rules=rules).items()}


def test_nothing_run_is_nothing_said() -> None:
    assert set(hits().values()) == {Hit.NOT_OBSERVABLE}
    assert set(hits(rules="early-warning").values()) == {Hit.NOT_OBSERVABLE}
    assert set(hits(rules="census-2015").values()) == {Hit.NOT_OBSERVABLE}


@pytest.mark.parametrize(
    ("news", "notice", "yearly", "empty", "hit"),
    [
        (4, 0, 0, 4, Hit.NO),
        (4, 1, 0, 0, Hit.YES),
        (0, 0, 9, 0, Hit.NO),
        (1, 0, 9, 0, Hit.YES),
        (0, 0, 0, 5, Hit.YES),
    ],
)
def test_columns_veto_at_their_bounds(news: int, notice: int, yearly: int, empty: int, hit: Hit) -> None:
    aged = [*stale(news, "news"), *stale(notice, "notice"), *stale(yearly, "yearly")]
    bare = [finding("column-empty", f"http://a.test/empty/{number}") for number in range(empty)]
    assert hits(failed("column-stale", aged), failed("column-empty", bare))["V4"] is hit


def test_a_veto_tells_its_figures_and_its_findings() -> None:
    aged = [*stale(6, "news"), *stale(3, "yearly")]
    verdict = verdicts(failed("column-stale", aged), passed("column-empty"))["V4"]
    assert verdict.sentence == "更新不及时的动态要闻、通知公告、政策文件类栏目 6 个（达到 5 个即算）。"
    assert verdict.findings == tuple(aged[:6])


def test_too_few_stale_columns_do_not_clear_a_site_whose_empty_ones_were_not_seen() -> None:
    unseen = result("column-empty", Outcome.NOT_OBSERVABLE, reason="栏目由脚本生成。")
    verdict = verdicts(passed("column-stale"), unseen)["V4"]
    assert (verdict.hit, verdict.sentence) == (Hit.NOT_OBSERVABLE, "空白栏目：栏目由脚本生成。")


def test_a_finding_that_does_not_tell_its_kind_leaves_the_veto_open() -> None:
    untold = [finding("column-stale", f"http://a.test/{number}") for number in range(6)]
    verdict = verdicts(failed("column-stale", untold), passed("column-empty"))["V4"]
    assert verdict.hit is Hit.NOT_OBSERVABLE
    assert "0 至 6 个，类别不明" in verdict.sentence


def test_a_few_probes_never_veto_a_site() -> None:
    down = [finding("site-unreachable", HOME, "timeout")]
    few = result("site-unreachable", Outcome.FAIL, down, probes=3, failed=3, percent=100.0)
    verdict = verdicts(few)["V2"]
    assert verdict.hit is Hit.NOT_OBSERVABLE
    assert verdict.sentence.startswith("本次探测首页 3 次，打不开 3 次；")
    assert hits(few, rules="early-warning")["W1"] is Hit.NOT_OBSERVABLE


@pytest.mark.parametrize(("percent", "hit"), [(4.99, Hit.NO), (5.0, Hit.YES), (5.01, Hit.YES)])
def test_five_per_cent_of_a_week_of_probes_is_enough(percent: float, hit: Hit) -> None:
    assert hits(result("site-unreachable", Outcome.FAIL, probes=140, failed=7, percent=percent))["V2"] is hit


@pytest.mark.parametrize(
    ("age", "veto", "warning"),
    [(10, Hit.NO, Hit.NO), (11, Hit.NO, Hit.YES), (14, Hit.NO, Hit.YES), (15, Hit.YES, Hit.YES)],
)
def test_the_home_page_is_warned_of_before_it_is_vetoed(age: int, veto: Hit, warning: Hit) -> None:
    judged = result("home-stale", Outcome.FAIL if age > 14 else Outcome.PASS, age=age)
    assert hits(judged)["V3"] is veto
    assert hits(judged, rules="early-warning")["W2"] is warning


def test_warnings_are_above_their_bounds() -> None:
    assert hits(failed("column-stale", stale(8, "news")), rules="early-warning")["W4"] is Hit.NO
    assert hits(failed("column-stale", stale(9, "yearly")), rules="early-warning")["W4"] is Hit.YES


@pytest.mark.parametrize(
    ("count", "missing", "all_guides", "hit"),
    [(5, 4, 40, Hit.YES), (4, 4, 40, Hit.NO), (5, 3, 40, Hit.NO), (3, 4, 3, Hit.YES), (2, 4, 3, Hit.NO)],
)
def test_services_veto_by_items_that_lack_four_elements(count: int, missing: int, all_guides: int, hit: Hit) -> None:
    judged = failed("guide-element-missing", guides(count, missing), guides=all_guides)
    assert hits(judged)["V6"] is hit


def test_guides_of_unknown_number_leave_the_services_open() -> None:
    assert hits(failed("guide-element-missing", guides(3, 4)))["V6"] is Hit.NOT_OBSERVABLE


def test_a_site_without_guides_leaves_the_services_to_a_person() -> None:
    verdict = verdicts(result("guide-element-missing", Outcome.NOT_APPLICABLE, reason="没有发现办事指南页面。"))["V6"]
    assert (verdict.hit, verdict.sentence) == (
        Hit.NOT_OBSERVABLE,
        "没有在网站上发现办事指南，不能判定；服务可能在政务服务平台上，须由人工查看该平台。",
    )


def test_a_missing_channel_or_an_answer_owed_vetoes() -> None:
    none = result("message-channel", Outcome.FAIL, [finding("message-channel", HOME, "none")])
    verdict = verdicts(none)["V5"]
    assert (verdict.hit, verdict.sentence) == (Hit.YES, "没有有效的咨询建言渠道。")
    assert verdict.findings == none.findings
    quiet = (passed("message-channel"), result("message-overdue", Outcome.NOT_APPLICABLE))
    assert hits(*quiet)["V5"] is Hit.NO
    late = [finding("message-overdue", "http://a.test/1", "120", "late", days=120)]
    assert hits(passed("message-channel"), failed("message-overdue", late))["V5"] is Hit.NO
    owed = [*late, finding("message-overdue", "http://a.test/2", "95", "unanswered", days=95)]
    owing = verdicts(passed("message-channel"), failed("message-overdue", owed))["V5"]
    assert (owing.hit, owing.findings) == (Hit.YES, (owed[1],))


def test_a_serious_incident_is_never_decided_by_a_program() -> None:
    found = failed("foreign-link", [finding("foreign-link", HOME, "http://casino.test/", "spam-words")])
    verdict = verdicts(found)["V1"]
    assert (verdict.hit, verdict.person, verdict.findings) == (Hit.NOT_OBSERVABLE, True, found.findings)
    assert verdict.sentence.startswith("发现线索，须由人工核定：")
    assert verdicts(*clean())["V1"].sentence == "程序没有发现线索；是否存在，须由人工核定。"


def clean(*but: str) -> list[Result]:
    """A pass of every audit on which the first veto rests, save some."""
    serious = INSPECTION.rules[0]
    assert serious.when is not None
    return [passed(audit) for audit in dict.fromkeys(leaf.audit for leaf in serious.when.leaves()) if audit not in but]


def test_only_grave_expressions_are_laid_before_a_person() -> None:
    slips = [
        finding("wrong-word", HOME, "按装", "confusion", serious=False),
        finding("wrong-word", HOME, "做为", "phrase", serious=False),
        finding("wrong-word", HOME, "关于关于", "expression", serious=False),
    ]
    rest = clean("wrong-word")
    assert verdicts(failed("wrong-word", slips), *rest)["V1"].sentence.startswith("程序没有发现线索")
    grave = finding("wrong-word", HOME, "十九届五种全会", "grave", serious=True)
    wrong = finding("wrong-word", HOME, "新疆省", "expression", serious=True)
    assert verdicts(failed("wrong-word", [*slips, grave, wrong]), *rest)["V1"].findings == (grave, wrong)


def test_hidden_links_are_not_called_links_to_gambling() -> None:
    hidden = failed("foreign-link", [finding("foreign-link", HOME, "http://b.test/", "hidden")])
    sentence = verdicts(hidden, *clean("foreign-link"))["V1"].sentence
    assert sentence == f"发现线索，须由人工核定：暗链（访问者看不见的外部链接）1 处（见 {HOME}）。"


def test_every_kind_of_clue_is_said_with_its_pages() -> None:
    script = finding("foreign-link", HOME, "http://b.test/kb.js", "alien-script", pages=169)
    leaks = [finding("personal-data-leak", f"http://www.a.test/{number}", "id", "id") for number in range(3)]
    found = (failed("foreign-link", [script]), failed("personal-data-leak", leaks))
    verdict = verdicts(*found, *clean("foreign-link", "personal-data-leak"))["V1"]
    assert verdict.sentence == (
        f"发现线索，须由人工核定：疑似被植入的外部脚本 1 处（见 {HOME} 等 169 个网页）；"
        "疑似泄露的个人号码（身份证号、手机号、银行卡号）3 处"
        "（见 http://www.a.test/0、http://www.a.test/1 等 3 个网页）。"
    )
    assert (verdict.hit, verdict.findings) == (Hit.NOT_OBSERVABLE, (script, *leaks))


@pytest.mark.parametrize("slug", sorted(texts("foreign-link").slugs))
def test_no_alien_link_or_script_stands_beside_a_sentence_that_nothing_was_found(slug: str) -> None:
    found = failed("foreign-link", [finding("foreign-link", HOME, "http://b.test/", slug)])
    verdict = verdicts(found, *clean("foreign-link"))["V1"]
    assert verdict.findings == found.findings
    assert "没有发现" not in verdict.sentence


def test_slugs_that_rules_select_are_slugs_of_their_audits() -> None:
    for rules in (INSPECTION, WARNINGS):
        for leaf in (leaf for rule in rules.rules if rule.when for leaf in rule.when.leaves() if leaf.audit):
            chosen = {slug for filters in leaf.select for one in filters if one.field == "slug" for slug in one.one_of}
            assert chosen <= texts(leaf.audit).slugs.keys()


def test_what_could_not_be_looked_for_is_not_called_absent() -> None:
    assert verdicts()["V1"].sentence == "程序未能检查；是否存在，须由人工核定。"
    blind = result("site-name", Outcome.NOT_OBSERVABLE, reason="首页没有打开。")
    assert verdicts(blind, *clean("site-name"))["V1"].sentence == (
        "程序未能检查的有：疑似被篡改的首页标题。其余各项没有发现线索。是否存在，须由人工核定。"
    )


def test_json_of_a_verdict_holds_the_ids_of_its_findings() -> None:
    bare = [finding("column-empty", f"http://a.test/{number}") for number in range(5)]
    verdict = verdicts(passed("column-stale"), failed("column-empty", bare))["V4"]
    assert verdict_json(verdict, "a.test") == {
        "id": "V4",
        "title": "栏目不更新",
        "kind": "veto",
        "hit": "yes",
        "sentence": "空白栏目 5 个（达到 5 个即算）。",
        "clause": "单项否决",
        "person": False,
        "findings": [one.identity("a.test") for one in bare],
    }


def test_a_rule_that_no_program_observes_waits_for_a_person() -> None:
    unseen = Rule(id="X", title="某事", kind=RuleKind.VETO)
    rules = RuleSet(id="small", title="小规则", source=Source("某文件"), rules=(unseen,))
    assert [(verdict.hit, verdict.sentence) for verdict in judge(rules, {})] == [
        (Hit.NOT_OBSERVABLE, "程序无法观测，须由人工核定。")
    ]


def test_deductions_are_no_vetoes() -> None:
    assert {verdict.kind for verdict in judge(INSPECTION, {})} == {RuleKind.VETO}
    assert {verdict.kind for verdict in judge(WARNINGS, {})} == {RuleKind.WARNING}


def held(condition: Condition, *results: Result, home: str = HOME) -> Hit:
    return hold(condition, {one.audit: one for one in results}, home).hit


LINKS = failed(
    "broken-link",
    [
        finding("broken-link", HOME, "http://x.test/1", "gone", status=404),
        finding("broken-link", HOME, "http://x.test/1", "gone", status=410),
        finding("broken-link", "http://www.a.test/b", "http://x.test/2", "slow", status=0),
    ],
)


def count(operator: Operator, number: int, *select: Filter, measure: Measure = Measure.FINDINGS) -> Condition:
    return Condition(
        audit="broken-link",
        what="坏链",
        measure=measure,
        select=(select,) if select else (),
        operator=operator,
        number=Decimal(number),
    )


@pytest.mark.parametrize(
    ("condition", "hit"),
    [
        (count(Operator.EQUAL, 3), Hit.YES),
        (count(Operator.BELOW, 3), Hit.NO),
        (count(Operator.AT_MOST, 3), Hit.YES),
        (count(Operator.ABOVE, 2), Hit.YES),
        (count(Operator.EQUAL, 2, measure=Measure.TARGETS), Hit.YES),
        (count(Operator.EQUAL, 2, Filter("on_home", one_of=(True,))), Hit.YES),
        (count(Operator.EQUAL, 1, Filter("slug", one_of=("slow",))), Hit.YES),
        (count(Operator.EQUAL, 2, Filter("status", operator=Operator.ABOVE, number=Decimal(399))), Hit.YES),
        (count(Operator.EQUAL, 1, Filter("status", number=Decimal(410))), Hit.YES),
        (count(Operator.AT_LEAST, 1, Filter("status", one_of=(404,)), Filter("slug", one_of=("slow",))), Hit.NO),
        (count(Operator.AT_LEAST, 1, Filter("absent", one_of=(1,)), Filter("slug", one_of=("no",))), Hit.NO),
        (count(Operator.AT_LEAST, 4, Filter("absent", one_of=(1,))), Hit.NO),
        (count(Operator.AT_LEAST, 1, Filter("absent", one_of=(1,))), Hit.NOT_OBSERVABLE),
    ],
)
def test_findings_are_counted_by_their_fields(condition: Condition, hit: Hit) -> None:
    assert held(condition, LINKS) is hit


def test_the_home_page_cannot_be_told_without_its_address() -> None:
    condition = count(Operator.AT_LEAST, 1, Filter("on_home", one_of=(True,)))
    assert held(condition, LINKS, home="") is Hit.NOT_OBSERVABLE


@pytest.mark.parametrize(
    ("outcome", "facts", "hit"),
    [
        (Outcome.PASS, {"share": 0.031}, Hit.YES),
        (Outcome.PASS, {"share": "0.03"}, Hit.NO),
        (Outcome.PASS, {"share": "many"}, Hit.NOT_OBSERVABLE),
        (Outcome.PASS, {"share": True}, Hit.NOT_OBSERVABLE),
        (Outcome.PASS, {"share": float("inf")}, Hit.NOT_OBSERVABLE),
        (Outcome.PASS, {}, Hit.NOT_OBSERVABLE),
        (Outcome.NOT_APPLICABLE, {}, Hit.NO),
    ],
)
def test_a_fact_is_scaled_and_compared(outcome: Outcome, facts: dict[str, Fact], hit: Hit) -> None:
    condition = Condition(
        audit="site-unreachable",
        what="比例",
        measure=Measure.FACT,
        field="share",
        operator=Operator.ABOVE,
        number=Decimal(3),
        scale=Decimal(100),
        unit="%",
    )
    assert held(condition, result("site-unreachable", outcome, **facts)) is hit


def test_an_all_group_is_no_as_soon_as_one_part_is() -> None:
    yes, no = count(Operator.EQUAL, 3), count(Operator.EQUAL, 9)
    unknown = Condition(audit="https", what="没有 HTTPS", measure=Measure.OUTCOME)
    assert held(Condition(all=(yes, yes)), LINKS) is Hit.YES
    assert held(Condition(all=(yes, unknown)), LINKS) is Hit.NOT_OBSERVABLE
    assert held(Condition(all=(no, unknown)), LINKS) is Hit.NO


@pytest.mark.parametrize("said", ["", "{nothing} 次", "{", "{0}"])
def test_a_lacking_observation_is_said_even_when_its_sentence_cannot_be_filled(said: str) -> None:
    need = Filter("probes", operator=Operator.AT_LEAST, number=Decimal(10))
    condition = Condition(audit="broken-link", what="坏链", needs=(need,), needs_said=said)
    assert hold(condition, {"broken-link": LINKS}).sentence == "坏链：观测不足，不能判定。"


def test_a_reason_is_always_given_for_what_was_not_observed() -> None:
    blind = result("broken-link", Outcome.NOT_OBSERVABLE)
    assert hold(count(Operator.EQUAL, 1), {"broken-link": blind}).sentence == "坏链：未能观测。"
