"""What can happen to a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.i18n import Text


@dataclass(frozen=True, slots=True)
class Begun:
    """The citizen opened the flow."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The citizen wrote words, redacted and otherwise as written."""

    words: str


@dataclass(frozen=True, slots=True)
class Chose:
    """The citizen tapped a button of this flow; it may be an old one."""

    conversation: int
    step: str
    option: str


@dataclass(frozen=True, slots=True)
class Gave:
    """The citizen sent something that is no words: its *kind*, and what it is (JSON)."""

    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class Back:
    """The citizen wants the question before."""


@dataclass(frozen=True, slots=True)
class Again:
    """The step is to be shown once more; nothing else changes."""


@dataclass(frozen=True, slots=True)
class Done:
    """A service did what its command asked; *value* is recorded as the answer (JSON)."""

    value: Any = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A service, or a question's reader, says no in words for the citizen; nothing was written."""

    why: Text


Event = Begun | Typed | Chose | Gave | Back | Again | Done | Refused
