"""Bytes on their way: a citizen's picture is fetched and cleaned, a file of ours is packed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.errors import ApiError, TooLarge
from bot.store.files import NewFile
from bot.store.outbox import carried_files
from bot.store.unit import Unit
from bot.transport.api import FLOOD, LARGEST_FETCHED, BotApi, Files
from bot.transport.pictures import MIME, NAME, NotTaken, cleaned

FETCHING = "getFile"  # the method whose row is a download
AT_ONCE = 3  # downloads
UNAUTHORIZED, NOT_FOUND = 401, 404


@dataclass(frozen=True, slots=True)
class PhotoDownloader:
    """Where pictures are fetched, a few at once, and cleaned, one by one: each takes memory."""

    api: BotApi
    _hands: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _sink: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def fetch(self, file_id: str) -> NewFile | NotTaken:
        """Return the picture, clean, or why there is none.

        Raise what speaks of the line, the token or the pace: that is tried again.
        """
        async with self._hands:
            raw = await self._download(file_id)
            if isinstance(raw, NotTaken):
                return raw
            async with self._sink:
                content = await asyncio.to_thread(cleaned, raw)
        return content if isinstance(content, NotTaken) else NewFile(NAME, MIME, content)

    async def _download(self, file_id: str) -> bytes | NotTaken:
        """Ask for the path and then for the bytes."""
        try:
            told = await self.api.call(FETCHING, {"file_id": file_id})
        except ApiError as error:
            if error.code in (UNAUTHORIZED, NOT_FOUND, FLOOD):
                raise
            return NotTaken.TOO_BIG if "too big" in error.description else NotTaken.GONE
        if told.get("file_size", 0) > LARGEST_FETCHED:
            return NotTaken.TOO_BIG
        try:
            return await self.api.download(told.get("file_path", ""))
        except TooLarge:
            return NotTaken.TOO_BIG
        except ApiError as error:
            # The token was good a moment ago, so a 404 here speaks of the file.
            if error.code in (UNAUTHORIZED, FLOOD):
                raise
            return NotTaken.GONE


async def packed(unit: Unit, params: Mapping[str, Any]) -> Files | None:
    """Return the files that a call carries, by parameter; None where one is gone."""
    files = {}
    for name, file_id in carried_files(params).items():
        found = await unit.files.get(file_id)
        if found is None:
            return None
        files[name] = (found.name, found.mime, found.content)
    return files
