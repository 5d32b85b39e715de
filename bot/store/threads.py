"""Threads of cases: one row for each message, and its earlier versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from bot.model.case import INTERNAL, CaseMessage, DeliveryState, MessageKind
from bot.search.analysis import LANGUAGES, stem, words
from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import case_message, case_term, case_version, cases

_MESSAGE = RowMapper(CaseMessage, case_message)
LONGEST_TERM = 60
MOST_TERMS = 200  # of one message; later words of a long message are not indexed


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier text of a message, with the author and the time of the change."""

    message_id: int
    version: int
    text: str
    staff_id: int | None
    at: datetime


_VERSION = RowMapper(Version, case_version)


class Threads(Repository):
    """Messages of cases."""

    async def say(self, new: CaseMessage) -> CaseMessage:
        """Insert a message and index its words for the search; return it with its id."""
        made = await self._id_of(insert(case_message).values(_MESSAGE.values(new)))
        await self.index(new.case_id, new.text)
        return replace(new, id=made)

    async def get(self, case_message_id: int) -> CaseMessage | None:
        """Return one message, or None."""
        query = _MESSAGE.query.where(case_message.c.id == case_message_id)
        return _MESSAGE.first(await self._execute(query))

    async def of_case(self, case_id: int, *, internal: bool) -> list[CaseMessage]:
        """Return a thread in order; with *internal*, including the staff's notes."""
        query = _MESSAGE.query.where(case_message.c.case_id == case_id)
        if not internal:
            query = query.where(case_message.c.kind.not_in(sorted(INTERNAL)))
        return _MESSAGE.all(await self._execute(query.order_by(case_message.c.id)))

    async def newest_of(self, person_id: int, limit: int) -> list[CaseMessage]:
        """Return the newest messages of a citizen's cases with the staff's calls, newest first."""
        own = select(cases.c.id).where(cases.c.person_id == person_id)
        hidden = sorted(INTERNAL - {MessageKind.CALL})
        query = _MESSAGE.query.where(
            case_message.c.case_id.in_(own), case_message.c.kind.not_in(hidden)
        )
        query = query.order_by(case_message.c.id.desc()).limit(limit)
        return _MESSAGE.all(await self._execute(query))

    async def change(self, said: CaseMessage, text: str, staff_id: int | None) -> CaseMessage:
        """Change the text of a message, and keep the old text as a version."""
        await self._execute(
            insert(case_version).values(
                message_id=said.id,
                version=said.version,
                text=said.text,
                staff_id=staff_id,
                at=self._now,
            )
        )
        values: dict[str, Any] = {"text": text, "version": said.version + 1}
        await self._execute(update(case_message).where(case_message.c.id == said.id).values(values))
        await self.index(said.case_id, text)
        return replace(said, **values)

    async def mark(self, said: CaseMessage, **values: Any) -> CaseMessage:
        """Update delivery columns of a message; return it changed."""
        await self._execute(update(case_message).where(case_message.c.id == said.id).values(values))
        return replace(said, **values)

    async def move(self, said: CaseMessage, case_id: int) -> CaseMessage:
        """Move a message to another case."""
        await self.index(case_id, said.text)
        return await self.mark(said, case_id=case_id)

    async def versions(self, case_id: int) -> list[Version]:
        """Return the earlier versions of a case's messages, the oldest first."""
        query = (
            _VERSION.query.join(case_message, case_message.c.id == case_version.c.message_id)
            .where(case_message.c.case_id == case_id)
            .order_by(case_version.c.id)
        )
        return _VERSION.all(await self._execute(query))

    async def last_at(self, case_id: int) -> datetime | None:
        """Return the time of the last message between the citizen and staff."""
        query = select(func.max(case_message.c.at)).where(
            case_message.c.case_id == case_id, case_message.c.kind.not_in(sorted(INTERNAL))
        )
        found: datetime | None = (await self._execute(query)).scalar_one()
        return found

    async def last(self, case_id: int) -> CaseMessage | None:
        """Return the last message to or from the citizen not scheduled, withdrawn or failed."""
        query = (
            _MESSAGE.query.where(
                case_message.c.case_id == case_id,
                case_message.c.kind.not_in(sorted(INTERNAL)),
                case_message.c.state.not_in(
                    (DeliveryState.SCHEDULED, DeliveryState.WITHDRAWN, DeliveryState.FAILED)
                ),
            )
            .order_by(case_message.c.at.desc(), case_message.c.id.desc())
            .limit(1)
        )
        return _MESSAGE.first(await self._execute(query))

    async def last_query(self, case_id: int) -> CaseMessage | None:
        """Return the last query of staff to the citizen that was not withdrawn and did not fail."""
        query = (
            _MESSAGE.query.where(
                case_message.c.case_id == case_id,
                case_message.c.kind == MessageKind.QUERY,
                case_message.c.state.not_in((DeliveryState.WITHDRAWN, DeliveryState.FAILED)),
            )
            .order_by(case_message.c.id.desc())
            .limit(1)
        )
        return _MESSAGE.first(await self._execute(query))

    async def last_answer(self, case_id: int) -> CaseMessage | None:
        """Return the newest answer that is sent, queued or handed over otherwise."""
        query = (
            _MESSAGE.query.where(
                case_message.c.case_id == case_id,
                case_message.c.kind == MessageKind.ANSWER,
                case_message.c.state.in_(
                    (DeliveryState.SENT, DeliveryState.QUEUED, DeliveryState.BY_HAND)
                ),
            )
            .order_by(case_message.c.id.desc())
            .limit(1)
        )
        return _MESSAGE.first(await self._execute(query))

    async def copies(self, case_message_id: int) -> list[CaseMessage]:
        """Return the copies of a message for citizens who asked the same."""
        query = _MESSAGE.query.where(case_message.c.copy_of == case_message_id)
        return _MESSAGE.all(await self._execute(query.order_by(case_message.c.id)))

    async def album_of(self, case_id: int, album: str) -> CaseMessage | None:
        """Return the thread's message for the first part of an album."""
        query = _MESSAGE.query.where(
            case_message.c.case_id == case_id, case_message.c.album == album
        )
        return _MESSAGE.first(await self._execute(query.order_by(case_message.c.id).limit(1)))

    async def scrub(self, person_id: int, rewrite: Callable[[str], str], within: timedelta) -> None:
        """Apply *rewrite* to a citizen's recent messages and titles, to remove a split CPR."""
        mine = select(cases.c.id).where(cases.c.person_id == person_id)
        query = _MESSAGE.query.where(
            case_message.c.case_id.in_(mine),
            case_message.c.kind == MessageKind.ASKED,
            case_message.c.at >= self._now - within,
        )
        for row in (await self._execute(query)).all():
            cleaned = rewrite(row.text)
            if cleaned != row.text:
                await self._execute(
                    update(case_message).where(case_message.c.id == row.id).values(text=cleaned)
                )
                await self._reindex(row.case_id)
            await self._scrub_versions(row.id, rewrite)
        titles = select(cases.c.id, cases.c.title).where(
            cases.c.id.in_(mine), cases.c.citizen_at >= self._now - within
        )
        for row in (await self._execute(titles)).all():
            if rewrite(row.title) != row.title:
                await self._execute(
                    update(cases).where(cases.c.id == row.id).values(title=rewrite(row.title))
                )

    async def _scrub_versions(self, case_message_id: int, rewrite: Callable[[str], str]) -> None:
        """Apply *rewrite* to the earlier versions of a message."""
        query = select(case_version.c.id, case_version.c.text).where(
            case_version.c.message_id == case_message_id
        )
        for row in (await self._execute(query)).all():
            await self._execute(
                update(case_version)
                .where(case_version.c.id == row.id)
                .values(text=rewrite(row.text))
            )

    async def _reindex(self, case_id: int) -> None:
        """Rebuild the search index of a case."""
        await self._execute(delete(case_term).where(case_term.c.case_id == case_id))
        for said in await self.of_case(case_id, internal=True):
            await self.index(case_id, said.text)

    async def index(self, case_id: int, text: str) -> None:
        """Add the words of *text* to the search index of a case."""
        rows = [{"term": term, "case_id": case_id} for term in sorted(terms_of(text))]
        if rows:
            statement = self._insert(case_term).on_conflict_do_nothing(
                index_elements=["term", "case_id"]
            )
            await self._execute(statement, rows)


def terms_of(text: str) -> set[str]:
    """Return the search terms of a text: stems of its words in both languages.

    The analysis is the same as for the FAQ. People mix languages, so both are used.
    """
    plain = words(text)[:MOST_TERMS]
    stems = {stem(word, language) for word in plain for language in LANGUAGES}
    return {term[:LONGEST_TERM] for term in stems if term}
