"""Test cases, their threads, and the questions and alerts that belong to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from store_rows import AT, somebody

from bot.model.case import Case, CaseKind, CaseMessage, CaseState, DeliveryState, MessageKind
from bot.model.staff import Role, Staff
from bot.store.alerts import about_case
from bot.store.events import CITIZEN
from bot.store.questions import Question
from bot.store.store import Store
from bot.store.threads import terms_of
from bot.store.unit import Unit


async def opened(unit: Unit, **changed: object) -> Case:
    """Add a case of a citizen."""
    person = await unit.people.by_lane("tg:1") or await unit.people.add(somebody())
    known = {
        "source": "telegram",
        "kind": CaseKind.QUESTION,
        "theme": "roads",
        "area": None,
        "language": "da",
        "title": "Lygten er gået ud",
        "asker_name": "Ana",
        "asker_phone": None,
        "conversation_id": None,
        "state": CaseState.NEW,
        "close_reason": None,
        "owner_id": None,
        "contact": "Jonas",
        "received_at": AT,
        "working_days": 5,
        "due_on": AT.date(),
        "told_on": AT.date(),
        "citizen_at": AT,
        "touched_at": AT,
        "clock_at": AT,
        **changed,
    }
    return await unit.cases.add(Case(id=0, person_id=person.id, **known))  # type: ignore[arg-type]


def message(
    case: Case, text: str, kind: MessageKind = MessageKind.ASKED, **changed: object
) -> CaseMessage:
    """Return a thread message that is not stored yet."""
    known = {"staff_id": None, "signed": "Ana", "version": 1, "state": DeliveryState.KEPT, "at": AT}
    return CaseMessage(id=0, case_id=case.id, kind=kind, text=text, **{**known, **changed})  # type: ignore[arg-type]


async def test_a_case_is_kept_and_changed(store: Store) -> None:
    """A case and its changes are read back; ended cases leave the citizen's open ones."""
    async with store.unit() as unit:
        case = await opened(unit, marks=("strong_feelings",))
        assert await unit.cases.get(case.id) == case
        assert await unit.cases.by_number(case.number) == case
        assert await unit.cases.by_number(10**30) is None
        changed = await unit.cases.change(case, state=CaseState.CLOSED, close_reason="silent")
    async with store.reading() as unit:
        assert await unit.cases.get(case.id) == changed
        assert await unit.cases.writable(case.person_id or 0) == []
        assert await unit.cases.of_person(case.person_id or 0, 5) == [changed]


async def test_the_one_last_written_to_comes_first(store: Store) -> None:
    """Of several open cases the one with the citizen's latest message comes first."""
    async with store.unit() as unit:
        first = await opened(unit)
        second = await opened(unit)
        await unit.cases.change(first, citizen_at=AT + timedelta(minutes=1))
        writable = await unit.cases.writable(first.person_id or 0)
    assert [case.id for case in writable] == [first.id, second.id]


async def test_versions(store: Store) -> None:
    """An edited message keeps its earlier text; the citizen's view excludes notes."""
    async with store.unit() as unit:
        case = await opened(unit)
        said = await unit.threads.say(message(case, "Lygten er ude"))
        await unit.threads.say(message(case, "Ring til Vej", MessageKind.NOTE))
        after = await unit.threads.change(said, "Lygten lyser igen", None)
        assert [one.text for one in await unit.threads.of_case(case.id, internal=False)] == [
            "Lygten lyser igen"
        ]
        assert len(await unit.threads.of_case(case.id, internal=True)) == 2
        (before,) = await unit.threads.versions(case.id)
    assert (after.version, before.version, before.text) == (2, 1, "Lygten er ude")


async def test_links_follow_a_message(store: Store) -> None:
    """A chat message leads to its case, also after a move to another case."""
    async with store.unit() as unit:
        case, other = await opened(unit), await opened(unit)
        said = await unit.threads.say(message(case, "En ting mere"))
        await unit.cases.link(1, 77, case.id, said.id)
        assert await unit.cases.linked(1, 77) == (case.id, said.id)
        await unit.threads.move(said, other.id)
        await unit.cases.move_links(said.id, other.id)
        assert await unit.cases.linked(1, 77) == (other.id, said.id)
        assert await unit.cases.linked(2, 77) is None


async def test_half_a_number_is_taken_out(store: Store) -> None:
    """Half a CPR number is removed from recent messages, title and search terms, but not notes."""
    async with store.unit() as unit:
        case = await opened(unit, title="født 170461")
        await unit.threads.say(message(case, "født 170461"))
        await unit.threads.say(message(case, "se 170461", MessageKind.NOTE))
        clean = lambda text: text.replace("170461", "[fjernet]")  # noqa: E731 - a rule of one line
        await unit.threads.scrub(case.person_id or 0, clean, timedelta(hours=1))
        thread = await unit.threads.of_case(case.id, internal=True)
        found = await unit.cases.get(case.id)
    assert [one.text for one in thread] == ["født [fjernet]", "se 170461"]
    assert found is not None
    assert found.title == "født [fjernet]"


def test_terms() -> None:
    """A thread is found by stems in either language, never by an empty word."""
    assert {"lygt", "skov"} <= terms_of("Lygterne i skoven")
    assert "lamp" in terms_of("the lamps")
    assert terms_of(" … ") == set()


async def test_questions_wait_until_they_are_settled(store: Store) -> None:
    """`forget_answered` deletes answered questions; others stay until `forget`."""
    async with store.unit() as unit:
        person = await unit.people.add(somebody())
        base = Question(0, person.id, "Hvad?", "other", "da", 1, 5, AT, None)
        open_one = await unit.questions.add(base)
        known = await unit.questions.add(replace(base, message_id=6, faq_id="F1"))
        assert await unit.questions.at(1, 6) == known
        await unit.questions.forget_answered(person.id)
        assert await unit.questions.get(known.id) is None
        await unit.questions.answered(open_one.id, "F2")
        found = await unit.questions.get(open_one.id)
        assert found is not None
        assert found.faq_id == "F2"
        await unit.questions.forget(open_one.id)
        assert await unit.questions.get(open_one.id) is None


async def test_an_alert_rings_once(store: Store) -> None:
    """The same event alerts each member of staff once, and a seen alert stays seen."""
    async with store.unit() as unit:
        staff = [
            await unit.staff.add(Staff(0, name, name, "Natur", Role.STAFF, "da"))
            for name in ("jonas", "aisha")
        ]
        case = await opened(unit)
        await unit.alerts.add(staff, about_case(case.id), "new")
        await unit.alerts.add(staff, about_case(case.id), "new")
        await unit.alerts.add(staff[:1], about_case(case.id), "wrote", "5")
        assert [await unit.alerts.unseen(one) for one in staff] == [2, 1]
        await unit.alerts.see(staff[0], about_case(case.id))
        assert [await unit.alerts.unseen(one) for one in staff] == [0, 1]
        assert [alert.kind for alert in await unit.alerts.newest(staff[0], 5)] == ["wrote", "new"]


async def test_the_chain_of_events(store: Store) -> None:
    """Each event is sealed once, and `touching` returns later events with their cases."""
    async with store.unit() as unit:
        ids = [await unit.events.add(CITIZEN, "wrote", case_id=n, said=n) for n in (1, 2, 3)]
        assert await unit.events.seal() == 3
        assert await unit.events.seal() == 0
        assert await unit.events.touching(ids[0]) == {ids[1]: ("case", 2), ids[2]: ("case", 3)}


@pytest.mark.parametrize("internal", [MessageKind.NOTE, MessageKind.HANDOVER, MessageKind.CALL])
async def test_a_dossier_holds_no_note(store: Store, internal: MessageKind) -> None:
    """The case's part of the dossier excludes internal messages."""
    async with store.unit() as unit:
        case = await opened(unit)
        await unit.threads.say(message(case, "Lygten er ude"))
        note = await unit.threads.say(message(case, "HEMMELIGT", internal))
        await unit.threads.change(note, "HEMMELIGT igen", None)
        dossier = str(await unit.dossier.of(case.person_id or 0))
    assert "Lygten er ude" in dossier
    assert "HEMMELIGT" not in dossier
