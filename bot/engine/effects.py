"""The result of a turn as plain data; the runner carries it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from bot.calendar import Calendar
from bot.calendar.phrases.result import Meaning
from bot.calendar.recurrence import Occurrence, Recurrence, next_occurrences
from bot.engine.conversation import Conversation
from bot.engine.events import Event
from bot.i18n import Text

COPIES = "copy:"  # begins the data of a button that copies the rest of it


@dataclass(frozen=True, slots=True)
class Button:
    """One button: callback data and label."""

    data: str
    label: Text | str


class Below(Enum):
    """How a message changes the keyboard below the chat."""

    ASKS_PLACE = "asks_place"  # show a button that sends the location, next to the message's own
    AWAY = "away"  # remove it


@dataclass(frozen=True, slots=True)
class Send:
    """One message to the citizen, with its buttons in reading order."""

    text: Text
    buttons: tuple[Button, ...] = ()
    below: Below | None = None


@dataclass(frozen=True, slots=True)
class Redraw:
    """New text and buttons for the message whose button was tapped, or for *message_id*."""

    text: Text
    buttons: tuple[Button, ...] = ()
    message_id: int | None = None


Effect = Send | Redraw


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice; *chosen* says that it was set before this conversation.

    *about* is what the question's text says of it, and *words* are others that mean it
    (`AskListed`). *unit* is the unit of an amount, and *refuses* is said about words
    that the first option rules out.
    """

    key: str
    label: Text | str
    chosen: bool = False
    about: Text | str = ""
    words: tuple[str, ...] = ()
    refuses: Text | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A request to run *command* in a service, and to advance again with its outcome."""

    command: Any


@dataclass(frozen=True, slots=True)
class Wants:
    """A request to look up *rows*, and to advance again with *event*."""

    rows: str
    answers: Mapping[str, Any]
    event: Event


class Note(Enum):
    """Something that a turn leaves to the runner."""

    NONE = "none"
    UNREAD = "unread"  # the step could not read the words or the content
    REFUSED = "refused"  # the step refused the words, with a reason
    AT_START = "at_start"  # there is no answer to take back


@dataclass(frozen=True, slots=True)
class World:
    """The town's data for texts and choices: facts by name, rows by name.

    *read_time* reads words about time as of *now*; *rest_of* returns the words that say nothing
    about time.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    read_time: Callable[[str], Meaning | None] | None = None
    rest_of: Callable[[str], str] | None = None
    now: datetime | None = None
    calendar: Calendar | None = None

    def first_of(self, rule: Recurrence) -> Occurrence | None:
        """Return the first occurrence of a rule after now; None where there is none."""
        if self.calendar is None or self.now is None:
            return None
        found = next_occurrences(rule, self.calendar, self.now, 1)
        return found[0] if found else None

    def sent_at(self, occurrence: Occurrence) -> datetime | None:
        """Return when quiet hours let an occurrence's message be sent; None for its own time."""
        if self.calendar is None or not self.calendar.quiet(occurrence.instant):
            return None
        return self.calendar.next_allowed(occurrence.instant)


@dataclass(frozen=True, slots=True)
class Turn:
    """The conversation after an event, the effects to execute, and the data to fetch first.

    *opens* is the command of an intent that the runner executes after a flow has ended.
    """

    conversation: Conversation
    effects: tuple[Effect, ...] = ()
    needs: Run | Wants | None = None
    note: Note = Note.NONE
    opens: str | None = None
