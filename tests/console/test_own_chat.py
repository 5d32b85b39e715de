"""The own chat of a member of the staff: linked by a link, and news sent to it as a test."""

from __future__ import annotations

import html
import io
import re
from dataclasses import replace

import pytest
from PIL import Image
from staffed_chat import StaffedChat
from test_broadcast_pages import send, written

from bot.model.broadcast import BroadcastState
from bot.runner import broadcasts
from flows import broadcast_cards

LINK = re.compile(r"https://t\.me/\w+\?start=([A-Za-z0-9_-]+)")
TO_TEST = "Det her er en prøve. Knappen virker i den besked, som borgerne får."


async def new_link(staffed: StaffedChat) -> str:
    """Make Mette's link. Return what its deep link sends to the bot."""
    mette = await staffed.at()
    page = await (await mette.post("account/chat")).text()
    found = LINK.search(page)
    assert found is not None
    return f"/start {found[1]}"


async def link_chat(staffed: StaffedChat) -> None:
    """Link Jens's chat to Mette's account."""
    await staffed.says("Jens: /start", f"Jens: {await new_link(staffed)}")


async def draft(staffed: StaffedChat, **changed: object) -> int:
    """Write a draft as Mette; return its id."""
    mette = await staffed.at()
    got = await mette.post("broadcasts/new", written(**changed))
    return int(got.headers["Location"].rpartition("/")[2])


async def test_the_message_comes_to_the_own_chat(staffed: StaffedChat) -> None:
    """Each language is sent as citizens get it; a double click sends it once."""
    await link_chat(staffed)
    mette = await staffed.at()
    assert "Din chat er koblet til." in await mette.read("account")
    number = await draft(staffed, own_words="yes", decider="Teknisk udvalg")
    assert "Send til mig" in await mette.read(f"broadcasts/{number}")
    await staffed.new_messages()
    await mette.post(f"broadcasts/{number}/test")
    await mette.post(f"broadcasts/{number}/test")
    shown = await staffed.new_messages()
    assert shown.count("Engen slås lørdag d. 5. december.") == 1
    assert shown.count("The meadow is mown on Saturday 5 December.") == 1
    assert shown.count("[Stop beskeder]") == 1
    assert shown.count("[Stop messages]") == 1
    assert f"D-{number}: Teknisk udvalg beslutter." in shown
    went = "\n".join(await staffed.says("Jens: [Stop beskeder]"))
    assert TO_TEST in went
    async with staffed.store.reading() as unit:
        known = await unit.broadcasts.get(number)
    assert known is not None
    assert known.state is BroadcastState.DRAFT


async def test_a_picture_comes_along(staffed: StaffedChat) -> None:
    """The test has the picture, which the draft still has afterwards."""
    await link_chat(staffed)
    mette, into = await staffed.at(), io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(into, "JPEG")
    status, _page = await send(mette, "broadcasts/new", into.getvalue(), text_en="", alt="En eng")
    assert status == 303
    await staffed.new_messages()
    await mette.post("broadcasts/1/test")
    assert "Engen slås lørdag d. 5. december." in await staffed.new_messages()
    assert (await mette.get("broadcasts/1/file")).status == 200


async def test_a_message_without_its_stop_button_is_not_sent(
    staffed: StaffedChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message that a reader could not stop leaves nothing in the outbox (HR-17)."""
    await link_chat(staffed)
    mette, number = await staffed.at(), await draft(staffed)
    await staffed.new_messages()
    async with staffed.store.reading() as unit:
        known = await unit.broadcasts.get(number)
    assert known is not None
    whole = broadcast_cards.message(known, broadcasts.PLACE_OF_ID, "da")
    broadcasts.require_stop(known, whole)
    with pytest.raises(RuntimeError, match="no button that stops news"):
        broadcasts.require_stop(known, replace(whole, buttons=()))
    monkeypatch.setattr(broadcast_cards, "buttons_of", lambda *_all: ())
    await mette.post(f"broadcasts/{number}/test")
    assert "Engen slås lørdag" not in await staffed.new_messages()


async def test_without_a_chat(staffed: StaffedChat) -> None:
    """Without a linked chat the page says where to link one, and nothing is sent."""
    mette, number = await staffed.at(), await draft(staffed)
    page = html.unescape(await mette.read(f"broadcasts/{number}"))
    assert 'href="/console/account">kobl din chat til' in page
    await mette.post(f"broadcasts/{number}/test")
    assert "Kobl først din egen chat til" in html.unescape(await mette.read("broadcasts"))
    assert await staffed.new_messages() == ""


async def test_only_the_first_chat_is_linked(staffed: StaffedChat) -> None:
    """A link that was used by one chat opens nothing in another."""
    link = await new_link(staffed)
    await staffed.says("Jens: /start", "Samira: /start")
    assert "koblet til Mettes konto" in "\n".join(await staffed.says(f"Jens: {link}"))
    assert "gælder ikke" in "\n".join(await staffed.says(f"Samira: {link}"))
    assert "koblet til Mettes konto" in "\n".join(await staffed.says(f"Jens: {link}"))


async def test_a_link_is_short_lived(staffed: StaffedChat) -> None:
    """A link that was not used within a day opens nothing."""
    link = await new_link(staffed)
    await staffed.says("Jens: /start")
    await staffed.later(hours=25)
    assert "gælder ikke" in "\n".join(await staffed.says(f"Jens: {link}"))


@pytest.mark.parametrize("how", ["unlinked", "a new link", "blocked"])
async def test_the_link_is_ended(staffed: StaffedChat, how: str) -> None:
    """Nothing is sent to a chat that was unlinked, replaced, or blocked."""
    await link_chat(staffed)
    mette, number = await staffed.at(), await draft(staffed)
    if how == "unlinked":
        await mette.post("account/chat/end")
    elif how == "a new link":
        await new_link(staffed)
    else:
        async with staffed.store.unit() as unit:
            jens = await unit.people.by_lane("tg:102")
            assert jens is not None
            await unit.people.reach(jens.id, reachable=False)
    await staffed.new_messages()
    await mette.post(f"broadcasts/{number}/test")
    assert await staffed.new_messages() == ""
