"""E-mail about alerts: to those who want it, without a citizen's words, once for each alert."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.engine.events import Done, Refused
from bot.model.commands.staff import ChangeMailAddress, DisableStaff
from bot.service import execute
from bot.store.outbox import MAIL
from bot.store.tables import outbox
from bot.testing import Chat

SERVICES = Path(__file__).parent.parent.parent / "bot"
WORDS = "Må man grave sin egen kanal ned til havet?"


async def ask(chat: Chat, command: Any) -> Done | Refused:
    """Execute a command."""
    store, bot = await chat.open()
    async with store.unit() as unit:
        outcome = await execute(command, unit)
    await bot.close()
    await store.close()
    return outcome


async def mails(chat: Chat) -> list[Any]:
    """Return the rows of e-mails, in order."""
    store, bot = await chat.open()
    async with store.reading() as unit:
        query = select(outbox).where(outbox.c.channel == MAIL).order_by(outbox.c.id)
        found = (await unit.connection.execute(query)).all()
    await bot.close()
    await store.close()
    return list(found)


async def asked(chat: Chat) -> None:
    """Let Jens open case KS-1001; the theme is Mette's."""
    await chat.play("Jens: /start")
    await chat.play(f"Jens: {WORDS}")
    await chat.play("--- 40 minutes pass")


async def test_an_alert_is_mailed(chat_on_each: Chat) -> None:
    """The e-mail has the case's number and its page, in the language of the member of staff."""
    chat = chat_on_each
    await chat.play("Jens: /start")
    assert await ask(chat, ChangeMailAddress(1, "mette@klintsund.example")) == Done(1)
    await asked(chat)
    (row,) = await mails(chat)
    assert row.params == {
        "to": "mette@klintsund.example",
        "subject": "Ny notifikation om KS-1001",
        "text": (
            "Du har en ny notifikation om KS-1001.\n\n"
            "http://127.0.0.1:8080/console/cases/1001\n\n"
            "Du får denne e-mail, fordi du har bedt om det på din konto."
        ),
    }
    assert (row.state, row.lane, row.chat_id) == ("pending", "staff:1", 1)
    assert "kanal" not in str(row.params)
    await chat.play("--- until 2026-11-26 08:00")
    assert len(await mails(chat)) == 2  # it is due soon


async def test_no_email_without_a_wish(chat: Chat) -> None:
    """Without an address, after its removal and for a disabled account there is no e-mail."""
    await asked(chat)
    assert await mails(chat) == []
    await ask(chat, ChangeMailAddress(1, "mette@klintsund.example"))
    await ask(chat, ChangeMailAddress(1, " "))
    await chat.play("--- until 2026-11-26 08:00")
    assert await mails(chat) == []
    await ask(chat, ChangeMailAddress(1, "mette@klintsund.example"))
    await ask(chat, DisableStaff("operator", 1))
    await chat.play("--- until 2026-12-08 08:00")
    assert await mails(chat) == []


async def test_a_wrong_address_is_refused(chat: Chat) -> None:
    """What is no address, or could forge a header, is refused."""
    await chat.play("Jens: /start")
    for wrong in (
        *("mette", "mette@", "mette@klintsund", "a@b.example, c@d.example", "<a@b.example>"),
        *("a@b.example\nBcc: c@d.example", "a" * 250 + "@b.example", "mette@Ærø.example"),
    ):
        outcome = await ask(chat, ChangeMailAddress(1, wrong))
        assert isinstance(outcome, Refused), wrong
        assert outcome.field == "address"


def test_each_alert_goes_by_one_way() -> None:
    """Services alert staff by `alert_staff` only, so that no alert lacks its e-mail."""
    callers = {
        file.name
        for file in SERVICES.rglob("*.py")
        if re.search(r"\balerts\.add\(", file.read_text())
    }
    assert callers == {"staff_alerts.py"}
