"""Messages that are not answers, and the promise of a call."""

from __future__ import annotations

import re

import pytest
from case_house import CaseHouse

from bot.model.case import CaseState, DeliveryState, MessageKind

ANGRY = "I er ubrugelige, jeg har ventet i fem uger på svar om mit fortov!!"
WILL_RING = "Jeg ringer inden kl. 15."


async def angry(house: CaseHouse) -> None:
    """Make Jens angry, so that he is promised a call, and claim the case as Mette."""
    await house.says("Jens: /start", f"Jens: {ANGRY}")
    await house.does("claim")
    await house.heard()


async def test_the_case_stands_as_it_stood(house: CaseHouse) -> None:
    """A message is sent as previewed. State, dates, episode and promised call stay the same."""
    await angry(house)
    before = await house.case()
    shown = await (await house.does("preview/write", {"text": WILL_RING})).text()
    assert "Om KS-1001: Jeg ringer inden kl. 15." in shown
    assert "Delvist" not in shown
    assert (await house.sends("write", WILL_RING)).status == 303
    heard = await house.heard()
    assert "Om KS-1001: Jeg ringer inden kl. 15." in heard
    assert "Hilsen Mette" in heard
    assert "Fik du svar" not in heard
    after = await house.case()
    names = ("state", "owner_id", "due_on", "told_on", "call_by", "episode", "answered_at")
    assert before.call_by is not None
    assert [getattr(after, name) for name in names] == [getattr(before, name) for name in names]
    said = (await house.thread())[-1]
    assert (said.kind, said.state) == (MessageKind.MESSAGE, DeliveryState.SENT)
    page = await house.page()
    assert "skrev til borgeren" in page
    assert "Skrev til borgeren" in page
    assert "Din besked er på vej" in page


async def test_wording_is_checked_and_twice_is_once(house: CaseHouse) -> None:
    """The rules for answers apply, and a repeated click sends one message."""
    await angry(house)
    refused = await house.sends("write", "Vi ringer hurtigst muligt.")
    assert refused.status == 422
    assert 'id="write" open' in await refused.text()
    for _twice in range(2):
        await house.sends("write", WILL_RING)
    assert [said.kind for said in await house.thread()].count(MessageKind.MESSAGE) == 1
    anothers = await house.sends("write", "Jeg ringer også.", name="jonas")
    assert anothers.status == 422
    reason = await house.sends("write", "Jeg ringer også.", name="jonas", override="Mette er syg")
    assert reason.status == 303


async def test_written_now_and_sent_later(house: CaseHouse) -> None:
    """A scheduled message is shown, can be corrected or stopped, and is sent when due."""
    await house.asked()
    await house.does("claim")
    later = {"send_day": "2026-11-24", "send_time": "09:00"}
    await house.sends("write", "Jeg ser på det i dag.", **later)
    await house.sends("write", "Og på hegnet.", **later)
    page = await house.page()
    assert "Din besked venter" in page
    assert "skrev noget, der sendes senere" in page
    first, second = (said.id for said in (await house.thread())[-2:])
    await house.does(f"messages/{first}/correct", {"do": "send", "text": "Jeg ser på det nu."})
    await house.does(f"messages/{second}/cancel")
    await house.later(days=1)
    heard = await house.heard()
    assert "Om KS-1001: Jeg ser på det nu." in heard
    assert "hegnet" not in heard
    assert (await house.case()).state is CaseState.OPEN
    await house.does(f"messages/{first}/withdraw", {"reason": "Forkert sag"})
    assert "er trukket tilbage" in await house.heard()


async def test_a_call_ends_by_its_note_alone(house: CaseHouse) -> None:
    """Only the note of the call ends its promise. Until then, staff cannot close the case."""
    await angry(house)
    promised = (await house.case()).call_by
    tasks = await (await house.at()).read("tasks")
    assert "Ring senest" in tasks
    assert "/console/cases/1001#call-text" in tasks
    closed = {"reason": "no_action", "do": "send", "text": "Vi har talt om det. Skriv gerne igen."}
    refused = await (await house.does("write/close", closed)).text()
    assert "Borgeren er lovet et opkald senest" in refused
    await house.does("hand-over", {"to": "2", "text": "Ring til ham, Jonas"})
    await house.sends("answer", "Fortovet lægges om tirsdag d. 8. december.", name="jonas")
    assert "Det lovede opkald mangler stadig sin note." in await house.page("jonas")
    assert (await house.case()).call_by == promised
    await house.later(days=1)
    tasks = await (await house.at()).read("tasks")
    assert "Skulle være ringet op senest" in tasks
    await house.later(days=20)
    assert (await house.case()).state is CaseState.ANSWERED  # the promised call keeps it open
    await house.says("Jens: [Ja]")
    case = await house.case()
    assert (case.state, case.call_by) == (CaseState.RESOLVED, promised)
    await house.does("call", {"text": "Talte med Jens", "agreed": "Intet"}, name="jonas")
    assert (await house.case()).call_by is None
    assert "#call-text" not in await (await house.at()).read("tasks")


async def test_calls_due_are_sorted(house: CaseHouse) -> None:
    """The list of tasks shows the oldest promised call first."""
    await angry(house)
    await house.later(days=1)
    await house.says("Ana: /start", "Ana: You are useless, I have waited five weeks!!")
    tasks = await (await house.at()).read("tasks")
    assert re.findall(r"cases/(\d+)#call-text", tasks) == ["1001", "1002"]
    assert tasks.index("Skulle være ringet op") < tasks.index("Ring senest")


@pytest.mark.parametrize("map_url", ["", "https://kort.example/?p={lat};{lon}"])
async def test_a_location_of_an_open_case(house: CaseHouse, map_url: str) -> None:
    """A place has area and coordinates. It has a map link only if the setting is not empty."""
    object.__setattr__(house.first.parts, "map_url", map_url)
    await house.asked()
    await house.does("claim")
    await house.sends("write", "Hvilken bænk er det?")
    await house.says("Jens: <location>")
    page = await house.page()
    assert "(et sted på kortet)" in page
    assert "Nær Sandholm Havn (400 m)" in page
    assert "55.6761, 12.5683" in page
    assert ("Vis på et kort" in page) == bool(map_url)
    if map_url:
        assert 'href="https://kort.example/?p=55.6761;12.5683"' in page
    journal = await (await house.at()).read("cases/1001/journal.html")
    assert "55.6761, 12.5683" in journal
    assert "Hvilken bænk er det?" in journal
