"""Who works here: found, changed, and asked for by what they do."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from bot.model.staff import Role, Staff
from bot.store.store import Store


def somebody(username: str = "mette", **changed: Any) -> Staff:
    """Return somebody who is not stored yet."""
    known: dict[str, Any] = {
        "first_name": username.title(),
        "unit": "Borgerservice",
        "role": Role.STAFF,
        "language": "da",
        **changed,
    }
    return Staff(id=0, username=username, **known)


async def add(store: Store, *new: Staff, password: str | None = None) -> list[int]:
    """Keep some, each with a password or none."""
    async with store.unit() as unit:
        ids = [await unit.staff.add(one) for one in new]
        for one in ids:
            await unit.staff.set_password(one, password)
    return ids


async def test_kept_and_found(store: Store) -> None:
    """Somebody is found as they were kept, by id and by username; the hash only by its name."""
    new = somebody(themes=("roads", "waste"), head=True)
    (made,) = await add(store, new, password="$argon2id$x")  # noqa: S106 - a hash, and none
    async with store.reading() as unit:
        found = await unit.staff.get(made)
        assert found == replace(new, id=made, has_password=True, created_at=unit.now)
        assert await unit.staff.by_username("mette") == found
        assert await unit.staff.by_username("Mette") is None
        assert await unit.staff.get(made + 1) is None
        assert await unit.staff.password_hash(made) == "$argon2id$x"
        assert "argon2" not in repr(found)


async def test_changed(store: Store) -> None:
    """What is saved is what is found; the password and the beginning stay."""
    (made,) = await add(store, somebody(), password="hash")  # noqa: S106 - none that opens anything
    async with store.unit() as unit:
        before = await unit.staff.get(made)
        assert before is not None
        changed = replace(before, role=Role.LEADER, themes=("care",), active=False, language="en")
        await unit.staff.save(changed)
        assert await unit.staff.get(made) == changed
        await unit.staff.set_password(made, None)
        assert await unit.staff.password_hash(made) is None


async def test_one_username_once(store: Store) -> None:
    """Two people cannot have one username."""
    await add(store, somebody())
    with pytest.raises(IntegrityError):
        await add(store, somebody())


async def test_everybody(store: Store) -> None:
    """The list goes by first name, with those who are disabled last."""
    await add(
        store,
        somebody("bo", active=False),
        somebody("eva"),
        somebody("ane"),
        somebody("ada", active=False),
    )
    async with store.reading() as unit:
        assert [one.username for one in await unit.staff.all()] == ["ane", "eva", "ada", "bo"]


async def test_who_answers(store: Store) -> None:
    """A theme has those who answer for it and are active, the first who came first."""
    await add(
        store,
        somebody("mette", themes=("roads", "care")),
        somebody("jonas", themes=("roads",)),
        somebody("gone", themes=("roads",), active=False),
        somebody("broad", themes=("roads_and_paths",)),
    )
    async with store.reading() as unit:
        assert [one.username for one in await unit.staff.answering_for("roads")] == [
            "mette",
            "jonas",
        ]
        assert await unit.staff.answering_for("road") == []


async def test_who_leads(store: Store) -> None:
    """A department has its leaders; where it has none, all who lead are: no alarm is lost."""
    await add(
        store,
        somebody("mette"),
        somebody("lone", role=Role.LEADER),
        somebody("gone", role=Role.LEADER, active=False),
        somebody("anders", role=Role.ADMIN, unit="Natur"),
        somebody("hanne", role=Role.LEADER, unit="Ledelsen", head=True),
        somebody("old", unit="Ledelsen", head=True, active=False),
    )
    async with store.reading() as unit:
        led = {
            of: [one.username for one in await unit.staff.leaders(of)]
            for of in ("Borgerservice", "Natur", "Havnen")
        }
        assert led == {
            "Borgerservice": ["lone"],
            "Natur": ["anders"],
            "Havnen": ["lone", "anders", "hanne"],
        }
        assert [one.username for one in await unit.staff.heads()] == ["hanne"]


async def test_administrators_are_held(store: Store) -> None:
    """Only who can come in counts; and of two who look at once, one waits for the other."""
    await add(store, somebody("anders", role=Role.ADMIN), password="x")  # noqa: S106 - none
    await add(store, somebody("other", role=Role.ADMIN), password="x")  # noqa: S106 - none
    await add(store, somebody("invited", role=Role.ADMIN))
    seen: list[int] = []

    async def leave(username: str) -> None:
        async with store.unit() as unit:
            admins = await unit.staff.admins()
            seen.append(len(admins))
            if len(admins) > 1:
                mine = next(one for one in admins if one.username == username)
                await asyncio.sleep(0.05)
                await unit.staff.save(replace(mine, role=Role.STAFF))

    await asyncio.gather(leave("anders"), leave("other"))
    assert seen == [2, 1]
    async with store.unit() as unit:
        (left,) = await unit.staff.admins()
    assert left.username in ("anders", "other")
