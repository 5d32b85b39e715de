"""The public archive of news: what a visitor reads, and what is never shown."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from public_town import BOT_LINK, URL

from bot.documents.atom_feed import NAMESPACE
from bot.model.broadcast import BROADCAST, WARNINGS, Broadcast, BroadcastState
from bot.model.delivery import Delivery, DeliveryState, MessageClass, Reason
from bot.model.outcome import Contribution, ContributionKind
from bot.model.person import Person
from bot.public.news import ON_A_PAGE
from bot.store.store import Store
from bot.testing import START

Visitor = TestClient[web.Request, web.Application]
DANISH, ENGLISH = {"Accept-Language": "da-DK,da;q=0.9"}, {"Accept-Language": "en-GB"}
TEXTS = {"da": "Engen slås lørdag.\n\nTag en rive med.", "en": "The meadow is mown on Saturday."}
QUESTION = {"options": [{"key": "yes", "labels": {"da": "Ja"}}], "own_words": True}
HOUR = timedelta(hours=1)


async def sent(town: Store, title: str = "Engen", **fields: Any) -> int:
    """Add a broadcast that was sent; return its id."""
    async with town.unit() as unit:
        values = {
            "texts": TEXTS,
            "topic": "nature",
            "state": BroadcastState.SENT,
            "began_at": unit.now,
            "ended_at": unit.now,
            **fields,
        }
        audience = {"is": "everyone", "value": ""}
        return int(await unit.broadcasts.add(Broadcast(0, title, audience=audience, **values)))


async def answered(town: Store, number: int, people: int, **outcome: Any) -> None:
    """Let people answer a dialogue, and give their answers an outcome."""
    for _one in range(people):
        async with town.unit() as unit:
            count = len(await unit.contributions.about(BROADCAST, number)) + 1
            new = Person(0, f"tg:{count}", count, "da", f"Borger{count}", unit.now, 1)
            person = await unit.people.add(new)
            own = await unit.participants.of_person(person.id)
            said = Contribution(
                id=0,
                kind=ContributionKind.ANSWER,
                subject_kind=BROADCAST,
                subject_id=number,
                participant_id=own.id,
                theme="nature",
                words=f"Hemmelige ord {count}",
                decided_by="Miljøudvalget",
                decided_at=unit.now,
                **outcome,
            )
            await unit.contributions.add(said)


async def page(visitor: Visitor, path: str = "/nyheder", headers: dict[str, str] = DANISH) -> str:
    """Return the words of a page without its markup."""
    answer = await visitor.get(f"/public{path}", headers=headers)
    assert (answer.status, answer.content_type) == (200, "text/html"), path
    return " ".join(re.sub(r"<[^>]+>", " ", await answer.text()).split())


async def feed(visitor: Visitor, headers: dict[str, str] = DANISH) -> list[dict[str, str]]:
    """Return the entries of the feed."""
    answer = await visitor.get("/public/nyheder.atom", headers=headers)
    assert (answer.status, answer.content_type) == (200, "application/atom+xml")
    root = ET.fromstring(await answer.read())  # noqa: S314 - our own feed
    return [
        {one.tag.removeprefix(f"{{{NAMESPACE}}}"): one.text or "" for one in entry}
        for entry in root.findall(f"{{{NAMESPACE}}}entry")
    ]


async def test_an_empty_archive(visitor: Visitor) -> None:
    """Before the first broadcast the page says so; a phone is offered, too."""
    shown = await page(visitor)
    assert shown.startswith("Nyt fra Klintsund Kommune")
    assert "Der er ikke sendt noget nyt endnu." in shown
    assert "ring til os på 00 00 10 00" in shown
    assert await feed(visitor) == []
    moved = await visitor.get("/nyheder", allow_redirects=False)
    assert moved.headers["Location"] == "/public/nyheder"
    assert "Allow: /public/nyheder" in await (await visitor.get("/public/robots.txt")).text()


async def test_news_in_both_languages(town: Store, visitor: Visitor) -> None:
    """A visitor reads the text in their language; a missing one is Danish, and says so."""
    both = await sent(town)
    danish = await sent(town, "Stien", texts={"da": "Stien er lukket."}, topic="roads")
    shown = await page(visitor)
    assert shown.index("Stien") < shown.index("Engen")
    assert "mandag d. 23. november 2026" in shown
    assert "Engen slås lørdag." in shown
    whole = await page(visitor, f"/nyheder/{both}")
    assert "Engen slås lørdag. Tag en rive med." in whole
    assert "Natur og klima" in whole
    english = await page(visitor, f"/nyheder/{both}", ENGLISH)
    assert "The meadow is mown on Saturday." in english
    assert "Only in Danish" not in english
    english = await page(visitor, f"/nyheder/{danish}", ENGLISH)
    assert "Only in Danish" in english
    assert "Stien er lukket." in english
    html = await (await visitor.get(f"/public/nyheder/{danish}", headers=ENGLISH)).text()
    assert '<div lang="da">' in html
    first, second = await feed(visitor, ENGLISH)
    assert {first["title"], second["title"]} == {"Engen", "Stien"}
    assert f"{URL}/nyheder/{both}" in {first["id"], second["id"]}


@pytest.mark.parametrize(
    "hidden",
    [
        {"is_public": False},
        {"began_at": None, "state": BroadcastState.APPROVED},
        {"began_at": None, "rule": {"unit": "day"}, "state": BroadcastState.SENT},
        {"state": BroadcastState.PAUSED},
        {"state": BroadcastState.STOPPED},
        {"topic": "group:3"},
    ],
)
async def test_what_is_not_shown(town: Store, visitor: Visitor, hidden: dict[str, Any]) -> None:
    """News that staff keep, hold or stopped, drafts, and what goes to a group have no page."""
    number = await sent(town, **hidden)
    assert "Engen" not in await page(visitor)
    assert await feed(visitor) == []
    for path in (f"/public/nyheder/{number}", f"/public/nyheder/{number}/fil"):
        assert (await visitor.get(path)).status == 404


async def test_a_correction(town: Store, visitor: Visitor) -> None:
    """The corrected text is shown with its time; in the feed it is an update."""
    number = await sent(town)
    before = (await feed(visitor))[0]
    async with town.unit() as unit:
        changed = {"da": "Engen slås søndag."}
        later = unit.now + 2 * HOUR
        await unit.broadcasts.change(number, texts=changed, corrected_at=later)
    shown = await page(visitor, f"/nyheder/{number}")
    assert "Rettet mandag d. 23. november kl. 12." in shown
    assert "lørdag" not in shown
    after = (await feed(visitor))[0]
    assert after["id"] == before["id"]
    assert after["updated"] > before["updated"]
    assert "Rettet mandag" in after["summary"]


async def test_a_stopped_one_is_back_when_it_is_corrected(town: Store, visitor: Visitor) -> None:
    """A correction before the stop does not count; one after it does, and the page says so."""
    number = await sent(town, state=BroadcastState.STOPPED)
    for moved, is_shown in ((-HOUR, False), (HOUR, True)):
        async with town.unit() as unit:
            await unit.broadcasts.change(number, corrected_at=unit.now + moved)
        assert ("Engen" in await page(visitor)) is is_shown
    assert "Den blev stoppet, før alle havde fået den." in await page(visitor)


async def test_a_dialogue(town: Store, visitor: Visitor) -> None:
    """A dialogue has its number, who decides and the agenda; the outcomes come with its end."""
    number = await sent(
        town,
        question=QUESTION,
        decider="Miljøudvalget",
        agenda_url="https://klintsund.example/dagsorden?a=1&b=2",
    )
    await answered(town, number, 6, verdict="used", reasons={"da": "Stien bliver bredere."})
    await answered(town, number, 5, verdict="not_used", reasons={"da": "Der er ikke plads."})
    shown = await page(visitor, f"/nyheder/{number}")
    assert f"Dialog D-{number} Miljøudvalget beslutter. Se dagsordenen" in shown
    assert "Svarene bliver læst." in shown
    assert "Stien bliver bredere" not in shown
    html = await (await visitor.get(f"/public/nyheder/{number}")).text()
    assert 'href="https://klintsund.example/dagsorden?a=1&amp;b=2"' in html
    async with town.unit() as unit:
        await unit.broadcasts.change(number, state=BroadcastState.CLOSED)
    shown = await page(visitor, f"/nyheder/{number}")
    assert "11 har svaret." in shown
    assert "Brugt. Stien bliver bredere." in shown
    assert "Ikke brugt, fordi: Der er ikke plads." in shown
    assert "Miljøudvalget besluttede det mandag d. 23. november." in shown
    assert "Hemmelige ord" not in shown
    assert "Borger1" not in shown
    assert "Brugt. Stien bliver bredere." in (await feed(visitor))[0]["summary"]


@pytest.mark.parametrize(("many", "few"), [(6, 4), (6, 1), (4, 0), (0, 0), (5, 5)])
async def test_no_number_of_few_people(town: Store, visitor: Visitor, many: int, few: int) -> None:
    """No number of fewer than five is shown, nor two numbers from which one follows."""
    number = await sent(town, question=QUESTION, state=BroadcastState.CLOSED)
    await answered(town, number, many, verdict="used", reasons={"da": "Det gør vi."})
    await answered(town, number, few, verdict="partly", reasons={"da": "Kun hos dig."})
    shown = await page(visitor, f"/nyheder/{number}")
    assert ("Det gør vi." in shown) is (many >= 5)
    assert ("Kun hos dig." in shown) is (few >= 5)
    assert (f"{many + few} har svaret." in shown) is (few == 5)
    assert (f"Det gælder {many} svar." in shown) is (many >= 5)
    assert ("Andre svar" in shown) is (0 < few < 5)
    assert ("Der kom ingen svar." in shown) is (many + few == 0)


async def test_buttons_and_files(town: Store, visitor: Visitor) -> None:
    """Buttons open the chat; a picture is shown with its words, a document is a link."""
    async with town.unit() as unit:
        picture = await unit.files.add("a.jpg", "image/jpeg", b"\xff\xd8\xff picture")
        odd = await unit.files.add("a.svg", "image/svg+xml", b"<svg/>")
    buttons = [{"opens": "opportunity", "value": "7", "labels": {"da": "Meld dig"}}]
    media = {"kind": "photo", "name": "a.jpg", "alt": "En eng med høstak"}
    number = await sent(town, buttons=buttons, media=media, file_id=picture)
    html = await (await visitor.get(f"/public/nyheder/{number}", headers=DANISH)).text()
    assert f'href="{BOT_LINK}?start=opp-7">Meld dig</a>' in html
    assert f'src="{URL}/nyheder/{number}/fil" alt="En eng med høstak"' in html
    got = await visitor.get(f"/public/nyheder/{number}/fil")
    assert (got.status, got.content_type) == (200, "image/jpeg")
    assert "sandbox" in got.headers["Content-Security-Policy"]
    other = await sent(town, media=media, file_id=odd)
    assert (await visitor.get(f"/public/nyheder/{other}/fil")).status == 404


async def test_pages_of_the_archive(town: Store, visitor: Visitor) -> None:
    """Older news are on further pages; an odd page number is the first or an empty page."""
    for number in range(ON_A_PAGE + 2):
        await sent(town, f"Nyhed {number}.")
    first, second = await page(visitor), await page(visitor, "/nyheder?side=2")
    assert "Ældre" in first
    assert "Nyere" not in first
    assert "Nyhed 1." not in first
    assert "Nyhed 0." in second
    assert "Nyhed 1." in second
    assert "Ældre" not in second
    for odd in ("0", "x", "-1", "9" * 30):
        assert await page(visitor, f"/nyheder?side={odd}") == first
    html = await (await visitor.get("/public/nyheder?lang=en")).text()
    assert f'href="{URL}/nyheder?side=2&amp;lang=en"' in html


async def test_words_are_escaped(town: Store, visitor: Visitor) -> None:
    """Words of staff are text, never markup; a warning says that it is one."""
    number = await sent(
        town,
        "<b>Storm</b>",
        texts={"da": "<script>x</script> Bliv inde."},
        topic="warnings",
        is_warning=True,
    )
    html = await (await visitor.get(f"/public/nyheder/{number}", headers=DANISH)).text()
    assert "&lt;script&gt;x&lt;/script&gt; Bliv inde." in html
    assert "&lt;b&gt;Storm&lt;/b&gt;" in html
    assert "Advarsel om fare" in html
    assert "<script" not in html


async def test_visitors_may_keep_it_for_a_minute(town: Store, visitor: Visitor) -> None:
    """An unchanged page is answered with 304, and needs few statements."""
    await sent(town)
    first = await visitor.get("/public/nyheder", headers=DANISH)
    again = await visitor.get(
        "/public/nyheder", headers={**DANISH, "If-None-Match": first.headers["ETag"]}
    )
    assert again.status == 304
    assert first.headers["Cache-Control"] == "public, max-age=60"


async def test_a_group_among_others(town: Store, visitor: Visitor) -> None:
    """News to an audience with a group in it is not in the archive, whatever its topic is."""
    number = await sent(town, "Til bestyrelsen")
    parts = [{"is": "group", "value": "1"}, {"is": "area", "value": "tangoe"}]
    async with town.unit() as unit:
        await unit.broadcasts.change(number, audience={"any": parts})
    assert "Til bestyrelsen" not in await page(visitor)
    assert (await visitor.get(f"/public/nyheder/{number}")).status == 404


async def test_a_stopped_dialogue_stays_away(town: Store, visitor: Visitor) -> None:
    """A dialogue that was stopped and never corrected is not shown when it is closed."""
    number = await sent(town, question=QUESTION, state=BroadcastState.CLOSED)
    await answered(town, number, 1, verdict="used")
    async with town.unit() as unit:
        own = (await unit.contributions.about(BROADCAST, number))[0].participant_id
        kept = Delivery(
            id=0,
            subject_kind=BROADCAST,
            subject_id=number,
            occasion="sent",
            participant_id=own,
            message_class=MessageClass.NEWS,
            version=1,
            wanted_at=unit.now,
            planned_at=unit.now,
            state=DeliveryState.CANCELLED,
            reason=Reason.ENDED,
            topic="nature",
        )
        await unit.deliveries.plan([kept])
    assert (await visitor.get(f"/public/nyheder/{number}")).status == 404
    async with town.unit() as unit:
        await unit.broadcasts.change(number, corrected_at=unit.now)
    assert "Dialogen er lukket." in await page(visitor, f"/nyheder/{number}")


async def test_a_warning_leaves_after_its_end(town: Store, visitor: Visitor) -> None:
    """A warning has one name, and is shown until its end."""
    about = {"topic": WARNINGS, "is_warning": True}
    old = await sent(town, "Glat vej", expires_at=START - HOUR, **about)
    await sent(town, "Stormflod", expires_at=START + 24 * HOUR, **about)
    shown = await page(visitor)
    assert "Glat vej" not in shown
    assert shown.count("Advarsel om fare") == 1
    missing = await visitor.get(f"/public/nyheder/{old}", headers=DANISH)
    assert missing.status == 404
    assert "/public/nyheder" in await missing.text()
    assert "Alt nyt" in await missing.text()


async def test_danish_names_on_the_english_page(town: Store, visitor: Visitor) -> None:
    """A title, a committee and a Danish reason are marked as Danish; a last day is shown."""
    number = await sent(
        town,
        question={**QUESTION, "until": "2026-12-05"},
        decider="Vej & Park",
        state=BroadcastState.CLOSED,
    )
    await answered(town, number, 5, verdict="not_used", reasons={"da": "Fordi der er trangt."})
    answer = await visitor.get(f"/public/nyheder/{number}", headers=ENGLISH)
    html = await answer.text()
    assert '<h1><span lang="da">Engen</span></h1>' in html
    assert '<span lang="da">Vej &amp; Park</span> decides.' in html
    assert '<span lang="da">Miljøudvalget</span> decided it' in html
    assert '<p lang="da"><b>Ikke brugt, fordi der er trangt.</b></p>' in html
    assert "<li>Only in Danish</li>" in html
    assert "Last day for answers: Saturday 5 December." in html
