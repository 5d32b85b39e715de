"""Sign-ups: a place, a place in the queue, or a reason and a next step. Exact under many taps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.engine.events import Done, Refused
from bot.i18n import Text, _
from bot.model.commands.volunteering import (
    SayComing,
    SignUp,
    SignUpFor,
    TellNeeds,
    Withdraw,
)
from bot.model.invitation import VolunteerInvitation
from bot.model.opportunity import Kind, Opportunity, OpportunityState, Shift, ShiftState, said
from bot.model.participant import Participant
from bot.model.profile import CONSENT, CONSENT_TEXT_VERSION
from bot.model.signup import (
    COMES,
    HOLDS_PLACE,
    LIVE,
    REPLACEABLE,
    Signup,
    SignupState,
    Source,
)
from bot.service.volunteering import credit, gates, queue, requests, signup_messages
from bot.service.volunteering.contacts import tell_contacts
from bot.service.volunteering.queue import is_own, own_locked
from bot.store.events import CITIZEN, by_staff
from bot.store.unit import Unit

NOT_OPEN = Refused(_("You cannot sign up for that at the moment. Look at what else there is."))
TOO_LATE = Refused(_("It is too late to sign up for that time. Choose another one."), "closed")
UNDER_15 = Refused(
    _("You must be 15 to sign up yourself. A parent can sign up and bring you along."), "under_15"
)
ASK_FIRST = Refused(_("I must ask you something first."), "asks")
NOT_AGREED = Refused(
    _("Ask whether the person is 15 and may be kept. Then tick that they said yes."), "agreed"
)
NO_PERSON = Refused(_("There is no such person."))
NOT_YOURS = Refused(_("That one is over. There is nothing more to do."))
NEEDS_GATE = Refused(_("A certificate or a course is needed for that, and you do not have it yet."))
FULL = Refused(_("All places are taken."), "full")
BEFORE_SHIFT = ("standin_wanted", "volunteer_silent")  # alerts that an answer closes
OVERLAPS: Text = _("You already come to “{title}” at that time.")
NOT_POSSIBLE = Refused(
    _("That task is not possible for you now. Talk to a person if you want to know more."), "gate"
)


async def sign_up(command: SignUp, unit: Unit) -> Done | Refused:
    """Sign a citizen up; the value has the sign-up and its state.

    A second tap changes nothing and returns the same.
    """
    person = await unit.people.get(command.person_id)
    participant = await unit.participants.of_person(person.id, person.address)
    profile = await unit.profiles.get(participant.id)
    if profile.over_15 is False:
        return UNDER_15
    return await _sign_up(
        unit,
        participant.id,
        command.opportunity_id,
        command.shift_id,
        knows_overlap=command.knows_overlap,
        source=Source.CHAT,
        needs=command.needs,
        by=CITIZEN,
        link_id=command.link_id,
    )


async def sign_up_for(command: SignUpFor, unit: Unit) -> Done | Refused:
    """Sign up a participant who phoned or came (HR-27)."""
    wrong = await entry_fault(unit, command.participant_id, agreed=command.agreed)
    if wrong is not None:
        return wrong
    return await _sign_up(
        unit,
        command.participant_id,
        command.opportunity_id,
        command.shift_id,
        knows_overlap=True,
        source=Source.PHONE,
        needs=None,
        by=by_staff(command.staff_id),
    )


async def sign_up_invited(
    unit: Unit,
    participant_id: int,
    invitation: VolunteerInvitation,
    *,
    knows_overlap: bool,
    by: str,
) -> Done | Refused:
    """Sign up a person who was invited; without a free place it is refused.

    The caller holds the row of the invitation.
    """
    return await _sign_up(
        unit,
        participant_id,
        invitation.opportunity_id,
        invitation.shift_id,
        knows_overlap=knows_overlap,
        source=Source.INVITATION,
        needs=None,
        by=by,
        invitation_id=invitation.id,
    )


async def _credit(unit: Unit, made: Signup, link_id: int | None) -> None:
    """Count a sign-up to its invitation, and to the link of staff by which the person came."""
    await credit.count(unit, made.participant_id, made.invitation_id)
    if link_id is not None:
        await unit.links.count_done(link_id)


async def _queued_at(unit: Unit, shift: Shift | None, state: SignupState) -> datetime | None:
    """Return when a sign-up joins the waiting list of its shift; None where it does not."""
    waits = shift is not None and state is SignupState.WAITLISTED
    return await queue.joined_at(unit, shift) if shift is not None and waits else None


async def _sign_up(
    unit: Unit,
    participant_id: int,
    opportunity_id: int,
    shift_id: int | None,
    *,
    knows_overlap: bool,
    source: Source,
    needs: Mapping[str, str] | None,
    by: str,
    invitation_id: int | None = None,
    link_id: int | None = None,
) -> Done | Refused:
    await gates.hold(unit, participant_id, opportunity_id)
    found = await _place(unit, opportunity_id, shift_id)
    if found is None:
        return NOT_OPEN
    opportunity, shift = found
    known = await unit.signups.live_of(
        participant_id, shift_id=shift_id, opportunity_id=opportunity_id
    )
    if known is not None:
        return Done(await outcome(unit, known))
    if shift is not None:
        wrong = await _shift_fault(unit, participant_id, opportunity, shift, knows_overlap)
        if wrong is not None:
            return wrong
    missing = await gates.missing(unit, participant_id, opportunity)
    if await gates.is_refused(unit, participant_id, missing):
        return NOT_POSSIBLE
    state = await _first_state(unit, opportunity, shift, waits=bool(missing))
    if state is SignupState.WAITLISTED and source is Source.INVITATION:
        return FULL
    counts_to = invitation_id or await unit.volunteer_invitations.credited(
        participant_id, opportunity_id, shift_id
    )
    new = Signup(
        id=0,
        opportunity_id=opportunity_id,
        shift_id=shift_id,
        participant_id=participant_id,
        state=state,
        source=source,
        queued_at=await _queued_at(unit, shift, state),
        needs=needs or None,
        invitation_id=counts_to,
    )
    made = await unit.signups.get(await unit.signups.add(new))
    if made is None:
        raise RuntimeError("a sign-up is gone in its own transaction")
    await unit.events.add(by, "signed_up", signup=made.id, opportunity=opportunity_id)
    await _credit(unit, made, link_id)
    if state is SignupState.REQUESTED:
        await gates.want(unit, participant_id, missing, opportunity_id)
        made = await ask_contacts(unit, made, opportunity, shift)
    elif shift is not None:
        follow = queue.expect if state is SignupState.CONFIRMED else queue.wait
        await follow(unit, made, shift)
    return Done(await outcome(unit, made))


async def ask_contacts(
    unit: Unit, made: Signup, opportunity: Opportunity, shift: Shift | None
) -> Signup:
    """Give a request its name and date, and tell the contacts."""
    made = await requests.begin(unit, made, opportunity, shift)
    await tell_contacts(unit, opportunity.id, "volunteer_asks", str(made.id), signup=made.id)
    return made


async def _place(
    unit: Unit, opportunity_id: int, shift_id: int | None
) -> tuple[Opportunity, Shift | None] | None:
    """Return an open opportunity and its shift; the row that all sign-ups wait for is held."""
    if shift_id is None:
        opportunity = await unit.opportunities.lock(opportunity_id)
        shift = None
    else:
        shift = await unit.shifts.lock(shift_id)
        opportunity = await unit.opportunities.get(opportunity_id)
        if shift is None or shift.opportunity_id != opportunity_id:
            return None
    if opportunity is None or opportunity.state is not OpportunityState.OPEN:
        return None
    by_agreement = opportunity.kind is Kind.AGREEMENT
    return (opportunity, shift) if by_agreement is (shift is None) else None


async def _first_state(
    unit: Unit, opportunity: Opportunity, shift: Shift | None, *, waits: bool
) -> SignupState:
    """Return the state in which a sign-up begins."""
    if shift is None or opportunity.approves or waits:
        return SignupState.REQUESTED
    free = await queue.free_places(unit, shift)
    # A free place belongs to the waiting list first.
    if free is None or free > await unit.signups.queue_length(shift.id):
        return SignupState.CONFIRMED
    return SignupState.WAITLISTED


async def _shift_fault(
    unit: Unit,
    participant_id: int,
    opportunity: Opportunity,
    shift: Shift,
    knows_overlap: bool,  # noqa: FBT001 - a field of the command
) -> Refused | None:
    """Return why a shift takes no sign-ups, or the warning about another shift at that time."""
    closes = shift.begins_at - timedelta(minutes=opportunity.closes_before)
    if shift.state is ShiftState.CANCELLED or closes <= unit.now:
        return TOO_LATE
    overlaps = await unit.signups.overlapping(participant_id, shift.begins_at, shift.ends_at)
    if not overlaps or knows_overlap:
        return None
    person = await unit.audiences.find(participant_id)
    return await _overlap(unit, overlaps[0], person.language if person is not None else "da")


async def _overlap(unit: Unit, shift_id: int, language: str) -> Refused:
    """Return the warning about a shift that overlaps."""
    shift = await unit.shifts.get(shift_id)
    known = await unit.opportunities.get(shift.opportunity_id) if shift is not None else None
    title = said(known.titles, language) if known is not None else ""
    return Refused(OVERLAPS.with_(title=title), "overlap")


async def outcome(unit: Unit, known: Signup) -> dict[str, Any]:
    """Return what a citizen is told about their sign-up: state, place in the queue, name, date."""
    found: dict[str, Any] = {"signup": known.id, "state": known.state.value}
    if known.state is SignupState.WAITLISTED:
        found["place"] = await unit.signups.place_in_queue(known)
    if known.state is SignupState.REQUESTED and known.due_at is not None:
        staff = await unit.staff.get(known.handled_by) if known.handled_by is not None else None
        found["contact"] = staff.first_name if staff is not None else ""
        found["due"] = {"day": unit.calendar.local(known.due_at).date().isoformat()}
    return found


async def own_fault(unit: Unit, participant_id: int, person_id: int | None) -> Refused | None:
    """Return that a person is too young, or that a citizen has not answered what is asked once.

    That is whether they are 15 (HR-20), and whether they may be kept (HR-7). Without
    *person_id* staff act for the person.
    """
    over_15 = (await unit.profiles.get(participant_id)).over_15
    if over_15 is False:
        return UNDER_15
    if person_id is None:
        return None
    kept = CONSENT in await unit.consents.live(person_id)
    return None if over_15 and kept else ASK_FIRST


async def entry_fault(unit: Unit, participant_id: int, *, agreed: bool) -> Refused | None:
    """Return why staff may not enter a person; what the person *agreed* to is kept."""
    known = await unit.participants.get(participant_id)
    if known is None:
        return NO_PERSON
    consent = (CONSENT, CONSENT_TEXT_VERSION)
    return await agreement_fault(unit, known, consent, UNDER_15, agreed=agreed)


async def agreement_fault(
    unit: Unit,
    known: Participant,
    consent: tuple[str, int],
    under_15: Refused,
    *,
    agreed: bool,
) -> Refused | None:
    """Return why staff may not keep what a person says by phone; keep what they *agreed* to.

    *consent* is the purpose that it needs, with the version of its text. A person under 15 is
    refused with *under_15*.
    """
    purpose, version = consent
    over_15 = (await unit.profiles.get(known.id)).over_15
    if over_15 is False:
        return under_15
    person = await unit.people.get(known.person_id) if known.person_id is not None else None
    kept = person is None or purpose in await unit.consents.live(person.id)
    if over_15 and kept:
        return None
    if not agreed:
        return NOT_AGREED
    await unit.profiles.save(known.id, over_15=True)
    if person is not None:
        await unit.consents.give(person.id, purpose, version, person.language)
    return None


async def tell_needs(command: TellNeeds, unit: Unit) -> Done | Refused:
    """Add practical needs to a sign-up that is not over."""
    known = await unit.signups.lock(command.signup_id)
    if known is None or not known.is_live or not await is_own(unit, command.person_id, known):
        return NOT_YOURS
    await unit.signups.change(
        known.id, needs={**(known.needs or {}), **(command.needs or {})} or None
    )
    return Done(known.id)


async def say_coming(command: SayComing, unit: Unit) -> Done | Refused:
    """Record that a volunteer comes."""
    found = await own_locked(unit, command.person_id, command.signup_id)
    if found is None or found[0].state not in COMES:
        return NOT_YOURS
    known, _shift = found
    back = {"state": SignupState.CONFIRMED} if known.state is SignupState.STANDIN_WANTED else {}
    await unit.signups.change(known.id, says_coming_at=known.says_coming_at or unit.now, **back)
    await unit.alerts.close(BEFORE_SHIFT, str(known.id))
    await signup_messages.withdraw_calls(unit, known, signup_messages.QUESTIONS)
    return Done(known.id)


async def withdraw(command: Withdraw, unit: Unit) -> Done | Refused:
    """Cancel a sign-up by its volunteer; the place goes to the waiting list at once.

    After the deadline it is a late cancellation, and the contacts are told at once.
    """
    found = await own_locked(unit, command.person_id, command.signup_id)
    if found is None:
        return await _withdraw_agreement(command, unit)
    known, shift = found
    if known.state not in LIVE or shift.begins_at <= unit.now:
        return NOT_YOURS
    late = known.state in COMES and (
        known.state is SignupState.CHECKED_IN or await is_late(unit, shift)
    )
    if late:
        await tell_contacts(
            unit, known.opportunity_id, "volunteer_cannot", str(known.id), signup=known.id
        )
    if late and command.asks_if_late and known.state in REPLACEABLE:
        return Done({"signup": known.id, "late": True, "withdrawn": False})
    state = SignupState.CANCELLED_LATE if late else SignupState.CANCELLED
    if known.state is SignupState.OFFERED:
        state = SignupState.DECLINED
    await _end(unit, known, state, command)
    if known.state in HOLDS_PLACE:
        await queue.fill(unit, shift, queue.freed_by_signup(known))
    return Done({"signup": known.id, "late": late, "withdrawn": True})


async def _withdraw_agreement(command: Withdraw, unit: Unit) -> Done | Refused:
    """Cancel a sign-up by agreement; its contacts are told."""
    known = await queue.held_agreement(unit, command.signup_id)
    if known is None or not await is_own(unit, command.person_id, known) or known.state not in LIVE:
        return NOT_YOURS
    await _end(unit, known, SignupState.CANCELLED, command)
    await _end_agreed(unit, known, command)
    await tell_contacts(
        unit, known.opportunity_id, "volunteer_cannot", str(known.id), signup=known.id
    )
    return Done({"signup": known.id, "late": False, "withdrawn": True})


async def _end_agreed(unit: Unit, known: Signup, command: Withdraw) -> None:
    """Cancel the coming times that were agreed with a volunteer who stops.

    A time that has begun stays, so that its hours are noted.
    """
    for one in await requests.in_order(unit, known.participant_id):
        if one.opportunity_id != known.opportunity_id or one.source is not Source.AGREED:
            continue
        agreed, shift = await queue.held_with_shift(unit, one.id) or (None, None)
        if agreed is None or shift is None or not agreed.is_live or shift.begins_at <= unit.now:
            continue
        is_there = agreed.state is SignupState.CHECKED_IN
        state = SignupState.CANCELLED_LATE if is_there else SignupState.CANCELLED
        await _end(unit, agreed, state, command)


async def _end(unit: Unit, known: Signup, state: SignupState, command: Withdraw) -> None:
    """End a sign-up by its volunteer, with all that waits for it."""
    await unit.signups.change(known.id, state=state, reason=command.words)
    await unit.alerts.close(BEFORE_SHIFT, str(known.id))
    await queue.end_offer(unit, known)
    await queue.request_over(unit, known.id)
    await signup_messages.stop(unit, known)
    await unit.events.add(command.by, "signup_withdrawn", signup=known.id)
    await credit.look_soon(unit, known.invitation_id)


async def is_late(unit: Unit, shift: Shift) -> bool:
    """Return whether the deadline for leaving a shift has passed."""
    known = await unit.opportunities.get(shift.opportunity_id)
    before = known.cancels_before if known is not None else 0
    return unit.now > shift.begins_at - timedelta(minutes=before)
