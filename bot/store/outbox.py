"""The outbox: one row is one Bot API call, final when written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from sqlalchemy import bindparam, delete, exists, func, insert, select, update

from bot.store.inbox import NewInbox
from bot.store.repository import Depth, Repository
from bot.store.tables import card, outbox

KEEP_DONE = timedelta(days=7)
OUTCOME_PRIORITY = 10  # an outcome is part of what the citizen waits for


class Priority(IntEnum):
    """Who goes first; order is kept among rows of one chat and one priority."""

    DANGER = 0
    REPLY = 10
    REMINDER = 20
    BROADCAST = 30


@dataclass(frozen=True, slots=True)
class NewOutbox:
    """A call to be made. *then* comes back with the outcome as an inbox row of the lane."""

    chat_id: int
    lane: str
    method: str
    params: dict[str, Any]
    priority: int
    not_before: datetime | None = None  # None: now
    not_after: datetime | None = None
    quiet: bool = False  # waits out the recipient's quiet hours
    channel: str = "telegram"
    then: dict[str, Any] | None = None
    card_id: int | None = None


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A call that was claimed."""

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
    then: dict[str, Any] | None
    tries: int
    ambiguous: int
    epoch: int


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of a claimed row: *state* is sent, failed, expired or retry."""

    id: int
    state: str
    error: str | None = None
    message_id: int | None = None
    result: dict[str, Any] | None = None
    not_before: datetime | None = None  # with retry
    ambiguous: bool = False  # with retry: it may have been carried out
    shown_hash: str | None = None  # of a card


_COLUMNS = tuple(
    outbox.c[name]
    for name in (
        "id",
        "channel",
        "chat_id",
        "lane",
        "card_id",
        "method",
        "params",
        "priority",
        "not_before",
        "not_after",
        "quiet",
        "then",
        "tries",
        "ambiguous",
    )
)
_other = outbox.alias("other")
_CLAIMABLE = (
    select(*_COLUMNS)
    .where(
        outbox.c.state == "pending",
        outbox.c.not_before <= bindparam("now"),
        outbox.c.channel == "telegram",
        outbox.c.chat_id.not_in(bindparam("skip", expanding=True)),
        ~exists().where(
            _other.c.chat_id == outbox.c.chat_id,
            _other.c.state.in_(["pending", "claimed"]),
            (_other.c.state == "claimed")
            | ((_other.c.priority == outbox.c.priority) & (_other.c.id < outbox.c.id)),
        ),
    )
    .order_by(outbox.c.priority, outbox.c.id)
    .limit(bindparam("most"))
)
_CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)))
    .values(state="claimed", epoch=bindparam("by"), lease_until=bindparam("until"))
)
_FINISH = (
    update(outbox)
    .where(outbox.c.id == bindparam("row_id"))
    .values(
        state=bindparam("to"),
        error=bindparam("why"),
        message_id=bindparam("message"),
        params=bindparam("left"),
        done_at=bindparam("at"),
    )
)
_RETRY = (
    update(outbox)
    .where(outbox.c.id == bindparam("row_id"))
    .values(
        state="pending",
        error=bindparam("why"),
        not_before=bindparam("after"),
        tries=outbox.c.tries + 1,
        ambiguous=outbox.c.ambiguous + bindparam("doubt"),
    )
)


class Outbox(Repository):
    """Calls to be made, under way, and made."""

    async def add(self, row: NewOutbox) -> int:
        """Write a call; of a card's calls only the newest waits."""
        values = {
            "channel": row.channel,
            "chat_id": row.chat_id,
            "lane": row.lane,
            "card_id": row.card_id,
            "method": row.method,
            "params": row.params,
            "priority": row.priority,
            "not_before": row.not_before or self._now,
            "not_after": row.not_after,
            "quiet": row.quiet,
            "then": row.then,
            "created_at": self._now,
        }
        self._unit.ring("outbox")
        if row.card_id is not None:
            newer = {k: values[k] for k in ("params", "not_before", "not_after", "priority")}
            waiting = (outbox.c.card_id == row.card_id) & (outbox.c.state == "pending")
            replaced = await self._execute(
                update(outbox).where(waiting).values(newer).returning(outbox.c.id)
            )
            found = replaced.scalar_one_or_none()
            if found is not None:
                return int(found)
        return await self._id_of(insert(outbox).values(values))

    async def claim(
        self, limit: int, *, epoch: int, lease_seconds: float, skip_chats: Collection[int]
    ) -> list[OutboxRow]:
        """Claim what may go now: at most one row a chat, none behind an older one of its kind."""
        known = {"now": self._now, "skip": list(skip_chats), "most": limit * 3}
        best: dict[int, Any] = {}
        for row in await self._execute(_CLAIMABLE, known):
            if len(best) < limit:
                best.setdefault(row.chat_id, row)
        if best:
            until = self._now + timedelta(seconds=lease_seconds)
            ids = [row.id for row in best.values()]
            await self._execute(_CLAIM, {"ids": ids, "by": epoch, "until": until})
        return [OutboxRow(*row, epoch=epoch) for row in best.values()]

    async def finish(self, finished: Sequence[Finished]) -> None:
        """Write what came of claimed rows, all together."""
        ended = [f for f in finished if f.state != "retry"]
        again = [f for f in finished if f.state == "retry"]
        if ended:
            await self._write_outcomes(ended)
            await self._execute(
                _FINISH,
                [
                    {
                        "row_id": f.id,
                        "to": f.state,
                        "why": f.error,
                        "message": f.message_id,
                        "left": {},
                        "at": self._now,
                    }
                    for f in ended
                ],
            )
        if again:
            await self._execute(
                _RETRY,
                [
                    {
                        "row_id": f.id,
                        "why": f.error,
                        "after": f.not_before or self._now,
                        "doubt": int(f.ambiguous),
                    }
                    for f in again
                ],
            )

    async def _write_outcomes(self, ended: Sequence[Finished]) -> None:
        """Give outcomes back where somebody waits for them, and note what cards show."""
        by_id = {f.id: f for f in ended}
        query = select(outbox.c.id, outbox.c.lane, outbox.c.then, outbox.c.card_id).where(
            outbox.c.id.in_(list(by_id)),
            outbox.c.then.is_not(None) | outbox.c.card_id.is_not(None),
        )
        rows = (await self._execute(query)).all()
        come = []
        for row in rows:
            f = by_id[row.id]
            if row.card_id is not None and f.state == "sent":
                shown = {"shown_hash": f.shown_hash, "shown_at": self._now}
                if f.message_id is not None:
                    shown["message_id"] = f.message_id
                await self._execute(update(card).where(card.c.id == row.card_id).values(shown))
            if row.then is not None:
                payload = {
                    "then": row.then,
                    "state": f.state,
                    "error": f.error,
                    "message_id": f.message_id,
                    "result": f.result,
                }
                come.append(
                    NewInbox("outcome", str(row.id), row.lane, OUTCOME_PRIORITY, payload, self._now)
                )
        await self._unit.inbox.put(come)

    async def take_over(self, epoch: int) -> list[OutboxRow]:
        """Re-claim what a forerunner had claimed: it may have been sent, so it is in doubt."""
        mine = (outbox.c.state == "claimed") & (outbox.c.epoch < epoch)
        statement = (
            update(outbox)
            .where(mine)
            .values(epoch=epoch, ambiguous=outbox.c.ambiguous + 1)
            .returning(*_COLUMNS)
        )
        rows = (await self._execute(statement)).all()
        return [OutboxRow(*row, epoch=epoch) for row in sorted(rows, key=lambda r: r.id)]

    async def next_due(self) -> datetime | None:
        """Return when the next row that waits for its time may go."""
        query = select(func.min(outbox.c.not_before)).where(
            outbox.c.state == "pending", outbox.c.not_before > self._now
        )
        found: datetime | None = (await self._execute(query)).scalar_one()
        return found

    async def depth(self) -> Depth:
        """Return how much waits that could go now."""
        query = select(func.count(), func.min(outbox.c.not_before)).where(
            outbox.c.state.in_(["pending", "claimed"]), outbox.c.not_before <= self._now
        )
        count, oldest = (await self._execute(query)).one()
        return Depth(count, oldest)

    async def drop_lane(self, lane: str, priority_at_least: int) -> int:
        """Let the waiting rows of a lane go, from a priority downwards: STOP."""
        statement = update(outbox).where(
            outbox.c.state == "pending",
            outbox.c.lane == lane,
            outbox.c.priority >= priority_at_least,
        )
        result = await self._execute(
            statement.values(state="expired", params={}, done_at=self._now)
        )
        return int(result.rowcount)

    async def drop_danger(self, lane: str) -> None:
        """Let waiting numbers for somebody in danger go: the intake has given them itself."""
        statement = update(outbox).where(
            outbox.c.state == "pending",
            outbox.c.lane == lane,
            outbox.c.priority == Priority.DANGER,
        )
        await self._execute(statement.values(state="expired", params={}, done_at=self._now))

    async def scrub(self, lane: str, rewrite: Callable[[str], str]) -> None:
        """Apply *rewrite* to the text of a lane's waiting rows."""
        waiting = (outbox.c.state == "pending") & (outbox.c.lane == lane)
        rows = (await self._execute(select(outbox.c.id, outbox.c.params).where(waiting))).all()
        for row in rows:
            if isinstance(row.params.get("text"), str):
                params = {**row.params, "text": rewrite(row.params["text"])}
                await self._execute(
                    update(outbox).where(outbox.c.id == row.id).values(params=params)
                )

    async def purge(self, limit: int = 500) -> int:
        """Delete up to *limit* rows that were kept long enough."""
        old = select(outbox.c.id).where(outbox.c.done_at < self._now - KEEP_DONE).limit(limit)
        result = await self._execute(delete(outbox).where(outbox.c.id.in_(old.scalar_subquery())))
        return int(result.rowcount)
