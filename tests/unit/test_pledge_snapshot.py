"""What the public sees of pledges: never, not even by difference, what a few people did."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.pledge import MeasureKind
from bot.model.pledge_snapshot import Counted, Made, Snapshot, from_json, make_snapshot, to_json
from bot.model.suppression import LEAST, Part, is_safe, safe_sums

DAY = date(2026, 12, 2)


def counted(pledge_id: int, by: int | None, amount: int = 100, **more: Any) -> Counted:
    """Return a pledge of wild nature in square metres."""
    of: dict[str, Any] = {
        "theme": "wild",
        "measure": "m2",
        "kind": MeasureKind.LEVEL,
        **dict.fromkeys(("area", "group_id", "catalogue_id", "campaign_id")),
        **more,
    }
    return Counted(pledge_id=pledge_id, by=by, amount=amount, **of)


def shown(some: list[Counted], **more: Any) -> Snapshot:
    """Return the snapshot of pledges, as it is after a night in the database."""
    made = [Made(one.pledge_id, one.by, one.theme, already=False) for one in some]
    snapshot = make_snapshot(DAY, some, made, **more)
    assert from_json(to_json(snapshot)) == snapshot
    return snapshot


def areas(snapshot: Snapshot) -> dict[str | int, int]:
    """Return the people of each area that is shown."""
    (total,) = snapshot.totals
    return {one.key: one.people for one in total.areas}


def test_five_people_are_a_total() -> None:
    """Four people are no total, five are; one person with five pledges is one person."""
    assert shown([counted(n, n) for n in range(4)]).totals == ()
    assert shown([counted(n, 1) for n in range(5)]).totals == ()
    assert shown([counted(n, None) for n in range(9)]).totals == ()
    snapshot = shown([counted(n, n, 2000) for n in range(5)])
    (total,) = snapshot.totals
    assert (total.people, total.amount, total.kind) == (5, 10_000, MeasureKind.LEVEL)
    assert (snapshot.pledges, snapshot.people) == (5, 5)


def test_a_small_area_hides_another() -> None:
    """Of areas with 9, 6 and 2 people only the first is shown: the last follows otherwise."""
    sizes = {"town": 9, "harbour": 6, "island": 2}
    names = [name for name, number in sizes.items() for _one in range(number)]
    some = [counted(n, n, area=name) for n, name in enumerate(names)]
    assert areas(shown(some)) == {"town": 9}
    homeless = [counted(100 + n, 100 + n) for n in range(3)]
    assert areas(shown(some + homeless)) == {"town": 9, "harbour": 6}


def test_a_group_hides_what_is_beside_it() -> None:
    """A firm of eight among ten is not shown: the other two would follow."""
    firm = [counted(n, n, group_id=7) for n in range(8)]
    (total,) = shown([*firm, *(counted(n, n) for n in (8, 9))]).totals
    assert (total.people, total.groups) == (10, ())
    (total,) = shown([*firm, *(counted(n, n) for n in range(8, 13))]).totals
    assert [(one.key, one.people) for one in total.groups] == [(7, 8)]


def test_the_splits_together() -> None:
    """A campaign within an area is not shown where the rest of the area has two people."""
    inside = [counted(n, n, area="town", campaign_id=3) for n in range(6)]
    beside = [counted(n, n, area="town") for n in (6, 7)]
    others = [counted(n, n, area="harbour") for n in range(8, 16)]
    (total,) = shown([*inside, *beside, *others]).totals
    assert (len(total.areas), total.campaigns) == (2, ())


def test_named_pledges_count_as_known() -> None:
    """Five people of whom one is named are no total: the four others would follow."""
    some = [counted(n, n) for n in range(5)]
    assert shown(some, shown=[0]).totals == ()
    assert shown(some, shown=range(5)).totals[0].people == 5
    assert shown([*some, counted(5, 5)], shown=[0]).totals[0].people == 6


def test_numbers_beside_totals() -> None:
    """The number of all pledges is hidden where the pledges of hidden totals would follow."""
    some = [counted(n, n) for n in range(8)]
    lamps = [counted(10 + n, 10 + n, measure="lamps") for n in range(2)]
    assert shown([*some, *lamps]).pledges is None
    made = [Made(n, n, "night", already=True) for n in range(5)]
    snapshot = make_snapshot(DAY, some, [*made, Made(9, 9, "wild", already=True)])
    assert snapshot.already == {"night": 5}
    assert make_snapshot(DAY, [], []).pledges is None


def test_campaigns_with_few_signatures() -> None:
    """Fewer than five signatures are not in the snapshot."""
    assert make_snapshot(DAY, [], [], signers={1: 4, 2: 12}).signers == {2: 12}


PEOPLE = st.integers(0, 11)
PLEDGES = st.lists(
    st.tuples(
        PEOPLE,
        st.sampled_from([None, "a", "b", "c"]),
        st.sampled_from([None, 1, 2]),
        st.sampled_from([None, 5, 6]),
        st.booleans(),
    ),
    max_size=26,
)


def published(snapshot: Snapshot, some: list[Counted]) -> list[frozenset[int]]:
    """Return the sets of pledges whose sums a snapshot has."""
    sets = []
    for total in snapshot.totals:
        sets.append(frozenset(one.pledge_id for one in some))
        for name, shares in (
            ("area", total.areas),
            ("campaign_id", total.campaigns),
            ("group_id", total.groups),
        ):
            sets += [
                frozenset(one.pledge_id for one in some if getattr(one, name) == share.key)
                for share in shares
            ]
    return sets


@settings(max_examples=300)
@given(PLEDGES)
def test_no_difference_is_about_a_few(rows: list[tuple[Any, ...]]) -> None:
    """Adding and subtracting published sums in any way leaves no one to four people.

    Every combination with the factors -1, 0 and 1 is tried.
    """
    some = [
        counted(n, by, area=area, campaign_id=campaign, group_id=group)
        for n, (by, area, campaign, group, _named) in enumerate(rows)
    ]
    named = {n for n, row in enumerate(rows) if row[4] and not n % 3}
    snapshot = shown(some, shown=named)
    sets = published(snapshot, some)
    by = {one.pledge_id: one.by for one in some}
    for factors in product((-1, 0, 1), repeat=len(sets)):
        weights: Counter[int] = Counter()
        for factor, members in zip(factors, sets, strict=True):
            for one in members:
                weights[one] += factor
        left = {by[one] for one, weight in weights.items() if weight and one not in named}
        assert not 0 < len(left) < LEAST, (factors, sets)


@settings(max_examples=200)
@given(PLEDGES)
def test_sums_are_those_of_the_ledger(rows: list[tuple[Any, ...]]) -> None:
    """Every total that is shown is the sum of its pledges, and has five people or more."""
    some = [
        counted(n, by, 100 * n, area=area, campaign_id=campaign, group_id=group)
        for n, (by, area, campaign, group, _named) in enumerate(rows)
    ]
    for total in shown(some).totals:
        assert total.amount == sum(one.amount for one in some)
        for share in total.areas:
            own = [one for one in some if one.area == share.key]
            assert share.amount == sum(one.amount for one in own)
            assert share.people == len({one.by for one in own}) >= LEAST


@pytest.mark.parametrize("rest", [0, 4, 5])
def test_three_overlapping_sums(rest: int) -> None:
    """A combination with more than two sums is found: a + b - c leaves the rest."""
    parts = [
        *(Part(f"a{n}", frozenset({"a", "c"})) for n in range(6)),
        *(Part(f"b{n}", frozenset({"b", "c"})) for n in range(6)),
        *(Part(f"r{n}", frozenset({"a"})) for n in range(rest)),
    ]
    assert is_safe(["a", "b", "c"], parts) is (rest != 4)
    assert len(safe_sums(["a", "b", "c"], parts)) == (2 if rest == 4 else 3)
