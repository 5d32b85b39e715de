"""Alembic calls, in their own module since importing Alembic takes 0.25 s."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.store.tables import metadata


def run(connection: Connection, revision: str) -> None:
    """Run one revision and record it as the database's revision."""
    script = _script()
    context = _context(connection)
    with Operations.context(context):
        script.get_revision(revision).module.upgrade()
    context.stamp(script, revision)


def in_order() -> list[str]:
    """Return the revisions of this release in Alembic's order, the first one first."""
    return [revision.revision for revision in _script().walk_revisions()][::-1]


def differences(connection: Connection) -> list[Any]:
    """Return the differences between database and table definitions, as `alembic check` does."""
    return list(compare_metadata(_context(connection), metadata))


def _script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(files("bot.store").joinpath("migrations")))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def _context(connection: Connection) -> MigrationContext:
    opts = {
        "target_metadata": metadata,
        "render_as_batch": True,
        "compare_type": True,
        "compare_server_default": True,
    }
    return MigrationContext.configure(connection, opts=opts)
