"""Messages about a sign-up in the chat: whether one is still sent, and how it is rendered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.calendar import Calendar
from bot.engine.effects import Button, Send
from bot.i18n import Listed, Text
from bot.model.delivery import Delivery, Reason
from bot.model.opportunity import GATE_NAMES, Gate, Opportunity, Shift, ShiftState, said
from bot.model.signup import COMES, LIVE, Signup, SignupState
from bot.runner.context import TurnContext
from bot.service.volunteering import attendance, queue, requests, signup_messages
from bot.service.volunteering.contacts import first_contact, first_staff
from bot.service.volunteering.signup_messages import CHANGED, kind_of
from bot.store.outbox import NewOutbox, Priority
from bot.store.unit import Unit
from flows import cards, reminder_cards, shift_cards
from flows.shift_cards import Shown

# In which states of the sign-up a message is still sent; a message that is not here always is.
SENT_IN = {
    signup_messages.ASK: COMES,
    signup_messages.NOTE: COMES,
    signup_messages.THANKS: frozenset({SignupState.ATTENDED, SignupState.CONFIRMED}),
    signup_messages.OFFER: frozenset({SignupState.OFFERED}),
    signup_messages.FREE: frozenset({SignupState.WAITLISTED}),
    signup_messages.STANDIN: frozenset({SignupState.WAITLISTED}),
    signup_messages.MOVED: COMES,
    signup_messages.NO_SHOW: frozenset({SignupState.NO_SHOW}),
    signup_messages.ORDERED: frozenset({SignupState.REQUESTED}),
    signup_messages.REOPENED: frozenset({SignupState.REQUESTED}),
    signup_messages.NEEDS: LIVE,
    CHANGED: LIVE - COMES,
}
TEXTS: Mapping[str, Text] = {
    signup_messages.ASK: shift_cards.ASK,
    signup_messages.NOTE: shift_cards.NOTE,
    signup_messages.THANKS: shift_cards.THANKS,
    signup_messages.OFFER: shift_cards.OFFER,
    signup_messages.FREE: shift_cards.FREE,
    signup_messages.STANDIN: shift_cards.STANDIN_WANTED,
    signup_messages.MOVED: shift_cards.MOVED,
    signup_messages.CONFIRMED: shift_cards.CONFIRMED,
    signup_messages.WAITLISTED: shift_cards.WAITLISTED,
    signup_messages.REJECTED: shift_cards.REJECTED,
    signup_messages.CANCELLED: shift_cards.CANCELLED,
    signup_messages.REPLACED: shift_cards.REPLACED,
    signup_messages.NOT_NEEDED: shift_cards.NOT_NEEDED,
    signup_messages.UNANSWERED: shift_cards.UNANSWERED,
    signup_messages.NO_SHOW: shift_cards.NO_SHOW,
    signup_messages.STAYS: shift_cards.STAYS,
    signup_messages.CORRECTED: shift_cards.CORRECTED,
    signup_messages.ORDERED: shift_cards.ORDERED,
    signup_messages.REOPENED: shift_cards.REOPENED,
    signup_messages.WROTE: shift_cards.WROTE,
    signup_messages.NEEDS: shift_cards.NEEDS,
    CHANGED: shift_cards.CHANGED,
}


async def withheld(unit: Unit, delivery: Delivery) -> Reason | None:
    """Return why a message about a sign-up is no longer sent; None where it is."""
    kind = kind_of(delivery)
    known = await _signup(unit, delivery, settles=kind == signup_messages.THANKS)
    if known is None or known.state not in SENT_IN.get(kind, frozenset(SignupState)):
        return Reason.ENDED
    if kind in signup_messages.QUESTIONS and known.says_coming_at is not None:
        return Reason.ANSWERED
    if kind == signup_messages.NEEDS:
        return None if await requests.waits_for_gate(unit, known) else Reason.ENDED
    if known.shift_id is None or kind not in SENT_IN:
        return None
    shift = await unit.shifts.get(known.shift_id)
    if (
        shift is None
        or shift.state is ShiftState.CANCELLED
        or (kind in signup_messages.OFFERS and await _is_taken(unit, delivery, shift))
    ):
        return Reason.ENDED
    is_older = kind == CHANGED and delivery.occasion != f"{CHANGED}:{shift.version}"
    return Reason.EDITED if is_older or shift.version != delivery.version else None


async def changed_since(context: TurnContext, delivery: Delivery) -> Send | None:
    """Return the question again where the shift has changed since it was asked; else None.

    It is the question about the change, so that the person is asked again only about that.
    """
    unit, is_offer = context.unit, kind_of(delivery) in signup_messages.OFFERS
    known = await unit.signups.get(delivery.subject_id)
    states = LIVE - COMES if is_offer else COMES
    if known is None or known.shift_id is None or known.state not in states:
        return None
    shift = await unit.shifts.get(known.shift_id)
    if shift is None or shift.version == delivery.version:
        return None
    shown = await shown_of(context, known)
    asked = await signup_messages.about_change(unit, known, shift)
    if is_offer or asked is None:
        await unit.deliveries.change(delivery, version=shift.version)
    if is_offer:
        return shift_cards.offer(shift_cards.said(shift_cards.CHANGED_OFFER, shown), delivery)
    return shift_cards.question(shift_cards.said(shift_cards.MOVED, shown), asked or delivery)


async def _is_taken(unit: Unit, delivery: Delivery, shift: Shift) -> bool:
    """Return whether the place that a message offers to all is gone before it is sent."""
    kind = signup_messages.kind_of(delivery)
    if kind == signup_messages.FREE:
        return await queue.free_places(unit, shift) == 0
    if kind != signup_messages.STANDIN:
        return False  # an offer to one person holds its place
    wanted = await unit.signups.get(signup_messages.standin_for(delivery))
    return wanted is None or wanted.state is not SignupState.STANDIN_WANTED


async def _signup(unit: Unit, delivery: Delivery, *, settles: bool) -> Signup | None:
    """Return the sign-up; after the shift, a checked-in volunteer is counted as there."""
    if settles:
        return await attendance.settle(unit, delivery.subject_id)
    return await unit.signups.get(delivery.subject_id)


async def render(
    context: TurnContext,
    delivery: Delivery,
    again: bool,  # noqa: FBT001 - called by position, as in `Subject`
) -> Send:
    """Return a message about a sign-up; *again* asks the silent a second time."""
    known = await context.unit.signups.get(delivery.subject_id)
    if known is None:
        message = f"delivery {delivery.id} has no sign-up"
        raise RuntimeError(message)
    shown = await shown_of(context, known)
    kind = kind_of(delivery)
    if kind == signup_messages.WROTE and known.written_by is not None:
        staff = await context.unit.staff.get(known.written_by)
        signed = staff.first_name if staff is not None else shown.contact
        shown = replace(shown, contact=signed, reason=known.written or "")
    text = _text(kind, known, shown, again=again)
    if kind == signup_messages.THANKS:
        return await _thanks(context, delivery, known, shown)
    filled = shift_cards.said(text, shown)
    if kind == signup_messages.NOTE:
        return await _note(context, delivery, known, filled)
    if kind == signup_messages.ORDERED:
        filled = filled.with_(gate=GATE_NAMES[Gate(delivery.occasion.split(":")[1])])
    if kind == signup_messages.NEEDS:
        missing = await requests.missing_gates(context.unit, known)
        filled = filled.with_(gates=Listed(tuple(GATE_NAMES[gate] for gate in missing)))
    if kind in signup_messages.QUESTIONS:
        return shift_cards.question(filled, delivery)
    if text is shift_cards.REJECTED_GATE:
        why = shift_cards.button(delivery, "why", shift_cards.ASK_WHY)
        return Send(filled, (why, *_see_others(delivery, shown)))
    if kind in signup_messages.OFFERS:
        return shift_cards.offer(filled, delivery)
    return Send(filled, _BUTTONS.get(kind, _ways_out)(delivery, shown))


async def _note(context: TurnContext, delivery: Delivery, known: Signup, text: Text) -> Send:
    """Return the note before a shift; a silent volunteer is asked in it whether they come."""
    opportunity = await context.unit.opportunities.get(known.opportunity_id)
    has_spot = opportunity is not None and opportunity.latitude is not None
    map_button = cards.command_button(f"shiftmap.{known.id}", shift_cards.SHOW_MAP)
    more = (map_button,) if has_spot else ()
    return shift_cards.noted(text, delivery, more, asks=known.says_coming_at is None)


def _text(kind: str, known: Signup, shown: Shown, *, again: bool) -> Text:
    """Return the text of a kind of message about a sign-up."""
    match kind:
        case signup_messages.REJECTED if not shown.reason:
            return shift_cards.REJECTED_GATE
        case signup_messages.CONFIRMED if known.shift_id is None and shown.due:
            return shift_cards.CONFIRMED_AGREED
        case signup_messages.CONFIRMED if shown.gates:
            return shift_cards.CONFIRMED_GATES
        case signup_messages.NOTE:
            return shift_cards.note(shown, asks=known.says_coming_at is None)
        case signup_messages.ASK | signup_messages.MOVED if again:
            return shift_cards.ASK_AGAIN
    return TEXTS[kind]


def _ways_out(_delivery: Delivery, _shown: Shown) -> tuple[Button, ...]:
    return (cards.TO_OVERVIEW, cards.TO_MENU)


def _see_others(_delivery: Delivery, _shown: Shown) -> tuple[Button, ...]:
    return (shift_cards.SEE_OTHERS, cards.TO_MENU)


def _place(delivery: Delivery, shown: Shown) -> tuple[Button, ...]:
    """Return the buttons of a message about a confirmed place."""
    own = delivery.subject_id
    if shown.when is None:
        first = shift_cards.write_button(own, shown.contact)
    else:
        first = shift_cards.file_button(own)
    return (first, shift_cards.leave_button(own), *_ways_out(delivery, shown))


def _waits(delivery: Delivery, shown: Shown) -> tuple[Button, ...]:
    return (shift_cards.leave_button(delivery.subject_id), *_ways_out(delivery, shown))


def _not_there(delivery: Delivery, _shown: Shown) -> tuple[Button, ...]:
    return (shift_cards.button(delivery, "was", shift_cards.WAS_THERE), cards.TO_MENU)


_BUTTONS: Mapping[str, Callable[[Delivery, Shown], tuple[Button, ...]]] = {
    signup_messages.CONFIRMED: _place,
    signup_messages.REJECTED: _see_others,
    signup_messages.CANCELLED: _see_others,
    signup_messages.NOT_NEEDED: _see_others,
    signup_messages.UNANSWERED: _see_others,
    signup_messages.NO_SHOW: _not_there,
    CHANGED: _waits,
}


async def _thanks(context: TurnContext, delivery: Delivery, known: Signup, shown: Shown) -> Send:
    """Return the thanks after a shift; some numbers of times get a line of their own."""
    is_sure = known.state is SignupState.ATTENDED
    text = shift_cards.THANKS if is_sure else shift_cards.THANKS_UNSURE
    filled = shift_cards.said(text, shown)
    times, _minutes = await context.unit.signups.attended(known.participant_id)
    if is_sure and attendance.milestone(times):
        line = shift_cards.FIRST_TIME if times == 1 else shift_cards.MILESTONE
        told = shift_cards.said(shift_cards.THANKS_TIMES, shown)
        filled = told.with_(line=line.with_(times=times))
    return shift_cards.thanks(filled, delivery, is_sure=is_sure)


async def line(unit: Unit, delivery: Delivery, language: str) -> str:
    """Return one line about a delivery, for digests and lists."""
    known = await unit.signups.get(delivery.subject_id)
    opportunity = await unit.opportunities.get(known.opportunity_id) if known else None
    return said(opportunity.titles, language) if opportunity is not None else ""


async def send_map(context: TurnContext, signup_id: int | None) -> None:
    """Send the place of the citizen's own sign-up as a spot on the map."""
    unit, citizen = context.unit, context.citizen
    participant = await unit.participants.of_person(citizen.id, citizen.address)
    known = await unit.signups.get(signup_id) if signup_id is not None else None
    is_own = known is not None and known.participant_id == participant.id
    opportunity = await unit.opportunities.get(known.opportunity_id) if known else None
    if opportunity is None or opportunity.latitude is None or not is_own:
        context.send(Send(shift_cards.NO_MAP, (cards.TO_OVERVIEW, cards.TO_MENU)))
    else:
        params = {
            "chat_id": context.chat_id,
            "latitude": opportunity.latitude,
            "longitude": opportunity.longitude,
            "title": said(opportunity.titles, context.language),
            "address": said(opportunity.places, context.language) or context.town.name,
        }
        new = NewOutbox(context.chat_id, context.lane, "sendVenue", params, Priority.REPLY)
        await unit.outbox.put(new)


async def shown_of(context: TurnContext, known: Signup) -> Shown:
    """Return what messages about a sign-up show in the citizen's language."""
    unit = context.unit
    opportunity = await unit.opportunities.get(known.opportunity_id)
    if opportunity is None:
        message = f"sign-up {known.id} has no opportunity"
        raise RuntimeError(message)
    shift = await unit.shifts.get(known.shift_id) if known.shift_id is not None else None
    queue_place = 0
    if known.state is SignupState.WAITLISTED and known.shift_id is not None:
        waiting = [one.id for one in await unit.signups.waiting(known.shift_id)]
        queue_place = waiting.index(known.id) + 1
    contact = await first_contact(unit, opportunity.id)
    if known.shift_id is None and known.state is SignupState.CONFIRMED and known.due_at:
        staff = await first_staff(unit, opportunity.id)
        contact = staff.first_name if staff is not None else contact
    return replace(
        place_shown(context, opportunity, shift, contact),
        reason=_reason(known, shift, context.language),
        until=known.offered_until,
        due=unit.calendar.local(known.due_at).date() if known.due_at is not None else None,
        place_in_queue=queue_place,
        gates=[GATE_NAMES[gate] for gate in opportunity.gates if gate is not Gate.CONFIDENTIALITY],
    )


def _reason(known: Signup, shift: Shift | None, language: str) -> Text | str:
    """Return why a sign-up ended; a reason that is missing in a language says so (HR-25)."""
    of: Signup | Shift = shift if shift is not None and not known.reason else known
    return _in_language(of.reason, of.reasons, language)


def _in_language(
    reason: str | None, reasons: Mapping[str, str] | None, language: str
) -> Text | str:
    own = (reasons or {}).get(language)
    if not reason or own:
        return own or reason or ""
    return reason if language == "da" else reminder_cards.IN_DANISH.with_(text=reason)


def _changed(context: TurnContext, opportunity: Opportunity, shift: Shift | None) -> Sequence[Text]:
    """Return what staff changed last about a shift: its time, its place, or both."""
    if shift is None or not shift.before:
        return ()
    before, now = datetime.fromisoformat(shift.before["begins_at"]), shift.begins_at
    changed = []
    if before != now:
        local = [context.calendar.local(one) for one in (before, now)]
        same_day = local[0].date() == local[1].date()
        first, last = (one.time() if same_day else one for one in local)
        changed.append(shift_cards.BEFORE_NOW.with_(before=first, now=last))
    places = [
        said(one or opportunity.places, context.language)
        for one in (shift.before["places"], shift.places)
    ]
    if places[0] != places[1]:
        changed.append(shift_cards.BEFORE_NOW.with_(before=places[0] or "–", now=places[1] or "–"))
    return changed


def place_shown(
    context: TurnContext, opportunity: Opportunity, shift: Shift | None, contact: str
) -> Shown:
    """Return what messages about an opportunity or its shift show in the citizen's language."""
    shown = shown_in(context.language, context.calendar, opportunity, shift, contact)
    return replace(shown, changed=_changed(context, opportunity, shift))


def shown_in(
    language: str, calendar: Calendar, opportunity: Opportunity, shift: Shift | None, contact: str
) -> Shown:
    """Return what messages about an opportunity or its shift show in a language."""
    return Shown(
        title=said(opportunity.titles, language),
        contact=contact,
        when=shift.begins_at if shift else None,
        ends=calendar.local(shift.ends_at).time() if shift else None,
        place=said((shift.places if shift else None) or opportunity.places, language),
        note=said(opportunity.notes, language),
        reason=_in_language(shift.reason, shift.reasons, language) if shift else "",
    )
