"""Sums over what each pledge adds to the totals of a year: pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.model.pledge import PER_UNIT, MeasureKind
from bot.model.pledge_catalogue import CatalogueEntry
from bot.model.pledge_snapshot import Counted


@dataclass(frozen=True, slots=True)
class Total:
    """What pledges of one theme and measure add up to; *of* is an area or a group.

    *promised* are levels; *done* is what people have told is done, of levels and of counts.
    """

    theme: str
    measure: str
    of: Hashable
    promised: int
    done: int
    pledges: int
    people: int


@dataclass(frozen=True, slots=True)
class Converted:
    """A total of one entry of the catalogue in another unit, from *low* to *high*."""

    entry: CatalogueEntry
    amount: int
    low: Decimal
    high: Decimal


def totals_of(
    counted: Sequence[Counted], of: Callable[[Counted], Hashable] = lambda _one: None
) -> Sequence[Total]:
    """Return the totals by theme, measure and what *of* returns, such as the area."""
    found: dict[tuple[str, str, Hashable], list[Counted]] = defaultdict(list)
    for one in counted:
        if one.measure is not None:
            found[one.theme, one.measure, of(one)].append(one)
    return [
        Total(
            theme,
            measure,
            key,
            sum(one.amount for one in group if one.kind is MeasureKind.LEVEL),
            sum(one.amount for one in group if one.is_done or one.kind is MeasureKind.COUNT),
            len(group),
            len({one.by if one.by is not None else ("pledge", one.pledge_id) for one in group}),
        )
        for (theme, measure, key), group in found.items()
    ]


def converted(
    counted: Sequence[Counted], entries: Mapping[int, CatalogueEntry]
) -> Sequence[Converted]:
    """Return the totals of the entries that have a factor, in the factor's unit."""
    sums: dict[int, int] = defaultdict(int)
    for one in counted:
        if one.catalogue_id is not None:
            sums[one.catalogue_id] += one.amount
    return [
        Converted(entry, sums[key], *(units * Decimal(str(entry.factor[end])) for end in ENDS))
        for key, entry in sorted(entries.items())
        if entry.factor is not None and sums[key]
        for units in (Decimal(sums[key]) / PER_UNIT,)
    ]


ENDS = ("low", "high")
