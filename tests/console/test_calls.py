"""Calls instead of messages to volunteers: the words fit what is asked, and the answer counts."""

from __future__ import annotations

import re

import pytest
from console_browser import Browser, employ
from volunteer_town import do, next_shift, open_all, phones_in, said, signup

from bot.model.audience import PERSON, Is, to_json
from bot.model.commands.volunteering import AddInvitation
from bot.model.delivery import Delivery, DeliveryState
from bot.model.invitation import INVITATION
from bot.model.signup import SIGNUP, SignupState
from bot.model.staff import Staff
from bot.store.store import Store


@pytest.fixture
async def mette(town: Store) -> Staff:
    """Return a member of staff who has opened the town's opportunities."""
    made = await employ(town)
    await open_all(town, made)
    return made


@pytest.fixture
async def staff(browser: Browser, mette: Staff) -> Browser:
    """Return the browser of Mette."""
    return await browser.sign_in(mette)


async def ring_about(town: Store, kind: str, subject: int, occasion: str) -> None:
    """Let a message become a task to ring."""
    async with town.unit() as unit:
        some = await unit.deliveries.of_subject(kind, subject, 9)
        one: Delivery = next(one for one in some if one.occasion == occasion)
        await unit.deliveries.change(one, state=DeliveryState.PHONED, sent_at=unit.now)
        await unit.tasks.add("phone", f"delivery:{one.id}", None)


async def the_call(staff: Browser) -> str:
    """Return the path of the only call."""
    (path,) = re.findall(r'href="/console/(tasks/\d+/call)"', await staff.read("tasks"))
    return path


async def test_a_question_is_answered_by_phone(town: Store, mette: Staff, staff: Browser) -> None:
    """The form asks whether they come; a no takes them off the list."""
    inger = await phones_in(town, mette, "Inger", "V4")
    await ring_about(town, SIGNUP, inger.id, "ask")
    path = await the_call(staff)
    page = said(await staff.read(path))
    assert "Fik fat: kommer Fik fat: kan ikke komme Fik ikke fat: ring igen om to timer" in page
    assert "det er gjort" not in page
    await staff.post(path, {"outcome": "cannot", "words": "Er syg"})
    assert (await signup(town, inger.id)).state is SignupState.CANCELLED
    assert "Det er noteret." in said(await staff.read("tasks"))


async def test_a_refused_answer_is_shown(town: Store, mette: Staff, staff: Browser) -> None:
    """Where an answer is no longer possible, staff read why, and choose again."""
    inger = await phones_in(town, mette, "Inger", "V4")
    await ring_about(town, SIGNUP, inger.id, "ask")
    path = await the_call(staff)
    async with town.unit() as unit:
        await unit.signups.change(inger.id, state=SignupState.EXCUSED)
    refused = await staff.post(path, {"outcome": "done", "words": "Kommer"})
    assert refused.status == 422
    page = await refused.text()
    assert "Den er overstået" in said(page)
    assert 'value="Kommer"' in page


async def test_an_invitation_is_answered_by_phone(
    town: Store, mette: Staff, staff: Browser
) -> None:
    """A yes signs up; staff read what followed."""
    async with town.unit() as unit:
        karl = await unit.participants.add("Karl", "12 34 56 78", mette.id)
    shift = await next_shift(town, "V4")
    who = to_json(Is(PERSON, str(karl)))
    words = {"da": "Vi mangler dig på torsdag."}
    asks = AddInvitation(mette.id, shift.opportunity_id, shift.id, words, who, 1)
    made = await do(town, asks)
    await ring_about(town, INVITATION, made, "ask")
    path = await the_call(staff)
    page = said(await staff.read(path))
    assert "Vi mangler dig på torsdag." in page
    assert "Fik fat: siger ja Fik fat: ikke denne gang" in page
    await staff.post(path, {"outcome": "done", "words": ""})
    assert "Det er noteret. Personen har en plads." in said(await staff.read("tasks"))
    async with town.reading() as unit:
        (own,) = await unit.signups.of_shift(shift.id)
    assert (own.participant_id, own.state) == (karl, SignupState.CONFIRMED)


async def test_what_only_tells(town: Store, mette: Staff, staff: Browser) -> None:
    """A call that only tells something has no no."""
    inger = await phones_in(town, mette, "Inger", "V4")
    await staff.post(f"shifts/{inger.shift_id}/cancel", {"reason": "Underviseren er syg"})
    await ring_about(town, SIGNUP, inger.id, "cancelled")
    page = said(await staff.read(await the_call(staff)))
    assert "Det er aflyst" in page
    assert "Fik fat: ved det nu Fik ikke fat" in page


async def test_a_worry_about_a_child_is_a_call(town: Store, mette: Staff, staff: Browser) -> None:
    """Staff see whom to ring, with the number, and can say that it is done (HR-22)."""
    inger = await phones_in(town, mette, "Inger", "V4")
    async with town.unit() as unit:
        await unit.tasks.add("worry", f"{inger.participant_id}:2026-11-23", None)
    shown = said(await staff.read("tasks"))
    assert "Ring til Inger" in shown
    assert "En borger er bekymret for et barn" in shown
