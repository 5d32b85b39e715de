"""The town, as its content file describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from bot.model.faq import FaqEntry
from bot.model.pledge_catalogue import CatalogueEntry, Goal, Measure, PledgeTheme
from bot.model.staff import DemoStaff
from bot.model.template import Template

Point = tuple[float, float]  # latitude and longitude, in degrees
EARTH = 6_371_000  # metres: its mean radius
Labels = Mapping[str, str]  # by language
Hours = tuple[tuple[str, str] | None, ...]  # Monday to Sunday; None: closed
WEEKDAYS: Mapping[str, tuple[str, ...]] = {
    "da": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the town; *centre* is its latitude and longitude, where the file gives one."""

    key: str
    name: str
    centre: Point | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of news and of opportunities; *words* lead to it too, in lower case.

    *welcome* is the text to who says yes to its news, where no broadcast welcomes them.
    """

    key: str
    labels: Labels
    words: tuple[str, ...] = ()  # other words for it, in any language
    welcome: Labels = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of questions, and the working days until it is answered."""

    key: str
    labels: Labels
    working_days: int


@dataclass(frozen=True, slots=True)
class Contact:
    """The person who answers for some themes."""

    first_name: str
    unit: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """An invented citizen of the demo."""

    id: int
    first_name: str
    language_code: str
    about: Labels


@dataclass(frozen=True, slots=True)
class Town:
    """One municipality. Times of day are "HH:MM" by its own clocks; closed days are "MM-DD"."""

    name: str
    short_name: str
    bot_name: str
    number_prefix: str
    zone: str
    languages: tuple[str, ...]
    phone: str
    address: str
    dpo: str
    open_hours: Hours
    phone_hours: Hours
    closed_days: tuple[str, ...]
    work_hours: tuple[str, str]
    themes: tuple[Theme, ...]
    contacts: tuple[Contact, ...]
    areas: tuple[Area, ...]
    topics: tuple[Topic, ...]
    faq: tuple[FaqEntry, ...]
    unanswered: Mapping[str, tuple[str, ...]]  # by language: questions that no entry answers
    people: tuple[DemoPerson, ...]
    staff: tuple[DemoStaff, ...] = ()
    templates: tuple[Template, ...] = ()
    pledge_themes: tuple[PledgeTheme, ...] = ()
    measures: tuple[Measure, ...] = ()
    goals: tuple[Goal, ...] = ()
    pledges: tuple[CatalogueEntry, ...] = ()  # the catalogue, as it is first published
    elections: tuple[date, ...] = ()  # the days of coming elections (HR-19)
    family_phone: str = ""  # who answers for children that are not well; empty: *phone*

    @property
    def work_minutes(self) -> tuple[int, int]:
        """Return the start and end of the staff's working hours, in minutes after midnight."""
        start, end = (_minutes(time) for time in self.work_hours)
        return start, end

    def open_hours_text(self, language: str) -> str:
        """Return a sentence with the opening hours of the counter."""
        begins = {"da": "Borgerservice har åbent ", "en": "The counter is open "}
        return begins[language] + hours_text(self.open_hours, language)

    def phone_hours_text(self, language: str) -> str:
        """Return a sentence with the opening hours of the phone."""
        begins = {"da": "Telefonen er åben ", "en": "The phone is open "}
        return begins[language] + hours_text(self.phone_hours, language)

    def contact_for(self, theme: str) -> Contact:
        """Return the person who answers for *theme*."""
        return next(contact for contact in self.contacts if theme in contact.themes)

    def nearest_area(self, point: Point) -> tuple[Area, float] | None:
        """Return the area with the nearest centre, and the metres to it; None without centres."""
        found = [(distance(one.centre, point), one) for one in self.areas if one.centre]
        metres, area = min(found, key=lambda one: one[0], default=(0.0, None))
        return (area, metres) if area is not None else None


def distance(one: Point, other: Point) -> float:
    """Return the distance between two points in metres, along the earth (haversine formula)."""
    (north, east), (to_north, to_east) = (map(radians, point) for point in (one, other))
    half = sin((to_north - north) / 2) ** 2
    half += cos(north) * cos(to_north) * sin((to_east - east) / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, half)))


@lru_cache(maxsize=64)
def hours_text(hours: Hours, language: str) -> str:
    """Write hours as the end of a sentence; join consecutive days of equal hours."""
    spans: list[tuple[int, int, tuple[str, str]]] = []
    for day, span in enumerate(hours):
        if span is None:
            continue
        if spans and spans[-1][1] == day - 1 and spans[-1][2] == span:
            spans[-1] = (spans[-1][0], day, span)
        else:
            spans.append((day, day, span))
    said = [_span(first, last, span, language) for first, last, span in spans]
    joint = {"da": " og ", "en": " and "}[language]
    return (joint.join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else said[0]) + "."


def _span(first: int, last: int, span: tuple[str, str], language: str) -> str:
    """Write one run of days with its hours."""
    names = WEEKDAYS[language]
    days = names[first] if first == last else f"{names[first]}–{names[last]}"
    start, end = (_clock(time, language) for time in span)
    return f"{days} kl. {start}–{end}" if language == "da" else f"{days} {start}–{end}"


def _minutes(time: str) -> int:
    """Convert "HH:MM" to minutes after midnight."""
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


def _clock(time: str, language: str) -> str:
    """Write a time of day as short as the language allows: "9" in Danish, "09:00" in English."""
    hour, minute = time.split(":")
    if language == "da":
        return str(int(hour)) if minute == "00" else f"{int(hour)}.{minute}"
    return time
