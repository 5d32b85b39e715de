"""A case in the console, with its citizen at the demo's phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from looks import LOOKS, NAMES, come_in, look
from playwright.sync_api import Browser, BrowserContext, Page, expect
from programmes import IN_CHROMIUM

pytestmark = IN_CHROMIUM
COME_IN = {"da": "Kom ind som {}", "en": "Come in as {}"}
PATIENCE = 20_000  # milliseconds: a loaded machine is slow
# The cases that the demo starts with. See bot/app/demo_cases.py.
OVERDUE, WAITING, REPORTED, ANGRY, ASKED, RANG = range(1001, 1007)


@dataclass(frozen=True, slots=True)
class Words:
    """Labels and texts of buttons and pages, in one language."""

    user: int
    question: str
    ask: str
    number: str
    yours: str
    note: str
    on_its_way: str
    answer: str
    second: str
    no: str
    why: str
    line: str
    yes: str
    solved: str
    in_progress: str


DANISH = Words(
    user=102,
    question="Hvornår bliver bænken ved søen malet igen?",
    ask="Spørg et menneske",
    number=r"Sagsnummer: KS-(\d+)",
    yours="Sagen er din.",
    note="Spørg Vej og Park om maling",
    on_its_way="Dit svar er på vej.",
    answer="Bænken bliver malet tirsdag d. 8. december. Det er Vej og Park, der gør det.",
    second="Den bliver grøn. Det har Vej og Park bestemt sammen med lokalrådet.",
    no="Nej",
    why="Hvad mangler",
    line="Hvilken farve får den?",
    yes="Ja",
    solved="Løst",
    in_progress="I gang",
)
ENGLISH = Words(
    user=101,
    question="When will the bench by the lake be painted again?",
    ask="Ask a person",
    number=r"Case number: KS-(\d+)",
    yours="The case is yours.",
    note="Ask the roads people about paint",
    on_its_way="Your answer is on its way.",
    answer="The bench will be painted on Tuesday 8 December. The roads team does it.",
    second="It will be green. The roads team chose it together with the local council.",
    no="No",
    why="What is still missing",
    line="Which colour will it be?",
    yes="Yes",
    solved="Solved",
    in_progress="In progress",
)


Opens = Callable[..., Page]


@pytest.fixture
def opens(demo: str, browser: Browser) -> Iterator[Opens]:
    """Return a function that opens a browser. Assert afterwards that no page raised an error."""
    opened: list[Page] = []
    wrong: list[str] = []

    def one(who: str = "", *, language: str = "da", width: int = 1280, **look: object) -> Page:
        size = {"width": width, "height": 860}
        context = browser.new_context(
            locale=language, viewport=size, reduced_motion="reduce", **look
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        opened.append(page)
        if who:
            page.goto(f"{demo}console/")
            page.get_by_role("button", name=COME_IN[language].format(who)).click()
            page.get_by_role("button", name=NAMES[language]).click()
            expect(page.locator("html")).to_have_attribute("lang", language)
            expect(page.locator("nav.places")).to_be_visible()
        return page

    yield one
    for page in opened:
        page.context.close()
    assert wrong == []


def say(phone: Page, words: str) -> None:
    """Send a message as the citizen."""
    phone.fill("#text", words)
    phone.press("#text", "Enter")


def bot_says(phone: Page, words: str) -> None:
    """Wait until the bot's last message contains *words*."""
    expect(phone.locator(".message.from-bot").last).to_contain_text(words)


def tap(phone: Page, label: str) -> None:
    """Press the newest button with this label as the citizen."""
    phone.locator(".key", has_text=re.compile(f"^{label}$")).last.click()


@pytest.mark.parametrize("words", [DANISH, ENGLISH], ids=["da", "en"])
def test_the_whole_loop(demo: str, opens: Opens, words: Words) -> None:
    """Question, claim, note, previewed answer, "no", second answer by the same staff, "yes"."""
    language = "da" if words is DANISH else "en"
    phone = opens(language=language)
    phone.goto(f"{demo}?user={words.user}&lang={language}")
    phone.click(".start")
    expect(phone.locator(".key").last).to_be_visible()
    say(phone, words.question)
    tap(phone, words.ask)
    receipt = phone.locator(".message.from-bot").last
    expect(receipt).to_contain_text(re.compile(words.number))
    found = re.search(words.number, receipt.inner_text())
    assert found is not None

    console_page = opens("Mette", language=language)
    console_page.goto(f"{demo}console/cases/{found[1]}")
    expect(console_page.get_by_role("heading", level=1)).to_have_text(words.question)
    _press(console_page, "c")
    expect(console_page.locator(".notice.done")).to_have_text(words.yours)
    _press(console_page, "n")
    expect(console_page.locator("#note-text")).to_be_focused()
    console_page.keyboard.type(words.note)
    console_page.keyboard.press("Control+Enter")
    expect(console_page.locator(".entry.internal .words")).to_have_text(words.note)

    _answers(console_page, words.answer)
    expect(console_page.locator(".notice.done")).to_have_text(words.on_its_way)
    bot_says(phone, words.answer)
    expect(phone.locator("body")).not_to_contain_text(words.note)
    tap(phone, words.no)
    bot_says(phone, words.why)
    say(phone, words.line)

    expect(console_page.locator(".entry.citizen .words").last).to_have_text(words.line)
    expect(console_page.locator(".chip").first).to_have_text(words.in_progress)
    expect(console_page.locator("[data-live=facts]")).to_contain_text("Mette")
    _answers(console_page, words.second)
    bot_says(phone, words.second)
    tap(phone, words.yes)
    bot_says(phone, words.solved.lower())
    expect(console_page.locator(".chip").first).to_have_text(words.solved)


def _press(console_page: Page, key: str) -> None:
    """Press a shortcut, after the page and its scripts have loaded."""
    console_page.wait_for_load_state()
    console_page.keyboard.press(key)


def _answers(console_page: Page, answer: str) -> None:
    """Write an answer, check its preview, and send it, by keyboard."""
    console_page.locator("h1").click()
    _press(console_page, "r")
    expect(console_page.locator("#answer-text")).to_be_focused()
    console_page.keyboard.type(answer)
    expect(console_page.locator("#answer .bubble")).to_contain_text(answer)
    console_page.keyboard.press("Control+Enter")
    expect(console_page.locator(".entry.staff .words").last).to_have_text(answer)


def test_two_at_one_case(demo: str, opens: Opens) -> None:
    """Staff see each other read and write, drafts survive a reload, and one claims the case."""
    mette, jonas = opens("Mette"), opens("Jonas")
    for console_page in (mette, jonas):
        console_page.goto(f"{demo}console/cases/{ASKED}")
    expect(mette.locator("[data-beside]")).to_contain_text("Jonas ser på den her")
    mette.locator("#answer-text").press_sequentially("Hækken bliver klippet")
    expect(jonas.locator("[data-beside]")).to_contain_text("Mette skriver")
    mette.reload()
    expect(mette.locator("#answer-text")).to_have_value("Hækken bliver klippet")
    button = mette.get_by_role("button", name="Tag sagen")
    jonas.get_by_role("button", name="Tag sagen").click()
    expect(jonas.locator(".notice.done")).to_have_text("Sagen er din.")
    expect(button).to_have_count(0)
    expect(mette.locator("[data-live=facts]")).to_contain_text("Jonas, Natur")
    expect(mette.locator("#answer-text")).to_have_value("Hækken bliver klippet")


def test_helped_along(demo: str, opens: Opens) -> None:
    """A better sentence, a template with its gap and an FAQ answer are one click away."""
    console_page = opens("Mette")
    console_page.goto(f"{demo}console/cases/{ANGRY}")
    box = console_page.locator("#answer-text")
    box.fill("Som vi allerede har forklaret dig, ringer vi torsdag d. 3. december.")
    expect(console_page.locator(".remark.reason")).to_contain_text("taler ned")
    console_page.get_by_role("button", name="Brug det her").click()
    expect(box).to_have_value(re.compile("^Vi har forklaret det for kort"))
    expect(console_page.locator(".remark.reason")).to_have_count(0)
    box.fill("")
    console_page.locator("h1").click()
    _press(console_page, "t")
    console_page.get_by_role("button", name=re.compile("Vi begik en fejl")).press("Enter")
    expect(box).to_have_value(re.compile("^Det var vores fejl, Carsten"))
    assert box.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)") == "[…]"
    expect(console_page.locator(".remark.blocked")).to_contain_text("et hul tilbage")
    box.fill("Hej Carsten.")
    console_page.locator("h1").click()
    _press(console_page, "f")
    console_page.keyboard.type("hvordan får jeg nyt pas")
    console_page.locator("[data-found] button", has_text="Hvordan får jeg nyt pas?").click()
    expect(box).to_have_value(re.compile(r"^Hej Carsten\.\n\nBestil tid og kom selv\."))


def test_without_a_script(demo: str, opens: Opens) -> None:
    """Claim, note, preview and answer work without JavaScript."""
    console_page = opens("Jonas", java_script_enabled=False)
    console_page.goto(f"{demo}console/cases/{REPORTED}")
    console_page.get_by_role("button", name="Tag sagen").click()
    expect(console_page.locator(".notice.done")).to_have_text("Sagen er din.")
    console_page.locator("#note > summary").click()
    console_page.get_by_label("Din note").fill("Vejfolkene kører forbi i morgen")
    console_page.get_by_role("button", name="Gem noten").click()
    expect(console_page.locator(".entry.internal")).to_contain_text("Kun for personalet")
    console_page.locator("#answer-text").fill("Vi svarer hurtigst muligt.")
    console_page.locator("#answer input[name=verdict][value=used]").check()
    console_page.locator("#answer").get_by_role("button", name="Se det først").click()
    expect(console_page.locator("#answer .remark.blocked")).to_contain_text("et løfte uden en dato")
    console_page.locator("#answer").get_by_role("button", name="Send svaret").click()
    expect(console_page.get_by_role("alert").first).to_contain_text("et løfte uden en dato")
    console_page.locator("#answer-text").fill("Hullet bliver lappet fredag d. 4. december.")
    console_page.locator("#answer").get_by_role("button", name="Send svaret").click()
    expect(console_page.locator(".notice.done")).to_have_text("Dit svar er på vej.")


def test_through_a_list(demo: str, opens: Opens) -> None:
    """The keyboard leads from a list through its cases in order, and back."""
    console_page = opens("Mette")
    _press(console_page, "g")
    _press(console_page, "i")
    expect(console_page).to_have_url(f"{demo}console/cases/all")
    rows = console_page.locator("ol.mail h2 a")
    expect(rows.nth(3)).to_be_visible()
    cases = rows.evaluate_all("rows => rows.map((row) => row.href)")
    _press(console_page, "j")
    _press(console_page, "j")
    expect(rows.nth(1)).to_be_focused()
    console_page.keyboard.press("Enter")
    for key, at in (("", 1), ("j", 2), ("k", 1)):
        console_page.keyboard.press(key or "Shift")
        expect(console_page).to_have_url(cases[at])
        expect(console_page.locator("[data-steps]")).to_be_visible()
    console_page.get_by_role("link", name="Forrige sag").click()
    expect(console_page).to_have_url(cases[0])
    console_page.get_by_role("navigation", name="Listen").get_by_role("link").first.click()
    expect(console_page).to_have_url(f"{demo}console/cases/all")
    console_page.keyboard.press("/")
    expect(console_page.get_by_role("searchbox")).to_be_focused()


def test_the_bell(demo: str, opens: Opens) -> None:
    """The badge and the title count new alerts on any page without a reload."""
    console_page = opens("Mette")
    console_page.goto(f"{demo}console/account")
    before = int(console_page.locator("[data-alerts]").inner_text() or "0")
    phone = opens()
    phone.goto(f"{demo}?user=204&lang=da")
    say(phone, "Og nu er fortovet helt væk!")
    bot_says(phone, "KS-")
    expect(console_page.locator("[data-alerts]")).to_have_text(str(before + 1))
    expect(console_page).to_have_title(re.compile(rf"^\({before + 1}\) "))


def test_signed_out_elsewhere(demo: str, opens: Opens) -> None:
    """An open page says so when its session ends in another tab."""
    console_page = opens("Aisha")
    console_page.goto(f"{demo}console/cases/{OVERDUE}")
    other = console_page.context.new_page()
    other.goto(f"{demo}console/account")
    other.locator("details.menu summary").click()
    other.get_by_role("button", name="Log ud", exact=True).click()
    expect(console_page.locator("[data-over]")).to_be_visible()


def test_shortcuts_are_shown(demo: str, opens: Opens) -> None:
    """A question mark shows the shortcuts, Escape hides them, and none applies in a field."""
    console_page = opens("Mette")
    console_page.goto(f"{demo}console/cases/{OVERDUE}")
    expect(console_page.locator("#keys")).to_be_hidden()
    _press(console_page, "?")
    expect(console_page.get_by_role("dialog", name="Genveje")).to_be_visible()
    console_page.keyboard.press("Escape")
    expect(console_page.locator("#keys")).to_be_hidden()
    console_page.locator("h1").click()
    _press(console_page, "r")
    expect(console_page.locator("#answer-text")).to_be_focused()
    console_page.keyboard.type("nrc?")
    expect(console_page.locator("#answer-text")).to_have_value(re.compile(r"nrc\?$"))
    expect(console_page.locator("#keys")).to_be_hidden()


@pytest.mark.parametrize("context", LOOKS, indirect=True, ids=str)
def test_nothing_is_in_the_way(demo: str, context: tuple[BrowserContext, int, str]) -> None:
    """A case, folded or unfolded, passes axe, fits the screen, and can be used by touch."""
    opened, width, language = context
    console_page = opened.new_page()
    come_in(console_page, demo, language)
    for number in (OVERDUE, REPORTED, ANGRY, RANG):
        console_page.goto(f"{demo}console/cases/{number}")
        look(console_page, width)
    console_page.locator("#answer-text").fill(
        "Som vi allerede har forklaret dig, er din sag godkendt."
    )
    expect(console_page.locator(".remark").first).to_be_visible()
    for folded in console_page.locator("main details").all():
        folded.evaluate("one => { one.removeAttribute('name'); one.open = true; }")
    console_page.wait_for_timeout(500)
    look(console_page, width)
