"""Faults of flows are found at start-up."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from walking import Offer, Outside

from bot.engine.check import flow_errors
from bot.engine.effects import Option
from bot.engine.flow import Flow
from bot.engine.graph import graph
from bot.engine.questions import AskPlace, Choose, Confirm
from bot.engine.repeat import Repeat
from bot.engine.steps import Do, Say
from bot.i18n import _


@dataclass(frozen=True, slots=True)
class Lift:
    """A command with a field."""

    height: int


def test_a_sound_flow_has_no_fault() -> None:
    """The test flows, with every kind of step, have no faults."""
    assert flow_errors(Offer) == []
    assert flow_errors(Outside) == []


class NoEnd(Flow):
    """Has no last step."""

    title = _("x")
    ask = Confirm(_("x"))


class Lost(Flow):
    """Branches to an unknown step."""

    title = _("x")
    ask = Confirm(_("x"), no="nowhere")
    end = Say(_("x"), end=True)


class Circle(Flow):
    """Branches back to an earlier step."""

    title = _("x")
    hello = Say(_("x"))
    ask = Confirm(_("x"), no="hello")
    end = Say(_("x"), end=True)


class Unknown(Flow):
    """Runs a command with a field that no step fills."""

    title = _("x")
    lift = Do(Lift)
    end = Say(_("x"), end=True)


class Marked(Flow):
    """Has an option key with one of the engine's marks."""

    title = _("x")
    ask = Choose(_("x"), (Option("+a", "A"),))
    end = Say(_("x"), end=True)


class Long(Flow):
    """Has callback data that is too long for Telegram."""

    title = _("x")
    ask = Choose(_("x"), (Option("a" * 60, "A"),))
    end = Say(_("x"), end=True)


class Twice(Flow):
    """Has a question whose former name is in use."""

    title = _("x")
    one = Confirm(_("x"))
    two = Confirm(_("x"), formerly="one")
    end = Say(_("x"), end=True)


class Greedy(Flow):
    """Has two questions that take a place, so the second would never get one."""

    title = _("x")
    one = AskPlace(_("x"))
    two = AskPlace(_("x"))
    end = Say(_("x"), end=True)


class Hidden(Flow):
    """Asks for a place in a list, where none can be taken."""

    title = _("x")
    things = Repeat({"where": AskPlace(_("x"))}, another=_("x"))
    end = Say(_("x"), end=True)


Foreign = type(
    "Foreign",
    (Flow,),
    {"ask": Confirm(_("x"), when=Twice.one.answered()), "end": Say(_("x"), end=True)},
)


@pytest.mark.parametrize(
    ("flow", "words"),
    [
        (NoEnd, "end=True"),
        (Lost, "'nowhere', which is no step"),
        (Circle, "stands before it"),
        (Unknown, "needs height"),
        (Marked, "keys are lower case"),
        (Long, "over 64 bytes"),
        (Twice, "which is a step today"),
        (Foreign, "no step of this flow"),
        (Greedy, "two takes a place, and so does 'one'"),
        (Hidden, "only a step can take a place"),
    ],
)
def test_names_the_fault(flow: type[Flow], words: str) -> None:
    """Each kind of fault is described with the step's name."""
    found = flow_errors(flow)
    assert any(words in fault for fault in found), found


def test_draws_every_step_and_turn_off() -> None:
    """The drawing has each step and each branch."""
    drawn = graph(Offer)
    assert drawn.startswith("flowchart TD\n")
    for line in (
        "sure -- no --> declined",
        "enrol -- refused --> declined",
        "skills -. decides .-> licence",
    ):
        assert line in drawn
    assert "done -->" not in drawn
