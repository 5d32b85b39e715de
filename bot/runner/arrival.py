"""An inbox row arrives: who is it from, what does it say, and who answers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.engine.conversation import Conversation
from bot.engine.effects import Note, Send
from bot.engine.events import Gave, Said
from bot.engine.questions import AXES
from bot.engine.steps import BACK
from bot.engine.words import number_of, same
from bot.i18n import language_for
from bot.model.person import Person
from bot.redact import MARK
from bot.runner import talk
from bot.runner.answers import ANSWERS
from bot.runner.asking import question, take_edit, to_named, to_picked
from bot.runner.caseload import already_answered, picked, waits
from bot.runner.desk import Desk, House
from bot.runner.heard import (
    Called,
    Edited,
    Heard,
    InDanger,
    InGroup,
    Nothing,
    Reached,
    Showed,
    Stopped,
    Tapped,
    Wrote,
)
from bot.runner.knowledge import answered
from bot.runner.letter import letter_of
from bot.runner.numbers import remove_cpr, wrote_cpr
from bot.runner.pictures import take_picture, take_place
from bot.runner.talk import back_to_step
from bot.store.inbox import InboxRow
from bot.store.outbox import NewOutbox, Priority
from bot.store.unit import Unit
from flows import cards, messages
from flows.danger import danger_text
from flows.words import Door, slash_door, typed_door, yes_or_no

YES_OR_NO = 2  # buttons of a card that a yes or a no answers
GROUP_ANSWER_WITHIN = timedelta(minutes=5)  # a group has moved on by then
# Doors that open nothing: where staff have asked something, these words are the answer.
SMALL_TALK = ("thanks", "greeting")
DANGER_GRACE = timedelta(seconds=3)


async def take_update(house: House, unit: Unit, row: InboxRow) -> list[str]:
    """Let an update happen; return the callback queries to acknowledge after the commit."""
    raw: Mapping[str, Any] = row.payload["update"]
    heard = await house.hear(raw)
    sender, chat = parties(raw)
    private = chat is not None and chat.get("type") == "private"
    # A number in an edited message is deleted too, though an edit is no word to us (HR-2).
    if chat is None or (isinstance(heard, Nothing) and not (private and "cpr" in row.payload)):
        return []
    if not private and not isinstance(heard, InGroup):
        return []  # nothing personal is ever said where others read along
    language = language_for(sender.get("language_code"))
    desk = Desk(house, unit, row.lane, chat["id"], language=language, letter=letter_of(raw))
    if isinstance(heard, InGroup):
        await point_to_private(desk, raw)
        return []
    desk.person = await unit.people.by_lane(row.lane)
    if desk.person is not None:
        desk.language = desk.person.language
    if isinstance(heard, Reached):
        await reached(desk, heard)
        return []
    first = desk.person is None
    if first and isinstance(heard, Edited):
        return []  # what it was before nobody has heard
    if first:
        await welcome(desk, sender)
    if isinstance(heard, Tapped):
        desk.acknowledge.append(heard.query_id)
        desk.tapped_message = heard.message_id
    await _answer(desk, heard, row, first=first)
    await _note_album(desk)
    await desk.settle()
    return desk.acknowledge


async def _answer(  # noqa: C901 - a case a kind of thing heard
    desk: Desk, heard: Heard, row: InboxRow, *, first: bool
) -> None:
    """Go through what outranks what: danger, STOP, CPR, and then the words (DOMAIN 1)."""
    match heard:
        case InDanger(danger):
            await in_danger(desk, danger, row)
            await remove_cpr(desk, row.payload.get("cpr"))
        case Stopped():
            await ANSWERS["stop"](desk, "")
            await remove_cpr(desk, row.payload.get("cpr"))
        case _ if "cpr" in row.payload:
            await wrote_cpr(desk, heard, row.payload["cpr"])
        case Edited(words):
            await take_edit(desk, words)
        case Called(name, rest):
            await called(desk, name, rest)
        case Tapped(data):
            await tapped(desk, data)
        case Wrote(words):
            await wrote(desk, words)
        case Showed(kind, words, place):
            if place is None:
                await showed(desk, kind, words)
            else:
                await pinned(desk, dict(zip(AXES, place, strict=True)), words)
    if (
        first
        and not isinstance(heard, Called | Tapped | InDanger | Edited)
        and not _shows_menu(desk)
        and await desk.unit.conversations.waiting(desk.citizen.id) is None
    ):
        await talk.leave_for_menu(desk)


def _shows_menu(desk: Desk) -> bool:
    """Tell whether the menu is among what the citizen is about to see."""
    doors = {button.data for saying in desk.said for button in saying.send.buttons}
    return {button.data for button in cards.menu().buttons} <= doors


def parties(raw: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any] | None]:
    """Find the sender and the chat of an update, whatever its type."""
    for value in raw.values():
        if isinstance(value, Mapping):
            inner = value.get("message")
            chat = value.get("chat") or (inner.get("chat") if isinstance(inner, Mapping) else None)
            sender = value.get("from") or {}
            if chat is None and sender:
                chat = {"id": sender["id"], "type": "private"}  # a tap under an inline message
            return sender, chat
    return {}, None


async def welcome(desk: Desk, sender: Mapping[str, Any]) -> None:
    """Say who we are before anything personal is kept (HR-8)."""
    fresh = Person(
        id=0,
        lane=desk.lane,
        chat_id=desk.chat_id,
        language=desk.language,
        first_name=_name(sender.get("first_name")),
        notice_at=desk.now,
        notice_version=messages.NOTICE_VERSION,
    )
    desk.person = await desk.unit.people.add(fresh)
    desk.say(Send(messages.NOTICE, (cards.TO_PERSON,)))


def _name(given: object) -> str | None:
    """Return a name to call somebody by; one that held a number is none."""
    return given if isinstance(given, str) and MARK not in given else None


async def in_danger(desk: Desk, danger: Any, row: InboxRow) -> None:
    """Give the numbers, unless the intake has, and put a person on it (HR-29)."""
    await desk.unit.tasks.add("danger", f"{row.source}:{row.key}", desk.citizen.id)
    if not await desk.unit.halves.danger_seen(row.source, row.key):
        # The intake is sending them at this moment, or could not: give it a breath.
        desk.say(
            danger_text(danger),
            priority=Priority.DANGER,
            after=DANGER_GRACE,
            then={"what": "danger_given", "update": row.key},
        )


async def called(desk: Desk, name: str, rest: str) -> None:
    """Open the door of a slash command; one we do not know may be a question, or is the menu."""
    door = slash_door(name)
    if door is not None:
        await ANSWERS[door.name](desk, rest)
        return
    words = f"{name} {rest}".strip()
    if await answered(desk, words):
        await back_to_step(desk)
    else:
        await talk.leave_for_menu(desk)


async def tapped(desk: Desk, data: str) -> None:
    """Let a button do its work; one nobody knows any more shows where we are."""
    if data.startswith(cards.COMMAND):
        name, _dot, rest = data.removeprefix(cards.COMMAND).partition(".")
        if name in ANSWERS:
            await ANSWERS[name](desk, rest)
            return
    chose = talk.read_tap(data)
    if chose is not None:
        await talk.tap(desk, chose)
        return
    desk.tell(messages.OLD_BUTTON)
    await talk.leave_for_menu(desk)


async def wrote(desk: Desk, words: str) -> None:
    """Find who takes the words: an early door, a named case, the step, another door, the FAQ."""
    door = typed_door(words)
    if door is not None and door.early:
        await _to_early_door(desk, door, words)
        return
    waiting = await desk.unit.conversations.waiting(desk.citizen.id)
    if await to_named(desk, words, waiting):
        await back_to_step(desk)
        return
    replied = await picked(desk)
    if replied is not None and _labelled(desk.citizen.screen, words) is None:
        await to_picked(desk, replied, words)
        await back_to_step(desk)
        return
    if waiting is None and await _answers_case(desk, words, door):
        await question(desk, words)
        return
    pressed = _typed_button(desk.citizen.screen, words, talk.asks_for_words(waiting))
    if pressed is not None:
        await tapped(desk, pressed)
    elif waiting is not None:
        await _to_step(desk, waiting, words)
    elif door is not None:
        await ANSWERS[door.name](desk, "")
    elif number_of(words) is not None:
        desk.tell(messages.NOT_A_CHOICE)
        await ANSWERS["again"](desk, "")
    elif not any(letter.isalnum() for letter in words):
        desk.say(Send(messages.OTHER_KIND, cards.menu().buttons))
    else:
        await question(desk, words)


async def _to_early_door(desk: Desk, door: Door, words: str) -> None:
    """Open a door; "ask a person", typed where a question waits for it, means that question."""
    asked = _labelled(desk.citizen.screen, words)
    if asked is not None and asked.startswith(cards.ASK_ON):
        await tapped(desk, asked)
    else:
        await ANSWERS[door.name](desk, "")


async def _answers_case(desk: Desk, words: str, door: Door | None) -> bool:
    """Tell whether words answer what staff asked, though they would mean something else."""
    plain = door is None or door.name in SMALL_TALK
    return plain and _labelled(desk.citizen.screen, words) is None and await waits(desk)


async def _to_step(desk: Desk, waiting: Conversation, words: str) -> None:
    """Give the words to the step; what it cannot take may be a question for the FAQ."""
    before = len(desk.said)
    note = await talk.happen(desk, waiting, Said(words))
    if note not in (Note.UNREAD, Note.REFUSED):
        return
    refusal = desk.said[before:]
    del desk.said[before:]
    door = typed_door(words)
    if door is not None:
        await ANSWERS[door.name](desk, "")
    elif await to_named(desk, words) or await answered(desk, words):
        await talk.aside(desk, waiting)
    elif note is Note.REFUSED:
        desk.said += refusal
    else:
        desk.tell(messages.NOT_A_CHOICE)
        await talk.ask_again(desk, waiting, numbers=True)


def _labelled(screen: tuple[tuple[str, str], ...], words: str) -> str | None:
    """Find the button last shown whose very words were typed."""
    return next((data for data, label in screen if same(words, label)), None)


def _typed_button(
    screen: tuple[tuple[str, str], ...], words: str, for_words: str | None
) -> str | None:
    """Find the button last shown whose words or number were typed.

    *for_words* is what the data of a step begins with that takes words: there
    a number may be the answer itself, and the step reads it first.
    """
    labelled = _labelled(screen, words)
    if labelled is not None:
        return labelled
    commands = [data for data, _label in screen if data.startswith(cards.COMMAND)]
    if len(screen) == len(commands) == YES_OR_NO and (yes := yes_or_no(words)) is not None:
        return screen[0 if yes else 1][0]
    number = number_of(words)
    if number is None or not 0 < number <= len(screen):
        return None
    data = screen[number - 1][0]
    its_own = for_words is not None and data.startswith(for_words)
    return None if its_own and not data.endswith(f".{BACK}") else data


async def showed(desk: Desk, kind: str, words: str) -> None:
    """Take a picture in where it belongs; what cannot be taken is refused kindly, once.

    The words under a picture are heard all the same.
    """
    taken = kind == "photo" and await take_picture(desk)
    answers = {
        "voice": messages.VOICE,
        "photo": messages.PHOTO,
        "contact": messages.CONTACT_CARD,
    }
    repeated = already_answered(desk)
    if not taken and not repeated:
        desk.tell(answers.get(kind, messages.OTHER_KIND))
    if words:
        await wrote(desk, words)
    elif not taken and not repeated:
        await back_to_step(desk)


async def pinned(desk: Desk, pin: dict[str, float], words: str) -> None:
    """Give a place to the flow that waits, or to a case; a place that fits neither is refused."""
    if await talk.given(desk, Gave("place", {**pin, "words": words})):
        return
    if not await take_place(desk, pin, words):
        desk.tell(messages.PLACE)
    await back_to_step(desk)


async def _note_album(desk: Desk) -> None:
    """Remember the album that was heard, so that its later parts are not answered again."""
    album = desk.letter.album
    if album is not None and desk.person is not None and desk.person.album != album:
        desk.person = replace(desk.person, album=album)
        await desk.unit.people.save(desk.person)


async def reached(desk: Desk, heard: Reached) -> None:
    """Note whether the citizen can be reached; no words are said."""
    if desk.person is not None:
        await desk.unit.people.reach(desk.person.id, reachable=heard.reachable)


async def point_to_private(desk: Desk, raw: Mapping[str, Any]) -> None:
    """In a group, say only where the private chat is."""
    message = raw.get("message") or {}
    text = messages.GROUP.with_(link=desk.house.bot_link)
    params = {"chat_id": desk.chat_id, "text": desk.render(text), "parse_mode": "HTML"}
    if thread := message.get("message_thread_id"):
        params["message_thread_id"] = thread
    await desk.unit.outbox.put(
        NewOutbox(
            desk.chat_id,
            desk.lane,
            "sendMessage",
            params,
            Priority.REPLY,
            not_after=desk.now + GROUP_ANSWER_WITHIN,
        )
    )
