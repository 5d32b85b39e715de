"""Download and clean citizens' pictures, and load the files that outbox rows upload."""

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
AT_ONCE = 3  # concurrent downloads
UNAUTHORIZED, NOT_FOUND = 401, 404


@dataclass(frozen=True, slots=True)
class PhotoDownloader:
    """Downloads pictures, three at a time, and cleans them one by one to bound memory."""

    api: BotApi
    _hands: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _sink: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def fetch(self, file_id: str) -> NewFile | NotTaken:
        """Return the cleaned picture, or the reason why it is not taken.

        Raise connection errors, and `ApiError` for the token or flood limits: the courier
        tries again.
        """
        async with self._hands:
            raw = await self._download(file_id)
            if isinstance(raw, NotTaken):
                return raw
            async with self._sink:
                content = await asyncio.to_thread(cleaned, raw)
        return content if isinstance(content, NotTaken) else NewFile(NAME, MIME, content)

    async def _download(self, file_id: str) -> bytes | NotTaken:
        """Get the file's path, then its bytes; return the reason where the file is refused."""
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
            # getFile accepted the token just now, so a 404 here means that the file is gone.
            if error.code in (UNAUTHORIZED, FLOOD):
                raise
            return NotTaken.GONE


async def packed(unit: Unit, params: Mapping[str, Any]) -> Files | None:
    """Return the files that a call uploads, by parameter; None where one is gone."""
    files = {}
    for name, file_id in carried_files(params).items():
        found = await unit.files.get(file_id)
        if found is None:
            return None
        files[name] = (found.name, found.mime, found.content)
    return files
