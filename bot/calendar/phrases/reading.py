"""The reading of a whole text: its items of time put together to one meaning."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from bot.calendar import Calendar
from bot.calendar.phrases.clock import ClockSpan, clock_at
from bot.calendar.phrases.days import WEEK, Day, Place, day_at
from bot.calendar.phrases.result import USUAL_TIME, Ask, Meaning, Part, Reading, Repeats, When, Why
from bot.calendar.phrases.rules import Every, every_at
from bot.calendar.phrases.tokens import tokens_of
from bot.calendar.phrases.vocabulary import vocabulary
from bot.calendar.recurrence import Recurrence, Unit, next_occurrences

USUAL = time(9)
TWO = 2
EARLY = 6  # o'clock
FROM = (
    "fra og med",
    "fra",
    "mellem",
    "første gang",
    "first time",
    "med start",
    "beginning",
    "starting from",
    "starting",
    "from",
    "between",
    "tiden",
)
UNTIL = ("til og med", "t.o.m", "indtil", "until", "till", "through", "til", "to")
INCLUSIVE = {"til og med", "t.o.m", "through", "til", "to"}
LEADS = {"om", "i", "in", "the", "ved", "this", "omkring", "at", "to"}
EDGES = " ,.;:!?-–—"
LONELY = (
    "ved",
    "omkring",
    "d",
    "og",
    "and",
    "at",
    "kl",
    "på",
    "on",
    "altså",
    "den",
    "i",
    "in",
    "hver",
)
# Words that change what the words about time beside them mean; the grammar does not read them.
BESIDE = frozenset(
    [
        "eller",
        "or",
        "sidste",
        "last",
        "første",
        "first",
        "anden",
        "second",
        "gang",
        "gange",
        "times",
        "twice",
        "ca",
        "cirka",
        "før",
        "inden",
        "before",
        "efter",
        "after",
        "forrige",
        "hver",
        "hvert",
        "every",
        "each",
        "alternate",
        "mellem",
        "between",
    ]
)
UNITS = frozenset(
    [
        "dag",
        "dage",
        "uge",
        "uger",
        "måned",
        "måneder",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "slutningen",
        "end",
    ]
)
SMALL = frozenset({"i", "in", "of", "the", "den", "på", "on"})
ANYWHERE = frozenset(["undtagen", "bortset", "except"])


@dataclass(slots=True)
class Items:
    """What a text says about time, in the order of the text; *taken* are its token places."""

    days: list[tuple[str, Day]] = field(default_factory=list)  # with "from", "until" or ""
    clocks: list[ClockSpan] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    every: list[Every] = field(default_factory=list)
    is_until_included: bool = False
    taken: set[int] = field(default_factory=set)


def read(words: str, language: str, now: datetime, calendar: Calendar) -> Reading:
    """Return what *words* say about time at the instant *now*, and the words that remain.

    The language is that of the citizen; words that say nothing in it are tried in the other.
    """
    reading = _read(words, language, now, calendar)
    if reading.meaning is None:
        other = _read(words, "en" if language == "da" else "da", now, calendar)
        if other.meaning is not None:
            return other
    return reading


def _read(words: str, language: str, now: datetime, calendar: Calendar) -> Reading:
    local = calendar.local(now).replace(tzinfo=None, second=0, microsecond=0)
    place = Place(tokens_of(words, language), language, local, calendar)
    items = _items(place)
    meaning = _repeats(place, items) if items.every or _has_nth(items) else _when(place, items)
    if meaning is not None and not isinstance(meaning, Ask) and _is_unread(place, items):
        meaning = Ask(Why.UNCLEAR)
    return Reading(meaning, words if meaning is None else _rest(words, place, items))


def _items(place: Place) -> Items:
    """Return the items of a text from left to right; each token belongs to one item at most."""
    items = Items()
    at = 0
    while at < len(place.tokens):
        length = _item(place, at, items)
        items.taken.update(range(at, at + length))
        at += max(length, 1)
    return items


def _item(place: Place, at: int, items: Items) -> int:
    """Add the item at token *at*, if there is one; return its number of tokens."""
    between = bool(items.days) and items.days[-1][0] == "from" and at - 1 in items.taken
    for role, leads in (("from", FROM), ("until", (*UNTIL, "og", "and") if between else UNTIL)):
        lead = place.are(at, *leads)
        if lead and (found := day_at(place, at + lead)):
            said = " ".join(place.text(at + n) for n in range(lead))
            items.is_until_included |= role == "until" and said in INCLUSIVE
            items.days.append((role, found[0]))
            return lead + found[1] + place.are(at + lead + found[1], "af")
    if every := every_at(place, at):
        items.every.append(every[0])
        return every[1]
    if (date_length := _date_like_clock(place, at, items)) or (
        date_length := _day_of_every_month(place, at, items)
    ):
        return date_length
    if clock := clock_at(place.tokens, at, place.language, has_day=bool(items.days)):
        items.clocks.append(clock)
        return clock.length
    if day := day_at(place, at):
        items.days.append((_role(items, at), day[0]))
        return day[1]
    return _span_or_part(place, at, items)


def _role(items: Items, at: int) -> str:
    """Return the role of a date: that of the weekday right before it, if there is one."""
    behind_weekday = at - 1 in items.taken and items.days and items.days[-1][1].day is None
    return items.days[-1][0] if behind_weekday else ""


def _date_like_clock(place: Place, at: int, items: Items) -> int:
    """Add "10.12" as a date where a clock time follows it."""
    if place.kind(at) != "clock" or ":" in place.text(at):
        return 0
    behind = place.kind(at + 1) == "clock" or place.text(at + 1) in {"kl", "klokken", "at"}
    as_date = replace(place.tokens[at], kind="date", text=place.text(at).replace(".", "/"))
    tokens = [*place.tokens[:at], as_date, *place.tokens[at + 1 :]]
    found = day_at(replace(place, tokens=tokens), at) if behind else None
    if found is None or found[0].why is not None:
        return 0
    items.days.append(("", found[0]))
    return 1


def _day_of_every_month(place: Place, at: int, items: Items) -> int:
    """Add "hver d. 15." and "every 15th": a day of each month."""
    if place.text(at) not in {"hver", "every", "each"} or place.kind(at + 1) == "number":
        return 0
    found = day_at(place, at + 1)
    if found is None or found[0].number is None:
        return 0
    items.every.append(Every(Unit.MONTH))
    items.days.append(("", found[0]))
    return 1 + found[1]


def _span_or_part(place: Place, at: int, items: Items) -> int:
    """Add a span that continues a day ("- 4/5", "10-15"), or a part of the day."""
    begun = bool(items.taken and at - 1 in items.taken)
    if place.kind(at) == "dash" and begun and items.days and (day := day_at(place, at + 1)):
        items.days.append(("until", day[0]))
        items.is_until_included = True
        return 1 + day[1]
    if begun and (items.days or items.every) and not items.clocks and place.kind(at) == "number":
        bare = clock_at([*place.tokens[:0], *place.tokens[at:]], 0, place.language) or _bare_span(
            place, at
        )
        if bare is not None:
            items.clocks.append(bare)
            return bare.length
    return _part(place, at, items, begun=begun)


def _bare_span(place: Place, at: int) -> ClockSpan | None:
    """Return the span "10-15" that stands right behind a day."""
    if place.kind(at + 1) != "dash" or place.kind(at + 2) != "number":
        return None
    tokens = list(place.tokens[at : at + 3])
    lead = replace(tokens[0], kind="word", text={"da": "kl", "en": "at"}[place.language])
    found = clock_at([lead, *tokens], 0, place.language)
    return replace(found, length=found.length - 1) if found else None


def _part(place: Place, at: int, items: Items, *, begun: bool) -> int:
    """Add a part of the day, with the clock time before it, as in "4 om morgenen"."""
    parts = vocabulary(place.language).parts
    if length := place.are(at, "natten til", "the night before"):
        items.parts.append(Part.NIGHT)
        return length
    lead = place.are(at, "in the", "at", "om", "ved", "i", "to", "omkring")
    number = place.number(at)
    if number is not None and place.kind(at) in {"number", "word"}:
        after = at + 1 + place.are(at + 1, "in the", "om", "i", "this")
        if after > at + 1 and place.text(after) in parts:
            clock = clock_at(
                [
                    replace(
                        place.tokens[at], kind="word", text={"da": "kl", "en": "at"}[place.language]
                    ),
                    place.tokens[at],
                ],
                0,
                place.language,
            )
            if clock is not None:
                items.clocks.append(clock)
                return 1
    if place.text(at + lead) in parts and (lead or begun):
        items.parts.append(parts[place.text(at + lead)])
        return lead + 1
    return 0


def _is_unread(place: Place, items: Items) -> bool:
    """Return whether words about time are left, or more is said than one meaning holds."""
    left = [at for at in range(len(place.tokens)) if at not in items.taken]
    beside = any(
        place.text(at) in BESIDE
        and (
            {at - 1, at + 1} & items.taken
            or (place.text(at - 1) in SMALL and at - 2 in items.taken)
        )
        for at in left
    )
    beside = beside or any(
        (place.text(at) in UNITS or place.kind(at) == "ordinal" or _is_month(place, at))
        and {at - 2, at - 1, at + 1, at + 2} & items.taken
        for at in left
    )
    # "kl. 6-" with something unread behind the dash
    beside = beside or any(
        (
            place.kind(at) == "number"
            and {at - 1, at - 2} & items.taken
            and place.kind(at - 1) == "dash"
        )
        or (place.kind(at) == "number" and place.kind(at + 1) == "dash" and at + 2 in items.taken)
        for at in left
    )
    several = {clock.start for clock in items.clocks} if not _is_from_to(items) else {1}
    return beside or len(several) > 1 or any(place.text(at) in ANYWHERE for at in left)


def _is_from_to(items: Items) -> bool:
    """Return whether a text names a first and a last day, each with its clock time."""
    roles = [role for role, _day in items.days]
    return "until" in roles and len(items.clocks) == TWO and not items.every


def _is_month(place: Place, at: int) -> bool:
    return place.month(at) is not None and len(place.text(at)) > len("maj")


def _has_nth(items: Items) -> bool:
    return any(day.nth is not None for _role, day in items.days)


def _part_of(items: Items) -> Part | None:
    """Return the part of the day that a text names, or None."""
    said = [*items.parts, *(every.part for every in items.every if every.part)]
    said += [day.part for _role, day in items.days if day.part]
    return said[0] if said else None


def _times(items: Items) -> tuple[list[time], time | None]:
    """Return the possible clock times, two where it is unclear, and the end of a span."""
    if not items.clocks:
        return [], None
    span, part = items.clocks[0], _part_of(items)
    start, end = span.start, span.end
    if _is_from_to(items):  # "lørdag kl. 23 til søndag kl. 7"
        last = items.clocks[1].start
        choices = (
            [start.time, start.later().time] if start.unclear or last.unclear else [start.time]
        )
        return choices, last.time
    if end is not None:
        clear_end = end.at(part)
        clear_start = start.at(part) if not start.unclear or part is None else start.at(part)
        if clear_start.minute > clear_end.minute:
            clear_start = start  # "10 to half past two in the afternoon"
        if clear_end.minute <= clear_start.minute and clear_end.minute < 12 * 60:
            clear_end = clear_end.later()
        start, end = clear_start, clear_end
    else:
        start = start.at(part)
    choices = [start.time]
    if start.unclear:
        choices.append(start.later().time)
    return choices, end.time if end is not None else None


def _when(place: Place, items: Items) -> Meaning | None:
    """Return the moment, day or span of a text that names no recurrence."""
    days = [day for _role, day in items.days]
    if not days:
        return _today(place, items)
    why = next((day.why for day in days if day.why), None)
    if why is not None:
        return Ask(why)
    if days[0].moment is not None:
        moment = days[0].moment
        return When(moment.date(), moment.time())
    until = [day for role, day in items.days if role == "until"]
    if _are_several([day for role, day in items.days if not role]):
        return Ask(Why.UNCLEAR)
    firsts = [day for role, day in items.days if role != "until"] or until
    first = _resolved(place, firsts)
    if isinstance(first, When) and _is_small_hours(place, items):
        first = replace(first, day=first.day + timedelta(days=1))
    if isinstance(first, Ask):
        return _with_time(place, items, first)
    ends = first.ends
    if until and firsts is not until:
        last = _resolved(
            replace(place, now=datetime.combine(first.day, time())), until, is_end=True
        )
        if isinstance(last, Ask):
            return last
        first, ends = _same_month(place, firsts, first, last), last.ends or last.day
    return _with_time(place, items, replace(first, ends=ends))


def _is_small_hours(place: Place, items: Items) -> bool:
    """Return whether "i nat kl. 3" means the hours after the coming midnight."""
    tonight = any(day.part is Part.NIGHT and day.day == place.today for _role, day in items.days)
    early = bool(items.clocks) and items.clocks[0].start.at(Part.NIGHT).minute < EARLY * 60
    return tonight and early and place.now.hour >= EARLY


def _are_several(days: list[Day]) -> bool:
    """Return whether expressions name more than one day, other than a weekday with its date."""
    weekdays = {day.weekday for day in days if day.weekday is not None}
    dates = {day.day for day in days if day.day is not None and day.weekday is None}
    return len(weekdays) > 1 or len(dates) > 1


def _same_month(place: Place, firsts: list[Day], first: When, last: When) -> When:
    """Return the first day of "the 2nd to the 4th of July": its month is that of the last."""
    number = next((day.number for day in firsts if day.number), None)
    if number is None or number > last.day.day:
        return first
    del place
    return replace(first, day=last.day.replace(day=number))


def _resolved(place: Place, days: list[Day], *, is_end: bool = False) -> When | Ask:
    """Return the day that one or more expressions name together."""
    weekday = next((day for day in days if day.weekday is not None), None)
    dated = next((day for day in days if day.day is not None and day.weekday is None), None)
    if weekday is None:
        assert dated is not None and dated.day is not None  # noqa: S101, PT018 - a day has one of both
        return When(dated.day, ends=dated.ends)
    wanted = weekday.weekday or 0
    if dated is not None and dated.day is not None:
        if dated.is_week:
            monday = dated.day - timedelta(days=dated.day.weekday())
            return When(monday + timedelta(days=wanted))
        if dated.number is not None:
            return When(_matching(dated.day, wanted))
        if dated.day.weekday() != wanted and dated.ends is None:
            return Ask(Why.MISMATCH, (When(dated.day),))
        return When(dated.day, ends=dated.ends)
    ahead = (wanted - place.today.weekday()) % 7
    coming = place.today + timedelta(days=ahead) + WEEK * weekday.weeks_later
    if weekday.is_next or (ahead == 0 and not is_end and not weekday.weeks_later):
        first = coming if ahead else coming
        return Ask(Why.TWO, (When(first), When(first + WEEK)))
    return When(coming)


def _matching(day: date, weekday: int) -> date:
    """Return *day*, or the same day of a later month that is the wanted weekday."""
    for _month in range(12):
        if day.weekday() == weekday:
            return day
        number = day.day
        day += timedelta(days=1)
        while day.day != number:
            day += timedelta(days=1)
    return day


def _with_time(place: Place, items: Items, found: When | Ask) -> Meaning:
    """Add the clock time to a day; ask where the time is unclear or has passed."""
    times, ends_at = _times(items)
    part = None if times else _part_of(items)
    if isinstance(found, Ask):
        at = times[0] if len(times) == 1 else None
        return replace(
            found,
            choices=tuple(replace(one, at=at, ends_at=ends_at, part=part) for one in found.choices),
        )
    choices = [replace(found, at=at, ends_at=ends_at) for at in times] or [
        replace(found, part=part)
    ]
    coming = [one for one in choices if not _is_over(place, one)]
    if not coming:
        return Ask(Why.PASSED)
    if len(choices) > 1:
        return (
            Ask(Why.TWO, tuple(coming))
            if len(coming) > 1 or not _is_today(place, found)
            else coming[0]
        )
    return coming[0]


def _is_today(place: Place, found: When) -> bool:
    return found.day == place.today


def _is_over(place: Place, one: When) -> bool:
    """Return whether a moment has passed."""
    last = one.ends or one.day
    if last < place.today:
        return True
    return (
        last == place.today and one.at is not None and (one.ends_at or one.at) <= place.now.time()
    )


def _today(place: Place, items: Items) -> Meaning | None:
    """Return the meaning of a clock time without a day: today, if it is still to come."""
    if not items.clocks:
        return None
    times, ends_at = _times(items)
    choices = [When(place.today, at, ends_at=ends_at) for at in times]
    if len(choices) > 1:
        return Ask(
            Why.TWO, tuple(one for one in choices if not _is_over(place, one)) or tuple(choices)
        )
    return Ask(Why.PASSED) if _starts_over(place, choices[0]) else choices[0]


def _starts_over(place: Place, one: When) -> bool:
    return one.at is not None and one.at <= place.now.time()


def _repeats(place: Place, items: Items) -> Meaning | None:
    """Return the rule of a text that names a recurrence."""
    why = next((day.why for _role, day in items.days if day.why), None)
    if why is not None:
        return Ask(why)
    times, _ends_at = _times(items)
    if len(times) > 1:
        return Ask(Why.TWO)
    part = _part_of(items)
    at = times[0] if times else USUAL_TIME[part] if part else USUAL
    fields = _rule_fields(place, items)
    if fields is None:
        return None
    start = next((day.day for role, day in items.days if role == "from" and day.day), place.today)
    until = _until(items, place)
    within = next((day for role, day in items.days if not role and day.ends), None)
    if within is not None and within.day is not None:
        start, until = max(start, within.day), until or within.ends
    now = place.calendar.instant(place.today, place.now.time())
    # The first such day begins the rule, whatever its interval: "every other Wednesday" at once.
    each = Recurrence(starts_on=start, at=at, **{**fields, "interval": 1})
    coming = next_occurrences(each, place.calendar, now, 1)
    if not coming or (until is not None and coming[0].nominal > until):
        return Ask(Why.PASSED)
    rule = replace(each, starts_on=coming[0].nominal, until=until, interval=fields["interval"])
    return Repeats(rule, has_time=bool(times), part=part)


def _until(items: Items, place: Place) -> date | None:
    """Return the last day of a recurrence, or None where no end is said."""
    for role, day in items.days:
        if role == "until":
            found = _resolved(place, [day], is_end=True)
            if isinstance(found, When):
                last = found.ends or found.day
                return (
                    last - timedelta(days=1)
                    if day.is_feast and not items.is_until_included
                    else last
                )
    return None


def _rule_fields(place: Place, items: Items) -> dict[str, object] | None:
    """Return unit, interval and days of the rule; None where they do not fit together."""
    days = [day for role, day in items.days if role == ""]
    nth = next((day for day in days if day.nth is not None), None)
    interval = max((every.interval for every in items.every), default=1)
    units = [every.unit for every in items.every]
    if nth is not None:
        return {
            "unit": Unit.MONTH,
            "interval": interval,
            "nth": nth.nth,
            "weekdays": (nth.weekday,),
        }
    weekdays = {day for every in items.every for day in every.weekdays}
    weekdays |= {day.weekday for day in days if day.weekday is not None and day.day is None}
    if Unit.YEAR in units:
        return _yearly(place, days, interval)
    if Unit.MONTH in units and not weekdays:
        numbers = tuple(day.number or day.day.day for day in days if day.number or day.day)
        on = numbers or (place.today.day,)
        return {"unit": Unit.MONTH, "interval": interval, "days": tuple(sorted(set(on)))}
    parity = next((every.parity for every in items.every if every.parity is not None), None)
    if weekdays or Unit.WEEK in units:
        begins = next(
            (day.day for role, day in items.days if role == "from" and day.day), place.today
        )
        on = tuple(sorted(weekdays)) or (begins.weekday(),)
        return {"unit": Unit.WEEK, "interval": interval, "weekdays": on, "parity": parity}
    return {"unit": Unit.DAY, "interval": interval}


def _yearly(place: Place, days: list[Day], interval: int) -> dict[str, object]:
    """Return the fields of a yearly rule on the day that was named, or on today's date."""
    day = next((day.day for day in days if day.day), place.today)
    return {"unit": Unit.YEAR, "interval": interval, "month": day.month, "days": (day.day,)}


def _rest(words: str, place: Place, items: Items) -> str:
    """Return the words without those about time, and without what then stands alone."""
    kept, end = [], 0
    for at in sorted(items.taken):
        token = place.tokens[at]
        kept.append(words[end : token.start])
        end = token.end
    kept.append(words[end:])
    parts = [" ".join(part.split()).strip(EDGES) for part in kept]
    left = [part for part in parts if part and part.casefold() not in LONELY]
    return " ".join(left)
