"""Changes of the FAQ by staff show in the next answer to a citizen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.engine.events import Done
from bot.model.commands.faq import AddEntry, AddPhrasing, EditEntry, RetireEntry
from bot.model.faq import FaqEntry, FaqText
from bot.service import execute
from bot.testing import Chat

METTE = 1


async def at_console(chat: Chat, command: Any) -> None:
    """Execute a command of the staff, and assert that it succeeds."""
    store, bot = await chat.open()
    async with store.unit() as unit:
        assert isinstance(await execute(command, unit), Done)
    await bot.close()
    await store.close()


async def entry(chat: Chat, faq_id: str) -> FaqEntry:
    """Return the current state of an entry."""
    store, bot = await chat.open()
    async with store.reading() as unit:
        row = await unit.faq.get(faq_id)
    await bot.close()
    await store.close()
    assert row is not None
    return FaqEntry.from_body(row.id, row.body)


async def test_a_changed_answer(chat_on_each: Chat) -> None:
    """The next question gets the new answer with its source and review date."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
    """)
    known = await entry(chat_on_each, "F2")
    new = replace(known.texts["da"], answer="Skil den ad. Låget skal i pap og bunden i rest.")
    changed = replace(
        known,
        source="Klintsund Forsyning",
        reviewed=date(2026, 11, 23),
        texts={**known.texts, "da": new},
    )
    await at_console(chat_on_each, EditEntry(METTE, changed, version=1))
    await chat_on_each("""
        Jens: Hvor skal pizzabakken hen?
        Bot: Hvor skal pizzabakken hen?
           | Skil den ad. Låget skal i pap og bunden i rest.
           |
           | Kilde: Klintsund Forsyning. Gennemgået 23. november 2026.
           | [Det hjalp] [Spørg et menneske]
    """)


async def test_a_new_way_to_ask(chat: Chat) -> None:
    """An unknown question is answered after staff add its words to an entry."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: Må man fyre op i sin brændetønde?
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
    """)
    text = FaqText(
        "Må jeg brænde haveaffald?",
        "Nej, det er forbudt hele året. Kør det på genbrugspladsen.",
    )
    new = FaqEntry("", "waste", "Klintsund Kommune", date(2026, 11, 23), {"da": text})
    await at_console(chat, AddEntry(METTE, new))
    words = "Må man fyre op i sin brændetønde?"
    await at_console(chat, AddPhrasing(METTE, 1, "S1", "da", words))
    await chat("""
        Jens: Må man fyre op i sin brændetønde?
        Bot: Må jeg brænde haveaffald?
           | Nej, det er forbudt hele året. Kør det på genbrugspladsen.
           |
           | Kilde: Klintsund Kommune. Gennemgået 23. november 2026.
           | [Det hjalp] [Spørg et menneske]
    """)


async def test_only_in_danish(chat: Chat) -> None:
    """An English reader gets an entry without English text in Danish, with a note."""
    await chat.play("Ana: /start")
    text = FaqText("Må jeg låne en trailer?", "Ja. Hent den på Klintgade 1.", ("borrow a trailer",))
    new = FaqEntry("", "service", "Klintsund Kommune", date(2026, 11, 23), {"da": text})
    await at_console(chat, AddEntry(METTE, new))
    await chat("""
        Ana: borrow a trailer
        Bot: Må jeg låne en trailer?
           | Ja. Hent den på Klintgade 1.
           |
           | Only in Danish. Source: Klintsund Kommune. Checked 23 November 2026.
           | [That helped] [Ask a person]
    """)


async def test_a_retired_answer(chat: Chat) -> None:
    """A retired entry is not used as an answer."""
    await chat.play("Jens: /start")
    await at_console(chat, RetireEntry(METTE, "F2", 1, retired=True))
    await chat("""
        Jens: hvor smider jeg pizzabakken ud?
        Bot: Hvordan sorterer jeg affald?
           | Der er ti slags: mad, papir, pap, metal, glas, plast, kartoner, slidt tøj, farligt
           | og rest. Er du i tvivl om en ting, så spørg et menneske.
           |
           | Kilde: Jonas, Natur. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
    """)
