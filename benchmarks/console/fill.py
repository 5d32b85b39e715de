"""Fill an empty database with cases quickly: indexes are created at the end."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import AsyncIterator
from datetime import date, datetime
from itertools import islice
from typing import Any

import asyncpg
from rows import COLUMNS, Cases, Row

CASES_AT_ONCE = 20_000
TERMS_AT_ONCE = 200_000
FILLED = ("cases", "case_message", "event", "case_term")


def fill_sqlite(path: str, cases: Cases) -> None:
    """Fill an SQLite file with an existing schema."""
    connection = sqlite3.connect(path)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-200000"):
        connection.execute(f"PRAGMA {pragma}")
    found = connection.execute(
        "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    )
    indexes = [(name, sql) for table, name, sql in found.fetchall() if table in FILLED]
    for name, _sql in indexes:
        connection.execute(f"DROP INDEX {name}")
    terms: dict[str, array[int]] = {}
    _insert(connection, "person", cases.people().rows["person"])
    for batch in cases.batches(CASES_AT_ONCE):
        for term, case_id in batch.rows.pop("case_term", []):
            terms.setdefault(term, array("q")).append(case_id)
        for table, rows in batch.rows.items():
            _insert(connection, table, rows)
    # The table of terms is its own index, so inserting in the order of terms is fastest.
    pairs = ((term, case_id) for term in sorted(terms) for case_id in terms[term])
    while some := list(islice(pairs, TERMS_AT_ONCE)):
        _insert(connection, "case_term", some)
    for _name, sql in indexes:
        connection.execute(sql)
    connection.commit()
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def _insert(connection: sqlite3.Connection, table: str, rows: list[Row]) -> None:
    """Insert rows into a table."""
    places = ", ".join("?" * len(COLUMNS[table]))
    into = f"INSERT INTO {table} ({', '.join(COLUMNS[table])}) VALUES ({places})"  # noqa: S608 - our own names
    connection.executemany(into, (tuple(map(_plain, row)) for row in rows))


def _plain(value: Any) -> Any:
    """Return a time or a day in the store's format for SQLite."""
    match value:
        case datetime():
            return f"{value:%Y-%m-%d %H:%M:%S.%f}"
        case date():
            return value.isoformat()
        case str():
            return str(value)
        case _:
            return value


async def fill_postgres(url: str, cases: Cases) -> None:
    """Fill a PostgreSQL database with an existing schema."""
    connection = await asyncpg.connect(url.replace("postgresql+asyncpg", "postgresql"))
    try:
        await connection.execute("SET synchronous_commit = off")
        await connection.execute("SET session_replication_role = replica")  # references are valid
        again = [remake async for remake in _without_indexes(connection)]
        for batch in (cases.people(), *cases.batches(CASES_AT_ONCE)):
            for table, rows in batch.rows.items():
                await connection.copy_records_to_table(table, records=rows, columns=COLUMNS[table])
        for remake in again:
            await connection.execute(remake)
        for table in ("person", *FILLED[:3]):
            last = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608 - our own names
            await connection.execute(last)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()


async def _without_indexes(connection: asyncpg.Connection) -> AsyncIterator[str]:
    """Drop the indexes of the filled tables; yield the statements that recreate them."""
    keys = "ALTER TABLE case_term DROP CONSTRAINT pk_case_term"
    await connection.execute(keys)
    yield "ALTER TABLE case_term ADD CONSTRAINT pk_case_term PRIMARY KEY (term, case_id)"
    found = await connection.fetch(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY($1)"
        " AND indexname LIKE 'ix_%'",
        list(FILLED),
    )
    for row in found:
        await connection.execute(f"DROP INDEX {row['indexname']}")
        yield row["indexdef"]
