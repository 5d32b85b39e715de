"""The pages of campaigns: the warning, the approval, signatures by phone, and the end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from console_browser import Browser, employ
from pledge_desk_town import campaign, drafted, opened, pledger, signs
from volunteer_town import do, said

from bot.clock import TravelClock
from bot.console.campaign_form import PLEDGEBANK
from bot.model.campaign import HIGH_TARGET, CampaignState, CounterState
from bot.model.commands.pledges import ProposeCampaign, ReviseProposal, SubmitCampaign
from bot.model.staff import Role, Staff
from bot.service.pledges import campaign_clock
from bot.store.store import Store


@pytest.fixture
async def mette(town: Store) -> Staff:
    """Add Mette to the staff."""
    return await employ(town)


@pytest.fixture
async def lone(town: Store) -> Staff:
    """Add Lone, who leads."""
    return await employ(town, Role.LEADER)


@pytest.fixture
async def staff(browser: Browser, mette: Staff) -> Browser:
    """Sign Mette in."""
    return await browser.sign_in(mette)


@pytest.fixture
async def leader(browser: Browser, lone: Staff) -> AsyncIterator[Browser]:
    """Sign Lone in, in a browser of her own."""
    async with browser.another() as opened_browser:
        yield await opened_browser.sign_in(lone)


def written(clock: TravelClock, **changed: object) -> dict[str, object]:
    """Return the form of a campaign as a browser sends it."""
    deadline = (clock.now() + timedelta(days=30)).date().isoformat()
    return {
        "titles_da": "Ren havn",
        "titles_en": "A clean harbour",
        "texts_da": "Jeg samler affald på havnen en time.",
        "texts_en": "I collect litter for an hour.",
        "target": "3",
        "deadline": deadline,
        "theme": "wild",
        "rhythm": "once",
        "kind": "level",
        **changed,
    }


async def test_a_high_target_is_warned_about_once(
    town: Store, clock: TravelClock, staff: Browser
) -> None:
    """The warning has the results here and on PledgeBank, and a second save keeps the target."""
    assert PLEDGEBANK == (295, 1567)
    form = written(clock, target=str(HIGH_TARGET))
    warned = await staff.post("campaigns/new", form)
    assert warned.status == 200
    page = await warned.text()
    assert "På den britiske side PledgeBank nåede 295 af 1567 fælles løfter deres mål." in said(
        page
    )
    assert "Her er ingen afsluttet endnu." in said(page)
    assert f'name="confirmed" value="{HIGH_TARGET}"' in page
    higher = await staff.post(
        "campaigns/new", {**form, "target": "500", "confirmed": str(HIGH_TARGET)}
    )
    assert higher.status == 200
    kept = await staff.post("campaigns/new", {**form, "confirmed": str(HIGH_TARGET)})
    assert kept.status == 303
    low = await staff.post("campaigns/new", written(clock))
    assert low.status == 303
    known = await campaign(town, int(low.headers["Location"].rpartition("/")[2]))
    assert (known.target, known.state) == (3, CampaignState.DRAFT)
    assert "Ren havn Udkast" in said(await staff.read("campaigns"))


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"target": "mange"}, "Skriv et helt tal."),
        ({"target": "1"}, "Skriv et tal fra 2 til"),
        ({"deadline": ""}, "Skriv den sidste dag"),
        ({"deadline": "2020-01-01"}, "Vælg en dag efter i dag"),
        ({"titles_da": ""}, "Skriv den danske tekst."),
        ({"rhythm": "?"}, "Vælg en af mulighederne."),
        ({"counter_da": "Vi sætter skraldespande op."}, "Vælg, hvem der"),
        ({"counter_staff_id": "999"}, "Vælg en af mulighederne."),
        ({"catalogue_id": "999"}, "Vælg en af mulighederne."),
        ({"measure": "m2", "amount": "1e99"}, "Skriv et tal, for eksempel 20 eller 1,5."),
        ({"amount": "-5"}, "Skriv et tal, for eksempel 20 eller 1,5."),
        ({"texts_en": "I call 010203-1234."}, "Skriv ikke et CPR-nummer her."),
    ],
)
async def test_a_fault_is_named_at_its_field(
    staff: Browser, clock: TravelClock, wrong: dict[str, str], reason: str
) -> None:
    """The form comes back as it was sent, with the reason."""
    sent = await staff.post("campaigns/new", written(clock, **wrong))
    assert sent.status == 422
    assert reason in said(await sent.text())


async def test_another_approves_what_one_wrote(
    town: Store, mette: Staff, staff: Browser, leader: Browser
) -> None:
    """The author sees no approval; the approver reads the words that are frozen."""
    made = await drafted(town, mette)
    path = f"campaigns/{made}"
    assert "Send det til godkendelse" in await staff.read(path)
    await staff.post(f"{path}/submit")
    page = await staff.read(path)
    assert "Derfor skal en anden medarbejder godkende det." in said(page)
    assert f"{path}/approve" not in page
    version = (await campaign(town, made)).version
    await staff.post(f"{path}/approve", {"version": version})
    assert (await campaign(town, made)).state is CampaignState.IN_REVIEW
    assert "Fælles løfter 1" in said(await leader.read("campaigns"))
    assert "Fælles løfter 1" not in said(await staff.read("campaigns"))
    assert "Et fælles løfte venter på din godkendelse" in said(await leader.read("alerts"))
    page = await leader.read(path)
    assert "Læs hvert ord." in said(page)
    assert f'name="version" value="{version}"' in page
    assert (await leader.post(f"{path}/return", {"reason": ""})).status == 422
    await leader.post(f"{path}/return", {"reason": "Skriv, hvor vi mødes."})
    assert "Skriv, hvor vi mødes." in said(await staff.read(path))
    await staff.post(f"{path}/submit")
    await leader.post(f"{path}/approve", {"version": (await campaign(town, made)).version})
    known = await campaign(town, made)
    assert known.state is CampaignState.OPEN
    page = said(await staff.read(path))
    assert "Åbent for underskrifter 0 af 3 har skrevet under" in page
    assert "De kan ikke ændres efter godkendelsen" in page
    assert (await staff.get(f"{path}/edit")).status == 404


async def test_a_proposal_of_a_citizen(town: Store, clock: TravelClock, staff: Browser) -> None:
    """A proposal names who proposed it; without a Danish title it cannot be approved."""
    person = await pledger(town, "Ana", 501)
    deadline = (clock.now() + timedelta(days=30)).date()
    proposal = ProposeCampaign(
        person, "Kør sammen", "Jeg tager en med i bilen.", "climate", 5, deadline
    )
    made = await do(town, proposal)
    page = await staff.read(f"campaigns/{made}")
    assert "Foreslået af Ana" in said(page)
    assert f"campaigns/{made}/approve" in page
    assert "En borger foreslår et fælles løfte" in said(await staff.read("alerts"))


async def test_signing_by_phone_activates(
    town: Store, mette: Staff, lone: Staff, staff: Browser
) -> None:
    """Staff sign for people who ring; the last signature activates it."""
    made = await opened(town, mette, lone, target=2)
    await signs(town, "Ana", 501, made)
    path = f"campaigns/{made}"
    page = said(await staff.read(f"{path}/sign"))
    assert "Har skrevet under" in page
    person = {"first_name": "Inger", "phone": "12 34 56 78"}
    asked = await staff.post(f"{path}/sign/enter", person)
    assert asked.status == 422
    assert "Spørg først personen" in said(await asked.text())
    async with town.reading() as unit:
        inger = next(one for one in await unit.participants.search("Inger", 1))
    signed = await staff.post(f"{path}/sign", {"participant": inger.id, "agreed": "yes"})
    assert signed.status == 303
    assert (await campaign(town, made)).state is CampaignState.ACTIVATED
    page = said(await staff.read(path))
    assert "Der er skrevet under. 2 er med, og der mangler 0." in page
    assert "2 af 2 har skrevet under" in page
    listed = said(await staff.read(f"pledges?state=all&campaign={made}"))
    assert "Inger" in listed


async def test_extended_once_and_cancelled(
    town: Store, clock: TravelClock, mette: Staff, lone: Staff, staff: Browser
) -> None:
    """The pages say how many people are told, and need a reason."""
    made = await opened(town, mette, lone)
    await signs(town, "Ana", 501, made)
    path = f"campaigns/{made}"
    assert "1 person får besked" in said(await staff.read(f"{path}/extend"))
    later = (clock.now() + timedelta(days=60)).date().isoformat()
    assert (await staff.post(f"{path}/extend", {"deadline": later})).status == 422
    assert (await staff.post(f"{path}/extend", {"deadline": "?", "reason": "R"})).status == 422
    reason = {"reason": "Vi mangler kun to."}
    assert (await staff.post(f"{path}/extend", {"deadline": later, **reason})).status == 303
    page = await staff.read(path)
    assert "Vi mangler kun to." in said(page)
    assert f"{path}/extend" not in page
    twice = await staff.post(f"{path}/extend", {"deadline": later, **reason})
    assert "Fristen er allerede forlænget én gang." in said(await twice.text())
    assert "1 person får besked" in said(await staff.read(f"{path}/cancel"))
    assert (await staff.post(f"{path}/cancel", {"reason": ""})).status == 422
    await staff.post(f"{path}/cancel", {"reason": "Havnen er lukket."})
    assert (await campaign(town, made)).state is CampaignState.CANCELLED
    assert "Aflyst: Havnen er lukket." in said(await staff.read(path))
    assert (await staff.get(f"{path}/cancel")).status == 404


async def test_a_new_version_replaces_the_old_one(
    town: Store, mette: Staff, lone: Staff, staff: Browser, leader: Browser
) -> None:
    """A frozen campaign is changed by a new one; the old page leads to it."""
    made = await opened(town, mette, lone)
    page = await staff.read(f"campaigns/new?previous={made}")
    assert "Ny udgave af et fælles løfte" in page
    assert "Jeg samler affald på havnen en time." in page
    known = await campaign(town, made)
    form = {
        "previous": str(made),
        "titles_da": "Ren havn",
        "texts_da": "Jeg samler affald på havnen to timer.",
        "target": "3",
        "deadline": known.deadline.isoformat(),
        "theme": "wild",
        "rhythm": "once",
        "kind": "level",
    }
    sent = await staff.post("campaigns/new", form)
    newer = int(sent.headers["Location"].rpartition("/")[2])
    assert (await campaign(town, newer)).previous_id == made
    await do(town, SubmitCampaign(mette.id, newer))
    version = (await campaign(town, newer)).version
    await leader.post(f"campaigns/{newer}/approve", {"version": version})
    page = await staff.read(f"campaigns/{made}")
    assert "Det er afløst." in said(page)
    assert f"campaigns/{newer}" in page


async def test_the_municipalitys_own_pledge(
    town: Store, clock: TravelClock, mette: Staff, lone: Staff, staff: Browser
) -> None:
    """Its owner sees that it waits, and says in both languages what became of it."""
    counter_on = (clock.now() + timedelta(days=7)).date()
    made = await opened(
        town,
        mette,
        lone,
        counter={"da": "Vi sætter fem skraldespande op."},
        counter_staff_id=mette.id,
        counter_on=counter_on,
    )
    path = f"campaigns/{made}"
    page = said(await staff.read(path))
    assert "Kommunens eget løfte" in page
    assert "Vi sætter fem skraldespande op." in page
    assert "Fælles løfter 1" in page
    assert "Det er ikke sket endnu" not in page
    clock.move_to(clock.now() + timedelta(days=8))
    assert "Det skulle have været opfyldt" in said(await staff.read(path))
    assert "kommunens eget løfte er forsinket" in said(await staff.read("campaigns"))
    assert (await staff.post(f"{path}/counter", {"words_da": "Ja"})).status == 422
    assert (await staff.post(f"{path}/counter", {"state": "kept"})).status == 422
    answer = {"state": "kept", "words_da": "De står der nu.", "words_en": "They are there."}
    await staff.post(f"{path}/counter", answer)
    known = await campaign(town, made)
    assert known.counter_state is CounterState.KEPT
    page = said(await staff.read(path))
    assert "De står der nu." in page
    assert "Fælles løfter 1" not in page


async def test_completing_waits_for_answers(
    town: Store, clock: TravelClock, mette: Staff, lone: Staff, staff: Browser
) -> None:
    """A campaign with an obstacle without an answer cannot be completed."""
    made = await opened(town, mette, lone, target=2)
    first = await signs(town, "Ana", 501, made)
    await signs(town, "Bo", 502, made)
    await staff.post(f"pledges/{first}/obstacle", {"key": "weather"})
    clock.move_to(clock.now() + timedelta(days=29))
    async with town.unit() as unit:
        await campaign_clock.look(unit, made)
    path = f"campaigns/{made}"
    page = said(await staff.read(path))
    assert "Vi spørger, hvordan det gik" in page
    assert "1 har fortalt, hvad der stod i vejen, og venter på svar." in page
    asked = await staff.post(f"{path}/complete")
    assert "Vil du afslutte det nu?" in said(await asked.text())
    await staff.post(f"{path}/complete", {"sure": "yes"})
    assert (await campaign(town, made)).state is CampaignState.FOLLOW_UP
    assert "stod i vejen, og venter på svar." in said(await staff.read(path))
    async with town.unit() as unit:
        said_so = await unit.contributions.about("pledge", first)
    grouped = {"id": said_so[0].id, "confirmed": "yes", "title": "Vejret", "owner_id": mette.id}
    gone = await staff.post("obstacles/group", grouped)
    outcome = gone.headers["Location"].removeprefix("/console/")
    texts = {"summaries_da": "Det regnede.", "texts_da": "Vi flytter dagen til maj."}
    await staff.post(f"{outcome}/answer", {**texts, "version": "1", "do": "send"})
    await staff.post(f"{path}/complete", {"sure": "yes"})
    assert (await campaign(town, made)).state is CampaignState.COMPLETED
    assert "0 af 2 svarede, 0 gjorde det." in said(await staff.read(path))


async def test_links_to_a_campaign(town: Store, mette: Staff, lone: Staff, staff: Browser) -> None:
    """A link is made once people can sign, and counts signatures."""
    draft = await drafted(town, mette)
    assert 'name="kind" value="campaign"' not in await staff.read(f"campaigns/{draft}")
    made = await opened(town, mette, lone)
    assert 'name="kind" value="campaign"' in await staff.read(f"campaigns/{made}")
    link = {"kind": "campaign", "id": made, "label": "Plakat på havnen"}
    assert (await staff.post("links/new", link)).status == 200
    assert "Skrev under: 0" in said(await staff.read(f"campaigns/{made}"))


async def test_staff_see_what_a_citizen_changed(
    town: Store, clock: TravelClock, staff: Browser
) -> None:
    """The changed proposal shows the reason, each changed text word by word, and the target."""
    person = await pledger(town, "Samira", 501)
    deadline = clock.now().date() + timedelta(days=30)
    words = "Jeg slukker lyset kl. 22."
    first = ProposeCampaign(person, "Mørkt", words, "night", 20, deadline)
    made = await do(town, first)
    reason = {"reason": "Skriv, hvilket lys det er."}
    await staff.post(f"campaigns/{made}/return", reason)
    newer = await do(
        town, ReviseProposal(person, made, words="Jeg slukker haven kl. 22.", target=8)
    )
    page = await staff.read(f"campaigns/{newer}")
    assert "Det blev sendt tilbage: Skriv, hvilket lys det er." in said(page)
    assert "<del>lyset</del>" in page
    assert "<ins>haven</ins>" in page
    assert "<del>20</del><ins>8</ins>" in page
    assert "Navn" not in said(page).split("Ændret siden")[1].split("Til godkendelse")[0]
    old = said(await staff.read(f"campaigns/{made}"))
    assert "Det er afløst. Den nye udgave" in old
    same = await do(town, ReviseProposal(person, made, name="Lyst"))
    assert same == newer
