"""Conversations: waiting and paused."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, delete, insert, update

from bot.engine.conversation import PAUSED, WAITING, Conversation
from bot.store.dialects import Each
from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import conversation
from bot.store.transaction import Transaction

_CONVERSATION = RowMapper(Conversation, conversation)
# Columns that never change.
_FIXED = frozenset({"person_id", "flow", "started_at"})
_OF = (
    _CONVERSATION.query.where(
        conversation.c.person_id == bindparam("of"), conversation.c.state == bindparam("is")
    )
    .order_by(conversation.c.touched_at.desc(), conversation.c.id.desc())
    .limit(1)
)
_OF_ALL = Each(
    lambda dialect: _CONVERSATION.query.where(dialect.among(conversation.c.person_id, "people"))
)
_BY_ID = _CONVERSATION.query.where(conversation.c.id == bindparam("of"))
_SAVE = update(conversation).where(conversation.c.id == bindparam("of"))
_DELETE = delete(conversation).where(conversation.c.id == bindparam("of"))


class Conversations(Repository):
    """Unfinished conversations of citizens."""

    def __init__(self, transaction: Transaction) -> None:
        """Work in *transaction*."""
        super().__init__(transaction)
        # By person and id; only of people given to `expect`.
        self._of: dict[int, dict[int, Conversation]] = {}

    async def expect(self, people: Collection[int]) -> None:
        """Read all conversations of *people* in one query; later reads use the result."""
        found = await self._execute(_OF_ALL, {"people": list(people)})
        self._of |= {person_id: {} for person_id in people}
        for known in _CONVERSATION.all(found):
            self._keep(known)

    def _keep(self, known: Conversation) -> None:
        """Cache the present state of a conversation if its person was expected."""
        if known.person_id in self._of:
            self._of[known.person_id][known.id] = known

    def _kept(self, conversation_id: int) -> Conversation | None:
        """Return a cached conversation of an expected person, or None."""
        own = (of.get(conversation_id) for of in self._of.values())
        return next((known for known in own if known is not None), None)

    async def waiting(self, person_id: int) -> Conversation | None:
        """Return the conversation that waits for the citizen, or None."""
        return await self._one(person_id, WAITING)

    async def paused(self, person_id: int) -> Conversation | None:
        """Return the conversation that was paused last, or None."""
        return await self._one(person_id, PAUSED)

    async def of_flows(self, person_id: int, flows: Collection[str]) -> list[Conversation]:
        """Return a citizen's conversations of some flows, in every state."""
        query = _CONVERSATION.query.where(
            conversation.c.person_id == person_id, conversation.c.flow.in_(flows)
        )
        return _CONVERSATION.all(await self._execute(query))

    async def _one(self, person_id: int, state: str) -> Conversation | None:
        if person_id in self._of:
            own = [known for known in self._of[person_id].values() if known.state == state]
            return max(own, key=lambda known: (known.touched_at, known.id), default=None)
        return _CONVERSATION.first(await self._execute(_OF, {"of": person_id, "is": state}))

    async def get(self, conversation_id: int) -> Conversation | None:
        """Return a conversation in any state, or None."""
        if (kept := self._kept(conversation_id)) is not None:
            return kept
        return _CONVERSATION.first(await self._execute(_BY_ID, {"of": conversation_id}))

    async def add(self, new: Conversation) -> Conversation:
        """Insert a new conversation; return it with its id."""
        if self._transaction.waits(("conversation of", new.person_id)):
            await self._transaction.write_waiting()  # at most one row may be waiting
        made = await self._execute_beside(insert(conversation), _CONVERSATION.values(new))
        kept = replace(new, id=int(made.inserted_primary_key[0]))  # type: ignore[index]  # one row has one
        self._keep(kept)
        return kept

    async def save(self, changed: Conversation) -> None:
        """Update a conversation's row."""
        row = ("conversation of", changed.person_id)
        values = _CONVERSATION.values(changed, but=_FIXED)
        await self._later(_SAVE, row, {"of": changed.id, **values})
        self._keep(changed)

    async def delete(self, ended: Conversation) -> None:
        """Delete a conversation's row."""
        await self._later(_DELETE, ("conversation of", ended.person_id), {"of": ended.id})
        self._of.get(ended.person_id, {}).pop(ended.id, None)

    async def scrub(self, person_id: int, rewrite: Callable[[str], str]) -> None:
        """Apply *rewrite* to every string in a citizen's answers and drafts."""
        query = _CONVERSATION.query.where(conversation.c.person_id == person_id)
        for kept in _CONVERSATION.all(await self._execute(query)):
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
