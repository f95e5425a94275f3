"""Texts that a spreadsheet program would run as a formula, written so that they stay texts, and read back as they were.

A CSV says nothing of types: there a text that begins with = + - @ (or with a tab or return) gets an apostrophe before
it, and one that has such apostrophes already gets one more. In a workbook the type of the cell says that it is a text.
"""

import re

RUNS = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
"""Full-width signs are run as well by programs set to Chinese."""


def guarded(text: str) -> str:
    """The text as it is written into a CSV."""
    return f"'{text}" if RUNS.match(text) else text


def bare(text: str) -> str:
    """The text as it was before it was guarded."""
    return text[1:] if text[:1] == "'" and RUNS.match(text) else text
