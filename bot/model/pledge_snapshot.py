"""The totals of pledges as the public sees them: one content a day, without small groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.model.pledge import MeasureKind

VERSION = 2  # of the content; increase it where an older reader would misread it
DONE = "done"  # the share of a level that people have told is done


@dataclass(frozen=True, slots=True)
class Counted:
    """What one pledge adds to the totals of a year, in hundredths of its measure.

    *by* is the participant; None where the participant is erased. *is_done* says that the person
    has told that a level is done.
    """

    pledge_id: int
    by: int | None
    theme: str
    measure: str | None
    kind: MeasureKind
    area: str | None
    group_id: int | None
    catalogue_id: int | None
    campaign_id: int | None
    amount: int
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A pledge of a year without its amount; *already* says that it is no promise."""

    pledge_id: int
    by: int | None
    theme: str
    already: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A number of the day on which it was computed; *amount* in hundredths.

    *key* is the area, campaign, group or entry of the catalogue whose part of a total it is.
    """

    key: str | int
    people: int
    amount: int
    day: date


@dataclass(frozen=True, slots=True)
class Total:
    """A total of a theme in a measure: of levels what is promised, of counts what is done.

    *done* is what people have told is done of a level. The other shares are its parts.
    """

    theme: str
    measure: str
    kind: MeasureKind
    whole: Share
    shares: Mapping[str, tuple[Share, ...]] = field(default_factory=dict)

    @property
    def people(self) -> int:
        """Return how many people take part."""
        return self.whole.people

    @property
    def amount(self) -> int:
        """Return the amount in hundredths."""
        return self.whole.amount

    @property
    def day(self) -> date:
        """Return the day of the number."""
        return self.whole.day

    @property
    def done(self) -> Share | None:
        """Return what people have told is done of a level; None where it is not shown."""
        return next(iter(self.shares.get(DONE, ())), None)

    @property
    def areas(self) -> tuple[Share, ...]:
        """Return the shares of areas."""
        return self.shares.get("area", ())

    @property
    def campaigns(self) -> tuple[Share, ...]:
        """Return the shares of campaigns."""
        return self.shares.get("campaign", ())

    @property
    def groups(self) -> tuple[Share, ...]:
        """Return the shares of groups."""
        return self.shares.get("group", ())

    @property
    def entries(self) -> tuple[Share, ...]:
        """Return the shares of entries of the catalogue."""
        return self.shares.get("entry", ())


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the public sees; None and absent is what fewer than five people have done.

    *made* counts all pledges of the year as its amount, *already* people by theme who do it
    already. *shown* are the ids of pledges whose words everyone may see, *held* of those whose
    words are not shown because numbers would then tell what a few others did. *signers* are the
    signatures of campaigns.
    """

    day: date
    year: int
    totals: tuple[Total, ...] = ()
    made: Share | None = None
    already: Mapping[str, Share] = field(default_factory=dict)
    signers: Mapping[int, int] = field(default_factory=dict)
    shown: frozenset[int] = frozenset()
    held: frozenset[int] = frozenset()

    @property
    def pledges(self) -> int | None:
        """Return how many pledges were made in the year."""
        return self.made.amount if self.made is not None else None

    @property
    def people(self) -> int | None:
        """Return how many people made them."""
        return self.made.people if self.made is not None else None

    def total(self, theme: str, measure: str, kind: MeasureKind | None = None) -> Total | None:
        """Return the total of a theme in a measure; None where it is not shown."""
        wanted = theme, measure
        return next(
            (
                one
                for one in self.totals
                if (one.theme, one.measure) == wanted and kind in {None, one.kind}
            ),
            None,
        )

    def keepers(self, catalogue_id: int) -> int:
        """Return how many people a number of an entry of the catalogue is about; 0 for none."""
        shares = (one for total in self.totals for one in total.entries)
        return max((one.people for one in shares if one.key == catalogue_id), default=0)


def to_json(snapshot: Snapshot) -> dict[str, Any]:
    """Return a snapshot as JSON."""
    return {
        "version": VERSION,
        "day": snapshot.day.isoformat(),
        "year": snapshot.year,
        "made": _written(snapshot.made) if snapshot.made is not None else None,
        "totals": [
            {
                "theme": one.theme,
                "measure": one.measure,
                "kind": one.kind,
                "whole": _written(one.whole),
                "shares": {
                    split: [_written(share) for share in shares]
                    for split, shares in one.shares.items()
                },
            }
            for one in snapshot.totals
        ],
        "already": {theme: _written(one) for theme, one in snapshot.already.items()},
        "signers": {str(one): number for one, number in snapshot.signers.items()},
        "shown": sorted(snapshot.shown),
        "held": sorted(snapshot.held),
    }


def _written(one: Share) -> dict[str, Any]:
    return {
        "key": one.key,
        "people": one.people,
        "amount": one.amount,
        "day": one.day.isoformat(),
    }


def _read(value: Mapping[str, Any]) -> Share:
    return Share(value["key"], value["people"], value["amount"], date.fromisoformat(value["day"]))


def from_json(content: Mapping[str, Any]) -> Snapshot | None:
    """Return the snapshot of a stored content; None for one of an earlier version."""
    if content.get("version") != VERSION:
        return None
    totals = tuple(
        Total(
            one["theme"],
            one["measure"],
            MeasureKind(one["kind"]),
            _read(one["whole"]),
            {split: tuple(map(_read, shares)) for split, shares in one["shares"].items()},
        )
        for one in content["totals"]
    )
    return Snapshot(
        date.fromisoformat(content["day"]),
        content["year"],
        totals,
        _read(content["made"]) if content["made"] is not None else None,
        {theme: _read(one) for theme, one in content["already"].items()},
        {int(one): number for one, number in content["signers"].items()},
        frozenset(content["shown"]),
        frozenset(content.get("held", ())),
    )
