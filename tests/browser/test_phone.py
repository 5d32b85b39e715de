"""The simulator's phone in the browser: reply keyboards, photos, files and replies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect
from programmes import IN_CHROMIUM, started

from bot.simulator import TOKEN

pytestmark = IN_CHROMIUM
PEOPLE = count(101)  # Each test uses another of the 5 citizens.
ASKS_PLACE = {
    "keyboard": [[{"text": "Send mit sted", "request_location": True}], ["Tilbage", "Menu"]],
    "resize_keyboard": True,
}


class Phone:
    """A citizen's phone on the page, and the bot's side of the chat."""

    def __init__(self, address: str, page: Page) -> None:
        """Open the page, and start the chat."""
        self.address, self.page, self.user = address, page, next(PEOPLE)
        page.goto(f"{address}?user={self.user}")
        page.click(".start")
        expect(page.locator(".from-me")).to_have_count(1)

    def call(self, method: str, body: bytes, content_type: str) -> Any:
        """Call a Bot API method as the bot."""
        url, headers = f"{self.address}bot{TOKEN}/{method}", {"Content-Type": content_type}
        with urlopen(Request(url, body, headers)) as answer:  # noqa: S310 - our own simulator
            return json.load(answer)["result"]

    def receives(self, text: str, **markup: Any) -> None:
        """Send a message as the bot, and wait until the page shows it."""
        body = {"chat_id": self.user, "text": text} | ({"reply_markup": markup} if markup else {})
        self.call("sendMessage", json.dumps(body).encode(), "application/json")
        expect(self.page.locator(".from-bot").last).to_contain_text(text)

    def updates(self) -> list[dict[str, Any]]:
        """Return this citizen's messages from `getUpdates`."""
        updates = self.call("getUpdates", b"{}", "application/json")
        return [u["message"] for u in updates if u["message"]["chat"]["id"] == self.user]

    def attach(self, entry: str, *files: Path) -> None:
        """Choose files from disk by a menu entry."""
        self.page.click("#attach")
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_role("menuitem", name=entry).click()
        chooser.value.set_files(files)


@pytest.fixture(scope="module")
def simulator() -> Iterator[str]:
    """Start the simulator as a user does, and return its address."""
    with started("simulator", BOT_TOKEN=TOKEN) as address:
        yield address


@pytest.fixture
def phone(simulator: str, page: Page) -> Phone:
    """Open the phone of the next citizen."""
    return Phone(simulator, page)


def photo(file: Path, colour: str = "teal") -> Path:
    """Save a picture, and return its path."""
    Image.new("RGB", (400, 300), colour).save(file)
    return file


def test_a_place_is_sent_by_the_keyboard_below(phone: Phone) -> None:
    """By keyboard, one button sends the place and another its text. Then the buttons go."""
    phone.receives("Hvor er det?", **ASKS_PLACE)
    below = phone.page.get_by_role("group", name="Knapper under chatten")
    expect(below.get_by_role("button")).to_have_count(3)
    below.get_by_role("button", name="Send mit sted").focus()
    phone.page.keyboard.press("Enter")
    expect(phone.page.locator(".from-me").last).to_contain_text("55,6761")
    below.get_by_role("button", name="Tilbage").focus()
    phone.page.keyboard.press("Space")
    expect(phone.page.locator(".from-me").last).to_contain_text("Tilbage")
    phone.receives("Tak", remove_keyboard=True)
    expect(below).to_be_hidden()
    expect(phone.page.locator("#text")).to_be_focused()
    *_earlier, place, words = phone.updates()
    assert place["location"] == {"latitude": 55.6761, "longitude": 12.5683}
    assert words["text"] == "Tilbage"


def test_photos_from_disk_are_sent_and_seen(phone: Phone, tmp_path: Path) -> None:
    """One photo is sent alone, two as an album with a caption. All are shown."""
    one, two = photo(tmp_path / "a.jpg"), photo(tmp_path / "b.png")
    phone.attach("Foto", one)
    shown = phone.page.locator("img.picture")
    expect(shown).to_have_count(1)
    phone.page.fill("#text", "to huller")
    phone.attach("Foto", one, two)
    expect(shown).to_have_count(3)
    expect(phone.page.locator("#text")).to_have_value("")
    assert shown.evaluate_all("all => Promise.all(all.map(each => each.decode()))")
    assert {each.get_attribute("alt") for each in shown.all()} == {"Foto"}
    *_earlier, first, second = phone.updates()
    assert first["media_group_id"] == second["media_group_id"]
    assert first["caption"] == "to huller"
    before = len(phone.updates())
    phone.attach("Foto", *[photo(tmp_path / f"{n}.png") for n in range(11)])
    expect(phone.page.locator("#toast")).to_contain_text("højst sendes 10 filer")
    assert len(phone.updates()) == before


def test_files_go_both_ways(phone: Phone, tmp_path: Path) -> None:
    """A file is sent unchanged, and the bot's file is saved under its name."""
    letter = tmp_path / "brev.pdf"
    letter.write_bytes(b"%PDF-1.7 " + bytes(2000))
    phone.attach("Fil", letter)
    expect(phone.page.locator(".from-me .paper")).to_contain_text("brev.pdf")
    form = (
        f'--x\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n{phone.user}\r\n'
        '--x\r\nContent-Disposition: form-data; name="document"; filename="mine data.json"\r\n'
        'Content-Type: application/json\r\n\r\n{"navn": "Ægir"}\r\n--x--\r\n'
    )
    phone.call("sendDocument", form.encode(), "multipart/form-data; boundary=x")
    link = phone.page.get_by_role("link", name="mine data.json")
    with phone.page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "mine data.json"
    assert json.loads(Path(download.value.path()).read_text()) == {"navn": "Ægir"}
    assert phone.updates()[-1]["document"]["file_size"] == 2009


def test_a_message_is_replied_to(phone: Phone) -> None:
    """A reply quotes its message and names it to the bot. Escape cancels it."""
    phone.receives("Fik du svar?")
    phone.receives("Er der mere?")
    reply = phone.page.get_by_role("button", name="Svar på beskeden: Fik du svar?")
    reply.focus()
    phone.page.keyboard.press("Enter")
    expect(phone.page.locator("#editing")).to_contain_text("Svar på: Fik du svar?")
    phone.page.keyboard.press("Escape")
    expect(phone.page.locator("#editing")).to_be_hidden()
    reply.click()
    phone.page.keyboard.type("Ja tak")
    phone.page.keyboard.press("Enter")
    expect(phone.page.locator(".from-me .quote")).to_contain_text("Fik du svar?")
    expect(phone.page.locator("#editing")).to_be_hidden()
    sent = phone.updates()[-1]
    assert (sent["text"], sent["reply_to_message"]["text"]) == ("Ja tak", "Fik du svar?")


def test_nothing_of_it_is_in_the_way(phone: Phone, tmp_path: Path) -> None:
    """The page passes axe and fits the screen, narrow and wide."""
    page = phone.page
    page.emulate_media(reduced_motion="reduce")  # axe cannot measure the contrast of fading text
    phone.attach("Foto", photo(tmp_path / "a.jpg"))
    letter = tmp_path / f"{'et langt navn ' * 9}.pdf"
    letter.write_bytes(b"%PDF")
    phone.attach("Fil", letter)
    phone.receives("Hvor er det?", **ASKS_PLACE)
    page.locator(".reply").last.click()
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        bottom = page.locator("#below").evaluate("node => node.getBoundingClientRect().bottom")
        assert bottom <= 740
