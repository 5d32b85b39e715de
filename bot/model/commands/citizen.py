"""What a citizen, by a flow or a tap, asks of the chat itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """The citizen reads *language* from now on."""

    person_id: int
    language: str


@dataclass(frozen=True, slots=True)
class SaveSettings:
    """What the citizen wants to be called, lives near, and when the phone may ring.

    None leaves a setting as it is.
    """

    person_id: int
    called: str | None
    area: str | None
    quiet: str | None


@dataclass(frozen=True, slots=True)
class SaveNews:
    """The topics of news the citizen says yes to; a topic left out is taken back.

    *consent* is False where the citizen said no to being sent news at all, and
    *topics* is None where nothing is to change.
    """

    person_id: int
    topics: list[str] | None
    consent: bool | None


@dataclass(frozen=True, slots=True)
class TellWhenOpen:
    """The citizen wants to hear when the room behind *door* opens."""

    person_id: int
    door: str


@dataclass(frozen=True, slots=True)
class RateAnswer:
    """An answer of the FAQ helped, or the citizen went on to a person."""

    faq_id: str
    helped: bool
