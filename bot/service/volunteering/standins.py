"""Stand-ins: a volunteer looks for one, and a person takes over the place."""

from __future__ import annotations

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.volunteering import TakeOver, WantStandin
from bot.model.link import Link, Opens
from bot.model.opportunity import Opportunity, ShiftState
from bot.model.signup import COMES, REPLACEABLE, SIGNUP, Signup, SignupState, Source
from bot.service import links
from bot.service.volunteering import gates, queue, signup_messages
from bot.service.volunteering.contacts import tell_contacts
from bot.service.volunteering.queue import own_locked
from bot.service.volunteering.signups import BEFORE_SHIFT, NEEDS_GATE, NOT_YOURS, own_fault
from bot.store.events import CITIZEN
from bot.store.unit import Unit

ALREADY_TAKEN = Refused(_("Somebody else has taken over already. Thank you all the same."))


async def want_standin(command: WantStandin, unit: Unit) -> Done | Refused:
    """Look for a stand-in: the contacts are told, and the waiting list is asked.

    The volunteer stays responsible until replaced. The value has the token of a link that they
    pass on; an earlier link of theirs is revoked.
    """
    found = await own_locked(unit, command.person_id, command.signup_id)
    if found is None:
        return NOT_YOURS
    known, shift = found
    if known.state not in REPLACEABLE or shift.begins_at <= unit.now:
        return NOT_YOURS
    token = await _standin_link(unit, known)
    if known.state is SignupState.STANDIN_WANTED:
        return Done({"signup": known.id, "token": token})
    await unit.signups.change(known.id, state=SignupState.STANDIN_WANTED)
    await unit.events.add(CITIZEN, "standin_wanted", signup=known.id)
    await tell_contacts(
        unit, known.opportunity_id, "standin_wanted", str(known.id), signup=known.id
    )
    for one in await unit.signups.waiting(shift.id):
        await signup_messages.tell(
            unit,
            one,
            f"{signup_messages.STANDIN}:{known.id}:{unit.now:%y%m%d%H%M%S}",
            shift,
            asks=True,
        )
    return Done({"signup": known.id, "token": token})


async def _standin_link(unit: Unit, known: Signup) -> str:
    """Make the link by which a stand-in comes in, and revoke earlier ones; return its token."""
    await unit.links.revoke_of(SIGNUP, known.id)
    new = Link(0, SIGNUP, known.id, Opens.CHAT, participant_id=known.participant_id)
    _link_id, token = await links.add(unit, new)
    return token


async def take_over(command: TakeOver, unit: Unit) -> Done | Refused:
    """Swap two volunteers in one transaction: the stand-in comes, the other is free."""
    who = await queue.who_acts(unit, command.person_id, command.participant_id)
    known = await unit.signups.get(command.signup_id)
    if known is None or known.shift_id is None:
        return NOT_YOURS
    await gates.hold(unit, who, known.opportunity_id)
    shift = await unit.shifts.lock(known.shift_id)
    known = await unit.signups.get(command.signup_id)
    opportunity = await unit.opportunities.get(shift.opportunity_id) if shift else None
    if shift is None or known is None or opportunity is None or shift.begins_at <= unit.now:
        return NOT_YOURS
    if shift.state is ShiftState.CANCELLED:
        return NOT_YOURS
    own = await unit.signups.live_of(who, shift_id=shift.id)
    fault = await own_fault(unit, who, command.person_id if own is None else None)
    if fault is not None:
        return fault
    wrong = await _takeover_fault(unit, known, opportunity, who, own)
    if wrong is not None:
        return wrong
    if own is not None:  # on the waiting list
        await queue.leave(unit, own)
    await unit.signups.change(known.id, state=SignupState.REPLACED)
    await unit.alerts.close(BEFORE_SHIFT, str(known.id))
    await signup_messages.stop(unit, known)
    new = Signup(
        id=0,
        opportunity_id=known.opportunity_id,
        shift_id=shift.id,
        participant_id=who,
        state=SignupState.CONFIRMED,
        source=Source.STANDIN,
        replaces=known.id,
        invitation_id=known.invitation_id,
    )
    made = await unit.signups.get(await unit.signups.add(new))
    if made is None:
        raise RuntimeError("a sign-up is gone in its own transaction")
    await queue.expect(unit, made, shift)
    await signup_messages.tell(unit, known, signup_messages.REPLACED, shift)
    await unit.events.add(command.by, "took_over", signup=made.id, replaces=known.id)
    await tell_contacts(unit, known.opportunity_id, "standin_found", str(made.id), signup=made.id)
    if own is not None and own.state is SignupState.OFFERED:
        await queue.fill(unit, shift, queue.freed_by_signup(own))
    return Done({"signup": made.id})


async def _takeover_fault(
    unit: Unit, known: Signup, opportunity: Opportunity, participant_id: int, own: Signup | None
) -> Refused | None:
    """Return why a person cannot take over a place; *own* is their sign-up of the shift."""
    if known.state is not SignupState.STANDIN_WANTED:
        return ALREADY_TAKEN
    if await gates.missing(unit, participant_id, opportunity):
        return NEEDS_GATE
    if own is not None and own.state in COMES:
        return Refused(_("You come to that already."))
    return None
