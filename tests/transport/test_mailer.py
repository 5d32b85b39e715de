"""E-mail to staff: delivered, refused, retried, and at most one double after a crash."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta

import pytest
from mail_server import BREAK, SENDER, MailServer
from sqlalchemy import select

from bot.clock import TravelClock
from bot.settings import SmtpServer, read, smtp_server
from bot.store.outbox import MAIL, NewOutbox, Priority
from bot.store.store import Store
from bot.store.tables import outbox
from bot.transport.mailer import Mailer

TOKEN = {"BROBYGGER_BOT_TOKEN": "1:" + "a" * 30}


@pytest.fixture
async def mail() -> AsyncIterator[MailServer]:
    """Start a mail server."""
    server = MailServer()
    await server.start()
    yield server
    await server.stop()


def mailer_of(store: Store, server: MailServer) -> Mailer:
    """Return a mailer for a server."""
    where = SmtpServer("127.0.0.1", server.port, None, None, SENDER, tls=False)
    return Mailer(store, where, "Klintsund Kommune")


async def queue(store: Store, *to: str, hours: int = 24) -> None:
    """Queue e-mails, each to another member of staff."""
    async with store.unit() as unit:
        for number, address in enumerate(to, 1):
            params = {"to": address, "subject": "Ny besked", "text": "Æblehøst på KS-1001."}
            await unit.outbox.put(
                NewOutbox(
                    number,
                    f"staff:{number}",
                    MAIL,
                    params,
                    Priority.REPLY,
                    not_after=unit.now + timedelta(hours=hours),
                    channel=MAIL,
                )
            )


async def states(store: Store) -> list[tuple[str, str | None]]:
    """Return the state and error of each row, in order."""
    async with store.reading() as unit:
        query = select(outbox.c.state, outbox.c.error).order_by(outbox.c.id)
        return [(row.state, row.error) for row in await unit.connection.execute(query)]


async def test_an_email_arrives(store: Store, mail: MailServer) -> None:
    """It has sender, recipient, words, and the mark that a program sent it; its row is emptied."""
    await queue(store, "mette@klintsund.example")
    assert await mailer_of(store, mail).step() == 1
    (message,) = mail.received
    assert message["From"] == f"Klintsund Kommune <{SENDER}>"
    assert message["Subject"] == "Ny besked"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == "<outbox-1@klintsund.example>"
    assert message.get_content().strip() == "Æblehøst på KS-1001."
    assert await states(store) == [("sent", None)]
    assert await mailer_of(store, mail).step() == 0
    assert len(mail.received) == 1


async def test_the_courier_leaves_emails_alone(store: Store) -> None:
    """A claim or take-over of the Telegram channel gets no e-mail, and the other way round."""
    await queue(store, "mette@klintsund.example")
    async with store.unit() as unit:
        assert await unit.outbox.claim(5, epoch=1, lease_seconds=1, skip_chats=()) == []
        mails = await unit.outbox.claim(5, epoch=1, lease_seconds=1, skip_chats=(), channel=MAIL)
        assert len(mails) == 1
        assert await unit.outbox.take_over(2) == []
        assert len(await unit.outbox.take_over(2, MAIL)) == 1


async def test_a_refused_recipient(
    store: Store, mail: MailServer, clock: TravelClock, caplog: pytest.LogCaptureFixture
) -> None:
    """A final refusal fails, a temporary one is retried; other recipients get theirs."""
    mail.refuses["gone@klintsund.example"] = "550 no such user gone@klintsund.example"
    mail.refuses["full@klintsund.example"] = "450 mailbox full"
    await queue(
        store, "gone@klintsund.example", "full@klintsund.example", "mette@klintsund.example"
    )
    mailer = mailer_of(store, mail)
    with caplog.at_level(logging.INFO):
        await mailer.step()
    assert [state for state, _error in await states(store)] == ["failed", "pending", "sent"]
    assert (await states(store))[0][1] == "550"
    assert "gone@" not in str([vars(r) for r in caplog.records if "brobygger" in r.name])
    del mail.refuses["full@klintsund.example"]
    assert await mailer.step() == 0  # it waits a second
    clock.move_to(clock.now() + timedelta(seconds=2))
    assert await mailer.step() == 1
    assert sorted(mail.ids) == ["<outbox-2@klintsund.example>", "<outbox-3@klintsund.example>"]


async def test_the_server_is_away(store: Store, mail: MailServer, clock: TravelClock) -> None:
    """E-mails wait for the server, longer each time, until they are too old."""
    await queue(store, "mette@klintsund.example", "jonas@klintsund.example")
    mailer = mailer_of(store, mail)
    await mail.stop()
    for _try in range(12):
        assert await mailer.step() == 0
        clock.move_to(clock.now() + timedelta(minutes=5, seconds=1))
    assert [state for state, _error in await states(store)] == ["pending", "pending"]
    await mail.start()
    assert await mailer.step() == 2
    assert len(set(mail.ids)) == len(mail.ids) == 2
    await mail.stop()
    await queue(store, "mette@klintsund.example", hours=1)
    await mailer.step()
    clock.move_to(clock.now() + timedelta(hours=2))
    await mail.start()
    await mailer.step()
    assert (await states(store))[-1][0] == "expired"
    assert len(mail.received) == 2


async def test_at_most_one_double_after_a_crash(store: Store, mail: MailServer) -> None:
    """The one that was in flight is sent again under the same id, the others once."""
    await queue(store, *(f"staff{number}@klintsund.example" for number in range(4)))
    dying = asyncio.create_task(mailer_of(store, mail).step())

    def crash() -> None:
        if len(mail.received) == 2:
            dying.cancel()

    mail.on_received = crash
    with suppress(asyncio.CancelledError):
        await dying
    assert len(mail.received) == 2
    await mailer_of(store, mail).step()
    numbers = [int(one.removeprefix("<outbox-").partition("@")[0]) for one in mail.ids]
    assert sorted(numbers) == [1, 2, 2, 3, 4]
    assert {state for state, _error in await states(store)} == {"sent"}


async def test_a_broken_connection(store: Store, mail: MailServer, clock: TravelClock) -> None:
    """An e-mail without an answer is tried twice, and then fails; the next one goes later."""
    await queue(store, "mette@klintsund.example", "jonas@klintsund.example")
    mail.on_received = lambda: BREAK
    mailer = mailer_of(store, mail)
    for _try in range(8):
        await mailer.step()
        clock.move_to(clock.now() + timedelta(minutes=6))
    never = ("failed", "sent again, never confirmed")
    assert await states(store) == [never, never]
    assert {mail.ids.count(one) for one in mail.ids} == {2}


async def test_no_server_is_set(store: Store) -> None:
    """Without the setting a queued e-mail fails at once, and blocks nothing."""
    await queue(store, "mette@klintsund.example")
    assert await Mailer(store, None, "Klintsund Kommune").step() == 1
    assert await states(store) == [("failed", "no server")]


async def test_it_runs_until_it_is_stopped(store: Store, mail: MailServer) -> None:
    """A new row wakes the mailer, and it ends at once."""
    stop, came = asyncio.Event(), asyncio.Event()
    mail.on_received = came.set
    running = asyncio.create_task(mailer_of(store, mail).run(stop))
    await asyncio.sleep(0.05)
    await queue(store, "mette@klintsund.example")
    async with asyncio.timeout(5):
        await came.wait()
        stop.set()
        await running


def test_the_setting() -> None:
    """The URL says whether and how the connection is encrypted, and who sends."""
    found = smtp_server("smtps://dialog%40k.example:p%3Aw@mail.example?from=dialog@k.example")
    assert found is not None
    assert (found.host, found.port, found.tls) == ("mail.example", 465, True)
    assert (found.user, found.password) == ("dialog@k.example", "p:w")
    assert (found.sender, found.is_local) == ("dialog@k.example", False)
    assert "p:w" not in repr(found)
    plain = smtp_server("smtp://localhost:1025?from=a@b.example")
    assert plain is not None
    assert plain.is_local
    assert not plain.tls
    assert read(TOKEN).smtp is None
    for wrong in ("mail.example", "http://mail.example?from=a@b.example", "smtp://mail.example"):
        with pytest.raises(Exception, match="BROBYGGER_SMTP_URL"):
            read({**TOKEN, "BROBYGGER_SMTP_URL": wrong})
