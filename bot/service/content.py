"""The town's content file: read, checked, and imported."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.errors import ConfigurationError
from bot.i18n import LANGUAGES
from bot.model.faq import FaqEntry, FaqText
from bot.model.town import Area, Contact, DemoPerson, Hours, Labels, Theme, Topic, Town
from bot.service.faq import UNANSWERED, VERSION
from bot.store.unit import Unit

SHIPPED = "klintsund.toml"
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
_DAY = re.compile(r"\d\d-\d\d")
_KEY = re.compile(r"[a-z0-9_]{1,20}")  # it goes into callback data
_FAQ_ID = re.compile(r"[A-Za-z0-9_]{1,20}")
DAYS_A_WEEK = 7
A_LEAP_YEAR = 2024


@dataclass(slots=True)
class _Reader:
    """Takes values out of the file, and gathers what is wrong with them."""

    faults: list[str] = field(default_factory=list)

    def wrong(self, place: str, why: str) -> None:
        """Note a fault."""
        self.faults.append(f"{place}: {why}")

    def take(self, table: Mapping[str, Any], place: str, key: str, kind: type, empty: Any) -> Any:
        """Return a value of *kind*; note where it is missing or another."""
        where = f"{place}.{key}" if place else key
        if key not in table:
            self.wrong(where, "is missing")
            return empty
        value = table[key]
        if not isinstance(value, kind) or isinstance(value, bool):
            self.wrong(where, f"must be a {kind.__name__}")
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

    def hours(self, data: Mapping[str, Any], key: str) -> Hours:
        """Return seven days' hours; an empty string is a closed day."""
        days = self.take(data, "", key, list, [])
        if len(days) != DAYS_A_WEEK:
            self.wrong(key, "must have seven days, Monday first")
        elif not any(days):
            self.wrong(key, "must have a day that is not closed")
        return tuple(self._span(f"{key}[{n}]", day) for n, day in enumerate(days, 1))

    def _span(self, place: str, day: Any) -> tuple[str, str] | None:
        """Read "10:00-14:00"."""
        if day == "":
            return None
        start, _dash, end = str(day).partition("-")
        if not (_CLOCK.fullmatch(start) and _CLOCK.fullmatch(end) and start < end):
            self.wrong(place, f'{day!r} must look like "10:00-14:00", or be empty')
        return start, end


def read_town(path: Path | None) -> Town:
    """Read a town's content file; None for Klintsund, which ships.

    Raises one `ConfigurationError` that names every fault with its place.
    """
    name = str(path) if path else SHIPPED
    try:
        raw = path.read_bytes() if path else files("flows.content").joinpath(SHIPPED).read_bytes()
        data = tomllib.loads(raw.decode())
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{name}: {error}") from None
    reader = _Reader()
    town = _town(reader, data)
    _hang_together(reader, town)
    if reader.faults:
        raise ConfigurationError("\n".join(f"{name}: {fault}" for fault in reader.faults))
    return town


def _town(reader: _Reader, data: Mapping[str, Any]) -> Town:
    """Make the town of what the file says."""
    unanswered = reader.take({"unanswered": {}, **data}, "", "unanswered", dict, {})
    text: Callable[[str], str] = lambda key: reader.text(data, "", key)  # noqa: E731 - it only shortens what follows
    return Town(
        name=text("name"),
        short_name=text("short_name"),
        bot_name=text("bot_name"),
        number_prefix=text("number_prefix"),
        zone=text("zone"),
        languages=reader.words(data, "", "languages"),
        phone=text("phone"),
        address=text("address"),
        dpo=text("dpo"),
        open_hours=reader.hours(data, "open_hours"),
        phone_hours=reader.hours(data, "phone_hours"),
        closed_days=reader.words(data, "", "closed_days"),
        themes=tuple(
            Theme(
                reader.matching(t, place, "key", _KEY),
                reader.labels(t, place, "labels"),
                reader.positive(t, place, "working_days"),
            )
            for place, t in reader.each(data, "theme")
        ),
        contacts=tuple(
            Contact(
                reader.text(t, place, "first_name"),
                reader.text(t, place, "unit"),
                reader.words(t, place, "themes"),
            )
            for place, t in reader.each(data, "contact")
        ),
        areas=tuple(
            Area(reader.matching(t, place, "key", _KEY), reader.text(t, place, "name"))
            for place, t in reader.each(data, "area")
        ),
        topics=tuple(
            Topic(reader.matching(t, place, "key", _KEY), reader.labels(t, place, "labels"))
            for place, t in reader.each(data, "topic")
        ),
        faq=tuple(_entry(reader, place, t) for place, t in reader.each(data, "faq")),
        unanswered={
            language: reader.words(unanswered, "unanswered", language) for language in LANGUAGES
        },
        people=tuple(
            DemoPerson(
                reader.take(t, place, "id", int, 0),
                reader.text(t, place, "first_name"),
                reader.text(t, place, "language_code"),
                reader.labels(t, place, "about"),
            )
            for place, t in reader.each({"person": [], **data}, "person")
        ),
    )


def _entry(reader: _Reader, place: str, table: Mapping[str, Any]) -> FaqEntry:
    """Make one entry of the FAQ."""
    texts = {}
    for language in LANGUAGES:
        own = reader.take(table, place, language, dict, {})
        where = f"{place}.{language}"
        texts[language] = FaqText(
            reader.text(own, where, "question"),
            reader.text(own, where, "answer"),
            reader.words(own, where, "phrasings"),
        )
    return FaqEntry(
        reader.matching(table, place, "id", _FAQ_ID),
        reader.text(table, place, "theme"),
        reader.text(table, place, "source"),
        reader.day(table, place, "reviewed"),
        texts,
    )


def _hang_together(reader: _Reader, town: Town) -> None:
    """Note what contradicts itself within the file."""
    try:
        ZoneInfo(town.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        reader.wrong("zone", f"{town.zone!r} is no time zone")
    for day in town.closed_days:
        if not _is_day(day):
            reader.wrong("closed_days", f'{day!r} must look like "12-24"')
    for missing in sorted({"da"} - set(town.languages)):
        reader.wrong("languages", f"{missing} must be among them")
    for unknown in sorted(set(town.languages) - set(LANGUAGES)):
        reader.wrong("languages", f"{unknown} has no catalogue")
    themes = [theme.key for theme in town.themes]
    answered = [theme for contact in town.contacts for theme in contact.themes]
    for theme in sorted(set(themes) - set(answered)):
        reader.wrong("contact", f"nobody answers for the theme {theme!r}")
    for theme in sorted(set(answered) - set(themes)):
        reader.wrong("contact", f"there is no theme {theme!r}")
    for entry in town.faq:
        if entry.theme not in themes:
            reader.wrong(f"faq {entry.id}", f"there is no theme {entry.theme!r}")
    reader.unique("theme", themes)
    reader.unique("contact.themes", answered)
    reader.unique("area", [area.key for area in town.areas])
    reader.unique("topic", [topic.key for topic in town.topics])
    reader.unique("faq", [entry.id for entry in town.faq])
    reader.unique("person", [person.id for person in town.people])


def _is_day(day: str) -> bool:
    """Tell whether *day* is a day of some year, as "12-24"."""
    try:
        return bool(_DAY.fullmatch(day) and date.fromisoformat(f"{A_LEAP_YEAR}-{day}"))
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, by entry id; *kept* are those that staff had changed."""

    new: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()


async def import_town(town: Town, unit: Unit) -> Imported:
    """Take the town's FAQ over; run twice, it changes nothing the second time."""
    became: dict[str, list[str]] = {"new": [], "updated": [], "same": [], "kept": []}
    for entry in town.faq:
        became[await unit.faq.put_import(entry.id, entry.to_body())].append(entry.id)
    retired, kept = await unit.faq.retire_missing({entry.id for entry in town.faq})
    imported = Imported(
        tuple(became["new"]),
        tuple(became["updated"]),
        tuple(became["same"]),
        (*became["kept"], *kept),
        tuple(retired),
    )
    unanswered = {language: list(asked) for language, asked in town.unanswered.items()}
    await unit.facts.set(UNANSWERED, unanswered)
    bodies = [(row.id, row.body) for row in await unit.faq.all()]
    said = json.dumps([bodies, unanswered], sort_keys=True)
    await unit.facts.set(VERSION, hashlib.sha256(said.encode()).hexdigest())
    return imported
