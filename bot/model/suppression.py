"""Which sums may be published, so that no sum about fewer than five people follows from them.

A sum is a set of parts that are added. From published sums a reader can compute every linear
combination: by subtraction, for example, the sum of what is in one set and not in its subsets.
A combination that leaves only parts of one to four people tells what they did. So sums are
added one by one, and a sum is left out where it makes such a combination possible.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

LEAST = 5  # people of a sum that is shown
# Rows are computed modulo a prime: exact integers of one size. A dependency that exists only
# modulo the prime would leave out a sum more, and never show one more.
PRIME = (1 << 61) - 1
MOST_FREE = 3  # dimensions in which combinations are tried; beyond it a sum is left out
Row = list[int]
Column = tuple[int, ...]
People = dict[frozenset[Hashable], set[Hashable]]
Sum = TypeVar("Sum", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Part:
    """An indivisible part of sums; *by* is the person whose it is."""

    by: Hashable
    sums: frozenset[Hashable]


def safe_sums(wanted: Sequence[Sum], parts: Collection[Part]) -> list[Sum]:
    """Return those of *wanted* that can be published together; earlier ones come first."""
    people, chosen = _by_sums(parts), list[Sum]()
    for one in wanted:
        if _is_safe([*chosen, one], people):
            chosen.append(one)
    return chosen


def is_safe(chosen: Sequence[Hashable], parts: Collection[Part]) -> bool:
    """Return whether no combination of the chosen sums is about one to four people."""
    return _is_safe(chosen, _by_sums(parts))


def _by_sums(parts: Collection[Part]) -> People:
    """Return the people whose parts are in the same sums."""
    people: People = {}
    for part in parts:
        people.setdefault(part.sums, set()).add(part.by)
    return people


def _is_safe(chosen: Sequence[Hashable], people: People) -> bool:
    """Return whether no combination of the chosen sums is about one to four people.

    A column is what is in the same chosen sums, by their places. A combination with a column of
    five people or more is safe, so only those without any such column are tried.
    """
    places = {one: place for place, one in enumerate(chosen)}
    columns: dict[Column, set[Hashable]] = {}
    for sums, some in people.items():
        column = tuple(sorted(places[one] for one in sums if one in places))
        if column:
            columns.setdefault(column, set()).update(some)
    large = [column for column, some in columns.items() if len(some) >= LEAST]
    small = [column for column, some in columns.items() if len(some) < LEAST]
    left = [
        [sum(factors[place] for place in column) % PRIME for column in small]
        for factors in _without(large, len(chosen))
    ]
    return all(
        len(set[Hashable]().union(*(columns[small[place]] for place in support))) >= LEAST
        for block in _blocks(_reduced(left))
        for support in _least_supports(block)
    )


def _without(columns: Collection[Column], size: int) -> list[Row]:
    """Return factors of *size* sums that leave nothing of the columns, independent of each other.

    It is Gaussian elimination with few entries in each column: a pivot is the first place.
    """
    pivots: dict[int, dict[int, int]] = {}
    for column in columns:
        entries = dict.fromkeys(column, 1)
        while entries and (first := min(entries)) in pivots:
            factor = entries[first]
            for place, value in pivots[first].items():
                entries[place] = (entries.get(place, 0) - factor * value) % PRIME
                if not entries[place]:
                    del entries[place]
        if entries:
            scale = pow(entries[first], -1, PRIME)
            pivots[first] = {place: value * scale % PRIME for place, value in entries.items()}
            if len(pivots) == size:
                return []
    found = []
    for free in sorted(set(range(size)) - set(pivots)):
        factors = [int(place == free) for place in range(size)]
        for pivot in sorted(pivots, reverse=True):
            rest = (value * factors[place] for place, value in pivots[pivot].items())
            factors[pivot] = (factors[pivot] - sum(rest)) % PRIME
        found.append(factors)
    return found


def _reduced(rows: Iterable[Row]) -> list[Row]:
    """Return a matrix in reduced row echelon form, without rows of zeros."""
    found = [list(row) for row in rows]
    done = 0
    for column in range(len(found[0]) if found else 0):
        at = next((n for n in range(done, len(found)) if found[n][column]), None)
        if at is None:
            continue
        found[done], found[at] = found[at], found[done]
        factor = pow(found[done][column], -1, PRIME)
        found[done] = [value * factor % PRIME for value in found[done]]
        for n, row in enumerate(found):
            if n != done and row[column]:
                found[n] = _minus(row, row[column], found[done])
        done += 1
    return found[:done]


def _minus(row: Row, factor: int, other: Row) -> Row:
    return [(one - factor * two) % PRIME for one, two in zip(row, other, strict=True)]


def _blocks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Return the rows in groups that share no column: they can be looked at alone."""
    left = list(rows)
    while left:
        block = [left.pop()]
        touched = _support(block[0])
        while joined := [row for row in left if touched & _support(row)]:
            left = [row for row in left if row not in joined]
            block += joined
            touched = touched.union(*map(_support, joined))
        yield block


def _support(row: Row) -> set[int]:
    return {place for place, value in enumerate(row) if value}


def _least_supports(block: Sequence[Row]) -> Iterator[set[int]]:
    """Return the columns of each combination that has as few columns as it can.

    Such a combination is zero in as many independent columns as the block has rows, less one.
    Too large a block returns an empty set, which is no five people.
    """
    if len(block) > MOST_FREE:
        yield set()
        return
    columns = sorted(set().union(*map(_support, block)))
    for zeros in combinations(columns, len(block) - 1):
        # The chosen columns first, so that the last row is zero in all of them.
        order = [*zeros, *(one for one in columns if one not in zeros)]
        last = _reduced([[row[place] for place in order] for row in block])[-1]
        if not any(last[: len(zeros)]):
            yield {order[place] for place in _support(last)}
