"""The mailer: sends the outbox's e-mails to staff and writes their results."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP as SMTP_LINES
from email.utils import format_datetime
from typing import TYPE_CHECKING

from bot.errors import DatabaseUnavailable
from bot.settings import SmtpServer
from bot.store.outbox import MAIL, MOST_DOUBT, Finished
from bot.store.outbox_statements import OutboxRow
from bot.store.store import Store
from bot.transport.calls import retry_at

if TYPE_CHECKING:  # imported only where e-mail is sent
    import aiosmtplib

AT_ONCE = 10  # e-mails of one connection
LEASE = 600.0  # seconds a claimed e-mail belongs to this process
TIMEOUT = 15.0  # seconds for one command
LOOK_EVERY = 30.0  # seconds between looks for e-mails without a wake-up
REFUSED_FOR_GOOD = 500  # the lowest code of a refusal that a repetition does not change
EPOCH = "mail_epoch"
log = logging.getLogger("brobygger.mailer")


@dataclass(slots=True)
class Mailer:
    """Claims e-mails, sends them one after the other, and commits each result at once.

    So a crash leaves at most one e-mail that was sent and is sent again. Both have the same
    Message-ID, by which mail servers and programs know a repetition.
    """

    store: Store
    server: SmtpServer | None
    sender_name: str
    _epoch: int | None = None
    _unwritten: list[Finished] = field(default_factory=list)

    async def run(self, stop: asyncio.Event) -> None:
        """Send e-mails until *stop*; wait 30 seconds where the database is unavailable."""
        while not stop.is_set():
            try:
                sent = await self.step()
            except DatabaseUnavailable as error:
                log.warning("database_unavailable", extra={"why": str(error)})
                sent = 0
            if not sent:
                waiting = asyncio.ensure_future(self.store.wake_up.wait(MAIL, LOOK_EVERY))
                stopping = asyncio.ensure_future(stop.wait())
                await asyncio.wait({waiting, stopping}, return_when=asyncio.FIRST_COMPLETED)
                waiting.cancel()
                stopping.cancel()
                await asyncio.gather(waiting, stopping, return_exceptions=True)

    async def step(self) -> int:
        """Send the e-mails that are due; return the number of those that ended."""
        await self._write()
        rows = await self._claim()
        if not rows:
            return 0
        if self.server is None:
            return await self._end([Finished(r.id, "failed", error="no server") for r in rows])
        import aiosmtplib  # noqa: PLC0415 - a start without e-mail is sooner without it

        client = _client(self.server)
        try:
            await client.connect()
        except (aiosmtplib.SMTPException, OSError) as error:
            log.warning("mail_server_unreachable", extra={"kind": type(error).__name__})
            await self._end([self._again(row) for row in rows])
            return 0
        try:
            return await self._send_all(client, rows)
        finally:
            client.close()

    async def _claim(self) -> list[OutboxRow]:
        """Claim e-mails; the first claim takes over those of a process that ended."""
        async with self.store.unit() as unit:
            taken: list[OutboxRow] = []
            if self._epoch is None:
                epoch = int(await unit.facts.get(EPOCH) or 0) + 1
                await unit.facts.set(EPOCH, epoch)
                taken = await unit.outbox.take_over(epoch, MAIL)
            else:
                epoch = self._epoch
            rows = taken or await unit.outbox.claim(
                AT_ONCE, epoch=epoch, lease_seconds=LEASE, skip_chats=(), channel=MAIL
            )
            over = [end for row in rows if (end := _over(row, unit.now)) is not None]
            await unit.outbox.finish(over)
        self._epoch = epoch
        ended = {one.id for one in over}
        return [row for row in rows if row.id not in ended]

    async def _send_all(self, client: aiosmtplib.SMTP, rows: Sequence[OutboxRow]) -> int:
        """Send e-mails by one connection; where it breaks, the rest is tried again later."""
        ended = 0
        for number, row in enumerate(rows):
            finished = await self._send(client, row)
            ended += await self._end([finished])
            if not client.is_connected:
                await self._end([self._again(left) for left in rows[number + 1 :]])
                break
        return ended

    async def _send(self, client: aiosmtplib.SMTP, row: OutboxRow) -> Finished:
        """Send one e-mail; return its result. Only codes are logged: words may hold addresses."""
        import aiosmtplib  # noqa: PLC0415

        server = self.server
        assert server is not None  # noqa: S101 - checked in step
        words = self._message(server, row).as_bytes()
        try:
            await client.sendmail(server.sender, [row.params["to"]], words)
        except aiosmtplib.SMTPRecipientsRefused as error:
            return self._refused(row, error.recipients[0].code)
        except aiosmtplib.SMTPResponseException as error:
            return self._refused(row, error.code)
        except (aiosmtplib.SMTPException, OSError) as error:
            log.warning("mail_unanswered", extra={"row": row.id, "kind": type(error).__name__})
            client.close()
            return self._again(row, ambiguous=True)
        log.info("mail_sent", extra={"row": row.id})
        return Finished(row.id, "sent")

    def _message(self, server: SmtpServer, row: OutboxRow) -> EmailMessage:
        """Return a row's e-mail; its Message-ID is the same at each try."""
        message = EmailMessage(policy=SMTP_LINES)
        domain = server.sender.rpartition("@")[2]
        message["From"] = f'"{self.sender_name}" <{server.sender}>'
        message["To"] = row.params["to"]
        message["Subject"] = row.params["subject"]
        message["Date"] = format_datetime(self.store.clock.now())
        message["Message-ID"] = f"<outbox-{row.id}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(row.params["text"])
        return message

    def _refused(self, row: OutboxRow, code: int) -> Finished:
        """Return a failure for a refusal that is final; for any other, a retry."""
        log.warning("mail_refused", extra={"row": row.id, "code": code})
        if code >= REFUSED_FOR_GOOD:
            return Finished(row.id, "failed", error=str(code))
        return self._again(row)

    def _again(self, row: OutboxRow, *, ambiguous: bool = False) -> Finished:
        due = retry_at(self.store.clock.now(), row.tries)
        return Finished(row.id, "retry", not_before=due, ambiguous=ambiguous)

    async def _end(self, finished: Sequence[Finished]) -> int:
        """Commit results; return how many of them are no retries."""
        self._unwritten += finished
        await self._write()
        return sum(one.state != "retry" for one in finished)

    async def _write(self) -> None:
        """Commit the results, also those that an earlier call could not commit."""
        if self._unwritten:
            async with self.store.unit() as unit:
                await unit.outbox.finish(tuple(self._unwritten), epoch=self._epoch)
            self._unwritten.clear()


def _over(row: OutboxRow, now: datetime) -> Finished | None:
    """Return the end of an e-mail that must not be sent; None where it may be sent."""
    if row.not_after is not None and row.not_after <= now:
        return Finished(row.id, "expired")
    if row.ambiguous >= MOST_DOUBT:
        return Finished(row.id, "failed", error="sent again, never confirmed")
    return None


def _client(server: SmtpServer) -> aiosmtplib.SMTP:
    """Return a client: TLS from the start, or STARTTLS; without it only on this machine."""
    import aiosmtplib  # noqa: PLC0415

    return aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        username=server.user,
        password=server.password,
        use_tls=server.tls,
        start_tls=False if server.tls else None if server.is_local else True,
        timeout=TIMEOUT,
    )
