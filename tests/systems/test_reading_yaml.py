"""The quick reader of YAML means the same as the full one, whatever stands in the text."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from govgauge.systems import source_text
from govgauge.systems.library import SHELF
from govgauge.systems.source_text import UnusableFile, parse
from govgauge.systems.yaml_values import Unplain, plain_values

SCALARS = [
    *("1", "-7", "+3", "007", "0x1F", "1_000", "1.5", "-0.25", "5.", ".5", "1.0e+3", "1e3", ".inf", ".nan", "190:20"),
    *("yes", "Off", "true", "NULL", "~", "null", "", "2015-03-11", "2015-03-11 10:00:00", "2015-13-11", "<<", "="),
    *("中文", "'1'", '"1"', "[1, 2.5]", "{a: 1, b: }", "&x 1", "!!str 1", "!!int '3'", "- a\n- 1", "a: 1\nb: [x]"),
    *("1: a", "? [a]\n: b", "a: &x {b: 1}\nc: *x", "a: {<<: {b: 1}}", "--- 1\n--- 2", "# nothing", "|\n  1\n"),
]


def full(text: str) -> object:
    return yaml.load(text, Loader=source_text._Loader)  # noqa: S506


def both_agree(text: str) -> None:
    try:
        quick = plain_values(text)
    except (Unplain, StopIteration, yaml.YAMLError):
        return
    assert repr(quick) == repr(full(text))


@pytest.mark.parametrize("text", SCALARS)
def test_a_scalar_means_what_yaml_says(text: str) -> None:
    both_agree(text)
    both_agree(f"key: {text}" if "\n" not in text else text)


@given(st.text(alphabet="0123456789.eE+-_:xX~ynofNOaulsTtrdb中 ", max_size=12))
def test_any_scalar_means_what_yaml_says(text: str) -> None:
    both_agree(text)


@pytest.mark.parametrize("path", sorted(SHELF.rglob("*.yaml")), ids=lambda path: path.stem)
def test_the_library_is_plain_and_means_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert repr(plain_values(text)) == repr(full(text))


def test_what_is_not_plain_is_read_by_the_full_reader() -> None:
    assert parse("a: &x [1]\nb: *x", Path("f.yaml")) == {"a": [1], "b": [1]}


def test_an_abyss_of_brackets_is_a_sentence() -> None:
    with pytest.raises(UnusableFile, match="嵌套得太深"):
        parse("[" * 5000 + "]" * 5000, Path("f.yaml"))


@pytest.mark.parametrize("value", ["2015-13-11", "9" * 5000, "1.0e+999999999", "1.0e-999999999"])
def test_a_number_or_date_that_cannot_be_is_a_sentence(value: str) -> None:
    with pytest.raises(UnusableFile, match=r"f\.yaml"):
        parse(f"a: {value}", Path("f.yaml"))
