"""Build rows for the store's tests, with defaults for the other fields."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.engine.conversation import WAITING, Conversation
from bot.model.person import Person
from bot.store.inbox import NewInbox
from bot.store.outbox import NewOutbox, Priority
from bot.store.outbox_statements import OutboxRow
from bot.store.store import Store
from bot.store.unit import Unit

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def update(key: int, lane: str = "tg:1", priority: int = 10, **payload: Any) -> NewInbox:
    """Return an inbox row in the intake's form."""
    return NewInbox("telegram:7", str(key), lane, priority, payload or {"n": key}, AT)


def call(chat: int = 1, words: str = "Hej", **changed: Any) -> NewOutbox:
    """Return a call that sends *words* to *chat*."""
    known: dict[str, Any] = {"method": "sendMessage", "priority": Priority.REPLY, **changed}
    return NewOutbox(chat, f"tg:{chat}", params={"text": words}, **known)


def somebody(lane: str = "tg:1", **changed: Any) -> Person:
    """Return a citizen who is not stored yet."""
    known: dict[str, Any] = {"language": "da", "first_name": "Ana", **changed}
    return Person(id=0, lane=lane, chat_id=1, notice_at=AT, notice_version=1, **known)


def talk(person: int, state: str = WAITING, **changed: Any) -> Conversation:
    """Return a conversation that is not stored yet."""
    known: dict[str, Any] = {
        "answers": {"called": "Ana"},
        "draft": None,
        "started_at": AT,
        "touched_at": AT,
        **changed,
    }
    return Conversation(0, person, "settings", 1, state=state, **known)


async def put(store: Store, *rows: NewInbox) -> int:
    """Commit inbox rows; return the number of new ones."""
    async with store.unit() as unit:
        return await unit.inbox.put(rows)


async def send(store: Store, *rows: NewOutbox) -> list[int]:
    """Commit outbox rows; return their ids."""
    async with store.unit() as unit:
        return [await unit.outbox.add(row) for row in rows]


async def claim(store: Store, limit: int = 10, epoch: int = 1, *skip: int) -> list[OutboxRow]:
    """Claim outbox rows in a separate transaction."""
    async with store.unit() as unit:
        return await claim_in(unit, limit, epoch, *skip)


async def claim_in(unit: Unit, limit: int = 10, epoch: int = 1, *skip: int) -> list[OutboxRow]:
    """Claim outbox rows within *unit*."""
    return await unit.outbox.claim(limit, epoch=epoch, lease_seconds=60, skip_chats=skip)
