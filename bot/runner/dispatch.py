"""Dispatch of updates: find the sender and the content, and decide what answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.engine.conversation import Conversation
from bot.engine.effects import Note, Send
from bot.engine.events import Gave, Typed
from bot.engine.questions import AXES
from bot.engine.steps import BACK
from bot.engine.words import option_number, same
from bot.i18n import language_for
from bot.model.person import Person
from bot.redact import MARK
from bot.runner import conversations
from bot.runner.citizen_cases import already_answered, picked, waits
from bot.runner.context import Runtime, TurnContext
from bot.runner.conversations import back_to_step
from bot.runner.cpr import remove_cpr, wrote_cpr
from bot.runner.faq import answered
from bot.runner.free_text import question, take_edit, to_named, to_picked
from bot.runner.incoming import (
    Called,
    Edited,
    Incoming,
    InDanger,
    InGroup,
    Nothing,
    Reached,
    Showed,
    Stopped,
    Tapped,
    Wrote,
)
from bot.runner.intents import INTENT_HANDLERS
from bot.runner.letter import letter_of
from bot.runner.pictures import take_picture, take_place
from bot.store.inbox import InboxRow
from bot.store.outbox import NewOutbox, Priority
from bot.store.unit import Unit
from bot.transport.intake import number_at
from flows import cards, messages
from flows.danger import danger_text
from flows.intents import Intent, slash_intent, typed_intent, yes_or_no

YES_OR_NO = 2  # buttons of a card that a typed yes or no answers
GROUP_ANSWER_WITHIN = timedelta(minutes=5)  # a group has moved on by then
# Intents without an effect: where staff have asked something, these words are the answer.
SMALL_TALK = ("thanks", "greeting")
DANGER_GRACE = timedelta(seconds=3)


async def take_update(runtime: Runtime, unit: Unit, row: InboxRow) -> list[str]:
    """Process an update; return the callback queries to acknowledge after the commit.

    Raise `ValueError` where the chat has no id.
    """
    raw: Mapping[str, Any] = row.payload["update"]
    heard = await runtime.parse(raw)
    sender, chat = parties(raw)
    private = chat is not None and chat.get("type") == "private"
    # A CPR number is deleted even where the update is ignored otherwise, as an edit is (HR-2).
    if chat is None or (isinstance(heard, Nothing) and not (private and "cpr" in row.payload)):
        return []
    if not private and not isinstance(heard, InGroup):
        return []  # send nothing personal where other people can read it
    language = language_for(sender.get("language_code"))
    chat_id = number_at(chat, "id")
    if chat_id is None:
        raise ValueError("the chat of the update has no id to answer to")
    context = TurnContext(
        runtime, unit, row.lane, chat_id, language=language, letter=letter_of(raw)
    )
    if isinstance(heard, InGroup):
        await point_to_private(context, raw)
        return []
    context.person = await unit.people.by_lane(row.lane)
    if context.person is not None:
        context.language = context.person.language
    if isinstance(heard, Reached):
        await reached(context, heard)
        return []
    first = context.person is None
    if first and isinstance(heard, Edited):
        return []  # the bot has never processed the earlier version
    if first:
        await welcome(context, sender)
    if isinstance(heard, Tapped):
        context.acknowledge.append(heard.query_id)
        context.tapped_message = heard.message_id
    await _answer(context, heard, row, first=first)
    await _note_album(context)
    await context.write_outgoing()
    return context.acknowledge


async def _answer(  # noqa: C901 - one case for each kind of incoming event
    context: TurnContext, heard: Incoming, row: InboxRow, *, first: bool
) -> None:
    """Answer by priority: danger, STOP, CPR, then the words (DOMAIN 1)."""
    match heard:
        case InDanger(danger):
            await in_danger(context, danger, row)
            await remove_cpr(context, row.payload.get("cpr"))
        case Stopped():
            await INTENT_HANDLERS["stop"](context)
            await remove_cpr(context, row.payload.get("cpr"))
        case _ if "cpr" in row.payload:
            await wrote_cpr(context, heard, row.payload["cpr"])
        case Edited(words):
            await take_edit(context, words)
        case Called(name, rest):
            await called(context, name, rest)
        case Tapped(data):
            await tapped(context, data)
        case Wrote(words):
            await wrote(context, words)
        case Showed(kind, words, place):
            if place is None:
                await showed(context, kind, words)
            else:
                await pinned(context, dict(zip(AXES, place, strict=True)), words)
    if (
        first
        and not isinstance(heard, Called | Tapped | InDanger | Edited)
        and not _shows_menu(context)
        and await context.unit.conversations.waiting(context.citizen.id) is None
    ):
        await conversations.leave_for_menu(context)


def _shows_menu(context: TurnContext) -> bool:
    """Return whether the outgoing messages contain the menu."""
    doors = {button.data for saying in context.outgoing for button in saying.send.buttons}
    return {button.data for button in cards.menu().buttons} <= doors


def parties(raw: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any] | None]:
    """Return the sender and the chat of an update of any type."""
    for value in raw.values():
        if isinstance(value, Mapping):
            inner = value.get("message")
            chat = value.get("chat") or (inner.get("chat") if isinstance(inner, Mapping) else None)
            sender = value.get("from") or {}
            if chat is None and sender:
                chat = {"id": sender["id"], "type": "private"}  # a tap under an inline message
            return sender, chat
    return {}, None


async def welcome(context: TurnContext, sender: Mapping[str, Any]) -> None:
    """Send the privacy notice before anything personal is kept (HR-8), and add the person."""
    fresh = Person(
        id=0,
        lane=context.lane,
        chat_id=context.chat_id,
        language=context.language,
        first_name=_name(sender.get("first_name")),
        notice_at=context.now,
        notice_version=messages.NOTICE_VERSION,
    )
    context.person = await context.unit.people.add(fresh)
    context.send(Send(messages.NOTICE, (cards.TO_PERSON,)))


def _name(given: object) -> str | None:
    """Return the name to address a citizen by; None where a number was redacted in it."""
    return given if isinstance(given, str) and MARK not in given else None


async def in_danger(context: TurnContext, danger: Any, row: InboxRow) -> None:
    """Send the emergency numbers unless the intake has, and add a task for staff (HR-29)."""
    await context.unit.tasks.add("danger", f"{row.source}:{row.key}", context.citizen.id)
    if not await context.unit.split_cprs.danger_seen(row.source, row.key):
        # The intake is sending the numbers now, or has failed: wait 3 s before the worker's copy.
        context.send(
            danger_text(danger),
            priority=Priority.DANGER,
            after=DANGER_GRACE,
            on_result={"what": "danger_given", "update": row.key},
        )


async def called(context: TurnContext, name: str, rest: str) -> None:
    """Run the intent of a slash command; try an unknown one as a question, else show the menu."""
    door = slash_intent(name)
    if door is not None:
        await INTENT_HANDLERS[door.name](context, rest)
        return
    words = f"{name} {rest}".strip()
    if await answered(context, words):
        await back_to_step(context)
    else:
        await conversations.leave_for_menu(context)


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
    """Route typed words: early intent, case, button, step, other intent, question, in order."""
    door = typed_intent(words)
    if door is not None and door.early:
        await _to_early_door(context, door, words)
        return
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if await to_named(context, words, waiting):
        await back_to_step(context)
        return
    replied = await picked(context)
    if replied is not None and _labelled(context.citizen.screen, words) is None:
        await to_picked(context, replied, words)
        await back_to_step(context)
        return
    if waiting is None and await _answers_case(context, words, door):
        await question(context, words)
        return
    pressed = _typed_button(context.citizen.screen, words, conversations.asks_for_words(waiting))
    if pressed is not None:
        await tapped(context, pressed)
    elif waiting is not None:
        await _to_step(context, waiting, words)
    elif door is not None:
        await INTENT_HANDLERS[door.name](context)
    elif option_number(words) is not None:
        context.send_text(messages.NOT_A_CHOICE)
        await INTENT_HANDLERS["again"](context)
    elif not any(letter.isalnum() for letter in words):
        context.send(Send(messages.OTHER_KIND, cards.menu().buttons))
    else:
        await question(context, words)


async def _to_early_door(context: TurnContext, door: Intent, words: str) -> None:
    """Run an early intent; "ask a person" under an open question sends that question to staff."""
    asked = _labelled(context.citizen.screen, words)
    if asked is not None and asked.startswith(cards.ASK_ON):
        await tapped(context, asked)
    else:
        await INTENT_HANDLERS[door.name](context)


async def _answers_case(context: TurnContext, words: str, door: Intent | None) -> bool:
    """Return whether words answer what staff asked, although they could be small talk."""
    plain = door is None or door.name in SMALL_TALK
    return plain and _labelled(context.citizen.screen, words) is None and await waits(context)


async def _to_step(context: TurnContext, waiting: Conversation, words: str) -> None:
    """Pass words to the step; where it cannot take them, try an intent, a case and the FAQ."""
    before = len(context.outgoing)
    note = await conversations.handle_event(context, waiting, Typed(words))
    if note not in (Note.UNREAD, Note.REFUSED):
        return
    refusal = context.outgoing[before:]
    del context.outgoing[before:]
    door = typed_intent(words)
    if door is not None:
        await INTENT_HANDLERS[door.name](context)
    elif await to_named(context, words) or await answered(context, words):
        await conversations.aside(context, waiting)
    elif note is Note.REFUSED:
        context.outgoing += refusal
    else:
        context.send_text(messages.NOT_A_CHOICE)
        await conversations.ask_again(context, waiting, numbers=True)


def _labelled(screen: tuple[tuple[str, str], ...], words: str) -> str | None:
    """Return the data of the button last shown whose label was typed."""
    return next((data for data, label in screen if same(words, label)), None)


def _typed_button(
    screen: tuple[tuple[str, str], ...], words: str, for_words: str | None
) -> str | None:
    """Return the data of the button last shown whose label or number was typed.

    A card with two command buttons also takes a yes or a no. *for_words* is the callback data
    prefix of a step that takes words: a number may be its answer, so the step reads it first.
    """
    labelled = _labelled(screen, words)
    if labelled is not None:
        return labelled
    commands = [data for data, _label in screen if data.startswith(cards.COMMAND)]
    if len(screen) == len(commands) == YES_OR_NO and (yes := yes_or_no(words)) is not None:
        return screen[0 if yes else 1][0]
    number = option_number(words)
    if number is None or not 0 < number <= len(screen):
        return None
    data = screen[number - 1][0]
    its_own = for_words is not None and data.startswith(for_words)
    return None if its_own and not data.endswith(f".{BACK}") else data


async def showed(context: TurnContext, kind: str, words: str) -> None:
    """Take a picture where one is expected; refuse any other object, once for an album.

    Process the caption like typed words.
    """
    taken = kind == "photo" and await take_picture(context)
    answers = {
        "voice": messages.VOICE,
        "photo": messages.PHOTO,
        "contact": messages.CONTACT_CARD,
    }
    repeated = already_answered(context)
    if not taken and not repeated:
        context.send_text(answers.get(kind, messages.OTHER_KIND))
    if words:
        await wrote(context, words)
    elif not taken and not repeated:
        await back_to_step(context)


async def pinned(context: TurnContext, pin: dict[str, float], words: str) -> None:
    """Pass a place to the waiting flow or to a case; refuse it where neither takes it."""
    if await conversations.given(context, Gave("place", {**pin, "words": words})):
        return
    if not await take_place(context, pin, words):
        context.send_text(messages.PLACE)
    await back_to_step(context)


async def _note_album(context: TurnContext) -> None:
    """Store the album of this turn, so that its later parts are not answered again."""
    album = context.letter.album
    if album is not None and context.person is not None and context.person.album != album:
        context.person = replace(context.person, album=album)
        await context.unit.people.save(context.person)


async def reached(context: TurnContext, heard: Reached) -> None:
    """Store whether the citizen can be reached; send nothing."""
    if context.person is not None:
        await context.unit.people.reach(context.person.id, reachable=heard.reachable)


async def point_to_private(context: TurnContext, raw: Mapping[str, Any]) -> None:
    """Send a group the link to the private chat, and nothing else."""
    message = raw.get("message") or {}
    text = messages.GROUP.with_(link=context.runtime.bot_link)
    params = {"chat_id": context.chat_id, "text": context.render(text), "parse_mode": "HTML"}
    if thread := message.get("message_thread_id"):
        params["message_thread_id"] = thread
    await context.unit.outbox.put(
        NewOutbox(
            context.chat_id,
            context.lane,
            "sendMessage",
            params,
            Priority.REPLY,
            not_after=context.now + GROUP_ANSWER_WITHIN,
        )
    )
