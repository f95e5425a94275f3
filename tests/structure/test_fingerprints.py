"""Fingerprints of texts."""

from hypothesis import given
from hypothesis import strategies as st

from govgauge.structure.fingerprints import COMPARABLE_CHARS, distance, simhash, text_hash

LONG = "各区县人民政府，市政府各部门：为做好今年冬季供暖保障工作，现将有关事项通知如下，请结合实际认真贯彻执行。" * 6
WORDS = st.text(alphabet="政府工作通知关于做好年冬季供暖保障", min_size=COMPARABLE_CHARS, max_size=400)


@given(WORDS)
def test_white_space_changes_nothing(text):
    spaced = " \n".join(text)
    assert (text_hash(spaced), simhash(spaced)) == (text_hash(text), simhash(text))


@given(st.text(max_size=COMPARABLE_CHARS - 1))
def test_a_short_text_has_no_fingerprint(text):
    assert (text_hash(text), simhash(text)) == ("", 0)


def test_a_changed_word_moves_few_bits_and_another_text_many():
    near = distance(simhash(LONG), simhash(LONG.replace("冬季", "春季", 1)))
    far = distance(
        simhash(LONG),
        simhash("第一条 为了规范行政处罚裁量权，保障公民、法人的合法权益，根据有关法律，制定本办法。" * 6),
    )
    assert near <= 6
    assert far >= 15


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_distance_counts_differing_bits(one, other):
    assert distance(one, other) == distance(other, one) == (one ^ other).bit_count()
