"""Enumerations of words, which are looked up in tables millions of times a visit."""

from enum import StrEnum


class WordEnum(StrEnum):
    """A StrEnum with the hash of its word: that of Enum is computed by a Python function."""

    __hash__ = str.__hash__
