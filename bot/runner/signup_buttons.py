"""Buttons of messages about a sign-up, links of stand-ins, and check-in by a code."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.engine.effects import Redraw, Send
from bot.engine.events import Done, Refused
from bot.i18n import Text
from bot.model.commands.volunteering import (
    AcceptOffer,
    AskWhy,
    CheckIn,
    DeclineOffer,
    GiveFeedback,
    SayAbsent,
    SayComing,
    TakeOver,
    TellContact,
    WantStandin,
    Withdraw,
)
from bot.model.delivery import Answer, Delivery
from bot.model.link import Link, deep_link
from bot.model.signup import COMES, POOR, SIGNUP, WAS_THERE, Signup, SignupState
from bot.runner import conversations, signups
from bot.runner.context import TurnContext
from bot.runner.conversations import back_to_step
from bot.runner.own_signups import tell_benefits
from bot.service import answers, execute
from bot.service.volunteering import profiles, signup_messages
from bot.service.volunteering.contacts import first_contact
from flows import cards, shift_cards, signup_cards
from flows.after_shift import Dispute, SayMore
from flows.shift_cards import Shown
from flows.volunteering import BeforeYes

Handler = Callable[[TurnContext, Delivery], Awaitable[None]]


async def _run(
    context: TurnContext, delivery: Delivery, command: Any, answer: Text, given: Answer
) -> Done | None:
    """Run a command and show the answer in the message; None where the command is refused."""
    text = (await signups.render(context, delivery, delivery.asked_again_at is not None)).text
    outcome = await execute(command, context.unit)
    if isinstance(outcome, Refused):
        context.send(Send(outcome.why, (shift_cards.SEE_OTHERS, cards.TO_MENU)))
        return None
    await answers.record(context.unit, delivery, given)
    context.send(shift_cards.answered(text, answer))
    return outcome


async def _coming(context: TurnContext, delivery: Delivery) -> None:
    command = SayComing(context.citizen.id, delivery.subject_id)
    answer = shift_cards.ANSWERED[shift_cards.COMING]
    await _run(context, delivery, command, answer, Answer.DONE)


async def _cannot(context: TurnContext, delivery: Delivery) -> None:
    """Cancel the sign-up; after the deadline, tell the contact and offer to find a stand-in."""
    command = Withdraw(context.citizen.id, delivery.subject_id, asks_if_late=True)
    known = await context.unit.signups.get(delivery.subject_id)
    shown = await signups.shown_of(context, known) if known is not None else None
    answer = shift_cards.ANSWERED[shift_cards.CANNOT]
    done = await _run(context, delivery, command, answer, Answer.CANNOT)
    if done is not None and shown is not None and not done.value["withdrawn"]:
        context.send(shift_cards.late(shown, delivery))


async def _leave(context: TurnContext, delivery: Delivery) -> None:
    """Cancel the sign-up after the deadline, without a stand-in."""
    command = Withdraw(context.citizen.id, delivery.subject_id)
    answer = shift_cards.ANSWERED[shift_cards.CANNOT]
    await _run(context, delivery, command, answer, Answer.CANNOT)


async def _standin(context: TurnContext, delivery: Delivery) -> None:
    """Look for a stand-in, and give the volunteer a link to pass on."""
    command = WantStandin(context.citizen.id, delivery.subject_id)
    answer = shift_cards.ANSWERED[shift_cards.STANDIN]
    done = await _run(context, delivery, command, answer, Answer.CANNOT)
    if done is not None:
        await _pass_link_on(context, done.value)


async def find_standin(context: TurnContext, signup_id: int | None) -> None:
    """Look for a stand-in from the card on which a volunteer cancels."""
    outcome = await execute(WantStandin(context.citizen.id, signup_id or 0), context.unit)
    if isinstance(outcome, Refused):
        context.send(Send(outcome.why, (shift_cards.SEE_OTHERS, cards.TO_MENU)))
    else:
        await _pass_link_on(context, outcome.value)


async def _pass_link_on(context: TurnContext, found: Mapping[str, Any]) -> None:
    """Give a volunteer the link that a stand-in comes in by."""
    known = await context.unit.signups.get(found["signup"])
    if known is not None:
        address = deep_link(context.runtime.bot_link, found["token"])
        context.send(shift_cards.pass_on(await signups.shown_of(context, known), address))


async def _take(context: TurnContext, delivery: Delivery) -> None:
    """Take an offered place, or the place of a volunteer who looks for a stand-in."""
    person = context.citizen.id
    if signup_messages.kind_of(delivery) == signup_messages.STANDIN:
        command: Any = TakeOver(person, signup_messages.standin_for(delivery))
    else:
        command = AcceptOffer(person, delivery.subject_id)
    answer = shift_cards.ANSWERED[shift_cards.TAKE]
    await _run(context, delivery, command, answer, Answer.DONE)


async def _pass(context: TurnContext, delivery: Delivery) -> None:
    """Decline an offered place; the waiting list is kept where the place was not held."""
    answer = shift_cards.ANSWERED[shift_cards.PASS_ON]
    if signup_messages.kind_of(delivery) == signup_messages.OFFER:
        command = DeclineOffer(context.citizen.id, delivery.subject_id)
        await _run(context, delivery, command, answer, Answer.CANNOT)
        return
    text = (await signups.render(context, delivery, False)).text  # noqa: FBT003 - see `Subject`
    await answers.record(context.unit, delivery, Answer.CANNOT)
    context.send(shift_cards.answered(text, answer))
    context.send_text(shift_cards.IN_QUEUE)


def _went(word: str) -> Handler:
    """Return the handler of an answer to how a shift went."""

    async def handle(context: TurnContext, delivery: Delivery) -> None:
        before = await context.unit.signups.get(delivery.subject_id)
        command = GiveFeedback(context.citizen.id, delivery.subject_id, word)
        answer = shift_cards.WENT[word]
        done = await _run(context, delivery, command, answer, Answer.DONE)
        if done is None or before is None:
            return
        shown = await signups.shown_of(context, before)
        asked = {"signup_id": before.id, "contact": shown.contact, "case_id": None, "due": None}
        if word == POOR and not before.feedback:
            asked |= await _complaint(context, before, shown)
        asked["is_noted"] = before.minutes is not None
        await conversations.begin(context, SayMore, asked)

    return handle


async def _complaint(context: TurnContext, known: Signup, shown: Shown) -> dict[str, Any]:
    """Open a case for the contact of a shift that did not go well; return what the person reads."""
    words = context.render(shift_cards.WENT_POORLY.with_(when=shown.when))
    written = replace(context.written(), message_id=None)
    command = TellContact(context.citizen.id, known.id, words, written)
    outcome = await execute(command, context.unit)
    if isinstance(outcome, Refused):
        return {}
    context.case_id = outcome.value.get("case")
    return {name: outcome.value.get(key) for name, key in _TOLD_OF_CASE.items()}


_TOLD_OF_CASE = {"case_id": "case", "contact": "contact", "due": "due"}


async def _absent(context: TurnContext, delivery: Delivery) -> None:
    """Record that the volunteer says they were not there."""
    command = SayAbsent(context.citizen.id, delivery.subject_id)
    answer = shift_cards.ANSWERED[shift_cards.ABSENT]
    await _run(context, delivery, command, answer, Answer.CANNOT)


async def _was(context: TurnContext, delivery: Delivery) -> None:
    """Ask what happened, where a volunteer was there after all."""
    await conversations.begin(context, Dispute, {"signup_id": delivery.subject_id})


async def _why(context: TurnContext, delivery: Delivery) -> None:
    """Ask the member of the staff who decided why it did not work out."""
    outcome = await execute(AskWhy(context.citizen.id, delivery.subject_id), context.unit)
    if isinstance(outcome, Refused):
        context.send(Send(outcome.why, (cards.TO_PERSON, cards.TO_MENU)))
        return
    text = shift_cards.ASKED_WHY.with_(**outcome.value)
    context.send(Send(text, (cards.TO_OVERVIEW, cards.TO_MENU)))


def _unless_changed(handler: Handler) -> Handler:
    """Return a handler that asks again where the shift has changed since the card was sent."""

    async def handle(context: TurnContext, delivery: Delivery) -> None:
        again = await signups.changed_since(context, delivery)
        if again is None:
            await handler(context, delivery)
        else:
            context.send(Redraw(again.text, again.buttons))

    return handle


BUTTONS: Mapping[str, Handler] = {
    "why": _why,
    shift_cards.COMING: _unless_changed(_coming),
    shift_cards.CANNOT: _unless_changed(_cannot),
    "leave": _leave,
    shift_cards.STANDIN: _unless_changed(_standin),
    shift_cards.TAKE: _unless_changed(_take),
    shift_cards.PASS_ON: _pass,
    shift_cards.ABSENT: _absent,
    "was": _was,
    **{word: _went(word) for word in shift_cards.WENT},
}


async def opened(context: TurnContext, link: Link, token: str) -> Send | None:
    """Return what the link of a volunteer who looks for a stand-in opens; None if it is over.

    The volunteer reads that it is their own, and gets the link to pass on.
    """
    known = await context.unit.signups.get(link.subject_id)
    if known is None or known.state is not SignupState.STANDIN_WANTED:
        return None
    citizen = context.citizen
    own = await context.unit.participants.of_person(citizen.id, citizen.address)
    if own.id == known.participant_id:
        address = deep_link(context.runtime.bot_link, token)
        return shift_cards.own_link(await signups.shown_of(context, known), address)
    link_part = f"{link.id}.{await context.unit.links.proof(link.id)}"
    return shift_cards.take_over(await signups.shown_of(context, known), known.id, link_part)


async def take_over(
    context: TurnContext, signup_id: int | None, link_id: int | None, proof: str, why_not: str = ""
) -> None:
    """Take over the place that a link opened; *why_not* is a no to what is asked first."""
    if why_not:
        context.send(signup_cards.not_signed_up(why_not, context.contact()))
        return
    link = None
    if signup_id is not None and link_id is not None:
        link = await context.unit.links.live_to(link_id, SIGNUP, signup_id, proof)
    if link is None:
        context.send(Send(answers.OVER.why, (shift_cards.SEE_OTHERS, cards.TO_MENU)))
        return
    outcome = await execute(TakeOver(context.citizen.id, link.subject_id), context.unit)
    if isinstance(outcome, Refused) and outcome.field == "asks":
        button = f"standin.{link.subject_id}.{link.id}.{proof}"
        await _ask_first(context, button, button)
        return
    if isinstance(outcome, Refused) and outcome.field == "under_15":
        context.send(signup_cards.not_signed_up("young", context.contact()))
        return
    if isinstance(outcome, Refused):
        context.send(Send(outcome.why, (shift_cards.SEE_OTHERS, cards.TO_MENU)))
        return
    await context.unit.links.count_done(link.id)
    await _send_place(context, outcome.value["signup"], shift_cards.TOOK_OVER)


async def check_in(context: TurnContext, code: str, why_not: str = "") -> None:
    """Check in by the code of a shift, from a link or a QR code.

    *why_not* is a no to what is asked first: then the person is counted without a name.
    """
    command = CheckIn(context.citizen.id, code, unnamed=bool(why_not))
    outcome = await execute(command, context.unit)
    if isinstance(outcome, Refused) and outcome.field == "asks":
        await _ask_first(context, f"checkin.{code}", f"checkin.{code}")
        return
    if isinstance(outcome, Done) and outcome.value.get("is_noted"):
        await _noted_absent(context, outcome.value["signup"])
        return
    if isinstance(outcome, Refused):
        context.send(Send(outcome.why, (cards.TO_MENU,)))
    elif outcome.value.get("missing"):
        await _send_about(context, outcome.value["shift"], shift_cards.NOT_IN_ORDER)
    elif outcome.value["signup"] is None:
        await _send_about(context, outcome.value["shift"], shift_cards.CHECKED_IN_UNNAMED)
    else:
        await _send_place(context, outcome.value["signup"], shift_cards.CHECKED_IN)
    await back_to_step(context)


async def _ask_first(context: TurnContext, then: str, otherwise: str) -> None:
    """Ask what is asked once; then execute the command *then*, or one of *otherwise*."""
    unit, citizen = context.unit, context.citizen
    participant = await unit.participants.of_person(citizen.id, citizen.address)
    asks = await profiles.asked_once(unit, citizen.id, participant.id)
    known = {"then": then, "otherwise": otherwise, "asks": asks}
    await conversations.begin(context, BeforeYes, known)


async def _noted_absent(context: TurnContext, signup_id: int) -> None:
    """Ask a volunteer what happened who checks in after they were noted as absent."""
    known = await context.unit.signups.get(signup_id)
    if known is None or known.disputed_at is not None:
        await _send_own(context, signup_id, shift_cards.LOOKED_AT)
        return
    await _send_own(context, signup_id, shift_cards.NOTED_ABSENT)
    await conversations.begin(context, Dispute, {"signup_id": signup_id})


async def _send_about(context: TurnContext, shift_id: int, text: Text) -> None:
    """Send a text about a shift to a person without a sign-up, such as one without a name."""
    shift = await context.unit.shifts.get(shift_id)
    known = await context.unit.opportunities.get(shift.opportunity_id) if shift else None
    if known is not None:
        contact = await first_contact(context.unit, known.id)
        shown = signups.place_shown(context, known, shift, contact)
        filled = shift_cards.said(text, shown)
        context.send(Send(filled, (shift_cards.SEE_OTHERS, cards.TO_MENU)))


async def _send_place(context: TurnContext, signup_id: int, text: Text) -> None:
    """Send a text about the citizen's new place; after the first one, the note about benefits."""
    known = await _send_own(context, signup_id, text)
    if known is not None:
        await tell_benefits(context, known.participant_id)


async def _send_own(context: TurnContext, signup_id: int, text: Text) -> Signup | None:
    """Send a text about the citizen's own sign-up, and return it; None where it is gone."""
    known: Signup | None = await context.unit.signups.get(signup_id)
    if known is not None:
        shown = await signups.shown_of(context, known)
        comes = known.state in COMES - WAS_THERE
        own = (shift_cards.file_button(known.id), shift_cards.leave_button(known.id))
        buttons = (*(own if comes else ()), cards.TO_OVERVIEW, cards.TO_MENU)
        context.send(Send(shift_cards.said(text, shown), buttons))
    return known


async def tell_contact(context: TurnContext, payload: Mapping[str, Any]) -> None:
    """Tell a contact in the chat what a volunteer did, or asks for."""
    unit = context.unit
    known = await unit.signups.get(payload["signup"])
    volunteer = await unit.participants.shown(known.participant_id) if known else None
    if known is None or volunteer is None:
        return
    deciders = []
    for one in await unit.opportunities.contacts(known.opportunity_id):
        staff = await unit.staff.get(one.staff_id) if one.staff_id is not None else None
        deciders += [staff.first_name] if staff is not None else []
    shown = await signups.shown_of(context, known)
    kind = payload["tell"]
    words = payload.get("words", "")
    context.send(shift_cards.to_contact(kind, volunteer.first_name, deciders, shown, words))
