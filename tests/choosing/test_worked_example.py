"""The example in docs/choosing.md is computed here: four cases, three experts, five voters."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from govgauge.choosing.ballots import Ballot, BallotRule, count
from govgauge.choosing.case_bonus import BonusRule, Earning
from govgauge.choosing.conflicts import Expert, OwnedCase, Region, barred, conflicts
from govgauge.choosing.marks import Mark, person_score
from govgauge.choosing.result import bonus_lines, case_lines, decide, exact
from govgauge.choosing.rubric import rubric
from govgauge.choosing.selection import ChoiceRule, TieBreak
from govgauge.choosing.severity import Score, adjust
from govgauge.choosing.totals import PartRule, Scaling, Shares, Standing

PAGE = Path(__file__).parents[2] / "docs" / "choosing.md"
HEADING = "## Worked example"

OWNERS = {"1": "武汉市人民政府", "2": "襄阳市大数据局", "3": "武汉市人民政府", "4": "长沙市人民政府"}
WEIGHTS = dict(zip(rubric().codes, map(Decimal, (30, 20, 25, 15, 10)), strict=True))
LEVELS = {
    ("1", "甲"): (4, 4, 3, 4, 3),
    ("1", "乙"): (5, 4, 4, 4, 5),
    ("2", "乙"): (4, 3, 4, 3, 4),
    ("2", "丙"): (4, 3, 3, 3, 4),
    ("3", "丙"): (3, 3, 3, 4, 3),
    ("3", "甲"): (2, 3, 2, 4, 3),
    ("4", "甲"): (4, 3, 4, 3, 3),
    ("4", "丙"): (5, 4, 4, 4, 3),
}
BALLOTS = [("1", "2"), ("1", "4"), ("2", "4"), ("1",), ("1", "2", "3")]


def example() -> list[str]:
    """The lines of the example, in the order of the work."""
    lines = ["# conflicts (region: city)"]
    experts = [
        Expert("甲", "湖南大学", "湖南省株洲市"),
        Expert("乙", "武汉大学"),
        Expert("丙", "宜昌市大数据局", "湖北省宜昌市"),
    ]
    cases = [OwnedCase(case, owner) for case, owner in OWNERS.items()]
    found = conflicts([*experts, Expert("丁", "武汉市大数据局")], cases, Region.CITY)
    lines += [f"{one.case} {one.judge} {one.ground.value} {one.strength.value}: {one.reason}" for one in found]
    lines.append(f"barred: {' '.join(sorted(f'{case}-{judge}' for case, judge in barred(found)))}")

    lines += ["", "# points of each person, severity, adjusted means"]
    scores = []
    for (case, judge), levels in LEVELS.items():
        mark = Mark(case, judge, dict(zip(rubric().codes, levels, strict=True)))
        points = person_score(rubric(), WEIGHTS, mark).points
        assert points is not None
        scores.append(Score(case, judge, points))
        lines.append(f"{case} {judge}: {exact(points)}")
    adjusted = adjust(scores)
    lines += [f"severity of {one.judge}: {exact(one.severity)}" for one in adjusted.judges]
    lines += [f"case {one.case}: mean {exact(one.mean)}, adjusted {exact(one.adjusted)}" for one in adjusted.cases]

    lines += ["", "# public vote (at most two a ballot)"]
    box = [Ballot(str(at), f"V{at}", choices) for at, choices in enumerate(BALLOTS, start=1)]
    counted = count(box, dict.fromkeys(OWNERS, ""), BallotRule(in_all=2), eligible=8)
    lines.append(" ".join(f"{case}:{votes}" for case, votes in counted.votes.items()))
    lines += [f"ballot {one.ballot}: {one.fault.value}, {one.sentence}" for one in counted.invalid]
    lines.append(f"valid {counted.valid}, turnout {counted.turnout}")

    lines += ["", "# result (70 : 30, two chosen, ties by the experts, best three count)"]
    shares = Shares(PartRule(Decimal(70), Scaling.POINTS), PartRule(Decimal(30)))
    choice, bonus = ChoiceRule(first=2, tie_breaks=(TieBreak.EXPERTS,)), BonusRule(Earning.BEST)
    standings = [
        Standing(one.case, OWNERS[one.case], experts=one.points, public=Fraction(counted.votes[one.case]))
        for one in adjusted.cases
    ]
    result = decide(standings, shares, choice, bonus)
    by_case = {one.case: one for one in standings}
    for ranked in result.cases:
        lines.append(f"case {ranked.total.case}")
        lines += [f"  {line}" for line in case_lines(by_case[ranked.total.case], ranked, result, shares, choice)]
    for one in result.bonuses:
        lines.append(one.subject)
        lines += [f"  {line}" for line in bonus_lines(one, bonus)]
    return lines


def test_the_example_in_the_documentation_is_what_the_program_computes() -> None:
    _, _, after = PAGE.read_text(encoding="utf-8").partition(HEADING)
    assert after.split("```")[1].strip("\n").split("\n") == example()
