"""The public pages of pledges: what a visitor reads, and what nobody may read from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from pledging import METTE, Pledging
from public_town import BOT_LINK, URL, ask
from sqlalchemy import event

from bot.documents.atom_feed import NAMESPACE
from bot.engine.events import Refused
from bot.model.campaign import CampaignState
from bot.model.commands.pledges import (
    AllowName,
    AnswerCheckIn,
    AnswerCounter,
    ApproveWords,
    ChangePledge,
    EditEntry,
    MakePledge,
    RefuseName,
    RefuseWords,
    SignCampaign,
)
from bot.model.link import Link, Opens, hash_of, new_token
from bot.public.guards import HEADERS
from bot.service import execute
from bot.service.pledges.totals import shown_snapshot
from bot.store.store import Store

Visitor = TestClient[web.Request, web.Application]
DANISH, ENGLISH = {"Accept-Language": "da-DK,da;q=0.9"}, {"Accept-Language": "en-GB"}
DAY = timedelta(days=1)
HEADS = ("Område", "I alt", "Er med", "Dag")


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


async def page(visitor: Visitor, path: str = "/lofter", headers: dict[str, str] = DANISH) -> str:
    """Return the words of a page without its markup."""
    answer = await visitor.get(f"/public{path}", headers=headers)
    assert (answer.status, answer.content_type) == (200, "text/html"), path
    words = re.sub(r"</?span[^>]*>", "", await answer.text())
    return " ".join(re.sub(r"<[^>]+>", " ", words).split())


async def data(visitor: Visitor, path: str = "/lofter.json?lang=en") -> dict[str, Any]:
    """Return the JSON of all pledges."""
    answer = await visitor.get(f"/public{path}")
    assert (answer.status, answer.content_type) == (200, "application/json")
    found: dict[str, Any] = await answer.json()
    return found


async def test_an_empty_town(pledging: Pledging, visitor: Visitor) -> None:
    """Without pledges and before the first night the page says when there will be a number."""
    shown = await page(visitor)
    assert shown.startswith("Løfter i Klintsund Kommune")
    assert "Vi viser et tal, når mindst 5 er med." in shown
    assert "Der er ikke noget fælles løfte at skrive under på lige nu." in shown
    assert "Lad et hjørne gro Jeg lader en del af plænen stå" in shown
    html = await (await visitor.get("/public/lofter")).text()
    assert f'href="{BOT_LINK}?start=pl-{pledging.catalogue["L1"]}"' in html


async def test_totals_with_unit_and_year(pledging: Pledging, visitor: Visitor) -> None:
    """A total is that of the night, with its unit, year and areas; it equals the ledger."""
    await pledging.pledges(7, "klintsund", amount=100)
    await pledging.pledges(6, "oerbakke", amount=90)
    assert "m²" not in (await page(visitor)).partition("Giv et løfte")[0]
    assert (await pledging.night(), await pledging.night()) == (1, 0)
    shown = await page(visitor)
    day = "mandag d. 23. november"
    assert f"13 løfter fra 13 mennesker i 2026. Tallet er fra {day}." in shown
    assert f"Vild natur 1.240 m² lovet i 2026 13 har lovet det. Tallet er fra {day}." in shown
    assert "Der er endnu ikke noget tal for, hvad der er gjort." in shown
    assert f"Vild natur efter område, lovet {' '.join(HEADS)}" in shown
    assert f"Klintsund By 700 m² 7 {day} Ørbakke 540 m² 6 {day}" in shown
    (total,) = (await data(visitor))["totals"]
    assert total["theme"] == {"key": "wild", "name": "Wild nature"}
    assert (total["unit"]["name"], total["amount"], total["people"]) == ("m²", 1240.0, 13)
    whole = {"people": 13, "amount": 1240.0, "day": "2026-11-23"}
    assert (total["kind"], total["promised"], total["done"]) == ("level", whole, None)
    async with pledging.store.reading() as unit:
        assert await unit.ledger.total(2026, theme="wild", measure="m2") == 124_000
    english = await page(visitor, headers=ENGLISH)
    assert "1,240 m² promised in 2026 13 people have promised it." in english


async def test_the_next_morning(pledging: Pledging, visitor: Visitor) -> None:
    """A pledge of today is in no number of tomorrow: the difference would be one person's."""
    await pledging.pledges(5, amount=10)
    await pledging.night()
    await pledging.pledges(1, amount=20)
    await pledging.next_night()
    shown = await page(visitor)
    assert "50 m² lovet i 2026 5 har lovet det. Tallet er fra mandag d. 23. november." in shown
    assert "70 m²" not in shown
    await pledging.pledges(4, amount=20)
    await pledging.next_night()
    shown = await page(visitor)
    assert "150 m² lovet i 2026 10 har lovet det. Tallet er fra onsdag d. 25. november." in shown


async def test_done_and_converted(pledging: Pledging, visitor: Visitor) -> None:
    """Counts are what was done; a factor is shown with its range, source and day."""
    await pledging.add_factor("L8")
    people = [await pledging.person() for _one in range(6)]
    for one in people:
        own = await pledging.pledge(one, "L8")
        today = pledging.clock.now().date()
        await ask(pledging.store, AnswerCheckIn(one, own, today, "done"))
    await pledging.night()
    (total,) = (await data(visitor))["totals"]
    assert (total["kind"], total["promised"], total["people"]) == ("count", None, 6)
    assert total["done"]["amount"] == total["amount"]
    (other,) = total["converted"]
    assert other["factor"] == {"low": 1.5, "high": 2.0}
    assert (other["low"], other["high"]) == (1.5 * total["amount"], 2 * total["amount"])
    assert (other["unit"], other["source"]) == ("kg CO₂", "The Danish Energy Agency.")
    shown = await page(visitor)
    assert "gjort i 2026 6 har gjort det." in shown
    assert "regnes som 1,5 til 2 kg CO₂. Det er et skøn. Kilden: Energistyrelsen." in shown


async def test_a_factor_is_for_its_own_unit(pledging: Pledging, visitor: Visitor) -> None:
    """An entry with pledges keeps theme, unit and kind; a factor is for no other unit."""
    await pledging.pledges(6, amount=20)
    await pledging.add_factor("L1")
    await pledging.night()
    entry_id = pledging.catalogue["L1"]
    async with pledging.store.reading() as unit:
        known = await unit.catalogue.get(entry_id)
    assert known is not None
    other = {"measure": "lamps", "theme": "night", "kind": "count"}
    for name, value in other.items():
        changed = EditEntry(METTE, entry_id, known.version, {name: value})
        async with pledging.store.unit() as unit:
            refused = await execute(changed, unit)
        assert isinstance(refused, Refused)
        assert refused.field == name
    factor = {**(known.factor or {}), "low": 1.0}
    same = EditEntry(METTE, entry_id, known.version, {"factor": factor, "measure": "m2"})
    assert await ask(pledging.store, same) == entry_id
    (total,) = (await data(visitor))["totals"]
    assert [one["low"] for one in total["converted"]] == [120.0]
    for name, value in other.items():
        async with pledging.store.unit() as unit:
            await unit.catalogue.change(entry_id, **{name: value})
        (total,) = (await data(visitor))["totals"]
        assert (total["unit"]["key"], total["converted"]) == ("m2", [])
        async with pledging.store.unit() as unit:
            await unit.catalogue.change(entry_id, **{name: getattr(known, name)})


async def test_few_people_are_never_shown(pledging: Pledging, visitor: Visitor) -> None:
    """Four people are shown nowhere, nor an area from which their part could be computed."""
    await pledging.pledges(4, "tangoe", code="L4")
    await pledging.pledges(9, "klintsund", amount=10)
    await pledging.pledges(6, "oerbakke", amount=10)
    await pledging.pledges(2, "sandholm", amount=10)
    await pledging.night()
    shown = (await page(visitor)).partition("Fælles løfter")[0]
    assert "Klintsund By 90 m² 9" in shown
    for hidden in ("Ørbakke", "Sandholm", "Tangø", "lamper", "løfter fra"):
        assert hidden not in shown


async def test_who_does_it_already(pledging: Pledging, visitor: Visitor) -> None:
    """People who do it already are told of, and are in no total."""
    await pledging.pledges(5, already=True)
    await pledging.night()
    shown = await page(visitor)
    assert "Vild natur 5 gør det allerede. Tallet er fra mandag d. 23. november." in shown
    assert "m² lovet" not in shown


async def test_names_only_by_opt_in(pledging: Pledging, visitor: Visitor) -> None:
    """Names and words are shown from the next night on, and no longer once they are taken back."""
    await pledging.pledges(12, amount=10)
    fatma = await pledging.person("Fatma <b>")
    own = await pledging.pledge(fatma, visibility="named", amount=10)
    oksana = await pledging.person("Oksana")
    await pledging.pledge(oksana, visibility="unnamed", amount=10)
    private = await pledging.person("Mehmet")
    await pledging.pledge(private, amount=10)
    assert "Fatma" not in await page(visitor)
    await pledging.night()
    shown = await page(visitor)
    assert "Borgere Fatma &lt;b&gt; : Jeg lader en del af plænen stå" in shown
    assert "Uden navn Jeg lader en del af plænen stå" in shown
    for name in ("Oksana", "Mehmet", "Borger1"):
        assert name not in shown
        assert name not in str(await data(visitor))
    await ask(pledging.store, ChangePledge(fatma, own, visibility="private"))
    assert "Fatma" not in await page(visitor) + str(await data(visitor))


@pytest.mark.parametrize(
    "name",
    [
        "Borgmester Petersen er korrupt, se scam.dk/5",
        "Se scam.dk",
        "t.me/scam",
        "@scam",
        "Ring 12345678",
        "🌸",
        "a" * 41,
    ],
)
async def test_a_name_is_a_first_name(pledging: Pledging, visitor: Visitor, name: str) -> None:
    """What the chat would refuse as a name is not shown: the pledge is shown without one."""
    await pledging.pledge(await pledging.person(name), visibility="named", amount=20)
    await pledging.night()
    found = await data(visitor)
    assert (found["named"], len(found["unnamed"])) == ([], 1)
    assert name not in await page(visitor)


async def test_a_name_that_staff_hide(pledging: Pledging, visitor: Visitor) -> None:
    """It is gone with the next request, from each pledge of the person, until staff allow it."""
    rude = await pledging.person("Rune Raaddenskab")
    own = await pledging.pledge(rude, visibility="named", amount=20)
    await pledging.pledge(rude, "L4", visibility="named")
    await pledging.night()
    assert "Rune" in await page(visitor)
    await ask(pledging.store, RefuseName(METTE, own, "Skriv dit fornavn."))
    assert "Rune" not in await page(visitor) + str(await data(visitor))
    assert len((await data(visitor))["unnamed"]) == 2
    await ask(pledging.store, AllowName(METTE, own))
    assert len((await data(visitor))["named"]) == 2


async def version(pledging: Pledging, pledge_id: int) -> int:
    """Return the version of a pledge that staff read."""
    async with pledging.store.reading() as unit:
        known = await unit.pledges.get(pledge_id)
    assert known is not None
    return known.version


async def test_own_words_wait_until_staff_have_read_them(
    pledging: Pledging, visitor: Visitor
) -> None:
    """Own words are public only while an approval holds; changed words wait again."""
    await pledging.pledges(12, amount=10)
    fatma = await pledging.person("Fatma")
    how = {"words": "Jeg luger hos min nabo Ole", "theme": "wild", "ends_on": "2027-11-01"}
    made = await ask(pledging.store, MakePledge(fatma, rhythm="month", visibility="named", **how))
    own: int = made["pledge_id"]

    async def shown() -> str:
        clock = pledging.clock
        clock.move_to(clock.now() + DAY)
        await pledging.night()
        feed = await (await visitor.get("/public/lofter.atom")).text()
        return await page(visitor) + str(await data(visitor)) + feed

    assert "Ole" not in await shown()
    await ask(pledging.store, ApproveWords(METTE, own, await version(pledging, own)))
    assert "Fatma : Jeg luger hos min nabo Ole" in await shown()
    await ask(pledging.store, ChangePledge(fatma, own, words="Jeg luger hos Ole og Else"))
    assert "Ole" not in await page(visitor) + str(await data(visitor))
    assert "Ole" not in await shown()
    await ask(
        pledging.store,
        RefuseWords(METTE, own, await version(pledging, own), "Skriv ikke andres navne."),
    )
    assert "Ole" not in await shown()


async def test_groups_with_a_badge(pledging: Pledging, visitor: Visitor) -> None:
    """An association or a firm that says yes has a sentence for its own site, and no names."""
    lead = await pledging.person("Hassan")
    club = await pledging.group("Klintsund Kajakklub", "association", lead)
    await pledging.pledge(lead, "L5", group_id=club, visibility="named")
    await pledging.night()
    shown = await page(visitor)
    badge = "Klintsund Kajakklub har givet et løfte i Klintsund Kommune: »Vi viser vores gæster"
    assert f"Foreninger {badge}" in shown
    assert "Hassan" not in shown
    (group,) = (await data(visitor))["groups"]
    assert (group["name"], group["kind"]) == ("Klintsund Kajakklub", "association")


async def test_a_shared_pledge(pledging: Pledging, visitor: Visitor) -> None:
    """A shared pledge shows how far it is, and what the municipality promises itself."""
    counter = {
        "counter": {"da": "Vi slukker lyset på havnen.", "en": "We turn off the harbour."},
        "counter_on": pledging.clock.now().date() + 40 * DAY,
        "counter_staff_id": METTE,
    }
    made = await pledging.campaign(12, **counter)
    shown = await page(visitor, f"/lofter/{made}")
    assert shown.startswith("Sluk havnens lys")
    for words in (
        *("12 af 20 har skrevet under.", "Skriv under senest onsdag d. 30. december."),
        *("Kommunens eget løfte Vi slukker lyset på havnen.", "Lovet"),
        "Mette svarer for det senest lørdag d. 2. januar.",
    ):
        assert words in shown, words
    assert "12 of 20 have signed." in await page(visitor, f"/lofter/{made}", ENGLISH)
    html = await (await visitor.get("/public/lofter", headers=DANISH)).text()
    assert '<progress value="12" max="20" aria-hidden="true">' in html
    assert f'href="{BOT_LINK}?start=fl-{made}"' in html
    assert f'href="{URL}/lofter/{made}"' in html
    pledging.clock.move_to(pledging.clock.now() + 41 * DAY)
    late = "Det skulle have været opfyldt lørdag d. 2. januar. Det er ikke sket endnu."
    assert f"{late} Mette svarer for det." in await page(visitor, f"/lofter/{made}")
    assert (await data(visitor))["shared"][0]["own_pledge"]["overdue"] is True
    words_by = {"da": "Det er slukket.", "en": "It is off."}
    await ask(pledging.store, AnswerCounter(METTE, made, "kept", words_by))
    assert "Holdt" in await page(visitor, f"/lofter/{made}")
    assert "Det er slukket." in await page(visitor)


async def test_few_signatures(pledging: Pledging, visitor: Visitor) -> None:
    """Fewer than five signatures are not counted in public, in no format."""
    made = await pledging.campaign(4)
    assert "Færre end 5 har skrevet under. Målet er 20." in await page(visitor, f"/lofter/{made}")
    (shared,) = (await data(visitor))["shared"]
    assert (shared["signers"], shared["target"]) == (None, 20)
    await ask(pledging.store, SignCampaign(await pledging.person(), made))
    assert "5 af 20 har skrevet under." in await page(visitor)


async def test_states_of_shared_pledges(pledging: Pledging, visitor: Visitor) -> None:
    """Each state says how it stands; a draft and a cancelled one are no page."""
    made = await pledging.campaign(6, target=6)
    assert "Nok har skrevet under, så løftet gælder." in await page(visitor, f"/lofter/{made}")
    result = {"asked": 30, "answered": 16, "done": 6, "partly": 9, "not": 1}
    for state, numbers, words in (
        (CampaignState.FOLLOW_UP, None, "Nu spørger vi, hvordan det gik."),
        (CampaignState.COMPLETED, result, "16 af 30 svarede. 6 gjorde det."),
        (
            CampaignState.COMPLETED,
            {"asked": 12, "answered": 4, "done": 3},
            "Vi spurgte 12. Færre end 5 svarede.",
        ),
        (CampaignState.COMPLETED, {"asked": 2, "answered": 1, "done": 1}, "Så få er med"),
        (CampaignState.EXPIRED_UNMET, None, "så løftet gælder ikke."),
    ):
        async with pledging.store.unit() as unit:
            await unit.campaigns.change(made, state=state, result=numbers)
        shown = await page(visitor, f"/lofter/{made}")
        assert words in shown
        assert "Skriv under i Telegram" not in shown
    for state in (CampaignState.DRAFT, CampaignState.IN_REVIEW, CampaignState.CANCELLED):
        async with pledging.store.unit() as unit:
            await unit.campaigns.change(made, state=state)
        assert (await visitor.get(f"/public/lofter/{made}")).status == 404
    for path in ("999", "9" * 15, "9" * 40, "x", "-1", "1%00", "999.svg"):
        answer = await visitor.get(f"/public/lofter/{path}", headers=DANISH)
        assert answer.status == 404, path
        assert "<h1>Der er ingen side her</h1>" in await answer.text()


async def test_the_page_of_a_share_link(pledging: Pledging, visitor: Visitor) -> None:
    """A link to a shared pledge or to one of the catalogue says what it opens, and is counted."""
    made = await pledging.campaign()
    for kind, subject, title in (
        ("campaign", made, "Sluk havnens lys"),
        ("catalogue", pledging.catalogue["L1"], "Lad et hjørne gro"),
    ):
        token = new_token()
        async with pledging.store.unit() as unit:
            link = Link(0, kind, subject, Opens.CHAT, "Plakat", staff_id=METTE)
            link_id = await unit.links.add(link, hash_of(token))
        assert title in await page(visitor, f"/l/{token}")
        async with pledging.store.reading() as unit:
            known = await unit.links.get(link_id)
        assert known is not None
        assert known.opened == 1


async def test_answers_to_obstacles(pledging: Pledging, visitor: Visitor) -> None:
    """What stood in the way is shown in the words of staff with the answer, never in citizens'."""
    await pledging.obstacle(5, "Der mangler skure", "Vi sætter to skure op i maj.")
    await pledging.obstacle(2, "Det regner", "Vi låner regntøj ud.", published=True)
    await pledging.obstacle(4, "Der er mørkt", "Vi sætter lys op.")
    shown = await page(visitor)
    assert "Det stod i vejen – det gør vi" in shown
    first = "Der mangler skure Vi sætter to skure op i maj. 5 sagde det. Besluttet af Teknisk"
    assert first in shown
    assert "Det regner Vi låner regntøj ud. Besluttet" in shown
    assert "Ingen plads" not in shown
    data = await (await visitor.get("/public/lofter.json")).text()
    feed = await (await visitor.get("/public/lofter.atom")).text()
    assert all("Vi sætter to skure op" in one for one in (shown, data, feed))
    assert not any("Der er mørkt" in one or "Vi sætter lys" in one for one in (shown, data, feed))
    assert "Only in Danish" in await page(visitor, headers=ENGLISH)


async def test_atom(pledging: Pledging, visitor: Visitor) -> None:
    """The feed has shared pledges and answers, the newest first, with fixed ids."""
    made = await pledging.campaign(5)
    pledging.clock.move_to(pledging.clock.now() + DAY)
    title, said = "Der mangler skure", "Vi sætter to skure op i maj."
    answer = await pledging.obstacle(1, title, said, published=True)
    response = await visitor.get("/public/lofter.atom", headers=DANISH)
    assert (response.status, response.content_type) == (200, "application/atom+xml")
    feed = ET.fromstring(await response.read())  # noqa: S314 - our own feed
    entries = feed.findall(f"{{{NAMESPACE}}}entry")
    ids = [one.findtext(f"{{{NAMESPACE}}}id") for one in entries]
    assert ids == [f"{URL}/lofter#a{answer}", f"{URL}/lofter/{made}"]
    assert "5 af 20 har skrevet under." in (entries[1].findtext(f"{{{NAMESPACE}}}summary") or "")


async def test_caches_and_cost(pledging: Pledging, visitor: Visitor) -> None:
    """Pages are kept for a minute and asked for by ETag; five statements serve any number."""
    made = await pledging.campaign(5)
    await pledging.pledges(6, amount=10)
    await pledging.night()
    for path in ("", ".json", ".atom", f"/{made}", f"/{made}.svg", f"/{made}.png"):
        with statements(pledging.store) as executed:
            answer = await visitor.get(f"/public/lofter{path}")
        assert len(executed) <= 5, executed
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        assert "Set-Cookie" not in answer.headers
        strict = HEADERS["Content-Security-Policy"]
        assert answer.headers["Content-Security-Policy"] == strict
        again = await visitor.get(
            f"/public/lofter{path}", headers={"If-None-Match": answer.headers["ETag"]}
        )
        assert (again.status, await again.read()) == (304, b""), path
    html = await (await visitor.get("/public/lofter")).text()
    assert "<script" not in html


@pytest.mark.usefixtures("pledging")
async def test_addresses(visitor: Visitor) -> None:
    """The short address leads to the page, and search engines may read it."""
    answer = await visitor.get("/lofter?lang=en", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (302, "/public/lofter?lang=en")
    robots = await (await visitor.get("/public/robots.txt")).text()
    assert "Allow: /public/lofter\n" in robots


async def test_old_snapshots_are_deleted(pledging: Pledging) -> None:
    """Snapshots are kept for 400 days."""
    for _night in range(3):
        await pledging.night()
        pledging.clock.move_to(pledging.clock.now() + 200 * DAY)
    async with pledging.store.unit() as unit:
        assert await unit.snapshots.purge(500) == 1
    async with pledging.store.reading() as unit:
        assert await shown_snapshot(unit) is not None
