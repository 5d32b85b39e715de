"""Commands of staff about the FAQ and about the questions it could not answer.

*version* is the version of the entry that the staff member has seen. Where the entry has another
version by now, nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.faq import FaqEntry


@dataclass(frozen=True, slots=True)
class AddEntry:
    """Add an entry; *missed_id* is the question that it was written for, where there is one."""

    staff_id: int
    entry: FaqEntry
    missed_id: int | None = None


@dataclass(frozen=True, slots=True)
class EditEntry:
    """Change an entry."""

    staff_id: int
    entry: FaqEntry
    version: int


@dataclass(frozen=True, slots=True)
class CheckEntry:
    """Record that a staff member has checked an entry, and that it is still right."""

    staff_id: int
    faq_id: str
    version: int


@dataclass(frozen=True, slots=True)
class RollBackEntry:
    """Restore the content of version *to*; the owner of the entry stays the same."""

    staff_id: int
    faq_id: str
    version: int
    to: int


@dataclass(frozen=True, slots=True)
class RetireEntry:
    """Take an entry out of the chat, or bring it back."""

    staff_id: int
    faq_id: str
    version: int
    retired: bool


@dataclass(frozen=True, slots=True)
class AddPhrasing:
    """Add a question without an answer to an entry, as another way to ask for it."""

    staff_id: int
    missed_id: int
    faq_id: str
    language: str
    words: str


@dataclass(frozen=True, slots=True)
class SettleMissed:
    """Record that a question without an answer needs no further work."""

    staff_id: int
    missed_id: int
