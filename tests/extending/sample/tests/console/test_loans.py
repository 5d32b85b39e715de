"""A citizen borrows a trailer: the chat, the timer, the list of staff, the alert, the erasure."""

from __future__ import annotations

import re

from bot.store.loans import Loans
from console_browser import employ
from staffed_chat import StaffedChat

from bot.model.staff import Role
from bot.store.checks.references import REFERENCES
from bot.store.personal_data import erase
from bot.testing import PEOPLE, Chat

BORROWED = (
    *("Ana: /start", "Ana: borrow", "Ana: [A trailer]", "Ana: 25.11.2026", "Ana: [Three days]"),
    *("Ana: 20 30 40 50", "Ana: [Yes]"),
)


async def test_borrow_a_trailer(chat_on_each: Chat) -> None:
    """Five questions make a loan; the citizen is reminded on the day it ends, and only then."""
    chat = chat_on_each
    await chat.play("Ana: /start")
    await chat("""
        Ana: borrow
        Bot: What do you want to borrow?
           | [A trailer] [Tables and benches] [Garden tools] [Menu]
        Ana: [A trailer]
        Bot: Which day do you fetch it? Write it like this: 3.12.2026.
           | [Back] [Menu]
        Ana: in December
        Bot: I need a day. Write it like this: 3.12.2026.
        Bot: Which day do you fetch it? Write it like this: 3.12.2026.
           | [Back] [Menu]
        Ana: 25.11.2026
        Bot: For how long?
           | [One day] [Three days] [A week] [Back] [Menu]
        Ana: [Three days]
        Bot: Which number may we ring about it?
           | [Back] [Menu]
        Ana: 20 30 40 50
        Bot: A trailer, from Wednesday 25 November. Three days. Is that right?
           | [Yes] [No] [Back] [Menu]
        Ana: [Yes]
        Bot: It is yours from Wednesday 25 November. Bring it back on Saturday 28 November before
           | 15:00.
           | [My overview] [Menu]
        --- until 2026-11-28 08:00
        --- until 2026-11-28 10:00
        Bot to Ana: To bring back today, Saturday 28 November, before 15:00: A trailer.
           | [Menu]
        --- 7 days pass
    """)


async def test_no_loan(chat: Chat) -> None:
    """A no, a past day and a day on which the thing is lent are no loan."""
    for line in (*BORROWED, "Jens: /start"):
        await chat.play(line)
    await chat("""
        Jens: lån en trailer
        Bot: Hvad vil du låne?
           | [En trailer] [Borde og bænke] [Haveredskaber] [Menu]
        Jens: En trailer
        Bot: Hvilken dag henter du den? Skriv den sådan: 3.12.2026.
           | [Tilbage] [Menu]
        Jens: 27.11.2026
        Bot: Hvor længe?
           | [En dag] [Tre dage] [En uge] [Tilbage] [Menu]
        Jens: En uge
        Bot: Hvilket nummer må vi ringe til?
           | [Tilbage] [Menu]
        Jens: 20304050
        Bot: En trailer fra fredag d. 27. november. En uge. Er det rigtigt?
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: Ja
        Bot: Den er lånt ud til en anden de dage.
        Bot: Intet er lånt. Skriv “lån” for at vælge igen.
           | [Mit overblik] [Menu]
        Jens: lån
        Bot: Hvad vil du låne?
           | [En trailer] [Borde og bænke] [Haveredskaber] [Menu]
        Jens: Haveredskaber
        Bot: Hvilken dag henter du den? Skriv den sådan: 3.12.2026.
           | [Tilbage] [Menu]
        Jens: 1.11.2026
        Bot: Hvor længe?
           | [En dag] [Tre dage] [En uge] [Tilbage] [Menu]
        Jens: En dag
        Bot: Hvilket nummer må vi ringe til?
           | [Tilbage] [Menu]
        Jens: 20304050
        Bot: Haveredskaber fra søndag d. 1. november. En dag. Er det rigtigt?
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: Ja
        Bot: Den dag er gået.
        Bot: Intet er lånt. Skriv “lån” for at vælge igen.
           | [Mit overblik] [Menu]
        Jens: lån
        Bot: Hvad vil du låne?
           | [En trailer] [Borde og bænke] [Haveredskaber] [Menu]
        Jens: Haveredskaber
        Bot: Hvilken dag henter du den? Skriv den sådan: 3.12.2026.
           | [Tilbage] [Menu]
        Jens: 1.12.2026
        Bot: Hvor længe?
           | [En dag] [Tre dage] [En uge] [Tilbage] [Menu]
        Jens: En dag
        Bot: Hvilket nummer må vi ringe til?
           | [Tilbage] [Menu]
        Jens: 20304050
        Bot: Haveredskaber fra tirsdag d. 1. december. En dag. Er det rigtigt?
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: Nej
        Bot: Intet er lånt. Skriv “lån” for at vælge igen.
           | [Mit overblik] [Menu]
    """)


async def test_the_list(staffed: StaffedChat) -> None:
    """Staff see what is lent and to which number, and take it back once; the timer is gone."""
    mette = await staffed.at()
    assert "Intet er lånt ud." in await mette.read("loans")
    await staffed.says(*BORROWED)
    page = await mette.read("loans")
    assert 'href="tel:' in page
    assert "En trailer" in page
    assert "28. november" in page
    asked = await (await mette.post("loans/ended", {"id": "1"})).text()
    assert "En trailer" in asked
    for _twice in range(2):
        await mette.post("loans/ended", {"id": "1", "confirmed": "yes"})
    assert "Intet er lånt ud." in await mette.read("loans")
    await staffed.new_messages()
    await staffed.later(days=9)
    assert "bring back" not in await staffed.new_messages()
    lone = await staffed.at("lone")
    audit = re.sub(r"<[^>]*>", "", await lone.read("audit"))
    assert audit.count("tog en udlånt ting tilbage") == 2  # one event, and one choice of the filter
    assert "lånte en ting" in audit


async def test_who_may_not(staffed: StaffedChat) -> None:
    """A role without permissions neither sees nor ends loans."""
    await staffed.says(*BORROWED)
    outsider = await employ(staffed.store, Role.NONE)
    browser = await (await staffed.first.another().__aenter__()).sign_in(outsider)
    staffed.browsers["outsider"] = browser
    assert (await browser.get("loans")).status == 403
    assert (await browser.post("loans/ended", {"id": "1", "confirmed": "yes"})).status == 403


async def test_late(staffed: StaffedChat) -> None:
    """On the day after, leaders are alerted, with a link to the list."""
    await staffed.says(*BORROWED)
    await staffed.later(days=4, hours=23)
    lone = await staffed.at("lone")
    assert "Det udlånte" not in await lone.read("alerts")
    await staffed.later(days=2)
    page = await lone.read("alerts")
    assert "Det udlånte er ikke kommet tilbage" in page
    assert 'href="/console/loans"' in page


async def test_data_and_erasure(staffed: StaffedChat) -> None:
    """The citizen's data has the loan; erasure takes name and number, and staff still see it."""
    await staffed.says(*BORROWED)
    async with staffed.store.unit() as unit:
        ana = await unit.people.by_lane(f"tg:{PEOPLE['Ana'][0]}")
        assert ana is not None
        (shown,) = (await unit.dossier.of(ana.id))["loans"]
        assert (shown["thing"], shown["phone"]) == ("trailer", "20 30 40 50")
        await erase(unit.connection, ana)
    await staffed.later(days=9)
    async with staffed.store.reading() as unit:
        (kept,) = await Loans(unit).open(9)
        assert (kept.person_id, kept.phone, kept.title) == (None, None, "En trailer")
        for check in REFERENCES:
            assert not (await unit.connection.execute(check.finds)).all(), check.name
    assert "En trailer" in await (await staffed.at()).read("loans")
