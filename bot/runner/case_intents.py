"""Intents about cases: what their commands and buttons do."""

from __future__ import annotations

from bot.engine.effects import Send
from bot.engine.events import Refused
from bot.model.case import MessageKind
from bot.model.commands.cases import FeltWrong, GiveVerdict, SplitOff
from bot.model.commands.citizen import RateAnswer
from bot.runner import citizen_cases, conversations
from bot.runner.context import TurnContext
from bot.runner.conversations import back_to_step
from bot.runner.dossier import send_data
from bot.runner.faq import faq_entry, find, theme_of
from bot.runner.free_text import join_later, send_on, settle
from bot.service import execute
from bot.service.cases.joining import YES
from flows import cards, case_messages, messages
from flows.asking import CallMe, NotYet, WritePerson

VERDICTS = (YES, "partly", "no")


async def person(context: TurnContext) -> None:
    """Show the ways to a person."""
    context.send(cards.person(context.contact()))


async def ask_on(context: TurnContext, rest: str) -> None:
    """Send a stored question to staff, after an unhelpful answer or none.

    Without a stored question, begin the flow that writes to a person. A second tap on the same
    button shows the newest case.
    """
    faq_id, _dot, number = rest.rpartition(".")
    if faq_id and await faq_entry(context, faq_id) is not None:
        await execute(RateAnswer(faq_id, helped=False), context.unit)
    asked = await settle(context, conversations.id_of(number) if number.isdigit() else None)
    if asked is None and number.isdigit() and await citizen_cases.show_newest(context):
        return  # a second tap: the question has become a case by now
    if asked is None:
        await conversations.begin(context, WritePerson)
        return
    await send_on(context, asked, by_itself=False)
    await back_to_step(context)


async def helped(context: TurnContext, faq_id: str, question_id: int | None) -> None:
    """Record that an answer helped and thank; only a button still on the screen counts."""
    entry = await faq_entry(context, faq_id)
    data = cards.helped_button(faq_id, question_id).data
    pressed = context.tapped_message is not None and any(
        shown == data for shown, _label in context.citizen.screen
    )
    await settle(context, question_id)
    if entry is not None and pressed:
        await execute(RateAnswer(faq_id, helped=True), context.unit)
    context.send(Send(messages.GLAD, (cards.TO_MENU,)))


async def let_go(context: TurnContext, question_id: int | None) -> None:
    """Drop a stored question at the citizen's wish."""
    await settle(context, question_id)
    context.send(Send(messages.LET_GO, (cards.TO_MENU,)))


async def join(context: TurnContext, question_id: int | None, case_id: int | None) -> None:
    """Add a stored question to the case that the citizen chose."""
    asked = await settle(context, question_id)
    if asked is None or case_id is None:
        context.send_text(messages.OLD_BUTTON)
        await conversations.leave_for_menu(context)
        return
    await join_later(context, asked, case_id)
    await back_to_step(context)


async def split(context: TurnContext, case_message_id: int | None) -> None:
    """Move words that had joined a case to a case of their own."""
    said = await context.unit.threads.get(case_message_id) if case_message_id is not None else None
    own = said is not None and said.kind is MessageKind.ASKED
    theme = await theme_of(context, await find(context, said.text)) if own and said else None
    done = await execute(SplitOff(context.citizen.id, case_message_id or 0, theme), context.unit)
    if isinstance(done, Refused):
        context.send_text(done.why)
        return
    context.case_id = done.value["case"]
    receipt = case_messages.RECEIPT.with_(**citizen_cases.facts_of(done))
    context.send(Send(receipt, (cards.TO_OVERVIEW, cards.TO_MENU)))


async def call(context: TurnContext, case_id: int | None) -> None:
    """Begin the flow that asks for a call, about *case_id* if it is a live case of the citizen."""
    case = await context.unit.cases.get(case_id) if case_id is not None else None
    own = case is not None and case.person_id == context.citizen.id and case.live
    await conversations.begin(context, CallMe, {"case_id": case_id if own else None})


async def verdict(context: TurnContext, about: int | None, episode: int | None, given: str) -> None:
    """Record a verdict on an answer at once; unless it is a yes, ask for the missing facts."""
    if about is None or episode is None or given not in VERDICTS:
        await conversations.leave_for_menu(context)
        return
    command = GiveVerdict(context.citizen.id, about, episode, given, None, context.written())
    done = await execute(command, context.unit)
    if isinstance(done, Refused):
        context.send(Send(done.why, (cards.TO_MENU,)))
        await back_to_step(context)
        return
    context.case_id = about
    if given != YES:
        await conversations.begin(
            context, NotYet, {"case_id": about, "episode": episode, "verdict": given}
        )
        return
    text = case_messages.RESOLVED.with_(**citizen_cases.facts_of(done))
    context.send(Send(text, (cards.TO_MENU,)))
    if await _nothing_is_missing(context, about):
        await conversations.offer_paused(context)
    else:
        await back_to_step(context)


async def _nothing_is_missing(context: TurnContext, case_id: int) -> bool:
    """End a waiting `NotYet` conversation after a yes; return whether one waited."""
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if waiting is None or waiting.flow != NotYet.key() or waiting.answers["case_id"] != case_id:
        return False
    await conversations.end(context, waiting)
    return True


async def felt(context: TurnContext, case_id: int | None) -> None:
    """Alert leaders that an answer did not feel right (HR-15)."""
    done = await execute(FeltWrong(context.citizen.id, case_id or 0), context.unit)
    if isinstance(done, Refused):
        context.send_text(done.why)
        return
    context.send(Send(case_messages.FELT_WRONG_THANKS, (cards.TO_PERSON, cards.TO_MENU)))


async def complain(context: TurnContext) -> None:
    """Show the three ways to complain (HR-16)."""
    context.send(cards.complaint_routes())


async def decision(context: TurnContext) -> None:
    """Send how to complain about a decision."""
    text = case_messages.DECISION_WAY.with_(contact=context.contact())
    context.send(Send(text, (cards.TO_PERSON, cards.TO_MENU)))


async def adviser(context: TurnContext) -> None:
    """Send what the citizens' adviser does."""
    text = case_messages.ADVISER_WAY.with_(contact=context.contact())
    context.send(Send(text, (cards.TO_MENU,)))


async def hearing(context: TurnContext) -> None:
    """Say that no hearing is open."""
    idea_button = cards.command_button("idea", cards.INTENT_LABELS["idea"])
    context.send(Send(case_messages.NO_HEARINGS, (idea_button, cards.TO_MENU)))


async def data(context: TurnContext) -> None:
    """Send the citizen's stored data (HR-9)."""
    await send_data(context)


async def delete(context: TurnContext) -> None:
    """Send the citizen's stored data and how to have it deleted (HR-9)."""
    await send_data(context)
    context.send(Send(case_messages.DELETE_ME, (cards.TO_PERSON, cards.TO_MENU)))
