"""Files: pictures from citizens, and documents that are being sent to them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, insert, select

from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import attachment, broadcast, file

KEEP_LOOSE = timedelta(days=7)  # a file without an attachment
LONGEST_NAME = 120
_LOOSE: ColumnElement[bool] = and_(
    ~exists().where(attachment.c.file_id == file.c.id),
    ~exists().where(broadcast.c.file_id == file.c.id),
)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to be stored; its content is left out of `repr`, so errors and logs never show it."""

    name: str
    mime: str
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """Return the SHA-256 hash of the content in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class FileRow:
    """A stored file; *size* is in bytes."""

    id: int
    mime: str
    name: str
    size: int
    sha256: str
    created_at: datetime
    content: bytes = field(repr=False)


_FILE = RowMapper(FileRow, file)
_BY_ID = _FILE.query.where(file.c.id == bindparam("of"))


class Files(Repository):
    """Files, with or without an attachment."""

    async def add(self, name: str, mime: str, content: bytes) -> int:
        """Insert a file; return its id."""
        new = NewFile(name[:LONGEST_NAME], mime, content)
        about = {"name": new.name, "mime": mime, "size": len(content), "sha256": new.sha256}
        return await self._id_of(
            insert(file).values(**about, created_at=self._now, content=content)
        )

    async def get(self, file_id: int) -> FileRow | None:
        """Return a file with its content; None where it is gone."""
        return _FILE.first(await self._execute(_BY_ID, {"of": file_id}))

    async def drop(self, file_id: int) -> None:
        """Delete a file and, by cascade, its attachment."""
        await self._execute(delete(file).where(file.c.id == file_id))

    async def drop_loose(self, file_ids: Collection[int]) -> None:
        """Delete the files of *file_ids* that have no attachment."""
        if file_ids:
            await self._execute(delete(file).where(file.c.id.in_(file_ids), _LOOSE))

    async def purge(self, limit: int = 500) -> int:
        """Delete up to *limit* files without an attachment that are older than `KEEP_LOOSE`."""
        old = select(file.c.id).where(file.c.created_at < self._now - KEEP_LOOSE, _LOOSE)
        result = await self._execute(
            delete(file).where(file.c.id.in_(old.limit(limit).scalar_subquery()))
        )
        return int(result.rowcount)
