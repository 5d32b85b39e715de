"""Cards: messages of the bot that are edited in place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from bot.store.repository import Repository
from bot.store.tables import card


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card in one chat; without a message id it has not been sent."""

    id: int
    chat_id: int
    kind: str
    subject: str
    message_id: int | None
    shown_hash: str | None
    shown_at: datetime | None


class Cards(Repository):
    """Cards: the message that shows each one, and a hash of its content."""

    async def ensure(self, chat_id: int, kind: str, subject: str) -> CardRow:
        """Return the card; create it where it does not exist."""
        statement = self._insert(card).values(chat_id=chat_id, kind=kind, subject=subject)
        await self._execute(
            statement.on_conflict_do_nothing(index_elements=["chat_id", "kind", "subject"])
        )
        query = select(card).where(
            card.c.chat_id == chat_id, card.c.kind == kind, card.c.subject == subject
        )
        return CardRow(*(await self._execute(query)).one())

    async def get(self, card_id: int) -> CardRow | None:
        """Return a card by id."""
        found = (await self._execute(select(card).where(card.c.id == card_id))).first()
        return CardRow(*found) if found else None

    async def find(self, kind: str, subject: str) -> list[CardRow]:
        """Return every chat's card of one subject."""
        query = select(card).where(card.c.kind == kind, card.c.subject == subject)
        return [CardRow(*row) for row in await self._execute(query.order_by(card.c.id))]

    async def forget(self, card_id: int) -> None:
        """Clear a card's message id and hash, so that it is sent as a new message."""
        await self._execute(
            update(card).where(card.c.id == card_id).values(message_id=None, shown_hash=None)
        )
