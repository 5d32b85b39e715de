"""What the public may see of pledges tonight: new numbers where that is safe, else the old ones.

A number stays, with its day, until it can be replaced: `bot.model.suppression` says when. Words
that readers have read they remember. So words are shown only where all numbers that were ever
published stay safe.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from bot.model.pledge import MeasureKind
from bot.model.pledge_snapshot import DONE, Counted, Made, Share, Snapshot, Total
from bot.model.suppression import LEAST, History, Part

SPLITS = (DONE, "area", "campaign", "group", "entry")  # in this order shares are kept
WHOLE = ("", "")
GONE = "gone"  # who is counted for all participants who are erased
_Rest = tuple[set[Part], set[Part]] | None  # the parts of amounts and of people
Cell = tuple[str, Any]  # a split and its key: ("area", "oerbakke")


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last night: its snapshot, what its numbers are made of, and whose those pledges are.

    *known* are pledges whose words were shown before the parts were kept.
    """

    snapshot: Snapshot | None = None
    parts: Mapping[str, Any] | None = None
    owners: Mapping[int, int | None] | None = None
    known: Collection[int] = ()


def make_snapshot(
    day: date,
    counted: Sequence[Counted],
    made: Sequence[Made],
    *,
    shown: Collection[int] = (),
    open_to_all: Collection[int] = (),
    signers: Mapping[int, int] | None = None,
    earlier: Earlier | None = None,
) -> tuple[Snapshot, Mapping[str, Any]]:
    """Return what the public may see of a year's pledges, and its parts for the next night.

    *shown* are the pledges whose words everybody may see now, *open_to_all* also those that wait
    to be read. Readers know, or may soon know, what they add: they are left out where people are
    counted whose part could follow from a total.
    """
    last = earlier or Earlier()
    before = last.snapshot
    owners = dict(last.owners or {})
    owners |= {one.pledge_id: one.by for one in made}
    owners |= {one.pledge_id: one.by for one in counted}
    night = _Night(day, last, owners)
    night.show(shown, open_to_all)
    groups: dict[tuple[str, str, MeasureKind], list[Counted]] = {}
    for one in counted:
        if one.measure is not None:
            groups.setdefault((one.theme, one.measure, one.kind), []).append(one)
    kept_already = before.already if before is not None else {}
    found = [
        _total(night, some, _total_before(before, day, *key))
        for key, some in sorted(groups.items())
    ]
    already: dict[str, list[Made]] = {}
    for each in made:
        if each.already:
            already.setdefault(each.theme, []).append(each)
    doing = {
        theme: night.count(f"already|{theme}", some, kept_already.get(theme))
        for theme, some in sorted(already.items())
    }
    ours = [one for one in made if not one.already]
    snapshot = Snapshot(
        day,
        day.year,
        tuple(one for one in found if one is not None),
        night.count("all", ours, before.made if before is not None else None),
        {theme: one for theme, one in doing.items() if one is not None},
        {one: number for one, number in (signers or {}).items() if number >= LEAST},
        frozenset(night.shown),
        frozenset(shown) - night.shown,
    )
    return snapshot, night.parts()


def _total_before(
    before: Snapshot | None, day: date, theme: str, measure: str, kind: MeasureKind
) -> Total | None:
    """Return the total of the last night; counts begin at zero each year."""
    if before is None or (kind is MeasureKind.COUNT and before.year != day.year):
        return None
    return before.total(theme, measure, kind)


@dataclass(frozen=True, slots=True)
class _Sum:
    """What a number of tonight would be, and the parts of its people and of its amount."""

    name: str
    share: Share
    people: set[Part]
    amounts: set[Part]


class _Night:
    """Publishes the numbers of a night, or keeps those of an earlier one."""

    def __init__(self, day: date, last: Earlier, owners: Mapping[int, int | None]) -> None:
        parts = last.parts or {}
        self.day, self.owners = day, owners
        self.known = {*parts.get("known", ()), *last.known}  # readers know what these add
        self.aside = set(self.known)  # readers know it, or may soon know it
        self.shown: set[int] = set()
        self.amounts = History(parts.get("amounts", ()), parts.get("amount_checks", ()))
        self.people = History(parts.get("people", ()), parts.get("people_checks", ()))
        self.digests: dict[str, list[str]] = dict(parts.get("numbers", {}))
        self.told: set[Part] | None = set()  # people of totals; None where one is of earlier

    def show(self, shown: Collection[int], open_to_all: Collection[int]) -> None:
        """Show the words that readers know, and new ones where all numbers stay safe."""
        new = sorted(set(shown) - self.known)
        self.shown = set(shown) & self.known
        for some in [new] if self._may_show(new) else [[one] for one in new]:
            if self._may_show(some):
                self.known.update(some)
                self.shown.update(some)
        self.aside = {*self.known, *shown, *open_to_all}

    def _may_show(self, some: Collection[int]) -> bool:
        known, about = self.known | set(some), set(some)

        def owner(part: Part) -> Hashable:
            return None if part[0] in known else _who(self.owners.get(part[0]))

        return all(one.is_still_safe(owner, about) for one in (self.amounts, self.people))

    def owner(self, part: Part) -> Hashable:
        """Return whose part it is; None where readers know it, or may soon know it."""
        return None if part[0] in self.aside else _who(self.owners.get(part[0]))

    def number(
        self, new: _Sum, before: Share | None, *, follows: bool = False
    ) -> tuple[Share | None, bool]:
        """Return the number to show, and whether it is that of tonight.

        The people and the amount of a number are replaced together: as many people as before, or
        the people are safe, too. What *follows* from other numbers of tonight, or from words that
        are shown, is safe.
        """
        old, digest = self.digests.get(new.name), [_digest(new.amounts), _digest(new.people)]
        if digest == old:
            return before or new.share, True
        same_people = old is not None and old[1] == digest[1]
        follows = follows or all(part[0] in self.shown for part in (*new.amounts, *new.people))
        is_safe = follows or (
            (not new.amounts or self.amounts.is_safe(new.amounts, self.owner))
            and (same_people or self.people.is_safe(new.people, self.owner))
        )
        if not is_safe:
            return before, False
        self.amounts.publish(new.amounts, is_new=bool(new.amounts) and not follows)
        self.people.publish(new.people, is_new=not (follows or same_people))
        self.digests[new.name] = digest
        return new.share, True

    def tell(self, people: set[Part], *, is_of_tonight: bool) -> None:
        """Note the people of a total: where all are of tonight, the number of all follows."""
        self.told = self.told | people if self.told is not None and is_of_tonight else None

    def count(self, name: str, some: Sequence[Made], before: Share | None) -> Share | None:
        """Return how many pledges and people there are; None for fewer than five people."""
        share = Share("", count_people(some), len(some), self.day)
        if share.people < LEAST:
            return None
        people: set[Part] = {(one.pledge_id,) for one in some}
        follows = people == self.told and len(people) == share.people
        return self.number(_Sum(name, share, people, set()), before, follows=follows)[0]

    def parts(self) -> Mapping[str, Any]:
        """Return what the next night needs; the parts of counts of earlier years are left out."""
        years = {0, self.day.year}
        return {
            "amounts": self.amounts.rows(lambda part: part[1] in years),
            "amount_checks": self.amounts.checks(lambda part: part[1] in years),
            "people": self.people.rows(lambda _part: True),
            "people_checks": self.people.checks(lambda _part: True),
            "known": sorted(self.known),
            "numbers": self.digests,
        }


def _digest(parts: Iterable[Part]) -> str:
    return sha256(repr(sorted(parts)).encode()).hexdigest()[:20]


def _total(night: _Night, some: Sequence[Counted], before: Total | None) -> Total | None:
    """Return the total of a theme in a measure with the shares that can be shown with it."""
    first, cells = some[0], _cells(some)
    whole = _sum(night, some, some, WHOLE)
    if whole.share.people < LEAST:
        return None
    number, is_new = night.number(whole, before.whole if before is not None else None)
    night.tell(whole.people, is_of_tonight=is_new)
    if number is None:
        return None
    shares: dict[str, tuple[Share, ...]] = {}
    for split in SPLITS:
        # What is in no share so far: where all shares are of tonight, its number follows.
        rest: _Rest = (whole.amounts, whole.people) if is_new else None
        for cell in sorted(cells, key=lambda each: (-count_people(cells[each]), str(each[1]))):
            if cell[0] != split or count_people(cells[cell]) < LEAST:
                continue
            new = _sum(night, some, cells[cell], cell)
            follows = rest == (new.amounts, new.people)
            kept, is_of_tonight = night.number(new, _share_before(before, cell), follows=follows)
            if kept is not None:
                shares[split] = (*shares.get(split, ()), kept)
                rest = _without(rest, new) if is_of_tonight else None
    return Total(first.theme, first.measure or "", first.kind, number, shares)


def _without(rest: _Rest, share: _Sum) -> _Rest:
    """Return what is in no share yet; None where a person has pledges in two shares."""
    if rest is None or not share.people <= rest[1]:
        return None
    return rest[0] - share.amounts, rest[1] - share.people


def _sum(night: _Night, all_: Sequence[Counted], some: Sequence[Counted], cell: Cell) -> _Sum:
    """Return a share of a total as it is tonight. One pledge of each person counts the person.

    What is promised is the same in each year in which it lasts; what is done is of one year.
    """
    first, (split, key) = all_[0], cell
    year = night.day.year if first.kind is MeasureKind.COUNT else 0
    one_of: dict[Hashable, int] = {}
    for one in all_:
        one_of[_who(one.by)] = min(one.pledge_id, one_of.get(_who(one.by), one.pledge_id))
    return _Sum(
        "|".join((first.theme, first.measure or "", first.kind, str(year), split, str(key))),
        Share(key, count_people(some), sum(one.amount for one in some), night.day),
        {(one_of[_who(one.by)],) for one in some},
        {(one.pledge_id, year, one.amount) for one in some},
    )


def _cells(some: Sequence[Counted]) -> Mapping[Cell, list[Counted]]:
    """Return the pledges of each share of a total."""
    cells: dict[Cell, list[Counted]] = {}
    for split in SPLITS:
        for one in some:
            key = _key(one, split)
            if key is not None:
                cells.setdefault((split, key), []).append(one)
    return cells


def _share_before(before: Total | None, cell: Cell) -> Share | None:
    """Return a share of the last night."""
    split, key = cell
    shares = before.shares.get(split, ()) if before is not None else ()
    return next((one for one in shares if one.key == key), None)


def _key(one: Counted, split: str) -> str | int | None:
    """Return to which share of a split a pledge belongs; None for none of them."""
    is_done = one.kind is MeasureKind.LEVEL and one.is_done
    return {
        DONE: DONE if is_done else None,
        "area": one.area,
        "campaign": one.campaign_id,
        "group": one.group_id,
        "entry": one.catalogue_id,
    }[split]


def _who(by: int | None) -> Hashable:
    return GONE if by is None else by


def count_people(some: Iterable[Counted | Made]) -> int:
    """Return how many people made pledges, at least: all who are erased count as one."""
    return len({_who(one.by) for one in some})
