"""Routing of typed words, slash commands and taps: intent, case, button, step or question."""

from __future__ import annotations

from bot.engine.conversation import Conversation
from bot.engine.effects import Note, Send
from bot.engine.events import Typed
from bot.engine.steps import BACK
from bot.engine.words import is_unsure, option_number, same, skips, yes_or_no
from bot.runner import broadcast_replies, conversations
from bot.runner.broadcast_replies import take as take_reply
from bot.runner.check_in_words import ask_back
from bot.runner.citizen_cases import picked, waits
from bot.runner.context import TurnContext
from bot.runner.conversations import back_to_step
from bot.runner.explaining import explained_of
from bot.runner.faq import answered
from bot.runner.flow_lookup import flow_of
from bot.runner.free_text import question, to_named, to_picked
from bot.runner.intents import INTENT_HANDLERS
from bot.runner.obstacles import take as take_obstacle
from bot.runner.own_tasks import take as take_own_task
from bot.runner.pledge_in_words import ask_which, begin_as_pledge
from bot.runner.put_off import put_off
from bot.runner.search_in_words import search
from bot.runner.worded_answers import button_for
from bot.tone.feelings import asks
from flows import cards, messages
from flows.answers_in_words import REM, undo_button
from flows.intents import SMALL_TALK, Intent, led_intent, slash_intent, typed_intent

FEW_WORDS = 2  # so few may be a mistyped answer
# The intent that takes the words after the command of another one.
WITH_WORDS = {"complain": "dissatisfied", "person": "write"}


async def called(context: TurnContext, name: str, rest: str) -> None:
    """Run the intent of a slash command; the words after it are never dropped.

    They are the first answer of the flow that the command begins, else a message of their own. An
    unknown command is read with them as words; alone it shows the menu, or an FAQ entry.
    """
    intent = slash_intent(name)
    if intent is None and rest:
        await wrote(context, f"{name} {rest}".strip())
    elif intent is None and await answered(context, name):
        await back_to_step(context)
    elif intent is None:
        await conversations.leave_for_menu(context)
    elif not rest or INTENT_HANDLERS[intent.name].takes_words:
        await INTENT_HANDLERS[intent.name](context, rest)
    else:
        await _called_with(context, WITH_WORDS.get(intent.name, intent.name), rest)


async def _called_with(context: TurnContext, name: str, rest: str) -> None:
    """Run an intent that takes no words, then read the words as the answer to its question."""
    earlier = await context.unit.conversations.waiting(context.citizen.id)
    before = len(context.outgoing)
    await INTENT_HANDLERS[name](context)
    asked = len(context.outgoing)
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    begins = waiting is not None and (earlier is None or earlier.id != waiting.id)
    small = typed_intent(rest)
    if waiting is not None and begins and conversations.asks_for_words(waiting) is not None:
        await _to_step(context, waiting, rest)
        del context.outgoing[before:asked]  # its question is answered
    elif small is None or small.name not in SMALL_TALK:
        await wrote(context, rest)


async def tapped(context: TurnContext, data: str) -> None:
    """Handle a tapped button; for an unknown one, say that it is old and show the menu."""
    if data.startswith(cards.COMMAND):
        name, _dot, rest = data.removeprefix(cards.COMMAND).partition(".")
        if name in INTENT_HANDLERS:
            await INTENT_HANDLERS[name](context, rest)
            return
    chose = conversations.read_tap(data)
    if chose is not None:
        await conversations.tap(context, chose)
        return
    context.send_text(messages.OLD_BUTTON)
    await conversations.leave_for_menu(context)


async def wrote(context: TurnContext, words: str) -> None:
    """Route typed words: early intent, case, button, own task, step, other intent, question."""
    intent = typed_intent(words)
    if intent is not None and intent.early:
        await _to_early_intent(context, intent, words)
        return
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if await _explained(context, words, waiting) or await _is_meant_for_one(
        context, words, waiting
    ):
        return
    if waiting is None and await _answers_case(context, words, intent):
        await question(context, words)
        return
    pressed = _typed_button(context.citizen.screen, words, conversations.asks_for_words(waiting))
    if conversations.asks_for_number(waiting) and option_number(words) is not None:
        pressed = None
    pressed = pressed or _card_button(waiting, words)
    if pressed is not None:
        await tapped(context, pressed)
    elif waiting is not None:
        await _to_step(context, waiting, words)
    elif not await put_off(context, words):
        await _alone(context, words, intent)


async def _explained(context: TurnContext, words: str, waiting: Conversation | None) -> bool:
    """Explain the question that words ask about, then ask it again; return whether it is."""
    found = explained_of(context.citizen.screen, words, waiting)
    if found is None:
        return False
    context.send_text(found.text)
    if found.asks_again is not None:
        await tapped(context, found.asks_again)
    elif waiting is not None:
        await conversations.ask_again(context, waiting)
    return True


async def _is_meant_for_one(context: TurnContext, words: str, waiting: Conversation | None) -> bool:
    """Pass words to the case, the intent, the button or the task that they name, if any.

    Return whether they name one.
    """
    if await to_named(context, words, waiting):
        await back_to_step(context)
        return True
    labelled = _labelled(context.citizen.screen, words) is not None
    replied = await picked(context)
    if replied is not None and not labelled:
        await to_picked(context, replied, words)
        await back_to_step(context)
        return True
    if not labelled and (
        await take_reply(context, words) or await broadcast_replies.take_named(context, words)
    ):
        await back_to_step(context)
        return True
    return not labelled and (
        await _to_led_intent(context, words)
        or (waiting is None and await take_obstacle(context, words))
        or await _presses_button(context, words, waiting)
        or (waiting is None and await take_own_task(context, words))
        or (waiting is None and await ask_back(context, words))
        or (waiting is None and await broadcast_replies.ask_back(context, words))
    )


async def _alone(context: TurnContext, words: str, intent: Intent | None) -> None:
    """Handle words that answer nothing: an intent, a search, a pledge, or a question."""
    if intent is not None:
        await INTENT_HANDLERS[intent.name](context)
    elif is_unsure(words) or yes_or_no(words) is not None:
        context.send_text(messages.NOT_SURE if is_unsure(words) else messages.NOTHING_ASKED)
        await INTENT_HANDLERS["again"](context)
    elif option_number(words) is not None:
        context.send_text(messages.NOT_A_CHOICE)
        await INTENT_HANDLERS["again"](context)
    elif not any(letter.isalnum() for letter in words):
        context.send(Send(messages.OTHER_KIND, cards.menu().buttons))
    elif not (await search(context, words) or await begin_as_pledge(context, words)):
        await question(context, words)


async def _to_led_intent(context: TurnContext, words: str) -> bool:
    """Run the intent that words begin with, such as "remind me to"; return whether there is one.

    A waiting step does not get these words: a new reminder is not the time of another one.
    """
    led = led_intent(words)
    if led is None:
        return False
    await INTENT_HANDLERS[led[0].name](context, led[1])
    return True


async def _presses_button(context: TurnContext, words: str, waiting: Conversation | None) -> bool:
    """Press the button that words answer with, before a case or a step; return whether one is."""
    data = await button_for(context, words, waiting)
    if data is None:
        return False
    await tapped(context, data)
    return True


async def _to_early_intent(context: TurnContext, intent: Intent, words: str) -> None:
    """Run an early intent; a button of that name on the screen comes first.

    "Ask a person" under an open question sends that question to staff, and "undo" below an answer
    takes it back.
    """
    screen = context.citizen.screen
    asked = _labelled(screen, words)
    undo = undo_button(screen, words)
    if undo is not None:
        await tapped(context, undo)
    elif asked is not None and asked.startswith((cards.ASK_ON, REM)):
        await tapped(context, asked)
    else:
        await INTENT_HANDLERS[intent.name](context)


async def _answers_case(context: TurnContext, words: str, intent: Intent | None) -> bool:
    """Return whether words answer what staff asked, although they could be small talk."""
    plain = intent is None or intent.name in SMALL_TALK
    return plain and _labelled(context.citizen.screen, words) is None and await waits(context)


async def _to_step(context: TurnContext, waiting: Conversation, words: str) -> None:
    """Pass words to the step; where it cannot take them, try an intent, a case and the FAQ."""
    if await ask_which(context, waiting, words) or await broadcast_replies.take_in_step(
        context, waiting, words
    ):
        return
    before = len(context.outgoing)
    note = await conversations.handle_event(context, waiting, Typed(words))
    if note not in (Note.UNREAD, Note.REFUSED):
        return
    refusal = context.outgoing[before:]
    del context.outgoing[before:]
    if is_unsure(words) or skips(words):
        context.send_text(messages.NOT_SURE if is_unsure(words) else messages.NOT_SKIPPED)
        await conversations.ask_again(context, waiting)
        return
    if await _leaves_optional(context, waiting, words):
        return
    intent = typed_intent(words)
    if intent is not None:
        await INTENT_HANDLERS[intent.name](context)
    elif (
        await to_named(context, words)
        or await take_own_task(context, words)
        or await search(context, words)
        or await answered(context, words)
    ):
        await conversations.aside(context, waiting)
    elif note is Note.REFUSED:
        context.outgoing += refusal
    else:
        context.send_text(messages.NOT_A_CHOICE)
        await conversations.ask_again(context, waiting, numbers=True)


async def _leaves_optional(context: TurnContext, waiting: Conversation, words: str) -> bool:
    """Put an optional question aside for words that are no answer; return whether it is.

    One or two words without a question may be a mistyped answer, which is asked for again.
    """
    flow = flow_of(waiting)
    if flow is None or not flow.is_optional(waiting.answers):
        return False
    await conversations.pause(context, waiting)
    intent = typed_intent(words)
    if intent is not None:
        await INTENT_HANDLERS[intent.name](context)
        return True
    if await take_own_task(context, words) or await search(context, words):
        return True
    if len(words.split()) > FEW_WORDS or asks(words):
        await question(context, words)
        return True
    await conversations.resume(context, waiting)
    return True


def _labelled(screen: tuple[tuple[str, str], ...], words: str) -> str | None:
    """Return the data of the button last shown whose label was typed."""
    return next((data for data, label in screen if same(words, label)), None)


def _card_button(waiting: Conversation | None, words: str) -> str | None:
    """Return the data of the button above a waiting flow's question whose label was typed."""
    flow = flow_of(waiting) if waiting is not None else None
    if waiting is None or flow is None:
        return None
    buttons = flow.card_buttons(waiting.answers)
    return next((cards.COMMAND + data for data, label in buttons if same(words, label)), None)


def _typed_button(
    screen: tuple[tuple[str, str], ...], words: str, for_words: str | None
) -> str | None:
    """Return the data of the button last shown whose label or number was typed.

    *for_words* is the callback data prefix of a step that takes words: a number may be its
    answer, so the step reads it first.
    """
    labelled = _labelled(screen, words)
    if labelled is not None:
        return labelled
    number = option_number(words)
    if number is None or not 0 < number <= len(screen):
        return None
    data = screen[number - 1][0]
    its_own = for_words is not None and data.startswith(for_words)
    return None if its_own and not data.endswith(f".{BACK}") else data
