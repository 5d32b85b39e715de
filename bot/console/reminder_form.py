"""Reading the form of a reminder into a command, and showing a reminder in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from multidict import MultiDict

from bot.calendar import OutOfReach
from bot.calendar.offset import Offset, Span
from bot.calendar.offset import to_json as offset_json
from bot.calendar.recurrence import to_json as recurrence_json
from bot.console.audience_builder import FIRST, audience_of, audience_values, builder_of
from bot.console.form import Form
from bot.console.form_dates import is_short
from bot.console.form_input import number_of
from bot.console.recurrence_form import Sent, recurrence_of, rule_values, time_of
from bot.console.recurrence_form import is_shown_by_fields as is_shown
from bot.console.reminder_fields import SENT
from bot.engine.events import Refused
from bot.i18n import _
from bot.model.audience import readable
from bot.model.audience import to_json as audience_json
from bot.model.reminder import UNREADABLE, Reminder
from bot.service.own_dates import SINCE, own_date_of
from bot.service.reminder_rules import Rule, rule_of
from bot.store.unit import Unit

# The form's field of each field of the command that a refusal names.
FIELD_OF: Mapping[str, str] = {"texts": "text_da", "audience": FIRST}
NOBODY = Refused(_("Choose who is to get it."), FIRST)
TOO_LONG = _("At most two years.")
BOTH = _("Choose a date of each person, or write a time above; not both.")
NO_HOUR = _("A time of day needs days or weeks before it.")


@dataclass(frozen=True, slots=True)
class Submitted:
    """The arguments of a command that a form gives, or the reason why it gives none."""

    fields: Mapping[str, Any]
    refused: Refused | None = None


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
    audience = audience_of(form, builder_of(shown).choices, NOBODY.why)
    if audience is None or isinstance(audience, Refused):
        return Submitted({}, audience or NOBODY)
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
    rule = recurrence_of(sent, SENT)
    if isinstance(rule, Refused):
        return rule
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
        at = time_of(sent.get(f"{name}_at"))
        offset = Offset(sign * amount, Span(sent.get(f"{name}_span")), at)
        return offset if is_short(offset) else Refused(TOO_LONG, name)
    except (OutOfReach, OverflowError):
        return Refused(TOO_LONG, name)
    except ValueError:
        return Refused(NO_HOUR, name)


def values_of(reminder: Reminder) -> dict[str, Any]:
    """Return the values of the form for a reminder."""
    try:
        when = (_own_date_values if SINCE in reminder.rule else _rule_values)(reminder)
    except UNREADABLE:  # staff write a new one
        when = {}
    return {
        "text_da": reminder.texts.get("da"),
        "text_en": reminder.texts.get("en"),
        **when,
        **audience_values(readable(reminder.audience or {})),
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


def is_shown_by_fields(reminder: Reminder) -> bool:
    """Return whether the form can show a reminder's rule: not several days, or odd weeks."""
    if SINCE in reminder.rule:
        return True
    try:
        return is_shown(rule_of(reminder.rule).recurrence)
    except UNREADABLE:
        return False


def hidden_of(form: MultiDict[str], shown: Form) -> dict[str, Any]:
    """Return the input of a form, to send it again from another form."""
    return {name: tuple(form.getall(name)) for name in shown.by_name if name in form}
