"""Custom column types, and JSON that both databases accept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, TypeDecorator

from bot.json_text import write_json


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC instant; SQLite returns naive ones, so the zone is added again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert an aware time to UTC; raise `ValueError` for a naive one."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a naive datetime cannot be stored"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the instant, aware and in UTC."""
        del dialect
        if value is None:
            return None
        result: datetime = value
        return result.replace(tzinfo=UTC) if result.tzinfo is None else result.astimezone(UTC)


def storable_json(value: Any) -> str:
    """Return JSON that both databases accept.

    PostgreSQL rejects NUL, and both reject half a surrogate pair. NUL is removed and a
    lone surrogate becomes a question mark, so that no message is refused again and again.
    """
    written = write_json(value)
    if "\\u0000" in written:
        written = write_json(_without_nul(value))
    return written if written.isascii() else written.encode(errors="replace").decode()


def _without_nul(value: Any) -> Any:
    """Remove NUL from every string within a JSON value."""
    match value:
        case str():
            return value.replace("\0", "")
        case list() | tuple():
            return [_without_nul(item) for item in value]
        case dict():
            return {_without_nul(key): _without_nul(item) for key, item in value.items()}
        case _:
            return value
