"""Words about time that the scan of a text has not taken."""

from __future__ import annotations

from bot.calendar.phrases import words
from bot.calendar.phrases.items import Items
from bot.calendar.phrases.place import Place

SHORTEST_MONTH = 4  # letters; "maj" and "may" are words too


def is_unread(place: Place, items: Items) -> bool:
    """Return whether a token that says something about time belongs to no item."""
    left = [at for at in range(len(place.tokens)) if at not in items.taken]
    return any(
        place.has(at, words.UNREAD_ANYWHERE)
        or _changes_meaning(place, at, items.taken)
        or _names_time(place, at, items.taken)
        or _is_part_of_span(place, at, items.taken)
        for at in left
    )


def _changes_meaning(place: Place, at: int, taken: set[int]) -> bool:
    """Return whether a word changes the meaning of an item next to it: "før", "eller"."""
    if not place.has(at, words.UNREAD_NEXT_TO_TIME):
        return False
    is_linked = place.has(at - 1, words.LINK) and at - 2 in taken
    return is_linked or bool({at - 1, at + 1} & taken)


def _names_time(place: Place, at: int, taken: set[int]) -> bool:
    """Return whether a unit, an ordinal or a month is near an item."""
    is_month = place.month(at) is not None and len(place.text(at)) >= SHORTEST_MONTH
    names = is_month or place.kind(at) == "ordinal" or place.has(at, words.UNREAD_NEAR_TIME)
    return names and bool({at - 2, at - 1, at + 1, at + 2} & taken)


def _is_part_of_span(place: Place, at: int, taken: set[int]) -> bool:
    """Return whether a dash joins a number to an item."""
    if place.kind(at) != "number":
        return False
    is_end = place.kind(at - 1) == "dash" and bool({at - 1, at - 2} & taken)
    return is_end or (place.kind(at + 1) == "dash" and at + 2 in taken)
