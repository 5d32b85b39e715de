"""Reading the form of a reminder into a command, and showing a reminder in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Any

from multidict import MultiDict

from bot.calendar import OutOfReach
from bot.calendar.offset import Offset, Span
from bot.calendar.offset import to_json as offset_json
from bot.calendar.phrases.reading import read
from bot.calendar.phrases.result import Ask, Repeats, When
from bot.calendar.recurrence import LONGEST_COUNT, LONGEST_INTERVAL, Holidays, Recurrence
from bot.calendar.recurrence import Unit as Every
from bot.calendar.recurrence import to_json as recurrence_json
from bot.calendar.rule_words import in_words
from bot.console.audience_lines import LINES, audience_of_lines, lines_of
from bot.console.form import Form
from bot.console.form_dates import as_written, date_of, dates_of, is_near, is_short
from bot.console.form_input import number_of
from bot.console.reminder_fields import DATES, LONGEST_PHRASE
from bot.engine.ask_time import NOT_READ, WHY, once
from bot.engine.events import Refused
from bot.i18n import Listed, Text, _
from bot.model.audience import from_json as audience_from_json
from bot.model.audience import to_json as audience_json
from bot.model.reminder import UNREADABLE, Reminder
from bot.service.own_dates import SINCE, own_date_of
from bot.service.reminder_rules import Rule, rule_of
from bot.store.unit import Unit

LONGEST_PAST = timedelta(days=366)  # from the first day until now
# The form's field of each field of the command that a refusal names.
FIELD_OF: Mapping[str, str] = {"texts": "text_da", "audience": "who_1"}
# The fields that words replace; the form refuses both.
BY_FIELDS = ("interval", "weekdays", "nth", "day")
ENDS = ("until", "count", "except_on")
NOT_SAID = _("Write when it is to be sent: in words, or with a first day and a time.")
NO_DATE = _("Write the date as 24.12.2026.")
NO_TIME = _("Write the time as 9:30.")
TOO_FAR = _("Choose a day between the years 2000 and 2100.")
TOO_LONG = _("At most two years.")
LONG_AGO = _("The first day is at most a year back.")
MIXED = _("Fill in either the weekday of the month or its day, not both.")
LEFT_OVER = _("I do not understand “{words}”. Write only when it is to be sent.")
BOTH = _("Choose a date of each person, or write a time above; not both.")
MEANT = _("Do you mean {choices}? Write the date.")
MEANT_HOUR = _("Do you mean {day} {hours}? Write the hour, for example 14.00.")
SAID_IN_WORDS = _("Your words say that already. Leave this empty, or leave out the words.")
ONLY_ONCE = _("It is sent only once. Leave this empty.")
NO_HOUR = _("A time of day needs days or weeks before it.")


@dataclass(frozen=True, slots=True)
class Submitted:
    """The arguments of a command that a form gives, or the reason why it gives none."""

    fields: Mapping[str, Any]
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent; *present* are the values of the reminder that it changes."""

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
        """Return whether a field is filled in, and not as the reminder has it already."""
        value = self.present.get(name)
        known = value if isinstance(value, tuple) else (value,)
        written = [one for one in self.form.getall(name, []) if one]
        return bool(written) and written != [str(one) for one in known]


def submitted(
    form: MultiDict[str],
    shown: Form,
    unit: Unit,
    language: str,
    reminder: Reminder | None = None,
) -> Submitted:
    """Read the form; a phrase about time is read in the reader's language.

    *shown* has the choices that a reader had; *reminder* is changed by the form.
    """
    sent = Sent(form, unit, language, values_of(reminder) if reminder is not None else {})
    rule = _own_date(sent) if form.get("since") else _sent_at(sent)
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


def at_field(answer: Refused, form: MultiDict[str]) -> Refused:
    """Return a service's refusal at the form's field; of a rule, at the field that says it."""
    if answer.field == "rule":
        said = "phrase" if form.get("phrase", "").strip() else "starts_on"
        return replace(answer, field="since" if form.get("since") else said)
    return replace(answer, field=FIELD_OF.get(answer.field, answer.field))


def _own_date(sent: Sent) -> dict[str, Any] | Refused:
    """Return the rule of a reminder that counts from a date of each person, as JSON."""
    if sent.phrase or sent.is_new("starts_on"):
        return Refused(BOTH, "since")
    after = _offset(sent, "after", 1)
    if isinstance(after, Refused):
        return after
    if after is None:
        return Refused(_("Write how long after that date it is sent."), "after")
    rule = {SINCE: sent.get("since"), "after": offset_json(after)}
    try:
        own_date_of(rule)
    except ValueError:
        return Refused(_("Choose a date of each person."), "since")
    return rule


def _sent_at(sent: Sent) -> dict[str, Any] | Refused:
    """Return the rule of a reminder that all its people get at the same time, as JSON."""
    rule = _by_words(sent) if sent.phrase else _by_fields(sent)
    if isinstance(rule, Refused):
        return rule
    if not (is_near(rule.starts_on) and is_near(rule.until)):
        named = "phrase" if sent.phrase else "starts_on" if is_near(rule.until) else "until"
        return Refused(TOO_FAR, named)
    before = _offset(sent, "before", -1)
    if isinstance(before, Refused):
        return before
    said = {"recurrence": recurrence_json(rule)}
    return said if before is None else {**said, "before": offset_json(before)}


def _offset(sent: Sent, name: str, sign: int) -> Offset | Refused | None:
    """Return the offset of the fields *name*; None where they are empty."""
    amount = number_of(sent.get(name))
    if not amount:
        return Refused(_("Write a number."), name) if sent.get(name) not in {"", "0"} else None
    try:
        at = _time(sent.get(f"{name}_at"))
        offset = Offset(sign * amount, Span(sent.get(f"{name}_span")), at)
        return offset if is_short(offset) else Refused(TOO_LONG, name)
    except (OutOfReach, OverflowError):
        return Refused(TOO_LONG, name)
    except ValueError:
        return Refused(NO_HOUR, name)


def _by_words(sent: Sent) -> Recurrence | Refused:
    """Return the rule of a phrase, with the first day, end and exceptions of the form."""
    meaning = _meaning(sent)
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
    if isinstance(meaning, When):
        return _once(sent, once(meaning))
    return _repeating(sent, meaning.rule)


def _meaning(sent: Sent) -> When | Repeats | Refused:
    """Return what a phrase means, or why it is not understood."""
    reading = read(sent.phrase[:LONGEST_PHRASE], sent.language, sent.unit.now, sent.unit.calendar)
    match reading.meaning:
        case Ask(_why, choices) if choices:
            return Refused(_meant([once(one) for one in choices]), "phrase")
        case Ask(why):
            return Refused(WHY[why], "phrase")
        case None:
            return Refused(NOT_READ, "phrase")
    if reading.rest:
        return Refused(LEFT_OVER.with_(words=reading.rest), "phrase")
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
        return starts_on, _time(sent.get("at"))
    except ValueError:
        return Refused(NO_TIME, "at")


def _once(sent: Sent, rule: Recurrence) -> Recurrence | Refused:
    """Return the rule of a single time, which has no end and no exceptions."""
    for name in ENDS:
        if sent.is_new(name):
            return Refused(ONLY_ONCE, name)
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


def _by_fields(sent: Sent) -> Recurrence | Refused:
    """Return the rule of the form's fields."""
    begins = _begins(sent)
    if isinstance(begins, Refused):
        return begins
    starts_on, at = begins
    if starts_on is None or at is None:
        return Refused(NOT_SAID, "phrase")
    every = sent.get("every") or Every.ONCE
    if every == Every.ONCE:
        return _once(sent, Recurrence(Every.ONCE, starts_on, at))
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


def _time(written: str) -> time | None:
    """Read "9:30" or "9.30"; None where nothing is written, else raise `ValueError`."""
    if not written:
        return None
    hour, _dot, minute = written.replace(".", ":").partition(":")
    return time(int(hour), int(minute[:2] or 0))


def values_of(reminder: Reminder) -> dict[str, Any]:
    """Return the values of the form for a reminder."""
    lines = lines_of(audience_from_json(reminder.audience or {})) or ()
    try:
        when = (_own_date_values if SINCE in reminder.rule else _rule_values)(reminder)
    except UNREADABLE:  # staff write a new one
        when = {}
    return {
        "text_da": reminder.texts.get("da"),
        "text_en": reminder.texts.get("en"),
        **when,
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
        "except_on": as_written(recurrence.except_on) or None,
        "holidays": recurrence.holidays,
        "before": abs(before.amount) if before else None,
        "before_span": before.span if before else Span.DAY,
        "before_at": before.at.isoformat("minutes") if before and before.at else None,
    }


def is_shown_by_fields(reminder: Reminder) -> bool:
    """Return whether the form can show a reminder's rule: not several days, or odd weeks."""
    if SINCE in reminder.rule:
        return True
    try:
        recurrence: Recurrence = rule_of(reminder.rule).recurrence
    except UNREADABLE:
        return False
    return recurrence.parity is None and len(recurrence.days) <= 1


def hidden_of(form: MultiDict[str], shown: Form) -> dict[str, Any]:
    """Return the input of a form, to send it again from another form."""
    return {name: tuple(form.getall(name)) for name in shown.by_name if name in form}
