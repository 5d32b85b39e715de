"""Test flows with every kind of step, and a function to run them without a database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot.engine.advance import advance
from bot.engine.conversation import WAITING, Conversation
from bot.engine.effects import Option, Run, Turn, Wants, World
from bot.engine.events import Begun, Done, Event, Gave, Refused
from bot.engine.flow import Flow
from bot.engine.questions import Ask, AskPlace, Choose, Confirm
from bot.engine.steps import Answered, Do, Question, Reading, Rows, Say
from bot.i18n import _

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Enrol:
    """The command of the flow `Offer`."""

    person_id: int
    skills: list[str] | None
    licence: bool | None
    place: str | None


def whole_number(words: str) -> int | Refused:
    """Return a whole number, or a refusal."""
    return int(words) if words.isdecimal() else Refused(_("I need a number, not {name}."))


class Offer(Flow):
    """A citizen offers time."""

    title = _("Offer")

    welcome = Say(_("Welcome, {name}."))
    skills = Choose(
        _("What do you enjoy?"),
        (Option("driving", "Driving"), Option("cooking", "Cooking")),
        several=True,
    )
    licence = Confirm(_("Do you hold a licence?"), when=skills.includes("driving"))
    place = Choose(_("Where?"), Rows("places"), skip=_("Anywhere"))
    hours = Ask(_("How many hours?"), whole_number, options=(Option("2", "Two"),), formerly="time")
    sure = Confirm(_("Shall we write you down?"), no="declined")
    enrol = Do(Enrol, refused="declined")
    done = Say(_("You are number {enrol}."), end=True)
    declined = Say(_("Nothing was kept."), end=True)


@dataclass(frozen=True, slots=True)
class Report:
    """The command of the flow `Outside`."""

    what: list[str]
    place: dict[str, Any] | None
    photos: list[int] | None


class Photos(Question):
    """A question that takes any number of photos, one at a time."""

    takes = "photo"

    def read_given(self, event: Gave, conversation: Conversation) -> Reading:
        """Append a photo to the earlier ones."""
        return Answered([*(conversation.answers.get(self.name) or []), event.value])


class Outside(Flow):
    """A citizen reports something broken. Place and photos may come at any time."""

    title = _("Outside")

    what = Choose(
        _("What is broken?"), (Option("lamp", "Lamp"), Option("bin", "Bin")), several=True
    )
    place = AskPlace(_("Where?"), skip=_("I do not know"))
    near = Confirm(_("Is it near a school?"), when=place.answered())
    photos = Photos(_("Have you a photo?"), skip=_("No photo"))
    report = Do(Report)
    colour = Ask(_("Which colour?"), str)
    done = Say(_("Thank you."), end=True)


PLACES = (Option("beach", "The beach"), Option("school", "The school"))
FRESH = Conversation(7, 1, "offer", 1, {}, None, WAITING, NOW, NOW)


def walk(
    conversation: Conversation,
    event: Event,
    *,
    flow: type[Flow] = Offer,
    outcome: Done | Refused | None = None,
) -> tuple[Turn, list[str], list[Any]]:
    """Advance until the flow waits. Return the last turn, the texts and the commands run.

    Raise `AssertionError` if the flow does not wait after 10 rounds.
    """
    world, said, ran = World({"name": "Ana"}), [], []
    for _round in range(10):
        turn = advance(flow, conversation, event, world)
        conversation = turn.conversation
        said += [effect.text.key for effect in turn.effects]
        match turn.needs:
            case Wants(rows, _answers, then):
                world, event = replace(world, rows={rows: PLACES}), then
            case Run(command):
                ran.append(command)
                event = outcome or Done(43)
            case None:
                return turn, said, ran
    raise AssertionError("the flow does not come to rest")


def begun() -> Conversation:
    """Return a conversation that was just opened."""
    return walk(FRESH, Begun())[0].conversation
