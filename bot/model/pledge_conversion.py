"""Published totals in another unit, such as kg CO₂: only with factor, source and range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.model.pledge import PER_UNIT
from bot.model.pledge_catalogue import CatalogueEntry
from bot.model.pledge_snapshot import Total

ENDS = ("low", "high")


@dataclass(frozen=True, slots=True)
class Converted:
    """The part of a total that is of one entry of the catalogue, from *low* to *high*."""

    entry: CatalogueEntry
    amount: int
    low: Decimal
    high: Decimal
    day: date


def converted(total: Total, entries: Sequence[CatalogueEntry]) -> Sequence[Converted]:
    """Return the parts of a total whose entries have a factor with a source and a range.

    A factor is for the entry's own measure: pledges of another one are left out.
    """
    what = total.theme, total.measure, total.kind
    own = (one for one in entries if (one.theme, one.measure, one.kind) == what)
    of = {one.id: one for one in own if one.factor and one.factor.get("source")}
    found = []
    for share in total.entries:
        entry = of.get(int(share.key))
        if entry is not None and entry.factor is not None:
            units = Decimal(share.amount) / PER_UNIT
            low, high = (units * Decimal(str(entry.factor[end])) for end in ENDS)
            found.append(Converted(entry, share.amount, low, high, share.day))
    return found
