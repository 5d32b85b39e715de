"""The totals of pledges as the public sees them: one content a day, without small groups."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.model.pledge import MeasureKind
from bot.model.suppression import LEAST, Part, is_safe, safe_sums

VERSION = 1  # of the content; increase it where an older reader would misread it
SPLITS = ("area", "campaign", "group")  # in this order cells are kept, where not all can be
WHOLE, ALL, TOLD = ("", ""), "all", "told"
GONE = "gone"  # who is counted for all participants who are erased
Cell = tuple[str, Any]  # a split and its key: ("area", "oerbakke")


@dataclass(frozen=True, slots=True)
class Counted:
    """What one pledge adds to the totals of a year, in hundredths of its measure.

    *by* is the participant; None where the participant is erased.
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


@dataclass(frozen=True, slots=True)
class Made:
    """A pledge of a year without its amount; *already* says that it is no promise."""

    pledge_id: int
    by: int | None
    theme: str
    already: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a total: of an area, a campaign or a group (*key*); *amount* in hundredths."""

    key: str | int
    people: int
    amount: int


@dataclass(frozen=True, slots=True)
class Total:
    """A total of a theme in a measure; *kind* is None where levels and counts are added."""

    theme: str
    measure: str
    people: int
    amount: int
    kind: MeasureKind | None = None
    areas: tuple[Share, ...] = ()
    campaigns: tuple[Share, ...] = ()
    groups: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the public sees; None and absent is what fewer than five people have done.

    *pledges* and *people* count all pledges of the year, *already* people by theme who do it
    already. *shown* are the ids of pledges whose words everyone may see. *signers* are the
    signatures of campaigns.
    """

    day: date
    year: int
    totals: tuple[Total, ...] = ()
    pledges: int | None = None
    people: int | None = None
    already: Mapping[str, int] = field(default_factory=dict)
    signers: Mapping[int, int] = field(default_factory=dict)
    shown: frozenset[int] = frozenset()

    def total(self, theme: str, measure: str) -> Total | None:
        """Return the total of a theme in a measure; None where it is not shown."""
        wanted = theme, measure
        return next((one for one in self.totals if (one.theme, one.measure) == wanted), None)


def make_snapshot(
    day: date,
    counted: Sequence[Counted],
    made: Sequence[Made],
    *,
    shown: Collection[int] = (),
    signers: Mapping[int, int] | None = None,
) -> Snapshot:
    """Return what the public may see of a year's pledges.

    Readers know what the pledges in *shown* add: they are left out where people are counted
    whose part could follow from a total.
    """
    groups: dict[tuple[str, str], list[Counted]] = {}
    for one in counted:
        if one.measure is not None:
            groups.setdefault((one.theme, one.measure), []).append(one)
    totals = [_total(some, frozenset(shown)) for _key, some in sorted(groups.items())]
    published = tuple(one for one in totals if one is not None)
    ours = [one for one in made if not one.already]
    pledges, people = _numbers(ours, counted, published, frozenset(shown))
    already: dict[str, set[Hashable]] = {}
    for done in made:
        if done.already:
            already.setdefault(done.theme, set()).add(_who(done.by))
    return Snapshot(
        day,
        day.year,
        published,
        pledges,
        people,
        {theme: len(some) for theme, some in sorted(already.items()) if len(some) >= LEAST},
        {one: number for one, number in (signers or {}).items() if number >= LEAST},
        frozenset(shown),
    )


def _total(some: Sequence[Counted], shown: frozenset[int]) -> Total | None:
    """Return the total of a theme in a measure with the parts that can be shown with it."""
    cells: dict[Cell, list[Counted]] = {WHOLE: list(some)}
    for split in SPLITS:
        for one in some:
            key = _key(one, split)
            if key is not None:
                cells.setdefault((split, key), []).append(one)
    wanted = [cell for cell, them in cells.items() if count_people(them) >= LEAST]
    wanted.sort(key=lambda cell: _rank(cell, cells[cell]))
    parts = [
        Part(_who(one.by), frozenset({WHOLE, *((name, _key(one, name)) for name in SPLITS)}))
        for one in some
        if one.pledge_id not in shown
    ]
    if WHOLE not in wanted or not is_safe([WHOLE], parts):
        return None
    safe = safe_sums(wanted, parts)

    def shares(split: str) -> tuple[Share, ...]:
        return tuple(_share(key, cells[split, key]) for name, key in safe if name == split)

    kinds = {one.kind for one in some}
    whole = _share("", some)
    return Total(
        some[0].theme,
        some[0].measure or "",
        whole.people,
        whole.amount,
        kinds.pop() if len(kinds) == 1 else None,
        shares("area"),
        shares("campaign"),
        shares("group"),
    )


def _key(one: Counted, split: str) -> str | int | None:
    """Return to which part of a split a pledge belongs; None for none of them."""
    return {"area": one.area, "campaign": one.campaign_id, "group": one.group_id}[split]


def _rank(cell: Cell, them: Sequence[Counted]) -> tuple[Any, ...]:
    """Return the order of cells: the whole, then by split, the most people first."""
    split, key = cell
    place = -1 if cell == WHOLE else SPLITS.index(split)
    return place, -count_people(them), str(key)


def _share(key: str | int, them: Sequence[Counted]) -> Share:
    return Share(key, count_people(them), sum(one.amount for one in them))


def _who(by: int | None) -> Hashable:
    return GONE if by is None else by


def count_people(some: Iterable[Counted | Made]) -> int:
    """Return how many people made pledges, at least: all who are erased count as one."""
    return len({_who(one.by) for one in some})


def _numbers(
    made: Sequence[Made],
    counted: Sequence[Counted],
    published: Sequence[Total],
    shown: frozenset[int],
) -> tuple[int | None, int | None]:
    """Return how many pledges were made, by how many people; None where a few could be told.

    What is in no published total follows by subtraction: there must be five people or more, or
    no pledge.
    """
    totals = {(one.theme, one.measure) for one in published}
    told = {one.pledge_id for one in counted if (one.theme, one.measure) in totals}
    parts = [
        Part(_who(one.by), frozenset({ALL, TOLD} if one.pledge_id in told else {ALL}))
        for one in made
        if one.pledge_id not in shown
    ]
    if count_people(made) < LEAST or not is_safe([TOLD, ALL], parts):
        return None, None
    return len(made), count_people(made)


def to_json(snapshot: Snapshot) -> dict[str, Any]:
    """Return a snapshot as JSON."""

    def shares(some: Sequence[Share]) -> list[dict[str, Any]]:
        return [{"key": one.key, "people": one.people, "amount": one.amount} for one in some]

    return {
        "version": VERSION,
        "day": snapshot.day.isoformat(),
        "year": snapshot.year,
        "pledges": snapshot.pledges,
        "people": snapshot.people,
        "totals": [
            {
                "theme": one.theme,
                "measure": one.measure,
                "people": one.people,
                "amount": one.amount,
                "kind": one.kind,
                "areas": shares(one.areas),
                "campaigns": shares(one.campaigns),
                "groups": shares(one.groups),
            }
            for one in snapshot.totals
        ],
        "already": dict(snapshot.already),
        "signers": {str(one): number for one, number in snapshot.signers.items()},
        "shown": sorted(snapshot.shown),
    }


def from_json(content: Mapping[str, Any]) -> Snapshot:
    """Return the snapshot of a stored content."""

    def shares(some: Sequence[Mapping[str, Any]]) -> tuple[Share, ...]:
        return tuple(Share(**one) for one in some)

    totals = tuple(
        Total(
            one["theme"],
            one["measure"],
            one["people"],
            one["amount"],
            MeasureKind(one["kind"]) if one["kind"] else None,
            *(shares(one[name]) for name in ("areas", "campaigns", "groups")),
        )
        for one in content["totals"]
    )
    return Snapshot(
        date.fromisoformat(content["day"]),
        content["year"],
        totals,
        content["pledges"],
        content["people"],
        content["already"],
        {int(one): number for one, number in content["signers"].items()},
        frozenset(content["shown"]),
    )
