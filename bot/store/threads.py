"""What was said in a case: one row a message, and what it said before it was changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from bot.model.case import INTERNAL, CaseMessage, DeliveryState, MessageKind
from bot.search.analysis import LANGUAGES, stem, words
from bot.store.repository import Repository
from bot.store.tables import case_message, case_term, case_version, cases

_COLUMNS = tuple(
    case_message.c[name]
    for name in (
        *("id", "case_id", "kind", "staff_id", "signed", "text", "version", "state", "at"),
        *("send_at", "chat_id", "message_id", "album", "told_as", "copy_of"),
    )
)
LONGEST_TERM = 60
MOST_TERMS = 200  # of one message: nobody searches the far end of a long story


@dataclass(frozen=True, slots=True)
class Version:
    """What a message said before it was changed, by whom and when."""

    message_id: int
    version: int
    text: str
    staff_id: int | None
    at: datetime


class Threads(Repository):
    """Messages of cases."""

    async def say(self, new: CaseMessage) -> CaseMessage:
        """Add a message to its thread, and its words to the search; return it with its id."""
        known = {name: getattr(new, name) for name in CaseMessage.__dataclass_fields__}
        values = {k: v for k, v in known.items() if k != "id"}
        made = await self._id_of(insert(case_message).values(values))
        await self.index(new.case_id, new.text)
        return CaseMessage(**{**known, "id": made})

    async def get(self, said_id: int) -> CaseMessage | None:
        """Return one message; None where it is not there."""
        query = select(*_COLUMNS).where(case_message.c.id == said_id)
        found = (await self._execute(query)).first()
        return _message(found) if found else None

    async def of_case(self, case_id: int, *, internal: bool) -> list[CaseMessage]:
        """Return a thread in its order; with *internal*, the staff's own notes among it."""
        query = select(*_COLUMNS).where(case_message.c.case_id == case_id)
        if not internal:
            query = query.where(case_message.c.kind.not_in(sorted(INTERNAL)))
        return [_message(row) for row in await self._execute(query.order_by(case_message.c.id))]

    async def change(self, said: CaseMessage, text: str, staff_id: int | None) -> CaseMessage:
        """Let a message say something else; what it said stays as its version."""
        await self._execute(
            insert(case_version).values(
                message_id=said.id,
                version=said.version,
                text=said.text,
                staff_id=staff_id,
                at=self._now,
            )
        )
        values = {"text": text, "version": said.version + 1}
        await self._execute(update(case_message).where(case_message.c.id == said.id).values(values))
        await self.index(said.case_id, text)
        return _with(said, **values)

    async def mark(self, said: CaseMessage, **values: Any) -> CaseMessage:
        """Note where a message is on its way, or where it stands in the chat."""
        await self._execute(update(case_message).where(case_message.c.id == said.id).values(values))
        return _with(said, **values)

    async def move(self, said: CaseMessage, case_id: int) -> CaseMessage:
        """Take a message out of its case and put it into another."""
        await self.index(case_id, said.text)
        return await self.mark(said, case_id=case_id)

    async def versions(self, case_id: int) -> list[Version]:
        """Return what the messages of a case said before, the oldest first."""
        query = (
            select(
                case_version.c.message_id,
                case_version.c.version,
                case_version.c.text,
                case_version.c.staff_id,
                case_version.c.at,
            )
            .join(case_message, case_message.c.id == case_version.c.message_id)
            .where(case_message.c.case_id == case_id)
            .order_by(case_version.c.id)
        )
        return [Version(*row) for row in await self._execute(query)]

    async def last_at(self, case_id: int) -> datetime | None:
        """Return when the citizen or the staff last said something to each other."""
        query = select(func.max(case_message.c.at)).where(
            case_message.c.case_id == case_id, case_message.c.kind.not_in(sorted(INTERNAL))
        )
        found: datetime | None = (await self._execute(query)).scalar_one()
        return found

    async def last(self, case_id: int) -> CaseMessage | None:
        """Return what the citizen and the staff said to each other last, and was not taken back."""
        query = (
            select(*_COLUMNS)
            .where(
                case_message.c.case_id == case_id,
                case_message.c.kind.not_in(sorted(INTERNAL)),
                case_message.c.state.not_in(
                    (DeliveryState.SCHEDULED, DeliveryState.WITHDRAWN, DeliveryState.FAILED)
                ),
            )
            .order_by(case_message.c.at.desc(), case_message.c.id.desc())
            .limit(1)
        )
        found = (await self._execute(query)).first()
        return _message(found) if found else None

    async def last_query(self, case_id: int) -> CaseMessage | None:
        """Return what staff last asked the citizen."""
        query = (
            select(*_COLUMNS)
            .where(
                case_message.c.case_id == case_id,
                case_message.c.kind == MessageKind.QUERY,
                case_message.c.state.not_in((DeliveryState.WITHDRAWN, DeliveryState.FAILED)),
            )
            .order_by(case_message.c.id.desc())
            .limit(1)
        )
        found = (await self._execute(query)).first()
        return _message(found) if found else None

    async def last_answer(self, case_id: int) -> CaseMessage | None:
        """Return the newest answer that has gone, or is going, to the citizen."""
        query = (
            select(*_COLUMNS)
            .where(
                case_message.c.case_id == case_id,
                case_message.c.kind == MessageKind.ANSWER,
                case_message.c.state.in_(
                    (DeliveryState.SENT, DeliveryState.QUEUED, DeliveryState.BY_HAND)
                ),
            )
            .order_by(case_message.c.id.desc())
            .limit(1)
        )
        found = (await self._execute(query)).first()
        return _message(found) if found else None

    async def copies(self, said_id: int) -> list[CaseMessage]:
        """Return what was told of a message to those who asked the same."""
        query = select(*_COLUMNS).where(case_message.c.copy_of == said_id)
        return [_message(row) for row in await self._execute(query.order_by(case_message.c.id))]

    async def album_of(self, case_id: int, album: str) -> CaseMessage | None:
        """Return the message of a thread that an album's first part became."""
        query = select(*_COLUMNS).where(
            case_message.c.case_id == case_id, case_message.c.album == album
        )
        found = (await self._execute(query.order_by(case_message.c.id).limit(1))).first()
        return _message(found) if found else None

    async def scrub(self, person_id: int, rewrite: Callable[[str], str], within: timedelta) -> None:
        """Apply *rewrite* to what a citizen wrote lately: half a number was seen in it later."""
        mine = select(cases.c.id).where(cases.c.person_id == person_id)
        query = select(*_COLUMNS).where(
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

    async def _scrub_versions(self, said_id: int, rewrite: Callable[[str], str]) -> None:
        """Apply *rewrite* to what a message said before."""
        query = select(case_version.c.id, case_version.c.text).where(
            case_version.c.message_id == said_id
        )
        for row in (await self._execute(query)).all():
            await self._execute(
                update(case_version)
                .where(case_version.c.id == row.id)
                .values(text=rewrite(row.text))
            )

    async def _reindex(self, case_id: int) -> None:
        """Make the search of a case anew."""
        await self._execute(delete(case_term).where(case_term.c.case_id == case_id))
        for said in await self.of_case(case_id, internal=True):
            await self.index(case_id, said.text)

    async def index(self, case_id: int, text: str) -> None:
        """Let a case be found by the words of *text*."""
        rows = [{"term": term, "case_id": case_id} for term in sorted(terms_of(text))]
        if rows:
            statement = self._insert(case_term).on_conflict_do_nothing(
                index_elements=["term", "case_id"]
            )
            await self._execute(statement, rows)


def terms_of(text: str) -> set[str]:
    """Return what a text is found by: its words and their stems, in both languages.

    The same analysis as the FAQ's; people mix languages, so no one language is chosen.
    """
    plain = words(text)[:MOST_TERMS]
    stems = {stem(word, language) for word in plain for language in LANGUAGES}
    return {term[:LONGEST_TERM] for term in stems if term}


def _with(said: CaseMessage, **values: Any) -> CaseMessage:
    known = {name: getattr(said, name) for name in CaseMessage.__dataclass_fields__}
    return CaseMessage(**{**known, **values})


def _message(row: Row[*tuple[Any, ...]]) -> CaseMessage:
    known = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public way to a row's columns
    return CaseMessage(
        **{**known, "kind": MessageKind(row.kind), "state": DeliveryState(row.state)}
    )
