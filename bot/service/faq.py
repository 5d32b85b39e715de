"""The FAQ: its index, and what became of its answers."""

from __future__ import annotations

from bot.engine.events import Done, Refused
from bot.model.commands import RateAnswer
from bot.model.faq import FaqEntry
from bot.search import Document, Index
from bot.store.unit import Unit

VERSION = "faq_version"  # the fact that changes whenever an entry does
UNANSWERED = "faq_unanswered"  # questions known to have no entry


async def rate_answer(command: RateAnswer, unit: Unit) -> Done | Refused:
    """Count that an answer helped, or that the citizen went on to a person; nobody's name."""
    day = unit.now.date().isoformat()
    await unit.faq.count(
        command.faq_id, day, helped=int(command.helped), asked_on=int(not command.helped)
    )
    return Done()


class IndexKeeper:
    """Keeps the index, and makes it anew when an entry has changed."""

    def __init__(self) -> None:
        """Begin without one."""
        self._version: str | None = None
        self._index: Index | None = None

    async def __call__(self, unit: Unit) -> Index:
        """Return the index of the FAQ as it stands in *unit*."""
        version = await unit.facts.get(VERSION)
        if self._index is None or version != self._version:
            entries = [FaqEntry.from_body(row.id, row.body) for row in await unit.faq.all()]
            documents = [document for entry in entries for document in documents_of(entry)]
            unanswered = await unit.facts.get(UNANSWERED) or {}
            self._index = Index(documents, unanswered)
            self._version = version
        return self._index


def documents_of(entry: FaqEntry) -> list[Document]:
    """Return what the index reads of an entry, a document a language."""
    return [
        Document(entry.id, language, text.question, text.phrasings, text.answer)
        for language, text in entry.texts.items()
    ]
