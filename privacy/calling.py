"""Calling a function of the database that checks the actor itself (`definer` in privacy/rls/tables.py)."""

from __future__ import annotations

from typing import Any

from django.db import connection


def rows_of(function: str, *given: Any) -> list[tuple[Any, ...]]:
    """The rows that it returns. `function` is a name of our own, never something that was typed."""
    marks = ", ".join(["%s"] * len(given))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}({marks})", given)  # noqa: S608  # our own names
        return list(cursor.fetchall())


def column_of(function: str, *given: Any) -> list[Any]:
    """What it returns, when that is one value a row."""
    return [row[0] for row in rows_of(function, *given)]


def value_of(function: str, *given: Any) -> Any:
    """Its one value."""
    ((value,),) = rows_of(function, *given)
    return value
