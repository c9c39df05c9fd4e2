"""Calling a function of the database that checks the actor itself (`definer` in privacy/rls/tables.py)."""

from __future__ import annotations

from typing import Any

from django.db import connection


def rows_of(function: str, *given: Any) -> list[tuple[Any, ...]]:
    """The rows that it returns. `function` is a name of our own, never something that was typed."""
    return _answered(function, given)[1]


def named_rows_of(function: str, *given: Any) -> list[dict[str, Any]]:
    """The same, each row by the names of its columns."""
    names, rows = _answered(function, given)
    return [dict(zip(names, row, strict=True)) for row in rows]


def _answered(function: str, given: tuple[Any, ...]) -> tuple[list[str], list[tuple[Any, ...]]]:
    marks = ", ".join(["%s"] * len(given))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}({marks})", given)  # noqa: S608  # our own names
        return [column.name for column in cursor.description], list(cursor.fetchall())


def column_of(function: str, *given: Any) -> list[Any]:
    """What it returns, when that is one value a row."""
    return [row[0] for row in rows_of(function, *given)]


def value_of(function: str, *given: Any) -> Any:
    """Its one value."""
    ((value,),) = rows_of(function, *given)
    return value
