"""A real SMTP server on loopback, which can refuse, break off, or be away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP

from bot.settings import SmtpServer

BREAK = "break"
SENDER = "dialog@klintsund.example"


@dataclass
class MailServer:
    """An SMTP server; *refuses* maps recipients to the answer they get."""

    refuses: dict[str, str] = field(default_factory=dict)
    received: list[EmailMessage] = field(default_factory=list)
    on_received: Callable[[], str | None] = lambda: None
    port: int = 0
    _server: asyncio.Server | None = None

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's own name
        self, server: Any, session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Accept or refuse a recipient."""
        del server, session
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep an e-mail; *on_received* may give another answer, or break the connection."""
        del session
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        assert envelope.mail_from == SENDER
        assert envelope.rcpt_tos == [message["To"]]
        self.received.append(message)
        answer = self.on_received() or "250 OK"
        if answer == BREAK:
            server.transport.abort()
        return answer

    async def start(self) -> SmtpServer:
        """Listen; return the settings that lead here."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: SMTP(self, loop=loop), "127.0.0.1", self.port
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return SmtpServer("127.0.0.1", self.port, None, None, SENDER, tls=False)

    async def stop(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    @property
    def ids(self) -> list[str]:
        """Return the ids of the e-mails that came, in order."""
        return [str(message["Message-ID"]) for message in self.received]
