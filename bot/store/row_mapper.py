"""The mapping between the rows of a table and a data class, built once from the class's fields."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import fields
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

from sqlalchemy import ColumnElement, CursorResult, Select, Table, select

T = TypeVar("T")


class RowMapper(Generic[T]):
    """Reads rows as objects of a data class, and returns the values that store an object.

    A field is read from the column of its name, or from its expression in *computed*, which is
    never written. A column without a field is neither read nor written: its writer names it.
    Enums and tuples are read according to the field's annotation. Raise `TypeError` for a field
    with neither a column nor an expression.
    """

    def __init__(self, kind: type[T], table: Table, **computed: ColumnElement[Any]) -> None:
        """Map *kind* to *table*."""
        names = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # a data class
        unknown = [name for name in names if name not in table.c and name not in computed]
        if unknown:
            raise TypeError(f"{kind.__name__}: no column of {table.name} for {', '.join(unknown)}")
        hints = get_type_hints(kind)
        self._make: Callable[..., T] = kind
        self._conversions = [
            (place, convert)
            for place, name in enumerate(names)
            if (convert := _conversion(hints[name])) is not None
        ]
        # The database generates an id.
        self._stored = [
            name
            for name in names
            if name not in computed and table.c[name] is not table.autoincrement_column
        ]
        self.columns: tuple[ColumnElement[Any], ...] = tuple(
            computed[name].label(name) if name in computed else table.c[name] for name in names
        )
        self.query: Select[*tuple[Any, ...]] = select(*self.columns)

    def read(self, row: Sequence[Any]) -> T:
        """Return the object of a row of `columns`."""
        if not self._conversions:
            return self._make(*row)
        values = list(row)
        for place, convert in self._conversions:
            values[place] = convert(values[place])
        return self._make(*values)

    def first(self, rows: CursorResult[*tuple[Any, ...]]) -> T | None:
        """Return the object of the first row; None where there is no row."""
        found = rows.first()
        return None if found is None else self.read(found)

    def all(self, rows: Iterable[Sequence[Any]]) -> list[T]:
        """Return the objects of all rows."""
        return [self.read(row) for row in rows]

    def values(self, one: T, but: Collection[str] = ()) -> dict[str, Any]:
        """Return the values that store an object, without a generated id and without *but*."""
        return {name: getattr(one, name) for name in self._stored if name not in but}


def _conversion(annotation: Any) -> Callable[[Any], Any] | None:
    """Return what turns a column's value into a value of *annotation*; None: it is one."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        given = [kind for kind in inner if kind is not NoneType]
        convert = _conversion(given[0]) if len(given) == 1 else None
        return None if convert is None else _unless_none(convert)
    if origin is tuple:
        convert = _conversion(inner[0])
        return tuple if convert is None else _tuple_of(convert)
    return annotation if isinstance(annotation, type) and issubclass(annotation, Enum) else None


def _unless_none(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else convert(value)


def _tuple_of(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda values: tuple(convert(value) for value in values)
