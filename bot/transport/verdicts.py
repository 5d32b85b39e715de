"""What Telegram's answer to a call means for its row; pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.errors import Ambiguous, ApiError, TransportError
from bot.store.outbox import Finished, OutboxRow

CARD = "card"
LONGEST_BACKOFF = 60.0  # seconds
MOST_FAULTS = 10  # answers 5xx to one row, at growing distances: some ten minutes
UNAUTHORIZED, FORBIDDEN, TOO_MANY, SERVER_FAULT = 401, 403, 429, 500
# What is asked for is so already.
_ALREADY_SO = ("message is not modified", "message to delete not found")
# The message of a card is not there to be edited.
_CARD_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a row: *state* is sent, failed, expired or retry.

    *label* is what is counted, *wait* seconds until a retry or *until* its
    time; *flood* says for how long Telegram wants the chat left alone.
    """

    state: str
    label: str
    error: str | None = None
    message_id: int | None = None
    result: dict[str, Any] | None = None
    wait: float = 0.0
    until: datetime | None = None
    ambiguous: bool = False
    flood: float | None = None
    unreachable: bool = False
    forget_card: bool = False
    shown_hash: str | None = None

    def finished(self, row: OutboxRow, now: datetime) -> Finished:
        """Return what the outbox is to write."""
        again = self.until or now + timedelta(seconds=self.wait)
        return Finished(
            row.id,
            self.state,
            error=self.error,
            message_id=self.message_id,
            result=self.result if row.then is not None else None,
            not_before=again if self.state == "retry" else None,
            ambiguous=self.ambiguous,
            shown_hash=self.shown_hash,
        )


def hash_params(params: Mapping[str, Any]) -> str:
    """Return a hash of what a card shows."""
    return hashlib.sha256(json.dumps(params, sort_keys=True).encode()).hexdigest()


def judge_result(row: OutboxRow, result: Any, shown_hash: str | None) -> Verdict:
    """Return that the row went out."""
    message_id = result.get("message_id") if isinstance(result, dict) else None
    return Verdict(
        "sent",
        "sent",
        message_id=message_id,
        # A message holds words, and its id is all that anybody asks for.
        result=result if isinstance(result, dict) and message_id is None else None,
        shown_hash=shown_hash if row.card_id is not None else None,
    )


def judge_error(
    row: OutboxRow, error: TransportError, *, faults: int, shown_hash: str | None
) -> Verdict:
    """Return what an error means; *faults* counts the answers 5xx to this row before."""
    match error:
        case ApiError():
            return _judge_answer(row, error, faults, shown_hash)
        case Ambiguous() if row.ambiguous:
            return Verdict("failed", "ambiguous", error="no answer, and none the second time")
        case Ambiguous():
            return Verdict("retry", "ambiguous", error="no answer", ambiguous=True)
        case _:
            return Verdict("retry", "unreachable", error="not reached", wait=back_off(row))


def back_off(row: OutboxRow) -> float:
    """Return the seconds until a row is tried again."""
    return float(min(LONGEST_BACKOFF, 2.0 ** min(row.tries, 10)))


def _judge_answer(row: OutboxRow, error: ApiError, faults: int, shown_hash: str | None) -> Verdict:
    """Return what Telegram's own word means."""
    words = error.description.lower()
    if error.code == TOO_MANY:
        seconds = error.retry_after or 1.0
        return Verdict("retry", "flood_limited", error=str(error), wait=seconds, flood=seconds)
    if error.code >= SERVER_FAULT:
        if faults < MOST_FAULTS:
            return Verdict("retry", "server_fault", error=str(error), wait=back_off(row))
        return Verdict("failed", "failed", error=str(error))
    if error.code == UNAUTHORIZED:  # the token was revoked; no row can help that
        return Verdict("retry", "unauthorized", error=str(error), wait=LONGEST_BACKOFF)
    if error.code == FORBIDDEN:
        # A group that threw us out says nothing of the citizen whose lane this is.
        return Verdict("failed", "forbidden", error=str(error), unreachable=row.chat_id > 0)
    if any(so in words for so in _ALREADY_SO):
        return Verdict("sent", "sent", shown_hash=shown_hash if row.card_id is not None else None)
    if row.method == CARD and any(gone in words for gone in _CARD_GONE):
        return Verdict("retry", "card_gone", error=str(error), forget_card=True)
    return Verdict("failed", "failed", error=str(error))
