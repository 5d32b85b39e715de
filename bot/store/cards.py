"""Cards: messages of the bot that are edited in place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
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


_CARD = RowMapper(CardRow, card)


class Cards(Repository):
    """Cards: the message that shows each one, and a hash of its content."""

    async def ensure(self, chat_id: int, kind: str, subject: str) -> CardRow:
        """Return the card; create it where it does not exist."""
        statement = self._insert(card).values(chat_id=chat_id, kind=kind, subject=subject)
        await self._execute(
            statement.on_conflict_do_nothing(index_elements=["chat_id", "kind", "subject"])
        )
        query = _CARD.query.where(
            card.c.chat_id == chat_id, card.c.kind == kind, card.c.subject == subject
        )
        return _CARD.read((await self._execute(query)).one())

    async def get(self, card_id: int) -> CardRow | None:
        """Return a card by id."""
        return _CARD.first(await self._execute(_CARD.query.where(card.c.id == card_id)))

    async def find(self, kind: str, subject: str) -> list[CardRow]:
        """Return every chat's card of one subject."""
        query = _CARD.query.where(card.c.kind == kind, card.c.subject == subject)
        return _CARD.all(await self._execute(query.order_by(card.c.id)))

    async def forget(self, card_id: int) -> None:
        """Clear a card's message id and hash, so that it is sent as a new message."""
        await self._execute(
            update(card).where(card.c.id == card_id).values(message_id=None, shown_hash=None)
        )
