"""The public pages of opportunities: what a visitor reads, in which language, at what cost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from public_town import BOT_LINK, URL, ask
from sqlalchemy import event

from bot.clock import TravelClock
from bot.model.commands.volunteering import (
    ChangeShift,
    EditOpportunity,
    ImportOpportunities,
    PauseOpportunity,
    SignUpFor,
)
from bot.public.guards import HEADERS
from bot.service.content import shipped_opportunities
from bot.store.store import Store

Visitor = TestClient[web.Request, web.Application]
DANISH, ENGLISH = {"Accept-Language": "da-DK,da;q=0.9"}, {"Accept-Language": "en-GB"}


@contextmanager
def statements(town: Store) -> Iterator[list[str]]:
    """Collect the statements that reach the database."""
    found: list[str] = []

    def executed(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith("BEGIN"):
            found.append(statement)

    engines = {town.writer.sync_engine, town._reader.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", executed)
    yield found
    for engine in engines:
        event.remove(engine, "before_cursor_execute", executed)


async def page(visitor: Visitor, path: str, headers: dict[str, str] = DANISH) -> str:
    """Return the words of a page without its markup."""
    answer = await visitor.get(f"/public{path}", headers=headers)
    assert (answer.status, answer.content_type) == (200, "text/html"), path
    words = re.sub(r"</?span[^>]*>", "", await answer.text())
    return " ".join(re.sub(r"<[^>]+>", " ", words).split())


@pytest.mark.usefixtures("open_town")
async def test_what_a_visitor_reads(visitor: Visitor) -> None:
    """The list has dates, places, gates, insurance, contact and gain, and leads to the chat."""
    shown = await page(visitor, "/opgaver")
    assert shown.startswith("Bliv frivillig i Klintsund Kommune")
    begins = shown.index("Læseven på Bakkeskolen")
    reading = shown[begins : shown.index("Lektiehjælp i Møllekær", begins)]
    for words in (
        *("onsdag d. 25. november kl. 15 til kl. 16 6 pladser tilbage", "Varighed 1 time"),
        *("Bakkeskolen, biblioteket på 1. sal, Klintsund By", "første gang Børneattest"),
        *("Forsikring Kommunen forsikrer dig.", "Din kontakt Mette"),
        "Det får du ud af det Børn, der glæder sig til at se dig.",
    ):
        assert words in reading
    assert reading.count("onsdag d.") == 3
    html = await (await visitor.get("/public/opgaver", headers=DANISH)).text()
    assert f'href="{BOT_LINK}?start=opp-1"' in html
    assert f'href="{URL}/opgaver/1"' in html


@pytest.mark.usefixtures("open_town")
async def test_filters_by_theme_and_area(visitor: Visitor) -> None:
    """The address filters by theme and area; unknown ones show all; other links keep both."""
    everything = await page(visitor, "/opgaver")
    some = await page(visitor, "/opgaver?theme=children&area=oerbakke")
    assert "Hjælpetræner" in some
    assert "Læseven" not in some
    assert "Strandrens" not in some
    assert await page(visitor, "/opgaver?theme=none&area=%3Cb%3E") == everything
    nothing = await page(visitor, "/opgaver?theme=children&area=sandholm")
    assert "Her er der ikke noget lige nu." in nothing
    answer = await visitor.get("/public/opgaver?theme=children&area=oerbakke&lang=en")
    html = await answer.text()
    assert 'href="?theme=children&amp;area=oerbakke&amp;lang=da"' in html
    assert f'href="{URL}/opgaver?theme=nature&amp;area=oerbakke&amp;lang=en"' in html
    assert f'href="{URL}/opgaver/11?lang=en"' in html


async def test_both_languages(open_town: Store, visitor: Visitor) -> None:
    """The browser's language counts, `lang` before it; a missing text is marked as Danish."""
    title = {"titles": {"da": "Mørkemåler"}, "texts": {"da": "Tæl <b>stjerner</b>."}}
    await ask(open_town, EditOpportunity(1, 12, 1, title))
    english = await page(visitor, "/opgaver/12", ENGLISH)
    assert english.startswith("Mørkemåler")
    assert "Mørkemåler Only in Danish Tæl &lt;b&gt;stjerner&lt;/b&gt;." in english
    assert "You help keep the sky dark." in english
    assert "At a time that you agree on." in english
    html = await (await visitor.get("/public/opgaver/12?lang=en", headers=DANISH)).text()
    assert '<html lang="en">' in html
    assert '<span lang="da">Tæl &lt;b&gt;stjerner&lt;/b&gt;.</span>' in html
    assert "Kun på dansk" not in await page(visitor, "/opgaver/12")
    assert "Darkness counter" not in english


async def test_places_left_and_the_waiting_list(
    open_town: Store, visitor: Visitor, clock: TravelClock
) -> None:
    """A full shift leads to the waiting list, a late one is closed, and no name is shown."""
    async with open_town.unit() as unit:
        ids = [await unit.participants.add(name, "70000000", 1) for name in ("Fatma", "Oksana")]
        (shift, *_more) = await unit.shifts.of([11], after=unit.now)
    await ask(open_town, SignUpFor(1, ids[0], 11, shift.id, agreed=True))
    async with open_town.unit() as unit:
        for own in await unit.signups.of_shift(shift.id):
            await unit.signups.change(own.id, state="confirmed")
    first = "onsdag d. 25. november kl. 17 til kl. 18.30"
    assert f"{first} 1 plads tilbage" in await page(visitor, "/opgaver/11")
    one_seat = ChangeShift(1, shift.id, shift.version, shift.begins_at, shift.ends_at, 1, None)
    await ask(open_town, one_seat)
    shown = await page(visitor, "/opgaver/11")
    assert f"{first} Fuldt: skriv dig på ventelisten" in shown
    await ask(open_town, EditOpportunity(1, 11, 1, {"closes_before": 3 * 24 * 60}))
    assert f"{first} Tilmeldingen er lukket" in await page(visitor, "/opgaver/11")
    everything = await page(visitor, "/opgaver")
    assert "Fatma" not in everything + shown
    clock.move_to(shift.begins_at)
    assert first not in await page(visitor, "/opgaver/11")


async def test_the_code_and_what_is_not_open(open_town: Store, visitor: Visitor) -> None:
    """An open opportunity has a QR code; a paused, an unknown and a huge id are answered alike."""
    for kind, mime in (("svg", "image/svg+xml"), ("png", "image/png")):
        picture = await visitor.get(f"/public/opgaver/1.{kind}")
        assert (picture.status, picture.content_type) == (200, mime)
        assert picture.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    await ask(open_town, PauseOpportunity(1, 1))
    for path in ("1", "1.svg", "999", "9" * 15, "9" * 40, "x", "-1", "1%00"):
        answer = await visitor.get(f"/public/opgaver/{path}")
        assert answer.status == 404, path
        assert "<h1>Der er ingen side her</h1>" in await answer.text(), path
    assert "Læseven" not in await page(visitor, "/opgaver")


async def test_nothing_open(visitor: Visitor) -> None:
    """Without open opportunities the page leads to the chat."""
    assert "Der er ikke noget at melde sig til lige nu." in await page(visitor, "/opgaver")


async def test_caches_and_cost(open_town: Store, visitor: Visitor) -> None:
    """Pages are kept for a minute and asked for by ETag; two statements serve any number."""
    for path in ("", ".json", ".atom", ".ics", "/1", "/1.svg"):
        with statements(open_town) as executed:
            answer = await visitor.get(f"/public/opgaver{path}")
        assert len(executed) <= 2, executed
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        assert answer.headers["X-Robots-Tag"] == "all"
        assert "Set-Cookie" not in answer.headers
        strict = HEADERS["Content-Security-Policy"]
        assert answer.headers["Content-Security-Policy"] == strict
        again = await visitor.get(
            f"/public/opgaver{path}", headers={"If-None-Match": answer.headers["ETag"]}
        )
        assert (again.status, await again.read()) == (304, b""), path
        english = await visitor.get(f"/public/opgaver{path}", headers=ENGLISH)
        assert english.headers["Vary"] == "Accept-Language"
    many = [
        {**row, "code": f"X{number}"} for number, row in enumerate(shipped_opportunities() * 20)
    ]
    await ask(open_town, ImportOpportunities(1, many, publishes=True))
    with statements(open_town) as executed:
        html = await (await visitor.get("/public/opgaver")).text()
    assert len(executed) <= 2
    assert html.count("<article") == 200
    assert len(html) < 500_000


async def test_the_short_address(visitor: Visitor) -> None:
    """The address without the beginning of the public pages leads to the same page."""
    for typed, leads_to in (
        ("/opgaver", "/public/opgaver"),
        ("/opgaver?lang=en", "/public/opgaver?lang=en"),
        ("/opgaver/3", "/public/opgaver/3"),
    ):
        answer = await visitor.get(typed, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (302, leads_to)
