"""What the doors and buttons of cases answer."""

from __future__ import annotations

from bot.engine.effects import Send
from bot.engine.events import Refused
from bot.model import commands
from bot.model.case import MessageKind
from bot.runner import citizen_cases, conversations
from bot.runner.context import TurnContext
from bot.runner.conversations import back_to_step
from bot.runner.dossier import send_data
from bot.runner.faq import faq_entry, find, theme_of
from bot.runner.free_text import join_later, send_on, settle
from bot.service import execute
from bot.service.cases.joining import YES
from flows import cards, case_messages, messages
from flows.asking import Access, CallMe, Complaint, Idea, NotYet, WritePerson
from flows.report import Outdoors

VERDICTS = (YES, "partly", "no")


async def person(context: TurnContext, rest: str) -> None:
    """Show the ways to a person."""
    del rest
    context.send(cards.person(context.contact()))
    await back_to_step(context)


async def write(context: TurnContext, rest: str) -> None:
    """Begin writing to a person."""
    del rest
    await conversations.begin(context, WritePerson)


async def ask_on(context: TurnContext, rest: str) -> None:
    """Go from an answer that did not help, or from none, to a person; the words are kept."""
    faq_id, _dot, number = rest.rpartition(".")
    if faq_id and await faq_entry(context, faq_id) is not None:
        await execute(commands.RateAnswer(faq_id, helped=False), context.unit)
    asked = await settle(context, conversations.id_of(number) if number.isdigit() else None)
    if asked is None and number.isdigit() and await citizen_cases.show_newest(context):
        return  # a second tap: the question has become a case by now
    if asked is None:
        await conversations.begin(context, WritePerson)
        return
    await send_on(context, asked, by_itself=False)
    await back_to_step(context)


async def helped(context: TurnContext, rest: str) -> None:
    """Thank for the word that an answer helped; the buttons go, so that it counts once."""
    faq_id, _dot, number = rest.partition(".")
    entry = await faq_entry(context, faq_id)
    pressed = context.tapped_message is not None and any(
        data == f"{cards.COMMAND}helped.{rest}" for data, _label in context.citizen.screen
    )
    await settle(context, conversations.id_of(number) if number else None)
    if entry is not None and pressed:
        await execute(commands.RateAnswer(faq_id, helped=True), context.unit)
    context.send(Send(messages.GLAD, (cards.TO_MENU,)))


async def let_go(context: TurnContext, rest: str) -> None:
    """Let a question go: it was nothing."""
    await settle(context, conversations.id_of(rest))
    context.send(Send(messages.LET_GO, (cards.TO_MENU,)))
    await back_to_step(context)


async def join(context: TurnContext, rest: str) -> None:
    """Let a question join the case that was chosen."""
    question_id, _dot, case_id = rest.partition(".")
    wanted = conversations.id_of(case_id)
    asked = await settle(context, conversations.id_of(question_id))
    if asked is None or wanted is None:
        context.send_text(messages.OLD_BUTTON)
        await conversations.leave_for_menu(context)
        return
    await join_later(context, asked, wanted)
    await back_to_step(context)


async def split(context: TurnContext, rest: str) -> None:
    """Make a question of its own of words that had joined a case."""
    said_id = conversations.id_of(rest)
    said = await context.unit.threads.get(said_id) if said_id is not None else None
    own = said is not None and said.kind is MessageKind.ASKED
    theme = await theme_of(context, await find(context, said.text)) if own and said else None
    done = await execute(commands.SplitOff(context.citizen.id, said_id or 0, theme), context.unit)
    if isinstance(done, Refused):
        context.send_text(done.why)
        return
    context.case_id = done.value["case"]
    receipt = case_messages.RECEIPT.with_(**citizen_cases.facts_of(done))
    context.send(Send(receipt, (cards.TO_OVERVIEW, cards.TO_MENU)))


async def call(context: TurnContext, rest: str) -> None:
    """Begin asking for a call; about a case, where one is named and is the citizen's own."""
    case_id = conversations.id_of(rest) if rest else None
    case = await context.unit.cases.get(case_id) if case_id is not None else None
    own = case is not None and case.person_id == context.citizen.id and case.live
    await conversations.begin(context, CallMe, {"case_id": case_id if own else None})


async def verdict(context: TurnContext, rest: str) -> None:
    """Take a verdict on an answer: a no is acted on at once, and asks what is missing."""
    case_id, episode, given = (*rest.split("."), "", "")[:3]
    about, of = conversations.id_of(case_id), conversations.id_of(episode)
    if about is None or of is None or given not in VERDICTS:
        await conversations.leave_for_menu(context)
        return
    command = commands.GiveVerdict(context.citizen.id, about, of, given, None, context.written())
    done = await execute(command, context.unit)
    if isinstance(done, Refused):
        context.send(Send(done.why, (cards.TO_MENU,)))
        await back_to_step(context)
        return
    context.case_id = about
    if given != YES:
        await conversations.begin(
            context, NotYet, {"case_id": about, "episode": of, "verdict": given}
        )
        return
    text = case_messages.RESOLVED.with_(**citizen_cases.facts_of(done))
    context.send(Send(text, (cards.TO_MENU,)))
    if await _nothing_is_missing(context, about):
        await conversations.offer_paused(context)
    else:
        await back_to_step(context)


async def _nothing_is_missing(context: TurnContext, case_id: int) -> bool:
    """Let the question go what is missing, where the mind was changed; tell whether it waited."""
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if waiting is None or waiting.flow != NotYet.key() or waiting.answers["case_id"] != case_id:
        return False
    await conversations.end(context, waiting)
    return True


async def felt(context: TurnContext, rest: str) -> None:
    """Let a leader hear that an answer did not feel right (HR-15)."""
    done = await execute(
        commands.FeltWrong(context.citizen.id, conversations.id_of(rest) or 0), context.unit
    )
    if isinstance(done, Refused):
        context.send_text(done.why)
        return
    context.send(Send(case_messages.FELT_WRONG_THANKS, (cards.TO_PERSON, cards.TO_MENU)))


async def report(context: TurnContext, rest: str) -> None:
    """Begin a report of something outdoors."""
    del rest
    await conversations.begin(context, Outdoors)


async def idea(context: TurnContext, rest: str) -> None:
    """Begin an idea."""
    del rest
    await conversations.begin(context, Idea)


async def complain(context: TurnContext, rest: str) -> None:
    """Show the three ways to complain (HR-16)."""
    del rest
    context.send(cards.complaint_routes())
    await back_to_step(context)


async def dissatisfied(context: TurnContext, rest: str) -> None:
    """Begin a complaint about a service."""
    del rest
    await conversations.begin(context, Complaint)


async def decision(context: TurnContext, rest: str) -> None:
    """Say how one complains about a decision."""
    del rest
    text = case_messages.DECISION_WAY.with_(contact=context.contact())
    context.send(Send(text, (cards.TO_PERSON, cards.TO_MENU)))
    await back_to_step(context)


async def adviser(context: TurnContext, rest: str) -> None:
    """Say what the citizens' adviser does."""
    del rest
    text = case_messages.ADVISER_WAY.with_(contact=context.contact())
    context.send(Send(text, (cards.TO_MENU,)))
    await back_to_step(context)


async def access(context: TurnContext, rest: str) -> None:
    """Begin asking for the municipality's papers (HR-14)."""
    del rest
    await conversations.begin(context, Access)


async def hearing(context: TurnContext, rest: str) -> None:
    """Say truthfully that no hearing is open."""
    del rest
    idea_button = cards.command_button("idea", cards.INTENT_LABELS["idea"])
    context.send(Send(case_messages.NO_HEARINGS, (idea_button, cards.TO_MENU)))
    await back_to_step(context)


async def data(context: TurnContext, rest: str) -> None:
    """Show and send what is kept of the citizen (HR-9)."""
    del rest
    await send_data(context)
    await back_to_step(context)


async def delete(context: TurnContext, rest: str) -> None:
    """Show what is kept of the citizen, and how to have it deleted (HR-9)."""
    del rest
    await send_data(context)
    context.send(Send(case_messages.DELETE_ME, (cards.TO_PERSON, cards.TO_MENU)))
    await back_to_step(context)
