"""Test facts: small values stored by name."""

from __future__ import annotations

from bot.store.store import Store


async def test_facts(store: Store) -> None:
    """A fact is any JSON value; the newest replaces it, and None deletes it."""
    async with store.unit() as unit:
        assert await unit.facts.get("name") is None
        for value in ("Dialog", 7, ["a"], {"b": None}):
            await unit.facts.set("name", value)
            assert await unit.facts.get("name") == value
        await unit.facts.set("name", None)
        assert await unit.facts.get("name") is None
