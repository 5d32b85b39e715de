"""Questions that no case holds yet, and those that found no answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, select, update

from bot.store.repository import Repository
from bot.store.tables import missed, question

_COLUMNS = tuple(
    question.c[name]
    for name in (
        *("id", "person_id", "words", "theme", "language", "chat_id", "message_id"),
        *("sent_at", "faq_id"),
    )
)


@dataclass(frozen=True, slots=True)
class Question:
    """What a citizen asked. *faq_id* is the entry it was answered with, where it was."""

    id: int
    person_id: int
    words: str
    theme: str
    language: str
    chat_id: int
    message_id: int | None
    sent_at: datetime
    faq_id: str | None


class Questions(Repository):
    """What was asked and is not settled."""

    async def add(self, new: Question) -> Question:
        """Keep a question; return it with its id."""
        values = {k: v for k, v in asdict(new).items() if k != "id"}
        return Question(**{**values, "id": await self._id_of(insert(question).values(values))})

    async def get(self, question_id: int) -> Question | None:
        """Return a question; None where it is settled."""
        query = select(*_COLUMNS).where(question.c.id == question_id)
        found = (await self._execute(query)).first()
        return Question(*found) if found else None

    async def at(self, chat_id: int, message_id: int) -> Question | None:
        """Return the question that a message in a chat asked."""
        query = select(*_COLUMNS).where(
            question.c.chat_id == chat_id, question.c.message_id == message_id
        )
        found = (await self._execute(query)).first()
        return Question(*found) if found else None

    async def forget_answered(self, person_id: int) -> None:
        """Forget the answered questions of a citizen: a newer one takes their place."""
        await self._execute(
            delete(question).where(
                question.c.person_id == person_id, question.c.faq_id.is_not(None)
            )
        )

    async def forget(self, question_id: int) -> None:
        """Forget a question: it is settled, or a case holds it."""
        await self._execute(delete(question).where(question.c.id == question_id))

    async def answered(self, question_id: int, faq_id: str) -> None:
        """Note which entry a question was answered with."""
        await self._execute(
            update(question).where(question.c.id == question_id).values(faq_id=faq_id)
        )

    async def rewrite(self, question_id: int, words: str) -> None:
        """Let a question say something else."""
        await self._execute(
            update(question).where(question.c.id == question_id).values(words=words)
        )

    async def scrub(self, person_id: int, clean: Callable[[str], str]) -> None:
        """Apply *clean* to what a citizen has asked."""
        query = select(*_COLUMNS).where(question.c.person_id == person_id)
        for row in (await self._execute(query)).all():
            if clean(row.words) != row.words:
                await self.rewrite(row.id, clean(row.words))


_MISSED: Select[*tuple[Any, ...]] = select(
    missed.c.id, missed.c.words, missed.c.language, missed.c.near, missed.c.at
).where(missed.c.done_at.is_(None))
# The retention class of a closed question (HR-10): these are somebody's words all the same, if
# without a name, and after two years the FAQ knows what they had to teach.
KEEP_MISSED = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that found nothing, without whose it was."""

    id: int
    words: str
    language: str
    near: tuple[str, ...]
    at: datetime


class MissedQuestions(Repository):
    """What the FAQ does not know yet."""

    async def add(self, words: str, language: str, near: list[str]) -> int:
        """Keep a question that found nothing."""
        values = {"words": words, "language": language, "near": near, "at": self._now}
        return await self._id_of(insert(missed).values(values))

    async def open(self, limit: int, *, before: int | None = None) -> list[Missed]:
        """Return the newest that nobody has dealt with, or those before one."""
        query = _MISSED.order_by(missed.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(missed.c.id < before)
        return [_missed(row) for row in await self._execute(query)]

    async def get(self, missed_id: int) -> Missed | None:
        """Return a question that nobody has dealt with."""
        found = (await self._execute(_MISSED.where(missed.c.id == missed_id))).first()
        return _missed(found) if found else None

    async def count(self) -> int:
        """Return how many nobody has dealt with."""
        query = select(func.count()).select_from(missed).where(missed.c.done_at.is_(None))
        return int((await self._execute(query)).scalar_one())

    async def done(self, missed_id: int) -> bool:
        """Note that somebody has dealt with a question; tell whether nobody had before."""
        result = await self._execute(
            update(missed)
            .where(missed.c.id == missed_id, missed.c.done_at.is_(None))
            .values(done_at=self._now)
        )
        return bool(result.rowcount)

    async def purge(self, limit: int) -> int:
        """Delete up to *limit* of those that are too old to be kept; return how many."""
        return await self._delete_some(missed, missed.c.at < self._now - KEEP_MISSED, limit)

    async def scrub(self, clean: Callable[[str], str], since: datetime) -> None:
        """Apply *clean* to what was asked since an instant: half a number was seen later."""
        query: Any = select(missed.c.id, missed.c.words).where(missed.c.at >= since)
        for row in (await self._execute(query)).all():
            if clean(row.words) != row.words:
                await self._execute(
                    update(missed).where(missed.c.id == row.id).values(words=clean(row.words))
                )


def _missed(row: Row[*tuple[Any, ...]]) -> Missed:
    return Missed(row.id, row.words, row.language, tuple(row.near), row.at)
