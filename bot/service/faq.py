"""The FAQ: its index, and what became of its answers."""

from __future__ import annotations

import asyncio
import logging

from bot.engine.events import Done, Refused
from bot.errors import NotReady
from bot.json_text import digest_of
from bot.model.commands import RateAnswer
from bot.model.faq import FaqEntry
from bot.search import Document, Index
from bot.store.store import Store
from bot.store.unit import Unit

VERSION = "faq_version"  # the fact that changes whenever an entry does
UNANSWERED = "faq_unanswered"  # questions known to have no entry
CHANGED = "faq"  # the topic that rings when it does
log = logging.getLogger("brobygger.faq")


async def rate_answer(command: RateAnswer, unit: Unit) -> Done | Refused:
    """Count that an answer helped, or that the citizen went on to a person; nobody's name."""
    day = unit.calendar.local(unit.now).date().isoformat()
    await unit.faq.count(
        command.faq_id, day, helped=int(command.helped), asked_on=int(not command.helped)
    )
    return Done()


async def note_change(unit: Unit) -> None:
    """Let every index be made anew; what says the same as before has the same version."""
    bodies = [(row.id, row.body) for row in await unit.faq.all()]
    await unit.facts.set(VERSION, digest_of([bodies, await unit.facts.get(UNANSWERED)]))
    unit.wake(CHANGED)


class IndexKeeper:
    """Keeps the index, and has it made anew in a thread when an entry has changed.

    Making one takes a good part of a second, which no citizen should wait for: until it is
    ready the one before answers. What an entry says is read from its row whenever it is shown,
    so only new ways to ask come a moment later.
    """

    def __init__(self) -> None:
        """Begin without one."""
        self._version: str | None = None
        self._index: Index | None = None
        self._making: asyncio.Task[None] | None = None

    async def __call__(self, unit: Unit) -> Index:
        """Return an index at once: the one of before where a newer is still being made.

        Raises `NotReady` where there is none yet: no turn is held open until there is, or whatever
        ends the process meanwhile would be held against its row.
        """
        if self._index is None:
            raise NotReady
        if await unit.facts.get(VERSION) != self._version:
            await self._begin(unit)
        return self._index

    async def waited_for(self, unit: Unit) -> Index:
        """Return an index as a question gets it, but wait for the first: a page may take that."""
        return await (self.newest(unit) if self._index is None else self(unit))

    async def newest(self, unit: Unit) -> Index:
        """Return the index of the FAQ exactly as it stands in *unit*."""
        while self._index is None or await unit.facts.get(VERSION) != self._version:
            await self._begin(unit)
            if self._making is not None:
                await asyncio.wait([self._making])
                self._making.result()
        return self._index

    async def refresh(self, store: Store) -> None:
        """Make the index anew where an entry has changed, before anybody asks."""
        async with store.reading() as unit:
            await self.newest(unit)

    async def _begin(self, unit: Unit) -> None:
        """Begin to make an index where none is under way."""
        version = await unit.facts.get(VERSION)
        unanswered = await unit.facts.get(UNANSWERED) or {}
        entries = [FaqEntry.from_body(row.id, row.body) for row in await unit.faq.all()]
        documents = [document for entry in entries for document in documents_of(entry)]
        busy = self._making is not None and not self._making.done()
        made = self._index is not None and version == self._version  # by another, just now
        if not busy and not made:
            self._making = asyncio.create_task(self._make(version, documents, unanswered))
            self._making.add_done_callback(_say_failure)

    async def _make(
        self, version: str | None, documents: list[Document], unanswered: dict[str, list[str]]
    ) -> None:
        """Make an index in a thread, and keep it once it is whole."""
        self._index = await asyncio.to_thread(Index, documents, unanswered)
        self._version = version


def _say_failure(making: asyncio.Task[None]) -> None:
    """Log that an index could not be made; whoever waits for it hears it as well."""
    error = None if making.cancelled() else making.exception()
    if error is not None:
        log.error("index_not_made", extra={"kind": type(error).__name__})


def documents_of(entry: FaqEntry) -> list[Document]:
    """Return what the index reads of an entry, a document a language."""
    return [
        Document(entry.id, language, text.question, text.phrasings, text.answer)
        for language, text in entry.texts.items()
    ]
