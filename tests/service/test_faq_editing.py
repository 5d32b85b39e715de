"""Staff edit the FAQ: edits are checked, versioned and recorded; conflicts are refused."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from at_work import employed

from bot.app.compose import town_context_of
from bot.engine.events import Done, Refused
from bot.i18n import render
from bot.model.commands.faq import (
    AddEntry,
    AddPhrasing,
    CheckEntry,
    EditEntry,
    RetireEntry,
    RollBackEntry,
    SettleMissed,
)
from bot.model.faq import FaqEntry, FaqText
from bot.model.staff import Role
from bot.service import execute
from bot.service.content import import_town
from bot.service.faq import VERSION
from bot.service.faq_editing import CHANGED_MEANWHILE, NO_ENTRY, NO_VERSION, NOT_ALLOWED
from bot.store.store import Store
from bot.testing import klintsund

TODAY = date(2026, 11, 23)
NEW = FaqEntry(
    "",
    "service",
    "Klintsund Kommune",
    TODAY,
    {"da": FaqText("Må jeg låne en trailer?", "Ja. Hent den på Klintgade 1.", ("lån trailer",))},
)


@pytest.fixture
async def town(store: Store) -> Store:
    """Return a store with the town's FAQ and Mette as a member of staff."""
    store.town = town_context_of(klintsund())
    async with store.unit() as unit:
        await import_town(store.town.town, unit)
        assert await employed(unit) == 1
        await employed(unit, Role.NONE, username="birk")
    return store


async def do(store: Store, command: Any) -> Done | Refused:
    """Execute a command in its own transaction."""
    async with store.unit() as unit:
        return await execute(command, unit)


async def entry(store: Store, faq_id: str) -> FaqEntry:
    """Return the present state of an entry."""
    async with store.reading() as unit:
        row = await unit.faq.get(faq_id)
    assert row is not None
    return FaqEntry.from_body(row.id, row.body)


async def acts(store: Store) -> list[tuple[str, str, dict[str, Any]]]:
    """Return actor, verb and details of the FAQ events, the newest first."""
    async with store.reading() as unit:
        return [(one.actor, one.verb, one.details) for one in await unit.events.newest(50)]


async def fact(store: Store) -> str:
    """Return the FAQ version that indexes use."""
    async with store.reading() as unit:
        return str(await unit.facts.get(VERSION))


def saying(known: FaqEntry, answer: str) -> FaqEntry:
    """Return *known* with another Danish answer."""
    return replace(known, texts={**known.texts, "da": replace(known.texts["da"], answer=answer)})


async def test_an_answer_is_changed(town: Store) -> None:
    """An edit adds a version, is recorded, and changes the FAQ version."""
    before, known = await fact(town), await entry(town, "F2")
    assert await do(town, EditEntry(1, saying(known, "  I rest.\r\n\r\n\r\n\r\nAltid. "), 1)) == (
        Done(2)
    )
    assert (await entry(town, "F2")).texts["da"].answer == "I rest.\n\nAltid."
    assert await acts(town) == [("staff:1", "faq_changed", {"faq": "F2", "version": 2})]
    assert await fact(town) != before


async def test_no_change_is_no_version(town: Store) -> None:
    """Saving an unchanged entry writes nothing."""
    before = await fact(town)
    assert await do(town, EditEntry(1, await entry(town, "F2"), 1)) == Done(1)
    assert (await acts(town), await fact(town)) == ([], before)


async def test_the_second_of_two_is_told(town: Store) -> None:
    """An edit of an outdated version is refused and writes nothing."""
    known = await entry(town, "F2")
    first, second = saying(known, "Læg den i rest."), saying(known, "Læg den i pap.")
    assert await do(town, EditEntry(1, first, 1)) == Done(2)
    assert await do(town, EditEntry(1, second, 1)) == CHANGED_MEANWHILE
    assert await entry(town, "F2") == first
    assert await do(town, EditEntry(1, second, 2)) == Done(3)


async def test_two_at_the_same_moment(town: Store) -> None:
    """Of two simultaneous edits one is saved and the other refused."""
    known = await entry(town, "F2")
    asked = [EditEntry(1, saying(known, f"Læg den i {where}."), 1) for where in ("rest", "pap")]
    done = await asyncio.gather(*(do(town, one) for one in asked))
    assert {type(one) for one in done} == {Done, Refused}
    async with town.reading() as unit:
        assert [one.version for one in await unit.faq.versions("F2", 10)] == [2, 1]


async def test_a_new_entry(town: Store) -> None:
    """A new entry gets its own id and settles the question it was written for."""
    async with town.unit() as unit:
        missed = await unit.missed.add("trailer??", "da", [])
    done = await do(town, AddEntry(1, NEW, missed))
    assert done == Done("S1")
    assert await entry(town, "S1") == replace(NEW, id="S1")
    assert await acts(town) == [
        ("staff:1", "missed_settled", {"missed": missed}),
        ("staff:1", "faq_added", {"faq": "S1"}),
    ]
    async with town.reading() as unit:
        assert await unit.missed.open(5) == []


async def test_a_faulty_entry_is_not_kept(town: Store) -> None:
    """A faulty entry is refused and nothing is written, whether new or edited."""
    bad = replace(NEW, texts={"da": replace(NEW.texts["da"], answer="Vi svarer hurtigst muligt.")})
    for command in (AddEntry(1, bad), EditEntry(1, replace(bad, id="F2"), 1)):
        refused = await do(town, command)
        assert isinstance(refused, Refused)
        assert "hurtigst muligt" in render(refused.why, "en", escape=str)
    assert await acts(town) == []
    async with town.reading() as unit:
        assert len(await unit.faq.every()) == 15


async def test_still_right(town: Store) -> None:
    """Confirming an entry makes it valid for a year from today."""
    assert (await entry(town, "F2")).due == date(2027, 11, 1)
    assert await do(town, CheckEntry(1, "F2", 1)) == Done(2)
    checked = await entry(town, "F2")
    assert (checked.reviewed, checked.due) == (TODAY, date(2027, 11, 23))


async def test_back_to_what_it_said(town: Store) -> None:
    """A rollback saves the old text as a new version and keeps the owner."""
    known = await entry(town, "F2")
    await do(town, EditEntry(1, replace(saying(known, "Læg den i rest."), owner=1), 1))
    assert await do(town, RollBackEntry(1, "F2", 2, to=1)) == Done(3)
    assert await entry(town, "F2") == replace(known, owner=1)
    assert (await acts(town))[0] == (
        "staff:1",
        "faq_rolled_back",
        {"faq": "F2", "version": 3, "to": 1},
    )
    assert await do(town, RollBackEntry(1, "F2", 3, to=9)) == NO_VERSION


async def test_retired_and_brought_back(town: Store) -> None:
    """A retired entry is not used for answers until it is brought back."""
    assert await do(town, RetireEntry(1, "F2", 1, retired=True)) == Done(2)
    async with town.reading() as unit:
        assert "F2" not in [row.id for row in await unit.faq.all()]
    assert await do(town, RetireEntry(1, "F2", 2, retired=True)) == Done(2)
    assert await do(town, RetireEntry(1, "F2", 2, retired=False)) == Done(3)
    verbs = [verb for _actor, verb, _details in await acts(town)]
    assert verbs == ["faq_brought_back", "faq_retired"]


async def test_what_was_taken_meanwhile(town: Store) -> None:
    """An entry is not brought back while another entry has its phrasing."""
    known = await entry(town, "F2")
    await do(town, RetireEntry(1, "F2", 1, retired=True))
    taking = replace(
        NEW, texts={"da": replace(NEW.texts["da"], phrasings=(known.texts["da"].question,))}
    )
    assert await do(town, AddEntry(1, taking)) == Done("S1")
    assert isinstance(await do(town, RetireEntry(1, "F2", 2, retired=False)), Refused)


async def test_another_way_to_ask(town: Store) -> None:
    """An unanswered question becomes a phrasing of an entry and is settled."""
    async with town.unit() as unit:
        missed = await unit.missed.add("min pizzakarton??", "da", ["F2"])
    command = AddPhrasing(1, missed, "F2", "da", "min pizzakarton??")
    assert await do(town, command) == Done(2)
    assert (await entry(town, "F2")).texts["da"].phrasings[-1] == "min pizzakarton??"
    assert [verb for _actor, verb, _details in await acts(town)] == [
        "missed_settled",
        "faq_phrased",
    ]
    again = await do(town, replace(command, words="Min PIZZAKARTON"))
    assert isinstance(again, Refused)
    assert isinstance(await do(town, replace(command, words="?!")), Refused)
    assert isinstance(await do(town, replace(command, language="fr")), Refused)
    assert await do(town, replace(command, faq_id="F99")) == NO_ENTRY


async def test_settled_once(town: Store) -> None:
    """The second of two who settle a question is refused."""
    async with town.unit() as unit:
        missed = await unit.missed.add("hva", "da", [])
    assert await do(town, SettleMissed(1, missed)) == Done()
    assert isinstance(await do(town, SettleMissed(1, missed)), Refused)
    assert [verb for _actor, verb, _details in await acts(town)] == ["missed_settled"]


@pytest.mark.parametrize("staff_id", [2, 99])
async def test_only_who_may(town: Store, staff_id: int) -> None:
    """Staff without the right and unknown staff ids cannot change the FAQ."""
    known = saying(await entry(town, "F2"), "Læg den i rest.")
    for command in (
        AddEntry(staff_id, NEW),
        EditEntry(staff_id, known, 1),
        CheckEntry(staff_id, "F2", 1),
        RollBackEntry(staff_id, "F2", 1, to=1),
        RetireEntry(staff_id, "F2", 1, retired=True),
        AddPhrasing(staff_id, 1, "F2", "da", "hvor"),
        SettleMissed(staff_id, 1),
    ):
        assert await do(town, command) == NOT_ALLOWED
    assert await acts(town) == []


async def test_the_file_leaves_it(town: Store) -> None:
    """Entries that staff wrote, edited or retired survive the next import and are listed."""
    assert town.town is not None
    known = await entry(town, "F2")
    await do(town, AddEntry(1, NEW))
    await do(town, EditEntry(1, saying(known, "Læg den i rest."), 1))
    await do(town, RetireEntry(1, "F3", 1, retired=True))
    newer = replace(
        town.town.town,
        faq=tuple(saying(one, "Fra filen.") for one in town.town.town.faq if one.id != "F4"),
    )
    async with town.unit() as unit:
        imported = await import_town(newer, unit)
    assert imported.kept == ("F2", "F3", "S1")
    assert imported.retired == ("F4",)
    assert (await entry(town, "F2")).texts["da"].answer == "Læg den i rest."
    async with town.reading() as unit:
        assert {"F3", "F4"} & {row.id for row in await unit.faq.all()} == set()
