"""Invitations of staff: the people they ask, what they see before it is sent, and the results."""

from __future__ import annotations

import re
from typing import Any

import pytest
from console_browser import Browser, employ
from volunteer_town import (
    citizen,
    do,
    next_shift,
    open_all,
    opportunity,
    participant_of,
    phones_in,
    said,
)

from bot.model.commands.reminders import AddGroup, AddParticipant, JoinGroup
from bot.model.commands.volunteering import AnswerInvitation, BecomeVolunteer, SaveProfile
from bot.model.delivery import DeliveryState, Reason
from bot.model.invitation import INVITATION, InvitationState
from bot.model.staff import Role, Staff
from bot.store.store import Store

WORDS = "Vi mangler hænder til sprogcaféen."
FORM = {"text_da": WORDS, "text_en": "", "quota": "2"}


@pytest.fixture
async def mette(town: Store) -> Staff:
    """Add Mette to the staff, and publish the opportunities of the town."""
    mette = await employ(town)
    await open_all(town, mette)
    return mette


@pytest.fixture
async def staff(browser: Browser, mette: Staff) -> Browser:
    """Sign Mette in."""
    return await browser.sign_in(mette)


async def volunteer(town: Store, name: str, number: int, **profile: Any) -> tuple[int, int]:
    """Add a citizen who wants to be asked; return the person and the participant."""
    person = await citizen(town, name, number)
    await do(town, BecomeVolunteer(person, over_15=True))
    await do(town, SaveProfile(person, **profile))
    return person, await participant_of(town, person)


async def arrives(town: Store, invitation_id: int, *, to: int | None = None) -> None:
    """Let Telegram take the messages of an invitation, or that *to* one participant."""
    async with town.unit() as unit:
        for one in await unit.deliveries.of_subject(INVITATION, invitation_id, 100):
            if to in {None, one.participant_id}:
                sent = {"state": DeliveryState.SENT, "sent_at": unit.now}
                await unit.deliveries.change(one, **sent)


async def test_people_are_invited_by_name(town: Store, staff: Browser) -> None:
    """Staff look people up, read what they will get, and send it; each answer is counted."""
    samira, samiras = await volunteer(town, "Samira", 501)
    bo, bos = await volunteer(town, "Bo", 502)
    _ida, idas = await volunteer(town, "Ida", 503)
    shift = await next_shift(town, "V4")
    path = f"shifts/{shift.id}"
    page = await staff.read(path)
    assert f'href="/console/{path}/invite"' in page
    found = await staff.read(f"{path}/invite/people?who={samiras}&q=bo")
    assert f"who={samiras}%2C{bos}" in found
    assert "Samira Fjern" in said(found)
    who = f"{samiras},{bos},{idas}"
    form = await staff.read(f"{path}/invite?who={who},x,{samiras}")
    assert form.count('name="people"') == form.count(" checked>") == 3
    written = {**FORM, "people": who.split(",")}
    preview = said(await (await staff.post(f"{path}/invite", written)).text())
    assert WORDS in preview
    assert "Samira, Bo og Ida:" in preview
    assert "3 får den i chatten" in preview
    assert "Det er Mette, der spørger." in preview
    back = await (await staff.post(f"{path}/invite", {**written, "do": "change"})).text()
    assert WORDS in back
    assert back.count(" checked>") == 3
    sent = await staff.post(f"{path}/invite", {**written, "do": "save"})
    made = int(sent.headers["Location"].rpartition("/")[2])
    await arrives(town, made)
    await do(town, AnswerInvitation(samira, made, "yes"))
    await do(town, AnswerInvitation(bo, made, "no"))
    page = said(await staff.read(f"invitations/{made}"))
    assert "Fundet indtil nu 1 af 2" in page
    assert "3 spurgt 1 person har meldt sig inden for tre dage" in page
    assert re.search(r"Siger ja 1 Siger nej 1 Svarer senere 0 Intet svar endnu 1", page)
    results = await staff.read(f"invitations/{made}/results?outcome=cannot")
    assert "Bo" in said(results)
    assert f"volunteers/{bos}" in results
    assert "Samira" not in said(results)
    assert "1 af 2 fundet · 3 spurgt" in said(await staff.read(path))
    assert "Inviteret til Sprogcafé" in said(await staff.read(f"volunteers/{bos}"))
    await staff.post(f"invitations/{made}/end")
    page = said(await staff.read(f"invitations/{made}"))
    assert "Invitationen er afsluttet." in page
    assert "Afslut invitationen" not in page
    async with town.reading() as unit:
        known = await unit.volunteer_invitations.get(made)
    assert known is not None
    assert known.state is InvitationState.ENDED


async def test_a_group_and_an_audience(town: Store, mette: Staff, staff: Browser) -> None:
    """An audience is chosen by skills and times, in words; a group is one of its lines."""
    _jens, inside = await volunteer(town, "Jens", 501, times=["3-evening"])
    await volunteer(town, "Ida", 502, times=["0-morning"])
    group = await do(town, AddGroup(mette.id, "Kagegruppen", "association"))
    await do(town, JoinGroup(mette.id, group, inside, is_lead=False))
    shift = await next_shift(town, "V4")
    path = f"shifts/{shift.id}/invite"
    form = await staff.read(path)
    for choice in (f"group:{group}", "time:3-evening", "time:3-", f"free:{shift.id}", "rested:"):
        assert f'value="{choice}' in form, choice
    assert f'value="helped:{shift.opportunity_id}"' in form
    assert "Har hjulpet med Sprogcafé på biblioteket" in said(form)
    lines = {
        **FORM,
        "who_1": "time:3-evening",
        "who_2": f"free:{shift.id}",
    }
    page = said(await (await staff.post(path, lines)).text())
    assert "alle, som har tid torsdag aften, og som ikke har en anden opgave samtidig med" in page
    assert "1 får den i chatten" in page
    assert "De første: Jens" in page
    page = said(await (await staff.post(path, {**FORM, "who_1": f"group:{group}"})).text())
    assert "medlemmerne af Kagegruppen" in page


async def test_a_shortage_call_is_exact_before_it_is_sent(
    town: Store, mette: Staff, staff: Browser
) -> None:
    """Only people fit who want to be asked; who is not in the chat is rung."""
    await volunteer(town, "Samira", 501)
    await citizen(town, "Bo", 502)
    await do(town, AddParticipant(mette.id, "Grethe", "00 00 20 20"))
    shift = await next_shift(town, "V4")
    form = {**FORM, "who_1": "everyone"}
    page = said(await (await staff.post(f"shifts/{shift.id}/invite", form)).text())
    assert "1 får den i chatten · 1 ringes op" in page
    assert "intet samtykke" in page
    call = {**form, "shortage": "yes"}
    page = said(await (await staff.post(f"shifts/{shift.id}/invite", call)).text())
    assert "Dem, der passer og har tid, nogle få ad gangen" in page
    assert "Op til 6 personer bliver spurgt først" in page
    assert "intet samtykke" not in page
    sent = await staff.post(f"shifts/{shift.id}/invite", {**call, "do": "save"})
    assert "Planlagt 2" in said(
        await staff.read(sent.headers["Location"].removeprefix("/console/"))
    )


async def test_who_is_not_reached_is_not_asked(town: Store, staff: Browser) -> None:
    """A person without consent is listed with the reason, and is not counted as asked."""
    _samira, samiras = await volunteer(town, "Samira", 501)
    shift = await next_shift(town, "V4")
    form = {**FORM, "who_1": "everyone", "do": "save"}
    sent = await staff.post(f"shifts/{shift.id}/invite", form)
    path = sent.headers["Location"].removeprefix("/console/")
    async with town.unit() as unit:
        (one,) = await unit.deliveries.of_subject(INVITATION, int(path.split("/")[1]), 9)
        withheld = {"state": DeliveryState.SKIPPED, "reason": Reason.MUTED}
        await unit.deliveries.change(one, **withheld)
    page = said(await staff.read(path))
    assert "0 spurgt" in page
    assert "Ikke nået: emnet er slået fra 1" in page
    assert "Samira" in said(await staff.read(f"{path}/results?outcome=withheld"))
    assert samiras == one.participant_id


async def test_a_full_shift_asks_later(town: Store, mette: Staff, staff: Browser) -> None:
    """Before it is sent, staff read that no one is asked until a place is free."""
    shift = await next_shift(town, "V10")
    form = {**FORM, "who_1": "everyone"}
    path, full = f"shifts/{shift.id}/invite", "Alle pladser er taget lige nu."
    assert full not in said(await (await staff.post(path, form)).text())
    for name in ("Inger", "Karl"):
        await phones_in(town, mette, name, "V10")
    assert full in said(await (await staff.post(path, form)).text())


async def test_a_task_by_agreement(town: Store, staff: Browser) -> None:
    """People are invited to a task by agreement from its own page."""
    await volunteer(town, "Samira", 501)
    known = await opportunity(town, "V2")
    path = f"opportunities/{known.id}"
    assert f'href="/console/{path}/invite"' in await staff.read(path)
    sent = await staff.post(f"{path}/invite", {**FORM, "who_1": "everyone", "do": "save"})
    assert sent.status == 303
    assert "0 af 2 fundet · 0 spurgt" in said(await staff.read(path))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"quota": "0"}, "Skriv, hvor mange"),
        ({"text_da": ""}, "Skriv teksten på dansk først."),
        ({"who_1": ""}, "Vælg, hvem der skal spørges."),
        ({"who_1": "person:1"}, "Vælg, hvem der skal spørges."),
        ({"text_da": "Ring om din sag 010190-1234"}, "CPR-nummer"),
    ],
)
async def test_a_refusal_is_at_its_field(
    town: Store, staff: Browser, changed: dict[str, str], why: str
) -> None:
    """A form that is refused comes back with the reason and the words."""
    await volunteer(town, "Samira", 501)
    shift = await next_shift(town, "V4")
    form = {**FORM, "who_1": "everyone", "do": "save", **changed}
    refused = await staff.post(f"shifts/{shift.id}/invite", form)
    page = await refused.text()
    assert refused.status == 422
    assert why in said(page)
    async with town.reading() as unit:
        assert await unit.volunteer_invitations.of_opportunity(shift.opportunity_id, 9) == []


async def test_where_no_one_can_sign_up(town: Store, mette: Staff, staff: Browser) -> None:
    """A paused task, a task with shifts and unknown ones have no form."""
    shift, known = await next_shift(town, "V4"), await opportunity(town, "V4")
    by_agreement = await opportunity(town, "V2")
    await staff.post(f"opportunities/{by_agreement.id}/pause")
    await staff.post(f"opportunities/{known.id}/pause")
    for path in (
        f"shifts/{shift.id}",
        f"opportunities/{known.id}",
        f"opportunities/{by_agreement.id}",
        "shifts/999",
    ):
        assert (await staff.get(f"{path}/invite")).status == 404, path
        assert (await staff.get(f"{path}/invite/people")).status == 404, path
    for path in ("invitations/999", "invitations/999/results"):
        assert (await staff.get(path)).status == 404
    assert "Inviter flere" not in said(await staff.read(f"shifts/{shift.id}"))
    assert mette.id


async def test_nothing_for_a_role_without_it(town: Store, mette: Staff, browser: Browser) -> None:
    """An account without a role neither reads nor sends an invitation."""
    shift = await next_shift(town, "V4")
    none = await browser.sign_in(await employ(town, Role.NONE, username="x", first_name="X"))
    for path in (f"shifts/{shift.id}/invite", f"shifts/{shift.id}/invite/people", "invitations/1"):
        assert (await none.get(path)).status == 403, path
    for path in (f"shifts/{shift.id}/invite", "invitations/1/end"):
        assert (await none.post(path, FORM)).status == 403, path
    assert mette.id
