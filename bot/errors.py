"""The exceptions of Brobygger.

A class's docstring is the default message shown to people.

    BrobyggerError
    ├── ConfigurationError
    ├── FlowError
    ├── OversizedUpdate
    ├── NotReady
    ├── StoreError
    │   ├── DatabaseUnavailable
    │   │   ├── DatabaseReadOnly
    │   │   ├── DatabaseFull
    │   │   └── DatabaseRefused
    │   ├── DatabaseMissing
    │   ├── SchemaTooNew
    │   ├── MigrationPending
    │   └── AlreadyRunning
    └── TransportError
        ├── ApiError
        ├── TooLarge
        ├── Unreachable
        └── Ambiguous
            └── ServerFault

A citizen's mistake is not an exception: services return `Refused`, and a
question's reader returns the message to show.
"""

from __future__ import annotations


class BrobyggerError(Exception):
    """Something went wrong in Brobygger."""

    def __init__(self, message: str | None = None) -> None:
        """Use *message*, or the class's docstring."""
        super().__init__(message or (type(self).__doc__ or "").strip())


class ConfigurationError(BrobyggerError):
    """A setting or a content file is wrong."""


class FlowError(BrobyggerError):
    """A flow is written in a way that cannot work."""


class OversizedUpdate(BrobyggerError):
    """An update of Telegram is larger than any that is read."""


class StoreError(BrobyggerError):
    """The database could not execute a request."""


class DatabaseUnavailable(StoreError):
    """The database cannot be reached just now."""


class DatabaseReadOnly(DatabaseUnavailable):
    """The database can be read and takes no writes just now."""


class DatabaseFull(DatabaseUnavailable):
    """The database has no room left."""


class DatabaseRefused(DatabaseUnavailable):
    """The database does not let us in. The message says why."""


class NotReady(BrobyggerError):
    """Something of ours that a turn needs is still being made: the row is taken a moment later."""


class SchemaTooNew(StoreError):
    """The database was migrated by a newer version than this one: run that one, or restore."""


class MigrationPending(StoreError):
    """The database waits to be migrated: run brobygger migrate."""


class DatabaseMissing(StoreError):
    """There is no database yet. brobygger run makes it."""


class AlreadyRunning(StoreError):
    """Another Brobygger already runs on this database file."""


class TransportError(BrobyggerError):
    """A call to Telegram did not succeed."""


class ApiError(TransportError):
    """Telegram answered with an error.

    *code* is Telegram's ``error_code``; *retry_after* is in seconds and is
    given with code 429 only.
    """

    def __init__(self, code: int, description: str, retry_after: float | None = None) -> None:
        """Keep Telegram's text in *description*; it never contains the token."""
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after


class TooLarge(TransportError):
    """The file is larger than a bot may fetch."""


class Unreachable(TransportError):
    """Telegram was not reached; the request was surely not executed."""


class Ambiguous(TransportError):
    """The request was written, but no answer came: it may have been executed."""


class ServerFault(Ambiguous):
    """Telegram answered that something is wrong with it: the request was hardly executed."""
