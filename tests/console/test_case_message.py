"""Messages that are not answers, and the promise of a call."""

from __future__ import annotations

import re

import pytest
from staffed_chat import StaffedChat

from bot.model.case import CaseState, DeliveryState, MessageKind

ANGRY = "I er ubrugelige, jeg har ventet i fem uger på svar om mit fortov!!"
WILL_RING = "Jeg ringer inden kl. 15."


async def angry(staffed: StaffedChat) -> None:
    """Make Jens angry, so that he is promised a call, and claim the case as Mette."""
    await staffed.says("Jens: /start", f"Jens: {ANGRY}")
    await staffed.does("claim")
    await staffed.new_messages()


async def test_the_case_stands_as_it_stood(staffed: StaffedChat) -> None:
    """A message is sent as previewed. State, dates, episode and promised call stay the same."""
    await angry(staffed)
    before = await staffed.case()
    shown = await (await staffed.does("preview/write", {"text": WILL_RING})).text()
    assert "Om KS-1001: Jeg ringer inden kl. 15." in shown
    assert "Delvist" not in shown
    assert (await staffed.sends("write", WILL_RING)).status == 303
    new_messages = await staffed.new_messages()
    assert "Om KS-1001: Jeg ringer inden kl. 15." in new_messages
    assert "Hilsen Mette" in new_messages
    assert "Fik du svar" not in new_messages
    after = await staffed.case()
    names = ("state", "owner_id", "due_on", "told_on", "call_by", "episode", "answered_at")
    assert before.call_by is not None
    assert [getattr(after, name) for name in names] == [getattr(before, name) for name in names]
    said = (await staffed.thread())[-1]
    assert (said.kind, said.state) == (MessageKind.MESSAGE, DeliveryState.SENT)
    page = await staffed.page()
    assert "skrev til borgeren" in page
    assert "Skrev til borgeren" in page
    assert "Din besked er på vej" in page


async def test_wording_is_checked_and_twice_is_once(staffed: StaffedChat) -> None:
    """The rules for answers apply, and a repeated click sends one message."""
    await angry(staffed)
    refused = await staffed.sends("write", "Vi ringer hurtigst muligt.")
    assert refused.status == 422
    assert 'id="write" open' in await refused.text()
    for _twice in range(2):
        await staffed.sends("write", WILL_RING)
    assert [said.kind for said in await staffed.thread()].count(MessageKind.MESSAGE) == 1
    anothers = await staffed.sends("write", "Jeg ringer også.", name="jonas")
    assert anothers.status == 422
    reason = await staffed.sends("write", "Jeg ringer også.", name="jonas", override="Mette er syg")
    assert reason.status == 303


async def test_written_now_and_sent_later(staffed: StaffedChat) -> None:
    """A scheduled message is shown, can be corrected or stopped, and is sent when due."""
    await staffed.asked()
    await staffed.does("claim")
    later = {"send_day": "2026-11-24", "send_time": "09:00"}
    await staffed.sends("write", "Jeg ser på det i dag.", **later)
    await staffed.sends("write", "Og på hegnet.", **later)
    page = await staffed.page()
    assert "Din besked venter" in page
    assert "skrev noget, der sendes senere" in page
    first, second = (said.id for said in (await staffed.thread())[-2:])
    await staffed.does(f"messages/{first}/correct", {"do": "send", "text": "Jeg ser på det nu."})
    await staffed.does(f"messages/{second}/cancel")
    await staffed.later(days=1)
    new_messages = await staffed.new_messages()
    assert "Om KS-1001: Jeg ser på det nu." in new_messages
    assert "hegnet" not in new_messages
    assert (await staffed.case()).state is CaseState.OPEN
    await staffed.does(f"messages/{first}/withdraw", {"reason": "Forkert sag"})
    assert "er trukket tilbage" in await staffed.new_messages()


async def test_a_call_ends_by_its_note_alone(staffed: StaffedChat) -> None:
    """Only the note of the call ends its promise. Until then, staff cannot close the case."""
    await angry(staffed)
    promised = (await staffed.case()).call_by
    tasks = await (await staffed.at()).read("tasks")
    assert "Ring senest" in tasks
    assert "/console/cases/1001#call-text" in tasks
    closed = {"reason": "no_action", "do": "send", "text": "Vi har talt om det. Skriv gerne igen."}
    refused = await (await staffed.does("write/close", closed)).text()
    assert "Borgeren er lovet et opkald senest" in refused
    await staffed.does("hand-over", {"to": "2", "text": "Ring til ham, Jonas"})
    await staffed.sends("answer", "Fortovet lægges om tirsdag d. 8. december.", name="jonas")
    assert "Det lovede opkald mangler stadig sin note." in await staffed.page("jonas")
    assert (await staffed.case()).call_by == promised
    await staffed.later(days=1)
    tasks = await (await staffed.at()).read("tasks")
    assert "Skulle være ringet op senest" in tasks
    await staffed.later(days=20)
    assert (await staffed.case()).state is CaseState.ANSWERED  # the promised call keeps it open
    await staffed.says("Jens: [Ja]")
    case = await staffed.case()
    assert (case.state, case.call_by) == (CaseState.RESOLVED, promised)
    await staffed.does("call", {"text": "Talte med Jens", "agreed": "Intet"}, name="jonas")
    assert (await staffed.case()).call_by is None
    assert "#call-text" not in await (await staffed.at()).read("tasks")


async def test_calls_due_are_sorted(staffed: StaffedChat) -> None:
    """The list of tasks shows the oldest promised call first."""
    await angry(staffed)
    await staffed.later(days=1)
    await staffed.says("Ana: /start", "Ana: You are useless, I have waited five weeks!!")
    tasks = await (await staffed.at()).read("tasks")
    assert re.findall(r"cases/(\d+)#call-text", tasks) == ["1001", "1002"]
    assert tasks.index("Skulle være ringet op") < tasks.index("Ring senest")


@pytest.mark.parametrize("map_url", ["", "https://kort.example/?p={lat};{lon}"])
async def test_a_location_of_an_open_case(staffed: StaffedChat, map_url: str) -> None:
    """A place has area and coordinates. It has a map link only if the setting is not empty."""
    object.__setattr__(staffed.first.context, "map_url", map_url)
    await staffed.asked()
    await staffed.does("claim")
    await staffed.sends("write", "Hvilken bænk er det?")
    await staffed.says("Jens: <location>")
    page = await staffed.page()
    assert "(et sted på kortet)" in page
    assert "Nær Sandholm Havn (400 m)" in page
    assert "55.6761, 12.5683" in page
    assert ("Vis på et kort" in page) == bool(map_url)
    if map_url:
        assert 'href="https://kort.example/?p=55.6761;12.5683"' in page
    journal = await (await staffed.at()).read("cases/1001/journal.html")
    assert "55.6761, 12.5683" in journal
    assert "Hvilken bænk er det?" in journal
