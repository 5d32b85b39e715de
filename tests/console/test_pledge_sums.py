"""Sums over what pledges add: by whatever they are grouped, they agree with the whole."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.console.pages.pledge_totals import _rounded
from bot.console.pledge_sums import converted, totals_of
from bot.model.pledge import PER_UNIT, MeasureKind, Rhythm
from bot.model.pledge_catalogue import CatalogueEntry
from bot.store.pledges import Counted

FACTOR = {"unit": {"da": "kg CO₂"}, "source": {"da": "Demotal"}, "low": 0.1, "high": 2.5}
ENTRY = CatalogueEntry(
    7, "Skru ned", {}, {}, "climate", MeasureKind.LEVEL, Rhythm.MONTH, "homes", factor=FACTOR
)


def counted(
    number: int,
    amount: int,
    area: str | None,
    by: int | None,
    kind: MeasureKind = MeasureKind.LEVEL,
) -> Counted:
    """Return what one pledge adds."""
    return Counted(number, by, "climate", "homes", kind, area, None, 7, None, amount)


ROWS = st.lists(
    st.builds(
        counted,
        st.integers(1, 10**6),
        st.integers(-(10**8), 10**8),
        st.sampled_from([None, "town", "harbour"]),
        st.one_of(st.none(), st.integers(1, 5)),
        st.sampled_from(MeasureKind),
    ),
    unique_by=lambda one: one.pledge_id,
)


@given(ROWS)
def test_parts_add_up_to_the_whole(rows: list[Counted]) -> None:
    """The areas add up to the theme, in amounts and in pledges."""
    whole = totals_of(rows)
    parts = totals_of(rows, lambda one: one.area)
    assert sum(one.promised for one in parts) == sum(one.promised for one in whole)
    assert sum(one.done for one in parts) == sum(one.done for one in whole)
    assert sum(one.promised + one.done for one in whole) == sum(one.amount for one in rows)
    assert sum(one.pledges for one in parts) == sum(one.pledges for one in whole) == len(rows)
    assert all(one.people <= one.pledges for one in parts)


def test_people_are_counted_once() -> None:
    """Two pledges of one person are one person; pledges of erased people count each."""
    rows = [counted(1, 100, None, 1), counted(2, 100, None, 1), counted(3, 100, None, None)]
    (total,) = totals_of([*rows, counted(4, 100, None, None)])
    assert (total.pledges, total.people) == (4, 3)


def test_a_conversion_has_its_range() -> None:
    """Units are multiplied by both ends of the factor, exactly."""
    rows = [counted(1, 3 * PER_UNIT, None, 1), counted(2, 50, None, 2)]
    (one,) = converted(rows, {7: ENTRY})
    assert (one.low, one.high) == (Decimal("0.35"), Decimal("8.75"))
    assert converted(rows, {7: replace(ENTRY, factor=None)}) == []


def test_an_estimate_has_three_digits() -> None:
    """More digits would claim a precision that an estimate does not have."""
    assert _rounded(Decimal("1234.56")) == Decimal(1235)
    assert _rounded(Decimal("0.123456")) == Decimal("0.123")
    assert _rounded(Decimal("12.3456")) == Decimal("12.3")
    assert _rounded(Decimal(0)) == 0
