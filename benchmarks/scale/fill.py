"""Fill a database with many rows of every kind, generated quickly by the database itself.

A fixed number of rows may be due; the others are done or due in the future.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import text

from bot.store.store import Store

BACK = timedelta(days=2)  # age of done rows: too young to be deleted
AHEAD = timedelta(days=400)


async def fill(store: Store, at: datetime, *, citizens: int, rows: int, due: int = 0) -> None:
    """Fill an empty store with *citizens*, each with a conversation and a case, and with *rows*.

    *rows* is the number of inbox rows, of timers and of outbox rows each; *due* of each are due.
    """
    async with store.unit() as unit:
        for statement in _statements(store.dialect, at, citizens, rows, due):
            await unit.connection.execute(text(statement))
    async with store.writer.connect() as connection:
        if store.dialect == "postgresql":
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text("VACUUM ANALYZE"))


def _statements(dialect: str, at: datetime, citizens: int, rows: int, due: int) -> Iterator[str]:
    """Yield the inserts in the SQL of *dialect*."""

    def moment(when: datetime) -> str:
        if dialect == "postgresql":
            return f"CAST('{when:%Y-%m-%d %H:%M:%S}+00' AS timestamptz)"
        return f"'{when:%Y-%m-%d %H:%M:%S.%f}'"

    def day(when: datetime) -> str:
        return (
            f"CAST('{when:%Y-%m-%d}' AS date)" if dialect == "postgresql" else f"'{when:%Y-%m-%d}'"
        )

    def series(count: int) -> str:
        if dialect == "postgresql":
            return f"WITH series AS (SELECT generate_series(1, {count}) AS n)"
        first, next_one = "SELECT 1", f"SELECT n + 1 FROM series WHERE n < {count}"  # noqa: S608 - a number
        return f"WITH RECURSIVE series(n) AS ({first} UNION ALL {next_one})"

    def insert(table: str, count: int, **values: str) -> str:
        into = f"INSERT INTO {table} ({', '.join(values)})"
        return f"{series(count)} {into} SELECT {', '.join(values.values())} FROM series"  # noqa: S608 - our own names

    now, before, later = moment(at), moment(at - BACK), moment(at + AHEAD)
    whose = f"(n % {citizens}) + 1"
    yield insert(
        "person",
        citizens,
        lane="'tg:' || n",
        chat_id="n",
        language="'en'",
        first_name="'Ana'",
        notice_at=before,
        notice_version="1",
        screen="'[]'",
        created_at=before,
    )
    yield insert(
        "conversation",
        citizens,
        person_id="n",
        flow="'settings'",
        revision="1",
        answers="'{}'",
        state="'waiting'",
        started_at=before,
        touched_at=before,
    )
    yield insert(
        "cases",
        citizens,
        person_id="n",
        source="'telegram'",
        kind="'question'",
        theme="'roads'",
        language="'en'",
        title="'A lamp'",
        state="'resolved'",
        live="false",
        contact="'Mette'",
        received_at=before,
        working_days="7",
        due_on=day(at),
        told_on=day(at),
        clock_at=before,
        marks="'[]'",
        citizen_at=before,
        touched_at=before,
    )
    done = f"n > {due}"
    yield insert(
        "inbox",
        rows,
        source="'telegram:7'",
        key="n",
        lane=f"'tg:' || ({whose})",
        priority="10",
        payload="'{}'",
        received_at=before,
        done=done,
        done_at=f"CASE WHEN {done} THEN {before} END",
    )
    # Of the rows that are not due, half are sent and half are broadcasts of the future.
    yield insert(
        "outbox",
        rows,
        chat_id=whose,
        lane=f"'tg:' || ({whose})",
        method="'sendMessage'",
        params="'{}'",
        priority=f"CASE WHEN {done} AND n % 2 = 0 THEN 30 ELSE 10 END",
        not_before=f"CASE WHEN {done} AND n % 2 = 0 THEN {later} ELSE {now} END",
        state=f"CASE WHEN {done} AND n % 2 = 1 THEN 'sent' ELSE 'pending' END",
        created_at=before,
        done_at=f"CASE WHEN {done} AND n % 2 = 1 THEN {before} END",
    )
    yield insert(
        "timer",
        rows,
        kind="'nudge'",
        subject="n",
        lane=f"'tg:' || ({whose})",
        fence="1",
        due_at=f"CASE WHEN {done} THEN {later} ELSE {now} END",
    )
    if dialect == "postgresql":
        for table, count in (("person", citizens), ("conversation", citizens), ("cases", citizens)):
            yield f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {count})"
        for table in ("inbox", "outbox", "timer"):
            yield f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {rows})"
