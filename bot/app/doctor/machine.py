"""Checks of the machine: the database's folder, the disk, the port."""

from __future__ import annotations

import errno
import shutil
import socket
import tempfile
from pathlib import Path

import aiohttp

from bot import settings
from bot.app.doctor.ailment import Ailment
from bot.settings import Settings

LEAST_FREE = 500_000_000  # bytes
PATIENCE = aiohttp.ClientTimeout(total=5.0)


async def examine_machine(found: Settings, *, in_use: bool) -> list[Ailment]:
    """Check folder, disk and port; *in_use* says that a bot runs on the database."""
    file = settings.sqlite_file(found.database_url)
    seen = [*_folder(file), *_disk(file)] if file is not None else []
    return [*seen, *await _port(found, in_use=in_use)]


def _folder(file: Path) -> list[Ailment]:
    """Check that the database's folder and file are writable."""
    try:
        with tempfile.TemporaryFile(dir=_nearest(file)):
            pass
    except OSError as error:
        return [
            Ailment(
                "folder_closed",
                f"Nothing can be written in {file.parent}: {error.strerror}.",
                "SQLite keeps its log beside the database, so not a single update can be kept.",
                "Give the folder to whoever runs the bot, or set BROBYGGER_DATABASE_URL.",
            )
        ]
    try:
        if file.exists():
            with file.open("r+b"):
                pass
    except OSError as error:
        return [
            Ailment(
                "database_read_only",
                f"The database {file} cannot be written: {error.strerror}.",
                "Not a single update can be kept.",
                "Give the file, and those beside it, to whoever runs the bot.",
            )
        ]
    return []


def _nearest(file: Path) -> Path:
    """Return the nearest existing parent folder of a file."""
    return next(one for one in file.absolute().parents if one.exists())


def _disk(file: Path) -> list[Ailment]:
    """Check that the disk has at least 500 MB left."""
    folder = _nearest(file)
    free = shutil.disk_usage(folder).free
    if free >= LEAST_FREE:
        return []
    return [
        Ailment(
            "disk_nearly_full",
            f"There are {free // 1_000_000} MB left on the disk of {folder}.",
            "With a full disk nothing more is kept, and Telegram waits for a day at most.",
            "Make room: old copies of the database stand beside it as .before-* and .replaced-*.",
        )
    ]


async def _port(found: Settings, *, in_use: bool) -> list[Ailment]:
    """Check that this bot listens on its port, or could."""
    host = f"[{found.http_host}]" if ":" in found.http_host else found.http_host
    where = f"{host}:{found.http_port}"
    if found.http_port == 0 or await _is_ours(where):
        return []
    error = _cannot_listen(found.http_host, found.http_port)
    if error is not None:
        return [
            Ailment(
                "port_taken" if error == errno.EADDRINUSE else "port_closed",
                f"Nothing of ours can listen on {where}: {_reason(error)}.",
                "The bot does not start without its console, its health and its webhook.",
                "Set BROBYGGER_HTTP_PORT or BROBYGGER_HTTP_HOST, or stop what listens there.",
            )
        ]
    if not in_use:
        return []
    return [
        Ailment(
            "another_process",
            f"A process has the database, and does not answer on {where}.",
            "It is another installation, or it hangs; a second bot is refused.",
            "Find it with ps and stop it with SIGTERM; then brobygger run.",
        )
    ]


def _reason(error: int) -> str:
    """Return a system error number as text."""
    if error == errno.EADDRINUSE:
        return "another program does"
    return "the address or the port is not open to whoever runs the bot"


async def _is_ours(where: str) -> bool:
    """Return whether a Brobygger answers at this host and port."""
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as session,
            session.get(f"http://{where}/healthz") as got,
        ):
            return bool((await got.json(content_type=None)) == {"alive": True})
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return False


def _cannot_listen(host: str, port: int) -> int | None:
    """Return the system's error number where the port cannot be bound; None where it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            return error.errno or errno.EADDRINUSE
    return None
