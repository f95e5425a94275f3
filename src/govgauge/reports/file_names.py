"""Names of files that any system takes."""

import re

NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\[\]\x00-\x1f]')


def file_name(text: str) -> str:
    """A text as the name of a file on any system."""
    return NOT_IN_NAMES.sub("_", text).strip(". ") or "_"
