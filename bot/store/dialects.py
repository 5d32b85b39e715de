"""What the two databases say differently, built once for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    Executable,
    Table,
    any_,
    bindparam,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite


@dataclass(frozen=True, slots=True)
class Dialect:
    """One database's way of saying things."""

    name: str
    insert: Callable[[Table], Any]  # an insert that knows ON CONFLICT

    def among(self, column: Column[int], name: str) -> ColumnElement[bool]:
        """Match any of the numbers in the one parameter *name*.

        An IN list has a text of its own for every length, and each must be
        prepared anew; this has one.
        """
        if self.name == "postgresql":
            return column == any_(bindparam(name, type_=postgresql.ARRAY(BigInteger)))
        given = func.json_each(bindparam(name, type_=JSON)).table_valued("value")
        return column.in_(select(given.c.value))


SQLITE = Dialect("sqlite", sqlite.insert)
POSTGRESQL = Dialect("postgresql", postgresql.insert)


class Each:
    """One statement in the words of each database."""

    def __init__(self, build: Callable[[Dialect], Executable]) -> None:
        """Let *build* say it twice."""
        self._built = {dialect.name: build(dialect) for dialect in (SQLITE, POSTGRESQL)}

    def for_(self, dialect: str) -> Executable:
        """Return the statement in the words of *dialect*."""
        return self._built[dialect]
