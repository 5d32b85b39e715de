"""What stood in the way: grouped without names, previewed, and answered once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from console_browser import Browser, employ
from pledge_desk_town import pledger, pledges
from staffed_chat import StaffedChat
from test_statements import counted
from volunteer_town import do, said

from bot.clock import TravelClock
from bot.model.commands.pledges import BeginPledging, MakePledge, TellObstacle
from bot.model.outcome import OUTCOME, OutcomeState
from bot.model.staff import Role, Staff
from bot.service.pledges import outcomes
from bot.store.pledge_desk import PledgeDesk
from bot.store.public_pledges import PublicPledges
from bot.store.store import Store

NAMES = ("Annika", "Bertram", "Cecilie", "Dagmar", "Elvira")
TEXTS = {
    "summaries_da": "Flere manglede en le.",
    "summaries_en": "Several lacked a scythe.",
    "texts_da": "Du kan låne en le på biblioteket fra mandag d. 4. januar.",
    "decided_by": "Teknisk Udvalg",
}


@pytest.fixture
async def mette(town: Store) -> Staff:
    """Add Mette to the staff."""
    return await employ(town)


@pytest.fixture
async def staff(browser: Browser, mette: Staff) -> Browser:
    """Sign Mette in."""
    return await browser.sign_in(mette)


async def tell(town: Store, names: tuple[str, ...] = NAMES) -> list[int]:
    """Let people say what stood in the way. Return the ids of what they said."""
    told = []
    for number, name in enumerate(names, 501):
        person, made = await pledges(town, name, number)
        words = f"Jeg har ingen le, siger nummer {number}"
        told.append(int(await do(town, TellObstacle(person, made.id, "things", words))))
    return told


async def test_alike_ones_are_grouped_without_names(
    town: Store, mette: Staff, staff: Browser
) -> None:
    """No page of obstacles has a name; one command makes one group for all that are chosen."""
    told = await tell(town)
    page = said(await staff.read("obstacles"))
    assert "Jeg har ingen le, siger nummer 501" in page
    assert "Det stod i vejen 5" in page
    for name in NAMES:
        assert name not in page
    assert "Jeg har ingen le" not in said(await staff.read("obstacles?theme=night"))
    nothing = await staff.post("obstacles/group", {})
    assert nothing.status == 303
    asked = said(await (await staff.post("obstacles/group", {"id": told[:4]})).text())
    assert "Saml 4, der siger det samme" in asked
    assert not any(name in asked for name in NAMES)
    chosen = {"id": told[:4], "confirmed": "yes", "owner_id": mette.id}
    untitled = await staff.post("obstacles/group", chosen)
    assert untitled.status == 422
    gone = await staff.post("obstacles/group", {**chosen, "title": "Ingen le"})
    assert gone.status == 303
    outcome = gone.headers["Location"].removeprefix("/console/")
    more = {"id": told[4:], "confirmed": "yes", "outcome_id": outcome.rpartition("/")[2]}
    await staff.post("obstacles/group", {**more, "owner_id": mette.id})
    page = said(await staff.read(outcome))
    assert "5 har sagt det" in page
    assert not any(name in page for name in NAMES)
    assert "Ingen le Venter på svar" in said(await staff.read("outcomes"))
    assert "Det stod i vejen 1" in page
    async with town.reading() as unit:
        assert len(await unit.outcomes.in_states({OutcomeState.OPEN})) == 1
    taken = await staff.post("obstacles/ungroup", {"id": told[0]})
    assert "Vil du tage 1 ud af gruppen?" in said(await taken.text())
    await staff.post("obstacles/ungroup", {"id": told[0], "confirmed": "yes"})
    assert "4 har sagt det" in said(await staff.read(outcome))


async def test_what_waits_alerts_staff(town: Store, clock: TravelClock, staff: Browser) -> None:
    """The alert names what it is about without a person's words, and leads to the obstacles."""
    (told,) = await tell(town, NAMES[:1])
    clock.move_to(clock.now() + timedelta(days=12))
    async with town.unit() as unit:
        await outcomes.look(unit, told)
    page = await staff.read("alerts")
    assert "Nogen har fortalt, hvad der stod i vejen for et løfte" in said(page)
    assert "noget, der stod i vejen for et løfte" in said(page)
    assert 'href="/console/obstacles"' in page
    assert "ingen le" not in page


async def group(town: Store, staff: Browser, mette: Staff, names: tuple[str, ...] = NAMES) -> str:
    """Group what people said. Return the path of the answer."""
    chosen = {"id": await tell(town, names), "confirmed": "yes", "owner_id": mette.id}
    gone = await staff.post("obstacles/group", {**chosen, "title": "Ingen le"})
    return gone.headers["Location"].removeprefix("/console/")


async def test_the_message_is_seen_first_and_sent_once(
    town: Store, mette: Staff, staff: Browser
) -> None:
    """The preview shows each language; each contributor is told once."""
    path = await group(town, staff, mette)
    missing = await staff.post(f"{path}/answer", {**TEXTS, "texts_da": "", "version": "1"})
    assert missing.status == 422
    shown = await staff.post(f"{path}/answer", {**TEXTS, "version": "1"})
    page = said(await shown.text())
    assert 'Du fortalte, hvad der stod i vejen: "Jeg har ingen le, siger nummer 505"' in page
    assert "Det svarer vi: Du kan låne en le" in page
    assert "You told us what stood in the way: “Jeg har ingen le, siger nummer 505”" in page
    assert "Hilsen Mette" in page
    assert "Det er besluttet af Teknisk Udvalg." in page
    assert "I var 5, der sagde det. Tak for dit bidrag." in page
    assert "(in Danish only)" in page
    assert "5 personer får besked." in page
    again = await staff.post(f"{path}/answer", {**TEXTS, "version": "1", "do": "change"})
    assert "Du kan låne en le på biblioteket" in await again.text()
    for _twice in range(2):
        await staff.post(f"{path}/answer", {**TEXTS, "version": "1", "do": "send"})
    page = said(await staff.read(path))
    assert "Besvaret" in page
    assert "Besluttet af Teknisk Udvalg" in page
    async with town.reading() as unit:
        sent = await unit.deliveries.of_subject(OUTCOME, int(path.rpartition("/")[2]), 10)
    assert len(sent) == len(NAMES)
    assert "Ingen le Besvaret" in said(await staff.read("outcomes?state=answered"))


async def test_an_answer_to_a_few_people_is_only_sent_to_them(
    town: Store, mette: Staff, staff: Browser
) -> None:
    """Fewer than five are thanked without their number; the answer is published only if ticked."""
    path = await group(town, staff, mette, NAMES[:2])
    page = said(await staff.read(path))
    assert "Færre end fem har sagt det. Derfor får kun de selv svaret." in page
    assert "Så få mennesker kan genkendes." in page
    texts = {name: text for name, text in TEXTS.items() if not name.startswith("summaries")}
    page = said(await (await staff.post(f"{path}/answer", {**texts, "version": "1"})).text())
    assert "Teknisk Udvalg. Tak for dit bidrag." in page
    assert "I var 2" not in page
    assert "Kun dem, der sagde det, kan læse svaret." in page
    assert "Offentliggør og send" not in page
    ticked = {**texts, "version": "1", "also_publish": "yes"}
    assert (await staff.post(f"{path}/answer", ticked)).status == 422
    ticked |= {"summaries_da": "Nogle manglede en le."}
    page = said(await (await staff.post(f"{path}/answer", ticked)).text())
    assert "Offentliggør og send" in page
    await staff.post(f"{path}/answer", {**TEXTS, "version": "1", "do": "send"})
    assert "Det står ikke på den offentlige side." in said(await staff.read(path))
    async with town.reading() as unit:
        (answered,) = await unit.outcomes.in_states({OutcomeState.ANSWERED})
        assert not answered.is_public
        assert await PublicPledges(unit).outcomes(10) == []


async def test_a_group_that_changes_after_the_preview_is_read_again(
    town: Store, mette: Staff, staff: Browser
) -> None:
    """Staff publish an answer only for the people that they have seen in its group."""
    path = await group(town, staff, mette)
    send = {**TEXTS, "do": "send"}
    async with town.reading() as unit:
        told = await unit.contributions.of_outcome(int(path.rpartition("/")[2]))
    await staff.post("obstacles/ungroup", {"id": told[0].id, "confirmed": "yes"})
    assert (await staff.post(f"{path}/answer", {**send, "version": "1"})).status == 422
    assert "Venter på svar" in said(await staff.read(path))
    shown = await (await staff.post(f"{path}/answer", {**TEXTS, "version": "2"})).text()
    assert "Kun dem, der sagde det, kan læse svaret." in said(shown)
    await staff.post(f"{path}/answer", {**send, "version": "2"})
    assert "Det står ikke på den offentlige side." in said(await staff.read(path))


async def test_a_person_who_says_two_things_is_one(
    town: Store, mette: Staff, staff: Browser
) -> None:
    """People are counted, and not what they said."""
    person, made = await pledges(town, "Annika", 501)
    told = [
        int(await do(town, TellObstacle(person, made.id, "things", words)))
        for words in ("Ingen le", "Ingen kost")
    ]
    chosen = {"id": told, "confirmed": "yes", "owner_id": mette.id, "title": "Ting"}
    gone = await staff.post("obstacles/group", chosen)
    path = gone.headers["Location"].removeprefix("/console/")
    assert "1 har sagt det" in said(await staff.read(path))
    assert "1 har sagt det" in said(await staff.read("outcomes"))


async def test_the_preview_is_the_message(staffed: StaffedChat) -> None:
    """What staff see is what the person then reads in the chat, with their own words."""
    await staffed.says("Jens: /start")
    async with staffed.store.reading() as unit:
        jens = (await unit.people.get(1)).id
    await do(staffed.store, BeginPledging(jens, over_15=True))
    words = MakePledge(jens, words="Jeg går", theme="climate", rhythm="once")
    made = await do(staffed.store, words)
    obstacle = TellObstacle(jens, made["pledge_id"], words="Fortovet er <smalt> & glat")
    told = await do(staffed.store, obstacle)
    browser = await staffed.at("jonas")
    chosen = {"id": told, "confirmed": "yes", "owner_id": "1", "title": "Fortovet"}
    gone = await browser.post("obstacles/group", chosen)
    path = gone.headers["Location"].removeprefix("/console/")
    shown = await (await browser.post(f"{path}/answer", {**TEXTS, "version": "1"})).text()
    bubbles = re.findall(r'<blockquote class="bubble".*?</blockquote>', shown, re.DOTALL)
    await staffed.new_messages()
    await browser.post(f"{path}/answer", {**TEXTS, "version": "1", "do": "send"})
    await staffed.later(days=1)
    message = " ".join((await staffed.new_messages()).replace("|", " ").split())
    assert "Fortovet er <smalt> & glat" in message
    assert "Hilsen Mette" in message
    assert said(bubbles[0]) in message


async def test_another_may_answer(
    town: Store, mette: Staff, staff: Browser, clock: TravelClock
) -> None:
    """The new owner is alerted, and the date is marked when it has passed."""
    lone = await employ(town, Role.LEADER)
    path = await group(town, staff, mette)
    assert (await staff.post(f"{path}/assign", {"owner_id": "999"})).status == 422
    await staff.post(f"{path}/assign", {"owner_id": lone.id})
    assert "Hvem svarer Lone" in said(await staff.read(path))
    async with town.reading() as unit:
        assert await unit.alerts.unseen(lone.id) == 1
    assert "Ingen le" not in said(await staff.read("outcomes?whose=mine"))
    clock.move_to(clock.now() + timedelta(days=40))
    assert "datoen er overskredet" in said(await staff.read("outcomes"))


async def test_what_waits_is_counted_by_one_statement(town: Store, mette: Staff) -> None:
    """The sidebar's counts of pledges cost one statement."""
    person = await pledger(town, "Ana", 501)
    words = MakePledge(person, words="Jeg går", theme="climate", rhythm="once")
    made = await do(town, words)
    await do(town, TellObstacle(person, made["pledge_id"], "time"))
    with counted(town) as cost:
        async with town.reading() as unit:
            work = await PledgeDesk(unit).waiting(mette.id, unit.calendar.local(unit.now).date())
    assert (work.campaigns, work.obstacles) == (0, 1)
    assert cost.statements == 1
