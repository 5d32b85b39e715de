"""A citizen's conversations: begin, advance, pause, resume and end them."""

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
from bot.engine.steps import Question
from bot.runner.context import TurnContext, numbered
from bot.runner.faq import theme_of
from bot.runner.flow_lookup import flow_of, step_of
from bot.runner.options import look_up
from bot.service import execute
from bot.store.timers import NewTimer
from flows import cards, messages

NUDGE_AFTER = timedelta(hours=24)
KEPT_FOR = timedelta(days=7)
# A turn with more than 25 services and row look-ups is an endless loop: raise an error.
MOST_ROUNDS = 25
LONGEST_ID, LARGEST_ID = 20, 2**63 - 1  # longest text and largest value of a database id (64 bits)


async def begin(
    context: TurnContext,
    flow: type[Flow],
    known: Mapping[str, Any] | None = None,
    *,
    tells: bool = False,
) -> None:
    """Begin *flow* with the answers in *known*, and pause another conversation that waits.

    A waiting conversation of the same flow shows its step again where its answers match *known*.
    Otherwise it is put aside where the citizen has answered something else, or it ends. With
    *tells* the citizen is told that another conversation is put aside.
    """
    known = known or {}
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if waiting is not None and waiting.flow == flow.key():
        if all(waiting.answers.get(name) == value for name, value in known.items()):
            await handle_event(context, waiting, Again())
            return
        if _has_other_answers(flow, waiting, known):
            await put_aside(context, waiting)
        else:
            await end(context, waiting)
    elif waiting is not None and tells:
        await put_aside(context, waiting)
    elif waiting is not None:
        await pause(context, waiting)
    if tells:
        await _end_same(context, flow, known)
    fresh = Conversation(
        id=0,
        person_id=context.citizen.id,
        flow=flow.key(),
        revision=flow.revision,
        answers=dict(known),
        draft=None,
        state=WAITING,
        started_at=context.now,
        touched_at=context.now,
    )
    await handle_event(context, await context.unit.conversations.add(fresh), Begun())


async def _end_same(context: TurnContext, flow: type[Flow], known: Mapping[str, Any]) -> None:
    """End a paused conversation that asks the same as the new one."""
    paused = await context.unit.conversations.paused(context.citizen.id)
    is_same = paused is not None and paused.flow == flow.key()
    if paused is not None and is_same and not _has_other_answers(flow, paused, known):
        await end(context, paused)


def _has_other_answers(flow: type[Flow], waiting: Conversation, known: Mapping[str, Any]) -> bool:
    """Return whether a conversation has an answer of the citizen that *known* does not repeat."""
    given = {step.name for step in flow.road(waiting.answers).questions()} & set(waiting.answers)
    return any(known.get(name) != waiting.answers[name] for name in given)


async def handle_event(context: TurnContext, conversation: Conversation, event: Event) -> Note:
    """Advance a conversation by *event*, with services and look-ups, until the flow waits.

    Return the flow's note; the conversation is saved only where the note is `NONE`. Where the
    flow no longer exists, end the conversation and show the menu.
    """
    flow = flow_of(conversation)
    if flow is None:
        await end(context, conversation)
        context.send(Send(messages.ANEW), cards.menu())
        return Note.NONE
    turn = await _to_the_end(context, flow, conversation, event)
    if turn.note is not Note.NONE:
        return turn.note  # nothing has changed
    after = replace(turn.conversation, touched_at=context.now)
    if after.state == ENDED:
        await end(context, after)
        context.opens = turn.opens
        if turn.opens is None and not await offer_paused(context):
            _lead_on(context)
    else:
        await context.unit.conversations.save(after)
        await remind_later(context, after)
    return Note.NONE


async def _to_the_end(
    context: TurnContext, flow: type[Flow], conversation: Conversation, event: Event
) -> Turn:
    """Advance until the event needs no further service or rows.

    Raise `RuntimeError` where that takes more than 25 rounds.
    """
    world = World(
        context.facts(),
        read_time=context.read_time,
        rest_of=context.rest_of,
        now=context.now,
        calendar=context.calendar,
    )
    for _round in range(MOST_ROUNDS):
        turn = advance(flow, conversation, event, world)
        conversation = turn.conversation
        context.send(*map(add_menu_button, turn.effects))
        match turn.needs:
            case None:
                return turn
            case Wants(rows, answers, then):
                found = await look_up(rows, context, answers)
                world = replace(world, rows={**world.rows, rows: found})
                event = then
            case Run(command):
                # The service runs in the turn's transaction, so that it sees rows written there.
                event = await execute(await filled(context, command), context.unit)
                if isinstance(event, Done) and isinstance(event.value, Mapping):
                    context.case_id = event.value.get("case")
                await context.reload_person()
                world = replace(world, facts=context.facts())
    message = f"flow {flow.__name__} does not come to rest"
    raise RuntimeError(message)


async def filled(context: TurnContext, command: Any) -> Any:
    """Add to a command what only the turn knows: the chat message and the theme of the words."""
    names = {field.name for field in fields(command)}
    if "written" not in names:
        return command
    if "theme" not in names:
        return replace(command, written=context.written())
    index = await context.runtime.index(context.unit)
    found = index.find(command.words, context.language)
    return replace(command, written=context.written(), theme=await theme_of(context, found))


def add_menu_button(effect: Send | Redraw) -> Send | Redraw:
    """Add the menu button to every question, so that a person is two taps away (HR-26)."""
    asks = isinstance(effect, Send) and effect.below is Below.ASKS_PLACE
    if not effect.buttons and not asks:
        return effect
    return replace(effect, buttons=(*effect.buttons, cards.TO_MENU))


async def ask_again(
    context: TurnContext, conversation: Conversation, *, numbers: bool = False
) -> None:
    """Show the current step again; *numbers* lists its buttons by number.

    A step that asks for a number is left out: there a number is the answer.
    """
    numbers = numbers and not asks_for_number(conversation)
    before = len(context.outgoing)
    await handle_event(context, conversation, Again())
    if numbers and len(context.outgoing) > before:
        last = context.outgoing[-1]
        if isinstance(last.send, Send):
            context.outgoing[-1] = replace(last, send=numbered(last.send))


async def aside(context: TurnContext, conversation: Conversation) -> None:
    """After a side question, name the conversation and ask its step again."""
    flow = flow_of(conversation)
    if flow is not None:
        context.send_text(messages.ASIDE.with_(title=flow.named(conversation.answers)))
    await ask_again(context, conversation)


async def back_to_step(context: TurnContext) -> None:
    """After a side question, ask the waiting step again, if there is one."""
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if waiting is not None:
        await aside(context, waiting)


async def pause(context: TurnContext, conversation: Conversation) -> None:
    """Pause a conversation; its answers are kept for seven days."""
    await context.unit.conversations.save(
        replace(conversation, state=PAUSED, touched_at=context.now)
    )
    await context.unit.timers.cancel("nudge", str(conversation.id))
    await _expire_later(context, conversation)


async def put_aside(context: TurnContext, waiting: Conversation) -> None:
    """Pause a conversation and say how to resume it."""
    flow = flow_of(waiting)
    await pause(context, waiting)
    resume_it = cards.command_button(f"resume.{waiting.id}", messages.CONTINUE)
    text = messages.LEFT_FLOW
    if flow is not None:
        text = messages.LEFT_STEP.with_(title=flow.named(waiting.answers))
    context.send(Send(text, (resume_it, cards.TO_MENU)))


async def resume(context: TurnContext, conversation: Conversation) -> None:
    """Resume a conversation, and pause the waiting one."""
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if waiting is not None and waiting.id != conversation.id:
        await pause(context, waiting)
    again = replace(conversation, state=WAITING, touched_at=context.now)
    await context.unit.conversations.save(again)
    await handle_event(context, again, Again())


async def end(context: TurnContext, conversation: Conversation) -> None:
    """Delete an ended conversation with its timers and any attachments without a case.

    Its results are stored by the services.
    """
    await context.unit.timers.forget("nudge", str(conversation.id))
    await context.unit.timers.forget("expire", str(conversation.id))
    await context.unit.cases.abandon(conversation.id)
    await context.unit.conversations.delete(conversation)


def _lead_on(context: TurnContext) -> None:
    """Add buttons under the last message of a flow, so that its end is no dead end."""
    last = context.outgoing[-1] if context.outgoing else None
    if last is not None and not last.send.buttons:
        buttons = (cards.TO_OVERVIEW, cards.TO_MENU)
        context.outgoing[-1] = replace(last, send=replace(last.send, buttons=buttons))


async def offer_paused(context: TurnContext) -> bool:
    """Offer to resume the paused conversation; return whether there is one."""
    paused = await context.unit.conversations.paused(context.citizen.id)
    flow = flow_of(paused) if paused else None
    if paused is not None and flow is not None:
        named = flow.named(paused.answers)
        context.send(cards.offer_to_resume(paused.id, messages.RESUME_OFFER, named))
        return True
    return False


async def remind_later(context: TurnContext, conversation: Conversation) -> None:
    """Set the timers of an unfinished conversation: one nudge after 24 h, its end after 7 days."""
    if not conversation.nudged:
        own = context.citizen.own_quiet
        due = context.calendar.next_allowed(context.now + NUDGE_AFTER, own)
        await context.unit.timers.set(NewTimer("nudge", str(conversation.id), context.lane, due))
    await _expire_later(context, conversation)


async def _expire_later(context: TurnContext, conversation: Conversation) -> None:
    """Set the timer that ends an untouched conversation after 7 days."""
    due = context.now + KEPT_FOR
    await context.unit.timers.set(NewTimer("expire", str(conversation.id), context.lane, due))


async def tap(context: TurnContext, chose: Chose) -> None:
    """Apply a tapped button of a flow, whether its conversation waits, is paused or is gone."""
    found = await context.unit.conversations.get(chose.conversation)
    if found is None or found.person_id != context.citizen.id or found.state == ENDED:
        waiting = await context.unit.conversations.waiting(context.citizen.id)
        if waiting is None:
            context.send_text(messages.OLD_BUTTON)
            context.send(cards.menu())
        else:
            await handle_event(context, waiting, chose)
        return
    if found.state == PAUSED:
        waiting = await context.unit.conversations.waiting(context.citizen.id)
        if waiting is not None:
            await handle_event(context, waiting, chose)
            return
        found = replace(found, state=WAITING)
    if await handle_event(context, found, chose) is Note.AT_START:
        await ask_again(context, found)


async def given(context: TurnContext, gift: Gave) -> bool:
    """Pass an object that is not words to the waiting conversation; return whether it took it."""
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    return waiting is not None and await handle_event(context, waiting, gift) is not Note.UNREAD


def asks_for_words(waiting: Conversation | None) -> str | None:
    """Return the callback data prefix of the waiting step, if that step takes words."""
    here = step_of(waiting) if waiting is not None else None
    return here.data(waiting, "") if waiting is not None and isinstance(here, Ask) else None


def asks_for_number(waiting: Conversation | None) -> bool:
    """Return whether the waiting step asks for a number, which then presses no button."""
    here = step_of(waiting) if waiting is not None else None
    return isinstance(here, Question) and here.asks_number


async def back(context: TurnContext) -> None:
    """Go one step back; at the first step, pause the conversation and show the menu."""
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if waiting is None:
        context.send(cards.menu())
    elif await handle_event(context, waiting, Back()) is Note.AT_START:
        await leave_for_menu(context)


async def leave_for_menu(context: TurnContext) -> None:
    """Show the menu; pause the waiting conversation and offer to resume it first."""
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if waiting is not None:
        await pause(context, waiting)
    paused = waiting or await context.unit.conversations.paused(context.citizen.id)
    flow = flow_of(paused) if paused else None
    resume_with = (paused.id, flow.named(paused.answers)) if paused and flow else None
    context.send(cards.menu(language_first=context.language != "da", resume=resume_with))


def read_tap(data: str) -> Chose | None:
    """Return the parsed callback data of a flow's button; None where it is invalid."""
    conversation, _dot, rest = data.partition(".")
    step, _dot, option = rest.partition(".")
    found = id_of(conversation, base=36)
    return Chose(found, step, option) if found is not None else None


def id_of(written: str, *, base: int = 10) -> int | None:
    """Return an id from callback data, which any client can forge; None where it is invalid."""
    if not (written.isascii() and written.isalnum() and len(written) <= LONGEST_ID):
        return None
    try:
        found = int(written, base)
    except ValueError:
        return None
    return found if found <= LARGEST_ID else None


def buttons_of(screen: tuple[tuple[str, str], ...]) -> tuple[Button, ...]:
    """Return the buttons last shown as `Button` objects."""
    return tuple(Button(data, label) for data, label in screen)
