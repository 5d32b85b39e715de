"""What a turn asks of the house: data, carried out by others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from bot.engine.conversation import Conversation
from bot.engine.events import Event
from bot.i18n import Text


@dataclass(frozen=True, slots=True)
class Button:
    """One button: callback data, and what stands on it."""

    data: str
    label: Text | str


class Below(Enum):
    """What happens to the keyboard below the chat, which a message may bring or take away."""

    ASKS_PLACE = "asks_place"  # a button sends the place; the message's own stand beside it
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Send:
    """One message to the citizen, with its buttons in reading order."""

    text: Text
    buttons: tuple[Button, ...] = ()
    below: Below | None = None


@dataclass(frozen=True, slots=True)
class Redraw:
    """The message that was tapped, drawn anew in its place."""

    text: Text
    buttons: tuple[Button, ...] = ()


Effect = Send | Redraw


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose; *chosen* says it holds already, before this conversation."""

    key: str
    label: Text | str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """The turn waits for a service: run *command*, then advance with its outcome."""

    command: Any


@dataclass(frozen=True, slots=True)
class Wants:
    """The turn waits for rows: look them up, then advance with *event*."""

    rows: str
    answers: Mapping[str, Any]
    event: Event


class Note(Enum):
    """What the turn could not settle by itself."""

    NONE = "none"
    UNREAD = "unread"  # a step of fixed choices could not read the words
    REFUSED = "refused"  # the words were read, and refused with a reason
    AT_START = "at_start"  # there is nothing to go back to


@dataclass(frozen=True, slots=True)
class World:
    """What the town knows that texts and choices need: facts by name, rows by name."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """The conversation after an event, what is to be said, and what must be fetched first."""

    conversation: Conversation
    effects: tuple[Effect, ...] = ()
    needs: Run | Wants | None = None
    note: Note = Note.NONE
