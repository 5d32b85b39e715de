"""The outgoing calendar, the export of results, and calls about reminders."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from console_browser import Browser, employ
from test_group_pages import AMBASSADORS, add_citizen, remind, said

from bot.clock import TravelClock
from bot.console.pages import outgoing as outgoing_page
from bot.documents.tables import csv_table, xlsx_table
from bot.engine.events import Done
from bot.model.commands.broadcasts import AddBroadcast, ApproveBroadcast, SubmitBroadcast
from bot.model.commands.reminders import RemindMe
from bot.model.delivery import Answer, DeliveryState
from bot.model.participant import CitizenRole
from bot.model.staff import Role, Staff
from bot.service import execute, reminders
from bot.service.outgoing import OutgoingDay, outgoing
from bot.store.store import Store
from bot.store.unit import Unit
from bot.testing import START


@pytest.fixture
async def lone(town: Store) -> Staff:
    """Add Lone, a leader."""
    return await employ(town, Role.LEADER)


@pytest.fixture
async def leader(browser: Browser, lone: Staff) -> Browser:
    """Sign Lone in."""
    return await browser.sign_in(lone)


def weekly(at: str, weekday: int = 2) -> dict[str, object]:
    """Return the rule of every Wednesday, or another day."""
    fields = {"unit": "week", "starts_on": "2026-11-01", "at": at, "weekdays": [weekday]}
    return {"recurrence": fields}


async def test_the_calendar_counts_each_day(town: Store, leader: Browser, lone: Staff) -> None:
    """Each day has its messages with recipients, also those that are planned, each once."""
    samira = await add_citizen(town, "Samira", 501)
    bo = await add_citizen(town, "Bo", 502)
    await add_citizen(town, "Cleo", 503)  # does not agree to news
    async with town.unit() as unit:
        await unit.participants.give_role(samira, CitizenRole.AMBASSADOR, lone.id)
        for one in (samira, bo):
            await agree(unit, one)
    planned = await remind(town, lone, texts={"da": "Mød op"}, rule=weekly("10:00"), prepares=True)
    await remind(town, lone, AMBASSADORS, texts={"da": "Tag veste med"}, rule=weekly("05:00"))
    await remind(town, lone, AMBASSADORS, texts={"da": "Tæl cyklerne"}, rule=weekly("12:00"))
    async with town.unit() as unit:
        await reminders.expand(unit, planned)
        assert len(await unit.deliveries.of_subject("reminder", planned, 9)) == 3
        calendar = await outgoing(unit)
    days = [one.day.isoformat() for one in calendar.days]
    assert days == ["2026-11-25", "2026-12-02"]
    assert [one.number for one in calendar.days] == [4, 4]
    for day in calendar.days:
        assert [(one.first_name, one.number) for one in day.crowded] == [("Samira", 3)]
    page = said(await leader.read("outgoing"))
    assert "onsdag d. 25. november 4 beskeder Tre eller flere den dag: Samira (3)" in page
    assert "kl. 8: Tag veste med Sat af Lone 1 får den i chatten" in page
    news = "kl. 10: Mød op Sat af Lone 2 får den i chatten 1 får den ikke: der er intet samtykke"
    assert news in page


async def test_approved_news_is_in_the_calendar(town: Store, leader: Browser, lone: Staff) -> None:
    """News that waits for its time, and each occurrence of a series, has a line with its number."""
    mette = await employ(town)
    people = [await add_citizen(town, name, 500 + n) for n, name in enumerate(("Samira", "Bo"))]
    await add_citizen(town, "Cleo", 503)  # does not agree to news about nature
    async with town.unit() as unit:
        for one in people:
            await agree(unit, one, "nature")
    everyone = {"is": "everyone", "value": ""}
    start = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
    for fields in (
        {"title": "Engen slås", "starts_at": start},
        {"title": "Ugens tur", "rule": weekly("10:00")["recurrence"]},
    ):
        words = {"texts": {"da": "Kom på lørdag."}, "topic": "nature", "audience": everyone}
        made = await done(town, AddBroadcast(mette.id, {**words, **fields}))
        await done(town, SubmitBroadcast(mette.id, made))
        await done(town, ApproveBroadcast(lone.id, made, 1))
    page = said(await leader.read("outgoing"))
    assert page.count("Engen slås Godkendt af en leder 2 får den i chatten") == 1
    assert page.count("kl. 10: Ugens tur Godkendt af en leder 2 får den i chatten") == 2


async def done(town: Store, command: Any) -> int:
    """Execute a command of staff; return the id that it answers with."""
    async with town.unit() as unit:
        outcome = await execute(command, unit)
    assert isinstance(outcome, Done), outcome
    return int(outcome.value)


async def agree(unit: Unit, participant_id: int, topic: str = "traffic") -> None:
    """Let a citizen agree to news about a topic."""
    participant = await unit.participants.get(participant_id)
    assert participant is not None
    assert participant.person_id is not None
    await unit.consents.give(participant.person_id, f"news:{topic}", 1, "da")


async def test_own_reminders_keep_their_times(
    town: Store, clock: TravelClock, leader: Browser
) -> None:
    """What citizens set themselves is counted at its time, without words or what has passed."""
    people = (("Samira", 501, "12:00"), ("Bo", 502, "12:00"), ("Cleo", 503, "16:30"))
    for name, number, at in (*people, ("Dan", 504, "12:00")):
        participant_id = await add_citizen(town, name, number)
        async with town.unit() as unit:
            participant = await unit.participants.get(participant_id)
            assert participant is not None
            assert participant.person_id is not None
            rule = weekly(at)
            await execute(RemindMe(participant.person_id, "hente pillerne", rule), unit)
            if name == "Dan":
                await unit.people.reach(participant.person_id, reachable=False)
    page = said(await leader.read("outgoing"))
    own = "Påmindelser, som borgere selv har sat Borgerne"
    assert f"25. november 3 beskeder kl. 12: {own} 2 får den i chatten kl. 16.30: {own} 1" in page
    clock.advance(timedelta(days=2, hours=2))
    async with town.unit() as unit:
        for one in await unit.reminders.live_ids():
            await reminders.expand(unit, one)
            for delivery in await unit.deliveries.of_subject("reminder", one, 9):
                await unit.deliveries.change(delivery, state=DeliveryState.SENT, sent_at=unit.now)
    clock.advance(timedelta(hours=1))
    page = said(await leader.read("outgoing"))
    assert "1 besked kl. 16.30" in page
    assert "pillerne" not in page


async def test_the_load_of_a_day(leader: Browser) -> None:
    """The busiest minute is said in seconds at Telegram's limit; an empty calendar says so."""
    day = OutgoingDay(START.date(), (), 3601, ())
    assert day.seconds == 121
    assert outgoing_page.A_SECOND == 30
    assert "Der skal ikke sendes noget" in said(await leader.read("outgoing"))


async def results_of(town: Store, clock: TravelClock, lone: Staff) -> int:
    """Send a reminder that one citizen answered with a formula. Return its id."""
    await add_citizen(town, "=HYPERLINK(1)", 501)
    made = await remind(town, lone, asks=True)
    clock.advance(timedelta(days=1))
    async with town.unit() as unit:
        await reminders.expand(unit, made)
        (one,) = await unit.deliveries.of_subject("reminder", made, 9)
        await unit.deliveries.change(
            one,
            state=DeliveryState.SENT,
            sent_at=unit.now,
            answer=Answer.CANNOT,
            answer_words="@SUM(A1)",
            answered_at=unit.now,
        )
    return made


async def test_results_as_files(
    town: Store, clock: TravelClock, leader: Browser, lone: Staff
) -> None:
    """The results are given as CSV and XLSX without formulas, and each export is recorded."""
    made = await results_of(town, clock, lone)
    got = await leader.get(f"reminders/{made}/results.csv")
    table = (await got.read()).decode("utf-8-sig")
    assert table.splitlines()[0].startswith('"Navn";"Dag";"Sendt"')
    assert table.splitlines()[1] == (
        '"\'=HYPERLINK(1)";"2026-11-24";"2026-11-24 10:00";"Kan ikke";"";'
        '"2026-11-24 10:00";"\'@SUM(A1)"'
    )
    got = await leader.get(f"reminders/{made}/results.xlsx")
    named = got.headers["Content-Disposition"]
    assert unquote(named).endswith("UTF-8''Resultater - Husk cyklen på lørdag.xlsx")
    with zipfile.ZipFile(io.BytesIO(await got.read())) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "=HYPERLINK(1)" in strings
    async with town.reading() as unit:
        verbs = [event.verb for event in await unit.events.newest(2)]
    assert verbs == ["reminder_exported", "reminder_exported"]
    assert "hentede resultaterne" in await leader.read("audit")
    assert (await leader.get("reminders/77/results.csv")).status == 404


async def test_only_leaders_export(
    town: Store, clock: TravelClock, browser: Browser, lone: Staff
) -> None:
    """Staff see the results, but no link to the files."""
    made = await results_of(town, clock, lone)
    mette = await browser.sign_in(await employ(town))
    assert "results.csv" not in await mette.read(f"reminders/{made}")
    assert (await mette.get(f"reminders/{made}/results.csv")).status == 403


def test_the_same_rows_give_the_same_files() -> None:
    """A table is written without the present time, so equal rows give equal bytes."""
    rows = [["Åse", None, START.replace(tzinfo=None)]]
    columns = ["Navn", "Svar", "Tid"]
    first, second = (xlsx_table(columns, rows, created=START) for _twice in range(2))
    assert first == second
    assert csv_table(columns, rows).decode("utf-8-sig").endswith('"Åse";"";"2026-11-23 09:00"\r\n')


async def test_a_call_about_a_reminder(
    town: Store, clock: TravelClock, leader: Browser, lone: Staff
) -> None:
    """Whoever is not in the chat is rung, again where not reached; the results show the answer."""
    entered = await leader.post("participants/new", {"first_name": "Inger", "phone": "12345678"})
    inger = int(entered.headers["Location"].rpartition("/")[2])
    made = await remind(town, lone, rule=weekly("12:00"), prepares=True)
    async with town.unit() as unit:
        await reminders.expand(unit, made)
        (one,) = await unit.deliveries.of_subject("reminder", made, 9)
        assert one.participant_id == inger
        await unit.deliveries.change(one, state=DeliveryState.PHONED, sent_at=unit.now)
        await unit.tasks.add("phone", f"delivery:{one.id}", None)
    page = await leader.read("tasks")
    assert "Ring til Inger Inger · 12 34 56 78 Husk cyklen på lørdag" in said(page)
    assert 'href="tel:12345678"' in page
    (path,) = re.findall(r'href="/console/(tasks/\d+/call)"', page)
    assert (await leader.post(path, {"outcome": "maybe"})).status == 422
    refused = await leader.post(path.replace("call", "done"))
    assert refused.status == 303
    assert "Skriv, hvordan opkaldet gik" in said(await leader.read("tasks"))
    await leader.post(path, {"outcome": "tomorrow", "words": ""})
    assert "Inger" not in said(await leader.read("tasks"))
    assert "Fik ikke fat på telefonen 1" in said(await leader.read(f"reminders/{made}"))
    clock.advance(timedelta(days=1))
    assert "Fik ikke fat sidste gang" in said(await leader.read("tasks"))
    await leader.post(path, {"outcome": "cannot", "words": "Er bortrejst"})
    assert "Inger" not in said(await leader.read("tasks"))
    assert "Kan ikke 1" in said(await leader.read(f"reminders/{made}"))
    assert "Er bortrejst" in said(await leader.read(f"reminders/{made}/results"))
    assert "Er bortrejst" in await leader.read(f"reminders/{made}/results.csv")
    alerts = said(await leader.read("alerts"))
    assert "Inger har svaret på en påmindelse: Jeg kan ikke" in alerts
    assert "Er bortrejst" in alerts
    assert (await leader.get(path)).status == 404
