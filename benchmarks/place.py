"""The databases of a benchmark, and command-line options shared by benchmarks."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.machine import Postgres, described, passing, postgres

DATABASES = ("sqlite", "postgres")


@dataclass(frozen=True, slots=True)
class Place:
    """A temporary folder, and a PostgreSQL server if wanted."""

    folder: Path
    databases: tuple[str, ...]
    server: Postgres | None

    async def make(self, database: str, name: str) -> str:
        """Create an empty database, replacing one of the same name; return its URL."""
        if database == "postgres":
            assert self.server is not None
            return await self.server.make(name)
        return f"sqlite:///{_no_file(self.folder / f'{name}.sqlite3')}"


def _no_file(file: Path) -> Path:
    """Delete an SQLite file with its log files; return its path."""
    for old in file.parent.glob(f"{file.name}*"):
        old.unlink()
    return file


def questions(about: str | None, short: str) -> argparse.ArgumentParser:
    """Return a command-line parser; *short* describes the effect of ``--short``."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--short", action="store_true", help=f"{short}, to try it out")
    parser.add_argument("--only", choices=DATABASES)
    parser.add_argument("--folder", type=Path, help="where the databases are made")
    return parser


@contextmanager
def place_for(name: str, wanted: argparse.Namespace) -> Iterator[Place]:
    """Yield the place of a benchmark after printing hardware and versions."""
    databases = (wanted.only,) if wanted.only else DATABASES
    with ExitStack() as stack:
        folder = stack.enter_context(passing(name, wanted.folder))
        server = stack.enter_context(postgres(folder)) if "postgres" in databases else None
        known = asyncio.run(server.version()) if server else None
        print(described(known), end="; ")
        yield Place(folder, databases, server)
