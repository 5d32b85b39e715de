"""The events that a conversation can receive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.i18n import Text


@dataclass(frozen=True, slots=True)
class Begun:
    """The citizen opened the flow."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The citizen wrote words; CPR numbers are redacted, all else is unchanged."""

    words: str


@dataclass(frozen=True, slots=True)
class Chose:
    """The citizen tapped a button of this flow, possibly an old one."""

    conversation: int
    step: str
    option: str


@dataclass(frozen=True, slots=True)
class Gave:
    """The citizen sent non-text content: its *kind*, and its *value* as JSON."""

    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class Back:
    """The citizen wants to return to the question before."""


@dataclass(frozen=True, slots=True)
class Again:
    """The current step is shown again; nothing else changes."""


@dataclass(frozen=True, slots=True)
class Done:
    """A service executed its command; *value* (JSON) is recorded as the answer."""

    value: Any = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A service or a question refused, with a reason for the citizen; nothing was written.

    *field* names the command's field that is at fault, where a form shows the reason.
    """

    why: Text
    field: str = ""


Event = Begun | Typed | Chose | Gave | Back | Again | Done | Refused
