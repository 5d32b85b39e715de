"""What a citizen asks of the town: opening a case, adding to it, and saying whether it helped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Written:
    """Where words of a citizen stand in a chat, and when Telegram says they were sent."""

    chat_id: int
    message_id: int | None
    sent_at: datetime
    album: str | None = None


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A citizen wants an answer from a person.

    *theme* is None where nobody knows it; *feelings* says that the words are angry.
    One *conversation_id* opens one case, however often this is carried out.
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
    """A citizen has written in a flow what a person is to answer."""

    person_id: int
    conversation_id: int
    words: str
    theme: str | None
    written: Written


@dataclass(frozen=True, slots=True)
class ProposeIdea(AskPerson):
    """A citizen proposes something."""


@dataclass(frozen=True, slots=True)
class Complain(AskPerson):
    """A citizen is dissatisfied with a service."""


@dataclass(frozen=True, slots=True)
class AskForAccess(AskPerson):
    """A citizen wants to see the municipality's papers (HR-14)."""


@dataclass(frozen=True, slots=True)
class Report:
    """A citizen reports something outdoors; *what* and *place* are as their questions read them."""

    person_id: int
    conversation_id: int
    what: dict[str, Any]
    place: dict[str, Any]
    more: str | None
    written: Written


@dataclass(frozen=True, slots=True)
class AskForCall:
    """A citizen wants to be rung; *case_id* is the case it is about, where there is one."""

    person_id: int
    conversation_id: int
    case_id: int | None
    phone: str
    when: str
    about: str | None
    written: Written


@dataclass(frozen=True, slots=True)
class JoinCase:
    """A citizen's words belong to a case that is there.

    *opens_again* says so of a closed one; *feelings* says that the words are angry.
    """

    person_id: int
    case_id: int
    words: str
    written: Written
    opens_again: bool = False
    feelings: bool = False


@dataclass(frozen=True, slots=True)
class SplitOff:
    """Words that joined a case were a question of their own."""

    person_id: int
    said_id: int
    theme: str | None


@dataclass(frozen=True, slots=True)
class EditWords:
    """A citizen has changed a message in the chat."""

    person_id: int
    chat_id: int
    message_id: int
    words: str


@dataclass(frozen=True, slots=True)
class GiveVerdict:
    """A citizen says whether the answer helped: yes, partly or no, the last two with a *line*."""

    person_id: int
    case_id: int
    episode: int
    verdict: str
    line: str | None
    written: Written


@dataclass(frozen=True, slots=True)
class FeltWrong:
    """A citizen says that an answer did not feel right: a leader hears of it (HR-15)."""

    person_id: int
    case_id: int
