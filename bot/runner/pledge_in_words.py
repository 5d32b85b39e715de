"""A pledge in the open chat, in a citizen's own words: it begins the flow, or is asked about."""

from __future__ import annotations

from dataclasses import replace

from bot.engine.ask_listed import WORDS
from bot.engine.conversation import WAITING, Conversation
from bot.engine.effects import Note
from bot.engine.events import Typed
from bot.runner import citizen_cases, conversations
from bot.runner.context import TurnContext
from bot.runner.faq import find
from bot.runner.flow_lookup import step_of
from bot.runner.pledge_making import begin_pledge
from flows.pledge_questions import AskAmount, AskUntil, own_promise
from flows.pledge_said import Said, may_be_pledge, said_as_pledge
from flows.pledge_sentence import read_sentence
from flows.pledges import AskWhichPledge, OfferPledge


async def begin_as_pledge(context: TurnContext, words: str) -> bool:
    """Begin a pledge with words that are one, or ask whether they are; return whether they may be.

    Phrasings that the FAQ lists keep their answers. Where the citizen has an open case, words are
    asked about: they may belong to it.
    """
    said, unit = await _said(context, words), context.unit
    best = (await find(context, words)).best
    if said is None or (best is not None and best.score >= 1):
        return False
    cases = await unit.cases.writable(context.citizen.id)
    has_case = await citizen_cases.joinable(context, cases) is not None
    if said is Said.PROMISE and not has_case:
        await begin_pledge(context, {WORDS: words.strip()})
    else:
        await conversations.begin(context, OfferPledge, {"said": words.strip()})
    return True


async def _said(context: TurnContext, words: str) -> Said | None:
    """Return how sure it is that words are a pledge; None where they are about other things."""
    if not may_be_pledge(words) or not isinstance(own_promise(words), str):
        return None
    today = context.calendar.local(context.now).date()
    entries, measures = await context.unit.catalogue.published(), context.town.measures
    return said_as_pledge(read_sentence(words, context.language, today, entries, measures))


async def ask_which(context: TurnContext, waiting: Conversation, words: str) -> bool:
    """Where a step asks how much or until when, ask whether a sentence is another pledge.

    Return whether it may be.
    """
    if not isinstance(step_of(waiting), AskUntil | AskAmount):
        return False
    if await _said(context, words) is None:
        return False
    known = {"conversation_id": waiting.id, "said": words.strip()}
    await conversations.begin(context, AskWhichPledge, known)
    return True


async def answer_step(context: TurnContext, conversation_id: int | None, words: str) -> None:
    """Give words to the step that a conversation waits at, as its answer."""
    unit, own = context.unit, context.citizen.id
    found = await unit.conversations.get(conversation_id) if conversation_id is not None else None
    if found is None or found.person_id != own:
        await conversations.leave_for_menu(context)
        return
    found = replace(found, state=WAITING, touched_at=context.now)
    await unit.conversations.save(found)
    note = await conversations.handle_event(context, found, Typed(words))
    if note is not Note.NONE and not context.outgoing:
        await conversations.ask_again(context, found)
