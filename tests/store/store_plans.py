"""Read the databases' query plans."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import event

from bot.store.store import Store
from bot.store.unit import Unit


async def plans_of(store: Store, unit: Unit, work: Any) -> str:
    """Run *work* and return the plans of its statements."""
    said: list[tuple[str, Any]] = []

    def record(_c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        said.append((statement, parameters))

    engine = store.writer.sync_engine
    event.listen(engine, "before_cursor_execute", record)
    await work
    await unit.write_waiting()
    event.remove(engine, "before_cursor_execute", record)
    plans = []
    word, place = ("EXPLAIN QUERY PLAN ", 3) if store.dialect == "sqlite" else ("EXPLAIN ", 0)
    for statement, parameters in said:
        one = parameters[0] if isinstance(parameters, list) else parameters
        found = await unit.connection.exec_driver_sql(word + statement, one)
        plans += [row[place] for row in found]
    return "\n".join(plans)


def reads_whole_tables(plan: str) -> list[str]:
    """Return the steps of a plan that scan a whole table."""
    return [
        line
        for line in plan.splitlines()
        if (
            "Seq Scan on" in line
            or re.match(
                r"SCAN (inbox|outbox|timer|file|cases|case_term|task|alert|older|other)", line
            )
        )
        and "USING" not in line
    ]
