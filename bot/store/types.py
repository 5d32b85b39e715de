"""Column types of ours, and how values become text."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, TypeDecorator

from bot.json_text import write_json


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC instant; SQLite gives naive ones back, so the zone is put on again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time, and turn an aware one into UTC."""
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
    """Write JSON that both databases take.

    PostgreSQL stores no NUL and neither stores half of a surrogate pair; a
    message that holds one must not be refused for ever, so they are left out.
    """
    written = write_json(value)
    if "\\u0000" in written:
        written = write_json(_without_nul(value))
    return written if written.isascii() else written.encode(errors="replace").decode()


def _without_nul(value: Any) -> Any:
    """Leave NUL out of every string within a JSON value."""
    match value:
        case str():
            return value.replace("\0", "")
        case list() | tuple():
            return [_without_nul(item) for item in value]
        case dict():
            return {_without_nul(key): _without_nul(item) for key, item in value.items()}
        case _:
            return value
