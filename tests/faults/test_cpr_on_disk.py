"""No CPR number reaches the disk, in any kind of update (HR-1, HR-2)."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.app.compose import Bot
from bot.simulator import World
from bot.testing import Chat

NUMBER = "170461-5007"
# Every written form that HR-1 lists, and some forms that phone keyboards produce.
MUST_HIT = (
    NUMBER,
    "1704615007",
    "17 04 61 5007",
    "17.04.61-50 07",
    "010165-5001",
    "١٧٠٤٦١-٥٠٠٧",
    "17041961-5007",
    "170461-1007",
    "170461\n5007",
    "170461 – 5007",
    "170461 nr. 5007",
    "17 04 61 født 5007",
    "770461-5007",
    "１７０４６１－５００７",
    "1️⃣7️⃣0️⃣4️⃣6️⃣1️⃣5️⃣0️⃣0️⃣7️⃣",
    "1704\u200b61-50\u00ad07",
)
JENS, ANA, NEW = 102, 101, 9001
# Invisible characters that do not separate digits.
_HIDDEN = dict.fromkeys(
    code for code in range(0x30000) if unicodedata.category(chr(code)) in ("Cf", "Mn", "Me")
)
Act = Callable[[World], Any]


class OnDisk:
    """Search the stored bytes for text and numbers."""

    def __init__(self, kept: bytes) -> None:
        """Decode and normalise *kept* for the searches."""
        self._kept = kept
        text = kept.decode(errors="replace").replace("\\n", "\n")
        self._folded = unicodedata.normalize("NFKC", text).translate(_HIDDEN)

    def holds(self, words: str) -> bool:
        """Return whether *words* are stored, plainly or as JSON."""
        escaped = json.dumps(words)[1:-1]
        plain = json.dumps(words, ensure_ascii=False)[1:-1]
        return any(form.encode() in self._kept for form in (words, plain, escaped))

    def holds_number(self, written: str) -> bool:
        """Return whether a number is stored, as written or as ten digits with separators."""
        digits = [
            str(unicodedata.digit(c))
            for c in unicodedata.normalize("NFKC", written)
            if c.isdecimal()
        ]
        between = r"[\s.,/_%\\\"'():\-–—−]{0,3}"
        dressed = re.compile(rf"(?<!\d){between.join(digits)}(?!\d)")
        return self.holds(written) or dressed.search(self._folded) is not None

    def holds_word(self, digits: str) -> bool:
        """Return whether *digits* are stored without adjoining letters or digits."""
        return re.search(rf"(?<![0-9A-Za-z]){digits}(?![0-9A-Za-z])", self._folded) is not None


def read_files(url: str) -> bytes:
    """Return the bytes of all files in the database's folder, after a WAL checkpoint."""
    file = Path(url.removeprefix("sqlite:///"))
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return b"\0".join(each.read_bytes() for each in file.parent.rglob("*") if each.is_file())


async def read_rows(url: str) -> bytes:
    """Return every row of every table as text."""
    connection = await asyncpg.connect(url.replace("postgresql+asyncpg", "postgresql"))
    try:
        tables = await connection.fetch(
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
        )
        rows: list[str] = []
        for (table,) in tables:
            rows += [row[0] for row in await connection.fetch(f"SELECT t::text FROM {table} t")]  # noqa: S608 - the name is PostgreSQL's own
    finally:
        await connection.close()
    return "\n".join(rows).encode()


async def read_all(url: str) -> OnDisk:
    """Return everything the database holds, on SQLite or PostgreSQL."""
    return OnDisk(await read_rows(url) if url.startswith("postgresql") else read_files(url))


@contextmanager
def no_number_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Assert that no log line holds the number."""
    caplog.set_level("INFO")
    yield
    assert not OnDisk(caplog.text.encode()).holds_number(NUMBER)


@asynccontextmanager
async def opened(chat: Chat) -> AsyncIterator[Bot]:
    """Open a bot and its store; close both on leaving."""
    store, bot = await chat.open()
    try:
        yield bot
    finally:
        await bot.close()
        await store.close()


async def test_every_written_form_stays_away(
    chat_on_each: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    """No written form is stored, neither before nor after its row is processed."""
    with no_number_logged(caplog):
        async with opened(chat_on_each) as bot:
            for written in MUST_HIT:
                chat_on_each.world.say(JENS, f"mit cpr er {written}, hvornår åbner det?")
                await bot.poller.step()
                waiting = await read_all(chat_on_each.database_url)
                assert waiting.holds("hvornår åbner det?"), written
                assert not waiting.holds_number(written), written
                await bot.settle()
    kept = await read_all(chat_on_each.database_url)
    assert [written for written in MUST_HIT if kept.holds_number(written)] == []


def _edit(world: World) -> None:
    said = world.say(JENS, "mit nummer kommer her")
    world.edit(JENS, said.id, f"mit nummer er {NUMBER}")


def _group(world: World) -> None:
    group = world.add_group(-1_000_042, f"Familien {NUMBER}", members={JENS})
    world.bring(JENS, group)
    world.say(JENS, f"@dialog_klintsund_bot {NUMBER}", chat_id=group.id)


def _forward(world: World) -> None:
    body = world.say(JENS, "se her").as_json()
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": f"Bo {NUMBER}"}
    quote = {"text": f"ja, {NUMBER}", "position": 0}
    world.inject("message", {**body, "message_id": 7001, "forward_origin": origin, "quote": quote})


def _name(world: World) -> None:
    world.add_user(NEW + 1, f"Per {NUMBER}", last_name=NUMBER, language_code="da")
    world.say(NEW + 1, "hej")


def _first(world: World) -> None:
    world.add_user(NEW, "Bo", language_code="da")
    world.say(NEW, NUMBER)


OTHER_DOORS: dict[str, Act] = {
    "an edit": _edit,
    "a caption": lambda world: world.send_photo(JENS, f"her er {NUMBER}"),
    "a file's name": lambda world: world.send_document(JENS, f"{NUMBER}.pdf", b"%PDF"),
    "a contact's name": lambda world: world.send_contact(JENS, "+4512345678", first_name=NUMBER),
    "a contact's number": lambda world: world.send_contact(JENS, NUMBER, first_name="Bo"),
    "a poll": lambda world: world.send_poll(JENS, f"Er {NUMBER} dit?", ["ja", NUMBER]),
    "a group's title": _group,
    "a forward and a quote": _forward,
    "the sender's own name": _name,
    "a first contact": _first,
    "a command's rest": lambda world: world.say(JENS, f"/start {NUMBER}"),
    "words of danger": lambda world: world.say(JENS, f"min mand slår mig, {NUMBER}"),
}


async def test_every_other_door(chat_on_each: Chat, caplog: pytest.LogCaptureFixture) -> None:
    """No number is stored from edits, captions, names, files, polls or groups."""
    with no_number_logged(caplog):
        async with opened(chat_on_each) as bot:
            for way_in, act in OTHER_DOORS.items():
                act(chat_on_each.world)
                await bot.poller.step()
                assert not (await read_all(chat_on_each.database_url)).holds_number(NUMBER), way_in
                await bot.settle()
                kept = await read_all(chat_on_each.database_url)
                assert not kept.holds_number(NUMBER), way_in
                assert not kept.holds_word("5007"), way_in


async def test_types_nobody_asked_for(chat_on_each: Chat) -> None:
    """Of unrequested and unknown kinds of update from a webhook no words are stored."""
    private = {"id": JENS, "type": "private"}
    bodies = {
        "something_new": {"chat": private, "deep": [{"note": {"text": NUMBER, "kept": "blåbær"}}]},
        "inline_query": {"id": "1", "from": {"id": JENS, "first_name": NUMBER}, "query": NUMBER},
        "poll": {"id": "1", "question": NUMBER, "options": [{"text": NUMBER}]},
        "channel_post": {"chat": {"id": -5, "title": NUMBER}, "message_id": 1, "text": NUMBER},
    }
    async with opened(chat_on_each) as bot:
        await bot.intake.take(
            [
                {"update_id": number, kind: body}
                for number, (kind, body) in enumerate(bodies.items())
            ]
        )
        waiting = await read_all(chat_on_each.database_url)
        await bot.settle()
    assert not waiting.holds("blåbær")
    assert not waiting.holds_number(NUMBER)
    kept = await read_all(chat_on_each.database_url)
    assert not kept.holds_number(NUMBER)
    assert not kept.holds_word("5007")


async def test_a_key_that_is_not_listed(chat_on_each: Chat) -> None:
    """A number under a key that Telegram may add later is not stored; the words are."""
    body = chat_on_each.world.say(JENS, "blåbærgrød").as_json()
    odd = {"new_key": NUMBER, "deep": [{"newer": {"key": NUMBER}}]}
    async with opened(chat_on_each) as bot:
        await bot.intake.take([{"update_id": 1, "message": {**body, **odd}}])
        waiting = await read_all(chat_on_each.database_url)
    assert waiting.holds("blåbærgrød")
    assert not waiting.holds_number(NUMBER)


async def test_an_answer_in_a_flow(chat_on_each: Chat) -> None:
    """A number given as an answer in a flow is stored nowhere."""
    async with opened(chat_on_each) as bot:
        for words in ("/start", "/indstillinger", "Dansk", NUMBER, f"Bo {NUMBER}"):
            chat_on_each.world.say(JENS, words)
            await bot.settle()
    kept = await read_all(chat_on_each.database_url)
    assert not kept.holds_number(NUMBER)
    assert not kept.holds_word("5007")


@pytest.mark.parametrize("apart", [False, True], ids=["one batch", "two batches"])
@pytest.mark.parametrize("flow", [False, True], ids=["outside", "in a flow"])
async def test_a_number_over_two_messages(chat_on_each: Chat, *, apart: bool, flow: bool) -> None:
    """Both halves of a split CPR are removed, in one batch or in two."""
    async with opened(chat_on_each) as bot:
        for words in ("/start", "/indstillinger", "Dansk") if flow else ("/start",):
            chat_on_each.world.say(JENS, words)
            await bot.settle()
        chat_on_each.world.say(JENS, "jeg er født 170461")
        if apart:
            await bot.settle()
            chat_on_each.clock.advance(timedelta(minutes=2))
        chat_on_each.world.say(JENS, "5007 er resten")
        await bot.settle()
    kept = await read_all(chat_on_each.database_url)
    assert not kept.holds_word("170461")
    assert not kept.holds_word("5007")


async def test_halves_in_two_batches_before_the_worker(chat: Chat) -> None:
    """The first half is removed from its inbox row before the worker reads the row."""
    async with opened(chat) as bot:
        chat.world.say(JENS, "jeg er født 170461")
        await bot.poller.step()
        chat.world.say(ANA, "a plain question")
        chat.world.say(JENS, "5007")
        await bot.poller.step()
        kept = await read_all(chat.database_url)
    assert kept.holds("a plain question")
    assert not kept.holds_word("170461")
    assert not kept.holds_word("5007")


async def test_what_is_no_number_is_kept(chat_on_each: Chat) -> None:
    """Other numbers stay in the waiting row until it is done; this also proves the search works."""
    async with opened(chat_on_each) as bot:
        chat_on_each.world.say(JENS, "/start ordre 1704x615007 og 999999-5007, blåbærgrød")
        await bot.poller.step()
        waiting = await read_all(chat_on_each.database_url)
        await bot.settle()
    assert waiting.holds("blåbærgrød")
    assert waiting.holds("1704x615007")
    assert waiting.holds_number("999999-5007")
    assert waiting.holds_word("5007")
    assert not (await read_all(chat_on_each.database_url)).holds("blåbærgrød")


# Letters of many scripts, and the separators that people and phones insert. Digits occur only in
# the CPR numbers.
AROUND = st.text(
    st.one_of(
        st.sampled_from(" \n\t.,:;-–/_()[]{}<>&'\"#*!?@+=~🙂👨‍👩‍👧\u200b\u200e\u202e\u00ad"),
        st.sampled_from("abcæøåÆØÅéßжע"),
        st.characters(exclude_categories=("Cs", "Nd", "Nl", "No"), exclude_characters="%"),
    ),
    max_size=30,
)


def test_whatever_stands_around_it(sqlite_url: str) -> None:
    """The number is not stored, whatever text surrounds it."""
    chat = Chat(sqlite_url)
    with asyncio.Runner() as runner:
        town = opened(chat)
        bot = runner.run(town.__aenter__())

        @settings(max_examples=30, deadline=None, database=None)
        @example("a", MUST_HIT[0], "b")
        @example("<b>", MUST_HIT[1], "</b>")
        @example("\0", MUST_HIT[2], "\0")
        @given(AROUND, st.sampled_from(MUST_HIT), AROUND)
        def played(before: str, written: str, after: str) -> None:
            chat.world.say(JENS, before + written + after)
            runner.run(bot.poller.step())
            assert not OnDisk(read_files(sqlite_url)).holds_number(written)
            runner.run(bot.settle())

        try:
            played()
            assert [w for w in MUST_HIT if OnDisk(read_files(sqlite_url)).holds_number(w)] == []
        finally:
            runner.run(town.__aexit__(None, None, None))
