"""Services for reminders: set, edit, pause and end them, and plan what is due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Any

from bot.calendar.chain import CLOSEST, allowed
from bot.calendar.offset import Offset
from bot.calendar.offset import from_json as offset_of
from bot.calendar.recurrence import Occurrence, from_json, next_occurrences, occurrences
from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model import audience as audiences
from bot.model.case import title_of
from bot.model.commands.reminders import (
    EditReminder,
    EndReminder,
    ExportReminder,
    HoldReminder,
    SetReminder,
)
from bot.model.delivery import Delivery, DeliveryState, MessageClass, Reason
from bot.model.reminder import LONGEST_TEXT, SUBJECT, Reminder, ReminderState
from bot.model.staff import May, Staff
from bot.redact import redact_text
from bot.service import deliveries, own_dates
from bot.service.cases.wording import refused_wording
from bot.service.own_dates import SINCE, OwnDate, own_date_of
from bot.store.audiences import PREDICATES, Recipient
from bot.store.events import by_staff
from bot.store.timers import NewTimer
from bot.store.unit import Unit
from bot.tone.neutral import revealing_word

EXPAND = "expand"  # the timer that plans the deliveries of an occurrence; subject: the id
BATCH = 1000  # recipients planned in one transaction, so that no citizen waits for it
# Quiet hours move what prepares an event to an earlier day; Christmas is the longest run.
PREPARED_BY = timedelta(days=8)
# After its planned time, for a message that prepares nothing. News may wait for the next week.
USEFUL_FOR = timedelta(hours=24)
NEWS_USEFUL_FOR = timedelta(days=8)
NO_REMINDER = Refused(_("There is no such reminder."))
WRONG_RULE = Refused(_("I do not understand when it is to be sent."), "rule")
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


async def set_reminder(command: SetReminder, unit: Unit) -> Done | Refused:
    """Set a reminder of staff for an audience; the value is the id."""
    staff = await unit.staff.get(command.staff_id)
    if staff is None:
        return NO_REMINDER
    wrong = fault_of(command, staff, unit)
    if wrong is not None:
        return wrong
    made = await begin(unit, draft_of(command, staff, unit))
    await unit.events.add(by_staff(staff.id), "reminder_set", reminder=made)
    await _record_let_stand(unit, command, staff, made)
    return Done(made)


def draft_of(command: SetReminder | EditReminder, staff: Staff, unit: Unit) -> Reminder:
    """Return the reminder that an accepted command makes, before it is stored."""
    return Reminder(
        id=0,
        title=title_of(command.texts["da"]),
        texts=_tidy(command.texts),
        rule=command.rule,
        topic=command.topic,
        asks=command.asks,
        prepares=command.prepares,
        audience=command.audience,
        staff_id=staff.id,
        contact=staff.first_name,
        **_from_now(unit, command.rule),
    )


async def edit_reminder(command: EditReminder, unit: Unit) -> Done | Refused:
    """Change a reminder; the pending messages of the old version are cancelled."""
    staff = await unit.staff.get(command.staff_id)
    known = await unit.reminders.lock(command.reminder_id)
    if staff is None or known is None or known.state is ReminderState.ENDED:
        return NO_REMINDER
    if known.version != command.version:
        return Refused(_("Somebody else has changed it meanwhile. Look at it again."))
    wrong = fault_of(command, staff, unit)
    if wrong is not None:
        return wrong
    version = known.version + 1
    await unit.reminders.change(
        known.id,
        title=title_of(command.texts["da"]),
        texts=_tidy(command.texts),
        rule=command.rule,
        audience=command.audience,
        topic=command.topic,
        asks=command.asks,
        prepares=command.prepares,
        version=version,
        **_from_now(unit, command.rule),
    )
    await deliveries.cancel(unit, SUBJECT, known.id, Reason.EDITED, below=version)
    if known.state is ReminderState.ACTIVE:
        await _wind(unit, known.id, unit.now)
    await unit.events.add(by_staff(staff.id), "reminder_edited", reminder=known.id)
    await _record_let_stand(unit, command, staff, known.id)
    return Done(version)


async def _record_let_stand(
    unit: Unit, command: SetReminder | EditReminder, staff: Staff, reminder_id: int
) -> None:
    """Record why a leader kept a sentence that the check refuses."""
    reason = redact_text((command.let_stand or "").strip()).text
    if reason and staff.may(May.OVERRIDE):
        await unit.events.add(by_staff(staff.id), "let_stand", reminder=reminder_id, reason=reason)


async def hold_reminder(command: HoldReminder, unit: Unit) -> Done | Refused:
    """Pause a reminder, or resume it with the next occurrence after now."""
    known = await unit.reminders.lock(command.reminder_id)
    wanted = ReminderState.PAUSED if command.paused else ReminderState.ACTIVE
    if known is None or known.state is ReminderState.ENDED:
        return NO_REMINDER
    if known.state is wanted:
        return Done(known.id)
    await unit.reminders.change(known.id, state=wanted, **_from_now(unit, known.rule))
    if command.paused:
        await deliveries.cancel(unit, SUBJECT, known.id, Reason.HELD)
        await unit.timers.cancel(EXPAND, str(known.id))
    else:
        await _wind(unit, known.id, unit.now)
    verb = "reminder_paused" if command.paused else "reminder_resumed"
    await unit.events.add(command.by, verb, reminder=known.id)
    return Done(known.id)


async def end_reminder(command: EndReminder, unit: Unit) -> Done | Refused:
    """End a reminder; what is planned is cancelled.

    A reminder that was sent for the last time has ended, but can be planned again by a snooze.
    """
    known = await unit.reminders.lock(command.reminder_id)
    if known is None:
        return NO_REMINDER
    await _end(unit, known)
    if known.state is not ReminderState.ENDED:
        await unit.events.add(command.by, "reminder_ended", reminder=known.id)
    return Done(known.id)


async def export_reminder(command: ExportReminder, unit: Unit) -> Done | Refused:
    """Record that the results of a reminder to others are exported."""
    known = await unit.reminders.get(command.reminder_id)
    if known is None or known.is_own:
        return NO_REMINDER
    await unit.events.add(by_staff(command.staff_id), "reminder_exported", reminder=known.id)
    return Done(known.id)


def fault_of(command: SetReminder | EditReminder, staff: Staff, unit: Unit) -> Refused | None:
    """Return why a reminder of staff is refused; None where it is accepted."""
    texts = _tidy(command.texts)
    if "da" not in texts:
        return Refused(_("Write the text in Danish first."), "texts")
    for text in texts.values():
        wrong = refused_wording(
            text, staff, let_stand=command.let_stand, confirmed=True
        ) or text_fault(text)
        if wrong is not None:
            return replace(wrong, field="texts")
    rule = rule_or_refusal(command.rule, unit)
    if isinstance(rule, Refused):
        return rule
    return _audience_fault(command.audience)


def _audience_fault(audience: Mapping[str, Any]) -> Refused | None:
    """Return why an audience is refused; None where it is one."""
    unknown = Refused(_("Choose who is to get it."), "audience")
    try:
        parts = list(audiences.predicates(audiences.from_json(audience)))
    except ValueError:
        return unknown
    known = all(one.what in PREDICATES for one, _positive in parts)
    return None if known and len(parts) <= audiences.MOST_PARTS else unknown


def text_fault(text: str) -> Refused | None:
    """Return why the text of a reminder to others is refused; None where it is accepted."""
    if not _is_visible(text) or len(text) > LONGEST_TEXT:
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


def _is_visible(text: str) -> bool:
    """Return whether a reader sees anything of a text."""
    return any(one.isprintable() and not one.isspace() for one in text)


def rule_or_refusal(rule: Mapping[str, Any], unit: Unit) -> Rule | OwnDate | Refused:
    """Return the parsed rule; refuse a rule that cannot be read, or never occurs."""
    try:
        if SINCE in rule:
            return own_date_of(rule)
        parsed = rule_of(rule)
    except (KeyError, TypeError, ValueError):
        return WRONG_RULE
    return parsed if next_occurrences(parsed.recurrence, unit.calendar, unit.now, 1) else NEVER


def _tidy(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items() if _is_visible(text)}


def _from_now(unit: Unit, rule: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns after which only what is still to come is planned."""
    if SINCE in rule:
        return {"expanded_to": None, "expanding": {"from": unit.now.isoformat()}}
    return {"expanded_to": _passed(unit, rule_of(rule)), "expanding": None}


def _passed(unit: Unit, rule: Rule) -> date:
    """Return the last occurrence that is over, or yesterday: the later ones are to be planned."""
    passed = unit.calendar.local(unit.now).date() - timedelta(days=1)
    since = _day_before(unit, passed)
    for one in occurrences(rule.recurrence, unit.calendar, since):
        if max(one.instant, wanted_at(unit, rule, one)) >= unit.now:
            break
        passed = one.nominal
    return passed


async def begin(unit: Unit, new: Reminder) -> int:
    """Insert a reminder and set the timer of its first occurrence."""
    made = await unit.reminders.add(replace(new, **_from_now(unit, new.rule)))
    await _wind(unit, made, unit.now)
    return made


async def _end(unit: Unit, known: Reminder) -> None:
    """End a reminder: cancel what is planned, and its timer."""
    # With a new version, the silent are not asked again. Later occurrences than `expanded_to`
    # are those that calendar files cancel.
    yesterday = unit.calendar.local(unit.now).date() - timedelta(days=1)
    await unit.reminders.change(
        known.id,
        state=ReminderState.ENDED,
        ended_at=known.ended_at or unit.now,
        version=known.version + 1,
        expanded_to=yesterday,
    )
    await deliveries.cancel(unit, SUBJECT, known.id, Reason.ENDED)
    await unit.timers.cancel(EXPAND, str(known.id))


async def end_of_group(unit: Unit, group_id: int) -> None:
    """End the reminders that a lead set for a group."""
    for known in await unit.reminders.of_group(group_id):
        await _end(unit, known)


async def _wind(unit: Unit, reminder_id: int, at: datetime) -> None:
    """Set the timer that plans the deliveries of the next occurrence."""
    timer = NewTimer(EXPAND, str(reminder_id), f"reminder:{reminder_id}", at)
    await unit.timers.set(timer)


async def expand(unit: Unit, reminder_id: int) -> None:
    """Plan the deliveries of the occurrence that is due, and set the timer of the next one.

    After downtime only the newest occurrence whose time has come is sent; the earlier ones are
    recorded as missed. What prepares an event is planned days before its time.
    A large audience is planned in several transactions.
    """
    reminder = await unit.reminders.lock(reminder_id)
    if reminder is None or reminder.state is not ReminderState.ACTIVE:
        return
    if SINCE in reminder.rule:
        await _expand_own_dates(unit, reminder)
        return
    rule = rule_of(reminder.rule)
    due = _due(unit, reminder, rule)
    if due:
        after = _reached(reminder, due[-1])
        batch = await _recipients(unit, reminder, after)
        past = [one for one in due if wanted_at(unit, rule, one) <= unit.now]
        for occurrence in due:
            missed = occurrence in past[:-1]
            await _plan(unit, reminder, rule, (occurrence, missed), batch)
        if len(batch) == BATCH:
            reached = {"nominal": due[-1].nominal.isoformat(), "after": batch[-1].participant_id}
            await unit.reminders.change(reminder.id, expanding=reached)
            await _wind(unit, reminder.id, unit.now)
            return
        reminder = replace(reminder, expanded_to=due[-1].nominal)
        await unit.reminders.change(reminder.id, expanded_to=reminder.expanded_to, expanding=None)
    coming = next(iter(unplanned(unit, reminder, rule)), None)
    if coming is None and due and due[-1].instant > unit.now:
        # Until its last event the reminder can still be edited, paused and ended.
        await _wind(unit, reminder.id, due[-1].instant)
        return
    if coming is None:
        await unit.reminders.change(reminder.id, state=ReminderState.ENDED, ended_at=unit.now)
        return
    await _wind(unit, reminder.id, max(_expands_at(unit, reminder, rule, coming), unit.now))


async def _expand_own_dates(unit: Unit, reminder: Reminder) -> None:
    """Plan the messages of the next hour that are relative to a person's own date."""
    await unit.participants.complete()
    audience = audience_of(reminder)
    reached = await own_dates.plan_ahead(unit, reminder, audience, message_class(reminder), BATCH)
    await unit.reminders.change(reminder.id, expanding=reached)
    is_cut = "after" in reached
    await _wind(unit, reminder.id, unit.now if is_cut else unit.now + own_dates.LOOK_EVERY)


def unplanned(unit: Unit, reminder: Reminder, rule: Rule) -> Iterator[Occurrence]:
    """Yield the occurrences whose deliveries are not planned yet."""
    last = reminder.expanded_to
    found = occurrences(rule.recurrence, unit.calendar, _day_before(unit, last) if last else None)
    return (one for one in found if last is None or one.nominal > last)


def _day_before(unit: Unit, day: date) -> datetime:
    """Return an instant from which all later occurrences are found."""
    return unit.calendar.instant(day - timedelta(days=1), datetime.min.time())


def _due(unit: Unit, reminder: Reminder, rule: Rule) -> list[Occurrence]:
    """Return the occurrences to plan now; a half planned occurrence stays the last."""
    is_due = lambda one: _expands_at(unit, reminder, rule, one) <= unit.now  # noqa: E731 - read on the next line
    found = list(takewhile(is_due, unplanned(unit, reminder, rule)))
    half = (reminder.expanding or {}).get("nominal")
    if half is None:
        return found
    return [one for one in found if one.nominal.isoformat() <= half]


def _reached(reminder: Reminder, occurrence: Occurrence) -> int:
    """Return the last participant that is planned for an occurrence, or 0."""
    half = reminder.expanding or {}
    return int(half["after"]) if half.get("nominal") == occurrence.nominal.isoformat() else 0


def _expands_at(unit: Unit, reminder: Reminder, rule: Rule, occurrence: Occurrence) -> datetime:
    """Return when the deliveries of an occurrence are planned."""
    wanted = wanted_at(unit, rule, occurrence)
    return wanted - PREPARED_BY if reminder.prepares else wanted


def wanted_at(unit: Unit, rule: Rule, occurrence: Occurrence) -> datetime:
    """Return when an occurrence's message is wanted, before quiet hours are applied."""
    if rule.before is None:
        return occurrence.instant
    return rule.before.from_(occurrence.instant, unit.calendar)


async def _recipients(unit: Unit, reminder: Reminder, after: int) -> list[Recipient]:
    """Return the next recipients of a reminder, in order of participant."""
    await unit.participants.complete()
    return await unit.audiences.some(audience_of(reminder), BATCH, after=after)


def audience_of(reminder: Reminder) -> audiences.Audience:
    """Return who gets a reminder: its audience, its group, or the citizen who set it."""
    if reminder.participant_id is not None:
        return audiences.Is(audiences.PERSON, str(reminder.participant_id))
    if reminder.group_id is not None:
        return audiences.Is(audiences.GROUP, str(reminder.group_id))
    return audiences.from_json(reminder.audience or {})


def message_class(reminder: Reminder) -> MessageClass:
    """Return the class of a reminder's messages: asked for by who joined or set it, else news."""
    taken_on = is_taken_on(audience_of(reminder))
    return MessageClass.ASKED_FOR if taken_on else MessageClass.NEWS


def is_taken_on(audience: audiences.Audience) -> bool:
    """Return whether all of an audience have taken on a role, a group or a reminder."""
    match audience:
        case audiences.Is(what, _value):
            return what in {audiences.ROLE, audiences.GROUP, audiences.PERSON}
        case audiences.And(parts):
            return any(is_taken_on(part) for part in parts)
        case audiences.Or(parts):
            return all(is_taken_on(part) for part in parts)
        case _:
            return False


def delivery_to(
    unit: Unit, reminder: Reminder, rule: Rule, occurrence: Occurrence, to: Recipient
) -> Delivery:
    """Return the delivery of an occurrence to one recipient, moved out of quiet hours.

    It is not sent if quiet hours move it to less than three hours before the following one.
    """
    wanted = wanted_at(unit, rule, occurrence)
    event_at = occurrence.instant if reminder.prepares and wanted < occurrence.instant else None
    attention = message_class(reminder)
    useful_for = NEWS_USEFUL_FOR if attention is MessageClass.NEWS else USEFUL_FOR
    step = deliveries.prepares_step_of(event_at)
    planned = allowed(step, wanted, unit.calendar, to.own_quiet)
    following = next_occurrences(rule.recurrence, unit.calendar, occurrence.instant, 1)
    last = event_at or planned + useful_for
    is_crowded = False
    if following:
        last = min(last, max(planned, following[0].instant))
        later = allowed(step, wanted_at(unit, rule, following[0]), unit.calendar, to.own_quiet)
        is_crowded = wanted < planned and later - planned < CLOSEST
    return Delivery(
        id=0,
        subject_kind=SUBJECT,
        subject_id=reminder.id,
        occasion=occurrence.nominal.isoformat(),
        participant_id=to.participant_id,
        message_class=attention,
        version=reminder.version,
        wanted_at=wanted,
        planned_at=planned,
        topic=reminder.topic,
        event_at=event_at,
        not_after=last,
        asks=reminder.asks,
        state=DeliveryState.EXPIRED if is_crowded else DeliveryState.PLANNED,
        reason=Reason.MISSED if is_crowded else Reason.QUIET if planned != wanted else None,
    )


async def _plan(
    unit: Unit,
    reminder: Reminder,
    rule: Rule,
    occurrence: tuple[Occurrence, bool],
    batch: Sequence[Recipient],
) -> None:
    """Plan an occurrence for a batch of recipients; where it was *missed*, only record it."""
    which, missed = occurrence
    planned = [(to, delivery_to(unit, reminder, rule, which, to)) for to in batch]
    if missed:
        state, reason = DeliveryState.EXPIRED, Reason.MISSED
        planned = [(to, replace(one, state=state, reason=reason)) for to, one in planned]
    await deliveries.plan(unit, planned)
