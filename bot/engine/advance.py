"""Advance a conversation by one event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from bot.engine.conversation import ENDED, Conversation
from bot.engine.effects import Button, Effect, Note, Redraw, Run, Send, Turn, Wants, World
from bot.engine.events import Again, Back, Begun, Chose, Done, Event, Gave, Refused, Typed
from bot.engine.flow import RAN, WAS_REFUSED, Flow, Road
from bot.engine.steps import (
    BACK,
    SKIP,
    Answered,
    Do,
    Open,
    Partly,
    Question,
    Reading,
    Say,
    Step,
    Unread,
)
from bot.i18n import _, pgettext

BACK_LABEL = pgettext("button", "Back")
OLD_BUTTON = _("That button belongs to an earlier question. This is where we are:")
TAKEN = _("Thank you, that is noted.")
GONE_CHOICE = _("That choice is not there any more.")


def advance(  # noqa: C901, PLR0911 - one return per kind of event
    flow: type[Flow], conversation: Conversation, event: Event, world: World | None = None
) -> Turn:
    """Return the conversation after *event*, with the effects to execute.

    Where the turn needs a service or rows, ``needs`` says which. The caller then
    advances again, with the service's outcome or with the event named in `Wants`.
    """
    world = world or World()
    road = flow.road(conversation.answers)
    here = road.here
    if isinstance(here, Question) and (missing := here.missing_rows(world)):
        return Turn(conversation, needs=Wants(missing, road.answers, event))
    match event:
        case Begun():
            return _arrive(flow, conversation, road.steps, world)
        case Done(value):
            return _ran(flow, conversation, here, {"outcome": RAN, "value": value}, world)
        case Refused(why, field):
            said = (Send(why),)
            if isinstance(here, Do) and here.refused is None:
                return _turned_down(flow, conversation, road, field, said, world)
            outcome = {"outcome": WAS_REFUSED} | ({"field": field} if field else {})
            return _ran(flow, conversation, here, outcome, world, said)
        case Again():
            return _arrive(flow, conversation, (here,), world)
        case Gave():
            return _take(flow, conversation, here, event, world)
        case Back():
            return _go_back(flow, conversation, road, world)
        case Chose(option=option) if option == BACK and _is_for(event, conversation, here):
            return _go_back(flow, conversation, road, world)
        case Chose() if not _is_for(event, conversation, here):
            shown = _arrive(flow, conversation, (here,), world)
            if _says_the_same(event, conversation):
                return shown
            return replace(shown, effects=(Send(OLD_BUTTON), *shown.effects))
        case Typed() | Chose() if isinstance(here, Question):
            reading = here.read(event, conversation, world)
            return _read(flow, conversation, here, event, reading, world)
    return _arrive(flow, conversation, (here,), world)


def _is_for(event: Chose, conversation: Conversation, here: Step) -> bool:
    """Return whether a tap belongs to the citizen's current step, by its present or former name."""
    return event.conversation == conversation.id and event.step in (here.name, here.formerly)


def _says_the_same(event: Chose, conversation: Conversation) -> bool:
    """Return whether a late tap only repeats the recorded answer (a double tap)."""
    if event.conversation != conversation.id or event.step not in conversation.answers:
        return False
    given = conversation.answers[event.step]
    if isinstance(given, bool):
        return event.option == ("yes" if given else "no")
    return event.option == (SKIP if given is None else given)


def _take(
    flow: type[Flow], conversation: Conversation, here: Step, event: Gave, world: World
) -> Turn:
    """Pass non-text content to the question that takes it, which need not be the current one."""
    taker = flow.taker(event.kind, conversation.answers)
    if taker is None:
        return Turn(conversation, note=Note.UNREAD)
    reading = taker.read_given(event, conversation)
    if isinstance(here, Question) and (taker is here or isinstance(reading, Refused)):
        return _read(flow, conversation, here, event, reading, world)
    if not isinstance(reading, Answered):
        return Turn(conversation, note=Note.UNREAD)
    answers = {**conversation.answers, taker.name: reading.value}
    now = flow.road(answers).here
    draft = conversation.draft if now is here else None
    after = replace(conversation, answers=answers, draft=draft, revision=flow.revision)
    shown = _arrive(flow, after, (now,), world)
    return replace(shown, effects=(Send(TAKEN), *shown.effects))


def _read(  # noqa: PLR0917 - six plain values, all of them used
    flow: type[Flow],
    conversation: Conversation,
    here: Question,
    event: Typed | Chose | Gave,
    reading: Reading,
    world: World,
) -> Turn:
    """Return the turn that follows from the question's reading."""
    match reading:
        case Answered(value):
            return _answered(flow, conversation, here, value, world)
        case Partly(draft, moved):
            held = replace(conversation, draft=draft)
            prompt = show(flow, held, here, world)
            if isinstance(event, Chose) and not moved:
                return Turn(held, (Redraw(prompt.text, prompt.buttons),))
            return Turn(held, (prompt,))
        case Refused(why):
            again = show(flow, conversation, here, world)
            why = why.with_(**_facts(flow, conversation, world))
            said = here.refusal(why, again, conversation)
            return Turn(conversation, said, note=Note.REFUSED)
        case Unread() if isinstance(event, Chose):
            again = show(flow, conversation, here, world)
            return Turn(conversation, (Send(GONE_CHOICE), again))
        case _:
            return Turn(conversation, note=Note.UNREAD)


def _answered(
    flow: type[Flow], conversation: Conversation, here: Step, value: Any, world: World
) -> Turn:
    """Record an answer and move on to the next question, command or end."""
    answers = {**conversation.answers, here.name: value}
    after = replace(conversation, answers=answers, draft=None, revision=flow.revision)
    return _arrive(flow, after, flow.road(answers).since(here), world)


def _ran(  # noqa: PLR0917 - six plain values, all of them used
    flow: type[Flow],
    conversation: Conversation,
    here: Step,
    outcome: dict[str, Any],
    world: World,
    said: tuple[Effect, ...] = (),
) -> Turn:
    """Record a service's outcome; ignore it where the current step is not a `Do`."""
    if not isinstance(here, Do):
        return Turn(conversation)
    turn = _answered(flow, conversation, here, outcome, world)
    return replace(turn, effects=(*said, *turn.effects))


def _turned_down(  # noqa: PLR0917 - six plain values, all of them used
    flow: type[Flow],
    conversation: Conversation,
    road: Road,
    field: str | None,
    said: tuple[Effect, ...],
    world: World,
) -> Turn:
    """Ask again for the answer that a service refused; without one, end the flow."""
    asked = next((step for step in road.questions() if step.name == field), None)
    if asked is None:
        return Turn(replace(conversation, state=ENDED, draft=None), said)
    names = (asked.name, asked.formerly)
    kept = {name: value for name, value in conversation.answers.items() if name not in names}
    turn = _arrive(flow, replace(conversation, answers=kept, draft=None), (asked,), world)
    return replace(turn, effects=(*said, *turn.effects))


def _arrive(
    flow: type[Flow], conversation: Conversation, walked: Sequence[Step], world: World
) -> Turn:
    """Send the messages of the steps passed, then ask, run a command, or end the flow."""
    facts = _facts(flow, conversation, world)
    passed = tuple(Send(step.text.with_(**facts)) for step in walked if isinstance(step, Say))
    here = flow.road(conversation.answers).here
    match here:
        case Question():
            if missing := here.missing_rows(world):
                # Send the passed messages now: the advance with the rows only asks the question.
                return Turn(conversation, passed, Wants(missing, facts, Again()))
            if conversation.draft is None:
                draft = here.first_draft(conversation, world)
                conversation = replace(conversation, draft=draft)
            return Turn(conversation, (*passed, show(flow, conversation, here, world)))
        case Do():
            return Turn(conversation, passed, Run(_command(flow, conversation, here)))
        case _:
            opens = here.command.format(**facts) if isinstance(here, Open) else None
            return Turn(replace(conversation, state=ENDED, draft=None), passed, opens=opens)


def _go_back(flow: type[Flow], conversation: Conversation, road: Road, world: World) -> Turn:
    """Take back the last answer; note `AT_START` where there is none, or a command has run."""
    if isinstance(road.here, Question):
        earlier = road.here.step_back(conversation)
        if earlier is not None:
            return _arrive(flow, replace(conversation, draft=earlier), (road.here,), world)
    passed = _passed_back(road)
    if passed is None:
        return Turn(conversation, note=Note.AT_START)
    last, names = passed[-1], {name for step in passed for name in (step.name, step.formerly)}
    answers = {name: value for name, value in conversation.answers.items() if name not in names}
    draft = road.answers[last.name]
    held = replace(conversation, answers=answers, draft=draft if isinstance(draft, list) else None)
    return _arrive(flow, held, (last,), world)


def show(flow: type[Flow], conversation: Conversation, here: Question, world: World) -> Send:
    """Return the current question as a message, with Back where an answer can be taken back."""
    buttons = here.buttons(conversation, world)
    if not _at_start(flow, conversation):
        buttons = (*buttons, Button(here.data(conversation, BACK), BACK_LABEL))
    text = here.asked_text(conversation, world).with_defaults(_facts(flow, conversation, world))
    return Send(text, buttons, here.below)


def _at_start(flow: type[Flow], conversation: Conversation) -> bool:
    """Return whether there is no answer to take back."""
    return _passed_back(flow.road(conversation.answers)) is None


def _passed_back(road: Road) -> list[Step] | None:
    """Return the steps whose answers one step back takes away: last the question to ask again.

    Commands that only read are passed; None where no question comes before other commands.
    """
    passed: list[Step] = []
    for step in reversed(road.steps[:-1]):
        if isinstance(step, Question):
            return [*passed, step]
        if isinstance(step, Do) and not step.only_reads:
            return None
        if isinstance(step, Do):
            passed.append(step)
    return None


def _facts(flow: type[Flow], conversation: Conversation, world: World) -> dict[str, Any]:
    """Return the values that texts may use: the town's facts, and the answers by name."""
    return {**world.facts, **flow.facts(conversation.answers)}


def _command(flow: type[Flow], conversation: Conversation, here: Do) -> Any:
    """Fill the command of a `Do` by field name; a field without an answer is None."""
    known = {
        **flow.facts(conversation.answers),
        **here.given,
        "person_id": conversation.person_id,
        "conversation_id": conversation.id,
    }
    return here.command(**{f.name: known.get(f.name) for f in fields(here.command)})
