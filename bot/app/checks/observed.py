"""What the checks judge. A default means that nothing is wrong or that nothing was observed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.errors import StoreError, TransportError
from bot.store.repository import Depth
from bot.transport.condition import WebhookInfo


class Need(StrEnum):
    """What a check needs: a suite observes the needs of its checks."""

    SETTINGS = "settings"  # the environment, the code and the content file
    MACHINE = "machine"  # valid settings
    DATABASE = "database"  # valid settings; the database is opened and not read
    CONTENTS = "contents"  # the database; its rows are read, and one is written
    STAFF = "staff"  # the database; its staff are read
    INVARIANTS = "invariants"  # the database; all its rows are read
    TELEGRAM = "telegram"  # a token
    PROCESS = "process"  # a running bot


@dataclass(frozen=True, slots=True)
class Machine:
    """The database's folder and file, the disk, and the port."""

    folder: str = ""
    folder_error: str = ""
    file: str = ""
    file_error: str = ""
    disk: str = ""  # a folder on the disk
    free: int | None = None  # bytes
    address: str = ""  # host and port
    is_ours: bool = False  # a Brobygger answers at the address
    bind_error: int = 0  # the system's number; 0 where the address can be bound
    bind_reason: str = ""
    database_in_use: bool = False  # another process holds the SQLite file

    @property
    def free_mb(self) -> int:
        """Return the free space in megabytes."""
        return (self.free or 0) // 1_000_000


@dataclass(frozen=True, slots=True)
class Database:
    """Whether the database can be opened."""

    place: str = "it"  # its file or host
    error: StoreError | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """The number of waiting rows, and how long the oldest has waited."""

    count: int = 0
    age: timedelta = timedelta()

    @classmethod
    def of(cls, depth: Depth, now: datetime) -> Waiting:
        """Return the depth of a queue as seen at *now*."""
        return cls(depth.count, now - depth.oldest if depth.oldest else timedelta())

    def __str__(self) -> str:
        """Return the count and the age as text."""
        minutes = self.age // timedelta(minutes=1)
        return f"{self.count}, the oldest for {minutes} minute{'s' * (minutes != 1)}"


@dataclass(frozen=True, slots=True)
class Contents:
    """The server and the rows of the database."""

    unwritable: str = ""  # why the database takes no writes
    server_version: int | None = None  # PostgreSQL's
    oldest_server: int = 0
    is_pooled: bool = False  # by transaction
    inbox: Waiting = field(default_factory=Waiting)
    outbox: Waiting = field(default_factory=Waiting)
    timers: Waiting = field(default_factory=Waiting)
    has_courier: bool = True
    set_aside: int = 0
    has_administrator: bool = True
    last_update: datetime | None = None

    @property
    def write_remedy(self) -> str:
        """Return what to do so that the database takes writes."""
        return {
            "read-only": "Look for default_transaction_read_only, a standby, a read-only mount.",
            "full": "Make room on the database's disk.",
        }.get(
            self.unwritable,
            "Look in the database's log, at its locks, and at what the bot's role may do.",
        )


@dataclass(frozen=True, slots=True)
class Staffing:
    """What the members of the staff may do together."""

    gates_wait: bool = False  # and no member of the staff may handle them


@dataclass(frozen=True, slots=True)
class Telegram:
    """The answers of Telegram, and what the settings say of the intake."""

    host: str = ""
    error: TransportError | None = None
    intake: str = ""  # polling or webhook
    webhook_url: str = ""
    info: WebhookInfo = field(default_factory=WebhookInfo)
    clock_ahead: timedelta = timedelta()  # this machine's clock minus Telegram's

    @property
    def clock_offset(self) -> str:
        """Return how far this machine's clock is off, as text."""
        way = "ahead of" if self.clock_ahead > timedelta() else "behind"
        return f"{abs(self.clock_ahead) // timedelta(seconds=1)} seconds {way}"


@dataclass(frozen=True, slots=True)
class Process:
    """A running process."""

    intake_error: str = ""
    is_stopping: bool = False


@dataclass(frozen=True, slots=True)
class Observed:
    """Everything that one run of the checks has observed."""

    now: datetime
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)  # by category
    machine: Machine = field(default_factory=Machine)
    database: Database = field(default_factory=Database)
    contents: Contents = field(default_factory=Contents)
    staffing: Staffing = field(default_factory=Staffing)
    telegram: Telegram = field(default_factory=Telegram)
    process: Process = field(default_factory=Process)
    broken_rows: Mapping[str, Sequence[str]] = field(default_factory=dict)  # by check
