"""Replies to messages of broadcasts: a contribution to a dialogue, or a case of its own."""

from __future__ import annotations

from bot.engine.effects import Send
from bot.engine.events import Done
from bot.i18n import LANGUAGES, render
from bot.model.broadcast import BROADCAST, Broadcast, BroadcastState
from bot.model.case import CaseKind, CaseMessage, DeliveryState, MessageKind
from bot.model.commands.broadcasts import AnswerBroadcast
from bot.model.delivery import Delivery
from bot.runner import citizen_cases
from bot.runner.context import TurnContext
from bot.service import execute
from bot.store.broadcasts import OCCASION
from bot.tone.feelings import Feeling, feeling
from flows import broadcast_cards, cards, case_messages


async def take(context: TurnContext, words: str) -> bool:
    """Take words that reply to a broadcast's message in Telegram; return whether they do."""
    replied = context.incoming.reply_to
    if replied is None:
        return False
    unit = context.unit
    delivery = await unit.deliveries.by_message(context.citizen.id, BROADCAST, replied)
    known = await unit.broadcasts.get(delivery.subject_id) if delivery is not None else None
    if delivery is None or known is None:
        return False
    if not await _contributes(context, known, delivery, words):
        await _open_case(context, known, words, replied)
    return True


async def _contributes(
    context: TurnContext, known: Broadcast, delivery: Delivery, words: str
) -> bool:
    """Store words as the answer to a dialogue that asks for own words; return whether it did."""
    takes_words = (known.question or {}).get("own_words") and delivery.occasion == OCCASION
    if not takes_words or known.state is BroadcastState.CLOSED:
        return False
    command = AnswerBroadcast(context.citizen.id, delivery.id, words=words)
    if not isinstance(await execute(command, context.unit), Done):
        return False
    noted = broadcast_cards.NOTED_WORDS.with_(number=known.number)
    context.send(Send(noted, (cards.TO_MENU,)))
    return True


async def _open_case(context: TurnContext, known: Broadcast, words: str, replied: int) -> None:
    """Open a case in which staff see the broadcast; a later reply to it joins the case."""
    unit = context.unit
    if feeling(words) is Feeling.ANGRY:
        await citizen_cases.meet_anger(context, words, None)
    else:
        facts = await citizen_cases.open_case(
            context, CaseKind.QUESTION, words, None, context.written()
        )
        context.send(Send(case_messages.RECEIPT.with_(**facts), (cards.TO_MENU,)))
    case_id = context.case_id
    asked = await unit.threads.last(case_id) if case_id is not None else None
    if case_id is None or asked is None:
        return
    await unit.cases.link(context.chat_id, replied, case_id, asked.id)
    path = f"broadcasts/{known.id}"
    note = broadcast_cards.REPLIES_TO.with_(title=known.title, path=path)
    await unit.threads.say(
        CaseMessage(
            id=0,
            case_id=case_id,
            kind=MessageKind.NOTE,
            staff_id=None,
            signed=None,
            text=render(note, LANGUAGES[0], escape=str),
            version=1,
            state=DeliveryState.KEPT,
            at=unit.now,
        )
    )
