"""What staff do with the FAQ, and with the questions it could not answer.

*version* is the state of the entry that whoever asks has seen: where it has another by now,
nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.faq import FaqEntry


@dataclass(frozen=True, slots=True)
class AddEntry:
    """A new entry; *missed_id* is the question that it was written for, where there is one."""

    staff_id: int
    entry: FaqEntry
    missed_id: int | None = None


@dataclass(frozen=True, slots=True)
class EditEntry:
    """An entry says something else from now on."""

    staff_id: int
    entry: FaqEntry
    version: int


@dataclass(frozen=True, slots=True)
class CheckEntry:
    """Somebody has looked at an entry, and it is still right."""

    staff_id: int
    faq_id: str
    version: int


@dataclass(frozen=True, slots=True)
class RollBackEntry:
    """An entry says again what it said in the version *to*; whose it is stays as it is."""

    staff_id: int
    faq_id: str
    version: int
    to: int


@dataclass(frozen=True, slots=True)
class RetireEntry:
    """An entry is answered with no more, or again."""

    staff_id: int
    faq_id: str
    version: int
    retired: bool


@dataclass(frozen=True, slots=True)
class AddPhrasing:
    """What found nothing is another way to ask for an entry."""

    staff_id: int
    missed_id: int
    faq_id: str
    language: str
    words: str


@dataclass(frozen=True, slots=True)
class SettleMissed:
    """A question that found nothing needs nothing more."""

    staff_id: int
    missed_id: int
