"""Members of staff are stored, found, changed, and selected by what they do."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from bot.model.staff import Role, Staff
from bot.store.store import Store


def somebody(username: str = "mette", **changed: Any) -> Staff:
    """Return a member of staff who is not stored yet."""
    known: dict[str, Any] = {
        "first_name": username.title(),
        "unit": "Borgerservice",
        "role": Role.STAFF,
        "language": "da",
        **changed,
    }
    return Staff(id=0, username=username, **known)


async def add(store: Store, *new: Staff, password: str | None = None) -> list[int]:
    """Add members of staff, each with or without a password."""
    async with store.unit() as unit:
        ids = [await unit.staff.add(one) for one in new]
        for one in ids:
            await unit.staff.set_password(one, password)
    return ids


async def test_kept_and_found(store: Store) -> None:
    """Staff are found by id and username; the password hash only by username."""
    new = somebody(themes=("roads", "waste"), head=True)
    (made,) = await add(store, new, password="$argon2id$x")  # noqa: S106 - a made-up hash
    async with store.reading() as unit:
        found = await unit.staff.get(made)
        assert found == replace(new, id=made, has_password=True, created_at=unit.now)
        assert await unit.staff.by_username("mette") == found
        assert await unit.staff.by_username("Mette") is None
        assert await unit.staff.get(made + 1) is None
        assert await unit.staff.password_hash(made) == "$argon2id$x"
        assert "argon2" not in repr(found)


async def test_changed(store: Store) -> None:
    """A save changes the member of staff, but not password or creation time."""
    (made,) = await add(store, somebody(), password="hash")  # noqa: S106 - not a real password
    async with store.unit() as unit:
        before = await unit.staff.get(made)
        assert before is not None
        changed = replace(before, role=Role.LEADER, themes=("care",), active=False, language="en")
        await unit.staff.save(changed)
        assert await unit.staff.get(made) == changed
        await unit.staff.set_password(made, None)
        assert await unit.staff.password_hash(made) is None


async def test_one_username_once(store: Store) -> None:
    """A username is unique."""
    await add(store, somebody())
    with pytest.raises(IntegrityError):
        await add(store, somebody())


async def test_everybody(store: Store) -> None:
    """Staff are listed by first name, disabled ones last."""
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
    """A theme has its active staff, in the order in which they were added."""
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
    """A department has its leaders; without any, all leaders count, so no alert is lost."""
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
    """Only staff who can sign in count as administrators; the rows are locked."""
    await add(store, somebody("anders", role=Role.ADMIN), password="x")  # noqa: S106 - not a real password
    await add(store, somebody("other", role=Role.ADMIN), password="x")  # noqa: S106 - not a real password
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
