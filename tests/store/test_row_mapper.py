"""Rows become objects of a data class, and objects become rows, by the class's fields alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pytest
from sqlalchemy import JSON, Column, Integer, MetaData, String, Table, create_engine, func, insert

from bot.store.row_mapper import RowMapper


class Size(StrEnum):
    """A size of a bag."""

    SMALL = "small"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Bag:
    """A bag. *length* is computed by the database."""

    id: int
    size: Size
    spare: Size | None
    sizes: tuple[Size, ...]
    pairs: tuple[tuple[str, str], ...]
    length: int
    label: str | None = None


BAG = Table(
    "bag",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("size", String(10)),
    Column("spare", String(10)),
    Column("sizes", JSON),
    Column("pairs", JSON),
    Column("marking", String(10), key="label"),
    Column("weight", String(10), nullable=False),
)
MAPPER = RowMapper(Bag, BAG, length=func.length(BAG.c.size))


@pytest.mark.parametrize("spare", [None, Size.SMALL])
def test_what_is_written_is_read(spare: Size | None) -> None:
    """Enums, tuples and tuples of tuples come back as they were; NULL stays None."""
    bag = Bag(7, Size.LARGE, spare, (Size.SMALL,), (("a", "b"), ("c", "d")), 5, "left")
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        BAG.metadata.create_all(connection)
        connection.execute(insert(BAG).values(**MAPPER.values(bag), id=7, weight="x"))
        found = MAPPER.first(connection.execute(MAPPER.query))
        assert found == bag
        assert found is not None
        assert [type(found.size), type(found.sizes[0])] == [Size, Size]
        assert MAPPER.all(connection.execute(MAPPER.query)) == [bag]
        assert MAPPER.first(connection.execute(MAPPER.query.where(BAG.c.id == 8))) is None
    engine.dispose()


def test_generated_and_computed_values_are_not_written() -> None:
    """An id and a computed field are never written, nor is a column that the caller leaves out."""
    bag = Bag(7, Size.LARGE, None, (), (), 5)
    assert list(MAPPER.values(bag)) == ["size", "spare", "sizes", "pairs", "label"]
    assert list(MAPPER.values(bag, but={"spare", "label"})) == ["size", "sizes", "pairs"]


def test_field_without_a_column_is_refused() -> None:
    """A field that no column or expression gives is found at import, by name."""
    with pytest.raises(TypeError, match=r"Bag: no column of bag for length$"):
        RowMapper(Bag, BAG)
