"""Intents: what the product does for each typed word, slash command and command button."""

from __future__ import annotations

from collections.abc import Mapping

from bot.engine.conversation import Conversation
from bot.engine.effects import Send
from bot.engine.flow import Flow
from bot.i18n import LANGUAGES
from bot.model import commands
from bot.runner import case_intents, conversations
from bot.runner.citizen_cases import CARD
from bot.runner.context import TurnContext, numbered
from bot.runner.conversations import back_to_step
from bot.runner.cpr import delete_message
from bot.runner.faq import faq_entry, show_entry
from bot.runner.free_text import answered_with, question
from bot.runner.intent_handler import ID, REST, WORD, IntentHandler
from bot.runner.overview import overview
from bot.runner.where import flow_of
from bot.service import execute
from bot.store.outbox import Priority
from flows import cards, messages
from flows.asking import Access, Complaint, Idea, WritePerson
from flows.report import Outdoors
from flows.settings import News, Settings

FAQ_PAYLOAD = "faq-"
WAYS_OUT = (":letgo.", ":drop.")  # what the data of a card's "it was nothing" begins with


def begins(flow: type[Flow]) -> IntentHandler:
    """Make the handler that begins a flow."""

    async def run(context: TurnContext) -> None:
        await conversations.begin(context, flow)

    return IntentHandler(run)


async def start(context: TurnContext, rest: str) -> None:
    """Answer /start; a deep link's payload may open one answer of the FAQ."""
    entry = (
        await faq_entry(context, rest.removeprefix(FAQ_PAYLOAD)) if FAQ_PAYLOAD in rest else None
    )
    if entry is None:
        await conversations.leave_for_menu(context)
    else:
        await show_entry(context, entry)
        await back_to_step(context)


async def menu(context: TurnContext) -> None:
    """Show the menu."""
    await conversations.leave_for_menu(context)


async def ask(context: TurnContext, rest: str) -> None:
    """Invite a question, or answer the one that stands behind the command."""
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if waiting is not None:
        await conversations.pause(context, waiting)
    if rest:
        await question(context, rest)
    else:
        context.send(Send(messages.ASK, (cards.TO_PERSON, cards.TO_MENU)))


def unopened(feature: str) -> IntentHandler:
    """Make the handler of a feature that is not built yet."""

    async def run(context: TurnContext) -> None:
        context.send(cards.not_open(feature, context.contact()))

    return IntentHandler(run, back=True)


async def mine(context: TurnContext) -> None:
    """Show what the citizen has chosen and where their cases stand; it is a card."""
    context.send(await overview(context), card=CARD)
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if waiting is not None:
        await conversations.pause(context, waiting)


async def language(context: TurnContext, rest: str) -> None:
    """Offer the languages, or take the one that is named."""
    if rest in LANGUAGES:
        await execute(commands.SetLanguage(context.citizen.id, rest), context.unit)
        await context.reload_person()
        context.send_text(messages.LANGUAGE_SET)
        waiting = await context.unit.conversations.waiting(context.citizen.id)
        if waiting is not None:
            await conversations.ask_again(context, waiting)
        else:
            await conversations.leave_for_menu(context)
        return
    context.send(cards.language())


async def show_help(context: TurnContext) -> None:
    """Say what the robot can do, and how to go on without it."""
    text = messages.HELP.with_(contact=context.contact())
    context.send(Send(text, (cards.TO_PERSON, cards.TO_MENU)))


async def privacy(context: TurnContext) -> None:
    """Say what is kept and why."""
    context.send(Send(messages.PRIVACY.with_(contact=context.contact()), (cards.TO_MENU,)))


async def back(context: TurnContext) -> None:
    """Go one step back."""
    await conversations.back(context)


async def again(context: TurnContext) -> None:
    """Show where we are, with the buttons' numbers."""
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if waiting is not None:
        await conversations.ask_again(context, waiting, numbers=True)
        return
    shown = conversations.buttons_of(context.citizen.screen) or cards.menu().buttons
    context.send(numbered(Send(messages.NOTHING_TO_REPEAT, shown)))


async def who_decides(context: TurnContext) -> None:
    """Say who decides, here or in general, and go back to the step."""
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    flow = flow_of(waiting) if waiting else None
    if flow is None:
        context.send(Send(messages.WHO_DECIDES, (cards.TO_PERSON, cards.TO_MENU)))
        return
    context.send_text(flow.decides)
    await back_to_step(context)


async def stop(context: TurnContext) -> None:
    """End news at once and leave the flow with its answers kept (HR-17)."""
    await context.unit.consents.withdraw(context.citizen.id, None)
    await context.unit.outbox.drop_lane(context.lane, Priority.BROADCAST)
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if waiting is None:
        context.send(Send(messages.STOPPED, (cards.TO_MENU,)))
        return
    await conversations.pause(context, waiting)
    context.send_text(messages.STOPPED)
    resume_it = cards.command_button(f"resume.{waiting.id}", messages.CONTINUE)
    context.send(Send(messages.LEFT_FLOW, (resume_it, cards.TO_MENU)))


async def cancel(context: TurnContext) -> None:
    """Leave what is under way with its answers kept, or take the way out that a card shows.

    A conversation that was left before is offered: going on with it, or letting it go.
    """
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    out = next((data for data, _label in context.citizen.screen if data.startswith(WAYS_OUT)), None)
    if waiting is not None:
        await put_aside(context, waiting)
    elif out is not None:
        name, _dot, about = out.removeprefix(cards.COMMAND).partition(".")
        await INTENT_HANDLERS[name](context, about)
    elif not await conversations.offer_paused(context):
        overview_button = cards.TO_OVERVIEW
        context.send(
            Send(messages.NOTHING_TO_CANCEL, (overview_button, cards.TO_PERSON, cards.TO_MENU))
        )


async def put_aside(context: TurnContext, waiting: Conversation) -> None:
    """Pause a conversation, and say how to go on with it."""
    flow = flow_of(waiting)
    await conversations.pause(context, waiting)
    resume_it = cards.command_button(f"resume.{waiting.id}", messages.CONTINUE)
    text = messages.LEFT_STEP.with_(title=flow.title) if flow is not None else messages.LEFT_FLOW
    context.send(Send(text, (resume_it, cards.TO_MENU)))


async def thanks(context: TurnContext) -> None:
    """Take thanks and goodbyes kindly, without holding anybody back."""
    context.send(Send(messages.GLAD, (cards.TO_MENU,)))


async def english(context: TurnContext) -> None:
    """Write English from now on."""
    await language(context, "en")


async def danish(context: TurnContext) -> None:
    """Write Danish from now on."""
    await language(context, "da")


async def resume(context: TurnContext, rest: str) -> None:
    """Go on with what was begun: the one named, or the newest."""
    unit, own = context.unit, context.citizen.id
    if rest:
        wanted = conversations.id_of(rest)
        found = await unit.conversations.get(wanted) if wanted is not None else None
    else:
        found = await unit.conversations.waiting(own) or await unit.conversations.paused(own)
    if found is not None and found.person_id == own:
        await conversations.resume(context, found)
        return
    context.send_text(messages.ANEW if rest else messages.NOTHING_TO_RESUME)
    await conversations.leave_for_menu(context)


async def drop(context: TurnContext, wanted: int | None) -> None:
    """Let a paused conversation go, without a word of regret."""
    found = await context.unit.conversations.get(wanted) if wanted is not None else None
    if found is not None and found.person_id == context.citizen.id:
        await conversations.end(context, found)
    context.send(Send(messages.LET_GO, (cards.TO_MENU,)))


async def tell_when_open(context: TurnContext, feature: str) -> None:
    """Note that the citizen wants to be told when a feature opens."""
    if feature in cards.UNOPENED:
        await execute(commands.TellWhenOpen(context.citizen.id, feature), context.unit)
        context.send(Send(messages.WILL_TELL, (cards.TO_MENU,)))
    else:
        await conversations.leave_for_menu(context)


async def faq(context: TurnContext, faq_id: str, question_id: int | None) -> None:
    """Show the entry that was meant; what was asked is kept for a person to be asked on."""
    entry = await faq_entry(context, faq_id)
    if entry is None:
        context.send_text(messages.OLD_BUTTON)
        await conversations.leave_for_menu(context)
    else:
        await show_entry(context, entry, await answered_with(context, question_id, faq_id))
        await back_to_step(context)


async def cpr_was_one(context: TurnContext, message_id: int | None) -> None:
    """Delete the message whose digits were a CPR number after all."""
    if message_id is not None:
        await delete_message(context, message_id)
        await back_to_step(context)
    else:
        await conversations.leave_for_menu(context)


async def cpr_was_none(context: TurnContext) -> None:
    """Ask for the time again, in a form that cannot be mistaken."""
    context.send_text(messages.CPR_TIME)


# By the intent's name, or the command's; a button's data is ":<name>" or ":<name>.<arguments>".
INTENT_HANDLERS: Mapping[str, IntentHandler] = {
    "start": IntentHandler(start, (REST,)),
    "menu": IntentHandler(menu),
    "greeting": IntentHandler(menu),
    "robot": IntentHandler(show_help, back=True),
    "ask": IntentHandler(ask, (REST,)),
    "report": begins(Outdoors),
    "volunteer": unopened("volunteer"),
    "hearing": IntentHandler(case_intents.hearing, back=True),
    "idea": begins(Idea),
    "complain": IntentHandler(case_intents.complain, back=True),
    "dissatisfied": begins(Complaint),
    "decision": IntentHandler(case_intents.decision, back=True),
    "adviser": IntentHandler(case_intents.adviser, back=True),
    "access": begins(Access),
    "data": IntentHandler(case_intents.data, back=True),
    "delete": IntentHandler(case_intents.delete, back=True),
    "cancel": IntentHandler(cancel),
    "thanks": IntentHandler(thanks),
    "english": IntentHandler(english),
    "danish": IntentHandler(danish),
    "pledge": unopened("pledge"),
    "mine": IntentHandler(mine),
    "language": IntentHandler(language, (REST,)),
    "lang": IntentHandler(language, (REST,)),
    "person": IntentHandler(case_intents.person, back=True),
    "write": begins(WritePerson),
    "call": IntentHandler(case_intents.call, (ID,)),
    "human": IntentHandler(case_intents.ask_on, (REST,)),
    "letgo": IntentHandler(case_intents.let_go, (ID,), back=True),
    "join": IntentHandler(case_intents.join, (ID, ID)),
    "split": IntentHandler(case_intents.split, (ID,)),
    "verdict": IntentHandler(case_intents.verdict, (ID, ID, WORD)),
    "felt": IntentHandler(case_intents.felt, (ID,)),
    "help": IntentHandler(show_help, back=True),
    "privacy": IntentHandler(privacy, back=True),
    "back": IntentHandler(back),
    "again": IntentHandler(again),
    "who": IntentHandler(who_decides),
    "stop": IntentHandler(stop),
    "news": begins(News),
    "settings": begins(Settings),
    "resume": IntentHandler(resume, (REST,)),
    "drop": IntentHandler(drop, (ID,)),
    "tell": IntentHandler(tell_when_open, (WORD,), back=True),
    "faq": IntentHandler(faq, (WORD, ID)),
    "helped": IntentHandler(case_intents.helped, (WORD, ID)),
    "cpr": IntentHandler(cpr_was_one, (ID,)),
    "nocpr": IntentHandler(cpr_was_none, back=True),
}
