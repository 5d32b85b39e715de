"""A pledge in the open chat, in a citizen's own words: it begins the flow, or is asked about."""

from __future__ import annotations

from bot.engine.ask_listed import WORDS
from bot.runner import citizen_cases, conversations
from bot.runner.context import TurnContext
from bot.runner.faq import find
from bot.runner.pledge_making import begin_pledge
from flows.pledge_questions import own_promise
from flows.pledge_said import Said, may_be_pledge, said_as_pledge
from flows.pledge_sentence import read_sentence
from flows.pledges import OfferPledge


async def begin_as_pledge(context: TurnContext, words: str) -> bool:
    """Begin a pledge with words that are one, or ask whether they are; return whether they may be.

    Phrasings that the FAQ lists keep their answers. Where the citizen has an open case, words are
    asked about: they may belong to it.
    """
    if not may_be_pledge(words) or not isinstance(own_promise(words), str):
        return False
    unit = context.unit
    today = context.calendar.local(context.now).date()
    entries = await unit.catalogue.published()
    said = said_as_pledge(
        read_sentence(words, context.language, today, entries, unit.town.measures)
    )
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
