"""The FAQ's search index, and the count of answers that helped."""

from __future__ import annotations

import asyncio
import logging

from bot.engine.events import Done, Refused
from bot.errors import NotReady
from bot.json_text import digest_of
from bot.model.commands.citizen import RateAnswer
from bot.model.faq import FaqEntry
from bot.search import Document, Index
from bot.store.store import Store
from bot.store.unit import Unit

VERSION = "faq_version"  # the fact that holds a hash of all entries
UNANSWERED = "faq_unanswered"  # the fact that holds questions known to have no entry
CHANGED = "faq"  # the topic of the wake-up after a change
log = logging.getLogger("brobygger.faq")


async def rate_answer(command: RateAnswer, unit: Unit) -> Done | Refused:
    """Count that an answer helped, or that the citizen went on to staff; store no name."""
    day = unit.calendar.local(unit.now).date().isoformat()
    await unit.faq.count(
        command.faq_id, day, helped=int(command.helped), asked_on=int(not command.helped)
    )
    return Done()


async def note_change(unit: Unit) -> None:
    """Store the FAQ's version, a hash of its content, and send the wake-up `CHANGED`."""
    bodies = [(row.id, row.body) for row in await unit.faq.all()]
    await unit.facts.set(VERSION, digest_of([bodies, await unit.facts.get(UNANSWERED)]))
    unit.wake(CHANGED)


class IndexKeeper:
    """Keeps the search index, and makes a new one in a thread when an entry has changed.

    Making one takes a good part of a second, so the previous index is used until the new one is
    ready. An answer is read from its row whenever it is shown, so only new phrasings take effect
    that moment later.
    """

    def __init__(self) -> None:
        """Start without an index."""
        self._version: str | None = None
        self._index: Index | None = None
        self._making: asyncio.Task[None] | None = None

    async def __call__(self, unit: Unit) -> Index:
        """Return the index at once: the previous one while a newer one is still being made.

        Raises `NotReady` where there is none yet. A turn does not wait for it, because a process
        that ends during the wait would add attempts to the turn's inbox row.
        """
        if self._index is None:
            raise NotReady
        if await unit.facts.get(VERSION) != self._version:
            await self._begin(unit)
        return self._index

    async def waited_for(self, unit: Unit) -> Index:
        """Return the index as `__call__` does, but wait for the first one, as console pages may."""
        return await (self.newest(unit) if self._index is None else self(unit))

    async def newest(self, unit: Unit) -> Index:
        """Wait for the index of the FAQ exactly as it is in *unit*, and return it."""
        while self._index is None or await unit.facts.get(VERSION) != self._version:
            await self._begin(unit)
            if self._making is not None:
                await asyncio.wait([self._making])
                self._making.result()
        return self._index

    async def refresh(self, store: Store) -> None:
        """Make a new index where an entry has changed, before a question needs it."""
        async with store.reading() as unit:
            await self.newest(unit)

    async def _begin(self, unit: Unit) -> None:
        """Start to make an index, unless one is being made or the present one is up to date."""
        version = await unit.facts.get(VERSION)
        unanswered = await unit.facts.get(UNANSWERED) or {}
        entries = [FaqEntry.from_body(row.id, row.body) for row in await unit.faq.all()]
        documents = [document for entry in entries for document in documents_of(entry)]
        busy = self._making is not None and not self._making.done()
        made = self._index is not None and version == self._version  # by another call
        if not busy and not made:
            self._making = asyncio.create_task(self._make(version, documents, unanswered))
            self._making.add_done_callback(_say_failure)

    async def _make(
        self, version: str | None, documents: list[Document], unanswered: dict[str, list[str]]
    ) -> None:
        """Make an index in a thread, and replace the previous one when it is complete."""
        self._index = await asyncio.to_thread(Index, documents, unanswered)
        self._version = version


def _say_failure(making: asyncio.Task[None]) -> None:
    """Log that an index could not be made; `newest` raises the error for its callers."""
    error = None if making.cancelled() else making.exception()
    if error is not None:
        log.error("index_not_made", extra={"kind": type(error).__name__})


def documents_of(entry: FaqEntry) -> list[Document]:
    """Return an entry's documents for the index, one per language."""
    return [
        Document(entry.id, language, text.question, text.phrasings, text.answer)
        for language, text in entry.texts.items()
    ]
