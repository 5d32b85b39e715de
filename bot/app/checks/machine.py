"""Observe the machine: the database's folder, the disk, the port."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import tempfile
from dataclasses import replace
from pathlib import Path

import aiohttp

from bot import settings
from bot.app.checks.database import in_use
from bot.app.checks.observed import Machine
from bot.settings import Settings

PATIENCE = aiohttp.ClientTimeout(total=5.0)


async def observe_machine(found: Settings) -> Machine:
    """Try folder, file, disk and port."""
    host = f"[{found.http_host}]" if ":" in found.http_host else found.http_host
    address = f"{host}:{found.http_port}"
    is_ours = found.http_port == 0 or await _is_ours(address)
    error = 0 if is_ours else _bind_error(found.http_host, found.http_port)
    seen = Machine(
        address=address,
        is_ours=is_ours,
        bind_error=error,
        bind_reason=os.strerror(error),
        database_in_use=in_use(found.database_url),
    )
    file = settings.sqlite_file(found.database_url)
    if file is None:
        return seen
    folder = next(parent for parent in file.absolute().parents if parent.exists())
    return replace(
        seen,
        folder=str(file.parent),
        folder_error=_folder_error(folder),
        file=str(file),
        file_error=_file_error(file),
        disk=str(folder),
        free=shutil.disk_usage(folder).free,
    )


def _folder_error(folder: Path) -> str:
    """Return why no file can be made in the folder; "" where one can."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        return error.strerror or str(error)


def _file_error(file: Path) -> str:
    """Return why the file cannot be written; "" where it can or is missing."""
    try:
        with file.open("r+b"):
            return ""
    except FileNotFoundError:
        return ""
    except OSError as error:
        return error.strerror or str(error)


async def _is_ours(address: str) -> bool:
    """Return whether a Brobygger answers at this host and port."""
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as session,
            session.get(f"http://{address}/healthz") as got,
        ):
            return bool((await got.json(content_type=None)) == {"alive": True})
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return False


def _bind_error(host: str, port: int) -> int:
    """Return the system's error number where the port cannot be bound; 0 where it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            return error.errno or errno.EADDRINUSE
    return 0
