"""A citizen's conversations: begun, carried forward, paused, resumed, ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

from bot.engine.advance import advance
from bot.engine.conversation import ENDED, PAUSED, WAITING, Conversation
from bot.engine.effects import Below, Button, Note, Redraw, Run, Send, Turn, Wants, World
from bot.engine.events import Again, Back, Begun, Chose, Done, Event, Gave
from bot.engine.flow import Flow
from bot.engine.questions import Ask
from bot.runner.desk import Desk, numbered
from bot.runner.knowledge import theme_of
from bot.runner.rows import look_up
from bot.runner.where import flow_of, step_of
from bot.service import carry_out
from bot.store.timers import NewTimer
from flows import cards, messages

NUDGE_AFTER = timedelta(hours=24)
KEPT_FOR = timedelta(days=7)
# A turn that asks for more services and rows than this goes round in a circle.
MOST_ROUNDS = 25
LONGEST_ID, LARGEST_ID = 20, 2**63 - 1  # what a database's id can be


async def begin(desk: Desk, flow: type[Flow], known: Mapping[str, Any] | None = None) -> None:
    """Begin *flow* with what is known; one that waits already is gone on with, another is paused.

    One that waits about something else is let go: its questions are the same.
    """
    known = known or {}
    waiting = await desk.unit.conversations.waiting(desk.citizen.id)
    if waiting is not None and waiting.flow == flow.key():
        if all(waiting.answers.get(name) == value for name, value in known.items()):
            await happen(desk, waiting, Again())
            return
        await end(desk, waiting)
    elif waiting is not None:
        await pause(desk, waiting)
    fresh = Conversation(
        id=0,
        person_id=desk.citizen.id,
        flow=flow.key(),
        revision=flow.revision,
        answers=dict(known),
        draft=None,
        state=WAITING,
        started_at=desk.now,
        touched_at=desk.now,
    )
    await happen(desk, await desk.unit.conversations.add(fresh), Begun())


async def happen(desk: Desk, conversation: Conversation, event: Event) -> Note:
    """Let *event* happen, running services and looking rows up until the flow waits."""
    flow = flow_of(conversation)
    if flow is None:
        await end(desk, conversation)
        desk.say(Send(messages.ANEW), cards.menu())
        return Note.NONE
    turn = await _to_the_end(desk, flow, conversation, event)
    if turn.note is not Note.NONE:
        return turn.note  # nothing has changed
    after = replace(turn.conversation, touched_at=desk.now)
    if after.state == ENDED:
        await end(desk, after)
        if not await offer_paused(desk):
            _lead_on(desk)
    else:
        await desk.unit.conversations.save(after)
        await remind_later(desk, after)
    return Note.NONE


async def _to_the_end(
    desk: Desk, flow: type[Flow], conversation: Conversation, event: Event
) -> Turn:
    """Advance until nothing more is needed for this event."""
    world = World(desk.facts())
    for _round in range(MOST_ROUNDS):
        turn = advance(flow, conversation, event, world)
        conversation = turn.conversation
        desk.say(*map(with_menu, turn.effects))
        match turn.needs:
            case None:
                return turn
            case Wants(rows, _answers, then):
                found = await look_up(rows, desk)
                world = replace(world, rows={**world.rows, rows: found})
                event = then
            case Run(command):
                # What is written must be seen by the service, whose transaction this is.
                event = await carry_out(await filled(desk, command), desk.unit)
                if isinstance(event, Done) and isinstance(event.value, Mapping):
                    desk.about = event.value.get("case")
                await desk.refresh()
                world = replace(world, facts=desk.facts())
    message = f"flow {flow.__name__} does not come to rest"
    raise RuntimeError(message)


async def filled(desk: Desk, command: Any) -> Any:
    """Fill in what only the turn knows: where the words stand, and what they are about."""
    names = {field.name for field in fields(command)}
    if "written" not in names:
        return command
    if "theme" not in names:
        return replace(command, written=desk.written())
    index = await desk.house.index(desk.unit)
    found = index.find(command.words, desk.language)
    return replace(command, written=desk.written(), theme=await theme_of(desk, found))


def with_menu(effect: Send | Redraw) -> Send | Redraw:
    """Put the way to the menu on every question, so that a person is two taps away (HR-26)."""
    asks = isinstance(effect, Send) and effect.below is Below.ASKS_PLACE
    if not effect.buttons and not asks:
        return effect
    return replace(effect, buttons=(*effect.buttons, cards.TO_MENU))


async def ask_again(desk: Desk, conversation: Conversation, *, numbers: bool = False) -> None:
    """Show the step where the citizen stands once more."""
    before = len(desk.said)
    await happen(desk, conversation, Again())
    if numbers and len(desk.said) > before:
        last = desk.said[-1]
        if isinstance(last.send, Send):
            desk.said[-1] = replace(last, send=numbered(last.send))


async def aside(desk: Desk, conversation: Conversation) -> None:
    """After a side question: say where we were, and ask the step again."""
    flow = flow_of(conversation)
    if flow is not None:
        desk.tell(messages.ASIDE.with_(title=flow.title))
    await ask_again(desk, conversation)


async def back_to_step(desk: Desk) -> None:
    """After an aside, ask the step that waits once more."""
    waiting = await desk.unit.conversations.waiting(desk.citizen.id)
    if waiting is not None:
        await aside(desk, waiting)


async def pause(desk: Desk, conversation: Conversation) -> None:
    """Let a conversation wait, its answers kept for seven days."""
    await desk.unit.conversations.save(replace(conversation, state=PAUSED, touched_at=desk.now))
    await desk.unit.timers.cancel("nudge", str(conversation.id))
    await _expire_later(desk, conversation)


async def resume(desk: Desk, conversation: Conversation) -> None:
    """Go on with a conversation that was paused."""
    waiting = await desk.unit.conversations.waiting(desk.citizen.id)
    if waiting is not None and waiting.id != conversation.id:
        await pause(desk, waiting)
    again = replace(conversation, state=WAITING, touched_at=desk.now)
    await desk.unit.conversations.save(again)
    await happen(desk, again, Again())


async def end(desk: Desk, conversation: Conversation) -> None:
    """Forget an ended conversation: what it was for is kept where it belongs."""
    await desk.unit.timers.forget("nudge", str(conversation.id))
    await desk.unit.timers.forget("expire", str(conversation.id))
    await desk.unit.cases.abandon(conversation.id)
    await desk.unit.conversations.delete(conversation)


def _lead_on(desk: Desk) -> None:
    """Put ways on under the last words of a flow: an end is no dead end."""
    last = desk.said[-1] if desk.said else None
    if last is not None and not last.send.buttons:
        buttons = (cards.press("mine", cards.DOOR_LABELS["mine"]), cards.TO_MENU)
        desk.said[-1] = replace(last, send=replace(last.send, buttons=buttons))


async def offer_paused(desk: Desk) -> bool:
    """When one conversation ends, offer the one paused for it; tell whether there is one."""
    paused = await desk.unit.conversations.paused(desk.citizen.id)
    flow = flow_of(paused) if paused else None
    if paused is not None and flow is not None:
        desk.say(cards.offer_to_resume(paused.id, messages.RESUME_OFFER, flow.title))
        return True
    return False


async def remind_later(desk: Desk, conversation: Conversation) -> None:
    """Set the one nudge of an unfinished conversation, and the day it is let go."""
    if not conversation.nudged:
        own = desk.citizen.own_quiet
        due = desk.house.calendar.next_allowed(desk.now + NUDGE_AFTER, own)
        await desk.unit.timers.set(NewTimer("nudge", str(conversation.id), desk.lane, due))
    await _expire_later(desk, conversation)


async def _expire_later(desk: Desk, conversation: Conversation) -> None:
    """Set the day an untouched conversation is let go."""
    due = desk.now + KEPT_FOR
    await desk.unit.timers.set(NewTimer("expire", str(conversation.id), desk.lane, due))


async def tap(desk: Desk, chose: Chose) -> None:
    """Let a tapped button of a flow do its work, wherever its conversation stands."""
    found = await desk.unit.conversations.get(chose.conversation)
    if found is None or found.person_id != desk.citizen.id or found.state == ENDED:
        waiting = await desk.unit.conversations.waiting(desk.citizen.id)
        if waiting is None:
            desk.tell(messages.OLD_BUTTON)
            desk.say(cards.menu())
        else:
            await happen(desk, waiting, chose)
        return
    if found.state == PAUSED:
        waiting = await desk.unit.conversations.waiting(desk.citizen.id)
        if waiting is not None:
            await happen(desk, waiting, chose)
            return
        found = replace(found, state=WAITING)
    if await happen(desk, found, chose) is Note.AT_START:
        await ask_again(desk, found)


async def given(desk: Desk, gift: Gave) -> bool:
    """Give what was sent to the conversation that waits; tell whether it took it."""
    waiting = await desk.unit.conversations.waiting(desk.citizen.id)
    return waiting is not None and await happen(desk, waiting, gift) is not Note.UNREAD


def asks_for_words(waiting: Conversation | None) -> str | None:
    """Return what the data of the waiting step begins with, where the step takes words."""
    here = step_of(waiting) if waiting is not None else None
    return here.data(waiting, "") if waiting is not None and isinstance(here, Ask) else None


async def back(desk: Desk) -> None:
    """Go one step back; at the start, leave for the menu with everything kept."""
    waiting = await desk.unit.conversations.waiting(desk.citizen.id)
    if waiting is None:
        desk.say(cards.menu())
    elif await happen(desk, waiting, Back()) is Note.AT_START:
        await leave_for_menu(desk)


async def leave_for_menu(desk: Desk) -> None:
    """Show the menu; what was under way is paused and stands first on it."""
    waiting = await desk.unit.conversations.waiting(desk.citizen.id)
    if waiting is not None:
        await pause(desk, waiting)
    paused = waiting or await desk.unit.conversations.paused(desk.citizen.id)
    flow = flow_of(paused) if paused else None
    resume_with = (paused.id, flow.title) if paused is not None and flow is not None else None
    desk.say(cards.menu(language_first=desk.language != "da", resume=resume_with))


def read_tap(data: str) -> Chose | None:
    """Read the callback data of a flow's button; None where it is no such thing."""
    conversation, _dot, rest = data.partition(".")
    step, _dot, option = rest.partition(".")
    found = id_of(conversation, base=36)
    return Chose(found, step, option) if found is not None else None


def id_of(written: str, *, base: int = 10) -> int | None:
    """Read an id from callback data, which anybody may have made; None where it is none."""
    if not (written.isascii() and written.isalnum() and len(written) <= LONGEST_ID):
        return None
    try:
        found = int(written, base)
    except ValueError:
        return None
    return found if found <= LARGEST_ID else None


def buttons_of(screen: tuple[tuple[str, str], ...]) -> tuple[Button, ...]:
    """Return the buttons last shown, as they were."""
    return tuple(Button(data, label) for data, label in screen)
