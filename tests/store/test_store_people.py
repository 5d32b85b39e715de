"""Test citizens, consents, wishes, conversations and tasks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from store_rows import AT, MINUTE, somebody, talk

from bot.clock import TravelClock
from bot.engine.conversation import ENDED, PAUSED, WAITING, Conversation
from bot.model.person import Person
from bot.store.split_cpr import SplitCpr
from bot.store.store import Store


async def know(store: Store, lane: str = "tg:1") -> Person:
    """Add a citizen."""
    async with store.unit() as unit:
        return await unit.people.add(somebody(lane))


async def begin(store: Store, new: Conversation) -> Conversation:
    """Add a conversation."""
    async with store.unit() as unit:
        return await unit.conversations.add(new)


async def test_person_is_kept_whole(store: Store) -> None:
    """A citizen is read back by lane and by id, with buttons as tuples."""
    async with store.unit() as unit:
        added = await unit.people.add(somebody(screen=((":menu", "Menu"), ("1.a.b", "Ja"))))
    assert added.id > 0
    async with store.reading() as unit:
        assert await unit.people.by_lane("tg:1") == added
        assert await unit.people.get(added.id) == added
        assert await unit.people.by_lane("tg:2") is None
    assert added.screen == ((":menu", "Menu"), ("1.a.b", "Ja"))


async def test_person_is_saved(store: Store) -> None:
    """Changed settings of a citizen are saved."""
    changed = replace(await know(store), called="Æ", quiet_from=60, quiet_until=90, language="en")
    async with store.unit() as unit:
        await unit.people.save(changed)
        assert await unit.people.by_lane("tg:1") == changed
    assert changed.address == "Æ"


async def test_reachable(store: Store) -> None:
    """A citizen who blocks the bot is marked unreachable until they return."""
    person = await know(store)
    async with store.unit() as unit:
        await unit.people.unreachable("tg:1")
        assert not (await unit.people.get(person.id)).reachable
        await unit.people.reach(person.id, reachable=True)
        assert (await unit.people.get(person.id)).reachable


async def test_consent_is_given_once(store: Store, clock: TravelClock) -> None:
    """A second consent does not change the first."""
    person = await know(store)
    for _ in range(2):
        async with store.unit() as unit:
            await unit.consents.give(person.id, "news:nature", 1, "da")
        clock.advance(MINUTE)
    async with store.reading() as unit:
        assert await unit.consents.live(person.id) == {"news:nature": AT}


async def test_consent_is_withdrawn(store: Store, clock: TravelClock) -> None:
    """One purpose or all news can be withdrawn and given again."""
    person = await know(store)
    async with store.unit() as unit:
        for purpose in ("news:a", "news:b", "news:c", "research"):
            await unit.consents.give(person.id, purpose, 1, "da")
        assert await unit.consents.withdraw(person.id, "news:a") == 1
        assert await unit.consents.withdraw(person.id, "news:a") == 0
        assert await unit.consents.withdraw(person.id, None) == 2
        assert set(await unit.consents.live(person.id)) == {"research"}
    clock.advance(MINUTE)
    async with store.unit() as unit:
        await unit.consents.give(person.id, "news:a", 2, "da")
        assert (await unit.consents.live(person.id))["news:a"] == AT + MINUTE


async def test_wishes(store: Store) -> None:
    """A wish for a new service is listed until the citizen has been told."""
    first, second = await know(store), await know(store, "tg:2")
    async with store.unit() as unit:
        assert await unit.wishes.add(second.id, "pledge")
        assert await unit.wishes.add(first.id, "pledge")
        assert not await unit.wishes.add(first.id, "pledge")
        assert await unit.wishes.waiting("pledge") == [second.id, first.id]
        await unit.wishes.told(second.id, "pledge")
        assert await unit.wishes.waiting("pledge") == [first.id]
        assert await unit.wishes.waiting("report") == []


async def test_tasks(store: Store) -> None:
    """A task is added once per kind and subject, with or without a citizen."""
    person = await know(store)
    async with store.unit() as unit:
        await unit.tasks.add("danger", "telegram:7:1", person.id)
        await unit.tasks.add("danger", "telegram:7:1", person.id)
        await unit.tasks.add("failed_turn", "9", None)
        found = await unit.tasks.open()
    assert [(task.kind, task.person_id, task.subject) for task in found] == [
        ("danger", person.id, "telegram:7:1"),
        ("failed_turn", None, "9"),
    ]


async def test_conversation_is_kept_whole(store: Store) -> None:
    """A conversation is read back with its lists and None values."""
    person = await know(store)
    answers = {"skills": ["a", "b"], "called": None, "n": 1.5}
    kept = await begin(store, talk(person.id, answers=answers, draft={"picked": []}))
    async with store.reading() as unit:
        assert await unit.conversations.get(kept.id) == kept
        assert await unit.conversations.waiting(person.id) == kept
        assert await unit.conversations.paused(person.id) is None
        assert await unit.conversations.get(999) is None


async def test_one_waiting_conversation(store: Store) -> None:
    """A citizen has at most one waiting conversation."""
    person = await know(store)
    await begin(store, talk(person.id))
    with pytest.raises(IntegrityError):
        await begin(store, talk(person.id))
    await begin(store, talk(person.id, PAUSED))


async def test_paused_last_comes_first(store: Store) -> None:
    """Of several paused conversations the newest is offered."""
    person = await know(store)
    newer = await begin(store, talk(person.id, PAUSED, touched_at=AT + MINUTE))
    await begin(store, talk(person.id, PAUSED))
    async with store.reading() as unit:
        assert await unit.conversations.paused(person.id) == newer


async def test_conversation_moves_on(store: Store) -> None:
    """Answers and state are saved; ended conversations do not wait; deleted ones are gone."""
    person = await know(store)
    kept = await begin(store, talk(person.id))
    later = replace(kept, answers={}, draft="x", touched_at=AT + MINUTE, revision=2)
    async with store.unit() as unit:
        await unit.conversations.save(later)
        assert await unit.conversations.waiting(person.id) == later
        await unit.conversations.save(replace(later, state=ENDED))
        assert await unit.conversations.waiting(person.id) is None
        await unit.conversations.delete(kept)
        assert await unit.conversations.get(kept.id) is None


@pytest.mark.parametrize("state", [WAITING, PAUSED])
async def test_answers_are_scrubbed(store: Store, state: str) -> None:
    """A number detected later is removed from all of the citizen's answers, at any depth."""
    person, other = await know(store), await know(store, "tg:2")
    deep = {"a": "x 0101", "b": ["0101", 7, None], "c": {"d": "0101"}}
    mine = await begin(store, talk(person.id, state, answers=deep, draft=["0101"]))
    theirs = await begin(store, talk(other.id, answers=deep))
    async with store.unit() as unit:
        await unit.conversations.scrub(person.id, lambda words: words.replace("0101", "-"))
        found = await unit.conversations.get(mine.id)
        assert found is not None
        assert found.answers == {"a": "x -", "b": ["-", 7, None], "c": {"d": "-"}}
        assert found.draft == ["-"]
        assert await unit.conversations.get(theirs.id) == theirs


async def test_half_of_a_number(store: Store) -> None:
    """A lane remembers one half of a split CPR at a time, and can forget it."""
    first = SplitCpr("tg:1", "11", 1, 5, AT)
    async with store.unit() as unit:
        assert await unit.split_cprs.get("tg:1") is None
        await unit.split_cprs.set(first)
        await unit.split_cprs.set(replace(first, update_key="12", message_id=6))
        assert await unit.split_cprs.get("tg:1") == replace(first, update_key="12", message_id=6)
        await unit.split_cprs.clear("tg:1")
        assert await unit.split_cprs.get("tg:1") is None


async def test_danger_is_noted_once(store: Store, clock: TravelClock) -> None:
    """The sending of emergency numbers is remembered while the update may be repeated."""
    async with store.unit() as unit:
        assert not await unit.split_cprs.danger_seen("telegram:7", "1")
        await unit.split_cprs.danger_note("telegram:7", "1")
        await unit.split_cprs.danger_note("telegram:7", "1")
        assert await unit.split_cprs.danger_seen("telegram:7", "1")
        assert not await unit.split_cprs.danger_seen("telegram:7", "2")
        await unit.split_cprs.set(SplitCpr("tg:1", "11", 1, 5, AT))
    clock.advance(timedelta(days=6))
    async with store.unit() as unit:
        assert await unit.split_cprs.purge() == 1
        assert await unit.split_cprs.danger_seen("telegram:7", "1")
    clock.advance(timedelta(days=2))
    async with store.unit() as unit:
        assert await unit.split_cprs.purge() == 1
        assert not await unit.split_cprs.danger_seen("telegram:7", "1")
