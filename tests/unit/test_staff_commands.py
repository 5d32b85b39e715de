"""Test the operator's staff commands, with and without a running bot."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot import cli
from bot.clock import SystemClock
from bot.settings import environment
from bot.store.store import Store

Capture = pytest.CaptureFixture[str]
ADD = ["staff", "add", "Anders", "--name", "Anders", "--unit", "Borgerservice", "--role", "admin"]


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Remove the machine's settings and use a database of the test's own."""
    for name in list(environment()):
        if name.startswith("BROBYGGER_"):
            monkeypatch.delenv(name)
    url = f"sqlite:///{tmp_path}/town.sqlite3"
    monkeypatch.setenv("BROBYGGER_DATABASE_URL", url)
    monkeypatch.setenv("BROBYGGER_CONSOLE_URL", "https://klintsund.example/console/")
    return url


def refused(arguments: list[str], capsys: Capture) -> str:
    """Return the error message of a command that exits with code 2."""
    capsys.readouterr()
    assert cli.main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err.removeprefix("brobygger: ").strip()


def test_added_and_listed(capsys: Capture) -> None:
    """A new member of staff gets a link and is listed as invited until the link is used."""
    assert cli.main(["staff", "list"]) == 0
    assert "Nobody yet." in capsys.readouterr().out
    assert cli.main([*ADD, "--themes", "service,roads", "--head"]) == 0
    link, about = capsys.readouterr().out.splitlines()
    assert link.startswith("https://klintsund.example/console/invitation/")
    assert len(link.rpartition("/")[2]) == 43
    assert about == "Give this link to anders and to nobody else. It works once, for 72 hours."
    assert cli.main(["staff", "list"]) == 0
    listed = capsys.readouterr().out
    assert listed == "anders: Anders, Borgerservice, Administrator, has not chosen a password yet\n"


async def test_while_the_bot_runs(database: str, capsys: Capture) -> None:
    """The command runs despite the bot's lock, and the bot sees the new member of staff."""
    # A command starts its own event loop, so it needs a thread.
    running = await Store.open(database, clock=SystemClock())
    assert await asyncio.to_thread(cli.main, ADD) == 0
    assert await asyncio.to_thread(cli.main, ["staff", "invite", "anders"]) == 0
    async with running.reading() as unit:
        (anders,) = await unit.staff.all()
        noted = [(event.actor, event.verb) for event in await unit.events.newest(5)]
    assert (anders.username, anders.role) == ("anders", "admin")
    assert noted == [("operator", "staff_invited"), ("operator", "staff_added")]
    assert capsys.readouterr().out.count("/console/invitation/") == 2
    await running.close()


def test_shut_out_and_let_in(capsys: Capture) -> None:
    """A disabled member of staff is listed as such; a new link restores access."""
    cli.main(ADD)
    assert cli.main(["staff", "disable", "ANDERS"]) == 0
    assert cli.main(["staff", "list"]) == 0
    assert "shut out" in capsys.readouterr().out.splitlines()[-1]
    assert cli.main(["staff", "invite", "anders"]) == 0
    assert cli.main(["staff", "list"]) == 0
    assert "has not chosen a password yet" in capsys.readouterr().out


def test_what_is_wrong_is_said(capsys: Capture) -> None:
    """A wrong theme, a taken name and an unknown username exit with code 2 and a message."""
    assert refused([*ADD, "--themes", "sea"], capsys).startswith("There is no theme sea. There are")
    assert cli.main(ADD) == 0
    assert refused(ADD, capsys) == "Somebody has that username already."
    assert refused(["staff", "invite", "eve"], capsys) == (
        "There is nobody called eve. See brobygger staff list."
    )
    assert refused(["staff", "add", "a b", "--name", "A", "--unit", "B"], capsys).startswith(
        "A username has 2 to 60 characters"
    )


def test_an_act_is_needed(capsys: Capture) -> None:
    """`staff` without an action, or an unknown role, exits with code 2 and lists the choices."""
    for wrong in (["staff"], ["staff", "add", "x", "--name", "X", "--unit", "Y", "--role", "king"]):
        with pytest.raises(SystemExit) as ended:
            cli.main(wrong)
        assert ended.value.code == 2
    assert "leader" in capsys.readouterr().err
