"""Commands of citizens about cases: open one, add to it, and give a verdict on the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.model.case import Written


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Open a case for a citizen who wants an answer from staff.

    *theme* is None where it is unknown; *feelings* says that the words are angry.
    One *conversation_id* opens one case, however often the command is executed.
    """

    person_id: int
    kind: str
    words: str
    theme: str | None
    written: Written
    conversation_id: int | None = None
    feelings: bool = False


@dataclass(frozen=True, slots=True)
class AskPerson:
    """Open a case with a question that a citizen wrote in a flow."""

    person_id: int
    conversation_id: int
    words: str
    theme: str | None
    written: Written


@dataclass(frozen=True, slots=True)
class ProposeIdea(AskPerson):
    """Open a case with a citizen's idea."""


@dataclass(frozen=True, slots=True)
class Complain(AskPerson):
    """Open a case with a citizen's complaint about a service."""


@dataclass(frozen=True, slots=True)
class AskForAccess(AskPerson):
    """Open a case for access to the municipality's documents (HR-14)."""


@dataclass(frozen=True, slots=True)
class Report:
    """Open a case about something outdoors; *what* and *place* are the citizen's two answers."""

    person_id: int
    conversation_id: int
    what: dict[str, Any]
    place: dict[str, Any]
    more: str | None
    written: Written


@dataclass(frozen=True, slots=True)
class AskForCall:
    """Request a call to the citizen; *case_id* is the case it is about, where there is one."""

    person_id: int
    conversation_id: int
    case_id: int | None
    phone: str
    when: str
    about: str | None
    written: Written


@dataclass(frozen=True, slots=True)
class JoinCase:
    """Add a citizen's words to an existing case.

    *opens_again* reopens a closed case; *feelings* says that the words are angry.
    """

    person_id: int
    case_id: int
    words: str
    written: Written
    opens_again: bool = False
    feelings: bool = False


@dataclass(frozen=True, slots=True)
class SplitOff:
    """Move words that joined a case into a case of their own."""

    person_id: int
    case_message_id: int
    theme: str | None


@dataclass(frozen=True, slots=True)
class EditWords:
    """Take over a citizen's edit of a chat message."""

    person_id: int
    chat_id: int
    message_id: int
    words: str


@dataclass(frozen=True, slots=True)
class GiveVerdict:
    """Record whether the answer helped: yes, partly or no; the last two may have a *line*."""

    person_id: int
    case_id: int
    episode: int
    verdict: str
    line: str | None
    written: Written


@dataclass(frozen=True, slots=True)
class FeltWrong:
    """Alert a leader that an answer did not feel right to the citizen (HR-15)."""

    person_id: int
    case_id: int
