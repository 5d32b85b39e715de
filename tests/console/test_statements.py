"""How many statements and transactions one reply of staff costs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event
from staffed_chat import StaffedChat, seen_on

from bot.store.store import Store


@dataclass(slots=True)
class Cost:
    """The statements and transactions that were counted."""

    statements: int = 0
    transactions: int = 0


@contextmanager
def counted(store: Store) -> Iterator[Cost]:
    """Count the statements and transactions of a store."""
    cost = Cost()

    def executed(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        cost.statements += not statement.startswith("BEGIN")

    def begun(_connection: Any) -> None:
        cost.transactions += 1

    engines: set[Engine] = {store.writer.sync_engine, store._reader.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", executed)
        event.listen(engine, "begin", begun)
    yield cost
    for engine in engines:
        event.remove(engine, "before_cursor_execute", executed)
        event.remove(engine, "begin", begun)


async def test_a_reply_costs_few_statements(staffed: StaffedChat) -> None:
    """A reply takes at most 15 statements in 3 transactions; with the page after it, 38 in 8."""
    number = await staffed.asked()
    browser = await staffed.at("mette")
    await staffed.does("claim")
    form = {"csrf": await browser.token(), "do": "send", "seen": seen_on(await staffed.page())}
    form["text"] = "Vi maler bænken torsdag d. 3. december. Det er Vej og Park, der gør det."
    with counted(staffed.store) as reply:
        sent = await browser.send(f"cases/{number}/write/answer", form)
    assert sent.status == 303
    with counted(staffed.store) as shown:
        assert (await browser.get(f"cases/{number}")).status == 200
    assert reply.statements <= 15
    assert reply.transactions <= 3
    assert reply.statements + shown.statements <= 38
    assert reply.transactions + shown.transactions <= 8
