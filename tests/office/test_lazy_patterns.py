"""Patterns that are compiled when first used: each of them can be."""

import importlib
import pkgutil
import re

import pytest

import govgauge
from govgauge import lazy_re


def _patterns(value: object) -> list[object]:
    if isinstance(value, lazy_re._Waiting):
        return [value]
    if isinstance(value, dict):
        return [found for one in value.values() for found in _patterns(one)]
    if isinstance(value, list | tuple):
        return [found for one in value for found in _patterns(one)]
    return []


def test_every_pattern_of_the_program_can_be_compiled() -> None:
    count = 0
    for module in pkgutil.walk_packages(govgauge.__path__, "govgauge."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                for pattern in _patterns(value):
                    assert isinstance(pattern.flags, int), f"{module.name}.{name}"  # type: ignore[attr-defined]
                    count += 1
    assert count > 500


@pytest.mark.parametrize("form", ["a+", b"a+"])
def test_a_waiting_pattern_does_what_a_compiled_one_does(form: str | bytes) -> None:
    waiting, real = lazy_re.compile(form, re.IGNORECASE), re.compile(form, re.IGNORECASE)
    text = form[:0].join([form, form])
    assert waiting.pattern == real.pattern
    assert (waiting.findall(text), waiting.flags, waiting.groups) == (real.findall(text), real.flags, real.groups)
    assert waiting.sub(form[:0], text) == real.sub(form[:0], text)
    assert waiting.scanner(text).search().span() == (0, 1)  # type: ignore[attr-defined]
