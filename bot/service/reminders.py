"""Services for reminders: set, edit, pause and end them, and plan what is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Any

from bot.calendar.chain import allowed
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
    HoldReminder,
    RemindGroup,
    RemindMe,
    SetReminder,
)
from bot.model.delivery import Delivery, DeliveryState, MessageClass, Reason
from bot.model.reminder import LONGEST_TEXT, SUBJECT, Reminder, ReminderState
from bot.model.staff import Staff
from bot.redact import redact_text
from bot.service import deliveries
from bot.service.cases.wording import refused_wording
from bot.store.audiences import PREDICATES, Recipient
from bot.store.events import CITIZEN, by_staff
from bot.store.timers import NewTimer
from bot.store.unit import Unit
from bot.tone.neutral import revealing_word

EXPAND = "expand"  # the timer that plans the deliveries of an occurrence; subject: the id
BATCH = 1000  # recipients planned in one transaction, so that no citizen waits for it
# Quiet hours move what prepares an event to an earlier day; Christmas is the longest run.
PREPARED_BY = timedelta(days=8)
USEFUL_FOR = timedelta(hours=24)  # after its planned time, for a message that prepares nothing
MOST_OWN = 50  # live reminders of one citizen
NO_REMINDER = Refused(_("There is no such reminder."))
WRONG_RULE = Refused(_("I do not understand when it is to be sent."))
NEVER = Refused(_("It would never be sent: its days have passed."))


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
    wrong = _faults(command, staff, unit)
    if wrong is not None:
        return wrong
    new = Reminder(
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
    )
    made = await _begin(unit, new)
    await unit.events.add(by_staff(staff.id), "reminder_set", reminder=made)
    return Done(made)


async def edit_reminder(command: EditReminder, unit: Unit) -> Done | Refused:
    """Change a reminder; the pending messages of the old version are cancelled."""
    staff = await unit.staff.get(command.staff_id)
    known = await unit.reminders.lock(command.reminder_id)
    if staff is None or known is None or known.state is ReminderState.ENDED:
        return NO_REMINDER
    if known.version != command.version:
        return Refused(_("Somebody else has changed it meanwhile. Look at it again."))
    wrong = _faults(command, staff, unit)
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
        expanded_to=None,
        expanding=None,
    )
    await deliveries.cancel(unit, SUBJECT, known.id, Reason.EDITED, below=version)
    if known.state is ReminderState.ACTIVE:
        await _wind(unit, known.id, unit.now)
    await unit.events.add(by_staff(staff.id), "reminder_edited", reminder=known.id)
    return Done(version)


async def hold_reminder(command: HoldReminder, unit: Unit) -> Done | Refused:
    """Pause a reminder, or resume it with the next occurrence after now."""
    known = await unit.reminders.lock(command.reminder_id)
    wanted = ReminderState.PAUSED if command.paused else ReminderState.ACTIVE
    if known is None or known.state is ReminderState.ENDED:
        return NO_REMINDER
    if known.state is wanted:
        return Done(known.id)
    await unit.reminders.change(
        known.id, state=wanted, expanded_to=_yesterday(unit), expanding=None
    )
    if command.paused:
        await deliveries.cancel(unit, SUBJECT, known.id, Reason.HELD)
        await unit.timers.cancel(EXPAND, str(known.id))
    else:
        await _wind(unit, known.id, unit.now)
    verb = "reminder_paused" if command.paused else "reminder_resumed"
    await unit.events.add(command.by, verb, reminder=known.id)
    return Done(known.id)


async def end_reminder(command: EndReminder, unit: Unit) -> Done | Refused:
    """End a reminder; what is planned is cancelled."""
    known = await unit.reminders.lock(command.reminder_id)
    if known is None or known.state is ReminderState.ENDED:
        return NO_REMINDER
    await _end(unit, known)
    await unit.events.add(command.by, "reminder_ended", reminder=known.id)
    return Done(known.id)


async def remind_me(command: RemindMe, unit: Unit) -> Done | Refused:
    """Set a citizen's reminder to themselves, in their own words; the value is the id."""
    person = await unit.people.get(command.person_id)
    participant = await unit.participants.of_person(person.id, person.address)
    words = command.words.strip()
    if not words or len(words) > LONGEST_TEXT:
        return Refused(
            _("Write what I am to remind you about, in at most {most} characters.").with_(
                most=LONGEST_TEXT
            )
        )
    if len(await unit.reminders.of_participant(participant.id)) >= MOST_OWN:
        return Refused(_("You have {most} reminders. End one first.").with_(most=MOST_OWN))
    rule = _rule_or_refusal(command.rule, unit)
    if isinstance(rule, Refused):
        return rule
    new = Reminder(
        id=0,
        title=title_of(words),
        texts={person.language: words},
        rule=command.rule,
        topic="own",
        asks=True,
        participant_id=participant.id,
    )
    made = await _begin(unit, new)
    await unit.events.add(CITIZEN, "reminder_set", reminder=made)
    return Done({"reminder": made, "when": dict(command.rule)})


async def remind_group(command: RemindGroup, unit: Unit) -> Done | Refused:
    """Set a lead's reminder for the members of their group; the value is the id."""
    person = await unit.people.get(command.person_id)
    participant = await unit.participants.of_person(person.id, person.address)
    group_id = int(command.group_id)
    if group_id not in {one.id for one in await unit.groups.led_by(participant.id)}:
        return Refused(_("Only a lead of the group can do that."))
    wrong = text_fault(command.words)
    rule = _rule_or_refusal(command.rule, unit)
    if wrong is not None or isinstance(rule, Refused):
        return wrong or rule  # type: ignore[return-value]  # one of both is a refusal
    new = Reminder(
        id=0,
        title=title_of(command.words),
        texts={person.language: command.words.strip()},
        rule=command.rule,
        topic=f"group:{group_id}",
        asks=True,
        group_id=group_id,
        contact=person.address,
    )
    made = await _begin(unit, new)
    await unit.events.add(CITIZEN, "reminder_set", reminder=made, group=group_id)
    members = await unit.groups.members(group_id)
    return Done({"reminder": made, "when": dict(command.rule), "members": len(members)})


def _faults(command: SetReminder | EditReminder, staff: Staff, unit: Unit) -> Refused | None:
    """Return why a reminder of staff is refused; None where it is accepted."""
    texts = _tidy(command.texts)
    if "da" not in texts:
        return Refused(_("Write the text in Danish first."))
    for text in texts.values():
        wrong = refused_wording(
            text, staff, let_stand=command.let_stand, confirmed=True
        ) or text_fault(text)
        if wrong is not None:
            return wrong
    rule = _rule_or_refusal(command.rule, unit)
    if isinstance(rule, Refused):
        return rule
    return _audience_fault(command.audience)


def _audience_fault(audience: Mapping[str, Any]) -> Refused | None:
    """Return why an audience is refused; None where it is one."""
    unknown = Refused(_("Choose who is to get it."))
    try:
        parts = list(audiences.predicates(audiences.from_json(audience)))
    except ValueError:
        return unknown
    known = all(one.what in PREDICATES for one, _positive in parts)
    return None if known and len(parts) <= audiences.MOST_PARTS else unknown


def text_fault(text: str) -> Refused | None:
    """Return why the text of a reminder to others is refused; None where it is accepted."""
    if not text.strip() or len(text) > LONGEST_TEXT:
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


def _rule_or_refusal(rule: Mapping[str, Any], unit: Unit) -> Rule | Refused:
    """Return the parsed rule; refuse a rule that cannot be read, or never occurs."""
    try:
        parsed = rule_of(rule)
    except (KeyError, TypeError, ValueError):
        return WRONG_RULE
    return parsed if next_occurrences(parsed.recurrence, unit.calendar, unit.now, 1) else NEVER


def _tidy(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items() if text.strip()}


def _yesterday(unit: Unit) -> date:
    """Return the last day whose occurrences are over."""
    return unit.calendar.local(unit.now).date() - timedelta(days=1)


async def _begin(unit: Unit, new: Reminder) -> int:
    """Insert a reminder and set the timer of its first occurrence."""
    made = await unit.reminders.add(replace(new, expanded_to=_yesterday(unit)))
    await _wind(unit, made, unit.now)
    return made


async def _end(unit: Unit, known: Reminder) -> None:
    """End a reminder: cancel what is planned, and its timer."""
    # Later occurrences are those that calendar files cancel.
    await unit.reminders.change(
        known.id, state=ReminderState.ENDED, ended_at=unit.now, expanded_to=_yesterday(unit)
    )
    await deliveries.cancel(unit, SUBJECT, known.id, Reason.ENDED)
    await unit.timers.cancel(EXPAND, str(known.id))


async def _wind(unit: Unit, reminder_id: int, at: datetime) -> None:
    """Set the timer that plans the deliveries of the next occurrence."""
    timer = NewTimer(EXPAND, str(reminder_id), f"reminder:{reminder_id}", at)
    await unit.timers.set(timer)


async def expand(unit: Unit, reminder_id: int) -> None:
    """Plan the deliveries of the occurrence that is due, and set the timer of the next one.

    After downtime only the newest occurrence is sent; the earlier ones are recorded as missed.
    A large audience is planned in several transactions.
    """
    reminder = await unit.reminders.lock(reminder_id)
    if reminder is None or reminder.state is not ReminderState.ACTIVE:
        return
    rule = rule_of(reminder.rule)
    due = _due(unit, reminder, rule)
    if due:
        after = _reached(reminder, due[-1])
        batch = await _recipients(unit, reminder, after)
        for occurrence in due[:-1]:
            await _miss(unit, reminder, rule, occurrence, batch)
        await _plan(unit, reminder, rule, due[-1], batch)
        if len(batch) == BATCH:
            reached = {"nominal": due[-1].nominal.isoformat(), "after": batch[-1].participant_id}
            await unit.reminders.change(reminder.id, expanding=reached)
            await _wind(unit, reminder.id, unit.now)
            return
        reminder = replace(reminder, expanded_to=due[-1].nominal)
        await unit.reminders.change(reminder.id, expanded_to=reminder.expanded_to, expanding=None)
    coming = next(iter(_after(unit, reminder, rule)), None)
    if coming is None:
        await unit.reminders.change(reminder.id, state=ReminderState.ENDED, ended_at=unit.now)
        return
    await _wind(unit, reminder.id, max(_expands_at(unit, reminder, rule, coming), unit.now))


def _after(unit: Unit, reminder: Reminder, rule: Rule) -> Any:
    """Yield the occurrences after the last planned occurrence."""
    last = reminder.expanded_to
    found = occurrences(rule.recurrence, unit.calendar, _day_before(unit, last) if last else None)
    return (one for one in found if last is None or one.nominal > last)


def _day_before(unit: Unit, day: date) -> datetime:
    """Return an instant from which all later occurrences are found."""
    return unit.calendar.instant(day - timedelta(days=1), datetime.min.time())


def _due(unit: Unit, reminder: Reminder, rule: Rule) -> list[Occurrence]:
    """Return the occurrences to plan now; a half planned occurrence stays the last."""
    is_due = lambda one: _expands_at(unit, reminder, rule, one) <= unit.now  # noqa: E731 - used in the next line only
    found = list(takewhile(is_due, _after(unit, reminder, rule)))
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


def next_time(unit: Unit, reminder: Reminder) -> datetime | None:
    """Return when a reminder's next message is wanted, or None where there is none."""
    rule = rule_of(reminder.rule)
    coming = next_occurrences(rule.recurrence, unit.calendar, unit.now, 1)
    return wanted_at(unit, rule, coming[0]) if coming else None


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
    """Return the delivery of an occurrence to one recipient, moved out of quiet hours."""
    wanted = wanted_at(unit, rule, occurrence)
    event_at = occurrence.instant if reminder.prepares else None
    step = deliveries.prepares_step_of(event_at)
    planned = allowed(step, wanted, unit.calendar, to.own_quiet)
    following = next_occurrences(rule.recurrence, unit.calendar, occurrence.instant, 1)
    last = event_at or planned + USEFUL_FOR
    if following:
        last = min(last, max(planned, following[0].instant))
    return Delivery(
        id=0,
        subject_kind=SUBJECT,
        subject_id=reminder.id,
        occasion=occurrence.nominal.isoformat(),
        participant_id=to.participant_id,
        message_class=message_class(reminder),
        version=reminder.version,
        wanted_at=wanted,
        planned_at=planned,
        topic=reminder.topic,
        event_at=event_at,
        not_after=last,
        asks=reminder.asks,
        reason=Reason.QUIET if planned != wanted else None,
    )


async def _plan(
    unit: Unit, reminder: Reminder, rule: Rule, occurrence: Occurrence, batch: Sequence[Recipient]
) -> None:
    """Plan the deliveries of an occurrence to a batch of recipients."""
    planned = [(to, delivery_to(unit, reminder, rule, occurrence, to)) for to in batch]
    await deliveries.plan(unit, planned)


async def _miss(
    unit: Unit, reminder: Reminder, rule: Rule, occurrence: Occurrence, batch: Sequence[Recipient]
) -> None:
    """Record an occurrence that fell into downtime: a later one is sent instead."""
    missed = [
        (
            to,
            replace(
                delivery_to(unit, reminder, rule, occurrence, to),
                state=DeliveryState.EXPIRED,
                reason=Reason.MISSED,
            ),
        )
        for to in batch
    ]
    await deliveries.plan(unit, missed)
