"""Read values from a hand-written file: check each, and report every fault with its place."""

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
DEGREES = {"latitude": 90, "longitude": 180}  # the largest value of each


@dataclass(slots=True)
class Reader:
    """Reads values from the file's tables, and collects their faults."""

    faults: list[str] = field(default_factory=list)

    def wrong(self, place: str, why: str) -> None:
        """Note a fault."""
        self.faults.append(f"{place}: {why}")

    def take(
        self, table: Mapping[str, Any], place: str, key: str, kind: type | UnionType, empty: Any
    ) -> Any:
        """Return a value of *kind*; else note the fault and return *empty*."""
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
        """Return a text; note a fault where it is empty."""
        found = str(self.take(table, place, key, str, "?"))
        if not found.strip():
            self.wrong(f"{place}.{key}" if place else key, "is empty")
        return found

    def labels(self, table: Mapping[str, Any], place: str, key: str) -> Labels:
        """Return a text in every language."""
        found = self.take(table, place, key, dict, {})
        where = f"{place}.{key}"
        return {language: self.text(found, where, language) for language in LANGUAGES}

    def matching(
        self, table: Mapping[str, Any], place: str, key: str, form: re.Pattern[str]
    ) -> str:
        """Return a text; note a fault where it does not match *form*."""
        found = self.text(table, place, key)
        if found != "?" and not form.fullmatch(found):
            self.wrong(f"{place}.{key}", f"{found!r} must look like {form.pattern}")
        return found

    def words(self, table: Mapping[str, Any], place: str, key: str) -> tuple[str, ...]:
        """Return a list of strings; empty where it is left out."""
        found = table.get(key, [])
        if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
            self.wrong(f"{place}.{key}", "must be a list of strings")
            return ()
        return tuple(found)

    def positive(self, table: Mapping[str, Any], place: str, key: str) -> int:
        """Return a number; note a fault where it is below one."""
        found = int(self.take(table, place, key, int, 1))
        if found < 1:
            self.wrong(f"{place}.{key}", "must be at least 1")
        return found

    def day(self, table: Mapping[str, Any], place: str, key: str) -> date:
        """Return a date; note a fault where it has a time."""
        found: date = self.take(table, place, key, date, date.min)
        if isinstance(found, datetime):
            self.wrong(f"{place}.{key}", "must be a day without a time")
        return found

    def days(self, data: Mapping[str, Any], key: str) -> tuple[date, ...]:
        """Return a list of dates; empty where it is left out."""
        found = data.get(key, [])
        if not isinstance(found, list) or not all(type(one) is date for one in found):
            self.wrong(key, "must be a list of days such as 2029-11-20")
            return ()
        return tuple(found)

    def point(self, table: Mapping[str, Any], place: str, key: str) -> Point | None:
        """Return a latitude and longitude; None where the point is left out."""
        if key not in table:
            return None
        found = self.take(table, place, key, dict, {})
        where = f"{place}.{key}"
        degrees = [self._degrees(found, where, axis, most) for axis, most in DEGREES.items()]
        return degrees[0], degrees[1]

    def _degrees(self, table: Mapping[str, Any], place: str, key: str, most: int) -> float:
        """Return degrees; note a fault where they are not between *-most* and *most*."""
        found = self.take(table, place, key, int | float, 0)
        if not -most <= found <= most:
            self.wrong(f"{place}.{key}", f"must be from -{most} to {most} degrees")
        return float(found)

    def each(self, data: Mapping[str, Any], name: str) -> list[tuple[str, Mapping[str, Any]]]:
        """Return the tables of a list, each with its place in the file."""
        tables = self.take(data, "", name, list, [])
        for n, table in enumerate(tables, 1):
            if not isinstance(table, dict):
                self.wrong(f"{name}[{n}]", "must be a table")
        return [(f"{name}[{n}]", t) for n, t in enumerate(tables, 1) if isinstance(t, dict)]

    def unique(self, place: str, keys: Sequence[object]) -> None:
        """Note keys that occur more than once."""
        for key in {key for key in keys if keys.count(key) > 1}:
            self.wrong(place, f"{key!r} stands twice")

    def flag(self, table: Mapping[str, Any], place: str, key: str) -> bool:
        """Return true or false; false where it is left out."""
        found = table.get(key, False)
        if not isinstance(found, bool):
            self.wrong(f"{place}.{key}", "must be true or false")
        return found is True

    def hours(self, data: Mapping[str, Any], key: str) -> Hours:
        """Return the hours of seven days; an empty string is a closed day."""
        days = self.take(data, "", key, list, [])
        if len(days) != DAYS_A_WEEK:
            self.wrong(key, "must have seven days, Monday first")
        elif not any(days):
            self.wrong(key, "must have a day that is not closed")
        return tuple(self._span(f"{key}[{n}]", day) for n, day in enumerate(days, 1))

    def span(self, data: Mapping[str, Any], key: str) -> tuple[str, str]:
        """Return the hours of one day; note a fault where the day is closed."""
        return self._span(key, self.text(data, "", key)) or ("00:00", "24:00")

    def _span(self, place: str, day: Any) -> tuple[str, str] | None:
        """Read "10:00-14:00"; None where the day is closed or the form is wrong."""
        if day == "":
            return None
        start, _dash, end = str(day).partition("-")
        if not (_CLOCK.fullmatch(start) and _CLOCK.fullmatch(end) and start < end):
            self.wrong(place, f'{day!r} must look like "10:00-14:00", or be empty')
            return None
        return start, end
