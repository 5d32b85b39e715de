"""The form of a reminder: its fields, and reading them into a command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from multidict import MultiDict

from bot.calendar.offset import Offset, Span
from bot.calendar.offset import to_json as offset_json
from bot.calendar.phrases.reading import read
from bot.calendar.phrases.result import Ask, Repeats, When
from bot.calendar.recurrence import LAST, LONGEST_COUNT, LONGEST_INTERVAL, Holidays, Recurrence
from bot.calendar.recurrence import Unit as Every
from bot.calendar.recurrence import to_json as recurrence_json
from bot.calendar.rule_words import in_words
from bot.console.audience_lines import LINES, audience_of_lines, line_fields, lines_of
from bot.console.form import Field, Form, Options
from bot.console.form_input import number_of
from bot.console.reminder_labels import OWN_DATES
from bot.engine.ask_time import NOT_READ, WHY, once
from bot.engine.events import Refused
from bot.i18n import Listed, Text, Weekday, _, pgettext
from bot.model.audience import from_json as audience_from_json
from bot.model.audience import to_json as audience_json
from bot.model.reminder import LONGEST_TEXT, Reminder
from bot.service.own_dates import SINCE, own_date_of
from bot.service.reminder_rules import Rule, rule_of
from bot.store.unit import Unit

LONGEST_PHRASE = 120  # characters
LONGEST_REASON = 500
# The form's field of each field of the command that a refusal names.
FIELD_OF: Mapping[str, str] = {"texts": "text_da", "rule": "phrase", "audience": "who_1"}
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
NOT_SAID = _("Write when it is to be sent: in words, or with a first day and a time.")
NO_DATE = _("Write dates as 2026-12-24, with commas between them.")
MIXED = _("Fill in either the weekday of the month or its day, not both.")
LEFT_OVER = _("I do not understand “{words}”. Write only when it is to be sent.")
BOTH = _("Choose a date of each person, or write a time above; not both.")
MEANT = _("Do you mean {choices}? Write the date.")
MEANT_HOUR = _("Do you mean {day} {hours}? Write the hour, for example 14.00.")


def reminder_fields(
    who: Mapping[str, Any], topics: Options, *, leads: bool
) -> Sequence[Field | tuple[Field, ...]]:
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
        Field(
            "text_en",
            _("Text in English"),
            "area",
            _("Without it English readers get the Danish one, with a note."),
            required=False,
            longest=LONGEST_TEXT,
            lang="en",
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
        Field(
            "prepares",
            _("It prepares an event at that time: quiet hours move it earlier, not later"),
            "tick",
            required=False,
        ),
        (
            Field("before", _("Sent before that time by"), "number", required=False),
            Field("before_span", _("Counted in"), "choice", options=SPANS, required=False),
            Field("before_at", _("At a time of that day"), "time", required=False),
        ),
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
            Field("after_span", _("Counted in"), "choice", options=SPANS, required=False),
            Field("after_at", _("At a time of that day"), "time", required=False),
        ),
        *(_let_stand() if leads else ()),
    )


def _let_stand() -> tuple[Field, ...]:
    help_ = _("A leader may let it stand. The reason is written down.")
    label = _("Why a sentence may stand that the check refuses")
    return (Field("let_stand", label, "line", help_, required=False, longest=LONGEST_REASON),)


def _time_fields() -> Sequence[Field | tuple[Field, ...]]:
    """Return the fields that say when a reminder is sent."""
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
            Field("holidays", _("On public holidays and closing days"), "choice", options=HOLIDAYS),
        ),
    )


@dataclass(frozen=True, slots=True)
class Submitted:
    """The arguments of a command that a form gives, or the reason why it gives none."""

    fields: Mapping[str, Any]
    refused: Refused | None = None


def submitted(form: MultiDict[str], shown: Form, unit: Unit, language: str) -> Submitted:
    """Read the form; a phrase about time is read in the reader's language.

    *shown* has the choices that a reader had.
    """
    rule = _own_date(form) if form.get("since") else _sent_at(form, unit, language)
    if isinstance(rule, Refused):
        return Submitted({}, rule)
    if form.get("topic") not in dict(shown.by_name["topic"].options):
        return Submitted({}, Refused(_("Choose a topic."), "topic"))
    audience = audience_of_lines(form, shown.by_name["who_1"])
    if audience is None:
        return Submitted({}, Refused(_("Choose who is to get it."), "who_1"))
    return Submitted(
        {
            "texts": {"da": form.get("text_da", ""), "en": form.get("text_en", "")},
            "rule": rule,
            "audience": audience_json(audience),
            "topic": form.get("topic", ""),
            "asks": "asks" in form,
            "prepares": "prepares" in form,
            "let_stand": form.get("let_stand") or None,
        }
    )


def at_field(answer: Refused) -> Refused:
    """Return a service's refusal at the form's field."""
    return replace(answer, field=FIELD_OF.get(answer.field, answer.field))


def _own_date(form: MultiDict[str]) -> dict[str, Any] | Refused:
    """Return the rule of a reminder that counts from a date of each person, as JSON."""
    if form.get("phrase") or form.get("starts_on"):
        return Refused(BOTH, "since")
    amount = number_of(form.get("after"))
    if not amount:
        return Refused(_("Write how long after that date it is sent."), "after")
    try:
        after = Offset(amount, Span(form.get("after_span", "")), _time(form.get("after_at")))
        rule = {SINCE: form.get("since", ""), "after": offset_json(after)}
        own_date_of(rule)
    except (ValueError, OverflowError):
        return Refused(_("A time of day needs days or weeks before it."), "after")
    return rule


def _sent_at(form: MultiDict[str], unit: Unit, language: str) -> dict[str, Any] | Refused:
    """Return the rule of a reminder that all its people get at the same time, as JSON."""
    rule, before = _rule(form, unit, language), _before(form)
    if isinstance(rule, Refused):
        return rule
    if isinstance(before, Refused):
        return before
    return {"recurrence": recurrence_json(rule), **before}


def _before(form: MultiDict[str]) -> dict[str, Any] | Refused:
    """Return how long before each time a reminder is sent, as JSON; empty where at the time."""
    amount = number_of(form.get("before"))
    if not amount:
        return {}
    try:
        at = _time(form.get("before_at"))
        return {"before": offset_json(Offset(-amount, Span(form.get("before_span", "")), at))}
    except (ValueError, OverflowError):
        return Refused(_("A time of day needs days or weeks before it."), "before")


def _rule(form: MultiDict[str], unit: Unit, language: str) -> Recurrence | Refused:
    """Return when a reminder is sent, from its phrase or its fields."""
    phrase = form.get("phrase", "").strip()
    if phrase:
        return _by_words(phrase, form, unit, language)
    try:
        starts_on, at = _date(form.get("starts_on")), _time(form.get("at"))
    except ValueError:
        return Refused(NOT_SAID, "starts_on")
    if starts_on is None or at is None:
        return Refused(NOT_SAID, "starts_on")
    return _limited(form, lambda limits: _by_fields(form, starts_on, at, limits))


def _limited(form: MultiDict[str], made: Any) -> Recurrence | Refused:
    """Return the rule that *made* returns with the end, exceptions and holidays of the form."""
    try:
        limits = _limits(form)
    except ValueError:
        return Refused(NO_DATE, "except_on")
    try:
        rule: Recurrence | Refused = made(limits)
    except ValueError:
        return Refused(_("These fields do not fit together. Look at them again."), "every")
    return rule


def _by_words(phrase: str, form: MultiDict[str], unit: Unit, language: str) -> Recurrence | Refused:
    """Return the rule of a phrase, with the end, exceptions and holidays of the form."""
    reading = read(phrase[:LONGEST_PHRASE], language, unit.now, unit.calendar)
    match reading.meaning:
        case Ask(_why, choices) if choices:
            return Refused(_meant([once(one) for one in choices]), "phrase")
        case Ask(why):
            return Refused(WHY[why], "phrase")
        case None:
            return Refused(NOT_READ, "phrase")
    if reading.rest:
        return Refused(LEFT_OVER.with_(words=reading.rest), "phrase")
    match reading.meaning:
        case When():
            return once(reading.meaning)
        case Repeats(rule):
            return _limited(form, lambda limits: replace(rule, **limits))


def _meant(choices: list[Recurrence]) -> Text:
    """Return the question which of several readings of a phrase is meant."""
    days = {one.starts_on for one in choices}
    if len(days) > 1:
        each = Listed(tuple(in_words(one) for one in choices), is_either=True)
        return MEANT.with_(choices=each)
    hours = Listed(tuple(one.at for one in choices), is_either=True)
    return MEANT_HOUR.with_(day=days.pop(), hours=hours)


def _limits(form: MultiDict[str]) -> dict[str, Any]:
    """Return the end, exceptions and holidays that the form names; raise `ValueError`."""
    limits: dict[str, Any] = {}
    if until := _date(form.get("until")):
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


def _date(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _time(written: str | None) -> time | None:
    return time.fromisoformat(written) if written else None


def values_of(reminder: Reminder) -> dict[str, Any]:
    """Return the values of the form for a reminder."""
    lines = lines_of(audience_from_json(reminder.audience or {})) or ()
    when = _own_date_values if SINCE in reminder.rule else _rule_values
    return {
        "text_da": reminder.texts.get("da"),
        "text_en": reminder.texts.get("en"),
        **when(reminder),
        **{f"join_{n}": join for n, (join, _who) in enumerate(lines[:LINES], 1)},
        **{f"who_{n}": who for n, (_join, who) in enumerate(lines[:LINES], 1)},
        "topic": reminder.topic,
        "asks": "yes" if reminder.asks else None,
        "prepares": "yes" if reminder.prepares else None,
    }


def _own_date_values(reminder: Reminder) -> dict[str, Any]:
    """Return the values of the fields that count from a date of each person."""
    own = own_date_of(reminder.rule)
    return {
        "since": own.since,
        "after": own.after.amount,
        "after_span": own.after.span,
        "after_at": own.after.at.isoformat("minutes") if own.after.at else None,
    }


def _rule_values(reminder: Reminder) -> dict[str, Any]:
    """Return the values of the fields that say when all get a reminder."""
    rule: Rule = rule_of(reminder.rule)
    once_only = rule.recurrence.unit is Every.ONCE
    recurrence: Recurrence = rule.recurrence
    before = rule.before
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
        "before": abs(before.amount) if before else None,
        "before_span": before.span if before else Span.DAY,
        "before_at": before.at.isoformat("minutes") if before and before.at else None,
    }


def is_shown_by_fields(reminder: Reminder) -> bool:
    """Return whether the form can show a reminder's rule: not several days, or odd weeks."""
    if SINCE in reminder.rule:
        return True
    recurrence: Recurrence = rule_of(reminder.rule).recurrence
    return recurrence.parity is None and len(recurrence.days) <= 1


def hidden_of(form: MultiDict[str], shown: Form) -> dict[str, Any]:
    """Return the input of a form, to send it again from another form."""
    return {name: tuple(form.getall(name)) for name in shown.by_name if name in form}


EMPTY: Mapping[str, Text | str] = {
    "every": Every.ONCE,
    "holidays": Holidays.KEEP,
    "before_span": Span.DAY,
    "after_span": Span.DAY,
    "join_1": "",
    "who_1": "",
}
