"""SQL statements for the outbox, built once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    bindparam,
    case,
    exists,
    func,
    insert,
    select,
    text,
    union_all,
    update,
)

from bot.model.delivery import Reason
from bot.store.dialects import Dialect, Each
from bot.store.row_mapper import RowMapper
from bot.store.tables import card, delivery, outbox


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A claimed call."""

    id: int
    channel: str
    chat_id: int
    lane: str
    card_id: int | None
    method: str
    params: dict[str, Any]
    priority: int
    not_before: datetime
    not_after: datetime | None
    quiet: bool
    on_result: dict[str, Any] | None
    tries: int
    ambiguous: int
    epoch: int


ROW = RowMapper(OutboxRow, outbox)
# Literal SQL, since a database uses a partial index only for its exact condition.
PENDING = text("outbox.state = 'pending'")
CLAIMED = text("outbox.state = 'claimed'")
OPEN = text("outbox.state IN ('pending', 'claimed')")
_MARKED_DUE, _NOT_MARKED = text("outbox.ripe"), text("NOT outbox.ripe")
_OF_CARD = text("state = 'pending' AND card_id IS NOT NULL")
_other = outbox.alias("other")
_BLOCKED = exists().where(
    _other.c.chat_id == outbox.c.chat_id,
    text("other.state IN ('pending', 'claimed')"),
    _other.c.channel == outbox.c.channel,
    (_other.c.state == "claimed")
    | ((_other.c.priority == outbox.c.priority) & (_other.c.id < outbox.c.id)),
)
PUT = insert(outbox)
ADD = insert(outbox).returning(outbox.c.id)
# A row without a delay is due even if the clock was set back after it was written.
_DUE = (outbox.c.not_before <= bindparam("now")) | (outbox.c.not_before <= outbox.c.created_at)
# Touches only rows that became due since the last look, however many are due later.
MARK_DUE = (
    update(outbox)
    .where(PENDING, _NOT_MARKED, outbox.c.not_before <= bindparam("now"))
    .values(due=True)
)
CLAIMABLE = Each(
    lambda dialect: (
        ROW.query.where(
            PENDING,
            _MARKED_DUE,
            _DUE,  # the previous release sets rows to retry without clearing it
            outbox.c.channel == bindparam("by_channel"),
            ~dialect.among(outbox.c.chat_id, "skip"),
            ~_BLOCKED,
        )
        .order_by(outbox.c.priority, outbox.c.id)
        .limit(bindparam("most"))
        # Rows locked by a transaction that replaces or drops them are read at the next claim.
        .with_for_update(skip_locked=True, of=outbox)
    )
)
CLAIM = Each(
    lambda dialect: (
        update(outbox)
        .where(dialect.among(outbox.c.id, "ids"))
        .values(state="claimed", epoch=bindparam("by"), lease_until=bindparam("until"))
    )
)
LANDED = Each(
    lambda dialect: (
        select(
            *(
                outbox.c[name]
                for name in ("id", "lane", "on_result", "card_id", "epoch", "params", "ambiguous")
            )
        )
        .where(dialect.among(outbox.c.id, "ids"), CLAIMED)
        .order_by(outbox.c.id)
        .with_for_update()
    )
)
LOCK_CARDS = Each(
    lambda dialect: (
        select(card.c.id)
        .where(dialect.among(card.c.id, "ids"))
        .order_by(card.c.id)
        .with_for_update()
    )
)
NEWER = Each(
    lambda dialect: select(outbox.c.card_id).where(dialect.among(outbox.c.card_id, "ids"), PENDING)
)
# The result of a broadcast's message, while the message is still on its way. That it was perhaps
# sent before stays known.
RECORD = (
    update(delivery)
    .where(delivery.c.id == bindparam("of"), delivery.c.state == "queued")
    .values(
        state=bindparam("to"),
        reason=func.coalesce(
            bindparam("why", type_=delivery.c.reason.type),
            case((delivery.c.reason == Reason.REPEATED, delivery.c.reason)),
        ),
        message_id=bindparam("message", type_=delivery.c.message_id.type),
        sent_at=bindparam("at", type_=delivery.c.sent_at.type),
    )
)
FINISH = (
    update(outbox)
    .where(outbox.c.id == bindparam("row_id"))
    .values(
        state=bindparam("to"),
        error=bindparam("why"),
        message_id=bindparam("message"),
        params={},
        done_at=bindparam("at"),
    )
)
RETRY = (
    update(outbox)
    .where(outbox.c.id == bindparam("row_id"))
    .values(
        state="pending",
        error=bindparam("why"),
        not_before=bindparam("after"),
        due=False,
        lease_until=None,
        tries=outbox.c.tries + 1,
        ambiguous=outbox.c.ambiguous + bindparam("doubt"),
    )
)
SHOW = (
    update(card)
    .where(card.c.id == bindparam("card"))
    .values(
        shown_hash=bindparam("hash"),
        shown_at=bindparam("at"),
        message_id=func.coalesce(bindparam("message", type_=BigInteger), card.c.message_id),
    )
)
TAKE_OVER = (
    update(outbox)
    .where(CLAIMED, outbox.c.epoch < bindparam("by"), outbox.c.channel == bindparam("by_channel"))
    .values(epoch=bindparam("by"), ambiguous=outbox.c.ambiguous + bindparam("doubt"))
    .returning(*ROW.columns)
)
NEXT_DUE = select(func.min(outbox.c.not_before)).where(
    PENDING, _NOT_MARKED, outbox.c.not_before > bindparam("now")
)


def _depth() -> Any:
    """Return the query for the number of due rows; one part for each partial index."""
    due = outbox.c.not_before <= bindparam("now")
    kinds = ((PENDING, _MARKED_DUE), (PENDING, _NOT_MARKED), (CLAIMED,))
    each = union_all(
        *(
            select(func.count().label("many"), func.min(outbox.c.not_before).label("oldest")).where(
                *kind, due
            )
            for kind in kinds
        )
    ).subquery()
    return select(
        func.sum(each.c.many),
        func.min(each.c.oldest, type_=outbox.c.not_before.type),
    )


DEPTH = _depth()


def _put_card(dialect: Dialect) -> Any:
    """Return the insert that replaces the pending row of the same card."""
    new = dialect.insert(outbox)
    sooner = new.excluded.priority < outbox.c.priority
    kept = {
        "on_result": func.coalesce(new.excluded.on_result, outbox.c.on_result),
        "priority": case((sooner, new.excluded.priority), else_=outbox.c.priority),
    }
    taken = ("method", "params", "not_before", "not_after", "quiet", "due")
    return new.on_conflict_do_update(
        index_elements=["card_id"],
        index_where=_OF_CARD,
        set_={**{name: new.excluded[name] for name in taken}, **kept},
    ).returning(outbox.c.id)


PUT_CARD = Each(_put_card)
