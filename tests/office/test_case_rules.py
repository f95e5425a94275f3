"""The rules of a call for cases, as values."""

from decimal import Decimal

import pytest

from govgauge.errors import Unusable
from govgauge.office.domain.case_calls import checked


def test_rules_are_read_with_exact_numbers() -> None:
    rules = checked({"public_share": "0.3", "bonus": {"full": "10"}, "chosen": []})
    assert (rules.public_share, rules.bonus.full) == (Decimal("0.3"), Decimal(10))


@pytest.mark.parametrize(
    "settings",
    [
        {"public_share": 2},
        {"public_share": "-0.1"},
        {"bonus": {"full": "-1"}},
        {"bonus": {"per_case": 101}},
        {"admitted_from": "NaN"},
        {"chosen": [{"family": "甲", "most": 1, "least_total": "101"}]},
    ],
)
def test_numbers_out_of_their_bounds_are_refused_with_a_sentence(settings: dict[str, object]) -> None:
    with pytest.raises(Unusable, match="案例评选办法不能用"):
        checked(settings)
