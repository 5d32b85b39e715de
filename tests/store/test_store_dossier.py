"""A citizen's dossier holds everything stored about them, and nothing else."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from at_work import employed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_rows import AT, MINUTE, somebody, talk

from bot.clock import TravelClock
from bot.model.case import (
    FIRST_NUMBER,
    INTERNAL,
    Case,
    CaseKind,
    CaseMessage,
    CaseState,
    DeliveryState,
    MessageKind,
)
from bot.store.events import by_staff
from bot.store.store import Store
from bot.store.unit import Unit

_LANES = itertools.count(1)
ON_ITS_WAY = (DeliveryState.QUEUED, DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.BY_HAND)


async def opened(unit: Unit, person_id: int, **changed: Any) -> Case:
    """Add a case of a citizen."""
    known: dict[str, Any] = {
        "source": "telegram",
        "kind": CaseKind.QUESTION,
        "theme": "roads",
        "area": None,
        "language": "da",
        "title": "Lygten er gået ud",
        "asker_name": None,
        "asker_phone": None,
        "conversation_id": None,
        "state": CaseState.OPEN,
        "close_reason": None,
        "owner_id": None,
        "contact": "Jonas",
        "received_at": AT,
        "working_days": 5,
        "due_on": AT.date() + timedelta(days=11),
        "told_on": AT.date() + timedelta(days=7),
        "citizen_at": AT,
        "touched_at": AT,
        "clock_at": AT,
        **changed,
    }
    return await unit.cases.add(Case(id=0, person_id=person_id, **known))


async def citizen(unit: Unit) -> int:
    """Add a new citizen; return the id."""
    return (await unit.people.add(somebody(f"tg:{next(_LANES)}"))).id


@dataclass(frozen=True, slots=True)
class Act:
    """A thread message: *earlier* if it was edited, *after* if that was after sending."""

    kind: MessageKind
    state: DeliveryState
    earlier: bool
    after: bool  # edited after sending


ACTS = st.lists(
    st.builds(
        Act,
        st.sampled_from(MessageKind),
        st.sampled_from(DeliveryState),
        st.booleans(),
        st.booleans(),
    ),
    max_size=8,
)


def is_shown(act: Act) -> bool:
    """Return whether the citizen wrote the message or was sent it."""
    return act.kind is MessageKind.ASKED or (act.kind not in INTERNAL and act.state in ON_ITS_WAY)


@given(ACTS)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_nothing_but_ones_own(store: Store, acts: list[Act]) -> None:
    """A dossier excludes notes, unsent and withdrawn messages, and other citizens' messages."""
    async with store.unit() as unit:
        own, other = await citizen(unit), await citizen(unit)
        case = await opened(unit, own, marks=("strong_feelings",))
        theirs = await opened(unit, other, title="ANDENS sag")
        await say(
            unit,
            theirs,
            Act(MessageKind.ASKED, DeliveryState.KEPT, earlier=True, after=True),
            "ANDENS",
        )
        for at, act in enumerate(acts):
            await say(unit, case, act, f"#{at}#")
        dossier = await unit.dossier.of(own)
    said = json.dumps(dossier, ensure_ascii=False)
    for at, act in enumerate(acts):
        assert (f"#{at}# nu" in said) is is_shown(act), act
        seen = act.earlier and is_shown(act) and (act.after or act.kind is MessageKind.ASKED)
        assert (f"#{at}# før" in said) is seen, act
    assert "ANDENS" not in said
    assert "strong_feelings" not in said
    json.loads(said)


async def say(unit: Unit, case: Case, act: Act, words: str) -> None:
    """Add a message to a thread, edited before or after sending."""
    new = CaseMessage(
        id=0,
        case_id=case.id,
        kind=act.kind,
        staff_id=None,
        signed=None,
        text=f"{words} før" if act.earlier else f"{words} nu",
        version=1,
        state=act.state,
        at=unit.now - MINUTE if act.after else unit.now + MINUTE,
    )
    kept = await unit.threads.say(new)
    if act.earlier:
        await unit.threads.change(kept, f"{words} nu", None)


async def test_nothing_of_the_staffs(store: Store) -> None:
    """A dossier excludes owner, staff deadline and the number of another citizen's case."""
    async with store.unit() as unit:
        own, other = await citizen(unit), await citizen(unit)
        mette = await employed(unit, username="mette.hemmeligsen", first_name="Mette")
        theirs = await opened(unit, other)
        case = await opened(unit, own, owner_id=mette, merged_into=theirs.id, no_promo=True)
        await unit.events.add(by_staff(mette), "read", case_id=case.id)
        await unit.events.add(by_staff(mette), "noted", case_id=case.id, words="HEMMELIGT")
        dossier = await unit.dossier.of(own)
    (shown,) = dossier["cases"]
    assert set(shown) == {
        *("number", "source", "kind", "theme", "area", "language", "title", "asker_name"),
        *("asker_phone", "state", "close_reason", "contact", "received_at", "told_on", "call_by"),
        *("waiting_since", "answered_at", "closed_at", "read_at", "read_by", "messages"),
        *("earlier_versions", "pictures_and_places"),
    }
    said = json.dumps(dossier, ensure_ascii=False)
    for hidden in ("hemmeligsen", "HEMMELIGT", "staff:", str(theirs.number), "2026-12-04"):
        assert hidden not in said
    assert "2026-11-30" in said, "the date that the citizen was told"
    assert dossier["who_read_your_cases"] == [
        {"at": AT.isoformat(), "who": "Mette", "case": case.id + FIRST_NUMBER}
    ]


async def test_all_that_is_ones_own(store: Store, clock: TravelClock) -> None:
    """A dossier has settings, consents, wishes, flows, questions, pictures and places."""
    async with store.unit() as unit:
        known = await unit.people.add(replace(somebody("tg:own"), called="Ana B"))
        await unit.consents.give(known.id, "news:roads", 1, "da")
        await unit.wishes.add(known.id, "pledge")
        await unit.conversations.add(talk(known.id))
        file_id = await unit.files.add("hul.jpg", "image/jpeg", b"1234")
        case = await opened(unit, known.id)
        place = {"kind": "place", "latitude": 55.0, "longitude": 12.0, "file_id": None}
        photo = {"kind": "photo", "latitude": None, "longitude": None, "file_id": file_id}
        both = {"conversation_id": None, "person_id": known.id}
        await unit.cases.attach(
            [{**place, **both, "case_id": None}, {**photo, **both, "case_id": case.id}]
        )
        dossier = await unit.dossier.of(known.id)
    assert dossier["person"][0]["called"] == "Ana B"
    assert dossier["consents"][0]["purpose"] == "news:roads"
    assert dossier["wishes"][0]["door"] == "pledge"
    assert dossier["unfinished"][0]["answers"] == {"called": "Ana"}
    at = clock.now().isoformat()
    assert dossier["pictures_and_places"] == [
        {"kind": "place", "latitude": 55.0, "longitude": 12.0, "at": at, "size": None}
    ]
    assert dossier["cases"][0]["pictures_and_places"] == [
        {"kind": "photo", "latitude": None, "longitude": None, "at": at, "size": 4}
    ]
    assert "screen" not in dossier["person"][0]
