"""Invitations: staff or a lead ask people for a shift or a task, until enough have said yes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model import audience as audiences
from bot.model.commands.volunteering import (
    AddInvitation,
    AnswerInvitation,
    EndInvitation,
    InviteGroup,
)
from bot.model.delivery import Answer, Delivery, MessageClass, Reason
from bot.model.invitation import (
    AT_A_TIME,
    INVITATION,
    MOST_PLACES,
    InvitationResults,
    InvitationState,
    Reply,
    VolunteerInvitation,
)
from bot.model.opportunity import (
    OPPORTUNITY,
    Kind,
    Opportunity,
    OpportunityState,
    Shift,
    ShiftState,
)
from bot.model.profile import Part
from bot.model.staff import May
from bot.model.stance import ALSO_BY
from bot.redact import redact_text
from bot.service import answers, deliveries
from bot.service.notifications import notify
from bot.service.reach import Reach, reach_of
from bot.service.reminder_rules import audience_fault, text_fault, texts_fault, tidy_texts
from bot.service.staff_alerts import alert_staff
from bot.service.volunteering import credit, queue, signups
from bot.store.alerts import Subject
from bot.store.audiences import Recipient
from bot.store.events import CITIZEN, CLOCK, by_staff
from bot.store.timers import NewTimer
from bot.store.unit import Unit
from bot.store.volunteer_invitations import Wanted

LOOKS_EVERY = timedelta(hours=4)  # for places that are still missing
OPEN_FOR = timedelta(days=14)  # an invitation to a task by agreement
LOOKED_THROUGH = 20  # candidates for each of the first people, as some do not get it
BATCH = 1000  # people who are asked in one transaction, so that no citizen waits for it
ASK = "ask"  # the occasion of its deliveries
NOON, EVENING = 12, 17  # the hours at which the afternoon and the evening begin
NO_INVITATION = Refused(_("There is no such invitation."))
NO_PLACE = Refused(_("That is not open for sign-ups now. Choose another one."), "place")
WRONG_QUOTA = Refused(
    _("Write how many you need: a number from 1 to {most}.").with_(most=MOST_PLACES), "quota"
)
# What the person is told after an answer.
COMES, REQUESTED, FILLED, OVER, NO, LATER = "comes", "requested", "filled", "over", "no", "later"


async def add_invitation(command: AddInvitation, unit: Unit) -> Done | Refused:
    """Ask people on behalf of staff; the value is the id."""
    new = await draft_of(command, unit)
    if isinstance(new, Refused):
        return new
    by = by_staff(command.staff_id)
    made = await _begin(unit, new, by)
    reason = redact_text((command.let_stand or "").strip()).text
    staff = await unit.staff.get(command.staff_id)
    if reason and staff is not None and staff.may(May.OVERRIDE):
        await unit.events.add(by, "let_stand", invitation=made, reason=reason)
    return Done(made)


async def draft_of(command: AddInvitation, unit: Unit) -> VolunteerInvitation | Refused:
    """Return the invitation that a command makes, or the reason why it makes none."""
    staff = await unit.staff.get(command.staff_id)
    place = await _place(unit, command.opportunity_id, command.shift_id)
    if staff is None or place is None:
        return NO_PLACE
    wrong = texts_fault(command.texts, staff, let_stand=command.let_stand) or audience_fault(
        command.audience
    )
    if wrong is not None:
        return wrong
    if not 0 < command.quota <= MOST_PLACES:
        return WRONG_QUOTA
    ends_at = _ends_at(unit, *place)
    new = VolunteerInvitation(
        id=0,
        opportunity_id=command.opportunity_id,
        shift_id=command.shift_id,
        texts=tidy_texts(command.texts),
        audience=command.audience,
        quota=command.quota,
        ends_at=min(command.ends_at or ends_at, ends_at),
        contact=staff.first_name,
        shortage=command.shortage,
        staff_id=staff.id,
    )
    return NO_PLACE if new.ends_at <= unit.now else new


async def reach_of_draft(unit: Unit, new: VolunteerInvitation) -> Reach:
    """Return how many people an invitation can reach, by what is known now."""
    place = await _place(unit, new.opportunity_id, new.shift_id)
    if place is None:
        return Reach()
    stances = await unit.volunteer_invitations.stances(_wanted(unit, new, place))
    return reach_of(stances.items(), MessageClass.NEWS, unit.now, rings=True)


async def first_of_draft(unit: Unit, new: VolunteerInvitation, most: int) -> list[Recipient]:
    """Return the first people that an invitation asks, by what is known now."""
    place = await _place(unit, new.opportunity_id, new.shift_id)
    if place is None:
        return []
    wanted = _wanted(unit, new, place)
    found = await unit.volunteer_invitations.candidates(wanted, most * LOOKED_THROUGH)
    stances = await unit.stances.of_participants([one.participant_id for one in found], new.topic)

    def is_asked(one: Recipient) -> bool:
        own = [(stances[one.participant_id], 1)]
        return bool(reach_of(own, MessageClass.NEWS, unit.now, rings=True).number)

    return [one for one in found if is_asked(one)][:most]


async def invite_group(command: InviteGroup, unit: Unit) -> Done | Refused:
    """Ask the members of a group on behalf of its lead; the lead is not asked."""
    person = await unit.people.get(command.person_id)
    lead = await unit.participants.of_person(person.id, person.address)
    opportunity_id, _dash, shift_id = command.place.partition("-")
    place = await _place(unit, int(opportunity_id), int(shift_id) if shift_id else None)
    if place is None:
        return NO_PLACE
    opportunity, shift = place
    group_id = opportunity.group_id
    if group_id is None or group_id not in {one.id for one in await unit.groups.led_by(lead.id)}:
        return Refused(_("Only a lead of the group can do that."))
    wrong = text_fault(command.words)
    if wrong is not None:
        return Refused(wrong.why, "words")
    if not 0 < command.quota <= MOST_PLACES:
        return WRONG_QUOTA
    members = audiences.Is(audiences.GROUP, str(group_id))
    others = audiences.And((members, audiences.Not(audiences.Is(audiences.PERSON, str(lead.id)))))
    new = VolunteerInvitation(
        id=0,
        opportunity_id=opportunity.id,
        shift_id=shift.id if shift is not None else None,
        texts={person.language: command.words.strip()},
        audience=audiences.to_json(others),
        quota=command.quota,
        ends_at=_ends_at(unit, opportunity, shift),
        topic=f"group:{group_id}",
        contact=person.address,
        participant_id=lead.id,
    )
    if new.ends_at <= unit.now:
        return NO_PLACE
    made = await _begin(unit, new, CITIZEN)
    results = await unit.volunteer_invitations.results(made)
    return Done({"invitation": made, "members": results.planned})


async def end_invitation(command: EndInvitation, unit: Unit) -> Done | Refused:
    """End an invitation; what is planned is withdrawn."""
    known = await unit.volunteer_invitations.lock(command.invitation_id)
    if known is None:
        return NO_INVITATION
    if known.state is not InvitationState.ENDED:
        await _end(unit, known)
        await unit.events.add(command.by, "invitation_ended", invitation=known.id)
    return Done(known.id)


async def answer_invitation(command: AnswerInvitation, unit: Unit) -> Done | Refused:
    """Answer an invitation; the value says what the person is told.

    All who say yes at once wait for the row of the invitation, so the quota is exact.
    """
    who = await queue.who_acts(unit, command.person_id, command.participant_id)
    known = await unit.volunteer_invitations.lock(command.invitation_id)
    asked = await unit.deliveries.to(who, INVITATION, command.invitation_id)
    if known is None or not asked:
        return NO_INVITATION
    own = await unit.signups.live_of(
        who, shift_id=known.shift_id, opportunity_id=known.opportunity_id
    )
    if own is not None:
        await answers.record(unit, asked[0], Answer.DONE)
        return Done(_told(await signups.outcome(unit, own)))
    place = await open_place(unit, known)
    match Reply(command.reply):
        case Reply.NO:
            await answers.record(unit, asked[0], Answer.CANNOT)
            return Done({"told": NO})
        case _ if place is None:
            return Done({"told": OVER})
        case Reply.LATER:
            return await _later(unit, known, asked[0])
        case Reply.YES:
            return await _yes(command, unit, known, place, asked[0])


async def _later(unit: Unit, known: VolunteerInvitation, asked: Delivery) -> Done:
    """Record that a person decides later; the one reminder comes unless it has come already."""
    await answers.record(unit, asked, Answer.LATER)
    again = None
    if asked.asked_again_at is None:
        recipient = await unit.audiences.find(asked.participant_id)
        if recipient is not None:
            lane = deliveries.lane_of(recipient)
            again = answers.ask_again_at(unit, asked, recipient.own_quiet)
            if again is not None:
                await answers.ask_again_later(unit, asked, lane, again)
    until = known.ends_at
    return Done({"told": LATER, "again": again, "until": until})


async def _yes(
    command: AnswerInvitation,
    unit: Unit,
    known: VolunteerInvitation,
    place: tuple[Opportunity, Shift | None],
    asked: Delivery,
) -> Done | Refused:
    """Sign a person up who says yes, while people are missing."""
    fault = await signups.own_fault(unit, asked.participant_id, command.person_id)
    if fault is signups.UNDER_15:
        await answers.record(unit, asked, Answer.CANNOT)
        return fault
    missing = known.quota - await unit.volunteer_invitations.found(known.id)
    if missing <= 0:
        return await _too_late(unit, known, asked, place[1])
    if fault is not None:
        return fault
    made = await signups.sign_up_invited(
        unit,
        asked.participant_id,
        known,
        knows_overlap=command.knows_overlap or command.person_id is None,
        by=command.by,
    )
    if made == signups.FULL:
        return await _too_late(unit, known, asked, place[1])
    if isinstance(made, Refused):
        return made
    await answers.record(unit, asked, Answer.DONE)
    if missing == 1:
        await _fill(unit, known)
    return Done(_told(made.value))


async def _too_late(
    unit: Unit, known: VolunteerInvitation, asked: Delivery, shift: Shift | None
) -> Done:
    """Record a yes that came when all places were taken; *queue* says that one can wait."""
    await answers.record(unit, asked, Answer.DONE)
    await _fill(unit, known)
    full = shift is not None and await queue.free_places(unit, shift) == 0
    return Done({"told": FILLED, "queue": full})


def _told(outcome: dict[str, Any]) -> dict[str, Any]:
    """Return the outcome of a sign-up with what the person is told."""
    return {**outcome, "told": REQUESTED if outcome["state"] == "requested" else COMES}


async def look(unit: Unit, invitation_id: int) -> None:
    """Ask more people while places are missing; end an invitation whose time is over."""
    known = await unit.volunteer_invitations.lock(invitation_id)
    if known is None or known.state is InvitationState.ENDED:
        return
    place = await open_place(unit, known)
    missing = await _missing(unit, known, place[1]) if place is not None else 0
    if place is None:
        await _end(unit, known)
        await unit.events.add(CLOCK, "invitation_ended", invitation=known.id)
        return
    # The hours count from when people can answer.
    again = unit.calendar.next_allowed(unit.now) + LOOKS_EVERY
    if missing == 0:
        await _fill(unit, known)
    else:
        if known.state is InvitationState.FILLED:
            await unit.volunteer_invitations.change(known.id, state=InvitationState.OPEN)
        if await _ask_more(unit, known, place, missing):
            again = unit.now
    lane = credit.lane_of(known.id)
    await unit.timers.set(NewTimer(credit.TIMER, str(known.id), lane, min(again, known.ends_at)))


async def _begin(unit: Unit, new: VolunteerInvitation, by: str) -> int:
    """Insert an invitation and ask the first people."""
    made = await unit.volunteer_invitations.add(new)
    await unit.events.add(by, "invitation_set", invitation=made, opportunity=new.opportunity_id)
    await look(unit, made)
    return made


async def _missing(unit: Unit, known: VolunteerInvitation, shift: Shift | None) -> int:
    """Return how many people are missing, at most as many as there are free places."""
    missing = known.quota - await unit.volunteer_invitations.found(known.id)
    free = await queue.free_places(unit, shift) if shift is not None else None
    return max(missing if free is None else min(missing, free), 0)


async def _ask_more(
    unit: Unit,
    known: VolunteerInvitation,
    place: tuple[Opportunity, Shift | None],
    missing: int,
) -> bool:
    """Plan the next messages; return whether more people are to be asked at once."""
    await unit.participants.complete()
    wanted, shift = _wanted(unit, known, place), place[1]
    most = BATCH
    if known.shortage:
        since = unit.now - LOOKS_EVERY
        undecided = await unit.volunteer_invitations.undecided(known.id, since)
        most = max(missing * AT_A_TIME - undecided, 0)
    chosen = await unit.volunteer_invitations.candidates(wanted, most)
    await deliveries.plan(unit, [(one, _delivery(unit, known, shift, one)) for one in chosen])
    return not known.shortage and len(chosen) == BATCH


def _wanted(
    unit: Unit, known: VolunteerInvitation, place: tuple[Opportunity, Shift | None]
) -> Wanted:
    """Return where an invitation is for, as its candidates are chosen."""
    opportunity, shift = place
    slot = slot_of(unit, shift) if shift is not None else None
    return Wanted(known, opportunity, shift, slot, ALSO_BY.get(known.topic, ()))


def slot_of(unit: Unit, shift: Shift) -> str:
    """Return the weekday and the part of the day of a shift, as in `Profile.times`."""
    local = unit.calendar.local(shift.begins_at)
    part = Part.EVENING if local.hour >= EVENING else Part.AFTERNOON
    return f"{local.weekday()}-{Part.MORNING if local.hour < NOON else part}"


def _delivery(
    unit: Unit, known: VolunteerInvitation, shift: Shift | None, to: Recipient
) -> Delivery:
    """Return the question to one person, after quiet hours."""
    at = unit.calendar.next_allowed(unit.now, to.own_quiet)
    return Delivery(
        id=0,
        subject_kind=INVITATION,
        subject_id=known.id,
        occasion=ASK,
        participant_id=to.participant_id,
        message_class=MessageClass.NEWS,
        version=1,
        wanted_at=unit.now,
        planned_at=at,
        topic=known.topic,
        event_at=shift.begins_at if shift is not None else None,
        not_after=known.ends_at,
        asks=True,
        reason=Reason.QUIET if at != unit.now else None,
    )


async def _fill(unit: Unit, known: VolunteerInvitation) -> None:
    """Record that enough people were found; who was not asked yet is not asked."""
    if known.state is InvitationState.FILLED:
        return
    await unit.volunteer_invitations.change(known.id, state=InvitationState.FILLED)
    await _withdraw(unit, known, Reason.FILLED)
    await _tell_who_asks(unit, known, "invitation_filled")


async def _end(unit: Unit, known: VolunteerInvitation) -> None:
    """End an invitation; who asks is told where places are missing."""
    if known.state is InvitationState.OPEN:
        await _tell_who_asks(unit, known, "invitation_short")
    await unit.volunteer_invitations.change(
        known.id, state=InvitationState.ENDED, ended_at=unit.now
    )
    await _withdraw(unit, known, Reason.ENDED)
    await unit.timers.cancel(credit.TIMER, str(known.id))


async def _withdraw(unit: Unit, known: VolunteerInvitation, reason: Reason) -> None:
    """Cancel the messages that are planned, and the calls that staff have not made."""
    await deliveries.cancel(unit, INVITATION, known.id, reason)
    await deliveries.withdraw_calls(unit, INVITATION, known.id, reason)


async def _tell_who_asks(unit: Unit, known: VolunteerInvitation, kind: str) -> None:
    """Alert the staff who set an invitation, or notify the lead; of each kind once."""
    if known.staff_id is not None:
        subject = Subject(OPPORTUNITY, known.opportunity_id)
        await alert_staff(unit, [known.staff_id], subject, kind, str(known.id))
    elif known.participant_id is not None:
        lead = await unit.audiences.find(known.participant_id)
        if lead is not None and lead.lane is not None:
            key = f"{kind}:{known.id}"
            await notify(unit, lead.lane, kind, key, invitation=known.id)


async def open_place(
    unit: Unit, known: VolunteerInvitation
) -> tuple[Opportunity, Shift | None] | None:
    """Return what an invitation is for; None where it has ended or sign-ups are closed."""
    if known.state is InvitationState.ENDED or known.ends_at <= unit.now:
        return None
    place = await _place(unit, known.opportunity_id, known.shift_id)
    return None if place is None or _ends_at(unit, *place) <= unit.now else place


async def _place(
    unit: Unit, opportunity_id: int, shift_id: int | None
) -> tuple[Opportunity, Shift | None] | None:
    """Return an open opportunity and its shift; None where sign-ups are closed."""
    opportunity = await unit.opportunities.get(opportunity_id)
    if opportunity is None or opportunity.state is not OpportunityState.OPEN:
        return None
    if shift_id is None:
        return (opportunity, None) if opportunity.kind is Kind.AGREEMENT else None
    shift = await unit.shifts.get(shift_id)
    if shift is None or shift.opportunity_id != opportunity_id:
        return None
    if opportunity.kind is Kind.AGREEMENT:  # the agreed time of one volunteer
        return None
    return None if shift.state is ShiftState.CANCELLED else (opportunity, shift)


def _ends_at(unit: Unit, opportunity: Opportunity, shift: Shift | None) -> datetime:
    """Return when sign-ups close, or when an invitation to a task by agreement ends."""
    if shift is None:
        return unit.now + OPEN_FOR
    return shift.begins_at - timedelta(minutes=opportunity.closes_before)


async def results(unit: Unit, invitation_id: int) -> InvitationResults:
    """Return what became of an invitation: asked, answers, who was not reached, credited."""
    return await unit.volunteer_invitations.results(invitation_id)
