"""The pattern for many labels."""

import re

from hypothesis import given
from hypothesis import strategies as st

from govgauge.structure import label_pattern

LABELS = st.lists(st.text("甲乙丙.", min_size=1, max_size=5), min_size=1, max_size=8)


@given(LABELS, st.text("甲乙丙. ", max_size=12))
def test_the_longest_label_is_found_as_by_trying_them_one_by_one(labels: list[str], text: str) -> None:
    one_by_one = "|".join(" *".join(map(re.escape, label)) for label in sorted(labels, key=len, reverse=True))
    found = [match.span() for match in re.finditer(label_pattern.any_of(labels, " *"), text)]
    assert found == [match.span() for match in re.finditer(one_by_one, text)]
