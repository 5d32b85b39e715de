"""Dump and restore a town: every database row, and the messages with buttons in its chats.

JSON lines: a head with the version, the schema's revision and the town's time, then a line per
row, with tables in the order of their references, then a line per chat. The code names no
table, so that an old dump can be restored after tables have changed.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Date, DateTime, LargeBinary, MetaData, Table, insert, select, text

from bot import __version__
from bot.clock import TravelClock
from bot.simulator import TOKEN, World
from bot.simulator.entities import Formatted
from bot.simulator.state import Button, Message
from bot.store import migrate
from bot.store.store import Store
from bot.store.tables import metadata

CHAT = "a chat"  # no table has this name
_PUT_BACK = {DateTime: datetime.fromisoformat, Date: date.fromisoformat, LargeBinary: b64decode}


@dataclass(frozen=True, slots=True)
class Dump:
    """A town as read from a file. *counters* are the highest ids given by each table."""

    version: str
    revision: str
    at: datetime
    updates: int  # the id of Telegram's next update
    counters: dict[str, int]
    rows: tuple[tuple[str, dict[str, Any]], ...]
    chats: tuple[dict[str, Any], ...]


async def written(store: Store, world: World) -> str:
    """Return the file's content for a town on SQLite."""
    lines: list[Any] = []
    async with store.reading() as unit:
        ask = unit.connection.execute
        revision = (await ask(text("SELECT version_num FROM alembic_version"))).scalar_one()
        counters = dict(map(tuple, await ask(text("SELECT name, seq FROM sqlite_sequence"))))
        for table in metadata.sorted_tables:
            named = (column.label(column.name) for column in table.c)  # the database's names
            found = await ask(select(*named).order_by(*table.primary_key.columns))
            for row in found.mappings():
                if isinstance(row.get("id"), int):
                    counters[table.name] = max(counters.get(table.name, 0), row["id"])
                known = {name: _plain(value) for name, value in row.items() if value is not None}
                lines.append([table.name, known])
    lines += ([CHAT, _chat(chat)] for chat in world.bots[TOKEN].chats.values())
    head = {
        "version": __version__,
        "revision": revision,
        "at": store.clock.now().isoformat(),
        "updates": world.bots[TOKEN].updates.next_id,
        "counters": counters,
    }
    made = (json.dumps(line, ensure_ascii=False, sort_keys=True) for line in (head, *lines))
    return "\n".join([*made, ""])


def _plain(value: Any) -> Any:
    match value:
        case datetime() | date():
            return value.isoformat()
        case bytes():
            return b64encode(value).decode()
        case _:
            return value


def _chat(chat: Any) -> dict[str, Any]:
    """Return a chat's messages that have buttons, and its next id."""
    return {
        "id": chat.id,
        "next_id": chat.next_id,
        "blocked": chat.blocked,
        "buttons": [[asdict(button) for button in row] for row in chat.buttons],
        "messages": [
            {"id": m.id, "date": m.date, "words": [m.text, list(m.entities)], "markup": m.markup}
            for m in chat.messages.values()
            if m.outgoing and m.keyboard and not m.deleted
        ],
    }


def read(file: Path) -> Dump:
    """Read a dump."""
    head, *lines = (json.loads(line) for line in file.read_text().splitlines())
    return Dump(
        **head | {"at": datetime.fromisoformat(head["at"])},
        rows=tuple((table, row) for table, row in lines if table != CHAT),
        chats=tuple(row for table, row in lines if table == CHAT),
    )


async def put_back(dump: Dump, url: str) -> None:
    """Create the dump's schema in the empty database at *url*, and insert its rows."""
    known = migrate.shipped()
    until = known[: known.index(dump.revision) + 1]
    with patch.object(migrate, "shipped", lambda: until):
        store = await Store.open(url, clock=TravelClock(dump.at))
    try:
        async with store.writer.begin() as connection:
            then = MetaData()
            await connection.run_sync(then.reflect)
            for name, rows in _alike(dump.rows):
                table = then.tables[name]
                await connection.execute(insert(table), [_row(table, row) for row in rows])
            for name, given_out in dump.counters.items():
                await connection.execute(text(_COUNT[store.dialect]), {"t": name, "n": given_out})
    finally:
        await store.close()


_COUNT = {
    "sqlite": "UPDATE sqlite_sequence SET seq = :n WHERE name = :t",
    "postgresql": "SELECT setval(pg_get_serial_sequence(:t, 'id'), :n)",
}


def _alike(rows: Sequence[tuple[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Group consecutive rows of one table that have values in the same columns."""
    for (name, _columns), found in groupby(rows, lambda row: (row[0], row[1].keys())):
        yield name, [row for _name, row in found]


def _row(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row's values in the types of the dump's table."""
    return {column: _value(table.c[column].type, value) for column, value in row.items()}


def _value(kind: Any, value: Any) -> Any:
    backs = (back for type_, back in _PUT_BACK.items() if isinstance(kind, type_))
    back = next(backs, None)
    return value if back is None else back(value)


def put_back_chats(dump: Dump, world: World) -> None:
    """Restore the citizens' chats with all buttons."""
    bot = world.bots[TOKEN]
    bot.updates.next_id = dump.updates
    bot.updates.last_at = dump.at.timestamp()
    for known in dump.chats:
        chat = world.chat_of(bot, world.users[known["id"]])
        chat.next_id, chat.blocked = known["next_id"], known["blocked"]
        chat.buttons = tuple(tuple(Button(**one) for one in row) for row in known["buttons"])
        for one in known["messages"]:
            words = Formatted(one["words"][0], tuple(one["words"][1]))
            message = Message(one["id"], chat, bot.as_json(), outgoing=True, date=one["date"])
            message.formatted, message.markup = words, one["markup"]
            message.offered = {b.data for row in message.keyboard for b in row if b.data}
            chat.messages[message.id] = message
