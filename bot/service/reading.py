"""Values out of a file that a person wrote: each checked, and every fault named with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import UnionType
from typing import Any

from bot.i18n import LANGUAGES
from bot.model.town import Hours, Labels, Point

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
DAYS_A_WEEK = 7
DEGREES = {"latitude": 90, "longitude": 180}  # the most of each


@dataclass(slots=True)
class Reader:
    """Takes values out of the file, and gathers what is wrong with them."""

    faults: list[str] = field(default_factory=list)

    def wrong(self, place: str, why: str) -> None:
        """Note a fault."""
        self.faults.append(f"{place}: {why}")

    def take(
        self, table: Mapping[str, Any], place: str, key: str, kind: type | UnionType, empty: Any
    ) -> Any:
        """Return a value of *kind*; note where it is missing or another."""
        where = f"{place}.{key}" if place else key
        if key not in table:
            self.wrong(where, "is missing")
            return empty
        value = table[key]
        if not isinstance(value, kind) or isinstance(value, bool):
            named = kind.__name__ if isinstance(kind, type) else "number"
            self.wrong(where, f"must be a {named}")
            return empty
        return value

    def text(self, table: Mapping[str, Any], place: str, key: str) -> str:
        """Return words that are not empty."""
        found = str(self.take(table, place, key, str, "?"))
        if not found.strip():
            self.wrong(f"{place}.{key}" if place else key, "is empty")
        return found

    def labels(self, table: Mapping[str, Any], place: str, key: str) -> Labels:
        """Return words in every language."""
        found = self.take(table, place, key, dict, {})
        where = f"{place}.{key}"
        return {language: self.text(found, where, language) for language in LANGUAGES}

    def matching(
        self, table: Mapping[str, Any], place: str, key: str, form: re.Pattern[str]
    ) -> str:
        """Return words of a certain form."""
        found = self.text(table, place, key)
        if found != "?" and not form.fullmatch(found):
            self.wrong(f"{place}.{key}", f"{found!r} must look like {form.pattern}")
        return found

    def words(self, table: Mapping[str, Any], place: str, key: str) -> tuple[str, ...]:
        """Return a list of words; one that is left out is empty."""
        found = table.get(key, [])
        if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
            self.wrong(f"{place}.{key}", "must be a list of strings")
            return ()
        return tuple(found)

    def positive(self, table: Mapping[str, Any], place: str, key: str) -> int:
        """Return a number of at least one."""
        found = int(self.take(table, place, key, int, 1))
        if found < 1:
            self.wrong(f"{place}.{key}", "must be at least 1")
        return found

    def day(self, table: Mapping[str, Any], place: str, key: str) -> date:
        """Return a day without a time."""
        found: date = self.take(table, place, key, date, date.min)
        if isinstance(found, datetime):
            self.wrong(f"{place}.{key}", "must be a day without a time")
        return found

    def point(self, table: Mapping[str, Any], place: str, key: str) -> Point | None:
        """Return a point on the earth, as latitude and longitude; None where it is left out."""
        if key not in table:
            return None
        found = self.take(table, place, key, dict, {})
        where = f"{place}.{key}"
        degrees = [self._degrees(found, where, axis, most) for axis, most in DEGREES.items()]
        return degrees[0], degrees[1]

    def _degrees(self, table: Mapping[str, Any], place: str, key: str, most: int) -> float:
        """Return degrees from *-most* to *most*."""
        found = self.take(table, place, key, int | float, 0)
        if not -most <= found <= most:
            self.wrong(f"{place}.{key}", f"must be from -{most} to {most} degrees")
        return float(found)

    def each(self, data: Mapping[str, Any], name: str) -> list[tuple[str, Mapping[str, Any]]]:
        """Return the tables of a list with their places in the file."""
        tables = self.take(data, "", name, list, [])
        for n, table in enumerate(tables, 1):
            if not isinstance(table, dict):
                self.wrong(f"{name}[{n}]", "must be a table")
        return [(f"{name}[{n}]", t) for n, t in enumerate(tables, 1) if isinstance(t, dict)]

    def unique(self, place: str, keys: Sequence[object]) -> None:
        """Note keys that stand twice."""
        for key in {key for key in keys if keys.count(key) > 1}:
            self.wrong(place, f"{key!r} stands twice")

    def flag(self, table: Mapping[str, Any], place: str, key: str) -> bool:
        """Return yes or no; one that is left out is a no."""
        found = table.get(key, False)
        if not isinstance(found, bool):
            self.wrong(f"{place}.{key}", "must be true or false")
        return found is True

    def hours(self, data: Mapping[str, Any], key: str) -> Hours:
        """Return seven days' hours; an empty string is a closed day."""
        days = self.take(data, "", key, list, [])
        if len(days) != DAYS_A_WEEK:
            self.wrong(key, "must have seven days, Monday first")
        elif not any(days):
            self.wrong(key, "must have a day that is not closed")
        return tuple(self._span(f"{key}[{n}]", day) for n, day in enumerate(days, 1))

    def span(self, data: Mapping[str, Any], key: str) -> tuple[str, str]:
        """Return hours of one day that is not closed."""
        return self._span(key, self.text(data, "", key)) or ("00:00", "24:00")

    def _span(self, place: str, day: Any) -> tuple[str, str] | None:
        """Read "10:00-14:00"."""
        if day == "":
            return None
        start, _dash, end = str(day).partition("-")
        if not (_CLOCK.fullmatch(start) and _CLOCK.fullmatch(end) and start < end):
            self.wrong(place, f'{day!r} must look like "10:00-14:00", or be empty')
            return None
        return start, end
