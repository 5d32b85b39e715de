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
    """A citizen names several things that are broken."""

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
    """Let events happen, through storage each time; return the conversation and the last words."""
    conversation, said = FRESH, []
    for event in (Begun(), *events):
        turn, said, _ran = walk(conversation, event, flow=Reports)
        kept = turn.conversation
        draft = json.loads(json.dumps([kept.draft, kept.answers]))
        conversation = replace(kept, draft=draft[0], answers=draft[1])
    return conversation, said


def test_asks_for_each_thing_in_turn() -> None:
    """Each thing has its questions; then another one is asked for, until there is none."""
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
    """The first thing's button, tapped again, says nothing about the second."""
    tap = Chose(7, "things", "1:what:lamp")
    conversation, said = after(tap, Typed("2"), Typed("yes"))
    assert said == ["What is it?"]
    turn, said, _ran = walk(conversation, tap, flow=Reports)
    assert turn.conversation == conversation
    assert said[-1] == "What is it?"


def test_the_next_question_is_a_message_of_its_own() -> None:
    """A tap is not drawn over: the next question comes below."""
    turn, _said, _ran = walk(after()[0], Chose(7, "things", "1:what:hole"), flow=Reports)
    assert isinstance(turn.effects[0], Send)
    assert turn.effects[0].buttons[0].data == "7.things.1:how_many:~"


def test_back_goes_through_the_list() -> None:
    """One step back is one question back, also over the border of a thing."""
    one = (Typed("lamp"), Typed("2"))
    assert after(*one, Typed("yes"), Back())[1] == ["How many?"]
    assert after(*one, Back(), Back())[1] == ["What is it?"]
    assert after(Typed("lamp"), Back(), Again())[1] == ["What is it?"]


def test_a_list_has_an_end() -> None:
    """The last thing there is room for is not followed by another."""
    one = (Typed("lamp"), Typed("2"))
    conversation, said = after(*one, Typed("yes"), *one, Typed("yes"), *one)
    assert said == ["Thank you."]
    assert len(conversation.answers["things"]) == 3


def test_is_faultless() -> None:
    """Its callback data is checked at start-up like any other."""
    assert flow_errors(Reports) == []
