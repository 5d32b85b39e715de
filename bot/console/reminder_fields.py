"""The fields of a reminder's form: by words first, all else folded until it is needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.calendar.offset import Span
from bot.calendar.recurrence import LAST, Holidays
from bot.calendar.recurrence import Unit as Every
from bot.console.audience_lines import line_fields
from bot.console.form import Field, Fields, Folded, Options
from bot.console.reminder_labels import OWN_DATES
from bot.i18n import Text, Weekday, _, pgettext
from bot.model.reminder import LONGEST_TEXT

LONGEST_PHRASE = 120  # characters
LONGEST_REASON = 500
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
HOLIDAYS: Options = (
    (Holidays.KEEP, _("Sent all the same")),
    (Holidays.SKIP, _("Left out")),
    (Holidays.MOVE, _("Moved to the next working day")),
)
SPANS: Options = (
    (Span.MINUTE, pgettext("span", "minutes")),
    (Span.HOUR, pgettext("span", "hours")),
    (Span.DAY, pgettext("span", "days")),
    (Span.WEEK, pgettext("span", "weeks")),
)
WEEKDAYS: Options = tuple(
    (str(day), pgettext("repeats", "{weekday}").with_(weekday=Weekday(day))) for day in range(7)
)
DATES = _("Write dates as 24.12.2026, with commas between them.")
EMPTY: Mapping[str, Text | str] = {
    "every": Every.ONCE,
    "holidays": Holidays.KEEP,
    "before_span": Span.DAY,
    "after_span": Span.DAY,
    "join_1": "",
    "who_1": "",
}


def reminder_fields(who: Mapping[str, Any], topics: Options, *, leads: bool) -> Fields:
    """Return the fields of the form; *who* are the choices of an audience's line."""
    return (
        Field(
            "text_da",
            _("Text in Danish"),
            "area",
            _("Only time, place and first names. Nothing about a person's case or health."),
            longest=LONGEST_TEXT,
            lang="da",
        ),
        Folded(
            _("Text in English"),
            (
                Field(
                    "text_en",
                    _("Text in English"),
                    "area",
                    _("Without it English readers get the Danish one, with a note."),
                    required=False,
                    longest=LONGEST_TEXT,
                    lang="en",
                ),
            ),
        ),
        *_time_fields(),
        *line_fields(**who),
        Field(
            "topic",
            pgettext("reminder", "Topic"),
            "choice",
            _("Citizens can turn a topic off. News needs their consent to its topic."),
            options=topics,
        ),
        Field("asks", _("Ask for an answer: done, later or cannot"), "tick", required=False),
        _preparing(),
        _own_dates(),
        *(_let_stand() if leads else ()),
    )


def _time_fields() -> Fields:
    """Return the fields that say when a reminder is sent."""
    by_words = _("Such as “every other Wednesday at 16” or “on 24 December at 9”.")
    return (
        Field(
            "phrase",
            _("When, in words"),
            "line",
            by_words,
            required=False,
            longest=LONGEST_PHRASE,
        ),
        Folded(_("Or by day and time in fields"), _by_fields()),
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
                        options=HOLIDAYS,
                        usual=Holidays.KEEP,
                    ),
                ),
            ),
        ),
    )


def _by_fields() -> Fields:
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


def _preparing() -> Folded:
    """Return the fields of a reminder of something that begins at its time."""
    return Folded(
        _("It prepares an event, or comes some time before"),
        (
            Field(
                "prepares",
                _("It prepares an event at that time: quiet hours make it earlier, never later"),
                "tick",
                _("Say below how long before the event it is to come."),
                required=False,
            ),
            (
                Field("before", _("Sent before that time by"), "number", required=False),
                _span("before_span"),
                Field("before_at", _("At a time of that day"), "time", required=False),
            ),
        ),
    )


def _span(name: str) -> Field:
    label = _("Counted in")
    return Field(name, label, "choice", options=SPANS, required=False, usual=Span.DAY)


def _own_dates() -> Folded:
    """Return the fields of a reminder that counts from a date of each person."""
    return Folded(
        _("Or counted from a date of each person"),
        (
            (
                Field(
                    "since",
                    _("Or counted from a date of each person"),
                    "choice",
                    options=tuple(OWN_DATES.items()),
                    empty=_("No, from the time above"),
                    required=False,
                ),
                Field("after", _("Sent after that date by"), "number", required=False),
                _span("after_span"),
                Field("after_at", _("At a time of that day"), "time", required=False),
            ),
        ),
    )


def _let_stand() -> Fields:
    help_ = _("A leader may let it stand. The reason is written down.")
    label = _("Why a sentence may stand that the check refuses")
    field = Field("let_stand", label, "line", help_, required=False, longest=LONGEST_REASON)
    return (Folded(label, (field,)),)
