"""What the public sees of pledges: never, not even by difference, what a few people did."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.pledge import MeasureKind
from bot.model.pledge_publishing import Earlier, make_snapshot
from bot.model.pledge_snapshot import Counted, Made, Share, Snapshot, from_json, to_json
from bot.model.suppression import LEAST, History

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
    snapshot, _parts = make_snapshot(DAY, some, made, **more)
    assert from_json(to_json(snapshot)) == snapshot
    return snapshot


class Nights:
    """Snapshots of one night after the other, each stored and read as in the database."""

    def __init__(self, year: int = 2026) -> None:
        """Begin without any snapshot."""
        self.day = date(year, 12, 1)
        self.earlier = Earlier()
        self.owners: dict[int, int | None] = {}

    def pass_with(self, some: list[Counted], **more: Any) -> Snapshot:
        """Return the snapshot of the next night."""
        self.day += timedelta(days=1)
        made = [Made(one.pledge_id, one.by, one.theme) for one in some]
        self.owners |= {one.pledge_id: one.by for one in some}
        snapshot, parts = make_snapshot(self.day, some, made, earlier=self.earlier, **more)
        stored = json.loads(json.dumps([to_json(snapshot), parts]))
        self.earlier = Earlier(from_json(stored[0]), stored[1], self.owners)
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
    made = [Made(n, n, "night", already=True) for n in range(20, 25)]
    snapshot, _parts = make_snapshot(DAY, some, [*made, Made(9, 9, "wild", already=True)])
    assert snapshot.already == {"night": Share("", 5, 5, DAY)}
    assert make_snapshot(DAY, [], [])[0].pledges is None


def test_campaigns_with_few_signatures() -> None:
    """Fewer than five signatures are not in the snapshot."""
    assert make_snapshot(DAY, [], [], signers={1: 4, 2: 12})[0].signers == {2: 12}


def test_a_number_stays_until_five_people_change_it() -> None:
    """One person more or less leaves number and day as they are; five replace both."""
    nights = Nights()
    some = [counted(n, n) for n in range(8)]
    first = nights.pass_with(some).totals[0].whole
    assert nights.pass_with([*some, counted(8, 8)]).totals[0].whole == first
    assert nights.pass_with(some[1:]).totals[0].whole == first
    assert nights.pass_with([replace(some[0], amount=900), *some[1:]]).totals[0].whole == first
    more = [*some, *(counted(n, n) for n in range(8, 13))]
    second = nights.pass_with(more).totals[0].whole
    assert (second.people, second.amount, second.day) == (13, 1300, nights.day)
    assert nights.pass_with(more[:-4]).totals[0].whole == second
    assert nights.pass_with(more[:4]).totals == ()


def test_who_comes_back() -> None:
    """Two nights that are five people apart each do not add up to two that are one apart."""
    nights, some = Nights(), [counted(n, n) for n in range(12)]
    days = [nights.pass_with(one).totals[0] for one in (some, some[5:], [*some[:4], *some[5:]])]
    assert [one.people for one in days] == [12, 7, 7]


def test_people_and_amount_of_one_night() -> None:
    """Where five have done more and one has joined, neither the amount nor the people change."""
    nights, rides = Nights(), {"kind": MeasureKind.COUNT, "measure": "rides"}
    first = [counted(n, n, **rides) for n in range(6)]
    nights.pass_with(first)
    again = [replace(one, amount=200) for one in first]
    assert nights.pass_with([*again, counted(6, 6, **rides)]).totals[0].amount == 600
    (total,) = nights.pass_with(again).totals
    assert (total.people, total.amount, total.day) == (6, 1200, nights.day)


def test_a_new_year() -> None:
    """What is done begins anew; what is promised lasts, and is not told by the difference."""
    nights = Nights()
    nights.day = date(2026, 12, 30)
    rides = [counted(n, n, kind=MeasureKind.COUNT, measure="rides") for n in range(10, 16)]
    lawns = [counted(n, n) for n in range(6)]
    before = nights.pass_with([*rides, *lawns])
    after = nights.pass_with(lawns[1:])
    assert [one.measure for one in before.totals] == ["m2", "rides"]
    assert after.day.year == 2027
    assert [(one.measure, one.people, one.day) for one in after.totals] == [
        ("m2", 6, before.day),
    ]


def test_levels_and_counts_apart() -> None:
    """What is promised is never added to what is done; what is told as done is a part of it."""
    done = [counted(n, n, is_done=True) for n in range(6)]
    rest = [counted(n, n) for n in range(6, 12)]
    counts = [counted(n, n, kind=MeasureKind.COUNT) for n in range(20, 26)]
    count, level = shown([*done, *rest, *counts]).totals
    assert (count.kind, count.people, count.done) == (MeasureKind.COUNT, 6, None)
    assert (level.amount, level.done) == (1200, Share("done", 6, 600, DAY))
    (total,) = shown([*done, *rest[:4]]).totals
    assert total.done is None


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
            ("catalogue_id", total.entries),
        ):
            sets += [
                frozenset(one.pledge_id for one in some if getattr(one, name) == share.key)
                for share in shares
            ]
    return sets


def rows_of(rows: list[tuple[Any, ...]]) -> list[Counted]:
    """Return the pledges of generated rows."""
    return [
        counted(n, by, area=area, campaign_id=campaign, group_id=group)
        for n, (by, area, campaign, group, _named) in enumerate(rows)
    ]


def left_over(
    sets: list[frozenset[Any]], owners: dict[Any, Any], factors: tuple[int, ...]
) -> set[Any]:
    """Return whose parts a combination of sums leaves."""
    weights: Counter[Any] = Counter()
    for factor, members in zip(factors, sets, strict=True):
        for one in members:
            weights[one] += factor
    return {owners[one] for one, weight in weights.items() if weight} - {None}


@settings(max_examples=300)
@given(PLEDGES)
def test_no_difference_is_about_a_few(rows: list[tuple[Any, ...]]) -> None:
    """Adding and subtracting published sums in any way leaves no one to four people.

    Every combination with the factors -1, 0 and 1 is tried.
    """
    some = rows_of(rows)
    named = {n for n, row in enumerate(rows) if row[4] and not n % 3}
    sets = published(shown(some, shown=named), some)
    owners = {one.pledge_id: None if one.pledge_id in named else one.by for one in some}
    for factors in product((-1, 0, 1), repeat=min(len(sets), 9)):
        left = left_over(sets[:9], owners, factors)
        assert not 0 < len(left) < LEAST, (factors, sets)


CHANGES = st.lists(
    st.lists(
        st.tuples(st.integers(0, 17), st.sampled_from([0, 0, 100, 200])), min_size=1, max_size=9
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=300)
@given(st.integers(5, 18), CHANGES)
def test_no_nights_differ_by_a_few(first: int, changes: list[list[tuple[int, int]]]) -> None:
    """No combination of the numbers of several nights leaves the parts of one to four people."""
    amounts = dict.fromkeys(range(first), 100)
    nights, sets, owners = Nights(), set[frozenset[Any]](), {}
    for change in [[], *changes]:
        amounts |= dict(change)
        some = [
            counted(n, n, amount, area="ab"[n % 2], is_done=n % 3 == 0)
            for n, amount in sorted(amounts.items())
            if amount
        ]
        owners |= {(one.pledge_id, one.amount): one.pledge_id for one in some}
        for total in nights.pass_with(some).totals:
            if total.day == nights.day:
                sets.add(frozenset((one.pledge_id, one.amount) for one in some))
            for key, shares in total.shares.items():
                for share in shares:
                    if share.day == nights.day and key != "entry":
                        sets.add(
                            frozenset(
                                (one.pledge_id, one.amount)
                                for one in some
                                if share.key in {one.area, "done" if one.is_done else ""}
                            )
                        )
    ordered = sorted(sets, key=lambda one: (len(one), sorted(one)))[:8]
    for factors in product((-1, 0, 1), repeat=len(ordered)):
        left = left_over(ordered, owners, factors)
        assert not 0 < len(left) < LEAST, (factors, ordered)


def test_words_after_a_number() -> None:
    """Words whose amounts would tell what four others did are not shown; of all five they are."""
    nights, some = Nights(), [counted(n, n) for n in range(5)]
    first = nights.pass_with(some)
    later = nights.pass_with(some, shown=range(4))
    assert (later.totals, later.shown, later.held) == (first.totals, set(), set(range(4)))
    assert nights.pass_with(some, shown=range(5)).shown == set(range(5))


def test_words_beside_enough_others() -> None:
    """Of seven people in a number two can be shown later; the third stays aside."""
    nights, some = Nights(), [counted(n, n) for n in range(7)]
    first = nights.pass_with(some)
    later = nights.pass_with(some, shown=range(3))
    assert (later.totals, later.shown, later.held) == (first.totals, {0, 1}, {2})


def test_words_that_are_hidden_again() -> None:
    """Readers remember what they have read: four who hide their words hide no fifth."""
    nights, some = Nights(), [counted(n, n) for n in range(5)]
    assert nights.pass_with(some, shown=range(4)).totals == ()
    hidden = nights.pass_with(some)
    assert (hidden.totals, hidden.people, hidden.shown) == ((), None, set())
    resized = [replace(some[0], amount=900), *some[1:]]
    assert nights.pass_with(resized).totals == ()


def test_a_hidden_amount_is_no_number_of_known_ones() -> None:
    """An amount that a person changed after hiding the words does not follow from the others."""
    nights, some = Nights(), [counted(n, n) for n in range(5)]
    assert nights.pass_with(some, shown=range(5)).totals[0].amount == 500
    resized = [replace(some[0], amount=900), *some[1:]]
    assert nights.pass_with(resized, shown=range(1, 5)).totals[0].amount == 500


def test_words_that_wait_to_be_read() -> None:
    """A person who wants to be seen is not one of the five while staff have not read the words."""
    nights, some = Nights(), [counted(n, n) for n in range(6)]
    assert nights.pass_with(some, open_to_all=[0, 1]).totals == ()
    some += [counted(6, 6)]
    first = nights.pass_with(some, open_to_all=[0, 1])
    assert first.totals[0].people == 7
    assert nights.pass_with(some, shown=[0, 1]).shown == {0, 1}


def test_a_person_in_two_areas() -> None:
    """The people of two areas do not tell how many have pledges in both."""
    some = [counted(n, n, area="town") for n in range(6)]
    some += [counted(10 + n, n + 5, area="harbour") for n in range(6)]
    assert len(areas(shown(some))) == 1


WISHES = st.lists(
    st.tuples(st.integers(5, 12), st.sets(st.integers(0, 11), max_size=12)), min_size=2, max_size=5
)


@settings(max_examples=300)
@given(WISHES)
def test_words_and_numbers_of_all_nights(wishes: list[tuple[int, set[int]]]) -> None:
    """What people have shown, and all numbers, leave no one to four others in any combination."""
    nights, sets, known = Nights(), list[frozenset[int]](), set[int]()
    for number, wanted in wishes:
        some = [counted(n, n, area="ab"[n % 2]) for n in range(number)]
        snapshot = nights.pass_with(some, shown={one for one in wanted if one < number})
        known |= snapshot.shown
        for total in snapshot.totals:
            if total.day == nights.day:
                sets.append(frozenset(range(number)))
            for share in total.areas:
                if share.day == nights.day:
                    sets.append(frozenset(one.pledge_id for one in some if one.area == share.key))
    owners = {n: None if n in known else n for n in range(12)}
    ordered = sorted(set(sets), key=lambda one: (len(one), sorted(one)))[:8]
    for factors in product((-1, 0, 1), repeat=len(ordered)):
        left = left_over(ordered, owners, factors)
        assert not 0 < len(left) < LEAST, (factors, ordered, known)


@given(CHANGES)
def test_numbers_are_those_of_their_night(changes: list[list[tuple[int, int]]]) -> None:
    """A number is the sum of the day that stands with it, whichever night it is read."""
    amounts = dict.fromkeys(range(10), 100)
    nights, truth = Nights(), {}
    for change in changes:
        amounts |= dict(change)
        some = [counted(n, n, amount) for n, amount in amounts.items() if amount]
        snapshot = nights.pass_with(some)
        truth[nights.day] = (len(some), sum(one.amount for one in some))
        for total in snapshot.totals:
            assert (total.people, total.amount) == truth[total.day]
    assert all(later > day for day, later in pairwise(truth))


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
    history = History()
    a = {(n,) for n in range(6)} | {(100 + n,) for n in range(rest)}
    b = {(10 + n,) for n in range(6)}
    for one in (a, b):
        assert history.is_safe(one, lambda part: part[0])
        history.publish(one)
    c = {(n,) for n in range(6)} | b
    assert history.is_safe(c, lambda part: part[0]) is (rest >= LEAST)


def test_five_parts_of_one_person_are_one_person() -> None:
    """Parts are counted by person, also where some of them are left out of a number."""
    history = History()
    assert not history.is_safe({(n,) for n in range(5)}, lambda _part: "one")
    history.publish({(n,) for n in range(20)})
    half = {(n,) for n in range(10)}
    assert not history.is_safe(half, lambda part: part[0] % 5)
    assert history.is_safe(half, lambda part: part[0])
