"""To which invitation a sign-up counts, and that the invitation is looked at again."""

from __future__ import annotations

from bot.model.delivery import Answer
from bot.model.invitation import INVITATION
from bot.service import answers, deliveries
from bot.store.timers import NewTimer
from bot.store.unit import Unit

TIMER = "invite"  # asks more people, or ends the invitation; subject: the invitation


async def count(unit: Unit, participant_id: int, invitation_id: int | None) -> None:
    """Count a sign-up to an invitation: it is a yes, also where the person found it."""
    if invitation_id is not None:
        for asked in await unit.deliveries.to(participant_id, INVITATION, invitation_id):
            if asked.answer is None:
                await unit.tasks.withdraw(deliveries.PHONE, deliveries.call_about(asked.id))
            await answers.record(unit, asked, Answer.DONE)
    await look_soon(unit, invitation_id)


async def look_soon(unit: Unit, invitation_id: int | None) -> None:
    """Look at an invitation in a transaction of its own, after a sign-up came or went.

    The caller holds the row of a shift, so it must not wait for the row of the invitation.
    """
    if invitation_id is not None:
        lane = lane_of(invitation_id)
        await unit.timers.set(NewTimer(TIMER, str(invitation_id), lane, unit.now))


def lane_of(invitation_id: int) -> str:
    """Return the lane of an invitation's timer."""
    return f"invitation:{invitation_id}"
