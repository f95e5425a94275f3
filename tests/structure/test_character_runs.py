"""The runs of characters of a text are those of the pattern, and single characters beside them."""

from hypothesis import given
from hypothesis import strategies as st

from govgauge.structure import character_runs

_TEXTS = st.text(st.sampled_from("市政府一龥、+，。 1a\n\u3000\U00020000\ud800"), max_size=60) | st.text(max_size=60)


@given(_TEXTS)
def test_runs_of_two_characters_and_more_are_those_of_the_pattern(text: str) -> None:
    found = character_runs.of(text)
    assert {run for run in found if len(run) > 1} == set(character_runs.RUN.findall(text))


@given(_TEXTS)
def test_what_else_is_found_is_one_character_of_a_run(text: str) -> None:
    single = {run for run in character_runs.of(text) if len(run) == 1}
    assert all(one in text and character_runs.RUN.fullmatch(one * 2) for one in single)
