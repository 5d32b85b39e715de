"""A list of things, asked for one by one."""

from __future__ import annotations

import json
from dataclasses import replace

from walking import FRESH, walk, whole_number

from bot.engine.check import flow_errors
from bot.engine.conversation import ENDED, Conversation
from bot.engine.effects import Option, Send
from bot.engine.events import Again, Back, Begun, Chose, Event, Typed
from bot.engine.flow import Flow
from bot.engine.questions import Ask, Choose
from bot.engine.repeat import Repeat
from bot.engine.steps import Say
from bot.i18n import _

KINDS = (Option("lamp", "Lamp"), Option("hole", "Hole"))


class Reports(Flow):
    """A citizen names several broken things."""

    title = _("Reports")

    things = Repeat(
        {
            "what": Choose(_("What is it?"), KINDS),
            "how_many": Ask(_("How many?"), whole_number, skip=_("I do not know")),
        },
        another=_("Is there another one?"),
        most=3,
    )
    done = Say(_("Thank you."), end=True)


def after(*events: Event) -> tuple[Conversation, list[str]]:
    """Advance by events, each time through JSON. Return the conversation and the last texts."""
    conversation, said = FRESH, []
    for event in (Begun(), *events):
        turn, said, _ran = walk(conversation, event, flow=Reports)
        kept = turn.conversation
        draft = json.loads(json.dumps([kept.draft, kept.answers]))
        conversation = replace(kept, draft=draft[0], answers=draft[1])
    return conversation, said


def test_asks_for_each_thing_in_turn() -> None:
    """Each thing has its questions, until the citizen has no other thing."""
    one = (Typed("lamp"), Typed("2"))
    assert after()[1] == ["What is it?"]
    assert after(Typed("lamp"))[1] == ["How many?"]
    assert after(*one)[1] == ["Is there another one?"]
    assert after(*one, Typed("yes"))[1] == ["What is it?"]
    conversation, said = after(
        *one, Typed("yes"), Typed("hole"), Typed("I do not know"), Typed("no")
    )
    assert said == ["Thank you."]
    assert conversation.state == ENDED
    assert conversation.answers["things"] == [
        {"what": "lamp", "how_many": 2},
        {"what": "hole", "how_many": None},
    ]


def test_a_button_of_an_earlier_thing_is_no_answer() -> None:
    """A button of the first thing is no answer about the second."""
    tap = Chose(7, "things", "1:what:lamp")
    conversation, said = after(tap, Typed("2"), Typed("yes"))
    assert said == ["What is it?"]
    turn, said, _ran = walk(conversation, tap, flow=Reports)
    assert turn.conversation == conversation
    assert said[-1] == "What is it?"


def test_the_next_question_is_a_message_of_its_own() -> None:
    """After a tap, the next question is a new message and no redraw."""
    turn, _said, _ran = walk(after()[0], Chose(7, "things", "1:what:hole"), flow=Reports)
    assert isinstance(turn.effects[0], Send)
    assert turn.effects[0].buttons[0].data == "7.things.1:how_many:~"


def test_back_goes_through_the_list() -> None:
    """The event `Back` goes one question back, also to the thing before."""
    one = (Typed("lamp"), Typed("2"))
    assert after(*one, Typed("yes"), Back())[1] == ["How many?"]
    assert after(*one, Back(), Back())[1] == ["What is it?"]
    assert after(Typed("lamp"), Back(), Again())[1] == ["What is it?"]


def test_a_list_has_an_end() -> None:
    """After the highest number of things, no further one is asked for."""
    one = (Typed("lamp"), Typed("2"))
    conversation, said = after(*one, Typed("yes"), *one, Typed("yes"), *one)
    assert said == ["Thank you."]
    assert len(conversation.answers["things"]) == 3


def test_is_faultless() -> None:
    """A list's callback data is checked at start-up like other callback data."""
    assert flow_errors(Reports) == []
