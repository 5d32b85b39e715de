"""The page of a case: its content, and the internal words that are never sent."""

from __future__ import annotations

import re

from staffed_chat import StaffedChat, said

from bot.model.case import CaseState
from bot.model.commands.casework import EnterCase
from bot.service import execute


async def test_everything_is_there(staffed: StaffedChat) -> None:
    """The page has number, words, state, date with weekday, contact, theme and language."""
    await staffed.asked()
    page = await staffed.page()
    for words in (
        "KS-1001",
        "Hvornår bliver bænken ved søen malet igen?",
        "Ikke taget",
        "Ingen har taget den",
        "mandag d. 30. november",
        "5 hverdage tilbage",
        "Skrev i Telegram · Dansk",
        "Tag sagen",
    ):
        assert words in page, words


async def test_whoever_opens_it_has_read_it(staffed: StaffedChat) -> None:
    """Opening the page shows the citizen who read it. A prefetch is refused and unrecorded."""
    number = await staffed.asked()
    await staffed.says("Jens: mit")
    mette = await staffed.at()
    ahead = await mette.get(f"cases/{number}", Sec_Purpose="prefetch")
    assert ahead.status == 503
    assert "Læst af" not in await staffed.new_messages()
    await staffed.page()
    assert "Læst af Mette." in await staffed.new_messages()
    async with staffed.store.reading() as unit:
        assert await unit.alerts.unseen((await staffed.case()).id) == 0


async def test_no_such_case(staffed: StaffedChat) -> None:
    """An unknown number gets status 404."""
    mette = await staffed.at()
    for number in ("1001", "0", "999999999999999", "1000"):
        assert (await mette.get(f"cases/{number}")).status == 404


async def test_how_near_the_date_is(staffed: StaffedChat) -> None:
    """The page says in words how many working days are left or overdue."""
    await staffed.asked()
    assert "5 hverdage tilbage" in await staffed.page()
    await staffed.does("claim")
    await staffed.later(days=3)
    assert "2 hverdage tilbage" in await staffed.page()
    await staffed.later(days=4)
    page = await staffed.page()
    assert "Frist i dag" in page
    await staffed.later(days=2)
    page = await staffed.page()
    assert "2 hverdage for sent" in page
    assert "Borgeren har fået at vide" in page


async def test_a_message_that_was_changed(staffed: StaffedChat) -> None:
    """Earlier versions of a message are folded below it."""
    await staffed.asked()
    await staffed.says("Jens edits: Hvornår bliver bænken ved søen malet?")
    page = await staffed.page()
    assert "Ændret én gang" in page
    earlier = page[page.index("Ændret én gang") :]
    assert "malet igen?" in earlier[: earlier.index("</details>")]


async def test_an_answer_that_did_not_help(staffed: StaffedChat) -> None:
    """The page shows a "no" or "partly" until another answer is sent or a "yes" comes."""
    await staffed.asked()
    await staffed.does("claim")
    await staffed.sends("answer", "Bænken bliver malet i uge 50.")
    await staffed.bot.settle()
    await staffed.says("Jens: [Delvist]")
    assert "Svaret hjalp delvist" in await staffed.page()
    await staffed.sends("answer", "Den bliver malet grøn.")
    assert "Svaret hjalp" not in await staffed.page()
    await staffed.bot.settle()
    await staffed.says("Jens: [Nej]")
    assert "Svaret hjalp ikke" in await staffed.page()
    await staffed.says("Jens: [Ja]")
    assert "Svaret hjalp" not in await staffed.page()


async def test_history(staffed: StaffedChat) -> None:
    """The history lists every act with name and label, newest first."""
    await staffed.asked()
    await staffed.does("claim")
    await staffed.does("marks", {"mark": ["high_expectations", "strong_feelings"]})
    await staffed.does("sort", {"theme": "roads", "area": "tangoe"})
    page = await staffed.page()
    acts = re.findall(r"<li><time.*?</time> <span>(.*?)</span></li>", page)
    assert [re.sub(r"<[^>]*>", "", act) for act in acts] == [
        "Mette læste sagen",
        "Mette sorterede sagen: Veje og stier, Tangø",
        "Mette mærkede sagen: Høje forventninger, Stærke følelser",
        "Mette tog sagen",
        "Jens åbnede sagen",
    ]


async def test_words_are_inert(staffed: StaffedChat) -> None:
    """Names and texts of citizens and staff are escaped."""
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(2)>{{7*7}}'
    staffed.chat.world.rename_user(102, first_name='"><b>Jens</b>')
    await staffed.asked(f"Hvornår? {evil}")
    await staffed.does("note", {"text": evil})
    await staffed.does("hand-over", {"to": "2", "text": evil})
    case = await staffed.case()
    raw = await (await staffed.at()).read(f"cases/{case.number}")
    assert "<script>alert" not in raw
    assert "<img src=x" not in raw
    assert "<b>Jens" not in raw
    assert raw.count("&lt;script&gt;alert(1)") >= 4
    assert "{{7*7}}" in raw


async def test_a_note_never_leaves(staffed: StaffedChat) -> None:
    """Notes, calls and handovers are marked as internal and never sent to the chat."""
    await staffed.asked()
    await staffed.new_messages()
    await staffed.does("note", {"text": "Intern viden om bænken"})
    await staffed.does("call", {"text": "Talte med Jens", "agreed": "Ringer igen tirsdag"})
    await staffed.does("hand-over", {"to": "2", "text": "Tag den, Jonas"})
    new_messages = await staffed.new_messages()
    page = await staffed.page()
    for words in ("Intern viden om bænken", "Ringer igen tirsdag", "Tag den, Jonas"):
        assert words in page
        assert words not in new_messages
    assert page.count("Kun for personalet</span>") == 3
    data = "\n".join(await staffed.says("Jens: mine data"))
    assert "Intern viden" not in data


async def test_a_picture_and_a_place(staffed: StaffedChat) -> None:
    """A picture is a sandboxed attachment. A place has area, coordinates and a map link."""
    await staffed.says("Jens: /start", "Jens: giv et praj", "Jens: [Hul i vejen]")
    await staffed.says("Jens: <location>", "Jens: <photo>", "Jens: [Send]")
    page = await staffed.page()
    assert "geo:" not in page
    assert "Nær Sandholm Havn (400 m)" in page
    assert ">55.6761, 12.5683</code>" in page
    map_link = "https://www.openstreetmap.org/?mlat=55.6761&mlon=12.5683#map=17/55.6761/12.5683"
    assert f'<a href="{map_link}" target="_blank" rel="noreferrer noopener">' in page
    link = re.search(r'<img src="/console/(cases/1001/pictures/\d+)"', page)
    assert link is not None
    got = await (await staffed.at()).get(link[1])
    assert got.status == 200
    assert got.content_type == "image/jpeg"
    assert got.headers["Content-Disposition"].startswith('attachment; filename="KS-1001-')
    assert got.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert (await (await staffed.at()).get("cases/1001/pictures/999")).status == 404


async def test_anothers_picture(staffed: StaffedChat) -> None:
    """A picture is found only under its own case."""
    await staffed.says("Jens: /start", "Jens: giv et praj", "Jens: [Hul i vejen]")
    await staffed.says("Jens: Strandvej 2", "Jens: <photo>", "Jens: [Send]")
    await staffed.says("Ana: /start", "Ana: When is the bench painted?", "Ana: [Ask a person]")
    mette = await staffed.at()
    assert (await mette.get("cases/1001/pictures/1")).status == 200
    assert (await mette.get("cases/1002/pictures/1")).status == 404


async def test_one_who_rang(staffed: StaffedChat) -> None:
    """A case by phone shows its source and a number to call, and takes more words."""
    async with staffed.store.unit() as unit:
        mette = await unit.staff.by_username("mette")
        assert mette is not None
        entered = EnterCase(
            mette.id, "phone", "question", "Inger", "12 34 56 78", "service", None, "Om pas"
        )
        await execute(entered, unit)
    page = await staffed.page()
    assert "Ringede til os" in page
    assert 'href="tel:12345678"' in page
    added = await staffed.does("words", {"text": "Hun skal rejse den 4. december."})
    assert added.status == 303
    assert "Hun skal rejse den 4. december." in await staffed.page()
    assert (await staffed.case()).state is CaseState.NEW


async def test_what_is_fetched(staffed: StaffedChat) -> None:
    """Fragments for scripts hold the page's parts without the page around them."""
    number = await staffed.asked()
    mette = await staffed.at()
    for part in ("thread", "presence", "faq?q=pas"):
        got = await mette.get(f"cases/{number}/{part}")
        assert got.status == 200
        assert "<html" not in await got.text()
    found = await said(await mette.get(f"cases/{number}/faq?q=hvordan får jeg nyt pas"))
    assert "Bestil tid og kom selv." in found
    assert "Ingen svar passer" in await said(await mette.get(f"cases/{number}/faq?q=zzzzz"))


async def test_only_a_leader_who_did_not_write_sees_that_an_answer_felt_wrong(
    staffed: StaffedChat,
) -> None:
    """Only a leader who did not write the answer sees the report in the history (HR-15).

    The citizen was promised that the writer does not look at it.
    """
    await staffed.asked()
    await staffed.does("claim")
    await staffed.sends("answer", "Bænken bliver malet i uge 50. Det er Vej og Park, der gør det.")
    await staffed.new_messages()
    await staffed.says("Jens: [Det her føltes ikke ordentligt]")
    line = "et svar ikke føltes ordentligt"
    assert "felt_wrong" in await staffed.verbs()
    assert line not in await staffed.page("mette")
    assert line not in await staffed.page("jonas")
    assert line in await staffed.page("lone")
