"""Bytes: pictures that citizens sent, and documents on their way to them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, delete, exists, insert, select

from bot.store.repository import Repository
from bot.store.tables import attachment, file

KEEP_LOOSE = timedelta(days=7)  # a file that hangs on nothing
LONGEST_NAME = 120
_COLUMNS = tuple(
    file.c[name] for name in ("id", "mime", "name", "size", "sha256", "created_at", "content")
)
_BY_ID = select(*_COLUMNS).where(file.c.id == bindparam("of"))
_LOOSE: ColumnElement[bool] = ~exists().where(attachment.c.file_id == file.c.id)


@dataclass(frozen=True, slots=True)
class NewFile:
    """Bytes to be kept. What is shown of it in an error or a log holds none of them."""

    name: str
    mime: str
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """Return what tells these bytes from others."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that is kept; *size* is in bytes."""

    id: int
    mime: str
    name: str
    size: int
    sha256: str
    created_at: datetime
    content: bytes = field(repr=False)


class Files(Repository):
    """Files, whatever they hang on."""

    async def add(self, name: str, mime: str, content: bytes) -> int:
        """Keep *content*; return its id."""
        new = NewFile(name[:LONGEST_NAME], mime, content)
        about = {"name": new.name, "mime": mime, "size": len(content), "sha256": new.sha256}
        return await self._id_of(
            insert(file).values(**about, created_at=self._now, content=content)
        )

    async def get(self, file_id: int) -> FileRow | None:
        """Return a file with its bytes; None where it is gone."""
        found = (await self._execute(_BY_ID, {"of": file_id})).first()
        return FileRow(*found) if found else None

    async def drop(self, file_id: int) -> None:
        """Delete a file, and the attachment that it is."""
        await self._execute(delete(file).where(file.c.id == file_id))

    async def drop_loose(self, file_ids: Collection[int]) -> None:
        """Delete those of *file_ids* that hang on no attachment."""
        if file_ids:
            await self._execute(delete(file).where(file.c.id.in_(file_ids), _LOOSE))

    async def purge(self, limit: int = 500) -> int:
        """Delete up to *limit* files that hang on nothing and have had time to."""
        old = select(file.c.id).where(file.c.created_at < self._now - KEEP_LOOSE, _LOOSE)
        result = await self._execute(
            delete(file).where(file.c.id.in_(old.limit(limit).scalar_subquery()))
        )
        return int(result.rowcount)
