"""The lists of personal data: they cover the schema, and erasure leaves no name behind."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from bot.store.dossier import Dossier
from bot.store.personal_data import (
    DOSSIER,
    ERASURE,
    RETENTION,
    WITHOUT_CITIZENS,
    Erase,
    Show,
    erase,
)
from bot.store.tables import metadata
from bot.testing import PEOPLE, Chat
from bot.testing.staff import act

JENS = PEOPLE["Jens"][0]
# Columns by which rows of a citizen are found.
POINTERS = {"person_id", "chat_id", "lane"}


def test_each_table_is_listed_once() -> None:
    """A new table with personal data must say what is shown, erased and kept of it."""
    tables = set(metadata.sorted_tables)
    assert set(DOSSIER) == set(ERASURE) == set(RETENTION)
    assert set(DOSSIER) | set(WITHOUT_CITIZENS) == tables
    assert not set(DOSSIER) & set(WITHOUT_CITIZENS)


def test_a_table_that_points_to_citizens_is_personal() -> None:
    """No table with a citizen's lane, chat or id can be listed as one without citizens."""
    for table in WITHOUT_CITIZENS:
        assert not POINTERS & set(table.c.keys()), table.name


def test_the_columns_are_there() -> None:
    """What is shown and what erasure sets are columns of the table; a reason is not empty."""
    for table, shown in DOSSIER.items():
        assert shown
        if isinstance(shown, Show):
            pointer = {"person_id"} if shown.section else set()
            assert {*shown.columns, *pointer} <= set(table.c.keys()), table.name
    for table, entry in ERASURE.items():
        assert isinstance(entry, str) or set(entry.values) <= set(table.c.keys()), table.name
        assert entry if isinstance(entry, str) else (entry.left or not entry.values), table.name


async def everything(chat: Chat) -> dict[str, list[dict[str, Any]]]:
    """Return all rows of all tables."""
    store, bot = await chat.open()
    async with store.reading() as unit:
        found = {
            table.name: [
                {name: str(value) for name, value in row._mapping.items()}
                for row in await unit.connection.execute(select(table))
            ]
            for table in metadata.sorted_tables
        }
    await bot.close()
    await store.close()
    return found


async def test_erasure_leaves_no_name_phone_or_chat(chat_on_each: Chat) -> None:
    """A citizen with a case, a call, consents, a conversation and a question is not found."""
    chat = chat_on_each
    for line in (
        *("/start", "/indstillinger", "[Dansk]", "Jensemand", "[Ørbakke]", "[Natur og klima]"),
        *("[Færdig]", "[Ja]", "[Kun de sædvanlige]", "Hvem har malet bænken blå?"),
        *("[Spørg et menneske]", "[Tal med et menneske]", "[Ring til mig]", "00 00 77 66"),
        *("[Når som helst]", "Bænken", "bliv frivillig", "[Sig til, når det åbner]", "mit"),
        *("Hvor mange måger er der på havnen?", "praj", "[Hul i vejen]"),
    ):
        await chat.play(f"Jens: {line}")
    store, bot = await chat.open()
    assert await act(store, "Mette", "claims KS-1001") is None
    await bot.settle()
    async with store.unit() as unit:
        person = await unit.people.by_lane(f"tg:{JENS}")
        assert person is not None
        shown = json.dumps(await Dossier(unit).of(person.id), default=str)
        assert "Jensemand" in shown
        assert "00007766" in shown.replace(" ", "")
        await erase(unit.connection, person)
    async with store.reading() as unit:
        assert await unit.people.by_lane(f"tg:{JENS}") is None
    await bot.close()
    await store.close()
    for table, rows in (await everything(chat)).items():
        for row in rows:
            words = " ".join(row.values())
            assert "Jensemand" not in words, (table, row)
            assert f"tg:{JENS}" not in words, (table, row)
            for name in ("chat_id", "asker_phone", "asker_name"):
                assert row.get(name) in (None, "None", "0"), (table, name)
    # Who writes again afterwards is a new person, and meets a bot that works.
    said = await chat.play("Jens: /start")
    assert any("Hej! Jeg er robotten" in one for one in said)


def test_an_entry_without_values_deletes() -> None:
    """`Erase` deletes by default, so that nothing personal is left by oversight."""
    deleted = {table.name for table, entry in ERASURE.items() if isinstance(entry, Erase)}
    assert {"timer", "question", "conversation", "wish", "card"} <= deleted
