"""The messages that staff send to citizens: all names of each in one declaration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.i18n import Text, _
from bot.model.case import MessageKind
from bot.model.commands.casework import (
    AnswerCase,
    AskCitizen,
    CloseCase,
    ExtendCase,
    WriteCitizen,
)


@dataclass(frozen=True, slots=True)
class StaffMessage:
    """One way of writing to a citizen: every other part of the program derives its names from it.

    *name* is in the console's addresses. *kind* and *notification* are stored with the
    message (`kind`, `told_as`), *verb* with the event; *done* is the verb's label.
    """

    name: str
    command: type
    kind: MessageKind
    notification: str
    verb: str
    done: Text


ANSWER = StaffMessage("answer", AnswerCase, MessageKind.ANSWER, "answer", "answered", _("answered"))
WRITE = StaffMessage(
    "write",
    WriteCitizen,
    MessageKind.MESSAGE,
    "message",
    "wrote_to_citizen",
    _("wrote to the citizen"),
)
ASK = StaffMessage(
    "ask", AskCitizen, MessageKind.QUERY, "query", "asked", _("asked the citizen something")
)
EXTEND = StaffMessage(
    "extend", ExtendCase, MessageKind.NOTICE, "extended", "extended", _("gave a new date")
)
CLOSE = StaffMessage(
    "close", CloseCase, MessageKind.NOTICE, "closed", "closed", _("closed the case")
)
STAFF_MESSAGES: tuple[StaffMessage, ...] = (ANSWER, WRITE, ASK, EXTEND, CLOSE)
BY_NOTIFICATION: Mapping[str, StaffMessage] = {one.notification: one for one in STAFF_MESSAGES}
