"""The form of a reminder: its fields, and reading them into a command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from multidict import MultiDict

from bot.calendar.offset import Offset, Span
from bot.calendar.offset import to_json as offset_json
from bot.calendar.recurrence import Holidays
from bot.calendar.recurrence import to_json as recurrence_json
from bot.console.audience_lines import LINES, audience_of_lines, line_fields, lines_of
from bot.console.form import Field, Form, Options
from bot.console.form_input import number_of
from bot.console.recurrence_form import EMPTY as EMPTY_TIME
from bot.console.recurrence_form import (
    Wording,
    is_shown_by_fields,
    recurrence_of,
    rule_values,
    time_fields,
    time_of,
)
from bot.console.reminder_labels import OWN_DATES
from bot.engine.events import Refused
from bot.i18n import Text, _, pgettext
from bot.model.audience import from_json as audience_from_json
from bot.model.audience import to_json as audience_json
from bot.model.reminder import LONGEST_TEXT, Reminder
from bot.service.own_dates import SINCE, own_date_of
from bot.service.reminders import Rule, rule_of
from bot.store.unit import Unit

LONGEST_REASON = 500
# The form's field of each field of the command that a refusal names.
FIELD_OF: Mapping[str, str] = {"texts": "text_da", "rule": "phrase", "audience": "who_1"}
SPANS: Options = (
    (Span.MINUTE, pgettext("span", "minutes")),
    (Span.HOUR, pgettext("span", "hours")),
    (Span.DAY, pgettext("span", "days")),
    (Span.WEEK, pgettext("span", "weeks")),
)
SENT = Wording(
    holidays=(
        (Holidays.KEEP, _("Sent all the same")),
        (Holidays.SKIP, _("Left out")),
        (Holidays.MOVE, _("Moved to the next working day")),
    ),
    not_said=_("Write when it is to be sent: in words, or with a first day and a time."),
    left_over=_("I do not understand “{words}”. Write only when it is to be sent."),
)
BOTH = _("Choose a date of each person, or write a time above; not both.")


def reminder_fields(
    who: Mapping[str, Any], topics: Options, *, leads: bool
) -> Sequence[Field | tuple[Field, ...]]:
    """Return the fields of the form; *who* are the choices of an audience's line."""
    return (
        *text_fields(),
        *time_fields(SENT),
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
        *(let_stand_fields() if leads else ()),
    )


def text_fields() -> tuple[Field, ...]:
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
        Field(
            "text_en",
            _("Text in English"),
            "area",
            _("Without it English readers get the Danish one, with a note."),
            required=False,
            longest=LONGEST_TEXT,
            lang="en",
        ),
    )


def let_stand_fields() -> tuple[Field, ...]:
    """Return the field in which a leader says why a refused sentence is kept."""
    help_ = _("A leader may let it stand. The reason is written down.")
    label = _("Why a sentence may stand that the check refuses")
    return (Field("let_stand", label, "line", help_, required=False, longest=LONGEST_REASON),)


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
        after = Offset(amount, Span(form.get("after_span", "")), time_of(form.get("after_at")))
        rule = {SINCE: form.get("since", ""), "after": offset_json(after)}
        own_date_of(rule)
    except (ValueError, OverflowError):
        return Refused(_("A time of day needs days or weeks before it."), "after")
    return rule


def _sent_at(form: MultiDict[str], unit: Unit, language: str) -> dict[str, Any] | Refused:
    """Return the rule of a reminder that all its people get at the same time, as JSON."""
    rule, before = recurrence_of(form, SENT, unit, language), _before(form)
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
        at = time_of(form.get("before_at"))
        return {"before": offset_json(Offset(-amount, Span(form.get("before_span", "")), at))}
    except (ValueError, OverflowError):
        return Refused(_("A time of day needs days or weeks before it."), "before")


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
    before = rule.before
    return {
        **rule_values(rule.recurrence),
        "before": abs(before.amount) if before else None,
        "before_span": before.span if before else Span.DAY,
        "before_at": before.at.isoformat("minutes") if before and before.at else None,
    }


def is_shown(reminder: Reminder) -> bool:
    """Return whether the form can show when a reminder is sent."""
    return SINCE in reminder.rule or is_shown_by_fields(rule_of(reminder.rule).recurrence)


def hidden_of(form: MultiDict[str], shown: Form) -> dict[str, Any]:
    """Return the input of a form, to send it again from another form."""
    return {name: tuple(form.getall(name)) for name in shown.by_name if name in form}


EMPTY: Mapping[str, Text | str] = {
    **EMPTY_TIME,
    "before_span": Span.DAY,
    "after_span": Span.DAY,
    "join_1": "",
    "who_1": "",
}
