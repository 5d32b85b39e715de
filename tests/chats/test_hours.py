"""A volunteer's hours in the chat: the sums, the milestones, and the statement as PDF."""

from __future__ import annotations

import asyncio
import io
import threading
import time
from datetime import datetime, timedelta

import pytest
from chat_store import opened
from pypdf import PdfReader
from test_calendar_files import participant_of

from bot.documents.statement import Statement
from bot.model.opportunity import Shift
from bot.model.signup import Signup, SignupState
from bot.service.volunteering import hours as hours_service
from bot.service.volunteering.hours import hours_statement
from bot.simulator import TOKEN
from bot.testing import PEOPLE, Chat


def newest_statement(chat: Chat, name: str) -> str:
    """Return the words of the newest file in a citizen's chat, which is a PDF."""
    realm = chat.world.bots[TOKEN].chats[PEOPLE[name][0]]
    documents = [m.body["document"] for m in realm.messages.values() if "document" in m.body]
    assert documents[-1]["mime_type"] == "application/pdf"
    return words(chat.world.files[documents[-1]["file_id"]].content)


def words(content: bytes) -> str:
    """Return the words of a PDF."""
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


async def attends(
    chat: Chat, name: str, code: str, days: range, state: SignupState = SignupState.ATTENDED
) -> None:
    """Insert shifts on days before now, at which a citizen was."""
    who = await participant_of(chat, name)
    async with opened(chat) as store, store.unit() as unit:
        known = await unit.opportunities.of_code(code)
        assert known is not None
        for number in days:
            at = unit.now - timedelta(days=number)
            new = Shift(0, known.id, f"{state}-{number}", at, at + timedelta(minutes=90))
            (made,) = await unit.shifts.plan([new])
            minutes = 90 if state is SignupState.ATTENDED else None
            await unit.signups.add(Signup(0, known.id, made.id, who, state, minutes=minutes))


async def test_hours_from_none_to_the_statement(chat_on_each: Chat) -> None:
    """A volunteer without hours is led to the tasks; after a shift they get the statement."""
    await chat_on_each("""
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Mette imports the opportunities
        Samira: mine timer
        Bot: Der er ikke noteret timer endnu. De kommer her, når en kontaktperson har noteret, at
           | du var med, eller når du tjekker ind.
           | [Søg efter noget andet] [Menu]
        Mette signs up Samira for V4
    """)
    await chat_on_each.play("--- until 2026-11-26 19:05")
    await chat_on_each("""
        Mette marks Samira as attended at V4
        Samira: mine timer
        Bot: Du har hjulpet 1 gang: 2 timer.
           |
           | Milepæl: din første gang. Tak!
           | [Hent som PDF] [Mit overblik] [Menu]
        Samira: [Hent som PDF]
        Bot: Her er opgørelsen over dine timer fra Klintsund Kommune.
    """)
    found = newest_statement(chat_on_each, "Samira")
    assert found.startswith(
        "Klintsund Kommune Opgørelse over frivillige timer Navn Samira "
        "Periode 26. november 2026 til 26. november 2026 Antal gange 1 I alt 2 timer "
        "Sprogcafé på biblioteket Dato Tid 26. november 2026 2 timer Sum 2 timer"
    )
    assert "Klintsund Kommune, 26. november 2026" in found
    assert str(PEOPLE["Samira"][0]) not in found


async def test_only_attended_shifts_count(chat: Chat) -> None:
    """Milestones follow the attended shifts; the statement has one table a task, and the sums."""
    await chat.play("Ana: /start")
    await chat.play("Mette imports the opportunities")
    await attends(chat, "Ana", "V4", range(30, 41))
    await attends(chat, "Ana", "V1", range(10, 11))
    for number, state in enumerate((SignupState.NO_SHOW, SignupState.EXCUSED)):
        await attends(chat, "Ana", "V3", range(50 + number, 51 + number), state)
    (shown,) = await chat.play("Ana: my hours")
    assert shown.startswith("Bot: You have helped 12 times: 18 hours in all.")
    assert "Milestones: 1 and 10 times. Thank you!" in shown
    (sent,) = await chat.play("Ana: [Fetch as PDF]")
    assert sent == "Bot: Here is the statement of your hours, in Klintsund Kommune's name."
    found = newest_statement(chat, "Ana")
    assert "Statement of volunteer hours Name Ana" in found
    assert "Period 14 October 2026 to 13 November 2026 Number of times 12 In all 18 hours" in found
    assert found.index("Language café at the library") < found.index("Reading friend")
    assert found.count("1 h 30 min") == 13
    assert "Sum 16 h 30 min" in found
    assert "Beach clean-up" not in found


async def test_many_times(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the most dates of a statement, the earlier ones are one line, and the sums stay."""
    await chat.play("Ana: /start")
    await chat.play("Mette imports the opportunities")
    await attends(chat, "Ana", "V4", range(1, 26))
    who = await participant_of(chat, "Ana")
    monkeypatch.setattr(hours_service, "MOST_DATES", 10)
    async with opened(chat) as store, store.reading() as unit:
        found = words(await hours_statement(unit, who, "da"))
    assert "Dato Tid 15 tidligere gange 22 t. 30 min." in found
    assert found.count("1 t. 30 min.") == 10
    assert "Sum 37 t. 30 min." in found
    assert "Antal gange 25 I alt 37 t. 30 min." in found


async def test_a_statement_for_staff(chat: Chat) -> None:
    """A participant by phone has a statement too, in which Danish titles are marked."""
    await chat.play("Mette imports the opportunities")
    await chat.play("Mette enters Ґанна Їжакевич, 70 00 00 00")
    async with opened(chat) as store, store.unit() as unit:
        (who,) = await unit.participants.search("Ґанна", 2)
        known = await unit.opportunities.of_code("V4")
        assert known is not None
        await unit.opportunities.change(known.id, titles={"da": "Sprogcafé"})
        before = words(await hours_statement(unit, who.id, "en"))
        at = unit.now - timedelta(days=1)
        (made,) = await unit.shifts.plan([Shift(0, known.id, "x", at, at + timedelta(hours=2))])
        new = Signup(0, known.id, made.id, who.id, SignupState.ATTENDED, minutes=45)
        await unit.signups.add(new)
        after = words(await hours_statement(unit, who.id, "en"))
    assert "Name Ґанна Їжакевич Number of times 0 In all 0 minutes" in before
    assert "Sprogcafé (only in Danish) Date Time 22 November 2026 45 minutes" in after


async def test_other_work_goes_on(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """A statement is typeset in another thread, and at most two at a time."""
    await chat.play("Ana: /start")
    who = await participant_of(chat, "Ana")
    running: list[int] = []
    most = 0

    def typeset(_statement: Statement, _at: datetime) -> bytes:
        nonlocal most
        assert threading.current_thread() is not threading.main_thread()
        running.append(1)
        most = max(most, len(running))
        time.sleep(0.05)
        running.pop()
        return b"%PDF"

    monkeypatch.setattr(hours_service, "statement_pdf", typeset)
    async with opened(chat) as store, store.reading() as unit:
        made = [hours_statement(unit, who, "da") for _number in range(6)]
        ticks = 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                await asyncio.sleep(0.005)
                ticks += 1

        clock = asyncio.create_task(tick())
        assert await asyncio.gather(*made) == [b"%PDF"] * 6
        clock.cancel()
    assert most == 2
    assert ticks > 10


async def test_the_link_of_a_page(chat_on_each: Chat) -> None:
    """The link of a public page shows the task; a closed, unknown or odd one leads to others."""
    chat = chat_on_each
    await chat.play("Samira: /start")
    await chat.play("Mette imports the opportunities")
    (shown,) = await chat.play("Samira: /start opp-4")
    assert "Sprogcafé på biblioteket" in shown
    await chat.play("Mette holds V4")
    for payload in ("opp-4", "opp-999", "opp-", "opp-x", "opp-" + "9" * 40):
        (over,) = await chat.play(f"Samira: /start {payload}")
        assert "Sprogcafé" not in over
        assert "[Søg efter noget andet]" in over
