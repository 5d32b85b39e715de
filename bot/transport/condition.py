"""The state of this process's intake: its last update, and what blocks further updates."""

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
STUCK = timedelta(minutes=10)  # updates wait at Telegram, and none was delivered
# Two pollers of one bot end each other's calls, and a call between two conflicts may succeed.
SETTLED = timedelta(seconds=30)
LONGEST_WORDS = 200  # characters kept of Telegram's error text
log = logging.getLogger("brobygger.intake")


class Why(StrEnum):
    """The reason why updates do not come in."""

    TOKEN = "token"  # noqa: S105 - a reason: Telegram rejects the token
    CONFLICT = "conflict"  # another program, or a webhook, takes the updates
    REFUSED = "refused"  # another Telegram error
    ELSEWHERE = "elsewhere"  # the webhook points to another address
    UNDELIVERED = "undelivered"  # updates wait, and Telegram cannot deliver them
    TELEGRAM = "telegram"  # Telegram cannot be reached
    STORE = "store"  # the database takes no writes


_BY_CODE = {UNAUTHORIZED: Why.TOKEN, NOT_FOUND: Why.TOKEN, CONFLICT: Why.CONFLICT}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One reason why updates do not come in, since when, and when it was last seen."""

    why: Why
    words: str
    since: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class WebhookInfo:
    """Telegram's WebhookInfo: where updates go, how many wait, and the last delivery error."""

    url: str = ""
    pending: int = 0
    error_at: datetime | None = None
    error: str = ""

    @classmethod
    def of(cls, info: Mapping[str, Any]) -> WebhookInfo:
        """Return the fields of an answer of Telegram's."""
        stamp = info.get("last_error_date")
        return cls(
            url=str(info.get("url") or ""),
            pending=int(info.get("pending_update_count") or 0),
            error_at=datetime.fromtimestamp(int(stamp), UTC) if stamp else None,
            error=str(info.get("last_error_message") or "")[:LONGEST_WORDS],
        )

    @property
    def host(self) -> str:
        """Return the host that receives the updates; "nowhere" without a webhook."""
        return urlsplit(self.url).hostname or "nowhere"


class IntakeCondition:
    """Records the successes and errors of this process's intake, for readiness and metrics."""

    def __init__(self, clock: Clock) -> None:
        """Start as a process without the intake role."""
        self._clock = clock
        self.way = ""  # polling or webhook, while this process has the intake
        self.began: datetime | None = None
        self.taken_at: datetime | None = None
        self.trouble: Trouble | None = None
        self.info = WebhookInfo()
        self._waits_since: datetime | None = None

    @property
    def last_seen(self) -> datetime | None:
        """Return when updates last came in, else when the intake began; None without the role."""
        return max(self.began, self.taken_at or self.began) if self.began else None

    def begin(self, way: str) -> None:
        """Record that this process takes the intake role now."""
        self.way, self.began = way, self._clock.now()

    def end(self) -> None:
        """Record that this process has lost the intake role."""
        self.way, self.began, self.trouble = "", None, None
        self.info, self._waits_since = WebhookInfo(), None

    def took(self) -> None:
        """Record that updates were polled or delivered, and committed."""
        self.taken_at = self._clock.now()

    def well(self) -> None:
        """Clear the trouble; keep a conflict of two pollers for 30 seconds after its last error."""
        trouble, now = self.trouble, self._clock.now()
        if trouble is None or (trouble.why is Why.CONFLICT and now - trouble.last < SETTLED):
            return
        self.trouble = None
        seconds = int((now - trouble.since).total_seconds())
        log.info("intake_works", extra={"was": trouble.why.value, "seconds": seconds})

    def settle(self) -> None:
        """Clear the trouble where updates came in after its last error."""
        if self.trouble and self.taken_at and self.taken_at > self.trouble.last:
            self.well()

    def suffers(self, refused: str, error: DatabaseUnavailable | TransportError) -> None:
        """Log and record an error; *refused* is the log event for an `ApiError`."""
        if isinstance(error, DatabaseUnavailable):
            log.warning("database_unavailable", extra={"why": str(error)})
            self._fails(Why.STORE, "the database takes nothing")
        elif isinstance(error, ApiError):
            says = error.description[:LONGEST_WORDS]
            log.warning(refused, extra={"code": error.code, "says": says})
            self._fails(_BY_CODE.get(error.code, Why.REFUSED), f"refused: {error.code} {says}")
        else:
            log.warning("telegram_unreachable")
            self._fails(Why.TELEGRAM, "Telegram cannot be reached")

    def note(self, info: Mapping[str, Any]) -> None:
        """Record from Telegram's WebhookInfo how many updates wait, and the last delivery error."""
        self.info = WebhookInfo.of(info)
        if not self.info.pending:
            self._waits_since = None
        elif self._waits_since is None:
            self._waits_since = self._clock.now()

    def judge(self, url: str, info: Mapping[str, Any], heard: datetime | None) -> None:
        """Record from a WebhookInfo whether Telegram can deliver updates to *url*.

        *heard* is when any process last committed an update.
        """
        self.note(info)
        if self.info.url != url:
            log.warning("webhook_elsewhere", extra={"host": self.info.host})
            self._fails(Why.ELSEWHERE, f"Telegram brings the updates to {self.info.host}")
        elif self._undelivered(heard):
            log.warning("webhook_fails", extra={"says": self.info.error})
            says = f"; it says: {self.info.error}" if self.info.error else ""
            pending = f"updates that wait at Telegram: {self.info.pending}"
            self._fails(Why.UNDELIVERED, f"{pending}{says}")
        else:
            self.well()

    def _undelivered(self, heard: datetime | None) -> bool:
        """Return whether updates wait, and a delivery failed or none came for 10 minutes.

        A webhook without updates is healthy as long as none wait at Telegram.
        """
        if not self.info.pending or self._waits_since is None:
            return False
        now = self._clock.now()
        last = max((at for at in (self.taken_at, heard) if at is not None), default=None)
        failed = self.info.error_at
        if failed is not None and now - failed < ERROR_IS_NEW:
            # Telegram's error time has whole seconds.
            return last is None or failed >= last.replace(microsecond=0)
        return now - self._waits_since >= STUCK and (last is None or last < self._waits_since)

    def _fails(self, why: Why, words: str) -> None:
        """Record the trouble, and since when it lasts."""
        now, before = self._clock.now(), self.trouble
        same = before is not None and before.why is why
        since = before.since if before is not None and same else now
        self.trouble = Trouble(why, words, since, now)
