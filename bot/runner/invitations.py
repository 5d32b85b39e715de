"""Invitations to volunteer in the chat: the question, its buttons, and the lead who invites."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any

from bot.engine.effects import Redraw, Send
from bot.engine.events import Refused
from bot.i18n import Text
from bot.model.commands.volunteering import AnswerInvitation, SignUp
from bot.model.delivery import FINAL_ANSWERS, Delivery, Reason
from bot.model.invitation import InvitationState, Reply, VolunteerInvitation
from bot.model.opportunity import Gate, Need, said
from bot.runner import conversations, signups
from bot.runner.context import TurnContext
from bot.runner.less import no_more_of_it
from bot.runner.options import led_places
from bot.runner.own_signups import tell_benefits
from bot.service import execute
from bot.service.volunteering import invitations, profiles
from bot.store.unit import Unit
from flows import cards, invitation_cards, reminder_cards, shift_cards, signup_cards
from flows.invitations import InviteMembers
from flows.shift_cards import Shown
from flows.volunteering import AfterYes, BeforeYes

# What is asked before the service is asked, which itself knows the age and the consent.
CHECKS = frozenset({*Gate, profiles.BY_ASSOCIATION})


async def withheld(unit: Unit, delivery: Delivery) -> Reason | None:
    """Return why an invitation is no longer sent to a person; None where it is."""
    known = await unit.volunteer_invitations.get(delivery.subject_id)
    if known is None or await invitations.open_place(unit, known) is None:
        return Reason.ENDED
    if known.state is InvitationState.FILLED:
        return Reason.FILLED
    if delivery.answer in FINAL_ANSWERS:
        return Reason.ANSWERED
    own = await unit.signups.live_of(
        delivery.participant_id, shift_id=known.shift_id, opportunity_id=known.opportunity_id
    )
    if own is not None:
        return Reason.ANSWERED
    kind, _colon, group = known.topic.partition(":")
    if kind == "group" and not await unit.groups.has_member(int(group), delivery.participant_id):
        return Reason.NOT_IN_AUDIENCE
    return None


async def _shown(context: TurnContext, invitation_id: int) -> tuple[Shown, Mapping[str, str]]:
    """Return what an invitation is for in the reader's language, and the words of who asks."""
    unit = context.unit
    known = await unit.volunteer_invitations.get(invitation_id)
    opportunity = await unit.opportunities.get(known.opportunity_id) if known else None
    if known is None or opportunity is None:
        message = f"there is no invitation {invitation_id}"
        raise RuntimeError(message)
    shift = await unit.shifts.get(known.shift_id) if known.shift_id is not None else None
    shown = signups.place_shown(context, opportunity, shift, known.contact)
    return shown, known.texts


async def _said(context: TurnContext, delivery: Delivery, *, again: bool) -> Text:
    """Return the text of an invitation."""
    shown, texts = await _shown(context, delivery.subject_id)
    words = invitation_cards.words_of(texts, context.language)
    return invitation_cards.asked(words, shown, again=again)


async def render(
    context: TurnContext,
    delivery: Delivery,
    again: bool,  # noqa: FBT001 - called by position, as in `Subject`
) -> Send:
    """Return an invitation; *again* asks the silent a second time."""
    text = await _said(context, delivery, again=again)
    return invitation_cards.question(text, delivery, again=again)


async def line(unit: Unit, delivery: Delivery, language: str) -> str:
    """Return one line about an invitation, for lists."""
    known = await unit.volunteer_invitations.get(delivery.subject_id)
    opportunity = await unit.opportunities.get(known.opportunity_id) if known else None
    return said(opportunity.titles, language) if opportunity is not None else ""


Handler = Callable[[TurnContext, Delivery], Awaitable[None]]


def _reply(reply: Reply, *, agrees: bool = False, **more: Any) -> Handler:
    """Return the handler of an answer; *agrees* says that the checks were asked about before."""

    async def handle(context: TurnContext, delivery: Delivery) -> None:
        known = await context.unit.volunteer_invitations.get(delivery.subject_id)
        if known is None:
            context.send(Send(invitation_cards.NO_LONGER, (cards.TO_MENU,)))
            return
        if reply is Reply.YES and await _has_moved(context, known, delivery):
            return
        asks = await _asks(context, known, delivery) if reply is Reply.YES else []
        if not (agrees or more) and CHECKS & set(asks):
            await _ask_first(context, delivery, "agreed", asks)
            return
        command = AnswerInvitation(context.citizen.id, delivery.subject_id, reply, **more)
        outcome = await execute(command, context.unit)
        if isinstance(outcome, Refused):
            if outcome.field == "asks":
                await _ask_first(context, delivery, "agreed", asks)
            else:
                _send_refusal(context, delivery, known, outcome)
            return
        is_drawn = not (agrees or more)
        await _send_outcome(context, delivery, outcome.value, is_drawn=is_drawn)
        needs = [one for one in asks if one in list(Need)]
        if outcome.value["told"] in {invitations.COMES, invitations.REQUESTED} and needs:
            told = {"signup_id": outcome.value["signup"], "asks": needs, "needs": None}
            await conversations.begin(context, AfterYes, told)

    return handle


async def _has_moved(context: TurnContext, known: VolunteerInvitation, delivery: Delivery) -> bool:
    """Ask again where the shift begins at another time than the invitation named."""
    place = await invitations.open_place(context.unit, known)
    shift = place[1] if place is not None else None
    if shift is None or shift.begins_at == delivery.event_at:
        return False
    await context.unit.deliveries.change(delivery, event_at=shift.begins_at)
    shown, _texts = await _shown(context, delivery.subject_id)
    again = delivery.asked_again_at is not None
    text = shift_cards.said(invitation_cards.ASK_ANEW, shown)
    changed = invitation_cards.question(text, delivery, again=again)
    context.send(Redraw(changed.text, changed.buttons))
    return True


async def _ask_first(context: TurnContext, delivery: Delivery, then: str, asks: list[str]) -> None:
    """Ask what is asked before a place; then the button *then* of the invitation is pressed."""
    button = f"rem.{delivery.id}"
    needed = [one for one in asks if one not in list(Need)]
    known = {"then": f"{button}.{then}", "otherwise": button, "asks": needed}
    await conversations.begin(context, BeforeYes, known)


async def _asks(context: TurnContext, known: VolunteerInvitation, delivery: Delivery) -> list[str]:
    """Return what a sign-up would ask before it; nothing where a yes cannot sign up."""
    unit, who = context.unit, delivery.participant_id
    place = await invitations.open_place(unit, known)
    own = await unit.signups.live_of(
        who, shift_id=known.shift_id, opportunity_id=known.opportunity_id
    )
    profile = await unit.profiles.get(who)
    if place is None or own is not None or profile.over_15 is False:
        return []
    return await profiles.questions_before(unit, context.citizen.id, who, place[0])


def _declines(why: str) -> Handler:
    """Return the handler of a no to what is asked before a yes; *why* chooses the words."""

    async def handle(context: TurnContext, delivery: Delivery) -> None:
        command = AnswerInvitation(context.citizen.id, delivery.subject_id, Reply.NO)
        await execute(command, context.unit)
        context.send(signup_cards.not_signed_up(why, context.contact()))

    return handle


def _send_refusal(
    context: TurnContext,
    delivery: Delivery,
    known: VolunteerInvitation,
    refused: Refused,
) -> None:
    """Ask about another shift at that time, or say why a yes is not possible."""
    if refused.field == "under_15":
        again = signup_cards.age_again(f"{known.opportunity_id}.{known.shift_id or ''}")
        context.send(signup_cards.not_signed_up("young", context.contact(), asks_age=again))
    elif refused.field == "overlap":
        context.send(invitation_cards.overlap(refused.why, delivery))
    else:
        context.send(Send(refused.why, (shift_cards.SEE_OTHERS, cards.TO_MENU)))


_ANSWERED: Mapping[str, Text] = {
    invitations.COMES: invitation_cards.SAID_YES,
    invitations.REQUESTED: invitation_cards.SAID_YES,
    invitations.NO: invitation_cards.SAID_NO,
    invitations.LATER: invitation_cards.SAID_LATER,
    invitations.FILLED: invitation_cards.TAKEN,
    invitations.OVER: invitation_cards.ENDED,
}


async def _send_outcome(
    context: TurnContext, delivery: Delivery, value: Mapping[str, Any], *, is_drawn: bool
) -> None:
    """Show the answer in the question, where that was tapped, and what follows from it."""
    told = value["told"]
    if is_drawn and told != invitations.LATER:
        again = delivery.asked_again_at is not None
        text = await _said(context, delivery, again=again)
        context.send(shift_cards.answered(text, _ANSWERED[told]))
    shown, _texts = await _shown(context, delivery.subject_id)
    match told:
        case invitations.COMES:
            await _send_place(context, value["signup"])
        case invitations.REQUESTED:
            due = value.get("due")
            day = date.fromisoformat(due["day"]) if due is not None else None
            context.send(invitation_cards.decided(shown, day))
            await tell_benefits(context, delivery.participant_id)
        case invitations.FILLED:
            context.send(invitation_cards.enough(delivery, queue=value["queue"]))
        case invitations.LATER:
            context.send(invitation_cards.later(value["again"], value["until"]))
        case invitations.OVER if shown.reason:
            cancelled = shift_cards.said(shift_cards.CANCELLED, shown)
            context.send(Send(cancelled, (shift_cards.SEE_OTHERS, cards.TO_MENU)))
        case invitations.OVER:
            context.send(Send(invitation_cards.NO_LONGER, (shift_cards.SEE_OTHERS, cards.TO_MENU)))


async def _send_place(context: TurnContext, signup_id: int) -> None:
    """Send a person's own place, or their place in the queue."""
    known = await context.unit.signups.get(signup_id)
    if known is None:
        return
    shown = await signups.shown_of(context, known)
    text = shift_cards.WAITLISTED if shown.place_in_queue else shift_cards.CONFIRMED
    has_file = known.shift_id is not None and not shown.place_in_queue
    said_of = shift_cards.said(text, shown)
    context.send(invitation_cards.place(said_of, signup_id, has_file=has_file))
    await tell_benefits(context, known.participant_id)


async def _join_queue(context: TurnContext, delivery: Delivery) -> None:
    """Put a person on the waiting list who said yes too late; a place may be free by now."""
    known = await context.unit.volunteer_invitations.get(delivery.subject_id)
    if known is None:
        context.send(Send(invitation_cards.NO_LONGER, (cards.TO_MENU,)))
        return
    unit, person_id = context.unit, context.citizen.id
    asks = await profiles.asked_once(unit, person_id, delivery.participant_id)
    if asks:
        await _ask_first(context, delivery, invitation_cards.QUEUE, asks)
        return
    command = SignUp(context.citizen.id, known.opportunity_id, known.shift_id, knows_overlap=True)
    outcome = await execute(command, context.unit)
    if isinstance(outcome, Refused):
        context.send(Send(outcome.why, (shift_cards.SEE_OTHERS, cards.TO_MENU)))
    else:
        await _send_place(context, outcome.value["signup"])


BUTTONS: Mapping[str, Handler] = {
    invitation_cards.YES: _reply(Reply.YES),
    "agreed": _reply(Reply.YES, agrees=True),
    **{why: _declines(why) for why in ("young", "consent", "gate")},
    invitation_cards.NO: _reply(Reply.NO),
    invitation_cards.LATER: _reply(Reply.LATER),
    invitation_cards.BOTH: _reply(Reply.YES, knows_overlap=True),
    invitation_cards.QUEUE: _join_queue,
    "less": no_more_of_it,
}


async def invite_group(context: TurnContext) -> None:
    """Begin an invitation to a group that the citizen leads."""
    citizen = context.citizen
    lead = await context.unit.participants.of_person(citizen.id, citizen.address)
    if not await context.unit.groups.led_by(lead.id):
        context.send(Send(reminder_cards.NO_LEAD, (cards.TO_MENU,)))
    elif not await led_places(context):
        context.send(Send(invitation_cards.INVITE_NOTHING, (cards.TO_MENU,)))
    else:
        await conversations.begin(context, InviteMembers)


async def tell_lead(context: TurnContext, payload: Mapping[str, Any]) -> None:
    """Tell the lead who set an invitation that it is filled, or that it has ended."""
    invitation_id = payload["invitation"]
    known = await context.unit.volunteer_invitations.get(invitation_id)
    if known is not None:
        shown, _texts = await _shown(context, invitation_id)
        found = await context.unit.volunteer_invitations.found(invitation_id)
        context.send(invitation_cards.to_lead(payload["tell"], found, shown))
