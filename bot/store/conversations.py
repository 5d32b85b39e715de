"""Conversations that wait, and those that are paused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from bot.engine.conversation import PAUSED, WAITING, Conversation
from bot.store.repository import Repository
from bot.store.tables import conversation

_COLUMNS = (
    conversation.c.id,
    conversation.c.person_id,
    conversation.c.flow,
    conversation.c.revision,
    conversation.c.answers,
    conversation.c.draft,
    conversation.c.state,
    conversation.c.started_at,
    conversation.c.touched_at,
    conversation.c.nudged,
)
_OF = (
    select(*_COLUMNS)
    .where(conversation.c.person_id == bindparam("of"), conversation.c.state == bindparam("is"))
    .order_by(conversation.c.touched_at.desc(), conversation.c.id.desc())
    .limit(1)
)


class Conversations(Repository):
    """What citizens are in the middle of."""

    async def waiting(self, person_id: int) -> Conversation | None:
        """Return the one conversation that waits for the citizen."""
        return await self._one(person_id, WAITING)

    async def paused(self, person_id: int) -> Conversation | None:
        """Return the conversation that was paused last."""
        return await self._one(person_id, PAUSED)

    async def _one(self, person_id: int, state: str) -> Conversation | None:
        found = (await self._execute(_OF, {"of": person_id, "is": state})).first()
        return _conversation(found) if found else None

    async def get(self, conversation_id: int) -> Conversation | None:
        """Return a conversation in whatever state."""
        query = select(*_COLUMNS).where(conversation.c.id == conversation_id)
        found = (await self._execute(query)).first()
        return _conversation(found) if found else None

    async def add(self, new: Conversation) -> Conversation:
        """Keep a conversation that begins; return it with its id."""
        values = {k: v for k, v in asdict(new).items() if k != "id"}
        return replace(new, id=await self._id_of(insert(conversation).values(values)))

    async def save(self, changed: Conversation) -> None:
        """Write a conversation as it stands now."""
        values = {
            "answers": changed.answers,
            "draft": changed.draft,
            "state": changed.state,
            "revision": changed.revision,
            "touched_at": changed.touched_at,
            "nudged": changed.nudged,
        }
        await self._execute(
            update(conversation).where(conversation.c.id == changed.id).values(values)
        )

    async def delete(self, conversation_id: int) -> None:
        """Forget a conversation."""
        await self._execute(delete(conversation).where(conversation.c.id == conversation_id))

    async def scrub(self, person_id: int, rewrite: Callable[[str], str]) -> None:
        """Apply *rewrite* to every string a citizen has answered or begun to."""
        query = select(*_COLUMNS).where(conversation.c.person_id == person_id)
        for row in (await self._execute(query)).all():
            kept = _conversation(row)
            answers, draft = _walk(kept.answers, rewrite), _walk(kept.draft, rewrite)
            if (answers, draft) != (kept.answers, kept.draft):
                await self.save(replace(kept, answers=answers, draft=draft))


def _walk(value: Any, rewrite: Callable[[str], str]) -> Any:
    """Rewrite every string within a JSON value."""
    match value:
        case str():
            return rewrite(value)
        case list():
            return [_walk(item, rewrite) for item in value]
        case dict():
            return {key: _walk(item, rewrite) for key, item in value.items()}
        case _:
            return value


def _conversation(row: Row[*tuple[Any, ...]]) -> Conversation:
    return Conversation(*row)
