"""Test the command line: its commands and their exit codes."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot import __version__, cli
from bot.app.roles import ROLES, roles_of
from bot.cli import EVERY_ROLE
from bot.errors import AlreadyRunning
from bot.settings import environment

COMMANDS = ("demo", "run", "migrate", "check", "graph", "load", "simulator", "staff", "broadcast")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove the machine's settings."""
    for name in list(environment()):
        if name.startswith("BROBYGGER_"):
            monkeypatch.delenv(name)


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` lists every command."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert all(command in shown for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_says_what_it_does(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command has its own help."""
    with pytest.raises(SystemExit) as ended:
        cli.main([command, "--help"])
    assert ended.value.code == 0
    assert len(capsys.readouterr().out) > 100


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` prints the version."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.strip() == __version__


@pytest.mark.parametrize("arguments", [[], ["fly"], ["demo", "--port", "x"]])
def test_what_is_no_command_ends_with_2(arguments: list[str]) -> None:
    """A wrong command line exits with code 2."""
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2


def test_a_start_loads_no_more_than_a_first_answer_needs() -> None:
    """Migrations, holidays, stemming, pictures and the audit are imported only when needed."""
    later = {"alembic", "holidays", "snowballstemmer", "PIL", "bot.store.audit"}
    code = f"import sys, bot.app.run; print({later} & set(sys.modules))"
    printed = subprocess.check_output([sys.executable, "-c", code], text=True)  # noqa: S603 - our own interpreter
    assert printed == "set()\n"


def test_run_without_a_token(capsys: pytest.CaptureFixture[str]) -> None:
    """A missing setting is named without a traceback; the exit code is 2."""
    assert cli.main(["run"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("brobygger: BROBYGGER_BOT_TOKEN: is not set")
    assert "Traceback" not in said


def test_an_expected_error_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An expected error prints its own message and exits with code 2."""

    def broken(_arguments: object) -> int:
        raise AlreadyRunning

    monkeypatch.setattr(cli, "_migrate", broken)
    assert cli.main(["migrate"]) == 2
    assert capsys.readouterr().err == (
        "brobygger: Another Brobygger already runs on this database file.\n"
    )


def test_ctrl_c(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C exits with code 130."""

    def stopped(_arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_check", stopped)
    assert cli.main(["check"]) == 130


def test_a_flow_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    """`graph` prints a flow as mermaid."""
    assert cli.main(["graph", "settings"]) == 0
    assert capsys.readouterr().out.startswith("flowchart")


def test_a_flow_nobody_knows(capsys: pytest.CaptureFixture[str]) -> None:
    """`graph` lists the known flows where it gets an unknown name."""
    assert cli.main(["graph", "nonsense"]) == 2
    assert "settings" in capsys.readouterr().err


def test_every_role_is_every_role() -> None:
    """By default `run` has all roles."""
    assert roles_of(EVERY_ROLE) == frozenset(ROLES)
