"""Questions that are not part of a case yet, and questions without an answer in the FAQ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import missed, question


@dataclass(frozen=True, slots=True)
class Question:
    """A citizen's question. *faq_id* is the entry that answered it, if any."""

    id: int
    person_id: int
    words: str
    theme: str
    language: str
    chat_id: int
    message_id: int | None
    sent_at: datetime
    faq_id: str | None


_QUESTION = RowMapper(Question, question)


class Questions(Repository):
    """Unsettled questions."""

    async def add(self, new: Question) -> Question:
        """Insert a question; return it with its id."""
        statement = insert(question).values(_QUESTION.values(new))
        return replace(new, id=await self._id_of(statement))

    async def get(self, question_id: int) -> Question | None:
        """Return a question; None where it is settled."""
        query = _QUESTION.query.where(question.c.id == question_id)
        return _QUESTION.first(await self._execute(query))

    async def at(self, chat_id: int, message_id: int) -> Question | None:
        """Return the question of a message in a chat, or None."""
        query = _QUESTION.query.where(
            question.c.chat_id == chat_id, question.c.message_id == message_id
        )
        return _QUESTION.first(await self._execute(query))

    async def pending_of(self, person_id: int) -> list[Question]:
        """Return a citizen's questions that no entry has answered, the oldest first."""
        query = _QUESTION.query.where(
            question.c.person_id == person_id, question.c.faq_id.is_(None)
        )
        return _QUESTION.all(await self._execute(query.order_by(question.c.id)))

    async def forget_answered(self, person_id: int) -> None:
        """Delete a citizen's answered questions when a newer one replaces them."""
        await self._execute(
            delete(question).where(
                question.c.person_id == person_id, question.c.faq_id.is_not(None)
            )
        )

    async def forget(self, question_id: int) -> None:
        """Delete a question that is settled or part of a case."""
        await self._execute(delete(question).where(question.c.id == question_id))

    async def answered(self, question_id: int, faq_id: str) -> None:
        """Record the entry that answered a question."""
        await self._execute(
            update(question).where(question.c.id == question_id).values(faq_id=faq_id)
        )

    async def rewrite(self, question_id: int, words: str) -> None:
        """Change the words of a question."""
        await self._execute(
            update(question).where(question.c.id == question_id).values(words=words)
        )

    async def scrub(self, person_id: int, clean: Callable[[str], str]) -> None:
        """Apply *clean* to a citizen's questions."""
        query = _QUESTION.query.where(question.c.person_id == person_id)
        for row in (await self._execute(query)).all():
            if clean(row.words) != row.words:
                await self.rewrite(row.id, clean(row.words))


# The retention period of a closed question (HR-10): these are a citizen's words, though without
# a name, and after two years staff have had time to extend the FAQ.
KEEP_MISSED = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Missed:
    """A question without an answer in the FAQ, stored without its author."""

    id: int
    words: str
    language: str
    near: tuple[str, ...]
    at: datetime


_MISSED = RowMapper(Missed, missed)
_OPEN = _MISSED.query.where(missed.c.done_at.is_(None))


class MissedQuestions(Repository):
    """Questions that the FAQ could not answer."""

    async def add(self, words: str, language: str, near: list[str]) -> int:
        """Insert a question without an answer; return its id."""
        values = {"words": words, "language": language, "near": near, "at": self._now}
        return await self._id_of(insert(missed).values(values))

    async def open(self, limit: int, *, before: int | None = None) -> list[Missed]:
        """Return the newest open questions, or those with an id below *before*."""
        query = _OPEN.order_by(missed.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(missed.c.id < before)
        return _MISSED.all(await self._execute(query))

    async def get(self, missed_id: int) -> Missed | None:
        """Return an open question, or None."""
        return _MISSED.first(await self._execute(_OPEN.where(missed.c.id == missed_id)))

    async def count(self) -> int:
        """Return the number of open questions."""
        query = select(func.count()).select_from(missed).where(missed.c.done_at.is_(None))
        return int((await self._execute(query)).scalar_one())

    async def done(self, missed_id: int) -> bool:
        """Close a question; return False if it was closed already."""
        result = await self._execute(
            update(missed)
            .where(missed.c.id == missed_id, missed.c.done_at.is_(None))
            .values(done_at=self._now)
        )
        return bool(result.rowcount)

    async def purge(self, limit: int) -> int:
        """Delete up to *limit* questions older than `KEEP_MISSED`; return their number."""
        return await self._delete_some(missed, missed.c.at < self._now - KEEP_MISSED, limit)

    async def scrub(self, clean: Callable[[str], str], since: datetime) -> None:
        """Apply *clean* to questions since an instant, after a split CPR was found."""
        query: Any = select(missed.c.id, missed.c.words).where(missed.c.at >= since)
        for row in (await self._execute(query)).all():
            if clean(row.words) != row.words:
                await self._execute(
                    update(missed).where(missed.c.id == row.id).values(words=clean(row.words))
                )
