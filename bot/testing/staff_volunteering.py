"""Lines of staff about volunteering, as commands of the console."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from bot.calendar.phrases.reading import read
from bot.calendar.phrases.result import When
from bot.model.audience import Or, to_json
from bot.model.commands.volunteering import (
    AddInvitation,
    AddShift,
    AddWalkIn,
    CancelShift,
    ChangeShift,
    ConfirmRequest,
    EditOpportunity,
    EndInvitation,
    EndOpportunity,
    ImportOpportunities,
    MarkAttendance,
    PauseOpportunity,
    PublishOpportunity,
    RejectRequest,
    SetGate,
    SignUpFor,
    WriteVolunteer,
)
from bot.model.opportunity import Kind, Opportunity, Shift
from bot.model.signup import Signup
from bot.model.staff import Staff
from bot.service.content import shipped_opportunities
from bot.store.events import by_staff
from bot.store.unit import Unit
from bot.testing.staff_reminders import MOST, audience_of, participant_of

_LINES = tuple(
    re.compile(line, re.DOTALL)
    for line in (
        r"(?P<verb>imports) the opportunities",
        r"(?P<verb>publishes|holds) (?P<code>V\d+)",
        r"(?P<verb>stops) (?P<code>V\d+): (?P<words>.+)",
        r"(?P<verb>plans) (?P<code>V\d+) (?P<when>[^:]+?) for (?P<minutes>\d+) minutes(?: with (?P<seats>\d+) places?)?",  # noqa: E501 - one line of a chat
        r"(?P<verb>moves) (?P<code>V\d+) to (?P<when>[^:]+?)(?P<quietly> without asking)?",
        r"(?P<verb>seats) (?P<code>V\d+) with (?P<seats>\d+) places?",
        r"(?P<verb>cancels) (?P<code>V\d+): (?P<words>.+)",
        r"(?P<verb>makes) (?P<name>[^:]+) a contact of (?P<code>V\d+)",
        r"(?P<verb>signs up) (?P<name>[^:]+) for (?P<code>V\d+)",
        r"(?P<verb>invites|calls) (?P<who>[^:,]+?) to (?P<code>V\d+) for (?P<quota>\d+) places?: (?P<words>.+)",  # noqa: E501 - one line of a chat
        r"(?P<verb>ends the invitation) to (?P<code>V\d+)",
        r"(?P<verb>accepts) (?P<name>[^:]+) for (?P<code>V\d+)",
        r"(?P<verb>rejects) (?P<name>[^:]+) for (?P<code>V\d+): (?P<words>.+)",
        r"(?P<verb>sets) (?P<gate>\w+) of (?P<name>[^:]+) to (?P<state>\w+)",
        r"(?P<verb>marks) (?P<name>[^:]+) as (?P<state>\w+) at (?P<code>V\d+)",
        r"(?P<verb>writes) to (?P<name>[^:]+) about (?P<code>V\d+): (?P<words>.+)",
        r"(?P<verb>counts) (?P<name>[^:]+) in at (?P<code>V\d+)",
    )
)


async def volunteering_command(unit: Unit, staff: Staff, line: str) -> Any | None:
    """Return a line as a command; None where it is about something else.

    A code names the opportunity, and also its next or its newest shift.
    """
    found = next((match for one in _LINES if (match := one.fullmatch(line))), None)
    if found is None:
        return None
    told = found.groupdict()
    if told["verb"] == "imports":
        return ImportOpportunities(staff.id, shipped_opportunities(), publishes=True)
    if told["verb"] == "sets":
        who = await participant_of(unit, told["name"])
        return SetGate(staff.id, who, told["gate"], told["state"])
    opportunity = await _opportunity(unit, told["code"])
    if "quota" in told or "invitation" in told["verb"]:
        return await _of_invitation(unit, staff, told, opportunity)
    if "name" in told:
        return await _of_person(unit, staff, told, opportunity)
    return await _of_shift(unit, staff, told, opportunity)


async def _of_shift(
    unit: Unit, staff: Staff, told: Mapping[str, Any], opportunity: Opportunity
) -> Any:
    """Return a line about an opportunity or its next shift as a command."""
    match told["verb"]:
        case "publishes":
            return PublishOpportunity(staff.id, opportunity.id)
        case "holds":
            return PauseOpportunity(staff.id, opportunity.id)
        case "stops":
            return EndOpportunity(staff.id, opportunity.id, told["words"])
        case "plans":
            begins = _moment(unit, told["when"])
            seats = int(told["seats"]) if told["seats"] else None
            ends = begins + timedelta(minutes=int(told["minutes"]))
            return AddShift(staff.id, opportunity.id, begins, ends, seats)
    shift = await _next_shift(unit, opportunity)
    if told["verb"] == "cancels":
        return CancelShift(staff.id, shift.id, told["words"])
    begins = _moment(unit, told["when"]) if "when" in told else shift.begins_at
    return ChangeShift(
        staff.id,
        shift.id,
        shift.version,
        begins,
        begins + shift.length,
        int(told["seats"]) if "seats" in told else shift.seats,
        shift.places,
        asks=not told.get("quietly"),
    )


async def _of_invitation(
    unit: Unit, staff: Staff, told: Mapping[str, Any], opportunity: Opportunity
) -> AddInvitation | EndInvitation:
    """Return a line about an invitation; “calls” is a shortage call, names are joined by “and”."""
    if "who" not in told:
        newest = (await unit.volunteer_invitations.of_opportunity(opportunity.id, 1))[0]
        return EndInvitation(by_staff(staff.id), newest.id)
    each = tuple([await audience_of(unit, who) for who in told["who"].split(" and ")])
    by_agreement = opportunity.kind is Kind.AGREEMENT
    return AddInvitation(
        staff.id,
        opportunity.id,
        None if by_agreement else (await _next_shift(unit, opportunity)).id,
        {"da": told["words"]},
        to_json(each[0] if len(each) == 1 else Or(each)),
        int(told["quota"]),
        shortage=told["verb"] == "calls",
    )


async def _of_person(
    unit: Unit, staff: Staff, told: Mapping[str, Any], opportunity: Opportunity
) -> Any:
    """Return a line about a person and an opportunity as a command."""
    who = await participant_of(unit, told["name"])
    if told["verb"] == "makes":
        return EditOpportunity(
            staff.id, opportunity.id, opportunity.version, {}, (staff.id,), (who,)
        )
    if told["verb"] == "signs up":
        shift = await _next_shift(unit, opportunity) if opportunity.rule else None
        return SignUpFor(staff.id, who, opportunity.id, shift.id if shift else None, agreed=True)
    if told["verb"] == "counts":
        return AddWalkIn(
            by_staff(staff.id), (await _last_shift(unit, opportunity)).id, who, agreed=True
        )
    signup = await _signup(unit, who, opportunity)
    if told["verb"] == "accepts":
        return ConfirmRequest(staff.id, signup.id)
    if "words" in told:
        command = WriteVolunteer if told["verb"] == "writes" else RejectRequest
        return command(staff.id, signup.id, told["words"])
    return MarkAttendance(by_staff(staff.id), signup.id, told["state"])


async def _opportunity(unit: Unit, code: str) -> Opportunity:
    """Return the opportunity with a code; raise `ValueError` for an unknown one."""
    known = await unit.opportunities.of_code(code)
    if known is None:
        message = f"no opportunity has the code {code}"
        raise ValueError(message)
    return known


async def _next_shift(unit: Unit, opportunity: Opportunity) -> Shift:
    """Return the next shift of an opportunity."""
    return (await unit.shifts.of([opportunity.id], after=unit.now))[0]


async def _last_shift(unit: Unit, opportunity: Opportunity) -> Shift:
    """Return the newest shift of an opportunity that has begun."""
    begun = await unit.shifts.of([opportunity.id], after=unit.now - timedelta(days=30))
    return [one for one in begun if one.begins_at <= unit.now][-1]


async def _signup(unit: Unit, participant_id: int, opportunity: Opportunity) -> Signup:
    """Return a person's newest sign-up for an opportunity."""
    newest = await unit.signups.of_person(participant_id, MOST)
    return next(one for one in newest if one.opportunity_id == opportunity.id)


def _moment(unit: Unit, words: str) -> datetime:
    """Read a Danish moment with a clock time."""
    match read(words, "da", unit.now, unit.calendar).meaning:
        case When(day=day, at=time() as at):
            return unit.calendar.instant(day, at)
        case other:
            message = f"this is no moment: {words} ({other})"
            raise ValueError(message)
