"""What each door and each command on a button answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.engine.conversation import Conversation
from bot.engine.effects import Send
from bot.i18n import LANGUAGES
from bot.model import commands
from bot.runner import case_doors, talk
from bot.runner.asking import answered_with, question
from bot.runner.caseload import CARD
from bot.runner.desk import Desk, numbered
from bot.runner.knowledge import faq_entry, show_entry
from bot.runner.numbers import delete_message
from bot.runner.overview import overview
from bot.runner.talk import back_to_step
from bot.runner.where import flow_of
from bot.service import carry_out
from bot.store.outbox import Priority
from flows import cards, messages
from flows.settings import News, Settings

Answer = Callable[[Desk, str], Awaitable[None]]
FAQ_PAYLOAD = "faq-"
WAYS_OUT = (":letgo.", ":drop.")  # what the data of a card's "it was nothing" begins with


async def start(desk: Desk, rest: str) -> None:
    """Answer /start; a deep link's payload may open one answer of the FAQ."""
    entry = await faq_entry(desk, rest.removeprefix(FAQ_PAYLOAD)) if FAQ_PAYLOAD in rest else None
    if entry is None:
        await talk.leave_for_menu(desk)
    else:
        await show_entry(desk, entry)
        await back_to_step(desk)


async def menu(desk: Desk, rest: str) -> None:
    """Show the menu."""
    del rest
    await talk.leave_for_menu(desk)


async def ask(desk: Desk, rest: str) -> None:
    """Invite a question, or answer the one that stands behind the command."""
    waiting = await desk.unit.conversations.waiting(desk.citizen.id)
    if waiting is not None:
        await talk.pause(desk, waiting)
    if rest:
        await question(desk, rest)
    else:
        desk.say(Send(messages.ASK, (cards.TO_PERSON, cards.TO_MENU)))


def closed(door: str) -> Answer:
    """Make the answer of a door whose room is not built yet."""

    async def say_so(desk: Desk, rest: str) -> None:
        del rest
        desk.say(cards.not_open(door, desk.contact()))
        await back_to_step(desk)

    return say_so


async def mine(desk: Desk, rest: str) -> None:
    """Show what the citizen has chosen and where their cases stand; it is a card."""
    del rest
    desk.say(await overview(desk), card=CARD)
    waiting = await desk.unit.conversations.waiting(desk.citizen.id)
    if waiting is not None:
        await talk.pause(desk, waiting)


async def language(desk: Desk, rest: str) -> None:
    """Offer the languages, or take the one that is named."""
    if rest in LANGUAGES:
        await carry_out(commands.SetLanguage(desk.citizen.id, rest), desk.unit)
        await desk.refresh()
        desk.tell(messages.LANGUAGE_SET)
        waiting = await desk.unit.conversations.waiting(desk.citizen.id)
        if waiting is not None:
            await talk.ask_again(desk, waiting)
        else:
            await talk.leave_for_menu(desk)
        return
    desk.say(cards.language())


async def show_help(desk: Desk, rest: str) -> None:
    """Say what the robot can do, and how to go on without it."""
    del rest
    text = messages.HELP.with_(contact=desk.contact())
    desk.say(Send(text, (cards.TO_PERSON, cards.TO_MENU)))
    await back_to_step(desk)


async def privacy(desk: Desk, rest: str) -> None:
    """Say what is kept and why."""
    del rest
    desk.say(Send(messages.PRIVACY.with_(contact=desk.contact()), (cards.TO_MENU,)))
    await back_to_step(desk)


async def back(desk: Desk, rest: str) -> None:
    """Go one step back."""
    del rest
    await talk.back(desk)


async def again(desk: Desk, rest: str) -> None:
    """Show where we are, with the buttons' numbers."""
    del rest
    waiting = await desk.unit.conversations.waiting(desk.citizen.id)
    if waiting is not None:
        await talk.ask_again(desk, waiting, numbers=True)
        return
    shown = talk.buttons_of(desk.citizen.screen) or cards.menu().buttons
    desk.say(numbered(Send(messages.NOTHING_TO_REPEAT, shown)))


async def who_decides(desk: Desk, rest: str) -> None:
    """Say who decides, here or in general, and go back to the step."""
    del rest
    waiting = await desk.unit.conversations.waiting(desk.citizen.id)
    flow = flow_of(waiting) if waiting else None
    if flow is None:
        desk.say(Send(messages.WHO_DECIDES, (cards.TO_PERSON, cards.TO_MENU)))
        return
    desk.tell(flow.decides)
    await back_to_step(desk)


async def stop(desk: Desk, rest: str) -> None:
    """End news at once and leave the flow with its answers kept (HR-17)."""
    del rest
    await desk.unit.consents.withdraw(desk.citizen.id, None)
    await desk.unit.outbox.drop_lane(desk.lane, Priority.BROADCAST)
    waiting = await desk.unit.conversations.waiting(desk.citizen.id)
    if waiting is None:
        desk.say(Send(messages.STOPPED, (cards.TO_MENU,)))
        return
    await talk.pause(desk, waiting)
    desk.tell(messages.STOPPED)
    resume_it = cards.press(f"resume.{waiting.id}", messages.CONTINUE)
    desk.say(Send(messages.LEFT_FLOW, (resume_it, cards.TO_MENU)))


async def cancel(desk: Desk, rest: str) -> None:
    """Leave what is under way with its answers kept, or take the way out that a card shows.

    A conversation that was left before is offered: going on with it, or letting it go.
    """
    del rest
    waiting = await desk.unit.conversations.waiting(desk.citizen.id)
    out = next((data for data, _label in desk.citizen.screen if data.startswith(WAYS_OUT)), None)
    if waiting is not None:
        await put_aside(desk, waiting)
    elif out is not None:
        name, _dot, about = out.removeprefix(cards.COMMAND).partition(".")
        await ANSWERS[name](desk, about)
    elif not await talk.offer_paused(desk):
        overview_button = cards.press("mine", cards.DOOR_LABELS["mine"])
        desk.say(
            Send(messages.NOTHING_TO_CANCEL, (overview_button, cards.TO_PERSON, cards.TO_MENU))
        )


async def put_aside(desk: Desk, waiting: Conversation) -> None:
    """Pause a conversation, and say how to go on with it."""
    flow = flow_of(waiting)
    await talk.pause(desk, waiting)
    resume_it = cards.press(f"resume.{waiting.id}", messages.CONTINUE)
    text = messages.LEFT_STEP.with_(title=flow.title) if flow is not None else messages.LEFT_FLOW
    desk.say(Send(text, (resume_it, cards.TO_MENU)))


async def thanks(desk: Desk, rest: str) -> None:
    """Take thanks and goodbyes kindly, without holding anybody back."""
    del rest
    desk.say(Send(messages.GLAD, (cards.TO_MENU,)))


async def english(desk: Desk, rest: str) -> None:
    """Write English from now on."""
    del rest
    await language(desk, "en")


async def danish(desk: Desk, rest: str) -> None:
    """Write Danish from now on."""
    del rest
    await language(desk, "da")


async def news(desk: Desk, rest: str) -> None:
    """Let the citizen choose news again."""
    del rest
    await talk.begin(desk, News)


async def settings(desk: Desk, rest: str) -> None:
    """Begin language and settings."""
    del rest
    await talk.begin(desk, Settings)


async def resume(desk: Desk, rest: str) -> None:
    """Go on with what was begun: the one named, or the newest."""
    unit, own = desk.unit, desk.citizen.id
    if rest:
        wanted = talk.id_of(rest)
        found = await unit.conversations.get(wanted) if wanted is not None else None
    else:
        found = await unit.conversations.waiting(own) or await unit.conversations.paused(own)
    if found is not None and found.person_id == own:
        await talk.resume(desk, found)
        return
    desk.tell(messages.ANEW if rest else messages.NOTHING_TO_RESUME)
    await talk.leave_for_menu(desk)


async def drop(desk: Desk, rest: str) -> None:
    """Let a paused conversation go, without a word of regret."""
    wanted = talk.id_of(rest)
    found = await desk.unit.conversations.get(wanted) if wanted is not None else None
    if found is not None and found.person_id == desk.citizen.id:
        await talk.end(desk, found)
    desk.say(Send(messages.LET_GO, (cards.TO_MENU,)))


async def tell_when_open(desk: Desk, rest: str) -> None:
    """Remember to tell when a room opens."""
    if rest in cards.CLOSED_DOORS:
        await carry_out(commands.TellWhenOpen(desk.citizen.id, rest), desk.unit)
        desk.say(Send(messages.WILL_TELL, (cards.TO_MENU,)))
    else:
        await talk.leave_for_menu(desk)
    await back_to_step(desk)


async def faq(desk: Desk, rest: str) -> None:
    """Show the entry that was meant; what was asked is kept for a person to be asked on."""
    faq_id, _dot, number = rest.partition(".")
    entry = await faq_entry(desk, faq_id)
    if entry is None:
        desk.tell(messages.OLD_BUTTON)
        await talk.leave_for_menu(desk)
    else:
        await show_entry(desk, entry, await answered_with(desk, talk.id_of(number), faq_id))
        await back_to_step(desk)


async def cpr_was_one(desk: Desk, rest: str) -> None:
    """Delete the message whose digits were a CPR number after all."""
    message_id = talk.id_of(rest)
    if message_id is not None:
        await delete_message(desk, message_id)
        await back_to_step(desk)
    else:
        await talk.leave_for_menu(desk)


async def cpr_was_none(desk: Desk, rest: str) -> None:
    """Ask for the time again, in a form that cannot be mistaken."""
    del rest
    desk.tell(messages.CPR_TIME)
    await back_to_step(desk)


# Doors by name, and the commands on buttons; a button's data is ":<name>" or ":<name>.<rest>".
ANSWERS: Mapping[str, Answer] = {
    "start": start,
    "menu": menu,
    "greeting": menu,
    "robot": show_help,
    "ask": ask,
    "report": case_doors.report,
    "volunteer": closed("volunteer"),
    "hearing": case_doors.hearing,
    "idea": case_doors.idea,
    "complain": case_doors.complain,
    "dissatisfied": case_doors.dissatisfied,
    "decision": case_doors.decision,
    "adviser": case_doors.adviser,
    "access": case_doors.access,
    "data": case_doors.data,
    "delete": case_doors.delete,
    "cancel": cancel,
    "thanks": thanks,
    "english": english,
    "danish": danish,
    "pledge": closed("pledge"),
    "mine": mine,
    "language": language,
    "lang": language,
    "person": case_doors.person,
    "write": case_doors.write,
    "call": case_doors.call,
    "human": case_doors.ask_on,
    "letgo": case_doors.let_go,
    "join": case_doors.join,
    "split": case_doors.split,
    "verdict": case_doors.verdict,
    "felt": case_doors.felt,
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
    "helped": case_doors.helped,
    "cpr": cpr_was_one,
    "nocpr": cpr_was_none,
}
