"""The page on which staff read own words of pledges before others see them."""

from __future__ import annotations

import pytest
from console_browser import Browser, employ
from pledge_desk_town import pledger, pledges
from volunteer_town import do, said

from bot.model.commands.pledges import ChangePledge, MakePledge
from bot.model.pledge import PLEDGE, Approval, Pledge
from bot.service.pledges.pledge_messages import NO_NAME, NOT_SHOWN
from bot.store.store import Store


@pytest.fixture
async def staff(town: Store, browser: Browser) -> Browser:
    """Sign Mette in."""
    return await browser.sign_in(await employ(town))


async def own_words(town: Store, visibility: str = "named") -> tuple[int, int]:
    """Let Ana promise something in her own words. Return her id and the pledge's."""
    ana = await pledger(town, "Ana", 501)
    how = {"theme": "wild", "rhythm": "month", "ends_on": "2027-11-01", "visibility": visibility}
    made = await do(town, MakePledge(ana, words="Jeg luger hos min nabo Ole", **how))
    return ana, made["pledge_id"]


async def known(town: Store, pledge_id: int) -> Pledge:
    """Return a pledge."""
    async with town.reading() as unit:
        found = await unit.pledges.get(pledge_id)
    assert found is not None
    return found


async def test_words_are_read_and_shown(town: Store, staff: Browser) -> None:
    """They wait in the list until a member of the staff shows them; a second click does nothing."""
    _ana, own = await own_words(town)
    page = said(await staff.read("own-words"))
    assert "Jeg luger hos min nabo Ole" in page
    assert "Ana" in page
    form = {"version": str((await known(town, own)).version)}
    assert (await staff.post(f"pledges/{own}/approve-words", form)).status == 303
    assert (await known(town, own)).approval is Approval.GIVEN
    assert "Ole" not in said(await staff.read("own-words"))
    await staff.post(f"pledges/{own}/approve-words", form)
    assert (await known(town, own)).approval is Approval.GIVEN


async def test_private_words_are_not_read(town: Store, staff: Browser) -> None:
    """What only the person and the municipality see is not in the list."""
    await own_words(town, "private")
    assert "Ole" not in said(await staff.read("own-words"))


async def test_a_refusal_has_a_reason_that_the_person_gets(town: Store, staff: Browser) -> None:
    """Without a reason the page says so; with one the person is told once."""
    ana, own = await own_words(town)
    form = {"version": str((await known(town, own)).version), "reason": ""}
    empty = await staff.post(f"pledges/{own}/refuse-words", form)
    assert empty.status == 422
    for reason, why in (
        ("Ring til 010203-1234.", "Skriv ikke et CPR-nummer her."),
        ("x" * 501, "Skriv højst 500 tegn."),
    ):
        refused = await staff.post(f"pledges/{own}/refuse-words", {**form, "reason": reason})
        assert refused.status == 422
        assert why in said(await refused.text())
    assert (await known(town, own)).approval is Approval.WAITS
    form["reason"] = "Skriv ikke andres navne."
    assert (await staff.post(f"pledges/{own}/refuse-words", form)).status == 303
    assert (await known(town, own)).approval_reason == "Skriv ikke andres navne."
    async with town.reading() as unit:
        told = await unit.deliveries.of_subject(PLEDGE, own, 50)
    assert [one.kind for one in told].count(NOT_SHOWN) == 1
    await do(town, ChangePledge(ana, own, words="Jeg luger hos min nabo"))
    assert (await known(town, own)).approval is Approval.WAITS
    await staff.post(f"pledges/{own}/approve-words", {"version": form["version"]})
    assert (await known(town, own)).approval is Approval.WAITS


async def test_a_name_is_hidden_and_shown_again(town: Store, staff: Browser) -> None:
    """Staff find the names that are shown, hide one with a reason, and can take that back."""
    _person, own = await pledges(town, "Rune", 502, visibility="named")
    assert "Rune" not in said(await staff.read("own-words"))
    assert "Rune" in said(await staff.read("own-words?names=1"))
    assert "Andre ser det sammen med løftet." in said(await staff.read(f"pledges/{own.id}"))
    empty = await staff.post(f"pledges/{own.id}/refuse-name", {"reason": " "})
    assert empty.status == 422
    assert "Skriv hvorfor" in said(await empty.text())
    hidden = await staff.post(f"pledges/{own.id}/refuse-name", {"reason": "Skriv dit fornavn."})
    assert hidden.status == 303
    assert "Skriv dit fornavn. Vis navnet igen" in said(await staff.read(f"pledges/{own.id}"))
    assert "Rune · navnet vises ikke" in said(await staff.read("own-words?names=1"))

    async def told() -> list[str]:
        async with town.reading() as unit:
            rows = await unit.deliveries.of_subject(PLEDGE, own.id, 50)
        return [one.state for one in rows if one.kind == NO_NAME]

    assert await told() == ["planned"]
    assert (await staff.post(f"pledges/{own.id}/allow-name")).status == 303
    assert await told() == ["cancelled"]
    assert "navnet vises ikke" not in said(await staff.read("own-words?names=1"))


async def test_a_name_that_is_no_name(town: Store, staff: Browser) -> None:
    """Staff read that a name that is no first name is left out."""
    _person, own = await pledges(town, "Se scam.dk", 503, visibility="named")
    page = said(await staff.read(f"pledges/{own.id}"))
    assert "Det er ikke et fornavn, så andre ser løftet uden det." in page
