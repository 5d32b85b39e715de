"""Attendance in the chat: a contact notes who came, and shows the code of a shift."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.documents.qr_code import qr_code
from bot.engine.effects import Send
from bot.engine.events import Done, Refused
from bot.model.commands.volunteering import MarkAttendance, NewCode
from bot.model.link import check_in_link
from bot.model.opportunity import Shift, said
from bot.model.signup import COMES, WAS_THERE, SignupState
from bot.runner.chat_files import put_picture
from bot.runner.context import TurnContext
from bot.service import execute
from bot.service.volunteering.attendance import DISPUTED_WITHIN
from bot.service.volunteering.contacts import first_contact
from bot.store.events import CONTACT
from flows import attendance_cards, cards
from flows.attendance_cards import Attendee
from flows.shift_cards import Shown

AHEAD = timedelta(days=1)
MOST_SHIFTS = 20
LISTED = COMES | WAS_THERE | {SignupState.EXCUSED, SignupState.NO_SHOW}


async def show_shifts(context: TurnContext) -> None:
    """Show the shifts of the last 14 days and of tomorrow whose contact the citizen is."""
    unit = context.unit
    led = await unit.opportunities.led_by(await _own_id(context))
    since = context.now - DISPUTED_WITHIN
    found = [
        one
        for one in (await unit.shifts.of(led, after=since) if led else [])
        if one.begins_at <= context.now + AHEAD
    ]
    rows = [(one.id, await _shown(context, one)) for one in found[-MOST_SHIFTS:]]
    context.send(attendance_cards.shifts(rows))


async def show_list(context: TurnContext, shift_id: int | None) -> None:
    """Show who is signed up for a shift, with a button for each."""
    shift = await _led(context, shift_id)
    context.send(await _list(context, shift) if shift else attendance_cards.shifts(()))


async def came(context: TurnContext, signup_id: int | None) -> None:
    """Note that a volunteer came, or undo it."""
    known = await context.unit.signups.get(signup_id) if signup_id is not None else None
    shift = await _led(context, known.shift_id) if known is not None else None
    if known is None or shift is None:
        context.send(attendance_cards.shifts(()))
        return
    state = SignupState.CONFIRMED if known.state in WAS_THERE else SignupState.ATTENDED
    if await _mark(context, known.id, state):
        context.send(attendance_cards.redrawn(await _list(context, shift)))


async def everyone_came(context: TurnContext, shift_id: int | None) -> None:
    """Note that all volunteers of a shift came."""
    await _mark_rest(context, shift_id, SignupState.ATTENDED)


async def others_absent(context: TurnContext, shift_id: int | None) -> None:
    """Note that the volunteers who are not marked did not come."""
    await _mark_rest(context, shift_id, SignupState.NO_SHOW)


async def _mark_rest(context: TurnContext, shift_id: int | None, state: SignupState) -> None:
    """Mark the volunteers of a shift who are not marked yet.

    A check-in is an answer to whether they came, and it is confirmed like those of the others.
    """
    shift = await _led(context, shift_id)
    if shift is None:
        context.send(attendance_cards.shifts(()))
        return
    states = COMES if state is SignupState.ATTENDED else COMES - WAS_THERE
    for one in await context.unit.signups.of_shift(shift.id, states):
        if not await _mark(context, one.id, state):
            return
    context.send(attendance_cards.redrawn(await _list(context, shift)))


async def show_code(context: TurnContext, shift_id: int | None) -> None:
    """Make the code of a shift, and show its link and its QR code."""
    shift = await _led(context, shift_id)
    if shift is None:
        context.send(attendance_cards.shifts(()))
        return
    outcome = await execute(NewCode(CONTACT, shift.id), context.unit)
    if not isinstance(outcome, Done):
        context.send(Send(outcome.why, (cards.TO_MENU,)))
        return
    address = check_in_link(context.runtime.bot_link, outcome.value)
    await put_picture(context, "qr.png", qr_code(address, "png"))
    context.send(attendance_cards.code(shift.id, address))


async def not_noted(context: TurnContext, payload: Mapping[str, Any]) -> None:
    """Remind a contact that it is not noted who came to a shift."""
    shift = await context.unit.shifts.get(payload["shift"])
    if shift is not None:
        context.send(attendance_cards.not_noted(shift.id, await _shown(context, shift)))


async def not_in_order(context: TurnContext, payload: Mapping[str, Any]) -> None:
    """Tell a contact that a person who checks in lacks what is needed first."""
    shift = await context.unit.shifts.get(payload["shift"])
    known = await context.unit.participants.shown(payload["participant"])
    if shift is not None and known is not None:
        shown = await _shown(context, shift)
        context.send(attendance_cards.not_in_order(shift.id, shown, known.first_name))


async def _mark(context: TurnContext, signup_id: int, state: SignupState) -> bool:
    """Mark a volunteer; send the reason and return False where it is refused."""
    outcome = await execute(MarkAttendance(CONTACT, signup_id, state), context.unit)
    if isinstance(outcome, Refused):
        context.send(Send(outcome.why, (cards.TO_MENU,)))
        return False
    return True


async def _list(context: TurnContext, shift: Shift) -> Send:
    """Return the list of a shift."""
    attendees = []
    for one in await context.unit.signups.of_shift(shift.id, LISTED):
        known = await context.unit.participants.shown(one.participant_id)
        attendees.append(Attendee(one.id, known.first_name if known else "?", one.state))
    is_over = context.now >= shift.ends_at
    return attendance_cards.listed(
        shift.id, await _shown(context, shift), attendees, shift.unnamed, is_over=is_over
    )


async def _led(context: TurnContext, shift_id: int | None) -> Shift | None:
    """Return a shift whose contact the citizen is, or None."""
    shift = await context.unit.shifts.get(shift_id) if shift_id is not None else None
    led = await context.unit.opportunities.led_by(await _own_id(context))
    return shift if shift is not None and shift.opportunity_id in led else None


async def _own_id(context: TurnContext) -> int:
    """Return the citizen's id as a participant."""
    citizen = context.citizen
    return (await context.unit.participants.of_person(citizen.id, citizen.address)).id


async def _shown(context: TurnContext, shift: Shift) -> Shown:
    """Return title, time and place of a shift."""
    known = await context.unit.opportunities.get(shift.opportunity_id)
    return Shown(
        title=said(known.titles, context.language) if known is not None else "",
        contact=await first_contact(context.unit, shift.opportunity_id),
        when=shift.begins_at,
        ends=context.calendar.local(shift.ends_at).time(),
        place=said(shift.places or (known.places if known else None), context.language),
    )
