"""The outbox: each row is one complete Bot API call, or one complete e-mail to staff."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update

from bot import watch
from bot.i18n import MARKS, unmarked
from bot.model.broadcast import BROADCAST
from bot.model.delivery import Reason
from bot.store import outbox_statements as statements
from bot.store.files import Files, NewFile
from bot.store.inbox import Inbox, NewInbox
from bot.store.outbox_statements import OutboxRow
from bot.store.repository import Depth, Repository, parts
from bot.store.row_mapper import RowMapper
from bot.store.tables import outbox
from bot.store.transaction import Transaction

TELEGRAM, MAIL = "telegram", "mail"  # channels
KEEP_DONE = timedelta(days=7)
# Points of doubt whether Telegram executed a call, and their limit. A request that was sent
# and got no answer adds 3. A row that was only claimed when its courier ended adds 1, since
# the call may not have begun.
UNANSWERED, TAKEN_OVER, MOST_DOUBT = 3, 1, 6
MOST_LANES = 500  # in one statement
TOPICS = {TELEGRAM: "outbox", MAIL: MAIL}  # of wake-ups
OUTCOME_PRIORITY = 10  # the citizen may be waiting for the outcome
DELIVERY, FILE_OF_BROADCAST = "delivery", "broadcast_file"  # whose result is asked for
TELL_DELIVERIES = (DELIVERY, FILE_OF_BROADCAST)
log = logging.getLogger("brobygger.store")


class Priority(IntEnum):
    """Priorities: lower goes first; rows of one chat and one priority keep their order."""

    DANGER = 0
    REPLY = 10
    FOLLOW_UP = 12  # a question after an answer: the answers to other citizens go first
    WARNING = 13  # about danger
    FETCH = 15  # download of a citizen's file; no answer depends on it
    REMINDER = 20
    BROADCAST = 30


@dataclass(frozen=True, slots=True)
class NewOutbox:
    """A new call. *on_result* is returned with the outcome in an inbox row of the lane.

    A parameter ``{"file": 7}`` uploads that file, which is deleted when the call has ended.
    For ``getFile`` the courier downloads, cleans and stores the file. In the channel `MAIL`
    the parameters are to, subject and text, and *chat_id* is the id of the member of staff.
    """

    chat_id: int
    lane: str
    method: str
    params: dict[str, Any]
    priority: int
    not_before: datetime | None = None  # None: now
    not_after: datetime | None = None
    quiet: bool = False  # not sent during the recipient's quiet hours
    channel: str = TELEGRAM
    on_result: dict[str, Any] | None = None
    card_id: int | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """The result of a claimed row: *state* is sent, failed, expired or retry."""

    id: int
    state: str
    error: str | None = None
    message_id: int | None = None
    result: dict[str, Any] | None = None
    not_before: datetime | None = None  # with retry
    ambiguous: bool = False  # with retry: Telegram may have executed the call
    shown_hash: str | None = None  # of a card
    file: NewFile | None = None  # with sent: the downloaded file; its id becomes the result


_NEW = RowMapper(NewOutbox, outbox)


class Outbox(Repository):
    """Calls: pending, claimed and ended."""

    def __init__(self, transaction: Transaction, inbox: Inbox, files: Files) -> None:
        """Work in *transaction*; *inbox* gets the requested outcomes, *files* the downloads."""
        super().__init__(transaction)
        self._inbox = inbox
        self._files = files

    async def put(self, row: NewOutbox) -> None:
        """Queue a call for the next write; a card's call at once replaces its pending one."""
        if row.card_id is not None:
            await self.add(row)
            return
        self._transaction.wake(TOPICS[row.channel])
        await self._later(statements.PUT, ("outbox", row.chat_id), self._values(row))

    async def add(self, row: NewOutbox) -> int:
        """Write a call at once; return its id."""
        self._transaction.wake(TOPICS[row.channel])
        statement = statements.ADD if row.card_id is None else statements.PUT_CARD
        return int((await self._execute(statement, self._values(row))).scalar_one())

    def _values(self, row: NewOutbox) -> dict[str, Any]:
        not_before = row.not_before or self._now
        return {
            **_NEW.values(row),
            "chat_id": int(row.chat_id),  # SQLite would keep any text here
            "params": _fit_to_read(row),
            "priority": int(row.priority),
            "not_before": not_before,
            "due": not_before <= self._now,
            "created_at": self._now,
        }

    async def claim(
        self,
        limit: int,
        *,
        epoch: int,
        lease_seconds: float,
        skip_chats: Collection[int],
        channel: str = TELEGRAM,
    ) -> list[OutboxRow]:
        """Claim rows to send now: at most one for each chat, and in order within a priority."""
        await self._execute(statements.MARK_DUE, {"now": self._now})
        known = {
            "now": self._now,
            "skip": list(skip_chats),
            "most": limit * 3,
            "by_channel": channel,
        }
        best: dict[int, Any] = {}
        for row in await self._execute(statements.CLAIMABLE, known):
            if len(best) < limit:
                best.setdefault(row.chat_id, row)
        if best:
            until = self._now + timedelta(seconds=lease_seconds)
            ids = [row.id for row in best.values()]
            await self._execute(statements.CLAIM, {"ids": ids, "by": epoch, "until": until})
        return [replace(_of_ours(row), epoch=epoch) for row in best.values()]

    async def finish(self, finished: Sequence[Finished], *, epoch: int | None = None) -> None:
        """Write the results of claimed rows together; skip rows that are not claimed.

        "sent" is accepted from any courier. Other results are accepted only from the courier
        of the row's *epoch*, since its successor may be sending the row by now.
        """
        if not finished:
            return
        landed = await self._execute(statements.LANDED, {"ids": [f.id for f in finished]})
        rows = {row.id: row for row in landed}
        known = [
            f
            for f in finished
            if f.id in rows and (f.state == "sent" or epoch in (None, rows[f.id].epoch))
        ]
        replaced = await self._replaced([rows[f.id] for f in known if f.state == "retry"])
        known = [
            replace(f, state="expired", error="replaced by newer content")
            if f.id in replaced
            else f
            for f in known
        ]
        await self._end([f for f in known if f.state != "retry"], rows)
        await self._put_back([f for f in known if f.state == "retry"])

    async def _replaced(self, again: Sequence[Any]) -> set[int]:
        """Return the ids of rows not to retry, because newer content of their card is pending."""
        cards = {row.card_id: row.id for row in again if row.card_id is not None}
        if not cards:
            return set()
        # Inserting a row for a card locks the card (foreign key), so none can appear after this.
        await self._execute(statements.LOCK_CARDS, {"ids": list(cards)})
        newer = await self._execute(statements.NEWER, {"ids": list(cards)})
        return {cards[row.card_id] for row in newer}

    async def _end(self, ended: Sequence[Finished], rows: Mapping[int, Any]) -> None:
        """End rows, update cards, delete uploaded files, add requested outcomes to the inbox."""
        if not ended:
            return
        at = self._now
        ended = [await self._kept(f) for f in ended]
        carried = [i for f in ended for i in carried_files(rows[f.id].params).values()]
        await self._files.drop_loose(carried)
        closed = [
            {"row_id": f.id, "to": f.state, "why": f.error, "message": f.message_id, "at": at}
            for f in ended
        ]
        await self._execute(statements.FINISH, closed)
        shown = [
            {"card": rows[f.id].card_id, "hash": f.shown_hash, "message": f.message_id, "at": at}
            for f in ended
            if f.state == "sent" and rows[f.id].card_id is not None
        ]
        if shown:
            await self._execute(statements.SHOW, shown)
        waited = [(f, rows[f.id]) for f in ended if rows[f.id].on_result is not None]
        await self._record([(f, row) for f, row in waited if "about" in row.on_result])
        waited = [(f, row) for f, row in waited if not _only_recorded(f, row.on_result)]
        await self._inbox.put([_outcome(f, row, at) for f, row in waited])

    async def _record(self, results: Sequence[tuple[Finished, Any]]) -> None:
        """Write the results of a broadcast's messages into the ledger, without an inbox row each.

        A message that was taken back is planned again, and so is one whose file was refused; its
        broadcast decides what follows.
        """
        values = [
            {
                "of": number,
                "to": _state(f, row),
                "why": _reason(f, row),
                "message": f.message_id,
                "at": self._now if f.state == "sent" else None,
            }
            for f, row in results
            for number in row.on_result.get("deliveries", ())
            if f.state != "sent" or f.message_id is not None
        ]
        if values:
            await self._execute(statements.RECORD, values)

    async def _kept(self, fetched: Finished) -> Finished:
        """Store a downloaded file in this transaction; return the result with its id."""
        new = fetched.file
        if new is None:
            return fetched
        file_id = await self._files.add(new.name, new.mime, new.content)
        result = {"file": file_id, "size": len(new.content), "sha256": new.sha256}
        return replace(fetched, file=None, result=result)

    async def _put_back(self, again: Sequence[Finished]) -> None:
        """Set rows to pending for another try."""
        if again:
            waiting = [
                {
                    "row_id": f.id,
                    "why": f.error,
                    "after": f.not_before or self._now,
                    "doubt": UNANSWERED if f.ambiguous else 0,
                }
                for f in again
            ]
            await self._execute(statements.RETRY, waiting)

    async def take_over(self, epoch: int, channel: str = TELEGRAM) -> list[OutboxRow]:
        """Claim rows of earlier couriers; add doubt, since they may have been sent."""
        known = {"by": epoch, "doubt": TAKEN_OVER, "by_channel": channel}
        rows = (await self._execute(statements.TAKE_OVER, known)).all()
        return [_of_ours(row) for row in sorted(rows, key=lambda r: int(r.id))]

    async def next_due(self) -> datetime | None:
        """Return when the next row that is not due yet becomes due, or None."""
        found: datetime | None = (
            await self._execute(statements.NEXT_DUE, {"now": self._now})
        ).scalar_one()
        return found

    async def depth(self) -> Depth:
        """Return the number of open rows that are due, and the due time of the oldest."""
        count, oldest = (await self._execute(statements.DEPTH, {"now": self._now})).one()
        return Depth(int(count), oldest)

    async def drop_lane(self, lane: str, priority_at_least: int) -> int:
        """Expire a lane's pending rows of this or a lower urgency (STOP); return their number."""
        return await self._drop(lane, outbox.c.priority >= int(priority_at_least))

    async def take_back(self, lanes: Collection[str], delivery_ids: Collection[int]) -> set[int]:
        """Expire the pending messages of deliveries; return all deliveries that they told.

        A message that a courier has just claimed is not sent again if this call fails.
        """
        found: set[int] = set()
        wanted = set(delivery_ids)
        for some in parts(lanes, MOST_LANES):
            query = select(outbox.c.id, outbox.c.on_result).where(
                statements.OPEN,
                outbox.c.lane.in_(some),
                outbox.c.on_result["what"].as_string().in_(TELL_DELIVERIES),
            )
            told = {
                row.id: row.on_result["deliveries"]
                for row in await self._execute(query)
                if wanted.intersection(row.on_result["deliveries"])
            }
            ended = {"state": "expired", "params": {}, "done_at": self._now}
            taken = update(outbox).where(statements.PENDING, outbox.c.id.in_(told)).values(**ended)
            back = [row.id for row in await self._execute(taken.returning(outbox.c.id))]
            flying = update(outbox).where(statements.CLAIMED, outbox.c.id.in_(told))
            await self._execute(flying.values(not_after=self._now))
            found |= {one for row_id in back for one in told[row_id]}
        return found

    async def take_back_about(self, about: str) -> dict[int, bool]:
        """Expire the pending messages about something.

        Return the deliveries that they told, and of each whether it was perhaps sent already. A
        message that a courier has just claimed is not sent again if this call fails.
        """
        is_about = outbox.c.on_result["about"].as_string() == about
        ended = {"state": "expired", "params": {}, "done_at": self._now}
        taken = update(outbox).where(statements.PENDING, is_about).values(**ended)
        back = await self._execute(taken.returning(outbox.c.on_result, outbox.c.ambiguous))
        told = {one: row.ambiguous > 0 for row in back for one in row.on_result["deliveries"]}
        flying = update(outbox).where(statements.CLAIMED, is_about).values(not_after=self._now)
        await self._execute(flying)
        return told

    async def open_about(self, about: str) -> int:
        """Return how many messages about something are not sent yet."""
        query = select(func.count()).where(
            statements.OPEN, outbox.c.on_result["about"].as_string() == about
        )
        return int((await self._execute(query)).scalar_one())

    async def drop_danger(self, lane: str, update_key: str) -> None:
        """Expire an update's pending danger reply, because the intake has sent it."""
        query = select(outbox.c.id, outbox.c.on_result).where(
            statements.PENDING, outbox.c.lane == lane, outbox.c.priority == int(Priority.DANGER)
        )
        given = [
            row.id
            for row in await self._execute(query)
            if row.on_result is not None and row.on_result.get("update") == update_key
        ]
        if given:
            await self._drop(lane, outbox.c.id.in_(given))

    async def _drop(self, lane: str, which: ColumnElement[bool]) -> int:
        statement = update(outbox).where(statements.PENDING, outbox.c.lane == lane, which)
        result = await self._execute(
            statement.values(state="expired", params={}, done_at=self._now)
        )
        return int(result.rowcount)

    async def scrub(self, lane: str, rewrite: Callable[[str], str]) -> None:
        """Apply *rewrite* to the text of a lane's pending rows."""
        query = select(outbox.c.id, outbox.c.params).where(
            statements.PENDING, outbox.c.lane == lane
        )
        for row in (await self._execute(query.with_for_update())).all():
            if isinstance(row.params.get("text"), str):
                params = {**row.params, "text": rewrite(row.params["text"])}
                await self._execute(
                    update(outbox).where(outbox.c.id == row.id).values(params=params)
                )

    async def purge(self, limit: int = 500) -> int:
        """Delete up to *limit* rows that ended over 7 days ago; return their number."""
        old = select(outbox.c.id).where(outbox.c.done_at < self._now - KEEP_DONE).limit(limit)
        result = await self._execute(delete(outbox).where(outbox.c.id.in_(old.scalar_subquery())))
        return int(result.rowcount)


_STATES = {"sent": "sent", "failed": "skipped"}
# Parts of Telegram's errors about the person, and not about the message.
OF_A_PERSON = ("chat not found", "user is deactivated", "PEER_ID_INVALID", "no rights to send")
FORBIDDEN = "403"  # begins Telegram's error for a person who has blocked the bot
NEVER_CONFIRMED = "sent again, never confirmed"


def _state(finished: Finished, row: Any) -> str:
    """Return the state of a broadcast's delivery after a result."""
    if is_file_refused(finished, row.on_result):
        return "planned"
    return _STATES.get(finished.state, "planned")


def _reason(finished: Finished, row: Any) -> Reason | None:
    """Return why a broadcast's message was not sent, or that it was perhaps sent twice.

    A *row* with doubt is one whose earlier call Telegram may have executed.
    """
    if finished.state != "failed" or is_file_refused(finished, row.on_result):
        return Reason.REPEATED if row.ambiguous > 0 else None
    if finished.error == NEVER_CONFIRMED:
        return Reason.UNCONFIRMED
    blocked = (finished.error or "").startswith(FORBIDDEN)
    return Reason.UNREACHABLE if blocked else Reason.FAILED


def is_file_refused(finished: Finished, on_result: Mapping[str, Any]) -> bool:
    """Return whether a broadcast's message failed because of its file: it would fail for all."""
    if finished.state != "failed" or on_result["what"] != FILE_OF_BROADCAST:
        return False
    error = finished.error or ""
    is_of_person = error.startswith(FORBIDDEN) or any(one in error for one in OF_A_PERSON)
    return not is_of_person and error != NEVER_CONFIRMED


def _only_recorded(finished: Finished, on_result: Mapping[str, Any]) -> bool:
    """Return whether a result goes into the ledger alone, and no inbox row is needed."""
    if "about" not in on_result:
        return False
    is_uploaded = bool(on_result.get("sent_as")) and not is_file_refused(finished, on_result)
    return on_result["what"] == DELIVERY or is_uploaded


def is_planned_again(row: OutboxRow) -> bool:
    """Return whether the ledger plans a row's message again where it cannot be sent now."""
    about: str = (row.on_result or {}).get("about", "")
    return about.startswith(f"{BROADCAST}:")


def carried_files(params: Mapping[str, Any]) -> dict[str, int]:
    """Return the ids of the files in a call's parameters, by parameter."""
    return {
        name: value["file"]
        for name, value in params.items()
        if isinstance(value, Mapping) and "file" in value
    }


def _fit_to_read(row: NewOutbox | OutboxRow) -> dict[str, Any]:
    """Return a call's parameters without marks of untranslated text; count and log a found mark.

    Refusing the row would withhold a whole answer from the citizen because of a mark.
    """
    words = str(row.params)  # searched as one string: hardly any call has a mark
    if not any(mark in words for mark in MARKS):
        return row.params
    watch.MARKS_TAKEN_OUT.inc()
    seen = {"method": row.method, "case": (row.on_result or {}).get("case")}
    log.warning("mark_taken_out", extra=seen)
    fit: dict[str, Any] = unmarked(row.params)
    return fit


def _of_ours(row: Any) -> OutboxRow:
    """Return a claimed row without marks; an earlier release may have written it with some."""
    claimed = statements.ROW.read(row)
    return replace(claimed, params=_fit_to_read(claimed))


def _outcome(finished: Finished, row: Any, at: datetime) -> NewInbox:
    """Return the outcome that *row* requested, as an inbox row of its lane."""
    payload = {
        "then": row.on_result,
        "state": finished.state,
        "error": finished.error,
        "message_id": finished.message_id,
        "result": finished.result,
    }
    return NewInbox("outcome", str(row.id), row.lane, OUTCOME_PRIORITY, payload, at)
