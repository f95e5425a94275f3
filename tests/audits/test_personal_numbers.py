"""Identity numbers and cards: which are valid, and that nothing that is reported repeats them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.audits.personal_data_leak.numbers import is_card, is_identity, mask_all, masked

TODAY = date(2025, 11, 30)


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("11010519491231002X", True),
        ("11010519491231002x", True),
        ("110105194912310021", False),
        ("990105194912310025", False),
        ("410402198002301234", False),
        ("410402203001011234", False),
    ],
)
def test_an_identity_number_needs_a_division_a_birthday_and_its_check_character(number: str, valid: bool) -> None:
    assert is_identity(number, TODAY) is valid


@given(st.text(alphabet="0123456789", min_size=15, max_size=18))
def test_a_card_with_one_other_digit_is_no_card(body: str) -> None:
    valid = [body + str(digit) for digit in range(10) if is_card(body + str(digit))]
    assert len(valid) == 1


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("410402198001011234", "410402********1234"),
        ("13812345678", "138****5678"),
        ("138 1234 5678", "138****5678"),
        ("6222021703001234564", "622202*********4564"),
    ],
)
def test_the_middle_of_a_number_is_hidden(number: str, shown: str) -> None:
    assert masked(number) == shown


@given(st.from_regex(r"1[3-9]\d{9}", fullmatch=True), st.text(alphabet="电话：，张三 ", max_size=8))
def test_no_mobile_number_survives_in_an_excerpt(number: str, words: str) -> None:
    assert number not in mask_all(f"{words}{number}{words}")
