"""Read, check and import the town's content file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.documents.tables import read_table
from bot.errors import ConfigurationError
from bot.i18n import LANGUAGES
from bot.model.faq import FaqEntry, FaqText
from bot.model.staff import ROLES, USERNAME, DemoStaff, Role, Staff
from bot.model.template import Template, Use, unknown_variables
from bot.model.town import Area, Contact, DemoPerson, Theme, Topic, Town
from bot.service import pledge_content
from bot.service.faq import UNANSWERED, note_change
from bot.service.reading import Reader
from bot.store.unit import Unit

SHIPPED = "klintsund.toml"
OPPORTUNITIES = "klintsund_opportunities.csv"
_DAY = re.compile(r"\d\d-\d\d")
_KEY = re.compile(r"[a-z0-9_]{1,20}")  # it goes into callback data
_FAQ_ID = re.compile(r"[A-Za-z0-9_]{1,20}")
A_LEAP_YEAR = 2024


def read_town(path: Path | None) -> Town:
    """Read a town's content file; where *path* is None, that of Klintsund, which ships.

    Raises one `ConfigurationError` that names every fault with its place.
    """
    name = str(path) if path else SHIPPED
    try:
        raw = path.read_bytes() if path else files("flows.content").joinpath(SHIPPED).read_bytes()
        data = tomllib.loads(raw.decode())
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{name}: {error}") from None
    reader = Reader()
    town = _town(reader, data)
    _hang_together(reader, town)
    if reader.faults:
        raise ConfigurationError("\n".join(f"{name}: {fault}" for fault in reader.faults))
    return town


def shipped_opportunities() -> list[dict[str, str]]:
    """Return the opportunities of Klintsund, which ship, as rows of an import."""
    return read_table(files("flows.content").joinpath(OPPORTUNITIES).read_bytes())


def _town(reader: Reader, data: Mapping[str, Any]) -> Town:
    """Build the town from the file's data."""
    unanswered = reader.take({"unanswered": {}, **data}, "", "unanswered", dict, {})
    text: Callable[[str], str] = lambda key: reader.text(data, "", key)  # noqa: E731 - it only shortens the calls below
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
        work_hours=reader.span(data, "work_hours"),
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
            Area(
                reader.matching(t, place, "key", _KEY),
                reader.text(t, place, "name"),
                reader.point(t, place, "centre"),
            )
            for place, t in reader.each(data, "area")
        ),
        topics=tuple(
            Topic(
                reader.matching(t, place, "key", _KEY),
                reader.labels(t, place, "labels"),
                reader.words({"words": [], **t}, place, "words"),
                reader.labels(t, place, "welcome") if "welcome" in t else {},
            )
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
        staff=tuple(
            _staff(reader, place, t) for place, t in reader.each({"staff": [], **data}, "staff")
        ),
        templates=tuple(
            _template(reader, place, t)
            for place, t in reader.each({"template": [], **data}, "template")
        ),
        pledge_themes=pledge_content.read_themes(reader, data),
        measures=pledge_content.read_measures(reader, data),
        goals=pledge_content.read_goals(reader, data),
        pledges=pledge_content.read_catalogue(reader, data),
        elections=reader.days(data, "elections"),
        family_phone=reader.take(data, "", "family_phone", str, "")
        if "family_phone" in data
        else "",
    )


def _staff(reader: Reader, place: str, table: Mapping[str, Any]) -> DemoStaff:
    """Build one staff member of the demo."""
    role, language = (reader.text(table, place, key) for key in ("role", "language"))
    if role not in ROLES:
        reader.wrong(f"{place}.role", f"{role!r} must be one of {', '.join(ROLES)}")
        role = Role.STAFF
    if language not in LANGUAGES:
        reader.wrong(f"{place}.language", f"{language!r} has no catalogue")
    return DemoStaff(
        reader.matching(table, place, "username", USERNAME),
        reader.text(table, place, "first_name"),
        reader.text(table, place, "unit"),
        Role(role),
        language,
        reader.words(table, place, "themes"),
        reader.flag(table, place, "head"),
    )


def _template(reader: Reader, place: str, table: Mapping[str, Any]) -> Template:
    """Build one template for replies."""
    use = reader.text(table, place, "use")
    if use not in list(Use):
        reader.wrong(f"{place}.use", f"{use!r} must be one of {', '.join(Use)}")
        use = Use.ANSWER
    texts = reader.labels(table, place, "texts")
    for language, text in texts.items():
        for unknown in unknown_variables(text):
            reader.wrong(f"{place}.texts.{language}", f"nothing is known to put for {unknown!r}")
    key = reader.matching(table, place, "key", _KEY)
    return Template(key, Use(use), reader.labels(table, place, "titles"), texts)


def _entry(reader: Reader, place: str, table: Mapping[str, Any]) -> FaqEntry:
    """Build one entry of the FAQ."""
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


def _hang_together(reader: Reader, town: Town) -> None:
    """Note values that are unknown, contradict each other or occur twice."""
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
    _themes_hang_together(reader, town)
    pledge_content.check_catalogue(reader, town)
    reader.unique("area", [area.key for area in town.areas])
    reader.unique("area.centre", [area.centre for area in town.areas if area.centre])
    reader.unique("topic", [topic.key for topic in town.topics])
    reader.unique("faq", [entry.id for entry in town.faq])
    reader.unique("template", [template.key for template in town.templates])
    reader.unique("staff", [one.username for one in town.staff])
    reader.unique("person", [person.id for person in town.people])


def _themes_hang_together(reader: Reader, town: Town) -> None:
    """Note themes without a contact, and references to themes that do not exist."""
    themes = [theme.key for theme in town.themes]
    answered = [theme for contact in town.contacts for theme in contact.themes]
    for theme in sorted(set(themes) - set(answered)):
        reader.wrong("contact", f"nobody answers for the theme {theme!r}")
    for theme in sorted(set(answered) - set(themes)):
        reader.wrong("contact", f"there is no theme {theme!r}")
    for entry in town.faq:
        if entry.theme not in themes:
            reader.wrong(f"faq {entry.id}", f"there is no theme {entry.theme!r}")
    for member in town.staff:
        for theme in sorted(set(member.themes) - set(themes)):
            reader.wrong(f"staff {member.username}", f"there is no theme {theme!r}")
    reader.unique("theme", themes)
    reader.unique("contact.themes", answered)


def _is_day(day: str) -> bool:
    """Return whether *day* is a day of some year, as "12-24"."""
    try:
        return bool(_DAY.fullmatch(day) and date.fromisoformat(f"{A_LEAP_YEAR}-{day}"))
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Imported:
    """The result of an import, as entry ids; *kept* are the entries that staff had changed."""

    new: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()


async def employ(town: Town, unit: Unit) -> None:
    """Add the staff in the content file who have no account yet; only the demo's file lists any."""
    for one in town.staff:
        if await unit.staff.by_username(one.username) is None:
            await unit.staff.add(Staff(id=0, **asdict(one)))


async def import_town(town: Town, unit: Unit) -> Imported:
    """Import the town's FAQ and its pledges; a second run changes nothing.

    A pledge that the catalogue has is left as it is: staff may have edited it.
    """
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
    known = await unit.catalogue.codes()
    for one in town.pledges:
        if one.code not in known:
            await unit.catalogue.add(one)
    await note_change(unit)
    return imported
