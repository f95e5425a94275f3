"""Simulated ranks: reproducible, exact where nothing is uncertain, and true to the rules of scoring."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import sobol_indices
from small_system import CODES, PROFILE, ROWS, SYSTEM, leaf, names, system, table

from govgauge.analysis.leaf_table import LeafTable
from govgauge.analysis.rank_runs import ranks_of_runs
from govgauge.analysis.robustness import Tier, robustness
from govgauge.analysis.sensitivity import sensitivity_of
from govgauge.analysis.shares import Share
from govgauge.analysis.simulation import Simulation
from govgauge.analysis.uncertainty import Law, Source, Uncertainty, Within
from govgauge.analysis.varied_weights import varied_weights
from govgauge.analysis.weight_tree import WeightTree
from govgauge.errors import Unusable
from govgauge.scoring.bulk import score_field

NOTHING = Uncertainty(weights=0, decimals=None, coder_share=0)
FIVE: list[tuple[object, ...]] = [
    (1.0, 1.0, 1.0, 1.0, 1.0),
    (0.9, 0.5, 0.6, 1.0, 0.0),
    (0.5, 0.9, 0.9, 1.0, 0.0),
    (0.5, 0.9, 0.9, 1.0, 0.0),
    (0.0, 0.1, 0.0, 0.0, 0.0),
]


def random_table(subjects: int, seed: int = 0) -> LeafTable:
    draws = np.random.default_rng(seed)
    values = draws.random((subjects, len(CODES))).round(2)
    return LeafTable(tuple(names(subjects)), CODES, values, np.ones(values.shape, dtype=bool))


@given(ROWS)
def test_weights_fall_to_subjects_as_in_scoring(rows: list[tuple[object, ...]]) -> None:
    given_table = table(rows)
    scores = score_field(SYSTEM, PROFILE, given_table.field())
    tree = WeightTree(SYSTEM, PROFILE, CODES)
    handed = tree.handed_out(tree.weights[None, :], given_table.applies)[:, 0, :]
    for column, code in enumerate(CODES):
        np.testing.assert_allclose(handed[:, column], scores.weights[code], atol=1e-12)


@given(ROWS)
@settings(max_examples=25, deadline=None)
def test_where_nothing_is_uncertain_every_run_gives_the_score(rows: list[tuple[object, ...]]) -> None:
    known = [tuple(0.5 if cell == "open" else cell for cell in row) for row in rows]
    runs = Simulation(SYSTEM, PROFILE, table(known), NOTHING).run(3)
    scores = score_field(SYSTEM, PROFILE, table(known).field())
    np.testing.assert_allclose(runs.a, np.tile(scores.total_low, (3, 1)), atol=1e-9)
    np.testing.assert_allclose(runs.point, scores.total_low, atol=1e-9)


@given(ROWS, st.integers(0, 1000))
@settings(max_examples=25, deadline=None)
def test_totals_stay_within_full_marks(rows: list[tuple[object, ...]], seed: int) -> None:
    wild = Uncertainty(weights=0.9, decimals=1, coder_share=0.5, coder_step=0.6, within=Within.WHOLE)
    runs = Simulation(SYSTEM, PROFILE, table(rows), wild, seed).run(40)
    assert runs.a.min() >= -1e-5
    assert runs.a.max() <= 11 + 1e-4


@pytest.mark.parametrize("law", Law)
def test_varied_weights_keep_the_sums_of_siblings_and_the_bonus(law: Law) -> None:
    tree = WeightTree(SYSTEM, PROFILE, CODES)
    found = varied_weights(tree, Uncertainty(weights=0.4, law=law), 64, np.random.default_rng(1))
    np.testing.assert_allclose(found[:, 0] + found[:, 1], 6)
    np.testing.assert_allclose(found[:, 2] + found[:, 3], 4)
    np.testing.assert_allclose(found[:, 4], 1)
    assert found[:, 0].std() > 0.1
    whole = varied_weights(tree, Uncertainty(law=law, within=Within.WHOLE), 64, np.random.default_rng(1))
    np.testing.assert_allclose(whole[:, :4].sum(axis=1), 10)
    assert (whole[:, 0] + whole[:, 1]).std() > 0.1


def test_the_same_seed_gives_the_same_runs_and_another_does_not() -> None:
    given_table = random_table(30)
    one, again, other = (robustness(SYSTEM, PROFILE, given_table, Uncertainty(), runs=200, seed=s) for s in (3, 3, 4))
    assert one == again
    assert one != other


def test_the_sources_may_be_left_out_without_changing_the_runs() -> None:
    given_table = random_table(30)
    with_them = robustness(SYSTEM, PROFILE, given_table, Uncertainty(), runs=300)
    without = robustness(SYSTEM, PROFILE, given_table, Uncertainty(), runs=300, sensitivity=False)
    assert with_them.subjects == without.subjects


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_the_order_of_subjects_does_not_matter(random: object) -> None:
    given_table = random_table(12)
    order = list(range(12))
    random.shuffle(order)  # type: ignore[attr-defined]
    one, other = (
        robustness(SYSTEM, PROFILE, each, Uncertainty(), runs=100) for each in (given_table, given_table.rows(order))
    )
    assert one == other


def test_ranks_stand_where_nothing_is_uncertain() -> None:
    found = robustness(SYSTEM, PROFILE, table(FIVE), NOTHING, runs=100, top=2)
    assert [(each.subject, each.rank, each.low, each.median, each.high) for each in found.subjects] == [
        ("甲", 1, 1, 1, 1),
        ("丁", 2, 2, 2, 2),
        ("丙", 2, 2, 2, 2),
        ("乙", 4, 4, 4, 4),
        ("戊", 5, 5, 5, 5),
    ]
    assert [each.top for each in found.subjects] == [Share(100, 100)] * 3 + [Share(0, 100)] * 2
    assert found.tiers == (
        Tier(1, ("甲",), Share(0, 0)),
        Tier(2, ("丁", "丙"), Share(0, 100)),
        Tier(3, ("乙",), Share(0, 0)),
        Tier(4, ("戊",), Share(0, 0)),
    )
    assert found.tiers == found.echelons
    assert found.mean_shift == 0
    assert found.sensitivity is not None
    assert found.sensitivity.moving == 0


@pytest.mark.parametrize(
    ("uncertainty", "source"),
    [
        (Uncertainty(weights=0.5, decimals=None, coder_share=0), Source.WEIGHTS),
        (Uncertainty(weights=0, decimals=1, coder_share=0), Source.ROUNDING),
        (Uncertainty(weights=0, decimals=None, coder_share=0.3), Source.CODERS),
    ],
)
def test_the_only_source_explains_everything(uncertainty: Uncertainty, source: Source) -> None:
    found = robustness(SYSTEM, PROFILE, random_table(40), uncertainty, runs=1000).sensitivity
    assert found is not None
    for effect in found.effects:
        expected = 1.0 if effect.source is source else 0.0
        assert effect.total == pytest.approx(expected, abs=0.15)
        assert effect.first == pytest.approx(expected, abs=0.15)
        assert effect.main_for == (found.moving if effect.source is source else 0)


def test_the_indices_of_the_field_are_scipys_for_a_single_subject() -> None:
    runs = Simulation(SYSTEM, PROFILE, random_table(2, seed=3), Uncertainty(coder_share=0.3), 5).run(256, mixed=256)
    a, b = (ranks_of_runs(each).T[:1].astype(float) for each in (runs.a, runs.b))
    mixed = np.stack([ranks_of_runs(runs.mixed[source]).T[:1].astype(float) for source in Source])
    expected = sobol_indices(func={"f_A": a, "f_B": b, "f_AB": mixed}, n=256)
    ours = sensitivity_of(runs, 1)
    # two subjects' ranks mirror each other, so that the field's indices are those of either
    np.testing.assert_allclose([each.first for each in ours.effects], expected.first_order, atol=1e-9)
    np.testing.assert_allclose([each.total for each in ours.effects], expected.total_order, atol=1e-9)


def test_an_open_value_widens_the_interval_and_is_told() -> None:
    rows = [(0.1 * place, 0.5, 0.5, 0.5, 0.0) for place in range(10)]
    known = robustness(SYSTEM, PROFILE, table(rows), NOTHING, runs=200, sensitivity=False)
    rows[5] = ("open", 0.5, 0.5, 0.5, 0.0)
    found = robustness(SYSTEM, PROFILE, table(rows), NOTHING, runs=200, sensitivity=False)
    (before,), (after,) = ([each for each in one.subjects if each.subject == "己"] for one in (known, found))
    assert (known.still_open, found.still_open) == (0, 1)
    assert before.high == before.low
    assert after.high - after.low >= 7


def test_a_leaf_that_the_table_does_not_have_is_open() -> None:
    whole = random_table(6)
    part = LeafTable(whole.subjects, CODES[1:], whole.values[:, 1:], whole.applies[:, 1:])
    found = robustness(SYSTEM, PROFILE, part, NOTHING, runs=100, sensitivity=False)
    assert found.still_open == 6
    emptied = LeafTable(whole.subjects, CODES, np.where(np.array(CODES) == "1.1", np.nan, whole.values), whole.applies)
    assert found == robustness(SYSTEM, PROFILE, emptied, NOTHING, runs=100, sensitivity=False)


def test_ranks_count_those_with_more_and_wipe_off_binary_dust() -> None:
    found = ranks_of_runs(np.array([[3.0, 0.1 + 0.2, 0.3, 5.0], [1.0, 1.0, 1.0, 1.0]]))
    assert found.tolist() == [[2, 3, 3, 1], [1, 1, 1, 1]]


def test_leaves_that_are_first_level_indicators_are_siblings() -> None:
    flat = system(leaf("1", "3"), leaf("2", "1"), leaf("3", "1", bonus=True))
    found = varied_weights(WeightTree(flat, PROFILE, ("1", "2", "3")), Uncertainty(), 16, np.random.default_rng(0))
    np.testing.assert_allclose(found[:, 0] + found[:, 1], 4)
    np.testing.assert_allclose(found[:, 2], 1)


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"weights": 1.0}, "权重的变动幅度"),
        ({"weights": -0.1}, "权重的变动幅度"),
        ({"decimals": -1}, "小数位数"),
        ({"coder_share": 1.1}, "误采答案的比例"),
        ({"coder_step": -1}, "误采的幅度"),
    ],
)
def test_settings_that_cannot_be_are_refused(changed: dict[str, float], part: str) -> None:
    with pytest.raises(Unusable, match=part):
        robustness(SYSTEM, PROFILE, table(FIVE), Uncertainty(**changed), runs=100)  # type: ignore[arg-type]


def test_too_few_or_too_many_runs_or_too_few_subjects_are_refused() -> None:
    with pytest.raises(Unusable, match="至少取 100 次"):
        robustness(SYSTEM, PROFILE, table(FIVE), NOTHING, runs=10)
    with pytest.raises(Unusable, match="只有一个评估对象"):
        robustness(SYSTEM, PROFILE, table(FIVE[:1]), NOTHING, runs=100)
    with pytest.raises(Unusable, match="不多于 4000000 次"):
        robustness(SYSTEM, PROFILE, table(FIVE), NOTHING, runs=5_000_000)
    with pytest.raises(Unusable, match="随机种子"):
        robustness(SYSTEM, PROFILE, table(FIVE), NOTHING, runs=100, seed=-1)
