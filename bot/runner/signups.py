"""Sign-ups in the chat: whether a delivery is still sent, and how it is rendered."""

from __future__ import annotations

from bot.model.delivery import Delivery, Reason
from bot.model.opportunity import ShiftState
from bot.model.signup import COMES, Signup, SignupState
from bot.service.volunteering import attendance, signup_messages
from bot.store.unit import Unit

# In which states of the sign-up a message is still sent; a message that is not here always is.
SENT_IN = {
    signup_messages.ASK: COMES,
    signup_messages.NOTE: COMES,
    signup_messages.THANKS: frozenset({SignupState.ATTENDED, SignupState.CONFIRMED}),
    signup_messages.OFFER: frozenset({SignupState.OFFERED}),
    signup_messages.FREE: frozenset({SignupState.WAITLISTED}),
    signup_messages.STANDIN: frozenset({SignupState.WAITLISTED}),
    signup_messages.MOVED: COMES,
}


def kind_of(delivery: Delivery) -> str:
    """Return which message about a sign-up a delivery is."""
    return delivery.occasion.partition(":")[0]


async def withheld(unit: Unit, delivery: Delivery) -> Reason | None:
    """Return why a message about a sign-up is no longer sent; None where it is."""
    kind = kind_of(delivery)
    known = await _signup(unit, delivery, settles=kind == signup_messages.THANKS)
    if known is None:
        return Reason.ENDED
    if known.state not in SENT_IN.get(kind, frozenset(SignupState)):
        return Reason.ENDED
    if known.shift_id is None or kind not in SENT_IN:
        return None
    shift = await unit.shifts.get(known.shift_id)
    if shift is None or shift.state is ShiftState.CANCELLED:
        return Reason.ENDED
    return Reason.EDITED if shift.version != delivery.version else None


async def _signup(unit: Unit, delivery: Delivery, *, settles: bool) -> Signup | None:
    """Return the sign-up; after the shift, who checked in is counted as there."""
    if settles:
        return await attendance.settle(unit, delivery.subject_id)
    return await unit.signups.get(delivery.subject_id)
