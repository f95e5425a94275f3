"""Adding and changing many rows of one kind with a statement that is prepared once: Django's own way takes longer for
each row than the database does."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.db import connection, models

PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)
"""Fields whose values databases take as they are."""


def add(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Add rows with the values of the fields named, which must be all that the database asks for; no keys come back."""
    known = {field.name: field for field in model._meta.concrete_fields}  # noqa: SLF001 - Django's documented way
    fields = [known[name] for name in names]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001
    prepare = [_prepared(field) for field in fields]
    values: list[list[Any]] = [
        [value if change is None else change(value) for change, value in zip(prepare, row, strict=True)] for row in rows
    ]
    if values:
        places = ", ".join(["%s"] * len(fields))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", values)  # noqa: S608 - our names


def change(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Set the fields named of rows that are there; each row is their values and its key."""
    known = {field.name: field for field in model._meta.concrete_fields}  # noqa: SLF001 - Django's documented way
    key = model._meta.pk  # noqa: SLF001
    prepare = [_prepared(known[name]) for name in names]
    values: list[list[Any]] = [
        [*(value if one is None else one(value) for one, value in zip(prepare, row[:-1], strict=True)), row[-1]]
        for row in rows
    ]
    if values and key is not None:
        sets = ", ".join(f"{connection.ops.quote_name(str(known[name].column))} = %s" for name in names)
        table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001
        where = connection.ops.quote_name(str(key.column))
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {table} SET {sets} WHERE {where} = %s", values)  # noqa: S608 - our names


def _prepared(field: Any) -> Callable[[object], object] | None:
    return None if isinstance(field, PLAIN) else partial(field.get_db_prep_save, connection=connection)
