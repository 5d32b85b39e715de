"""Make one call to Telegram and turn its result or error into an outbox row's new state."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot import watch
from bot.clock import Clock
from bot.errors import Ambiguous, ApiError, ServerFault, TransportError, Unreachable
from bot.json_text import digest_of
from bot.store.files import NewFile
from bot.store.outbox import Finished, Priority
from bot.store.outbox_statements import OutboxRow
from bot.transport.api import FLOOD, BotApi, Files
from bot.transport.fetching import FETCHING, NOT_FOUND, UNAUTHORIZED, PhotoDownloader
from bot.transport.pacing import PROBE_EVERY, Pacing
from bot.transport.pictures import NotTaken

UPLOAD_TIMEOUT = 60.0  # seconds
FORBIDDEN, BAD_REQUEST = 403, 400
GONE = "message to edit not found"
TOKEN_PAUSE = 30.0  # seconds between tries with a token that Telegram does not know
MOST_FAULTS = 24  # tries, over an hour of server errors: then this call has the fault
PROBE_TIMEOUT = 3.0  # seconds for getMe while Telegram does not answer
LONGEST_BACKOFF = timedelta(minutes=5)
log = logging.getLogger("brobygger.courier")


class Result(StrEnum):
    """The result of a call, as a label of the count."""

    SENT = "sent"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    SERVER_FAULT = "server_fault"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a call; the courier writes all of it in one transaction."""

    finished: Finished
    unreachable: str | None = None  # the lane of a citizen who has blocked the bot
    vanished: int | None = None  # id of a card whose message was deleted


@dataclass(slots=True)
class Calls:
    """Makes calls, and tracks whether Telegram answers.

    *seconds* is the clock for pacing: real time, also where *clock* is the demo's.
    """

    api: BotApi
    clock: Clock
    pacing: Pacing
    seconds: Callable[[], float]
    _photos: PhotoDownloader = field(init=False)
    _silent: bool = False  # a call ended ambiguously, and no probe has been answered since
    _probed: float = -math.inf

    def __post_init__(self) -> None:
        """Make the photo downloader."""
        self._photos = PhotoDownloader(self.api)

    async def answered(self, now: float) -> bool:
        """Return whether Telegram answers; after an ambiguous call, probe it with getMe.

        A row whose call ended ambiguously has one more try. The probe keeps an outage
        from using that try up.
        """
        if not self._silent:
            return True
        if now - self._probed < PROBE_EVERY:
            return False
        self._probed = now
        try:
            await self.api.call("getMe", {}, timeout=PROBE_TIMEOUT)
        except (Unreachable, Ambiguous):
            return False
        except ApiError:
            log.info("probe_refused")  # an error is an answer too
        self._silent = False
        return True

    async def make(
        self, row: OutboxRow, method: str, params: dict[str, Any], files: Files | None = None
    ) -> Outcome:
        """Make the call of *row*, none where *method* is empty; return its outcome."""
        shown = digest_of(row.params) if row.card_id else None
        if not method:
            return Outcome(Finished(row.id, "sent", shown_hash=shown))
        try:
            result = await self._call(method, params, files)
        except ApiError as error:
            is_redraw = method == "editMessageText" and not row.card_id
            is_correction = row.priority >= Priority.BROADCAST
            if is_redraw and not is_correction and GONE in error.description:
                # The message to edit was deleted, so send the text as a new message.
                anew = {name: value for name, value in params.items() if name != "message_id"}
                return await self.make(row, "sendMessage", anew)
            return self._refused(row, error, shown)
        except (Unreachable, Ambiguous) as error:
            return Outcome(self._unanswered(row, error))
        self.pacing.succeeded()
        return Outcome(self._came(row, result, shown))

    def _came(self, row: OutboxRow, result: Any, shown: str | None) -> Finished:
        """Return the finished row of a call without error: sent, or failed for a bad picture."""
        if isinstance(result, NotTaken):
            watch.SENDS.labels(Result.REFUSED).inc()
            return Finished(row.id, "failed", error=result.value)
        watch.SENDS.labels(Result.SENT).inc()
        if isinstance(result, NewFile):
            return Finished(row.id, "sent", file=result)
        message = result if isinstance(result, dict) else {}
        return Finished(
            row.id,
            "sent",
            message_id=message.get("message_id"),
            result=message if row.on_result is not None else None,
            shown_hash=shown,
        )

    async def _call(self, method: str, params: dict[str, Any], files: Files | None) -> Any:
        """Make the call, uploading *files*; for getFile, download and clean the picture instead."""
        if method == FETCHING:
            return await self._photos.fetch(params["file_id"])
        if not files:
            return await self.api.call(method, params)
        bare = {name: value for name, value in params.items() if name not in files}
        return await self.api.call(method, bare, timeout=UPLOAD_TIMEOUT, files=files)

    def _refused(self, row: OutboxRow, error: ApiError, shown: str | None) -> Outcome:
        """Return the outcome for a Telegram error: retry, sent or failed; pause after a 429."""
        now = self.clock.now()
        if error.code == FLOOD:
            watch.LIMITED.inc()
            wait = error.retry_after or 1.0
            self.pacing.limited(row.chat_id, wait, self.seconds())
            return Outcome(Finished(row.id, "retry", not_before=now + timedelta(seconds=wait)))
        if error.code == BAD_REQUEST and "message is not modified" in error.description:
            return Outcome(Finished(row.id, "sent", shown_hash=shown))
        if row.card_id and error.code == BAD_REQUEST and GONE in error.description:
            return Outcome(Finished(row.id, "retry", not_before=now), vanished=row.card_id)
        if error.code in (UNAUTHORIZED, NOT_FOUND):
            # The token was revoked or is mistyped: keep the row and retry it.
            self.pacing.limited(row.chat_id, TOKEN_PAUSE, self.seconds())
            due = retry_at(self.clock.now(), row.tries)
            return Outcome(Finished(row.id, "retry", not_before=due, error=str(error)))
        if row.method == "deleteMessage" and "message to delete not found" in error.description:
            return Outcome(Finished(row.id, "sent"))  # it is deleted already
        watch.SENDS.labels(Result.REFUSED).inc()
        blocked = error.code == FORBIDDEN and row.chat_id > 0
        return Outcome(
            Finished(row.id, "failed", error=str(error)), unreachable=row.lane if blocked else None
        )

    def _unanswered(self, row: OutboxRow, error: TransportError) -> Finished:
        """Return a retry for an unanswered call; a failure for a server error after 24 tries."""
        self._silent = self._silent or isinstance(error, Ambiguous)
        match error:
            case ServerFault():
                result = Result.SERVER_FAULT
            case Ambiguous():
                result = Result.AMBIGUOUS
            case _:
                result = Result.UNREACHABLE
        watch.SENDS.labels(result).inc()
        if result is Result.SERVER_FAULT and row.tries >= MOST_FAULTS:
            return Finished(row.id, "failed", error=str(error))
        doubt = result is Result.AMBIGUOUS
        return Finished(
            row.id, "retry", not_before=retry_at(self.clock.now(), row.tries), ambiguous=doubt
        )


def retry_at(now: datetime, tries: int) -> datetime:
    """Return when to try again after *tries*: after 1, 2, 4 … seconds, at most 5 minutes."""
    return now + min(timedelta(seconds=2 ** min(tries, 9)), LONGEST_BACKOFF)
