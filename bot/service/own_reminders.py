"""Services for reminders that citizens set: for themselves, or as a lead for their group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.calendar.recurrence import Unit as Counts
from bot.calendar.recurrence import from_json, next_occurrences
from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.case import title_of
from bot.model.commands.reminders import RemindGroup, RemindMe
from bot.model.delivery import OWN_TOPIC
from bot.model.reminder import LONGEST_TEXT, Reminder
from bot.service.reminder_rules import rule_or_refusal, text_fault
from bot.service.reminders import begin
from bot.store.events import CITIZEN
from bot.store.unit import Unit

MOST_OWN = 50  # live reminders of one citizen


async def remind_me(command: RemindMe, unit: Unit) -> Done | Refused:
    """Set a citizen's reminder to themselves, in their own words; the value is the id."""
    person = await unit.people.get(command.person_id)
    participant = await unit.participants.of_person(person.id, person.address)
    words = (command.plainer or command.words).strip()
    if not words or len(words) > LONGEST_TEXT:
        return Refused(
            _("Write what I am to remind you about, in at most {most} characters.").with_(
                most=LONGEST_TEXT
            )
        )
    if len(await unit.reminders.of_participant(participant.id)) >= MOST_OWN:
        return Refused(_("You have {most} reminders. End one first.").with_(most=MOST_OWN))
    rule = rule_or_refusal(command.rule, unit)
    if isinstance(rule, Refused):
        return rule
    new = Reminder(
        id=0,
        title=title_of(words),
        texts={person.language: words},
        rule=command.rule,
        topic=OWN_TOPIC,
        asks=True,
        participant_id=participant.id,
    )
    made = await begin(unit, new)
    await unit.events.add(CITIZEN, "reminder_set", reminder=made)
    return Done({"reminder": made, "when": _when(unit, command.rule), "about": words})


def _when(unit: Unit, rule: Mapping[str, Any]) -> dict[str, Any]:
    """Return a rule with the day on which it first happens, for the receipt."""
    first = next_occurrences(from_json(rule["recurrence"]), unit.calendar, unit.now, 1)
    return {**rule, "first": first[0].day.isoformat()} if first else dict(rule)


def _sent(unit: Unit, rule: Mapping[str, Any]) -> dict[str, Any]:
    """Return when the members get it: the rule, or the moment to which quiet hours move it."""
    recurrence = from_json(rule["recurrence"])
    first = next_occurrences(recurrence, unit.calendar, unit.now, 1)
    if not first or recurrence.unit is not Counts.ONCE or not unit.calendar.quiet(first[0].instant):
        return _when(unit, rule)
    return {"instant": unit.calendar.next_allowed(first[0].instant).isoformat()}


async def remind_group(command: RemindGroup, unit: Unit) -> Done | Refused:
    """Set a lead's reminder for the members of their group; the value is the id."""
    person = await unit.people.get(command.person_id)
    participant = await unit.participants.of_person(person.id, person.address)
    group_id = int(command.group_id)
    if group_id not in {one.id for one in await unit.groups.led_by(participant.id)}:
        return Refused(_("Only a lead of the group can do that."))
    wrong = text_fault(command.words)
    rule = rule_or_refusal(command.rule, unit)
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
        participant_id=participant.id,
        contact=person.address,
    )
    made = await begin(unit, new)
    await unit.events.add(CITIZEN, "reminder_set", reminder=made, group=group_id)
    members = await unit.groups.members(group_id)
    return Done({"reminder": made, "when": _sent(unit, command.rule), "members": len(members)})
