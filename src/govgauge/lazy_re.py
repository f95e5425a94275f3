"""Regular expressions that are compiled when they are first used.

The rooms hold hundreds of them and one visit needs a few: compiling all of them took a third of the time of a start.
"""

import re
from typing import Any, AnyStr, cast


def compile(form: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:  # noqa: A001 - stands in for re.compile
    """A pattern like that of `re.compile`. What is wrong with its form shows at its first use: test each of them."""
    return cast("re.Pattern[AnyStr]", _Waiting(form, flags))


class _Waiting:
    """A pattern that becomes a real one as soon as something other than its form is asked of it."""

    def __init__(self, form: str | bytes, flags: int) -> None:
        self.pattern = form
        self._given = flags

    def __getattr__(self, name: str) -> Any:
        real: re.Pattern[Any] = re.compile(self.pattern, self._given)
        found = vars(self)
        for each in ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"):
            found[each] = getattr(real, each)
        for each in ("flags", "groups", "groupindex"):
            found[each] = getattr(real, each)
        return found[name] if name in found else getattr(real, name)

    def __repr__(self) -> str:
        return f"lazy_re.compile({self.pattern!r})"
