"""Indicator systems drawn at random, valid and as odd as the model allows."""

from decimal import Decimal

from hypothesis import strategies as st

from govgauge.systems.audit_ids import audit_ids
from govgauge.systems.model import Category, Check, Defect, Indicator, Method, Profile, Source, Status, System
from govgauge.systems.ranking import Grade, OrderInGrade, Ranking, Rounding, Ties
from govgauge.systems.sheets.cell_values import DASHES
from govgauge.systems.validate import PROGRAM

TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"),
    min_size=1,
    max_size=12,
).filter(lambda text: text == text.strip() and bool(text))
ODD = st.sampled_from(["=1+1", "1.10", "是", "null", "2015-03-11", "a: b", "{x", "“引”", "1e5", "合计", "#", "'", '"'])
NAMES = st.one_of(TEXTS, ODD).filter(lambda text: not DASHES.fullmatch(text))
WEIGHTS = st.decimals(min_value=0, max_value=100, places=2)
PARAMS = st.dictionaries(
    st.from_regex(r"[a-z]{1,6}", fullmatch=True),
    st.one_of(
        st.booleans(),
        st.integers(-1000, 1000),
        st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: round(number, 6)),
        NAMES,
        st.lists(NAMES, max_size=2),
    ),
    max_size=2,
)


@st.composite
def systems(draw: st.DrawFn) -> System:
    """A complete system of one to three levels."""
    ids = draw(st.lists(st.from_regex(r"[a-z]{1,5}", fullmatch=True), min_size=1, max_size=3, unique=True))
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    nodes = tuple(_node(draw, ids, str(place), name, 1) for place, name in enumerate(names, 1))
    codes = st.sampled_from([node.code for node in nodes])
    defect = st.builds(
        Defect, code=codes, profile=st.sampled_from(ids), printed=WEIGHTS, computed=WEIGHTS, place=NAMES, text=NAMES
    )
    return System(
        id=draw(st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)),
        year=draw(st.integers(2000, 2100)),
        table=draw(NAMES),
        title=draw(NAMES),
        source=Source(document=draw(NAMES), place=draw(st.one_of(st.just(""), NAMES))),
        status=Status.COMPLETE,
        profiles=tuple(Profile(id=one, title=draw(NAMES)) for one in ids),
        full_marks=draw(st.decimals(min_value=1, max_value=200, places=1)),
        bonus_max=draw(WEIGHTS),
        indicators=nodes,
        notes=tuple(draw(st.lists(NAMES, max_size=2))),
        defects=tuple(draw(st.lists(defect, max_size=2))),
        ranking=draw(_rankings()),
    )


def _rankings() -> st.SearchStrategy[Ranking]:
    return st.builds(
        Ranking,
        ties=st.sampled_from(Ties),
        decimals=st.integers(0, 4),
        rounding=st.sampled_from(Rounding),
        on_rounded=st.booleans(),
        grades=st.lists(st.builds(Grade, name=NAMES, at_least=WEIGHTS), max_size=2).map(tuple),
        order_in_grade=st.sampled_from(OrderInGrade),
    )


def _node(draw: st.DrawFn, ids: list[str], code: str, name: str, level: int) -> Indicator:
    printed = draw(st.dictionaries(st.sampled_from(ids), WEIGHTS, max_size=len(ids)))
    bonus = level == 1 and draw(st.booleans())
    deduct = draw(st.booleans())
    if level < 3 and draw(st.booleans()):
        names = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
        below = tuple(_node(draw, ids, f"{code}.{place}", one, level + 1) for place, one in enumerate(names, 1))
        return Indicator(code=code, name=name, printed=printed, bonus=bonus, deduct=deduct, children=below)
    checks = _checks(draw, ids, code)
    return Indicator(
        code=code,
        name=name,
        printed=printed,
        bonus=bonus,
        deduct=deduct,
        weights={one: draw(st.one_of(st.none(), WEIGHTS)) for one in ids},
        best=draw(st.one_of(st.none(), st.integers(1, 5))) if bonus else None,
        categories=tuple(draw(st.lists(st.builds(Category, name=NAMES, text=NAMES), max_size=2))) if bonus else (),
        checks=checks,
    )


def _checks(draw: st.DrawFn, ids: list[str], code: str) -> tuple[Check, ...]:
    shares = draw(st.sampled_from([["1"], ["0.5", "0.5"], ["0.2", "0.3", "0.5"], ["0.05", "0.95"]]))
    checks = [_check(draw, f"{code}-{place}", Decimal(share)) for place, share in enumerate(shares, 1)]
    if len(checks) > 1 and draw(st.booleans()):
        bound = checks[-1]
        only = tuple(draw(st.lists(st.sampled_from(ids), min_size=1, max_size=len(ids), unique=True)))
        checks[-1] = Check(bound.id, bound.text, bound.share, bound.method, bound.audit, bound.params, only)
    return tuple(checks)


def _check(draw: st.DrawFn, check_id: str, share: Decimal) -> Check:
    method = draw(st.sampled_from(Method))
    audit = draw(st.sampled_from(sorted(audit_ids()))) if method in PROGRAM else None
    params = draw(PARAMS) if audit else {}
    return Check(id=check_id, text=draw(NAMES), share=share, method=method, audit=audit, params=params)
