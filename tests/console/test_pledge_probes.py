"""Every field of every form about pledges is sent with what people mistype and forge."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from console_browser import Browser, employ
from pledge_desk_town import campaign, drafted, opened, pledges, signs
from sqlalchemy import func, select
from volunteer_town import do, participant_of

from bot.clock import TravelClock
from bot.model.commands.pledges import SubmitCampaign, TellObstacle
from bot.model.staff import Role
from bot.store import tables as t
from bot.store.store import Store

BAD = {
    "forged": "999999999",
    "letters": "abc",
    "exponent": "1e99",
    "negative": "-5",
    "digits": "9" * 40,
    "arabic": "٣",
    "long": "ord " * 5000,
    "early": "1999-01-01",
    "late": "9999-12-31",
    "no_day": "2027-02-30",
    "nul": "a\0b",
    "cpr": "Hun hedder 010190-1234",
    "empty": "",
    "markup": "<script>alert(1)</script>",
}
Form = Mapping[str, Any]
TEXTS = ("titles_da", "texts_da", "titles_en", "texts_en")


async def forms_of(town: Store, clock: TravelClock) -> Mapping[str, Form]:
    """Return a right form for each address about pledges."""
    mette, lone = await employ(town), await employ(town, Role.LEADER)
    person, made = await pledges(town, "Ana", 501, "L8")
    told = [await do(town, TellObstacle(person, made.id, words=f"Regn {n}")) for n in range(2)]
    draft, waiting = await drafted(town, mette), await drafted(town, lone)
    await do(town, SubmitCampaign(lone.id, waiting))
    promise = {"counter": {"da": "Vi henter det."}, "counter_staff_id": mette.id}
    by = clock.now().date() + timedelta(days=60)
    open_ = await opened(town, mette, lone, **promise, counter_on=by)
    await signs(town, "Bo", 502, open_)
    who = await participant_of(town, person)
    day = clock.now().date().isoformat()
    deadline = (clock.now() + timedelta(days=40)).date().isoformat()
    written: Form = {
        **dict.fromkeys(TEXTS, "Ren havn hver dag"),
        "target": "3",
        "deadline": deadline,
        "theme": "wild",
        "area": "",
        "measure": "m2",
        "amount": "2",
        "rhythm": "once",
        "kind": "level",
        "catalogue_id": "",
        "counter_da": "Vi henter det.",
        "counter_en": "",
        "counter_staff_id": str(mette.id),
        "counter_on": deadline,
    }
    entry: Form = {
        **{name: written[name] for name in (*TEXTS, "theme", "measure", "amount", "rhythm")},
        "kind": "level",
        "season_first": "4",
        "season_last": "8",
        "asks_on": "1.5.",
        "words": "græs, plæne",
        "factor_low": "1",
        "factor_high": "2",
        "factor_unit_da": "kg CO₂",
        "factor_source_da": "Kilde",
    }
    version = {"version": str((await campaign(town, draft)).version)}
    return {
        "campaigns/new": {**written, "previous": ""},
        f"campaigns/{draft}/edit": {**written, **version},
        f"campaigns/{waiting}/return": {"reason": "Skriv den om"},
        f"campaigns/{waiting}/approve": {"version": "1"},
        f"campaigns/{open_}/extend": {"deadline": deadline, "reason": "Mere tid"},
        f"campaigns/{open_}/counter": {"state": "kept", "words_da": "Gjort", "words_en": ""},
        f"campaigns/{open_}/sign": {"participant": str(who), "agreed": "yes"},
        "catalogue/new": entry,
        f"pledges/new/{who}": {
            "catalogue_id": "",
            "words": "Jeg går en tur",
            "amount": "2",
            "ends_on": deadline,
            "theme": "climate",
            "rhythm": "week",
            "measure": "rides",
            "visibility": "named",
            "group_id": "",
            "agreed": "yes",
        },
        "pledges/new": {"participant": str(who)},
        f"pledges/{made.id}/edit": {
            "amount": "3",
            "ends_on": deadline,
            "rhythm": "week",
            "visibility": "private",
        },
        f"pledges/{made.id}/check-in": {"day": day, "answer": "partly", "amount": "1"},
        f"pledges/{made.id}/obstacle": {"key": "time", "words": "Regn"},
        f"pledges/{made.id}/undo": {"day": day},
        "obstacles/group": {
            "id": str(told[0]),
            "confirmed": "yes",
            "outcome_id": "",
            "title": "Regn",
            "owner_id": str(mette.id),
            "next": "/console/obstacles",
        },
        "obstacles/ungroup": {"id": str(told[1]), "confirmed": "yes", "next": ""},
        f"campaigns/{open_}/cancel": {"reason": "Slut", "reason_en": "Over"},
    }


CHOICES = frozenset(
    {
        *("theme", "area", "measure", "rhythm", "kind", "catalogue_id", "counter_staff_id"),
        *("visibility", "group_id", "key", "state", "answer", "owner_id", "outcome_id"),
        *("season_first", "season_last"),
    }
)
DAYS = frozenset({"deadline", "counter_on", "ends_on", "day"})
TEXT = re.compile(
    r"titles_..|texts_..|reason|words_..|words|counter_..|title|factor_(unit|source)_.."
)
NUMBERS = frozenset({"target"})


def is_wrong(name: str, kind: str) -> bool:
    """Return whether a value of this kind must be refused in a field."""
    if kind == "empty":
        return False
    if name in CHOICES | DAYS | NUMBERS:
        return kind != "arabic" or name in CHOICES | DAYS
    if name == "amount":
        return kind in {"letters", "digits"}
    return kind in {"long", "cpr"} and TEXT.fullmatch(name) is not None


async def version_of(town: Store, path: str) -> Form:
    """Return the field with the present version of the campaign that a form changes."""
    known = await campaign(town, int(path.split("/")[1]))
    return {"version": str(known.version)}


async def size(town: Store) -> dict[str, int]:
    """Return how many rows each table of pledges has."""
    sizes = {}
    async with town.reading() as unit:
        for table in (t.campaign, t.pledge, t.contribution, t.outcome, t.catalogue_entry):
            rows = await unit.connection.execute(select(func.count()).select_from(table))
            sizes[table.name] = int(rows.scalar_one())
    return sizes


@pytest.mark.parametrize("kind", BAD)
async def test_a_wrong_value_is_refused_at_its_field(
    town: Store, clock: TravelClock, browser: Browser, kind: str
) -> None:
    """No value fails; what cannot be right is refused with a reason, and adds nothing."""
    forms = await forms_of(town, clock)
    async with town.reading() as unit:
        mette = next(one for one in await unit.staff.all() if one.role is Role.STAFF)
    await browser.sign_in(mette)
    for path, form in forms.items():
        for name in form:
            before = await size(town)
            fresh = await version_of(town, path) if "version" in form else {}
            answer = await browser.post(path, {**form, **fresh, name: BAD[kind]})
            page = await answer.text()
            assert answer.status in {200, 303, 404, 422}, (path, name)
            if is_wrong(name, kind) and answer.status != 404 and not path.endswith("/undo"):
                assert answer.status == 422, (path, name)
                assert 'aria-invalid="true"' in page, (path, name)
                assert await size(town) == before, (path, name)
            assert "<script>alert" not in page


@pytest.mark.parametrize("which", ["campaigns/new", "catalogue/new", "pledges/new"])
async def test_a_form_that_is_sent_twice_makes_one(
    town: Store, clock: TravelClock, browser: Browser, which: str
) -> None:
    """A double click leads to the same page, and there is one row more."""
    forms = await forms_of(town, clock)
    async with town.reading() as unit:
        mette = next(one for one in await unit.staff.all() if one.role is Role.STAFF)
    await browser.sign_in(mette)
    before = sum((await size(town)).values())
    path = next(one for one in forms if one.startswith(which) and len(forms[one]) > 1)
    sent = await asyncio.gather(*(browser.post(path, forms[path]) for _n in range(3)))
    assert len({one.headers["Location"] for one in sent}) == 1
    assert sum((await size(town)).values()) == before + 1
    other = {**forms[path], "words": "noget andet", "texts_da": "noget andet"}
    await browser.post(path, other)
    assert sum((await size(town)).values()) == before + 2


async def test_every_act_is_done_once(town: Store, clock: TravelClock, browser: Browser) -> None:
    """Each form of the desk can be sent a second time: it adds nothing more."""
    forms = await forms_of(town, clock)
    async with town.reading() as unit:
        mette = next(one for one in await unit.staff.all() if one.role is Role.STAFF)
    await browser.sign_in(mette)
    for path, form in forms.items():
        await browser.post(path, form)
        once = await size(town)
        assert (await browser.post(path, form)).status in {200, 303, 404, 422}
        assert await size(town) == once, path
