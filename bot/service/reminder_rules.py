"""The rule and the audience of a reminder, and why one is refused or no longer sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot.calendar import FIRST_YEAR, LAST_YEAR, Calendar, OutOfReach
from bot.calendar.offset import Offset
from bot.calendar.offset import from_json as offset_of
from bot.calendar.recurrence import Occurrence, from_json, next_occurrences
from bot.engine.events import Refused
from bot.i18n import _
from bot.model import audience as audiences
from bot.model.commands.reminders import EditReminder, SetReminder
from bot.model.delivery import FINAL_ANSWERS, Delivery, MessageClass, Reason
from bot.model.reminder import LONGEST_TEXT, Reminder, ReminderState
from bot.model.staff import Staff
from bot.redact import redact_text
from bot.service.cases.wording import refused_wording
from bot.service.own_dates import SINCE, OwnDate, own_date_of
from bot.store.audiences import condition
from bot.store.moment import When
from bot.store.unit import Unit
from bot.tone.neutral import revealing_word

ANY_TIME = When(datetime(2026, 1, 1, tzinfo=UTC), Calendar())  # to check an audience
WRONG_RULE = Refused(_("I do not understand when it is to be sent."), "rule")
OUT_OF_REACH = Refused(
    _("Choose dates from {first} to {last}, and at most five years before or after them.").with_(
        first=str(FIRST_YEAR), last=str(LAST_YEAR)
    ),
    "rule",
)
NEVER = Refused(_("It would never be sent: its days have passed."), "rule")


@dataclass(frozen=True, slots=True)
class Rule:
    """The parsed rule of a reminder: a recurrence, and how long before each time it is sent."""

    recurrence: Any
    before: Offset | None = None


def rule_of(rule: Mapping[str, Any]) -> Rule:
    """Return the rule of its JSON; raise `ValueError` or `KeyError` where it makes none."""
    before = rule.get("before")
    return Rule(from_json(rule["recurrence"]), offset_of(before) if before else None)


def fault_of(command: SetReminder | EditReminder, staff: Staff, unit: Unit) -> Refused | None:
    """Return why a reminder of staff is refused; None where it is accepted."""
    wrong = texts_fault(command.texts, staff, let_stand=command.let_stand)
    if wrong is not None:
        return wrong
    rule = rule_or_refusal(command.rule, unit)
    if isinstance(rule, Refused):
        return rule
    return audience_fault(command.audience)


def texts_fault(
    texts: Mapping[str, str], staff: Staff, *, let_stand: str | None = None
) -> Refused | None:
    """Return why texts of staff to others, by language, are refused; None where they are not."""
    written = tidy_texts(texts)
    if "da" not in written:
        return Refused(_("Write the text in Danish first."), "texts")
    for text in written.values():
        wrong = refused_wording(text, staff, let_stand=let_stand, confirmed=True) or text_fault(
            text
        )
        if wrong is not None:
            return replace(wrong, field="texts")
    return None


def audience_fault(audience: Mapping[str, Any]) -> Refused | None:
    """Return why an audience is refused; None where it is one."""
    unknown = Refused(_("Choose who is to get it."), "audience")
    try:
        read = audiences.from_json(audience)
        condition(read, ANY_TIME)
    except (KeyError, ValueError):
        return unknown
    parts = list(audiences.predicates(read))
    return None if len(parts) <= audiences.MOST_PARTS else unknown


def is_visible(text: str) -> bool:
    """Return whether a reader sees anything of a text."""
    return any(one.isprintable() and not one.isspace() for one in text)


def text_fault(text: str) -> Refused | None:
    """Return why the text of a reminder to others is refused; None where it is accepted."""
    if not is_visible(text) or len(text) > LONGEST_TEXT:
        return Refused(_("Write the text, in at most {most} characters.").with_(most=LONGEST_TEXT))
    if redact_text(text).text != text:
        return Refused(_("There is a CPR number in the text. Take it out."))
    word = revealing_word(text)
    if word is not None:
        return Refused(
            _("“{word}” can reveal something private. Write only time, place and name.").with_(
                word=word
            )
        )
    return None


def rule_or_refusal(rule: Mapping[str, Any], unit: Unit) -> Rule | OwnDate | Refused:
    """Return the parsed rule; refuse a rule that cannot be read, or never occurs."""
    try:
        if SINCE in rule:
            return own_date_of(rule)
        parsed = rule_of(rule)
    except OutOfReach:
        return OUT_OF_REACH
    except (KeyError, TypeError, ValueError):
        return WRONG_RULE
    return parsed if next_occurrences(parsed.recurrence, unit.calendar, unit.now, 1) else NEVER


async def withheld(unit: Unit, delivery: Delivery) -> Reason | None:
    """Return why a reminder's delivery is no longer sent; None where it is."""
    reminder = await unit.reminders.get(delivery.subject_id)
    if reminder is None:
        return Reason.ENDED
    if reminder.state is ReminderState.PAUSED:
        return Reason.HELD
    # A reminder ends before a snoozed message comes again; only staff's end changes the version.
    if reminder.version != delivery.version:
        return Reason.EDITED
    if delivery.answer in FINAL_ANSWERS:
        return Reason.ANSWERED
    if not await unit.audiences.contains(audience_of(reminder), delivery.participant_id):
        return Reason.NOT_IN_AUDIENCE
    return None


def wanted_at(unit: Unit, rule: Rule, occurrence: Occurrence) -> datetime:
    """Return when an occurrence's message is wanted, before quiet hours are applied."""
    if rule.before is None:
        return occurrence.instant
    return rule.before.from_(occurrence.instant, unit.calendar)


def audience_of(reminder: Reminder) -> audiences.Audience:
    """Return who gets a reminder: its audience, its group, or the citizen who set it."""
    if reminder.group_id is not None:
        return audiences.Is(audiences.GROUP, str(reminder.group_id))
    if reminder.participant_id is not None:
        return audiences.Is(audiences.PERSON, str(reminder.participant_id))
    return audiences.readable(reminder.audience or {})


def message_class(reminder: Reminder) -> MessageClass:
    """Return the class of a reminder's messages: asked for by who joined or set it, else news."""
    taken_on = is_taken_on(audience_of(reminder))
    return MessageClass.ASKED_FOR if taken_on else MessageClass.NEWS


def is_taken_on(audience: audiences.Audience) -> bool:
    """Return whether all of an audience have taken on a role, a group or a reminder."""
    match audience:
        case audiences.Is(what, _value):
            return what in {audiences.ROLE, audiences.GROUP, audiences.PERSON, audiences.SHIFT}
        case audiences.And(parts):
            return any(is_taken_on(part) for part in parts)
        case audiences.Or(parts):
            return all(is_taken_on(part) for part in parts)
        case audiences.Saved(_id, part):
            return is_taken_on(part)
        case _:
            return False


def tidy_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts that are not empty, without spaces around them."""
    return {language: text.strip() for language, text in texts.items() if is_visible(text)}
