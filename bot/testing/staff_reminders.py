"""Lines of staff about participants, groups and reminders, as commands of the console."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.calendar.phrases.reading import read
from bot.calendar.phrases.result import Repeats, When
from bot.calendar.recurrence import to_json
from bot.engine.ask_time import once
from bot.model import audience as audiences
from bot.model.commands.reminders import (
    AddGroup,
    AddParticipant,
    EditReminder,
    EndGroup,
    EndReminder,
    EndRole,
    GiveRole,
    HoldReminder,
    JoinGroup,
    LeaveGroup,
    SetReminder,
)
from bot.model.reminder import Reminder, ReminderState
from bot.model.staff import Staff
from bot.store.events import by_staff
from bot.store.unit import Unit

MOST = 1000  # people and reminders of a test
_LINES = tuple(
    re.compile(line, re.DOTALL)
    for line in (
        r"(?P<verb>enters) (?P<name>[^,:]+), (?P<phone>[\d ]+)",
        r"(?P<verb>gives) (?P<name>[^:]+) the role (?P<role>\w+)",
        r"(?P<verb>takes) the role (?P<role>\w+) from (?P<name>[^:]+)",
        r"(?P<verb>founds) (?P<group>[^:]+)",
        r"(?P<verb>dissolves) (?P<group>[^:]+)",
        r"(?P<verb>puts) (?P<name>[^:]+?) in (?P<group>[^:]+?)(?P<lead> as lead)?",
        r"(?P<verb>removes) (?P<name>[^:]+?) from (?P<group>[^:]+)",
        r"(?P<verb>reminds|tells|prepares) (?P<who>[^:,]+?)(?: about (?P<topic>\w+))?, (?P<when>[^:]+): (?P<words>.+)",  # noqa: E501 - one line of a chat
        r"(?P<verb>pauses|resumes|ends) the reminder",
        r"(?P<verb>rewords) the reminder: (?P<words>.+)",
    )
)


async def reminder_command(unit: Unit, staff: Staff, line: str) -> Any | None:
    """Return a line as a command; None where it is about something else."""
    found = next((match for one in _LINES if (match := one.fullmatch(line))), None)
    if found is None:
        return None
    told = found.groupdict()
    if "reminder" in line and "words" not in told:
        return await _of_newest(unit, staff, found["verb"])
    if "words" in told:
        return await _with_words(unit, staff, told)
    return await _of_people(unit, staff.id, told)


async def _of_people(unit: Unit, own: int, told: Mapping[str, Any]) -> Any:  # noqa: PLR0911 - one return per kind of line
    """Return a line about participants and groups as a command."""
    match told["verb"]:
        case "enters":
            return AddParticipant(own, told["name"], told["phone"])
        case "founds":
            return AddGroup(own, told["group"], "association")
        case "gives":
            return GiveRole(own, await participant_of(unit, told["name"]), told["role"])
        case "takes":
            return EndRole(own, await participant_of(unit, told["name"]), told["role"])
        case "dissolves":
            return EndGroup(own, await _group(unit, told["group"]))
    group, member = await _group(unit, told["group"]), await participant_of(unit, told["name"])
    if told["verb"] == "removes":
        return LeaveGroup(own, group, member)
    return JoinGroup(own, group, member, is_lead=bool(told["lead"]))


async def _with_words(unit: Unit, staff: Staff, told: Mapping[str, Any]) -> Any:
    """Return a line that sets a reminder, or changes the words of the newest one."""
    texts = {"da": told["words"]}
    if told["verb"] != "rewords":
        rule = {"recurrence": _rule(unit, told["when"])}
        who = audiences.to_json(await audience_of(unit, told["who"]))
        asks, prepares = told["verb"] == "reminds", told["verb"] == "prepares"
        return SetReminder(staff.id, texts, rule, who, told["topic"] or "tasks", asks, prepares)
    known = await _newest(unit)
    return EditReminder(
        staff.id,
        known.id,
        known.version,
        texts,
        known.rule,
        known.audience or {},
        known.topic,
        known.asks,
        known.prepares,
    )


async def _of_newest(unit: Unit, staff: Staff, verb: str) -> Any:
    """Return a line that pauses, resumes or ends the newest reminder."""
    newest, by = (await _newest(unit)).id, by_staff(staff.id)
    return EndReminder(by, newest) if verb == "ends" else HoldReminder(by, newest, verb == "pauses")


async def _newest(unit: Unit) -> Reminder:
    """Return the newest reminder of staff or a group."""
    return (await unit.reminders.shared(frozenset(ReminderState), 1))[0]


async def audience_of(unit: Unit, who: str) -> audiences.Audience:
    """Read “everyone”, “ambassadors”, or the name of a person or a group."""
    if who == "everyone":
        return audiences.Is(audiences.EVERYONE)
    if who == "ambassadors":
        return audiences.Is(audiences.ROLE, "ambassador")
    if who in {group.name for group in await unit.groups.live()}:
        return audiences.Is(audiences.GROUP, str(await _group(unit, who)))
    return audiences.Is(audiences.PERSON, str(await participant_of(unit, who)))


def _rule(unit: Unit, when: str) -> Mapping[str, Any]:
    """Read a Danish time phrase as the JSON of a recurrence."""
    match read(when, "da", unit.now, unit.calendar).meaning:
        case When() as moment:
            return to_json(once(moment))
        case Repeats(rule):
            return to_json(rule)
        case other:
            message = f"this is no time for a reminder: {when} ({other})"
            raise ValueError(message)


async def participant_of(unit: Unit, name: str) -> int:
    """Return the id of the participant with a first name; raise `StopIteration` without one."""
    await unit.participants.complete()
    everyone = await unit.audiences.some(audiences.Is(audiences.EVERYONE), MOST)
    return next(one.participant_id for one in everyone if one.first_name == name)


async def _group(unit: Unit, name: str) -> int:
    """Return the id of the live group with a name."""
    return next(group.id for group in await unit.groups.live() if group.name == name)
