"""SQL that differs between the two databases, built once for each."""

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
    """The SQL of one database."""

    name: str
    insert: Callable[[Table], Any]  # an insert that supports ON CONFLICT

    def among(
        self, column: Column[Any], name: str, of: TypeEngine[Any] | None = None
    ) -> ColumnElement[bool]:
        """Match any value of the list parameter *name*: integers, or values of type *of*.

        The statement has one text for any number of values. An IN list has another
        text for each length, and each must be prepared.
        """
        if self.name == "postgresql":
            return column == any_(bindparam(name, type_=postgresql.ARRAY(of or BigInteger())))
        given = func.json_each(bindparam(name, type_=JSON)).table_valued("value")
        return column.in_(select(given.c.value))

    def beside(self, column: Column[Any]) -> ColumnElement[Any]:
        """Return a column whose index the database does not use.

        SQLite has no statistics here and uses an index where it can, even where the
        index finds over half of all cases. PostgreSQL has statistics and needs no hint.
        """
        if self.name == "postgresql":
            return column
        return UnaryExpression(column, operator=custom_op("+"))

    def one_of(self, column: Column[int], found: CompoundSelect[int]) -> ColumnElement[bool]:
        """Match the few ids that *found* returns; the database collects them first.

        PostgreSQL would otherwise plan a join, and may then read all rows in order to
        find the first few that match.
        """
        if self.name == "postgresql":
            return column == any_(func.array(found.scalar_subquery()))
        return column.in_(found)


SQLITE = Dialect("sqlite", sqlite.insert)
POSTGRESQL = Dialect("postgresql", postgresql.insert)


def dialect_of(name: str) -> Dialect:
    """Return the dialect of the database called *name*."""
    return POSTGRESQL if name == POSTGRESQL.name else SQLITE


class Each:
    """One statement, built for each database."""

    def __init__(self, build: Callable[[Dialect], Executable]) -> None:
        """Call *build* once for each dialect."""
        self._built = {dialect.name: build(dialect) for dialect in (SQLITE, POSTGRESQL)}

    def for_(self, dialect: str) -> Executable:
        """Return the statement for *dialect*."""
        return self._built[dialect]
