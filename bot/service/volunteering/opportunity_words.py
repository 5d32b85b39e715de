"""The words of a table of opportunities: names of columns and values, in each language.

An export is written in the reader's language. An import reads the words of all languages, and
the keys by which the program knows columns and values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from bot.calendar.recurrence import Holidays
from bot.i18n import LANGUAGE_NAMES, LANGUAGES, Text, _, pgettext, render
from bot.model.opportunity import GATE_NAMES, INSURANCE_NAMES, NEED_NAMES, SPOKEN, Kind
from bot.model.town import Town

TEXT_NAMES: Mapping[str, Text] = {
    "title": _("Title"),
    "text": pgettext("opportunity", "What one does"),
    "gain": _("What one gets out of it"),
    "place": _("Place"),
    "note": _("Practical note, three hours before"),
}
COLUMNS: Mapping[str, Text] = {
    "code": pgettext("column", "Code"),
    **{
        f"{name}_{language}": _("{label} ({language})").with_(
            label=label, language=LANGUAGE_NAMES[language]
        )
        for name, label in TEXT_NAMES.items()
        for language in LANGUAGES
    },
    "kind": pgettext("opportunity", "Kind"),
    "when": pgettext("opportunity", "When"),
    "first_day": _("First day"),
    "until": pgettext("column", "Until"),
    "except_on": _("Not on these dates"),
    "holidays": _("On public holidays and closing days"),
    "rule": pgettext("column", "Exact rule"),
    "takes": _("One time takes, in minutes"),
    "seats": pgettext("opportunity", "Places"),
    "closes_before": _("Sign-ups close, minutes before"),
    "cancels_before": _("One can cancel freely until, minutes before"),
    "theme": _("Theme"),
    "area": _("Area"),
    "latitude": pgettext("column", "Latitude"),
    "longitude": pgettext("column", "Longitude"),
    "insurance": _("Insurance"),
    "season": _("Season"),
    "gates": _("Needed before the first time"),
    "languages": _("Languages"),
    "skills": _("Skills"),
    "needs": _("Asks volunteers about"),
    "approves": _("Staff accept each sign-up"),
}
YES, NO = "yes", "no"
_VALUES: Mapping[str, Mapping[Any, Text | str]] = {
    "kind": {
        Kind.SHIFTS: pgettext("opportunity", "At set times"),
        Kind.AGREEMENT: pgettext("opportunity", "By agreement"),
    },
    "insurance": INSURANCE_NAMES,
    "gates": GATE_NAMES,
    "needs": NEED_NAMES,
    "languages": SPOKEN,
    "holidays": {
        Holidays.KEEP: pgettext("opportunity", "It takes place as usual"),
        Holidays.SKIP: _("Left out"),
        Holidays.MOVE: _("Moved to the next working day"),
    },
    "approves": {YES: _("Yes"), NO: _("No")},
}
SEVERAL = frozenset({"gates", "needs", "languages"})


def column_name(key: str, language: str) -> str:
    """Return the heading of a column; the name itself for an unknown one."""
    known = COLUMNS.get(key)
    return render(known, language, escape=str) if known is not None else key


def in_words(row: Mapping[str, str], language: str, town: Town) -> dict[str, str]:
    """Return a row with its values in words of a language."""
    return {key: _each(key, cell, _said(key, language, town)) for key, cell in row.items()}


def by_keys(row: Mapping[str, str], town: Town) -> dict[str, str]:
    """Return a row with the keys of its columns and values; what is unknown stays as it is."""
    keyed = {_columns_by_words().get(_plain(name), name): cell for name, cell in row.items()}
    return {key: _each(key, cell, _meant(key, town)) for key, cell in keyed.items()}


def _each(key: str, cell: str, words: Mapping[str, str]) -> str:
    """Return a cell with each of its values replaced by *words*, where it is one of them."""
    if not words:
        return cell
    if key not in SEVERAL:
        return words.get(_plain(cell), cell)
    parts = [one.strip() for one in cell.split(";") if one.strip()]
    return "; ".join(words.get(_plain(one), one) for one in parts)


def _said(key: str, language: str, town: Town) -> dict[str, str]:
    """Return the word in a language of each key of a column."""
    return {_plain(value): word for value, word in _named(key, language, town)}


def _meant(key: str, town: Town) -> dict[str, str]:
    """Return the key of each word of a column, in any language."""
    named = [(value, word) for one in LANGUAGES for value, word in _named(key, one, town)]
    return {**{_plain(word): value for value, word in named}, **{_plain(v): v for v, _w in named}}


def _named(key: str, language: str, town: Town) -> Iterator[tuple[str, str]]:
    """Yield the values of a column with their words in a language."""
    if key == "theme":
        yield from ((one.key, one.labels[language]) for one in town.topics)
    elif key == "area":
        yield from ((one.key, one.name) for one in town.areas)
    for value, text in _VALUES.get(key, {}).items():
        word = text if isinstance(text, str) else render(text, language, escape=str)
        yield str(value), word


@cache
def _columns_by_words() -> Mapping[str, str]:
    """Return the key of each column by its names in all languages, and by the key."""
    named = {_plain(column_name(key, one)): key for key in COLUMNS for one in LANGUAGES}
    return {**named, **{key: key for key in COLUMNS}}


def _plain(word: str) -> str:
    """Return a word as it is compared."""
    return " ".join(word.split()).casefold()
