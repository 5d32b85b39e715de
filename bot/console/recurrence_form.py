"""The part of a form that says when a thing takes place: in words, or by its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from multidict import MultiDict

from bot.calendar.phrases.reading import read
from bot.calendar.phrases.result import Ask, Repeats, When
from bot.calendar.recurrence import LAST, LONGEST_COUNT, LONGEST_INTERVAL, Holidays, Recurrence
from bot.calendar.recurrence import Unit as Every
from bot.calendar.rule_words import in_words
from bot.console.form import Field, Options
from bot.console.form_input import number_of
from bot.engine.ask_time import NOT_READ, WHY, once
from bot.engine.events import Refused
from bot.i18n import Listed, Text, Weekday, _, pgettext
from bot.store.unit import Unit

LONGEST_PHRASE = 120  # characters
EVERY: Options = (
    (Every.ONCE, pgettext("repeats", "Once")),
    (Every.DAY, pgettext("repeats", "By days")),
    (Every.WEEK, pgettext("repeats", "By weeks")),
    (Every.MONTH, pgettext("repeats", "By months")),
    (Every.YEAR, pgettext("repeats", "By years")),
)
NTH: Options = (
    ("1", pgettext("repeats", "The first")),
    ("2", pgettext("repeats", "The second")),
    ("3", pgettext("repeats", "The third")),
    ("4", pgettext("repeats", "The fourth")),
    (str(LAST), pgettext("repeats", "The last")),
)
WEEKDAYS: Options = tuple(
    (str(day), pgettext("repeats", "{weekday}").with_(weekday=Weekday(day))) for day in range(7)
)
NO_DATE = _("Write dates as 2026-12-24, with commas between them.")
MIXED = _("Fill in either the weekday of the month or its day, not both.")
MEANT = _("Do you mean {choices}? Write the date.")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words about one kind of thing: what its holidays do, and why its time is refused."""

    holidays: Options
    not_said: Text
    left_over: Text  # with {words}


def time_fields(wording: Wording) -> Sequence[Field | tuple[Field, ...]]:
    """Return the fields that say when a thing takes place."""
    by_words = _(
        "Such as “every other Wednesday at 16” or “on 24 December at 9”. Or leave it empty, and "
        "fill in the fields below."
    )
    return (
        Field(
            "phrase",
            _("When, in words"),
            "line",
            by_words,
            required=False,
            longest=LONGEST_PHRASE,
        ),
        (
            Field("starts_on", _("First day"), "date", required=False),
            Field("at", _("Time"), "time", required=False),
        ),
        (
            Field("every", _("Repeats"), "choice", options=EVERY, required=False),
            Field("interval", _("Every how many"), "number", required=False),
        ),
        Field("weekdays", _("Weekdays"), "ticks", options=WEEKDAYS, required=False),
        (
            Field(
                "nth",
                _("Which weekday of the month"),
                "choice",
                options=NTH,
                empty=pgettext("repeats", "None"),
                required=False,
            ),
            Field("day", _("Or day of the month"), "number", required=False),
        ),
        (
            Field("until", _("Until"), "date", required=False),
            Field("count", _("Or number of times"), "number", required=False),
        ),
        (
            Field("except_on", _("Not on these dates"), "text", NO_DATE, required=False),
            Field(
                "holidays",
                _("On public holidays and closing days"),
                "choice",
                options=wording.holidays,
            ),
        ),
    )


def recurrence_of(
    form: MultiDict[str], wording: Wording, unit: Unit, language: str
) -> Recurrence | Refused:
    """Return when a thing takes place, from its phrase in the reader's language or its fields."""
    phrase = form.get("phrase", "").strip()
    if phrase:
        return _by_words(phrase, form, wording, unit, language)
    try:
        starts_on, at = date_of(form.get("starts_on")), time_of(form.get("at"))
    except ValueError:
        return Refused(wording.not_said, "starts_on")
    if starts_on is None or at is None:
        return Refused(wording.not_said, "starts_on")
    return _limited(form, lambda limits: _by_fields(form, starts_on, at, limits))


def _limited(
    form: MultiDict[str], made: Callable[[Mapping[str, Any]], Recurrence | Refused]
) -> Recurrence | Refused:
    """Return the rule that *made* returns with the end, exceptions and holidays of the form."""
    try:
        limits = _limits(form)
    except ValueError:
        return Refused(NO_DATE, "except_on")
    try:
        return made(limits)
    except ValueError:
        return Refused(_("These fields do not fit together. Look at them again."), "every")


def _by_words(
    phrase: str, form: MultiDict[str], wording: Wording, unit: Unit, language: str
) -> Recurrence | Refused:
    """Return the rule of a phrase, with the end, exceptions and holidays of the form."""
    reading = read(phrase[:LONGEST_PHRASE], language, unit.now, unit.calendar)
    match reading.meaning:
        case Ask(_why, choices) if choices:
            meant = Listed(tuple(in_words(once(one)) for one in choices))
            return Refused(MEANT.with_(choices=meant), "phrase")
        case Ask(why):
            return Refused(WHY[why], "phrase")
        case None:
            return Refused(NOT_READ, "phrase")
    if reading.rest:
        return Refused(wording.left_over.with_(words=reading.rest), "phrase")
    match reading.meaning:
        case When():
            return once(reading.meaning)
        case Repeats(rule):
            return _limited(form, lambda limits: replace(rule, **limits))


def _limits(form: MultiDict[str]) -> dict[str, Any]:
    """Return the end, exceptions and holidays that the form names; raise `ValueError`."""
    limits: dict[str, Any] = {}
    if until := date_of(form.get("until")):
        limits["until"] = until
    if count := number_of(form.get("count")):
        limits["count"] = min(count, LONGEST_COUNT)
    if written := form.get("except_on", "").strip():
        days = written.replace(";", ",").split(",")
        limits["except_on"] = tuple(date.fromisoformat(day.strip()) for day in days if day.strip())
    if holidays := form.get("holidays"):
        limits["holidays"] = Holidays(holidays)
    return limits


def _by_fields(
    form: MultiDict[str], starts_on: date, at: time, limits: Mapping[str, Any]
) -> Recurrence | Refused:
    """Return the rule of the form's fields; raise `ValueError` where they make none."""
    every = Every(form.get("every") or Every.ONCE)
    if every is Every.ONCE:
        return Recurrence(every, starts_on, at)
    weekdays = tuple(int(day) for day in form.getall("weekdays", []) if day in "0123456")
    nth, day = form.get("nth"), number_of(form.get("day"))
    if nth and day:
        return Refused(MIXED, "nth")
    fields: dict[str, Any] = {"interval": _interval(form)}
    match every:
        case Every.WEEK:
            fields["weekdays"] = weekdays or (starts_on.weekday(),)
        case Every.MONTH if nth:
            fields["weekdays"] = weekdays[:1] or (starts_on.weekday(),)
            fields["nth"] = int(nth)
        case Every.MONTH:
            fields["days"] = (day or starts_on.day,)
        case Every.YEAR:
            fields |= {"days": (starts_on.day,), "month": starts_on.month}
    return Recurrence(every, starts_on, at, **fields, **limits)


def _interval(form: MultiDict[str]) -> int:
    return min(number_of(form.get("interval")) or 1, LONGEST_INTERVAL)


def date_of(written: str | None) -> date | None:
    """Return a date that a browser sent, or None; raise `ValueError` where it is none."""
    return date.fromisoformat(written) if written else None


def time_of(written: str | None) -> time | None:
    """Return a time that a browser sent, or None; raise `ValueError` where it is none."""
    return time.fromisoformat(written) if written else None


def rule_values(recurrence: Recurrence) -> dict[str, Any]:
    """Return the values of the fields for a rule."""
    once_only = recurrence.unit is Every.ONCE
    return {
        "starts_on": recurrence.starts_on.isoformat(),
        "at": recurrence.at.isoformat("minutes"),
        "every": recurrence.unit,
        "interval": None if once_only else recurrence.interval,
        "weekdays": recurrence.weekdays,
        "nth": recurrence.nth,
        "day": recurrence.days[0] if recurrence.unit is Every.MONTH and recurrence.days else None,
        "until": recurrence.until,
        "count": recurrence.count,
        "except_on": ", ".join(day.isoformat() for day in recurrence.except_on) or None,
        "holidays": recurrence.holidays,
    }


def is_shown_by_fields(recurrence: Recurrence) -> bool:
    """Return whether the fields can show a rule: not several days, or odd weeks."""
    return recurrence.parity is None and len(recurrence.days) <= 1


EMPTY: Mapping[str, str] = {"every": Every.ONCE, "holidays": Holidays.KEEP}
