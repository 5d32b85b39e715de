"""How the intake of this process does: what it took in last, and what keeps updates from it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from bot.clock import Clock
from bot.errors import ApiError, DatabaseUnavailable, TransportError

UNAUTHORIZED, NOT_FOUND, CONFLICT = 401, 404, 409
ERROR_IS_NEW = timedelta(hours=1)
STUCK = timedelta(minutes=10)  # updates wait at Telegram, and none was brought
# Two pollers of one bot end each other's calls in turn, and between two refusals one may succeed.
SETTLED = timedelta(seconds=30)
LONGEST_WORDS = 200  # letters of Telegram's
log = logging.getLogger("brobygger.intake")


class Why(StrEnum):
    """What keeps updates from coming in."""

    TOKEN = "token"  # noqa: S105 - Telegram does not know it
    CONFLICT = "conflict"  # another program, or a webhook, takes the updates
    REFUSED = "refused"  # another error of Telegram's
    ELSEWHERE = "elsewhere"  # the webhook has another address than ours
    UNDELIVERED = "undelivered"  # updates wait, and Telegram cannot bring them
    TELEGRAM = "telegram"  # it cannot be reached
    STORE = "store"  # the database takes no writes


_BY_CODE = {UNAUTHORIZED: Why.TOKEN, NOT_FOUND: Why.TOKEN, CONFLICT: Why.CONFLICT}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that keeps updates from coming in."""

    why: Why
    words: str
    since: datetime
    last: datetime


class IntakeCondition:
    """Keeps what the intake of this process meets; readiness and metrics are read from it."""

    def __init__(self, clock: Clock) -> None:
        """Begin as a process that does not have the intake."""
        self._clock = clock
        self.way = ""  # polling or webhook, while this process has the intake
        self.began: datetime | None = None
        self.taken_at: datetime | None = None
        self.trouble: Trouble | None = None
        self.pending = 0
        self.error_at: datetime | None = None
        self._error = ""
        self._waits_since: datetime | None = None

    @property
    def last_seen(self) -> datetime | None:
        """Return when updates last came in, or since when this process tries; None on stand-by."""
        return max(self.began, self.taken_at or self.began) if self.began else None

    def begin(self, way: str) -> None:
        """Note that this process has the intake from now on."""
        self.way, self.began = way, self._clock.now()

    def end(self) -> None:
        """Note that this process no longer has the intake."""
        self.way, self.began, self.trouble = "", None, None
        self.pending, self.error_at, self._waits_since = 0, None, None

    def took(self) -> None:
        """Note that updates were fetched, or brought, and committed."""
        self.taken_at = self._clock.now()

    def well(self) -> None:
        """Note that nothing is wrong; a conflict of two pollers is over after half a minute."""
        trouble, now = self.trouble, self._clock.now()
        if trouble is None or (trouble.why is Why.CONFLICT and now - trouble.last < SETTLED):
            return
        self.trouble = None
        seconds = int((now - trouble.since).total_seconds())
        log.info("intake_works", extra={"was": trouble.why.value, "seconds": seconds})

    def settle(self) -> None:
        """End a conflict of two pollers where updates came in after the last refusal."""
        if self.trouble and self.taken_at and self.taken_at > self.trouble.last:
            self.well()

    def suffers(self, refused: str, error: DatabaseUnavailable | TransportError) -> None:
        """Note an error, and log it: *refused* is the event where Telegram has refused."""
        if isinstance(error, DatabaseUnavailable):
            log.warning("store_away")
            self._fails(Why.STORE, "the database takes nothing")
        elif isinstance(error, ApiError):
            says = error.description[:LONGEST_WORDS]
            log.warning(refused, extra={"code": error.code, "says": says})
            self._fails(_BY_CODE.get(error.code, Why.REFUSED), f"refused: {error.code} {says}")
        else:
            log.warning("telegram_away")
            self._fails(Why.TELEGRAM, "Telegram cannot be reached")

    def note(self, info: Mapping[str, Any]) -> None:
        """Note Telegram's WebhookInfo: how many updates wait, and the last failure to bring one."""
        self.pending = int(info.get("pending_update_count") or 0)
        stamp = info.get("last_error_date")
        self.error_at = datetime.fromtimestamp(int(stamp), UTC) if stamp else None
        self._error = str(info.get("last_error_message") or "")[:LONGEST_WORDS]
        if not self.pending:
            self._waits_since = None
        elif self._waits_since is None:
            self._waits_since = self._clock.now()

    def judge(self, url: str, info: Mapping[str, Any], heard: datetime | None) -> None:
        """Tell from a WebhookInfo whether Telegram can bring updates to *url*.

        *heard* is when an update last came in to any process.
        """
        self.note(info)
        if info.get("url") != url:
            host = urlsplit(str(info.get("url") or "")).hostname or "nowhere"
            log.warning("webhook_elsewhere", extra={"host": host})
            self._fails(Why.ELSEWHERE, f"Telegram brings the updates to {host}")
        elif self._undelivered(heard):
            log.warning("webhook_fails", extra={"says": self._error})
            says = f"; it says: {self._error}" if self._error else ""
            self._fails(Why.UNDELIVERED, f"updates that wait at Telegram: {self.pending}{says}")
        else:
            self.well()

    def _undelivered(self, heard: datetime | None) -> bool:
        """Tell whether updates wait that Telegram failed to bring, or that do not become fewer.

        A webhook that brings nothing all night is well as long as nothing waits.
        """
        if not self.pending or self._waits_since is None:
            return False
        now = self._clock.now()
        last = max((at for at in (self.taken_at, heard) if at is not None), default=None)
        if self.error_at is not None and now - self.error_at < ERROR_IS_NEW:
            # Telegram gives whole seconds.
            return last is None or self.error_at >= last.replace(microsecond=0)
        return now - self._waits_since >= STUCK and (last is None or last < self._waits_since)

    def _fails(self, why: Why, words: str) -> None:
        """Keep what is wrong, and since when."""
        now, before = self._clock.now(), self.trouble
        same = before is not None and before.why is why
        since = before.since if before is not None and same else now
        self.trouble = Trouble(why, words, since, now)
