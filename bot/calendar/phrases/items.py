"""The scan of a text for what it says about time, from left to right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.calendar.phrases import words
from bot.calendar.phrases.clock import TIME_DIGITS
from bot.calendar.phrases.clock_spans import ClockSpan, clock_span_at, joins
from bot.calendar.phrases.dates import named_date
from bot.calendar.phrases.days import day_at, fixed_feast
from bot.calendar.phrases.place import Day, Place
from bot.calendar.phrases.result import Part
from bot.calendar.phrases.rules import Every, every_at
from bot.calendar.recurrence import Unit


class Role(StrEnum):
    """What a day is in a text: the first or the last of a span, or the day itself."""

    FROM = "from"
    UNTIL = "until"
    ON = "on"


@dataclass(slots=True)
class Items:
    """What a text says about time, in the order of the text; *taken* are its token places."""

    days: list[tuple[Role, Day]] = field(default_factory=list)
    clocks: list[ClockSpan] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    every: list[Every] = field(default_factory=list)
    is_until_included: bool = False
    is_apart: bool = False  # words separate the last day from the first, without "from"
    is_between: bool = False  # "between" named the first day of a span
    is_night_of_day: bool = False  # "fredag nat", which ends on the next day
    taken: set[int] = field(default_factory=set)
    places: list[tuple[int, int]] = field(default_factory=list)  # the tokens of each of *days*

    def of_role(self, *roles: Role) -> list[Day]:
        """Return the days that have one of *roles*."""
        return [day for role, day in self.days if role in roles]

    @property
    def all_parts(self) -> list[Part]:
        """Return the parts of the day that the text names, each once."""
        said = [*self.parts, *(every.part for every in self.every)]
        said += [day.part for _role, day in self.days]
        return list(dict.fromkeys(part for part in said if part))

    @property
    def part(self) -> Part | None:
        """Return the first part of the day that the text names, or None."""
        return next(iter(self.all_parts), None)


def items_of(place: Place) -> Items:
    """Return the items of a text; each token belongs to one item at most."""
    items = Items()
    at = 0
    while at < len(place.tokens):
        after = next((after for reader in READERS if (after := reader(place, at, items)) > at), at)
        items.taken.update(range(at, after))
        items.places += [(at, after)] * (len(items.days) - len(items.places))
        at = max(after, at + 1)
    return items


def _edge(place: Place, at: int, items: Items) -> int:
    """Add the first or the last day of a span: "fra mandag", "til og med fredag"."""
    begins = place.skip(at, words.FROM)
    if begins > at and (found := day_at(place, begins)):
        items.days.append((Role.FROM, found[0]))
        items.is_between |= place.has(at, words.BETWEEN_DAYS)
        return place.skip(found[1], words.ONWARDS)
    is_between = bool(items.days) and items.days[-1][0] is Role.FROM and at - 1 in items.taken
    begins = place.skip(at, words.UNTIL)
    if begins == at and is_between:
        begins = place.skip(at, words.AND)
    if begins > at and (found := day_at(place, begins)):
        items.is_until_included |= place.skip(at, words.UNTIL_WITH) == begins
        items.is_apart |= at - 1 not in items.taken and not items.of_role(Role.FROM)
        items.days.append((Role.UNTIL, found[0]))
        return place.skip(found[1], words.ONWARDS)
    return at


def _every(place: Place, at: int, items: Items) -> int:
    """Add words of recurrence."""
    found = every_at(place, at)
    if found is None:
        return at
    items.every.append(found[0])
    return found[1]


def _date_like_clock(place: Place, at: int, items: Items) -> int:
    """Add "10.12" as a date where a clock time follows it."""
    if place.kind(at) != "clock" or ":" in place.text(at):
        return at
    if place.kind(at + 1) != "clock" and not place.has(at + 1, words.CLOCK_FOLLOWS):
        return at
    as_date = replace(place.tokens[at], kind="date", text=place.text(at).replace(".", "/"))
    found = day_at(place.with_token(at, as_date), at)
    if found is None or found[0].why is not None:
        return at
    items.days.append((Role.ON, found[0]))
    return at + 1


def _day_of_each_month(place: Place, at: int, items: Items) -> int:
    """Add "hver d. 15." and "every 15th"."""
    if not place.has(at, words.MONTHLY_LEAD) or place.kind(at + 1) == "number":
        return at
    found = day_at(place, at + 1)
    if found is None or found[0].number is None:
        return at
    items.every.append(Every(Unit.MONTH))
    items.days.append((Role.ON, found[0]))
    return found[1]


def _date_of_each_year(place: Place, at: int, items: Items) -> int:
    """Add "hver 1. april" and "every Christmas Eve", which has the same date each year."""
    begins = place.skip(at, words.EACH_YEAR)
    if begins == at:
        return at
    found = named_date(place, begins) or fixed_feast(place, begins)
    if found is None or found[0].day is None:
        return at
    items.every.append(Every(Unit.YEAR))
    items.days.append((Role.ON, found[0]))
    return found[1]


def _clock(place: Place, at: int, items: Items) -> int:
    """Add a clock time, or a span of them."""
    found = clock_span_at(place, at, has_day=bool(items.days))
    if found is None:
        return at
    items.clocks.append(found[0])
    return found[1]


def _day(place: Place, at: int, items: Items) -> int:
    """Add a day; behind a weekday it is the date of that weekday, with the same role."""
    found = None if place.has(at - 1, words.WISH) else day_at(place, at)
    if found is None:
        return at
    is_behind_weekday = at - 1 in items.taken and items.days and items.days[-1][1].day is None
    items.days.append((items.days[-1][0] if is_behind_weekday else Role.ON, found[0]))
    return found[1]


def _last_of_span(place: Place, at: int, items: Items) -> int:
    """Add the last day of a span that a dash joins to the first: "1/5 - 4/5"."""
    is_behind_day = at - 1 in items.taken and bool(items.days or items.every)
    is_joined = place.kind(at) == "dash" and is_behind_day
    found = day_at(place, at + 1) if is_joined else None
    if found is None:
        return at
    items.days.append((Role.UNTIL, found[0]))
    items.is_until_included = True
    return found[1]


def _bare_clocks(place: Place, at: int, items: Items) -> int:
    """Add the span of time "10-15" or the time "0345" that is right behind a day."""
    is_behind_day = at - 1 in items.taken and (items.days or items.every) and not items.clocks
    is_time = place.kind(at) == "number" and (
        (joins(place, at + 1) and place.kind(at + 2) == "number" and not place.counts(at + 2))
        or (len(place.text(at)) == TIME_DIGITS and place.text(at).startswith("0"))
    )
    found = clock_span_at(place, at, is_led=True) if is_behind_day and is_time else None
    if found is None:
        return at
    items.clocks.append(found[0])
    return found[1]


def _part(place: Place, at: int, items: Items) -> int:
    """Add a part of the day: "om morgenen", "natten til", "eftermiddag" behind a day."""
    after = place.skip(at, words.NIGHT_BEFORE)
    if after > at:
        items.parts.append(Part.NIGHT)
        return after
    begins = place.skip(at, words.PART_LEAD)
    part = place.part(begins)
    if part is None or (begins == at and at - 1 not in items.taken):
        return at
    items.parts.append(part)
    items.is_night_of_day |= part is Part.NIGHT and begins == at
    return begins + 1


def _hour_of_part(place: Place, at: int, items: Items) -> int:
    """Add the hour before a part of the day: "4 om morgenen"."""
    if place.number(at) is None or place.kind(at) not in {"number", "word"}:
        return at
    if place.has(at - 1, words.LABEL) or place.kind(at - 1) == "number":
        return at
    part_at = place.skip(at + 1, words.HOUR_OF_PART)
    if part_at == at + 1 or place.part(part_at) is None or place.has(at + 1, words.TOMORROW):
        return at
    found = clock_span_at(place, at, is_led=True)
    if found is None:
        return at
    items.clocks.append(found[0])
    return found[1]


# A reader adds the item at a token and returns the token after it, or the token itself.
READERS: tuple[Callable[[Place, int, Items], int], ...] = (
    _edge,
    _every,
    _date_like_clock,
    _day_of_each_month,
    _date_of_each_year,
    _clock,
    _day,
    _last_of_span,
    _bare_clocks,
    _hour_of_part,
    _part,
)
