"""Commands of a citizen about the chat itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Set the language that the citizen reads from now on."""

    person_id: int
    language: str


@dataclass(frozen=True, slots=True)
class SaveSettings:
    """Save the name, area and quiet hours of a citizen.

    None keeps the name and the quiet hours as they are, and clears the area.
    """

    person_id: int
    called: str | None
    area: str | None
    quiet: str | None


@dataclass(frozen=True, slots=True)
class SaveNews:
    """Set the topics of news that the citizen consents to; a topic left out is withdrawn.

    Nothing changes where *consent* is False, because the citizen refused news, or
    where *topics* is None.
    """

    person_id: int
    topics: list[str] | None
    consent: bool | None


@dataclass(frozen=True, slots=True)
class SaveWarnings:
    """Give or withdraw the consent to warnings about danger."""

    person_id: int
    allowed: bool


@dataclass(frozen=True, slots=True)
class TellWhenOpen:
    """Notify the citizen once *intent* is available."""

    person_id: int
    intent: str


@dataclass(frozen=True, slots=True)
class RateAnswer:
    """Count that an answer of the FAQ helped, or that the citizen went on to staff."""

    faq_id: str
    helped: bool
