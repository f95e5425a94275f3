"""Which parameters a page reads: told by the page itself while it is asked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.http import QueryDict

READERS = ("get", "getlist", "__getitem__", "__contains__")


@contextmanager
def asked_names() -> Iterator[set[str]]:
    """The names that are read from addresses and forms from here on."""
    names: set[str] = set()
    with pytest.MonkeyPatch.context() as patch:
        for reader in READERS:
            patch.setattr(QueryDict, reader, _noting(getattr(QueryDict, reader), names))
        yield names


def _noting(read: Callable[..., Any], names: set[str]) -> Callable[..., Any]:
    def noting(query: QueryDict, name: object, *more: Any, **named: Any) -> Any:
        if isinstance(name, str):
            names.add(name)
        return read(query, name, *more, **named)

    return noting
