"""Small systems for the tests of scoring: fixed ones, and random ones for Hypothesis."""

from decimal import Decimal

from hypothesis import strategies as st

from govgauge.outcomes import Outcome
from govgauge.scoring.answers import Answer
from govgauge.systems.model import Check, Indicator, Method, Profile, Source, Status, System

PROFILE = "p"


def check(name: str, share: str = "1", method: Method = Method.MANUAL, audit: str | None = None) -> Check:
    return Check(id=name, text=f"要点{name}", share=Decimal(share), method=method, audit=audit)


def leaf(code: str, weight: str | None, *checks: Check, bonus: bool = False, deduct: bool = False) -> Indicator:
    return Indicator(
        code=code,
        name=f"指标{code}",
        weights={PROFILE: None if weight is None else Decimal(weight)},
        bonus=bonus,
        deduct=deduct,
        checks=checks or (check(f"{code}-1"),),
    )


def branch(code: str, *children: Indicator, deduct: bool = False) -> Indicator:
    return Indicator(code=code, name=f"指标{code}", children=children, deduct=deduct)


def system(*indicators: Indicator, status: Status = Status.COMPLETE) -> System:
    weights = [node.weight(PROFILE) or Decimal(0) for node in indicators]
    bonus = [node.weight(PROFILE) or Decimal(0) for node in indicators if node.bonus]
    return System(
        id="small",
        year=2025,
        table="小表",
        title="小体系",
        source=Source("某报告"),
        status=status,
        profiles=(Profile(PROFILE, "档"),),
        full_marks=sum(weights, Decimal(0)),
        bonus_max=sum(bonus, Decimal(0)),
        indicators=indicators,
    )


def given_value(value: str, **facts: object) -> Answer:
    outcome = {"1": Outcome.PASS, "0": Outcome.FAIL}.get(value, Outcome.PARTIAL)
    return Answer(outcome=outcome, value=Decimal(value), **facts)  # type: ignore[arg-type]


NOT_APPLICABLE = Answer(outcome=Outcome.NOT_APPLICABLE)
NOT_OBSERVABLE = Answer(outcome=Outcome.NOT_OBSERVABLE, reason="被拒绝访问。")


@st.composite
def shares(draw: st.DrawFn) -> list[Decimal]:
    """One to four shares that sum to 1 exactly."""
    parts = draw(st.lists(st.integers(1, 20), min_size=1, max_size=4))
    hundredths = [Decimal(part * 100 // sum(parts)) / 100 for part in parts]
    hundredths = [max(part, Decimal("0.01")) for part in hundredths]
    hundredths[0] += 1 - sum(hundredths)
    return hundredths


@st.composite
def systems(draw: st.DrawFn) -> System:
    """A tree of one to three levels with a bonus, deducting parts and indicators that are not assessed."""
    roots = [draw(_node(str(position), 1)) for position in range(1, draw(st.integers(2, 4)))]
    bonus = leaf("9", str(draw(st.integers(0, 10))), bonus=True)
    return system(*roots, bonus)


@st.composite
def _node(draw: st.DrawFn, code: str, level: int) -> Indicator:
    deduct = draw(st.integers(0, 5)) == 0
    if level < 3 and draw(st.booleans()):
        children = [draw(_node(f"{code}.{position}", level + 1)) for position in range(1, draw(st.integers(2, 4)))]
        return branch(code, *children, deduct=deduct)
    weight = draw(st.one_of(st.none(), st.decimals(0, 20, places=1)))
    checks = [check(f"{code}-{position}", str(share)) for position, share in enumerate(draw(shares()), 1)]
    return leaf(code, None if weight is None else str(weight), *checks, deduct=deduct)


@st.composite
def answered(draw: st.DrawFn) -> tuple[System, dict[str, Answer]]:
    """A system with answers to some of its checks."""
    drawn = draw(systems())
    return drawn, {one.id: draw(answers()) for one in drawn.checks() if draw(st.integers(0, 3))}


def answers() -> st.SearchStrategy[Answer]:
    values = st.decimals(0, 1, places=3).map(lambda value: given_value(str(value)))
    return st.one_of(values, st.just(NOT_APPLICABLE), st.just(NOT_OBSERVABLE))
