"""Questions without an FAQ answer: listed without names, added to an entry, or dropped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from console_browser import Browser, employ
from faq_forms import acts, entry, form, import_faq, read

from bot.clock import TravelClock
from bot.scheduler import purge
from bot.store.store import Store

STORY = "hej " * 60 + "hvornår har biblioteket åbent? jeg hedder Bent, [CPR fjernet]"


@pytest.fixture
async def mette(town: Store, browser: Browser) -> Browser:
    """Import the FAQ, and sign Mette in."""
    await import_faq(town)
    return await browser.sign_in(await employ(town))


async def miss(town: Store, words: str, language: str = "da", *near: str) -> int:
    """Store a question that found no answer."""
    async with town.unit() as unit:
        return await unit.missed.add(words, language, list(near))


async def test_newest_first(town: Store, mette: Browser) -> None:
    """The list is newest first, shows the nearest entries, and escapes the words."""
    await miss(town, "=HYPERLINK(1)<img src=x onerror=alert(1)>", "da", "F1", "F99")
    await miss(town, "Where is the ferry?", "en")
    page = await mette.read("missed")
    assert page.index("Where is the ferry?") < page.index("=HYPERLINK(1)")
    assert "<img" not in page.replace('<img src="/console', "")
    assert '<a href="/console/faq/F1">Hvordan sorterer jeg affald?</a>' in page
    assert "F99" not in page
    assert "2 spørgsmål fandt intet svar" in await mette.read("faq")


async def test_nothing_is_missed(mette: Browser) -> None:
    """An empty list says so."""
    assert "Her er intet" in await mette.read("missed")


async def test_page_by_page(town: Store, mette: Browser) -> None:
    """A long list comes in pages."""
    for n in range(35):
        await miss(town, f"spørgsmål nummer {n} her")
    first = await mette.read("missed")
    assert "nummer 34 her" in first
    assert "nummer 4 her" not in first
    assert "nummer 4 her" in await mette.read("missed?before=6")


async def test_another_way_to_ask(town: Store, mette: Browser) -> None:
    """A question is added to an entry, with the words that staff keep of it."""
    missed = await miss(town, STORY, "da", "F3")
    page = await mette.read("missed")
    assert "CPR fjernet" in page
    got = await mette.post(
        f"missed/{missed}/phrasing",
        {"language": "da", "faq_id": "F3", "words": " hvornår har  biblioteket åbent? "},
    )
    assert got.headers["Location"] == "/console/missed"
    assert "Det fører til F3" in await mette.read("missed")
    assert (await entry(town, "F3")).texts["da"].phrasings[-1] == "hvornår har biblioteket åbent?"
    assert [verb for verb, _details in await acts(town)] == ["missed_settled", "faq_phrased"]
    assert '<h2><a href="/console/faq/F3">' in await mette.read(
        "faq?q=hvornaar+har+biblioteket+aabent"
    )


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"faq_id": "F2", "words": "hvordan får jeg nyt pas"}, "fører allerede til F4"),
        ({"faq_id": "F2", "words": "jeg er 170461-5007"}, "CPR-nummer"),
        ({"faq_id": "F2", "words": "hvor skal pizzabakken hen"}, "allerede til dette svar"),
        ({"faq_id": "", "words": "hvad"}, "findes ikke"),
        ({"faq_id": "F2", "words": "hvad", "language": "fr"}, "ikke på det sprog"),
    ],
)
async def test_what_cannot_lead_there(
    town: Store, mette: Browser, fields: dict[str, str], why: str
) -> None:
    """A refused phrasing shows the reason at the question and keeps the words."""
    missed = await miss(town, "hva")
    page = await read(
        await mette.post(f"missed/{missed}/phrasing", {"language": "da", **fields}), 422
    )
    assert why in page
    assert f'value="{fields["words"]}"' in page
    assert await acts(town) == []


async def test_a_new_answer_for_it(town: Store, mette: Browser) -> None:
    """A new entry starts with the question, and removes it from the list."""
    short = await miss(town, "Må man fyre op i sin [CPR fjernet] tønde?", "da", "F1")
    page = await mette.read(f"faq/new?missed={short}")
    fields = form(page)
    assert fields["da_question"] == "Må man fyre op i sin tønde?"
    assert fields["theme"] == "waste", "as the nearest entry"
    fields |= {"da_answer": "Nej. Kør det på genbrugspladsen.", "missed": str(short)}
    assert (await mette.post("faq/new", fields)).headers["Location"] == "/console/faq/S1"
    assert "Her er intet" in await mette.read("missed")
    assert [verb for verb, _details in await acts(town)] == ["missed_settled", "faq_added"]


async def test_a_story_is_no_question(town: Store, mette: Browser) -> None:
    """A long message is offered as a phrasing cut to 200 characters, not as a question."""
    story = await miss(town, STORY, "en")
    fields = form(await mette.read(f"faq/new?missed={story}"))
    assert fields["en_question"] == ""
    assert len(fields["en_phrasings"]) == 200
    for odd in ("99", "x", "1" * 30, "-1"):
        assert form(await mette.read(f"faq/new?missed={odd}"))["da_question"] == ""


async def test_needs_nothing(town: Store, mette: Browser) -> None:
    """A question is dropped once, and a second try is told so."""
    missed = await miss(town, "hva så")
    assert (await mette.post(f"missed/{missed}/done")).headers["Location"] == "/console/missed"
    assert "Det er ude af listen." in await mette.read("missed")
    await mette.post(f"missed/{missed}/done", {"next": "https://evil.example"})
    assert "allerede klaret af en anden" in await mette.read("missed")
    assert await acts(town) == [("missed_settled", {"missed": missed})]


async def test_no_form_of_elsewhere(town: Store, mette: Browser) -> None:
    """No form has an effect without its CSRF token."""
    missed = await miss(town, "hva så")
    for path in ("done", "phrasing"):
        sent = {"faq_id": "F2", "language": "da", "words": "hva så", "csrf": ""}
        assert (await mette.send(f"missed/{missed}/{path}", sent)).status == 403
    assert await acts(town) == []


async def test_two_years_are_enough(town: Store, clock: TravelClock) -> None:
    """A question, settled or not, is deleted after 2 years, also from the disk."""
    await miss(town, "et gammelt spørgsmål")
    clock.advance(timedelta(days=700))
    await miss(town, "et nyere spørgsmål")
    clock.advance(timedelta(days=31))
    assert await purge(town) >= 1
    async with town.reading() as unit:
        assert [one.words for one in await unit.missed.open(9)] == ["et nyere spørgsmål"]


async def test_several_at_once(town: Store, mette: Browser) -> None:
    """Chosen questions are settled together, after one confirmation that names them."""
    ids = [await miss(town, f"spørgsmål <b>{n}</b>") for n in range(3)]
    page = await mette.read("missed")
    assert page.count('name="id"') == len(ids)
    form = {"id": [str(one) for one in ids[:2]], "next": "/console/missed"}
    asked = await mette.post("missed/done", form)
    words = await asked.text()
    assert asked.status == 200
    assert "Kræver intet: 2 valgte?" in words
    assert "spørgsmål &lt;b&gt;0&lt;/b&gt;" in words
    assert "spørgsmål &lt;b&gt;2" not in words
    assert "2 rækker" not in await mette.read("missed")  # nothing is done yet
    done = await mette.post("missed/done", {**form, "confirmed": "yes"})
    assert (done.status, done.headers["Location"]) == (303, "/console/missed")
    after = await mette.read("missed")
    assert "2 rækker er klaret." in after
    assert after.count('name="id"') == 1
    async with town.reading() as unit:
        verbs = [event.verb for event in await unit.events.newest(3)]
    assert verbs.count("missed_settled") == 2


async def test_a_choice_that_is_none(town: Store, mette: Browser) -> None:
    """No choice, unreadable ids and settled questions change nothing, and are explained."""
    missed = await miss(town, "hvor er min kat")
    for ids in ([], ["x", "-1", "9" * 30]):
        await mette.post("missed/done", {"id": ids, "confirmed": "yes", "next": "/console/missed"})
        assert "Vælg først en eller flere rækker." in await mette.read("missed")
    form = {"id": [str(missed), str(missed)], "confirmed": "yes", "next": "//evil.example"}
    done = await mette.post("missed/done", form)
    assert done.headers["Location"] == "/console/"
    page = await mette.read("missed")
    assert "1 række er klaret." in page
    assert 'class="notice refused"' in page
    asked = await mette.post("missed/done", {"id": [str(missed)], "next": "/console/missed"})
    assert "hvor er min kat" not in await asked.text()
