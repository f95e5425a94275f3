"""Fingerprints of texts."""

from hypothesis import given
from hypothesis import strategies as st

from govgauge.structure.fingerprints import COMPARABLE_CHARS, of

LONG = "各区县人民政府，市政府各部门：为做好今年冬季供暖保障工作，现将有关事项通知如下，请结合实际认真贯彻执行。" * 6
WORDS = st.text(alphabet="政府工作通知关于做好年冬季供暖保障", min_size=COMPARABLE_CHARS, max_size=400)


@given(WORDS)
def test_white_space_changes_nothing(text):
    assert of(" \n".join(text)) == of(text)
    assert of(text)[0] == len(text)


@given(st.text(max_size=COMPARABLE_CHARS - 1))
def test_a_short_text_has_no_fingerprint(text):
    assert of(text)[1] == ""


def test_a_changed_word_makes_another_fingerprint():
    assert of(LONG)[1] != of(LONG.replace("冬季", "春季", 1))[1] != ""
