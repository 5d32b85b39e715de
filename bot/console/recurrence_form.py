"""The part of a form that says when a thing takes place: in words, or by its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from multidict import MultiDict

from bot.calendar.phrases.reading import read
from bot.calendar.phrases.result import Ask, Reading, Repeats, When
from bot.calendar.recurrence import LAST, LONGEST_COUNT, LONGEST_INTERVAL, Holidays, Recurrence
from bot.calendar.recurrence import Unit as Every
from bot.calendar.rule_words import in_words
from bot.console.form import Field, Fields, Folded, Options
from bot.console.form_dates import as_written, date_of, dates_of, is_near
from bot.console.form_input import number_of
from bot.engine.ask_time import NOT_READ, WHY, once
from bot.engine.events import Refused
from bot.i18n import Listed, Text, Weekday, _, pgettext
from bot.store.unit import Unit

LONGEST_PHRASE = 120  # characters
LONGEST_PAST = timedelta(days=366)  # from the first day until now
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
DATES = _("Write dates as 24.12.2026, with commas between them.")
# The fields that words replace; the form refuses both.
BY_FIELDS = ("interval", "weekdays", "nth", "day")
ENDS = ("until", "count", "except_on")
NO_DATE = _("Write the date as 24.12.2026.")
NO_TIME = _("Write the time as 9:30.")
TOO_FAR = _("Choose a day between the years 2000 and 2100.")
LONG_AGO = _("The first day is at most a year back.")
MIXED = _("Fill in either the weekday of the month or its day, not both.")
MEANT = _("Do you mean {choices}? Write the date.")
MEANT_HOUR = _("Do you mean {day} {hours}? Write the hour, for example 14.00.")
SAID_IN_WORDS = _("Your words say that already. Leave this empty, or leave out the words.")
EMPTY: Mapping[str, str] = {"every": Every.ONCE, "holidays": Holidays.KEEP}


@dataclass(frozen=True, slots=True)
class Wording:
    """The words about one kind of thing: what its holidays do, and why its time is refused.

    *no_time* asks for the clock time of a day; without it, a usual time is meant.
    """

    example: Text
    holidays: Options
    not_said: Text
    left_over: Text  # with {words}
    only_once: Text
    no_time: Text | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent; *present* are the values of what it changes."""

    form: MultiDict[str]
    unit: Unit
    language: str
    present: Mapping[str, Any] = field(default_factory=dict)

    @property
    def phrase(self) -> str:
        """Return the words about time."""
        return self.form.get("phrase", "").strip()

    def get(self, name: str) -> str:
        """Return what is written in a field."""
        return self.form.get(name, "").strip()

    def is_new(self, name: str) -> bool:
        """Return whether a field is filled in, and not as it is already."""
        value = self.present.get(name)
        known = value if isinstance(value, tuple) else (value,)
        written = [one for one in self.form.getall(name, []) if one]
        return bool(written) and written != [str(one) for one in known]


def time_fields(wording: Wording) -> Fields:
    """Return the fields that say when a thing takes place."""
    return (
        Field(
            "phrase",
            _("When, in words"),
            "line",
            wording.example,
            required=False,
            longest=LONGEST_PHRASE,
        ),
        Folded(_("Or by day and time in fields"), _repeating_fields()),
        Folded(
            _("Until when, and exceptions"),
            (
                (
                    Field("until", _("Until"), "date", required=False),
                    Field("count", _("Or number of times"), "number", required=False),
                ),
                (
                    Field("except_on", _("Not on these dates"), "text", DATES, required=False),
                    Field(
                        "holidays",
                        _("On public holidays and closing days"),
                        "choice",
                        options=wording.holidays,
                        usual=Holidays.KEEP,
                    ),
                ),
            ),
        ),
    )


def _repeating_fields() -> Fields:
    """Return the fields that say it without words."""
    return (
        (
            Field(
                "starts_on",
                _("First day"),
                "date",
                _("With words that repeat, it begins then."),
                required=False,
            ),
            Field("at", _("Time"), "time", required=False),
        ),
        (
            Field("every", _("Repeats"), "choice", options=EVERY, required=False, usual=Every.ONCE),
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
    )


def recurrence_of(sent: Sent, wording: Wording) -> Recurrence | Refused:
    """Return when a thing takes place, from its phrase in the reader's language or its fields."""
    rule = (_by_words if sent.phrase else _by_fields)(sent, wording)
    if isinstance(rule, Refused) or (is_near(rule.starts_on) and is_near(rule.until)):
        return rule
    named = "phrase" if sent.phrase else "starts_on" if is_near(rule.until) else "until"
    return Refused(TOO_FAR, named)


def _by_words(sent: Sent, wording: Wording) -> Recurrence | Refused:
    """Return the rule of a phrase, with the first day, end and exceptions of the form."""
    meaning = _meaning(sent, wording)
    twice = [name for name in BY_FIELDS if sent.is_new(name)]
    if sent.is_new("every") and sent.get("every") != Every.ONCE:
        twice.insert(0, "every")
    match meaning:
        case Refused():
            return meaning
        case When():
            twice += [name for name in ("starts_on", "at") if sent.is_new(name)]
        case Repeats(has_time=True):
            twice += ["at"] if sent.is_new("at") else []
    if twice:
        return Refused(SAID_IN_WORDS, twice[0])
    if wording.no_time is not None and not _has_time(sent, meaning):
        return Refused(wording.no_time, "phrase")
    if isinstance(meaning, When):
        return _once(sent, wording, once(meaning))
    return _repeating(sent, meaning.rule)


def _has_time(sent: Sent, meaning: When | Repeats) -> bool:
    """Return whether a clock time is said, and not only a day or a part of it."""
    if isinstance(meaning, When):
        return meaning.at is not None
    return meaning.has_time or bool(sent.get("at"))


def minutes_said(sent: Sent) -> int | None:
    """Return how long a thing takes by a phrase such as "kl. 14-16"; None where it is not said."""
    if not sent.phrase:
        return None
    match _read(sent).meaning:
        case When(day, at, ends, ends_at) if at is not None and ends_at is not None:
            begins = datetime.combine(day, at)
            return _minutes(begins, datetime.combine(ends or day, ends_at))
        case Repeats(rule, has_time=True, ends_at=ends_at) if ends_at is not None:
            begins = datetime.combine(rule.starts_on, rule.at)
            return _minutes(begins, datetime.combine(rule.starts_on, ends_at))
    return None


def _minutes(begins: datetime, ends: datetime) -> int:
    """Return the minutes of a span; an end before the beginning is on the next day."""
    span = ends - begins
    return int((span if span > timedelta() else span + timedelta(days=1)).total_seconds() // 60)


def _read(sent: Sent) -> Reading:
    """Return what the phrase of a form says."""
    phrase, unit = sent.phrase[:LONGEST_PHRASE], sent.unit
    return read(phrase, sent.language, unit.now, unit.calendar)


def _meaning(sent: Sent, wording: Wording) -> When | Repeats | Refused:
    """Return what a phrase means, or why it is not understood."""
    reading = _read(sent)
    match reading.meaning:
        case Ask(_why, choices) if choices:
            return Refused(_meant([once(one) for one in choices]), "phrase")
        case Ask(why):
            return Refused(WHY[why], "phrase")
        case None:
            return Refused(NOT_READ, "phrase")
    if reading.rest:
        return Refused(wording.left_over.with_(words=reading.rest), "phrase")
    return reading.meaning


def _meant(choices: list[Recurrence]) -> Text:
    """Return the question which of several readings of a phrase is meant."""
    days = {one.starts_on for one in choices}
    if len(days) > 1:
        each = Listed(tuple(in_words(one) for one in choices), is_either=True)
        return MEANT.with_(choices=each)
    hours = Listed(tuple(one.at for one in choices), is_either=True)
    return MEANT_HOUR.with_(day=days.pop(), hours=hours)


def _repeating(sent: Sent, rule: Recurrence) -> Recurrence | Refused:
    """Return the rule of words that repeat, from the first day and at the time of the fields."""
    begins, limits = _begins(sent), _limits(sent)
    if isinstance(begins, Refused):
        return begins
    if isinstance(limits, Refused):
        return limits
    for name, value in zip(("starts_on", "at"), begins, strict=True):
        if sent.is_new(name):
            limits[name] = value
    return _made(lambda: replace(rule, **limits), "until")


def _made(rule: Callable[[], Recurrence | Refused], named: str) -> Recurrence | Refused:
    """Return a rule; refuse fields that make none, at the field *named*."""
    try:
        return rule()
    except ValueError:
        return Refused(_("These fields do not fit together. Look at them again."), named)


def _begins(sent: Sent) -> tuple[date | None, time | None] | Refused:
    """Return the first day and the time of the fields; refuse what is not one, or too far."""
    try:
        starts_on = date_of(sent.get("starts_on"))
    except ValueError:
        return Refused(NO_DATE, "starts_on")
    if not is_near(starts_on):
        return Refused(TOO_FAR, "starts_on")
    today = sent.unit.calendar.local(sent.unit.now).date()
    if starts_on and starts_on < today - LONGEST_PAST and sent.is_new("starts_on"):
        return Refused(LONG_AGO, "starts_on")
    try:
        return starts_on, time_of(sent.get("at"))
    except ValueError:
        return Refused(NO_TIME, "at")


def _once(sent: Sent, wording: Wording, rule: Recurrence) -> Recurrence | Refused:
    """Return the rule of a single time, which has no end and no exceptions."""
    for name in ENDS:
        if sent.is_new(name):
            return Refused(wording.only_once, name)
    return replace(rule, holidays=Holidays(sent.get("holidays") or Holidays.KEEP))


def _limits(sent: Sent) -> dict[str, Any] | Refused:
    """Return the end, exceptions and holidays that the form names."""
    limits: dict[str, Any] = {}
    named = "until"
    try:
        if until := date_of(sent.get("until")):
            limits["until"] = until
        named = "except_on"
        if days := dates_of(sent.get("except_on")):
            limits["except_on"] = days
    except ValueError:
        return Refused(NO_DATE if named == "until" else DATES, named)
    for name, few in (("until", limits.get("until")), *(("except_on", day) for day in days)):
        if not is_near(few):
            return Refused(TOO_FAR, name)
    if count := number_of(sent.get("count")):
        limits["count"] = min(count, LONGEST_COUNT)
    if holidays := sent.get("holidays"):
        limits["holidays"] = Holidays(holidays)
    return limits


def _by_fields(sent: Sent, wording: Wording) -> Recurrence | Refused:
    """Return the rule of the form's fields."""
    begins = _begins(sent)
    if isinstance(begins, Refused):
        return begins
    starts_on, at = begins
    if starts_on is None or at is None:
        return Refused(wording.not_said, "phrase")
    every = sent.get("every") or Every.ONCE
    if every == Every.ONCE:
        return _once(sent, wording, Recurrence(Every.ONCE, starts_on, at))
    limits = _limits(sent)
    if isinstance(limits, Refused):
        return limits
    return _made(lambda: _fields_rule(sent, Every(every), (starts_on, at), limits), "every")


def _fields_rule(
    sent: Sent, every: Every, begins: tuple[date, time], limits: Mapping[str, Any]
) -> Recurrence | Refused:
    """Return the rule of fields that repeat; raise `ValueError` where they make none."""
    starts_on, at = begins
    weekdays = tuple(int(day) for day in sent.form.getall("weekdays", []) if day in set("0123456"))
    nth, day = sent.get("nth"), number_of(sent.get("day"))
    if nth and day:
        return Refused(MIXED, "nth")
    fields: dict[str, Any] = {"interval": _interval(sent.form)}
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


def time_of(written: str | None) -> time | None:
    """Read "9:30" or "9.30"; None where nothing is written, else raise `ValueError`."""
    if not written:
        return None
    hour, _dot, minute = written.replace(".", ":").partition(":")
    return time(int(hour), int(minute[:2] or 0))


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
        "except_on": as_written(recurrence.except_on) or None,
        "holidays": recurrence.holidays,
    }


def is_shown_by_fields(recurrence: Recurrence) -> bool:
    """Return whether the fields can show a rule: not several days, or odd weeks."""
    return recurrence.parity is None and len(recurrence.days) <= 1
