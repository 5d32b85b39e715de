"""One event carries a conversation forward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from bot.engine.conversation import ENDED, Conversation
from bot.engine.effects import Button, Effect, Note, Redraw, Run, Send, Turn, Wants, World
from bot.engine.events import Again, Back, Begun, Chose, Done, Event, Gave, Refused, Typed
from bot.engine.flow import RAN, WAS_REFUSED, Flow, Road
from bot.engine.steps import BACK, SKIP, Answered, Do, Partly, Question, Reading, Say, Step, Unread
from bot.i18n import _, pgettext

BACK_LABEL = pgettext("button", "Back")
OLD_BUTTON = _("That button belongs to an earlier question. This is where we are:")
TAKEN = _("Thank you, that is noted.")
GONE_CHOICE = _("That choice is not there any more.")


def advance(  # noqa: C901, PLR0911 - one return a kind of event
    flow: type[Flow], conversation: Conversation, event: Event, world: World | None = None
) -> Turn:
    """Let *event* happen to *conversation*, and say what follows from it.

    Where the turn needs a service or rows it says so in ``needs``; the caller
    advances again with the outcome, or with the event named beside the rows.
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
        case Refused(why):
            said = (Send(why),)
            return _ran(flow, conversation, here, {"outcome": WAS_REFUSED}, world, said)
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
    """Tell whether a tap is for the step where the citizen stands."""
    return event.conversation == conversation.id and event.step in (here.name, here.formerly)


def _says_the_same(event: Chose, conversation: Conversation) -> bool:
    """Tell whether a late tap only repeats the answer that was given: a double tap."""
    if event.conversation != conversation.id or event.step not in conversation.answers:
        return False
    given = conversation.answers[event.step]
    if isinstance(given, bool):
        return event.option == ("yes" if given else "no")
    return event.option == (SKIP if given is None else given)


def _take(
    flow: type[Flow], conversation: Conversation, here: Step, event: Gave, world: World
) -> Turn:
    """Give what was given to the question that takes it, be it past, present or yet to come."""
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


def _read(  # noqa: PLR0917 - six plain values, all of them read
    flow: type[Flow],
    conversation: Conversation,
    here: Question,
    event: Typed | Chose | Gave,
    reading: Reading,
    world: World,
) -> Turn:
    """Let what the question has read happen."""
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
            said = Send(why.with_(**_facts(flow, conversation, world)))
            return Turn(conversation, (said, again), note=Note.REFUSED)
        case Unread() if isinstance(event, Chose):
            again = show(flow, conversation, here, world)
            return Turn(conversation, (Send(GONE_CHOICE), again))
        case _:
            return Turn(conversation, note=Note.UNREAD)


def _answered(
    flow: type[Flow], conversation: Conversation, here: Step, value: Any, world: World
) -> Turn:
    """Record an answer and walk on to the next place that waits."""
    answers = {**conversation.answers, here.name: value}
    after = replace(conversation, answers=answers, draft=None, revision=flow.revision)
    return _arrive(flow, after, flow.road(answers).since(here), world)


def _ran(  # noqa: PLR0917 - six plain values, all of them read
    flow: type[Flow],
    conversation: Conversation,
    here: Step,
    outcome: dict[str, Any],
    world: World,
    said: tuple[Effect, ...] = (),
) -> Turn:
    """Record what a service answered; a Do that is past already is left as it is."""
    if not isinstance(here, Do):
        return Turn(conversation)
    turn = _answered(flow, conversation, here, outcome, world)
    return replace(turn, effects=(*said, *turn.effects))


def _arrive(
    flow: type[Flow], conversation: Conversation, walked: Sequence[Step], world: World
) -> Turn:
    """Say what was passed, then ask, run, or end where the walk stops."""
    facts = _facts(flow, conversation, world)
    passed = tuple(Send(step.text.with_(**facts)) for step in walked if isinstance(step, Say))
    here = flow.road(conversation.answers).here
    match here:
        case Question():
            if missing := here.missing_rows(world):
                # Only the question is asked again with the rows; what was passed is said now.
                return Turn(conversation, passed, Wants(missing, facts, Again()))
            return Turn(conversation, (*passed, show(flow, conversation, here, world)))
        case Do():
            return Turn(conversation, passed, Run(_command(flow, conversation, here)))
        case _:
            return Turn(replace(conversation, state=ENDED, draft=None), passed)


def _go_back(flow: type[Flow], conversation: Conversation, road: Road, world: World) -> Turn:
    """Take back the last answer; what a service did is never passed."""
    if isinstance(road.here, Question):
        earlier = road.here.step_back(conversation)
        if earlier is not None:
            return _arrive(flow, replace(conversation, draft=earlier), (road.here,), world)
    before = [s for s in road.steps[:-1] if isinstance(s, Question | Do)]
    if not before or isinstance(before[-1], Do):
        return Turn(conversation, note=Note.AT_START)
    last = before[-1]
    answers = {
        name: value
        for name, value in conversation.answers.items()
        if name not in (last.name, last.formerly)
    }
    draft = road.answers[last.name]
    held = replace(conversation, answers=answers, draft=draft if isinstance(draft, list) else None)
    return _arrive(flow, held, (last,), world)


def show(flow: type[Flow], conversation: Conversation, here: Question, world: World) -> Send:
    """Draw a question as it stands now, with a way back where there is one."""
    buttons = here.buttons(conversation, world)
    if not _at_start(flow, conversation):
        buttons = (*buttons, Button(here.data(conversation, BACK), BACK_LABEL))
    text = here.asked_text(conversation).with_(**_facts(flow, conversation, world))
    return Send(text, buttons, here.below)


def _at_start(flow: type[Flow], conversation: Conversation) -> bool:
    """Tell whether there is no answer that could be taken back."""
    steps = flow.road(conversation.answers).steps[:-1]
    before = [s for s in steps if isinstance(s, Question | Do)]
    return not before or isinstance(before[-1], Do)


def _facts(flow: type[Flow], conversation: Conversation, world: World) -> dict[str, Any]:
    """Gather what texts may use: the town's facts, and the answers by name."""
    return {**world.facts, **flow.facts(conversation.answers)}


def _command(flow: type[Flow], conversation: Conversation, here: Do) -> Any:
    """Fill a Do's command by name; what was not asked is None."""
    known = {
        **flow.facts(conversation.answers),
        "person_id": conversation.person_id,
        "conversation_id": conversation.id,
    }
    return here.command(**{f.name: known.get(f.name) for f in fields(here.command)})
