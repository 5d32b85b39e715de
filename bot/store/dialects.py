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
    CompoundSelect,
    Executable,
    Table,
    any_,
    bindparam,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.elements import UnaryExpression
from sqlalchemy.sql.operators import custom_op
from sqlalchemy.types import TypeEngine


@dataclass(frozen=True, slots=True)
class Dialect:
    """One database's way of saying things."""

    name: str
    insert: Callable[[Table], Any]  # an insert that knows ON CONFLICT

    def among(
        self, column: Column[Any], name: str, of: TypeEngine[Any] | None = None
    ) -> ColumnElement[bool]:
        """Match any of the values in the one parameter *name*: numbers, or what *of* says.

        An IN list has a text of its own for every length, and each must be
        prepared anew; this has one.
        """
        if self.name == "postgresql":
            return column == any_(bindparam(name, type_=postgresql.ARRAY(of or BigInteger())))
        given = func.json_each(bindparam(name, type_=JSON)).table_valued("value")
        return column.in_(select(given.c.value))

    def beside(self, column: Column[Any]) -> ColumnElement[Any]:
        """Return a column that no index is looked up by.

        SQLite, which has no figures on how many rows an index would find, takes
        one wherever it can, be it over half of all cases. PostgreSQL knows better.
        """
        if self.name == "postgresql":
            return column
        return UnaryExpression(column, operator=custom_op("+"))

    def one_of(self, column: Column[int], found: CompoundSelect[int]) -> ColumnElement[bool]:
        """Match the ids that *found* gives, which are few: all of them are looked up first.

        PostgreSQL would make a join of it, and may then read all rows in their
        order instead, to find the first few that match.
        """
        if self.name == "postgresql":
            return column == any_(func.array(found.scalar_subquery()))
        return column.in_(found)


SQLITE = Dialect("sqlite", sqlite.insert)
POSTGRESQL = Dialect("postgresql", postgresql.insert)


def dialect_of(name: str) -> Dialect:
    """Return the way of saying things of the database that is called *name*."""
    return POSTGRESQL if name == POSTGRESQL.name else SQLITE


class Each:
    """One statement in the words of each database."""

    def __init__(self, build: Callable[[Dialect], Executable]) -> None:
        """Let *build* say it twice."""
        self._built = {dialect.name: build(dialect) for dialect in (SQLITE, POSTGRESQL)}

    def for_(self, dialect: str) -> Executable:
        """Return the statement in the words of *dialect*."""
        return self._built[dialect]
