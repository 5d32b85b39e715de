"""Dispatch of updates: find the citizen, and answer by priority."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.engine.effects import Send
from bot.engine.events import Gave
from bot.engine.questions import AXES
from bot.i18n import language_for
from bot.model.person import Person
from bot.runner import conversations
from bot.runner.citizen_cases import already_answered
from bot.runner.context import Runtime, TurnContext
from bot.runner.conversations import back_to_step
from bot.runner.cpr import remove_cpr, wrote_cpr
from bot.runner.free_text import take_edit
from bot.runner.intents import INTENT_HANDLERS
from bot.runner.own_signups import awaits_certificate
from bot.runner.own_tasks import worry
from bot.runner.pictures import take_picture, take_place
from bot.runner.routing import called, tapped, wrote
from bot.service.pledges.ending import stop_unreachable
from bot.store.inbox import InboxRow
from bot.store.outbox import NewOutbox, Priority
from bot.store.unit import Unit
from bot.transport.incoming import (
    Called,
    Edited,
    InDanger,
    InGroup,
    Nothing,
    Reached,
    Showed,
    Stopped,
    Tapped,
    Wrote,
    incoming_of,
)
from flows import cards, messages, signup_cards
from flows.danger import danger_text
from flows.intents import slash_intent
from flows.task_words import is_worry

GROUP_ANSWER_WITHIN = timedelta(minutes=5)  # a group has moved on by then
SHOWS_PAPERS = ("photo", "other")  # kinds of content that may show a certificate
DANGER_GRACE = timedelta(seconds=3)


async def take_update(runtime: Runtime, unit: Unit, row: InboxRow) -> list[str]:
    """Process an update; return the callback queries to acknowledge after the commit.

    Raise `ValueError` where the chat has no id.
    """
    incoming = await incoming_of(row.payload, runtime.parse)
    content, private = incoming.content, incoming.private
    # A CPR number is deleted even where the update is ignored otherwise, as an edit is (HR-2).
    if isinstance(content, Nothing) and not (private and incoming.cpr is not None):
        return []
    if not private and not isinstance(content, InGroup):
        return []  # send nothing personal where other people can read it
    if incoming.chat_id is None:
        raise ValueError("the chat of the update has no id to answer to")
    context = TurnContext(
        runtime,
        unit,
        row.lane,
        incoming.chat_id,
        language=language_for(incoming.language),
        incoming=incoming,
    )
    if isinstance(content, InGroup):
        await point_to_private(context)
        return []
    context.person = await unit.people.by_lane(row.lane)
    if context.person is not None:
        context.language = context.person.language
    if isinstance(content, Reached):
        await reached(context, content)
        return []
    first = context.person is None
    if first and isinstance(content, Edited) and incoming.cpr is None:
        return []  # the bot has never processed the earlier version
    if first:
        await welcome(context)
    await _heal(context)
    await _note_day(context)
    if isinstance(content, Tapped):
        context.acknowledge.append(content.query_id)
    await _answer(context, row, first=first)
    await _open(context)
    await _note_album(context)
    await context.write_outgoing()
    return context.acknowledge


async def _heal(context: TurnContext) -> None:
    """Record that a citizen who writes can be reached again."""
    if not context.citizen.reachable:
        await context.unit.people.reach(context.citizen.id, reachable=True)
        context.person = replace(context.citizen, reachable=True)


async def _answer(  # noqa: C901 - one case for each kind of content
    context: TurnContext, row: InboxRow, *, first: bool
) -> None:
    """Answer by priority: danger, STOP, CPR, then the words (DOMAIN 1)."""
    incoming = context.incoming
    content, words = incoming.content, incoming.words
    match content:
        case InDanger(danger):
            await in_danger(context, danger, row)
            await remove_cpr(context)
        case Stopped():
            await INTENT_HANDLERS["stop"](context)
            await remove_cpr(context)
        case _ if incoming.cpr is not None:
            await wrote_cpr(context, incoming.cpr)
        case Edited():
            await take_edit(context, words)
        case Called():
            await called(context, *incoming.command)
        case Wrote() if slash_intent(incoming.command[0]) is not None:  # "/spørg" has no entity
            await called(context, *incoming.command)
        case Tapped(data):
            await tapped(context, data)
        case Wrote():
            await wrote(context, words)
        case Showed(_, place) if place is not None:
            await pinned(context, dict(zip(AXES, place, strict=True)), words)
        case Showed(what):
            await showed(context, what, words)
    if (
        first
        and not isinstance(content, Called | Tapped | InDanger | Edited)
        and not _shows_menu(context)
        and await context.unit.conversations.waiting(context.citizen.id) is None
    ):
        await conversations.leave_for_menu(context)


async def _open(context: TurnContext) -> None:
    """Execute the intents with which flows have ended in this turn."""
    while context.opens is not None:
        name, _dot, rest = context.opens.partition(".")
        context.opens = None
        await INTENT_HANDLERS[name](context, rest)


def _shows_menu(context: TurnContext) -> bool:
    """Return whether the outgoing messages contain the menu."""
    shown = {button.data for saying in context.outgoing for button in saying.send.buttons}
    return {button.data for button in cards.menu().buttons} <= shown


async def welcome(context: TurnContext) -> None:
    """Send the privacy notice before anything personal is kept (HR-8), and add the person."""
    fresh = Person(
        id=0,
        lane=context.lane,
        chat_id=context.chat_id,
        language=context.language,
        first_name=context.incoming.first_name,
        notice_at=context.now,
        notice_version=messages.NOTICE_VERSION,
    )
    context.person = await context.unit.people.add(fresh)
    context.send(Send(messages.NOTICE, (cards.TO_PERSON,)))


async def in_danger(context: TurnContext, danger: str, row: InboxRow) -> None:
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
    if is_worry(context.incoming.words):
        await worry(context, knows_numbers=True)


async def showed(context: TurnContext, what: str, words: str) -> None:
    """Take a picture where one is expected; refuse any other object, once for an album.

    Process the caption like typed words.
    """
    taken = what == "photo" and await take_picture(context)
    answers = {
        "voice": messages.VOICE,
        "photo": messages.PHOTO,
        "contact": messages.CONTACT_CARD,
    }
    repeated = already_answered(context)
    if not taken and not repeated:
        text = answers.get(what, messages.OTHER_KIND)
        if what in SHOWS_PAPERS and await awaits_certificate(context):
            text = signup_cards.CERTIFICATE
        context.send_text(text)
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


async def _note_day(context: TurnContext) -> None:
    """Store the last day on which the citizen was here; the audience of news may depend on it."""
    today = context.calendar.local(context.now).date()
    if context.citizen.seen_on != today:
        context.person = replace(context.citizen, seen_on=today)
        await context.unit.people.save(context.person)


async def _note_album(context: TurnContext) -> None:
    """Store the album of this turn, so that its later parts are not answered again."""
    album = context.incoming.album
    if album is not None and context.person is not None and context.person.album != album:
        context.person = replace(context.person, album=album)
        await context.unit.people.save(context.person)


async def reached(context: TurnContext, change: Reached) -> None:
    """Store whether the citizen can be reached; send nothing."""
    if context.person is not None:
        await context.unit.people.reach(context.person.id, reachable=change.reachable)
        if not change.reachable:
            await stop_unreachable(context.unit, context.person.id)


async def point_to_private(context: TurnContext) -> None:
    """Send a group the link to the private chat, and nothing else."""
    text = messages.GROUP.with_(link=context.runtime.bot_link)
    params = {"chat_id": context.chat_id, "text": context.render(text), "parse_mode": "HTML"}
    if thread := context.incoming.thread:
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
