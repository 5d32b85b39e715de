"""Words about broadcasts: a contribution to a dialogue, or a case of its own.

They reply to its message in Telegram, begin with its number, or are written while it is the
newest message.
"""

from __future__ import annotations

import re
from datetime import timedelta

from bot.engine.effects import Send
from bot.engine.events import Done
from bot.i18n import LANGUAGES, render
from bot.model.broadcast import BROADCAST, Broadcast
from bot.model.case import CaseKind, CaseMessage, DeliveryState, MessageKind
from bot.model.commands.broadcasts import AnswerBroadcast
from bot.model.delivery import Delivery
from bot.runner import citizen_cases, free_text
from bot.runner.context import TurnContext
from bot.service import execute
from bot.store.broadcasts import OCCASION
from bot.tone.feelings import Feeling, feeling
from flows import broadcast_cards, cards, case_messages
from flows.intents import typed_intent
from flows.pledge_questions import is_question

NEWEST = 5  # deliveries among which the newest message is looked for
FRESH = timedelta(days=4)
FEWEST_WORDS = 3
NAMED = re.compile(r"\s*d\s*-?\s*(\d{1,9})\b[\s:.,–-]*(.*)", re.IGNORECASE | re.DOTALL)


async def take_named(context: TurnContext, words: str) -> bool:
    """Take words that begin with the number of a dialogue, such as "D-4: yes"; say whether."""
    named = NAMED.fullmatch(words)
    if named is None:
        return False
    participant = await _participant_id(context)
    found = await context.unit.deliveries.to(participant, BROADCAST, int(named[1]))
    known = await context.unit.broadcasts.get(int(named[1]))
    delivery = next((one for one in found if one.occasion == OCCASION), None)
    if delivery is None or known is None or not known.is_dialogue:
        return False
    if not named[2].strip():
        context.send(broadcast_cards.message(known, delivery.id, context.language))
    elif not await _contributes(context, known, delivery, named[2].strip()):
        context.send(Send(broadcast_cards.OVER, (cards.TO_PERSON, cards.TO_MENU)))
    return True


async def ask_back(context: TurnContext, words: str) -> bool:
    """Ask whether words are the answer to the newest message, a dialogue; return whether it did.

    They are kept, and go nowhere until the citizen says that they are about something else.
    """
    if is_question(words) or len(words.split()) < FEWEST_WORDS or typed_intent(words) is not None:
        return False
    newest = await context.unit.deliveries.newest_of(await _participant_id(context), NEWEST)
    sent = [one for one in newest if one.sent_at is not None]
    last = max(sent, key=lambda one: (one.sent_at or context.now, one.id), default=None)
    if last is None or last.subject_kind != BROADCAST or last.answer is not None:
        return False
    known = await context.unit.broadcasts.get(last.subject_id)
    is_old = last.sent_at is None or context.now - last.sent_at > FRESH
    if known is None or is_old or not _takes_words(context, known, last):
        return False
    asked = await free_text.keep_aside(context, words)
    context.send(broadcast_cards.is_answer(known, asked.id, last.id, context.language))
    return True


async def answer(context: TurnContext, question_id: int | None, delivery_id: int | None) -> None:
    """Store words that the citizen has said are the answer to a dialogue."""
    asked = await free_text.settle(context, question_id)
    found = await context.unit.deliveries.get(delivery_id) if delivery_id is not None else None
    is_own = found is not None and found.participant_id == await _participant_id(context)
    known = await context.unit.broadcasts.get(found.subject_id) if found and is_own else None
    if asked is None or found is None or known is None:
        context.send(Send(broadcast_cards.OVER, (cards.TO_PERSON, cards.TO_MENU)))
    elif not await _contributes(context, known, found, asked.words):
        await free_text.question(context, asked.words)


async def _participant_id(context: TurnContext) -> int:
    citizen = context.citizen
    return (await context.unit.participants.of_person(citizen.id, citizen.address)).id


def _takes_words(context: TurnContext, known: Broadcast, delivery: Delivery) -> bool:
    """Return whether a broadcast's message can be answered in own words now."""
    asks = bool((known.question or {}).get("own_words")) and delivery.occasion == OCCASION
    return asks and known.takes_answers(context.calendar.local(context.now).date())


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
    if not _takes_words(context, known, delivery):
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
