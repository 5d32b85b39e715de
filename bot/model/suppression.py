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
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from typing import Any

LEAST = 5  # people of a number that is shown
Part = tuple[int, ...]
Owner = Callable[[Part], Hashable]  # the person whose part it is; None where readers know it


class History:
    """The classes of all parts that have been in a published number."""

    def __init__(self, classes: Iterable[Sequence[int]] = ()) -> None:
        """Read the classes of an earlier night: each row is a part, then its class."""
        self._class_of: dict[Part, int] = {}
        self._classes: dict[int, set[Part]] = defaultdict(set)
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

    def is_safe(self, parts: Collection[Part], owner: Owner) -> bool:
        """Return whether a number of these parts can be published.

        Of each person one part is looked at, so that five parts of one are not five people.
        """
        seen: set[Hashable] = set()

        def people(some: Iterable[Part]) -> int:
            new = {owner(one) for one in some} - {None} - seen
            seen.update(new)
            return len(new)

        if all(owner(one) is None for one in parts):
            return True
        chosen = set(parts)
        left = people(one for one in chosen if one not in self._class_of)
        for number in sorted({self._class_of[one] for one in chosen if one in self._class_of}):
            members = self._classes[number]
            left += min(people(sorted(members & chosen)), people(sorted(members - chosen)))
        return left >= LEAST

    def publish(self, parts: Collection[Part]) -> None:
        """Note that a number of these parts is published: each class is split by it."""
        new: dict[int | None, int] = {}
        for one in parts:
            before = self._class_of.get(one)
            new.setdefault(before, self._next + len(new))
            self._put(one, new[before])
        self._next += len(new)

    def rows(self, keeps: Callable[[Part], bool]) -> list[Any]:
        """Return the classes of the parts that are kept, as rows for the next night."""
        return sorted([*part, number] for part, number in self._class_of.items() if keeps(part))
