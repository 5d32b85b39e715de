"""Buttons of messages about a pledge: the answers to a check-in, and what follows them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.engine.effects import Redraw, Send
from bot.engine.events import Refused
from bot.i18n import Text
from bot.model.commands.pledges import AnswerCheckIn, UndoCheckIn
from bot.model.delivery import Delivery
from bot.model.pledge import LIVES, CheckIn, CheckInAnswer, Pledge, PledgeState
from bot.runner import check_in_replies, conversations, pledges, put_off_buttons
from bot.runner import signature_messages as signatures
from bot.runner.check_in_options import amount_in, asks_amount, whole_of
from bot.runner.context import TurnContext
from bot.runner.pledge_owner import own_pledge
from bot.service import execute
from bot.service.pledges import pledge_messages as kinds
from bot.transport.incoming import Wrote
from flows import cards, shift_cards
from flows import check_in_replies as replies
from flows.check_ins import TellHowMuch, answer_of
from flows.signature_cards import ANSWERS, BUTTON_OF, UNDO

Handler = Callable[[TurnContext, Delivery], Awaitable[None]]
ANSWERABLE = LIVES | {PledgeState.KEPT}


def _went(answer: CheckInAnswer) -> Handler:
    """Return the handler of an answer to a question about a pledge."""

    async def handle(context: TurnContext, delivery: Delivery) -> None:
        own = await own_pledge(context, delivery.subject_id)
        is_asked = delivery.kind in kinds.QUESTIONS
        if own is None or not is_asked or own.state not in ANSWERABLE:
            context.send(_over())
        elif answer is CheckInAnswer.PARTLY and asks_amount(own):
            await _partly(context, delivery, own)
        else:
            await _answer(context, delivery, answer, 0)

    return handle


async def _partly(context: TurnContext, delivery: Delivery, own: Pledge) -> None:
    """Record the amount that was written, or ask how much it was."""
    content, whole = context.incoming.content, whole_of(own)
    is_typed = isinstance(content, Wrote)
    amount = await amount_in(context, own, context.incoming.words) if is_typed else None
    if amount is not None:
        await _answer(context, delivery, answer_of(amount, whole), amount)
        return
    known = {"pledge_id": own.id, "delivery_id": delivery.id, "whole": whole, "answer": None}
    asked_on = kinds.asked_on(delivery).isoformat()
    await conversations.begin(context, TellHowMuch, {**known, "asked_on": asked_on})


async def _answer(
    context: TurnContext, delivery: Delivery, answer: CheckInAnswer, amount: int
) -> None:
    """Record an answer, show it in the message, and reply."""
    question = await _text(context, delivery)
    day = kinds.asked_on(delivery)
    command = AnswerCheckIn(context.citizen.id, delivery.subject_id, day, answer, amount)
    outcome = await execute(command, context.unit)
    if isinstance(outcome, Refused):
        context.send(Send(outcome.why, (cards.TO_OVERVIEW, cards.TO_MENU)))
        return
    await _asks_no_more(context, delivery)
    _show(context, delivery, question, ANSWERS[answer])
    await _reply(context, delivery, answer, outcome.value["ended"])


async def _asks_no_more(context: TurnContext, delivery: Delivery) -> None:
    """End the question how much was done, where other words or a button have answered it."""
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if waiting is None or waiting.flow != TellHowMuch.key():
        return
    if waiting.answers.get("delivery_id") == delivery.id:
        await conversations.end(context, waiting)


async def told_how_much(context: TurnContext, delivery_id: int | None) -> None:
    """Reply to how much was done, which a flow has asked."""
    unit, citizen = context.unit, context.citizen
    delivery = await unit.deliveries.get(delivery_id) if delivery_id is not None else None
    participant = await unit.participants.of_person(citizen.id, citizen.address)
    known = await _known(context, delivery) if delivery is not None else None
    if delivery is None or delivery.participant_id != participant.id or known is None:
        context.send(_over())
        return
    _show(context, delivery, await _text(context, delivery), ANSWERS[known.answer])
    own = await unit.pledges.get(delivery.subject_id)
    is_last = own is not None and not own.lives
    await _reply(context, delivery, known.answer, is_last)


async def _reply(
    context: TurnContext,
    delivery: Delivery,
    answer: CheckInAnswer,
    is_ended: bool,  # noqa: FBT001 - as the service returns it
) -> None:
    """Thank for an answer; after “not this time”, offer what can be done (3c-7)."""
    own = await context.unit.pledges.get(delivery.subject_id)
    if own is None:
        context.send(_over())
        return
    known = await _known(context, delivery)
    amount = known.amount if known is not None else 0
    if delivery.kind == kinds.FOLLOW_UP:
        context.send(signatures.after(context, own, delivery, answer, amount))
    elif answer is CheckInAnswer.NOT:
        context.send(replies.not_done(own.id, delivery))
    else:
        context.send(
            await check_in_replies.noted(context, own, delivery, answer, amount, is_ended=is_ended)
        )


def _show(context: TurnContext, delivery: Delivery, question: Text, answer: Text) -> None:
    """Show the answer in the message that asked, also where words gave it."""
    drawn = shift_cards.answered(question, answer)
    tapped = context.tapped_message
    context.send(Redraw(drawn.text, message_id=tapped or delivery.message_id))


async def _known(context: TurnContext, delivery: Delivery) -> CheckIn | None:
    """Return the answer to a question; None where it has none, or was taken back."""
    if delivery.kind not in kinds.QUESTIONS:
        return None
    found: CheckIn | None = await context.unit.check_ins.on(
        delivery.subject_id, kinds.asked_on(delivery)
    )
    return found if found is not None and found.undone_at is None else None


async def _text(context: TurnContext, delivery: Delivery) -> Text:
    return (await pledges.render(context, delivery, delivery.asked_again_at is not None)).text


async def _show_answer(context: TurnContext, delivery: Delivery) -> None:
    """Show the answer that a person has given already."""
    known = await _known(context, delivery)
    if known is None:
        context.send(_over())
    else:
        _show(context, delivery, await _text(context, delivery), ANSWERS[known.answer])


async def _undo(context: TurnContext, delivery: Delivery) -> None:
    """Take an answer back, and ask again."""
    day = kinds.asked_on(delivery)
    command = UndoCheckIn(context.citizen.id, delivery.subject_id, day)
    outcome = await execute(command, context.unit)
    if isinstance(outcome, Refused):
        context.send(Send(outcome.why, (cards.TO_OVERVIEW, cards.TO_MENU)))
    else:
        again = await pledges.render(context, delivery, False)  # noqa: FBT003 - see `Subject`
        context.send(replies.undone(again))


async def _why(context: TurnContext, delivery: Delivery) -> None:
    """Ask for the obstacle."""
    context.send(replies.why(delivery))


async def _convert(context: TurnContext, delivery: Delivery) -> None:
    """Show what the pledge corresponds to in another unit."""
    own = await context.unit.pledges.get(delivery.subject_id)
    shown = await check_in_replies.convert(context, own) if own is not None else None
    context.send(shown or _over())


def _over() -> Send:
    return Send(replies.NO_LONGER, (cards.TO_OVERVIEW, cards.TO_MENU))


BUTTONS: Mapping[str, Handler] = {
    **signatures.BUTTONS,
    **{key: _went(answer) for answer, key in BUTTON_OF.items()},
    **put_off_buttons.buttons_of(pledges.render, _show_answer),
    UNDO: _undo,
    replies.WHY: _why,
    replies.CONVERTED: _convert,
}
