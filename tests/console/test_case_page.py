"""The page of a case: its content, and the internal words that are never sent."""

from __future__ import annotations

import re

from case_house import CaseHouse, said

from bot.model.case import CaseState
from bot.model.commands.casework import EnterCase
from bot.service import execute


async def test_everything_is_there(house: CaseHouse) -> None:
    """The page has number, words, state, date with weekday, contact, theme and language."""
    await house.asked()
    page = await house.page()
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


async def test_whoever_opens_it_has_read_it(house: CaseHouse) -> None:
    """Opening the page shows the citizen who read it. A prefetch is refused and unrecorded."""
    number = await house.asked()
    await house.says("Jens: mit")
    mette = await house.at()
    ahead = await mette.get(f"cases/{number}", Sec_Purpose="prefetch")
    assert ahead.status == 503
    assert "Læst af" not in await house.heard()
    await house.page()
    assert "Læst af Mette." in await house.heard()
    async with house.store.reading() as unit:
        assert await unit.alerts.unseen((await house.case()).id) == 0


async def test_no_such_case(house: CaseHouse) -> None:
    """An unknown number gets status 404."""
    mette = await house.at()
    for number in ("1001", "0", "999999999999999", "1000"):
        assert (await mette.get(f"cases/{number}")).status == 404


async def test_how_near_the_date_is(house: CaseHouse) -> None:
    """The page says in words how many working days are left or overdue."""
    await house.asked()
    assert "5 hverdage tilbage" in await house.page()
    await house.does("claim")
    await house.later(days=3)
    assert "2 hverdage tilbage" in await house.page()
    await house.later(days=4)
    page = await house.page()
    assert "Frist i dag" in page
    await house.later(days=2)
    page = await house.page()
    assert "2 hverdage for sent" in page
    assert "Borgeren har fået at vide" in page


async def test_a_message_that_was_changed(house: CaseHouse) -> None:
    """Earlier versions of a message are folded below it."""
    await house.asked()
    await house.says("Jens edits: Hvornår bliver bænken ved søen malet?")
    page = await house.page()
    assert "Ændret én gang" in page
    earlier = page[page.index("Ændret én gang") :]
    assert "malet igen?" in earlier[: earlier.index("</details>")]


async def test_an_answer_that_did_not_help(house: CaseHouse) -> None:
    """The page shows a "no" or "partly" until another answer is sent or a "yes" comes."""
    await house.asked()
    await house.does("claim")
    await house.sends("answer", "Bænken bliver malet i uge 50.")
    await house.bot.settle()
    await house.says("Jens: [Delvist]")
    assert "Svaret hjalp delvist" in await house.page()
    await house.sends("answer", "Den bliver malet grøn.")
    assert "Svaret hjalp" not in await house.page()
    await house.bot.settle()
    await house.says("Jens: [Nej]")
    assert "Svaret hjalp ikke" in await house.page()
    await house.says("Jens: [Ja]")
    assert "Svaret hjalp" not in await house.page()


async def test_history(house: CaseHouse) -> None:
    """The history lists every act with name and label, newest first."""
    await house.asked()
    await house.does("claim")
    await house.does("marks", {"mark": ["high_expectations", "strong_feelings"]})
    await house.does("sort", {"theme": "roads", "area": "tangoe"})
    page = await house.page()
    acts = re.findall(r"<li><time.*?</time> <span>(.*?)</span></li>", page)
    assert [re.sub(r"<[^>]*>", "", act) for act in acts] == [
        "Mette læste sagen",
        "Mette sorterede sagen: Veje og stier, Tangø",
        "Mette mærkede sagen: Høje forventninger, Stærke følelser",
        "Mette tog sagen",
        "Jens åbnede sagen",
    ]


async def test_words_are_inert(house: CaseHouse) -> None:
    """Names and texts of citizens and staff are escaped."""
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(2)>{{7*7}}'
    house.chat.world.rename_user(102, first_name='"><b>Jens</b>')
    await house.asked(f"Hvornår? {evil}")
    await house.does("note", {"text": evil})
    await house.does("hand-over", {"to": "2", "text": evil})
    case = await house.case()
    raw = await (await house.at()).read(f"cases/{case.number}")
    assert "<script>alert" not in raw
    assert "<img src=x" not in raw
    assert "<b>Jens" not in raw
    assert raw.count("&lt;script&gt;alert(1)") >= 4
    assert "{{7*7}}" in raw


async def test_a_note_never_leaves(house: CaseHouse) -> None:
    """Notes, calls and handovers are marked as internal and never sent to the chat."""
    await house.asked()
    await house.heard()
    await house.does("note", {"text": "Intern viden om bænken"})
    await house.does("call", {"text": "Talte med Jens", "agreed": "Ringer igen tirsdag"})
    await house.does("hand-over", {"to": "2", "text": "Tag den, Jonas"})
    heard = await house.heard()
    page = await house.page()
    for words in ("Intern viden om bænken", "Ringer igen tirsdag", "Tag den, Jonas"):
        assert words in page
        assert words not in heard
    assert page.count("Kun for personalet</span>") == 3
    data = "\n".join(await house.says("Jens: mine data"))
    assert "Intern viden" not in data


async def test_a_picture_and_a_place(house: CaseHouse) -> None:
    """A picture is a sandboxed attachment. A place has area, coordinates and a map link."""
    await house.says("Jens: /start", "Jens: giv et praj", "Jens: [Hul i vejen]")
    await house.says("Jens: <location>", "Jens: <photo>", "Jens: [Send]")
    page = await house.page()
    assert "geo:" not in page
    assert "Nær Sandholm Havn (400 m)" in page
    assert ">55.6761, 12.5683</code>" in page
    map_link = "https://www.openstreetmap.org/?mlat=55.6761&mlon=12.5683#map=17/55.6761/12.5683"
    assert f'<a href="{map_link}" target="_blank" rel="noreferrer noopener">' in page
    link = re.search(r'<img src="/console/(cases/1001/pictures/\d+)"', page)
    assert link is not None
    got = await (await house.at()).get(link[1])
    assert got.status == 200
    assert got.content_type == "image/jpeg"
    assert got.headers["Content-Disposition"].startswith('attachment; filename="KS-1001-')
    assert got.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert (await (await house.at()).get("cases/1001/pictures/999")).status == 404


async def test_anothers_picture(house: CaseHouse) -> None:
    """A picture is found only under its own case."""
    await house.says("Jens: /start", "Jens: giv et praj", "Jens: [Hul i vejen]")
    await house.says("Jens: Strandvej 2", "Jens: <photo>", "Jens: [Send]")
    await house.says("Ana: /start", "Ana: When is the bench painted?", "Ana: [Ask a person]")
    mette = await house.at()
    assert (await mette.get("cases/1001/pictures/1")).status == 200
    assert (await mette.get("cases/1002/pictures/1")).status == 404


async def test_one_who_rang(house: CaseHouse) -> None:
    """A case by phone shows its source and a number to call, and takes more words."""
    async with house.store.unit() as unit:
        mette = await unit.staff.by_username("mette")
        assert mette is not None
        entered = EnterCase(
            mette.id, "phone", "question", "Inger", "12 34 56 78", "service", None, "Om pas"
        )
        await execute(entered, unit)
    page = await house.page()
    assert "Ringede til os" in page
    assert 'href="tel:12345678"' in page
    added = await house.does("words", {"text": "Hun skal rejse den 4. december."})
    assert added.status == 303
    assert "Hun skal rejse den 4. december." in await house.page()
    assert (await house.case()).state is CaseState.NEW


async def test_what_is_fetched(house: CaseHouse) -> None:
    """Fragments for scripts hold the page's parts without the page around them."""
    number = await house.asked()
    mette = await house.at()
    for part in ("thread", "presence", "faq?q=pas"):
        got = await mette.get(f"cases/{number}/{part}")
        assert got.status == 200
        assert "<html" not in await got.text()
    found = await said(await mette.get(f"cases/{number}/faq?q=hvordan får jeg nyt pas"))
    assert "Bestil tid og kom selv." in found
    assert "Ingen svar passer" in await said(await mette.get(f"cases/{number}/faq?q=zzzzz"))


async def test_only_a_leader_who_did_not_write_sees_that_an_answer_felt_wrong(
    house: CaseHouse,
) -> None:
    """Only a leader who did not write the answer sees the report in the history (HR-15).

    The citizen was promised that the writer does not look at it.
    """
    await house.asked()
    await house.does("claim")
    await house.sends("answer", "Bænken bliver malet i uge 50. Det er Vej og Park, der gør det.")
    await house.heard()
    await house.says("Jens: [Det her føltes ikke ordentligt]")
    line = "et svar ikke føltes ordentligt"
    assert "felt_wrong" in await house.verbs()
    assert line not in await house.page("mette")
    assert line not in await house.page("jonas")
    assert line in await house.page("lone")
