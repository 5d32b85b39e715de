"""Words about broadcasts: a contribution to a dialogue, or a case of its own.

They reply to its message in Telegram, begin with its number, or are written while it is the
newest message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.engine.conversation import Conversation
from bot.engine.effects import Send
from bot.engine.events import Refused
from bot.engine.words import same
from bot.i18n import LANGUAGES, render
from bot.model.broadcast import BROADCAST, Broadcast, BroadcastState
from bot.model.case import CaseKind, CaseMessage, DeliveryState, MessageKind
from bot.model.commands.broadcasts import AnswerBroadcast
from bot.model.delivery import Delivery
from bot.model.link import news_item_url
from bot.runner import citizen_cases, conversations, free_text
from bot.runner.context import TurnContext
from bot.service import execute
from bot.service.broadcasts.dialogues import takes_answers
from bot.service.broadcasts.welcoming import WELCOME
from bot.store.broadcasts import OCCASION
from bot.store.public_broadcasts import PublicBroadcasts
from bot.tone.feelings import Feeling, feeling
from flows import broadcast_cards, cards, case_messages
from flows.broadcasts import AnswerInOwnWords
from flows.intents import typed_intent
from flows.pledge_questions import is_question

NEWEST = 5  # deliveries among which the newest message is looked for
FRESH = timedelta(days=4)
FEWEST_WORDS = 3
ASKS = frozenset({OCCASION, WELCOME})  # the kinds of messages that have the question
NAMED = re.compile(r"\s*d\s*-?\s*(\d{1,9})\b[\s:.,–-]*(.*)", re.IGNORECASE | re.DOTALL)


async def take_named(context: TurnContext, words: str) -> bool:
    """Take words that begin with the number of a dialogue, such as "D-4: yes"; say whether."""
    named = NAMED.fullmatch(words)
    if named is None:
        return False
    participant = await _participant_id(context)
    found = await context.unit.deliveries.to(participant, BROADCAST, int(named[1]))
    known = await context.unit.broadcasts.get(int(named[1]))
    delivery = next((one for one in found if one.kind in ASKS), None)
    if known is None or not known.is_dialogue:
        return False
    if delivery is None:
        return await _not_asked(context, known, words)
    if not named[2].strip():
        context.send(broadcast_cards.message(known, delivery.id, context.language))
        return True
    said = named[2].strip()
    refused = await _contribute(context, known, delivery, said)
    if refused is not None:
        await turn_down(context, known, refused, said)
    return True


async def _not_asked(context: TurnContext, known: Broadcast, words: str) -> bool:
    """Say that a public dialogue was sent to others; return whether it is public.

    Whether there is another one is not told.
    """
    if not await PublicBroadcasts(context.unit).some(1, only=known.id):
        return False
    asked = await free_text.keep_aside(context, words)
    send = cards.command_button(f"human.{asked.id}", broadcast_cards.SEND_WORDS)
    title = broadcast_cards.title_for(known, context.language)
    text = broadcast_cards.NOT_ASKED.with_(number=known.number, title=title)
    context.send(Send(text, (send, cards.TO_MENU)))
    return True


async def ask_back(context: TurnContext, words: str) -> bool:
    """Ask whether words are the answer to the newest message, a dialogue; return whether it did.

    They are kept, and go nowhere until the citizen says that they are about something else.
    """
    if is_question(words) or len(words.split()) < FEWEST_WORDS or typed_intent(words) is not None:
        return False
    newest = await _newest(context)
    if newest is None or newest[1].answer is not None or not _takes_words(context, *newest):
        return False
    await _ask_if_answer(context, *newest, words)
    return True


async def take_in_step(context: TurnContext, waiting: Conversation, words: str) -> bool:
    """Take words that the step in own words cannot store; return whether they are such.

    Where no answer is taken any longer, say so. A question may be the answer, or be about
    something else: ask which. The words are kept, and the step ends: the buttons lead on.
    """
    found = await _of_step(context, waiting)
    if found is None:
        return False
    known, delivery = found
    refused = await takes_answers(context.unit, context.citizen.id, delivery.id)
    if refused is None and not is_question(words):
        return False
    await conversations.end(context, waiting)
    if refused is not None:
        await turn_down(context, known, refused, words)
    else:
        await _ask_if_answer(context, known, delivery, words)
    return True


async def _ask_if_answer(
    context: TurnContext, known: Broadcast, delivery: Delivery, words: str
) -> None:
    asked = await free_text.keep_aside(context, words)
    context.send(broadcast_cards.is_answer(known, asked.id, delivery.id, context.language))


async def in_question(context: TurnContext, waiting: Conversation | None) -> Broadcast | None:
    """Return the dialogue that the citizen is answering, or just got; None where there is none."""
    if waiting is None:
        newest = await _newest(context)
        return newest[0] if newest is not None and newest[0].is_dialogue else None
    found = await _of_step(context, waiting)
    return found[0] if found is not None else None


async def _newest(context: TurnContext) -> tuple[Broadcast, Delivery] | None:
    """Return the newest message to the citizen where it is a broadcast's, and fresh."""
    newest = await context.unit.deliveries.newest_of(await _participant_id(context), NEWEST)
    sent = [one for one in newest if one.sent_at is not None]
    last = max(sent, key=lambda one: (one.sent_at or context.now, one.id), default=None)
    if last is None or last.subject_kind != BROADCAST or last.kind not in ASKS:
        return None
    known = await context.unit.broadcasts.get(last.subject_id)
    is_old = last.sent_at is None or context.now - last.sent_at > FRESH
    return None if known is None or is_old else (known, last)


async def _of_step(
    context: TurnContext, waiting: Conversation
) -> tuple[Broadcast, Delivery] | None:
    """Return the dialogue and the message that a step in own words answers; None for others."""
    if waiting.flow != AnswerInOwnWords.key():
        return None
    found = await context.unit.deliveries.get(waiting.answers["delivery_id"])
    known = await context.unit.broadcasts.get(found.subject_id) if found is not None else None
    return (known, found) if found is not None and known is not None else None


async def answer(context: TurnContext, question_id: int | None, delivery_id: int | None) -> None:
    """Store words that the citizen has said are the answer to a dialogue."""
    asked = await free_text.settle(context, question_id)
    found, known = await _own(context, delivery_id)
    if found is None or known is None:
        context.send(Send(broadcast_cards.OVER, (cards.TO_PERSON, cards.TO_MENU)))
        return
    if asked is None:  # a newer question has replaced it
        gone = await takes_answers(context.unit, context.citizen.id, found.id)
        if gone is not None:
            await turn_down(context, known, gone)
        else:
            context.send(Send(broadcast_cards.NEWER, (cards.TO_MENU,)))
        return
    refused = await _contribute(context, known, found, asked.words)
    if refused is not None:
        await turn_down(context, known, refused, asked.words)


async def step_noted(context: TurnContext, delivery_id: int | None) -> None:
    """Thank for an answer that the step in own words has stored."""
    found, known = await _own(context, delivery_id)
    if found is None or known is None:
        return
    given = await context.unit.contributions.of(BROADCAST, known.id, found.participant_id)
    if given is not None:
        context.send(broadcast_cards.noted(known, found.id, given, context.language))


async def step_left(context: TurnContext) -> None:
    """Say that an answer may be left out."""
    context.send(Send(broadcast_cards.NOT_ANSWERED, (cards.TO_MENU,)))


async def turn_down(
    context: TurnContext, known: Broadcast, refused: Refused, words: str = ""
) -> None:
    """Say why an answer is not taken; of a closed dialogue, where its outcomes are.

    The *words* of an answer are not lost: a button sends them to staff.
    """
    way = cards.TO_PERSON
    if words:
        asked = await free_text.keep_aside(context, words)
        way = cards.command_button(f"human.{asked.id}", broadcast_cards.SEND_WORDS)
    if known.state is not BroadcastState.CLOSED:
        context.send(Send(refused.why, (way, cards.TO_MENU)))
        return
    url = context.runtime.public_url
    is_shown = bool(url) and await PublicBroadcasts(context.unit).some(1, only=known.id)
    page = news_item_url(url, known.id) if is_shown else ""
    context.send(Send(broadcast_cards.closed(known, page, context.language), (way, cards.TO_MENU)))


async def _own(
    context: TurnContext, delivery_id: int | None
) -> tuple[Delivery | None, Broadcast | None]:
    """Return a message of the citizen with its broadcast; None for those of others."""
    found = await context.unit.deliveries.get(delivery_id) if delivery_id is not None else None
    if found is None or found.participant_id != await _participant_id(context):
        return None, None
    return found, await context.unit.broadcasts.get(found.subject_id)


async def _participant_id(context: TurnContext) -> int:
    citizen = context.citizen
    return (await context.unit.participants.of_person(citizen.id, citizen.address)).id


def _takes_words(context: TurnContext, known: Broadcast, delivery: Delivery) -> bool:
    """Return whether a broadcast's message can be answered in own words now."""
    asks = bool((known.question or {}).get("own_words")) and delivery.kind in ASKS
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
    takes = _takes_words(context, known, delivery)
    if not takes or await _contribute(context, known, delivery, words) is not None:
        await _open_case(context, known, words, replied)
    return True


async def _contribute(
    context: TurnContext, known: Broadcast, delivery: Delivery, words: str
) -> Refused | None:
    """Store words as the answer to a dialogue; return why they are not taken.

    The label of an option is that option.
    """
    options = (known.question or {}).get("options") or []
    key = next((str(o["key"]) for o in options if _is_label(words, o["labels"])), None)
    return await store(context, known, delivery, key=key, words=None if key else words)


async def store(
    context: TurnContext,
    known: Broadcast,
    delivery: Delivery,
    *,
    key: str | None = None,
    words: str | None = None,
) -> Refused | None:
    """Store an option or own words, and thank for it; return why it is not taken."""
    given = context.unit.contributions
    earlier = await given.of(BROADCAST, known.id, delivery.participant_id)
    command = AnswerBroadcast(context.citizen.id, delivery.id, key=key, words=words)
    done = await execute(command, context.unit)
    if isinstance(done, Refused):
        return done
    before = ""
    if key is not None and earlier is not None and earlier.key not in {None, key}:
        before = broadcast_cards.answer_words(known, earlier.key, None, context.language)
    now = await given.of(BROADCAST, known.id, delivery.participant_id)
    if now is not None:
        shown = now if words is not None else replace(now, words=None)
        card = broadcast_cards.noted(known, delivery.id, shown, context.language, before=before)
        context.send(card)
    return None


def _is_label(words: str, labels: Mapping[str, str]) -> bool:
    """Return whether words are the label of an option, in any language."""
    return any(same(words, label) for label in labels.values())


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
