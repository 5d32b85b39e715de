"""What each door and each command on a button answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.engine.conversation import Conversation
from bot.engine.effects import Send
from bot.i18n import LANGUAGES
from bot.model import commands
from bot.runner import case_intents, conversations
from bot.runner.citizen_cases import CARD
from bot.runner.context import TurnContext, numbered
from bot.runner.conversations import back_to_step
from bot.runner.cpr import delete_message
from bot.runner.faq import faq_entry, show_entry
from bot.runner.free_text import answered_with, question
from bot.runner.overview import overview
from bot.runner.where import flow_of
from bot.service import execute
from bot.store.outbox import Priority
from flows import cards, messages
from flows.settings import News, Settings

IntentHandler = Callable[[TurnContext, str], Awaitable[None]]
FAQ_PAYLOAD = "faq-"
WAYS_OUT = (":letgo.", ":drop.")  # what the data of a card's "it was nothing" begins with


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


async def menu(context: TurnContext, rest: str) -> None:
    """Show the menu."""
    del rest
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


def closed(door: str) -> IntentHandler:
    """Make the answer of a door whose room is not built yet."""

    async def say_so(context: TurnContext, rest: str) -> None:
        del rest
        context.send(cards.not_open(door, context.contact()))
        await back_to_step(context)

    return say_so


async def mine(context: TurnContext, rest: str) -> None:
    """Show what the citizen has chosen and where their cases stand; it is a card."""
    del rest
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


async def show_help(context: TurnContext, rest: str) -> None:
    """Say what the robot can do, and how to go on without it."""
    del rest
    text = messages.HELP.with_(contact=context.contact())
    context.send(Send(text, (cards.TO_PERSON, cards.TO_MENU)))
    await back_to_step(context)


async def privacy(context: TurnContext, rest: str) -> None:
    """Say what is kept and why."""
    del rest
    context.send(Send(messages.PRIVACY.with_(contact=context.contact()), (cards.TO_MENU,)))
    await back_to_step(context)


async def back(context: TurnContext, rest: str) -> None:
    """Go one step back."""
    del rest
    await conversations.back(context)


async def again(context: TurnContext, rest: str) -> None:
    """Show where we are, with the buttons' numbers."""
    del rest
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if waiting is not None:
        await conversations.ask_again(context, waiting, numbers=True)
        return
    shown = conversations.buttons_of(context.citizen.screen) or cards.menu().buttons
    context.send(numbered(Send(messages.NOTHING_TO_REPEAT, shown)))


async def who_decides(context: TurnContext, rest: str) -> None:
    """Say who decides, here or in general, and go back to the step."""
    del rest
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    flow = flow_of(waiting) if waiting else None
    if flow is None:
        context.send(Send(messages.WHO_DECIDES, (cards.TO_PERSON, cards.TO_MENU)))
        return
    context.send_text(flow.decides)
    await back_to_step(context)


async def stop(context: TurnContext, rest: str) -> None:
    """End news at once and leave the flow with its answers kept (HR-17)."""
    del rest
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


async def cancel(context: TurnContext, rest: str) -> None:
    """Leave what is under way with its answers kept, or take the way out that a card shows.

    A conversation that was left before is offered: going on with it, or letting it go.
    """
    del rest
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


async def thanks(context: TurnContext, rest: str) -> None:
    """Take thanks and goodbyes kindly, without holding anybody back."""
    del rest
    context.send(Send(messages.GLAD, (cards.TO_MENU,)))


async def english(context: TurnContext, rest: str) -> None:
    """Write English from now on."""
    del rest
    await language(context, "en")


async def danish(context: TurnContext, rest: str) -> None:
    """Write Danish from now on."""
    del rest
    await language(context, "da")


async def news(context: TurnContext, rest: str) -> None:
    """Let the citizen choose news again."""
    del rest
    await conversations.begin(context, News)


async def settings(context: TurnContext, rest: str) -> None:
    """Begin language and settings."""
    del rest
    await conversations.begin(context, Settings)


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


async def drop(context: TurnContext, rest: str) -> None:
    """Let a paused conversation go, without a word of regret."""
    wanted = conversations.id_of(rest)
    found = await context.unit.conversations.get(wanted) if wanted is not None else None
    if found is not None and found.person_id == context.citizen.id:
        await conversations.end(context, found)
    context.send(Send(messages.LET_GO, (cards.TO_MENU,)))


async def tell_when_open(context: TurnContext, rest: str) -> None:
    """Remember to tell when a room opens."""
    if rest in cards.UNOPENED:
        await execute(commands.TellWhenOpen(context.citizen.id, rest), context.unit)
        context.send(Send(messages.WILL_TELL, (cards.TO_MENU,)))
    else:
        await conversations.leave_for_menu(context)
    await back_to_step(context)


async def faq(context: TurnContext, rest: str) -> None:
    """Show the entry that was meant; what was asked is kept for a person to be asked on."""
    faq_id, _dot, number = rest.partition(".")
    entry = await faq_entry(context, faq_id)
    if entry is None:
        context.send_text(messages.OLD_BUTTON)
        await conversations.leave_for_menu(context)
    else:
        await show_entry(
            context, entry, await answered_with(context, conversations.id_of(number), faq_id)
        )
        await back_to_step(context)


async def cpr_was_one(context: TurnContext, rest: str) -> None:
    """Delete the message whose digits were a CPR number after all."""
    message_id = conversations.id_of(rest)
    if message_id is not None:
        await delete_message(context, message_id)
        await back_to_step(context)
    else:
        await conversations.leave_for_menu(context)


async def cpr_was_none(context: TurnContext, rest: str) -> None:
    """Ask for the time again, in a form that cannot be mistaken."""
    del rest
    context.send_text(messages.CPR_TIME)
    await back_to_step(context)


# Doors by name, and the commands on buttons; a button's data is ":<name>" or ":<name>.<rest>".
INTENT_HANDLERS: Mapping[str, IntentHandler] = {
    "start": start,
    "menu": menu,
    "greeting": menu,
    "robot": show_help,
    "ask": ask,
    "report": case_intents.report,
    "volunteer": closed("volunteer"),
    "hearing": case_intents.hearing,
    "idea": case_intents.idea,
    "complain": case_intents.complain,
    "dissatisfied": case_intents.dissatisfied,
    "decision": case_intents.decision,
    "adviser": case_intents.adviser,
    "access": case_intents.access,
    "data": case_intents.data,
    "delete": case_intents.delete,
    "cancel": cancel,
    "thanks": thanks,
    "english": english,
    "danish": danish,
    "pledge": closed("pledge"),
    "mine": mine,
    "language": language,
    "lang": language,
    "person": case_intents.person,
    "write": case_intents.write,
    "call": case_intents.call,
    "human": case_intents.ask_on,
    "letgo": case_intents.let_go,
    "join": case_intents.join,
    "split": case_intents.split,
    "verdict": case_intents.verdict,
    "felt": case_intents.felt,
    "help": show_help,
    "privacy": privacy,
    "back": back,
    "again": again,
    "who": who_decides,
    "stop": stop,
    "news": news,
    "settings": settings,
    "resume": resume,
    "drop": drop,
    "tell": tell_when_open,
    "faq": faq,
    "helped": case_intents.helped,
    "cpr": cpr_was_one,
    "nocpr": cpr_was_none,
}
