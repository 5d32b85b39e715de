"""The reading of a text: its meaning, and the words that say nothing about time."""

from __future__ import annotations

from datetime import datetime

from bot.calendar import Calendar
from bot.calendar.phrases.items import Items, items_of
from bot.calendar.phrases.place import Place
from bot.calendar.phrases.repeats import is_repeated, repeats
from bot.calendar.phrases.result import Ask, Reading, Why
from bot.calendar.phrases.times import has_several_times
from bot.calendar.phrases.unread import is_unread
from bot.calendar.phrases.when import when
from bot.calendar.phrases.words import LONELY, length_at

EDGES = " ,.;:!?-–—"
OTHER_LANGUAGE = {"da": "en", "en": "da"}


def read(text: str, language: str, now: datetime, calendar: Calendar) -> Reading:
    """Return what *text* says about time at the instant *now*, and the words that remain.

    *language* is the citizen's; a text that says nothing in it is read in the other language.
    """
    reading = _read(text, Place.of(text, language, now, calendar))
    if reading.meaning is None:
        other = _read(text, Place.of(text, OTHER_LANGUAGE[language], now, calendar))
        if other.meaning is not None:
            return other
    return reading


def _read(text: str, place: Place) -> Reading:
    """Return the reading of a text in the language of *place*."""
    items = items_of(place)
    meaning = repeats(place, items) if is_repeated(items) else when(place, items)
    if meaning is None:
        return Reading(None, text)
    is_whole = not has_several_times(items) and not is_unread(place, items)
    if not is_whole and not isinstance(meaning, Ask):
        meaning = Ask(Why.UNCLEAR)
    return Reading(meaning, _rest(text, place, items))


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
