"""The reading of a text: its meaning, and the words that say nothing about time."""

from __future__ import annotations

from datetime import datetime

from bot.calendar import FIRST_YEAR, LAST_YEAR, Calendar, OutOfReach
from bot.calendar.phrases.conflicts import has_conflict
from bot.calendar.phrases.doubts import is_doubtful
from bot.calendar.phrases.items import Items, items_of
from bot.calendar.phrases.place import Place
from bot.calendar.phrases.repeats import is_repeated, repeats
from bot.calendar.phrases.result import Ask, Meaning, Reading, When, Why
from bot.calendar.phrases.unread import is_unread
from bot.calendar.phrases.when import when
from bot.calendar.phrases.words import LONELY, length_at

EDGES = " ,.;:!?-–—"
OTHER_LANGUAGE = {"da": "en", "en": "da"}


def read(text: str, language: str, now: datetime, calendar: Calendar) -> Reading:
    """Return what *text* says about time at the instant *now*, and the words that remain.

    *language* is the citizen's. A text of which more is about time in the other language is read
    in that language: "tomorrow at 16:00" names a time in Danish, and a day too in English.
    """
    places = [Place.of(text, each, now, calendar) for each in (language, OTHER_LANGUAGE[language])]
    found = [(place, items_of(place)) for place in places]
    place, items = max(found, key=lambda one: len(one[1].taken))  # the first of equals
    meaning = _meaning(place, items)
    return Reading(meaning, text if meaning is None else _rest(text, place, items))


def _meaning(place: Place, items: Items) -> Meaning | None:
    """Return what the items of a text say together, or a question where not all is read."""
    try:
        meaning = repeats(place, items) if is_repeated(items) else when(place, items)
    except OutOfReach:
        return Ask(Why.IMPOSSIBLE)
    if meaning is None or isinstance(meaning, Ask):
        return meaning
    if isinstance(meaning, When) and not FIRST_YEAR <= meaning.day.year <= LAST_YEAR:
        return Ask(Why.IMPOSSIBLE)
    is_sure = not (
        has_conflict(items, meaning) or is_unread(place, items) or is_doubtful(place, items)
    )
    return meaning if is_sure else Ask(Why.UNCLEAR)


def _rest(text: str, place: Place, items: Items) -> str:
    """Return the text without the words about time, and without words that are then alone."""
    kept, end = [], 0
    for at in sorted(items.taken):
        token = place.tokens[at]
        kept.append(text[end : token.start])
        end = token.end
    kept.append(text[end:])
    parts = [" ".join(part.split()).strip(EDGES) for part in kept]
    return " ".join(part for part in parts if part and not _is_lonely(part))


def _is_lonely(part: str) -> bool:
    """Return whether *part* is one word that means nothing without the words about time."""
    words = part.casefold().split()
    return length_at(words, 0, LONELY.either) == len(words)
