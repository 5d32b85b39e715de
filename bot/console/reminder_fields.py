"""The fields of a reminder's form: by words first, all else folded until it is needed."""

from __future__ import annotations

from collections.abc import Mapping

from bot.calendar.offset import Span
from bot.calendar.recurrence import Holidays
from bot.console.audience_builder import Builder
from bot.console.form import Field, Fields, Folded, Options
from bot.console.recurrence_form import EMPTY as EMPTY_TIME
from bot.console.recurrence_form import Wording, time_fields
from bot.console.reminder_labels import OWN_DATES
from bot.i18n import Text, _, pgettext
from bot.model.reminder import LONGEST_TEXT

LONGEST_REASON = 500
SENT = Wording(
    example=_("Such as “every other Wednesday at 16” or “on 24 December at 9”."),
    holidays=(
        (Holidays.KEEP, _("Sent all the same")),
        (Holidays.SKIP, _("Left out")),
        (Holidays.MOVE, _("Moved to the next working day")),
    ),
    not_said=_("Write when it is to be sent: in words, or with a first day and a time."),
    left_over=_("I do not understand “{words}”. Write only when it is to be sent."),
    only_once=_("It is sent only once. Leave this empty."),
)
SPANS: Options = (
    (Span.MINUTE, pgettext("span", "minutes")),
    (Span.HOUR, pgettext("span", "hours")),
    (Span.DAY, pgettext("span", "days")),
    (Span.WEEK, pgettext("span", "weeks")),
)
EMPTY: Mapping[str, Text | str] = {
    **EMPTY_TIME,
    "before_span": Span.DAY,
    "after_span": Span.DAY,
    "who_1": "",
}


def reminder_fields(who: Builder, topics: Options, *, leads: bool) -> Fields:
    """Return the fields of the form; *who* builds its audience."""
    return (
        *text_fields(),
        *time_fields(SENT),
        who,
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
        *(let_stand_fields() if leads else ()),
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


def let_stand_fields() -> Fields:
    """Return the field in which a leader says why a refused sentence is kept."""
    help_ = _("A leader may let it stand. The reason is written down.")
    label = _("Why a sentence may stand that the check refuses")
    field = Field("let_stand", label, "line", help_, required=False, longest=LONGEST_REASON)
    return (Folded(label, (field,)),)


def text_fields() -> Fields:
    """Return the fields of a message in both languages."""
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
    )
