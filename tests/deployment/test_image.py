"""The image: no secrets, no root user, a health check, and a clean end on its signal."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import sys
from pathlib import Path

import dockerfile
import pytest

from bot.cli import parser
from bot.clock import SystemClock
from bot.settings import PREFIX, SETTINGS
from bot.simulator import World
from bot.simulator.http import serve_http
from bot.testing import TOKEN

PATIENCE = 90.0  # seconds for each wait
SECRETS = {setting.name for setting in SETTINGS if setting.secret}


def probe(bin_folder: Path) -> list[str]:
    """Return the health check's command, with its program from *bin_folder*."""
    options, _cmd, command = dockerfile.told("HEALTHCHECK").partition("CMD ")
    assert "--interval" in options
    program, *rest = json.loads(command)
    assert program == "python"
    return [str(bin_folder / program), *rest]


async def is_healthy(bin_folder: Path, port: int) -> bool:
    """Return whether the health check succeeds."""
    environ = {f"{PREFIX}HTTP_PORT": str(port)}
    checking = await asyncio.create_subprocess_exec(
        *probe(bin_folder), env=environ, stderr=asyncio.subprocess.DEVNULL
    )
    return await asyncio.wait_for(checking.wait(), PATIENCE) == 0


def free_port() -> int:
    """Return a free TCP port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def hold_alive(bin_folder: Path, folder: Path) -> None:
    """Run the image's command in *folder*, and assert health, stop signal and volume."""
    world = World(SystemClock().now)
    world.add_bot(TOKEN, name="Dialog Klintsund", username="dialog_klintsund_bot")
    served = await serve_http(world)
    port = free_port()
    assert not await is_healthy(bin_folder, port)
    (folder / "token").write_text(TOKEN + "\n")
    environ = dockerfile.environment() | {
        "PATH": f"{bin_folder}:{os.environ['PATH']}",
        f"{PREFIX}BOT_TOKEN_FILE": str(folder / "token"),
        f"{PREFIX}TELEGRAM_API_URL": served.url,
        f"{PREFIX}HTTP_HOST": "127.0.0.1",  # A test has no network of its own.
        f"{PREFIX}HTTP_PORT": str(port),
    }
    program, *rest = json.loads(dockerfile.told("ENTRYPOINT")) + json.loads(dockerfile.told("CMD"))
    process = await asyncio.create_subprocess_exec(
        str(bin_folder / program), *rest, cwd=folder, env=environ, stderr=asyncio.subprocess.PIPE
    )
    try:
        async with asyncio.timeout(PATIENCE):
            while not await is_healthy(bin_folder, port):
                assert process.returncode is None, await process.stderr.read()
        process.send_signal(signal.Signals[dockerfile.told("STOPSIGNAL")])
        assert await asyncio.wait_for(process.wait(), 10) == 0
    finally:
        if process.returncode is None:
            process.kill()
        _said, said = await process.communicate()
        await served.close()
    assert TOKEN not in said.decode()
    assert not await is_healthy(bin_folder, port)
    volume = Path(dockerfile.told("VOLUME")).relative_to(dockerfile.told("WORKDIR"))
    assert (folder / volume / "brobygger.sqlite3").is_file()


def test_what_it_says_of_itself() -> None:
    """Two stages of one slim Python, a user that is not root, and a command that parses."""
    first, last = dockerfile.stages()
    assert [first[0].told, last[0].told] == ["python:3.11-slim AS build", "python:3.11-slim"]
    user = dockerfile.told("USER")
    made = next(step.told for step in last if step.name == "RUN")
    assert f"useradd --system --uid 10001 --no-create-home {user} " in made
    assert f"install -d -o {user} {dockerfile.told('VOLUME')}" in made
    assert dockerfile.environment()["PYTHONUNBUFFERED"] == "1"
    assert dockerfile.environment()[f"{PREFIX}HTTP_PORT"] == dockerfile.told("EXPOSE")
    assert json.loads(dockerfile.told("ENTRYPOINT")) == ["brobygger"]
    parser().parse_args(json.loads(dockerfile.told("CMD")))
    assert not any("curl" in step.told or "wget" in step.told for step in dockerfile.steps())


def test_no_secret_is_inside() -> None:
    """The image sets no secret, and the builder gets only the files that it copies."""
    written = " ".join(step.told for step in dockerfile.steps())
    names = set(re.findall(rf"{PREFIX}(\w+)=", written))
    assert names <= {setting.name for setting in SETTINGS} - SECRETS
    goes = {file.relative_to(dockerfile.ROOT).parts[0] for file in dockerfile.sent()}
    copying = [step.told for step in dockerfile.steps() if step.name == "COPY"]
    copied = " ".join(told for told in copying if "--from" not in told)
    assert goes == set(copied.replace("./", "").split()) - {""}
    assert not any(file.suffix == ".pyc" or file.name == ".env" for file in dockerfile.sent())


async def test_it_lives_and_ends(tmp_path: Path) -> None:
    """The command runs, the health check sees it, and the signal ends it within 10 seconds."""
    await hold_alive(Path(sys.executable).parent, tmp_path)


@pytest.mark.slow
async def test_step_by_step(tmp_path: Path) -> None:
    """A build in a folder runs and ends without any of our settings."""
    dockerfile.build(tmp_path)
    town = tmp_path / "town"
    town.mkdir()
    await hold_alive(tmp_path / "app" / "bin", town)
