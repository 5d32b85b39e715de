"""Calls instead of messages about pledges: staff ring, and the answer counts (HR-27)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from console_browser import Browser, employ
from pledge_desk_town import campaign, opened, pledge, pledges, signs
from volunteer_town import do, participant_of, said

from bot.clock import TravelClock
from bot.model.commands.pledges import TellObstacle
from bot.model.delivery import DeliveryState
from bot.model.outcome import OUTCOME
from bot.model.pledge import PER_UNIT, PLEDGE, PledgeState
from bot.model.staff import Role, Staff
from bot.service.deliveries import call_about
from bot.service.pledges import campaign_clock, pledge_messages
from bot.store.store import Store


@pytest.fixture
async def mette(town: Store) -> Staff:
    """Add Mette to the staff."""
    return await employ(town)


@pytest.fixture
async def staff(browser: Browser, mette: Staff) -> Browser:
    """Sign Mette in."""
    return await browser.sign_in(mette)


async def rings(town: Store, kind: str, subject_id: int) -> int:
    """Let the newest message about a subject become a call. Return the id of its task."""
    async with town.unit() as unit:
        one = (await unit.deliveries.of_subject(kind, subject_id, 1))[0]
        await unit.deliveries.change(one, state=DeliveryState.PHONED, sent_at=unit.now)
        await unit.tasks.add("phone", call_about(one.id), None)
        return next(
            task.id for task in await unit.tasks.open() if task.subject == call_about(one.id)
        )


@pytest.mark.parametrize(
    "how",
    [("done", "", 4), ("cannot", "", 0), ("partly", "3", 3)],
)
async def test_an_answer_to_a_check_in_counts(
    town: Store, clock: TravelClock, staff: Browser, how: tuple[str, str, int]
) -> None:
    """Staff hear how it went; it is a check-in of the day that was asked about."""
    outcome, amount, added = how
    _person, made = await pledges(town, "Ana", 501, "L8")
    task = await rings(town, PLEDGE, made.id)
    clock.move_to(clock.now() + timedelta(days=8))
    page = said(await staff.read(f"tasks/{task}/call"))
    assert "Spurgt, hvordan det går med løftet" in page
    assert "Jeg cykler på arbejde" in page
    assert "Fik fat: det er gjort" in page
    assert "Fik fat: lidt af det" in page
    assert "Fik fat: ikke denne gang" in page
    assert "Hvor meget, hvis det kun er lidt af det (ture)" in page
    await staff.post(f"tasks/{task}/call", {"outcome": outcome, "words": "", "amount": amount})
    async with town.reading() as unit:
        answers = await unit.check_ins.of_pledge(made.id)
        assert [one.amount for one in answers] == [added * PER_UNIT]
        assert await unit.tasks.open() == []
    assert (await pledge(town, made.id)).state is PledgeState.ACTIVE


@pytest.mark.parametrize(
    "how",
    [
        ("partly", "", "Skriv som et tal, hvor meget der er gjort."),
        ("partly", "mange", "Skriv et tal, for eksempel 20 eller 1,5."),
        ("partly", "99999999", "Skriv"),
        ("done", "2", "Et antal hører kun til “lidt af det”."),
        ("today", "2", "Et antal hører kun til “lidt af det”."),
    ],
)
async def test_a_wrong_part_is_refused_at_the_field(
    town: Store, clock: TravelClock, staff: Browser, how: tuple[str, str, str]
) -> None:
    """The amount goes with a part and is a number; nothing is recorded otherwise."""
    outcome, amount, why = how
    _person, made = await pledges(town, "Ana", 501, "L8")
    task = await rings(town, PLEDGE, made.id)
    clock.move_to(clock.now() + timedelta(days=8))
    written = {"outcome": outcome, "words": "Hun ringer", "amount": amount}
    refused = await staff.post(f"tasks/{task}/call", written)
    page = await refused.text()
    assert refused.status == 422
    assert why in said(page)
    assert 'aria-invalid="true"' in page
    assert "Hun ringer" in page
    async with town.reading() as unit:
        assert await unit.check_ins.of_pledge(made.id) == []
        assert [one.id for one in await unit.tasks.open()] == [task]


async def test_days_of_a_week_are_told_by_phone(
    town: Store, clock: TravelClock, staff: Browser
) -> None:
    """A part of a daily pledge is a number of days; a lasting one has no amount to tell."""
    _person, made = await pledges(town, "Ana", 501, "L8", rhythm="day")
    task = await rings(town, PLEDGE, made.id)
    clock.move_to(clock.now() + timedelta(days=8))
    assert "Hvor mange af de syv dage" in said(await staff.read(f"tasks/{task}/call"))
    too_many = {"outcome": "partly", "words": "", "amount": "8"}
    assert (await staff.post(f"tasks/{task}/call", too_many)).status == 422
    await staff.post(f"tasks/{task}/call", {**too_many, "amount": "3"})
    async with town.reading() as unit:
        (answer,) = await unit.check_ins.of_pledge(made.id)
    assert answer.amount == 3 * made.amount
    _person, lasting = await pledges(town, "Bo", 502, "L1")
    task = await rings(town, PLEDGE, lasting.id)
    page = said(await staff.read(f"tasks/{task}/call"))
    assert "Fik fat: lidt af det" in page
    assert "Hvor meget" not in page


async def test_too_few_signed_is_asked_by_phone(
    town: Store, clock: TravelClock, mette: Staff, staff: Browser
) -> None:
    """A person decides by phone to do it anyway."""
    made = await opened(town, mette, await employ(town, Role.LEADER))
    signature = await signs(town, "Ana", 501, made)
    clock.move_to(clock.now() + timedelta(days=31))
    async with town.unit() as unit:
        await campaign_clock.look(unit, made)
        await pledge_messages.tell(unit, [await pledge(town, signature)], pledge_messages.UNMET)
    assert (await campaign(town, made)).ended_at is not None
    task = await rings(town, PLEDGE, signature)
    assert "Fik fat: gør det alligevel" in said(await staff.read(f"tasks/{task}/call"))
    await staff.post(f"tasks/{task}/call", {"outcome": "done", "words": ""})
    assert (await pledge(town, signature)).state is PledgeState.ACTIVE


async def test_an_answer_to_obstacles_is_told_by_phone(
    town: Store, mette: Staff, staff: Browser
) -> None:
    """Staff read summary and answer; the page of the citizen names the message."""
    person, made = await pledges(town, "Ana", 501)
    told = await do(town, TellObstacle(person, made.id, "things"))
    chosen = {"id": told, "confirmed": "yes", "title": "Ingen le", "owner_id": mette.id}
    gone = await staff.post("obstacles/group", chosen)
    path = gone.headers["Location"].removeprefix("/console/")
    texts = {"summaries_da": "Folk mangler en le.", "texts_da": "Lån en på biblioteket."}
    await staff.post(f"{path}/answer", {**texts, "version": "1", "do": "send"})
    page = said(await staff.read(f"participants/{await participant_of(town, person)}"))
    assert "Løfter: Svaret på det, der stod i vejen" in page
    task = await rings(town, OUTCOME, int(path.rpartition("/")[2]))
    page = said(await staff.read(f"tasks/{task}/call"))
    assert 'hvad der stod i vejen: "Jeg manglede værktøj eller ting"' in page
    assert "Lån en på biblioteket." in page
    assert "Fik fat: ved det nu" in page


async def test_a_goal_without_a_pledge_is_a_task(town: Store, staff: Browser) -> None:
    """Staff read what a person wants in their words, and the link leads to the pledge."""
    _person, made = await pledges(town, "Ana", 501, goal_words="Flere stjerner over haven")
    page = await staff.read("tasks")
    assert "Flere stjerner over haven" in page
    assert f'href="/console/pledges/{made.id}"' in page
