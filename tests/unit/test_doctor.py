"""The doctor reports each known fault with its sentences; each test causes one."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg
import pytest
from aiohttp import web

from bot import cli
from bot.app.checks import machine
from bot.app.checks.check import Finding, Suite
from bot.app.checks.registry import CHECKS
from bot.app.checks.run import check_or_doctor, findings
from bot.clock import Clock, SystemClock, TravelClock
from bot.errors import DatabaseFull
from bot.model.opportunity import Gate
from bot.model.profile import GateState
from bot.model.staff import May, Role, Staff
from bot.settings import environment
from bot.simulator import TOKEN, Fault, FaultKind, World
from bot.simulator.http import serve_http
from bot.store import server
from bot.store.inbox import NewInbox
from bot.store.outbox import NewOutbox, Priority
from bot.store.store import Store
from bot.store.timers import NewTimer
from bot.store.town import Facts

Capture = pytest.CaptureFixture[str]
COUNT = sum(Suite.DOCTOR in check.suites for check in CHECKS)
SECRET = "a-secret-of-this-test-alone"  # noqa: S105 - not a real secret
JENS = 102


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove the machine's settings."""
    for name in list(environment()):
        if name.startswith("BROBYGGER_"):
            monkeypatch.delenv(name)


class HealthyBot:
    """A healthy bot in which a test causes a fault."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, world: World, url: str) -> None:
        """Set up a bot with a token, a simulated Telegram, a database and a free port."""
        self._monkeypatch = monkeypatch
        self.world = world
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port = int(taken.getsockname()[1])
        self.set(BOT_TOKEN=TOKEN, DATABASE_URL=url, HTTP_PORT=str(self.port))
        self.url = url

    def set(self, **changed: str) -> None:
        """Change settings."""
        for name, value in changed.items():
            self._monkeypatch.setenv(f"BROBYGGER_{name}", value)

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Store]:
        """Open the database as a running bot does."""
        opened = await Store.open(self.url, clock=SystemClock())
        yield opened
        await opened.close()

    async def seen(self, clock: Clock | None = None) -> Finding:
        """Return the only reported finding and check the form of its sentences."""
        found = await findings(Suite.DOCTOR, clock or SystemClock())
        assert len(found) == 1, [one.check for one in found]
        for sentence in (found[0].what, found[0].why, found[0].do):
            assert not sentence[0].islower() or sentence.startswith("brobygger ")
            assert sentence.endswith(".")
            assert TOKEN not in sentence
        return found[0]


@pytest.fixture
async def healthy(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[HealthyBot]:
    """Return a healthy bot on each database."""
    async with _well(database_url, monkeypatch) as made:
        yield made


@pytest.fixture
async def here(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[HealthyBot]:
    """Return a healthy bot on SQLite."""
    async with _well(sqlite_url, monkeypatch) as made:
        yield made


@pytest.fixture
async def there(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[HealthyBot]:
    """Return a healthy bot on PostgreSQL."""
    async with _well(postgres_url, monkeypatch) as made:
        yield made


@asynccontextmanager
async def _well(url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[HealthyBot]:
    """Start a simulated Telegram and add an administrator."""
    world = World(SystemClock().now)
    world.add_bot(TOKEN, name="Dialog", username="dialog_bot")
    world.add_user(JENS, "Jens", language_code="da")
    served = await serve_http(world)
    made = HealthyBot(monkeypatch, world, url)
    made.set(TELEGRAM_API_URL=served.url)
    async with made.store() as store, store.unit() as unit:
        anders = Staff(0, "anders", "Anders", "Borgerservice", Role.ADMIN, "da")
        await unit.staff.set_password(await unit.staff.add(anders), "a hash")
    try:
        yield made
    finally:
        await served.close()


async def test_a_town_that_is_well(healthy: HealthyBot, capsys: Capture) -> None:
    """A healthy bot has no findings."""
    assert await check_or_doctor(Suite.DOCTOR) == 0
    assert capsys.readouterr().out == f"Nothing is wrong: {COUNT} checks.\n"
    del healthy


async def test_said_in_words_and_for_machines(healthy: HealthyBot, capsys: Capture) -> None:
    """The output is one line per finding and a count, or JSON; the exit code is 1."""
    healthy.world.faults.add(Fault(FaultKind.AWAY))
    assert await check_or_doctor(Suite.DOCTOR) == 1
    line, last = capsys.readouterr().out.splitlines()
    assert line.startswith(
        "telegram_unreachable: 127.0.0.1 cannot be reached. Nothing can be received"
    )
    assert last == "1 to correct."
    assert await asyncio.to_thread(cli.main, ["doctor", "--json"]) == 1
    (said,) = json.loads(capsys.readouterr().out)["findings"]
    assert said["check"] == "telegram_unreachable"
    assert said["severity"] == "error"
    assert (
        said["says"] == " ".join((said["what"], said["why"], said["do"])) == line.split(": ", 1)[1]
    )


# -- settings and content --------------------------------------------------


async def test_what_check_says(here: HealthyBot, tmp_path: Path) -> None:
    """Faulty settings and content files are reported in the words of `brobygger check`."""
    here.set(COLOUR="blue")
    seen = await here.seen()
    assert seen.check == "settings"
    assert seen.what == "BROBYGGER_COLOUR: there is no such setting."
    broken = tmp_path / "town.toml"
    broken.write_text("name = ")
    here.set(TOWN=str(broken))
    assert "content" in {one.check for one in await findings(Suite.DOCTOR, SystemClock())}


# -- the machine -----------------------------------------------------------


@contextmanager
def nobody() -> Iterator[None]:
    """Drop root's write access: run the block as user 65534."""
    was = os.geteuid()
    os.seteuid(65534 if was == 0 else was)
    try:
        yield
    finally:
        os.seteuid(was)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder with access for all users; pytest's own folders deny other users."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    folder.chmod(0o777)
    shutil.rmtree(folder)


def closed(path: Path) -> None:
    """Remove the write permissions."""
    path.chmod(0o555 if path.is_dir() else 0o444)


async def test_a_place_that_is_closed(here: HealthyBot, open_folder: Path) -> None:
    """A read-only database or folder is reported by name."""
    file = open_folder / "town.sqlite3"
    shutil.copyfile(here.url.removeprefix("sqlite:///"), file)
    closed(file)
    here.set(DATABASE_URL=f"sqlite:///{file}")
    with nobody():
        seen = await here.seen()
    assert seen.check == "database_read_only"
    assert seen.what == f"The database {file} cannot be written: Permission denied."
    closed(open_folder)
    here.set(DATABASE_URL=f"sqlite:///{open_folder}/new.sqlite3")
    with nobody():
        seen = await here.seen()
    assert seen.check == "folder_closed"
    assert seen.what == f"Nothing can be written in {open_folder}: Permission denied."


async def test_a_disk_that_is_nearly_full(
    here: HealthyBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Less than 500 MB of free disk is reported."""
    left = SimpleNamespace(free=123_456_789)
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _folder: left)
    seen = await here.seen()
    assert seen.check == "disk_nearly_full"
    assert seen.what.startswith("There are 123 MB left")


async def test_a_port_that_is_taken(here: HealthyBot) -> None:
    """Another program on the bot's port is reported as such; a running bot is not."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", here.port))
        taken.listen()
        seen = await here.seen()
    assert seen.check == "port_taken"
    assert seen.what == f"The bot cannot listen on 127.0.0.1:{here.port}: another program does."
    here.set(HTTP_HOST="203.0.113.1")
    assert (await here.seen()).check == "port_closed"


async def test_another_process_has_the_file(here: HealthyBot) -> None:
    """A process with the database open is the bot only if it answers on the bot's port."""
    async with here.store():
        assert (await here.seen()).check == "another_process"
        async with _answering(here.port):
            assert await findings(Suite.DOCTOR, SystemClock()) == []


@asynccontextmanager
async def _answering(port: int) -> AsyncIterator[None]:
    """Answer /healthz on *port* as a bot does."""

    async def healthz(request: web.Request) -> web.Response:
        del request
        return web.json_response({"alive": True})

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield
    await runner.cleanup()


# -- the database ----------------------------------------------------------


async def test_a_database_that_is_away(there: HealthyBot) -> None:
    """An unreachable server is reported by host alone, and Telegram is still checked."""
    there.set(DATABASE_URL="postgresql://anna:hemmeligt@127.0.0.1:1/town")
    seen = await there.seen()
    assert seen.check == "database_unavailable"
    assert seen.what == "The database cannot be reached: 127.0.0.1."
    there.world.faults.add(Fault(FaultKind.AWAY))
    assert [one.check for one in await findings(Suite.DOCTOR, SystemClock())] == [
        "database_unavailable",
        "telegram_unreachable",
    ]


async def test_a_database_that_only_reads(there: HealthyBot) -> None:
    """A server that refuses writes is reported although all reads succeed."""
    name = urlsplit(there.url).path.removeprefix("/")
    connection = await asyncpg.connect(there.url.replace("+asyncpg", ""))
    try:
        await connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        seen = await there.seen()
        assert seen.check == "database_takes_no_writes"
        assert seen.what == "The database can be read and not written: read-only."
        assert seen.do.startswith("Look for default_transaction_read_only")
    finally:
        await connection.execute(
            f"SET default_transaction_read_only = off;"
            f"ALTER DATABASE {name} RESET default_transaction_read_only"
        )
        await connection.close()
    assert await findings(Suite.DOCTOR, SystemClock()) == []


async def test_a_file_that_has_no_room(here: HealthyBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full database file is reported with the advice to free disk space."""

    async def full(_facts: Facts, _name: str, _value: object) -> None:
        raise DatabaseFull

    monkeypatch.setattr(Facts, "set", full)
    seen = await here.seen()
    assert (seen.check, seen.do) == (
        "database_takes_no_writes",
        "Make room on the database's disk. The bot goes on by itself within seconds.",
    )


async def test_a_schema_that_waits_or_is_too_new(here: HealthyBot) -> None:
    """An older schema names the migrate command, a newer one reports an outdated program."""
    database = sqlite3.connect(here.url.removeprefix("sqlite:///"))
    database.execute("UPDATE alembic_version SET version_num = '0001'")
    database.commit()
    seen = await here.seen()
    assert seen.check == "schema_waits"
    assert "run brobygger migrate" in seen.what
    database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.commit()
    database.close()
    assert (await here.seen()).check == "schema_too_new"


async def test_no_database_yet(here: HealthyBot, tmp_path: Path) -> None:
    """Before the first run there are no findings, and the check creates no file."""
    here.set(DATABASE_URL=f"sqlite:///{tmp_path}/new/town.sqlite3")
    assert await findings(Suite.DOCTOR, SystemClock()) == []
    assert not (tmp_path / "new").exists()


async def test_what_waits_too_long(healthy: HealthyBot) -> None:
    """Overdue inbox rows, timers and outbox rows are reported, also a missing courier."""
    async with healthy.store() as store:
        old = store.clock.now() - timedelta(minutes=20)
        async with store.unit() as unit:
            await unit.inbox.put([NewInbox("timer", "1:1", "tg:102", 10, {}, old)])
    seen = await healthy.seen()
    assert (seen.check, seen.what) == (
        "inbox_waits",
        "Rows that came in and wait: 1, the oldest for 20 minutes.",
    )
    async with healthy.store() as store, store.unit() as unit:
        await unit.inbox.done([1])
        await unit.timers.set(NewTimer("nudge", "1", "tg:102", old))
    assert (await healthy.seen()).check == "timers_late"
    async with healthy.store() as store, store.unit() as unit:
        await unit.timers.forget("nudge", "1")
        await unit.outbox.add(
            NewOutbox(JENS, "tg:102", "sendMessage", {}, Priority.REPLY, not_before=old)
        )
    seen = await healthy.seen()
    assert seen.check == "no_courier"
    assert "to be sent: 1, the oldest for 20 minutes, and no process is the courier." in seen.what
    async with healthy.store() as store, _answering(healthy.port):
        courier = await store.singleton("courier")
        assert courier is not None
        assert (await healthy.seen()).check == "outbox_waits"
        await courier.release()


async def test_what_waits_for_a_person(healthy: HealthyBot) -> None:
    """Rows set aside are reported, and so is a console without an administrator."""
    async with healthy.store() as store, store.unit() as unit:
        await unit.tasks.add("failed_turn", "telegram:1:7", None)
    seen = await healthy.seen()
    assert seen.check == "rows_set_aside"
    assert seen.what.endswith("wait for staff: 1.")
    async with healthy.store() as store, store.unit() as unit:
        await unit.tasks.done(1, 1)
        await unit.staff.set_password(1, None)
    assert (await healthy.seen()).check == "no_administrator"


async def test_certificates_without_staff(healthy: HealthyBot) -> None:
    """A certificate that waits is reported while no member of the staff may handle it."""
    async with healthy.store() as store, store.unit() as unit:
        one = await unit.participants.add("Inger", "12 34 56 78", 1)
        await unit.profiles.set_gate(one, Gate.CHILDREN, state=GateState.WANTED)
    assert (await healthy.seen()).check == "no_staff_for_certificates"
    async with healthy.store() as store, store.unit() as unit:
        lone = await unit.staff.get(1)
        assert lone is not None
        await unit.staff.save(replace(lone, granted=(May.HANDLE_GATES,)))
    assert await check_or_doctor(Suite.DOCTOR) == 0


async def test_a_server_that_is_too_old(there: HealthyBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PostgreSQL below the minimum version is reported with its version."""
    monkeypatch.setattr(server, "OLDEST", 99)
    seen = await there.seen()
    assert seen.check == "postgresql_too_old"
    assert seen.what == "This is PostgreSQL 18."


async def test_behind_a_pooler(there: HealthyBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pooler that drops notifications between connections is reported."""
    monkeypatch.setattr(server, "NOTIFIED_WITHIN", 0.5)
    async with _deaf(there.url) as url:
        there.set(DATABASE_URL=url)
        assert (await there.seen()).check == "behind_a_pooler"


@asynccontextmanager
async def _deaf(url: str) -> AsyncIterator[str]:
    """Proxy a PostgreSQL and drop its notifications."""
    folder = parse_qs(urlsplit(url).query)["host"][0]
    doing: set[asyncio.Task[None]] = set()

    async def forth(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
        writer.close()

    async def back(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.read(1):
            size = await reader.readexactly(4)
            body = await reader.readexactly(int.from_bytes(size) - 4)
            if head != b"A":  # drop notification messages
                writer.write(head + size + body)
        writer.close()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        theirs, ours = await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.5432")
        doing.add(asyncio.create_task(forth(reader, ours)))
        doing.add(asyncio.create_task(back(theirs, writer)))

    listening = await asyncio.start_server(take, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    yield f"postgresql://postgres@127.0.0.1:{port}{urlsplit(url).path}?ssl=disable"
    listening.close()
    for task in doing:
        task.cancel()
    await asyncio.gather(*doing, return_exceptions=True)


# -- Telegram --------------------------------------------------------------


async def test_a_wrong_token(here: HealthyBot) -> None:
    """An unknown token is reported but not shown."""
    here.set(BOT_TOKEN="1000000002:" + "b" * 35)
    assert (await here.seen()).check == "wrong_token"


async def test_a_telegram_that_refuses(here: HealthyBot) -> None:
    """Other errors of Telegram's are reported by their code."""
    here.world.faults.add(Fault(FaultKind.ERROR, code=403, description="Forbidden"))
    seen = await here.seen()
    assert (seen.check, seen.what) == ("telegram_refuses", "Telegram answers with error 403.")


async def test_a_clock_that_is_off(here: HealthyBot) -> None:
    """The machine's clock is compared with Telegram's."""
    seen = await here.seen(TravelClock(SystemClock().now() + timedelta(hours=1)))
    assert seen.check == "clock_off"
    assert "seconds ahead of Telegram's." in seen.what
    seen = await here.seen(TravelClock(SystemClock().now() - timedelta(hours=1)))
    assert "seconds behind Telegram's." in seen.what


def _call(here: HealthyBot, method: str, **params: Any) -> Any:
    """Call Telegram as another program with this token would."""
    return here.world.call(TOKEN, method, params)


async def test_a_webhook_while_polling(here: HealthyBot) -> None:
    """A webhook set by another program is reported, as it receives the updates."""
    _call(here, "setWebhook", url="https://elsewhere.example/telegram?key=hemmelig")
    seen = await here.seen()
    assert seen.check == "webhook_while_polling"
    assert seen.what == "Telegram brings the updates to elsewhere.example."


async def test_a_webhook_that_is_missing_or_fails(here: HealthyBot) -> None:
    """In webhook mode a missing or failing webhook is reported."""
    here.set(INTAKE="webhook", WEBHOOK_URL="https://klintsund.example", WEBHOOK_SECRET=SECRET)
    seen = await here.seen()
    assert seen.check == "webhook_elsewhere"
    assert "to nowhere, not to https://klintsund.example/telegram." in seen.what
    _call(here, "setWebhook", url="https://klintsund.example/telegram")
    assert await findings(Suite.DOCTOR, SystemClock()) == []
    hook = here.world.bots[TOKEN].webhook
    assert hook is not None
    hook.last_error, hook.last_error_at = "Connection refused", int(SystemClock().now().timestamp())
    seen = await here.seen()
    assert (seen.check, seen.what) == (
        "webhook_fails",
        "Telegram could not bring an update: Connection refused.",
    )


async def test_updates_that_wait(here: HealthyBot) -> None:
    """Many waiting updates are reported; one is enough after an hour without updates."""
    here.world.say(JENS, "/start")
    assert await findings(Suite.DOCTOR, SystemClock()) == []
    async with here.store() as store:
        old = store.clock.now() - timedelta(hours=2)
        async with store.unit() as unit:
            await unit.inbox.put([NewInbox("telegram:1", "1", "tg:102", 10, {}, old)])
            await unit.inbox.done([1])
    seen = await here.seen()
    assert seen.check == "intake_silent"
    assert seen.what == "No update came in for over an hour; at Telegram wait 1."
    async with here.store() as store, store.unit() as unit:
        await unit.inbox.put([NewInbox("telegram:1", "2", "tg:102", 10, {}, unit.now)])
        await unit.inbox.done([2])
    for _n in range(120):
        here.world.say(JENS, "Hej")
    assert (await here.seen()).check == "updates_wait"
