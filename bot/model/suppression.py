"""Which numbers may be published, so that none about fewer than five people follows from them.

A number is a sum of parts, and a part is of one person. From published numbers a reader can
compute every linear combination: by subtraction, for example, what one day's number has more
than that of another day. A combination in which the parts of one to four people are left tells
what they did.

A *class* is the parts that have been in exactly the same numbers so far. A combination gives all
parts of a class one factor; a new number adds its own to those that are in it. So of each class
the parts in the new number or the other ones are left, at least the fewer of the two; and of
parts that were in no number yet, all that are in it. Where that is five people or more, the
number is safe together with all that were ever published before.

Each number keeps what it was checked by: its *check*. When a part becomes known to readers later,
the checks say whether every number is still safe.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

LEAST = 5  # people of a number that is shown
Part = tuple[int, ...]
Owner = Callable[[Part], Hashable]  # the person whose part it is; None where readers know it


@dataclass(frozen=True, slots=True)
class Check:
    """What makes a number safe: its parts that were in no number, and the classes it splits.

    A split is the parts in the number, and the others of their class. *is_all* says that the
    number has no other parts.
    """

    new: Collection[Part]
    splits: Collection[tuple[Collection[Part], Collection[Part]]]
    is_all: bool

    def holds(self, owner: Owner) -> bool:
        """Return whether five people or more are left of each combination with the number.

        Of each person one part is looked at, so that five parts of one are not five people.
        """
        seen: set[Hashable] = set()

        def people(some: Iterable[Part]) -> int:
            new = {owner(one) for one in some} - {None} - seen
            seen.update(new)
            return len(new)

        left = people(self.new)
        for chosen, others in self.splits:
            left += min(people(chosen), people(others))
        return left >= LEAST

    def tells_nothing(self, owner: Owner) -> bool:
        """Return whether readers know every part of the number."""
        chosen = [*self.new, *(one for split in self.splits for one in split[0])]
        return self.is_all and all(owner(one) is None for one in chosen)

    def parts(self) -> Iterable[Part]:
        """Return the parts that the check looks at."""
        yield from self.new
        for split in self.splits:
            for side in split:
                yield from side

    def row(self) -> list[Any]:
        """Return the check as a row for the next night."""
        splits = [[sorted(side) for side in split] for split in self.splits]
        return [sorted(self.new), splits, self.is_all]


def _check_of(row: Sequence[Any]) -> Check:
    new, splits, is_all = row
    sides = [(_parts(chosen), _parts(others)) for chosen, others in splits]
    return Check(_parts(new), sides, is_all)


def _parts(rows: Iterable[Sequence[int]]) -> list[Part]:
    return [tuple(one) for one in rows]


class History:
    """The classes of all parts that have been in a published number, and the numbers' checks."""

    def __init__(
        self, classes: Iterable[Sequence[int]] = (), checks: Iterable[Sequence[Any]] = ()
    ) -> None:
        """Read the rows of an earlier night: of a class each row is a part, then its class."""
        self._class_of: dict[Part, int] = {}
        self._classes: dict[int, set[Part]] = defaultdict(set)
        self._checks = [_check_of(row) for row in checks]
        self._next = 0
        for *part, number in classes:
            self._put(tuple(part), number)
            self._next = max(self._next, number + 1)

    def _put(self, part: Part, number: int) -> None:
        known = self._class_of.get(part)
        if known is not None:
            self._classes[known].discard(part)
        self._class_of[part] = number
        self._classes[number].add(part)

    def _check(self, parts: Collection[Part]) -> Check:
        """Return by what a number of these parts is checked."""
        chosen = set(parts)
        new = sorted(one for one in chosen if one not in self._class_of)
        splits, size = [], len(new)
        for number in sorted({self._class_of[one] for one in chosen if one in self._class_of}):
            members = self._classes[number]
            if not members <= chosen:
                splits.append((sorted(members & chosen), sorted(members - chosen)))
                size += len(members & chosen)
        return Check(new, splits, size == len(chosen))

    def is_safe(self, parts: Collection[Part], owner: Owner) -> bool:
        """Return whether a number of these parts can be published."""
        return self._check(parts).holds(owner)

    def is_still_safe(self, owner: Owner, about: Collection[int]) -> bool:
        """Return whether all numbers are safe, too, when readers know what is about these ids.

        *owner* is what readers know then. An id is the first number of a part.
        """
        return all(
            check.holds(owner) or check.tells_nothing(owner)
            for check in self._checks
            if any(part[0] in about for part in check.parts())
        )

    def publish(self, parts: Collection[Part], *, is_new: bool = True) -> None:
        """Note that a number of these parts is published: each class is split by it.

        A number that is not *is_new* follows from earlier ones, or from what readers know.
        """
        if is_new:
            self._checks.append(self._check(parts))
        new: dict[int | None, int] = {}
        for one in parts:
            before = self._class_of.get(one)
            new.setdefault(before, self._next + len(new))
            self._put(one, new[before])
        self._next += len(new)

    def rows(self, keeps: Callable[[Part], bool]) -> list[Any]:
        """Return the classes of the parts that are kept, as rows for the next night."""
        return sorted([*part, number] for part, number in self._class_of.items() if keeps(part))

    def checks(self, keeps: Callable[[Part], bool]) -> list[Any]:
        """Return the checks in which a part is kept, as rows for the next night."""
        return [one.row() for one in self._checks if any(keeps(part) for part in one.parts())]
