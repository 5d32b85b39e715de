"""Files are stored whole, never logged, and deleted when nothing refers to them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import insert
from store_rows import AT, MINUTE, call, claim, send, somebody

from bot.clock import TravelClock
from bot.scheduler import purge
from bot.store.files import FileRow, NewFile
from bot.store.outbox import Finished
from bot.store.store import Store
from bot.store.tables import attachment

BYTES = b"\0\xff picture"


async def add(store: Store, name: str = "a.jpg", *, attached: bool = False) -> int:
    """Add a file, attached or not; return its id."""
    async with store.unit() as unit:
        file_id = await unit.files.add(name, "image/jpeg", BYTES)
        if attached:
            hung = insert(attachment).values(kind="photo", file_id=file_id, at=AT)
            await unit.connection.execute(hung)
        return file_id


async def get(store: Store, file_id: int) -> FileRow | None:
    """Return a file."""
    async with store.reading() as unit:
        return await unit.files.get(file_id)


async def test_bytes_come_back_as_they_were(store: Store) -> None:
    """A file is stored with size and hash; a long name is truncated."""
    file_id = await add(store, "n" * 200)
    digest = hashlib.sha256(BYTES).hexdigest()
    kept = FileRow(file_id, "image/jpeg", "n" * 120, len(BYTES), digest, AT, BYTES)
    assert await get(store, file_id) == kept
    assert await get(store, file_id + 1) is None
    async with store.unit() as unit:
        await unit.files.drop(file_id)
    assert await get(store, file_id) is None


def test_what_is_shown_of_a_file_holds_no_bytes() -> None:
    """The repr of a file, as errors and logs show it, has no content."""
    row = FileRow(1, "image/jpeg", "a.jpg", 9, "ab", AT, BYTES)
    assert "picture" not in repr([row, Finished(1, "sent", file=NewFile("a", "b", BYTES))])


async def test_files_that_hang_on_nothing_are_let_go_after_a_week(
    store: Store, clock: TravelClock
) -> None:
    """An attached file stays; an unattached file is deleted after seven days."""
    loose, held = await add(store), await add(store, attached=True)
    clock.advance(timedelta(days=7))
    await purge(store)
    assert await get(store, loose)
    clock.advance(MINUTE)
    young = await add(store)
    assert await purge(store) == 1
    assert [bool(await get(store, one)) for one in (loose, held, young)] == [False, True, True]


async def test_what_was_fetched_is_kept_with_its_outcome(store: Store) -> None:
    """File and outcome are committed together; a repeated result stores nothing."""
    async with store.unit() as unit:
        await unit.people.add(somebody())
    await send(store, call(method="getFile", on_result={"what": "photo"}))
    (row,) = await claim(store)
    fetched = Finished(row.id, "sent", file=NewFile("a.jpg", "image/jpeg", BYTES))
    for _twice in range(2):
        async with store.unit() as unit:
            await unit.outbox.finish([fetched])
    async with store.unit() as unit:
        (outcome,) = await unit.inbox.heads(9)
    result = outcome.payload["result"]
    assert outcome.payload["then"] == {"what": "photo"}
    digest = hashlib.sha256(BYTES).hexdigest()
    assert result == {"file": result["file"], "size": len(BYTES), "sha256": digest}
    kept = await get(store, result["file"])
    assert kept is not None
    assert kept.content == BYTES
    assert await get(store, result["file"] + 1) is None


async def test_a_file_goes_with_the_call_that_carried_it(store: Store) -> None:
    """A file is deleted with its sent, failed or expired row, unless retried or attached."""
    for state, attached, stays in (
        ("retry", False, True),
        ("sent", False, False),
        ("failed", False, False),
        ("expired", False, False),
        ("sent", True, True),
    ):
        file_id = await add(store, attached=attached)
        params = {"chat_id": file_id, "document": {"file": file_id}}
        (row_id,) = await send(store, replace(call(file_id), params=params))
        (row,) = await claim(store)
        assert row.id == row_id
        async with store.unit() as unit:
            await unit.outbox.finish([Finished(row_id, state, not_before=AT + MINUTE * 999)])
        assert bool(await get(store, file_id)) is stays, (state, attached)
