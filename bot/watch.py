"""Metrics and logs: they contain ids only, no citizens' text and no token."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any, NamedTuple

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot import __version__

REGISTRY = CollectorRegistry()
TURNS = Counter(
    "brobygger_turns", "Inbox rows taken through a turn.", ["source"], registry=REGISTRY
)
TURN_SECONDS = Histogram(
    "brobygger_turn_seconds",
    "Seconds a turn took, its commit left out.",
    ["source"],
    registry=REGISTRY,
)
SENDS = Counter("brobygger_sends", "Bot API calls by result.", ["result"], registry=REGISTRY)
LIMITED = Counter("brobygger_flood_limited", "Answers 429 from Telegram.", registry=REGISTRY)
WEBHOOK_REFUSED = Counter(
    "brobygger_webhook_refused", "Webhook calls that were refused.", ["why"], registry=REGISTRY
)
INBOX_DEPTH = Gauge("brobygger_inbox_depth", "Inbox rows that wait.", registry=REGISTRY)
INBOX_AGE = Gauge("brobygger_inbox_oldest_seconds", "Age of the oldest of them.", registry=REGISTRY)
OUTBOX_DEPTH = Gauge("brobygger_outbox_depth", "Outbox rows that wait.", registry=REGISTRY)
OUTBOX_AGE = Gauge(
    "brobygger_outbox_oldest_seconds", "Age of the oldest of them.", registry=REGISTRY
)
TIMERS_LATE = Gauge(
    "brobygger_timers_late", "Timers that are due and have not fired.", registry=REGISTRY
)
TELEGRAM_SEEN = Gauge(
    "brobygger_telegram_seen_seconds",
    "When Telegram last answered, as Unix time.",
    registry=REGISTRY,
)
SET_ASIDE = Counter(
    "brobygger_rows_set_aside", "Inbox rows given up after three tries.", registry=REGISTRY
)
UPDATES_UNREADABLE = Counter(
    "brobygger_updates_unreadable",
    "Updates that could not be read or stored, of which the ids are kept.",
    registry=REGISTRY,
)
MARKS_TAKEN_OUT = Counter(
    "brobygger_marks_taken_out",
    "Bot API calls from whose words a mark of untranslated text was taken out.",
    registry=REGISTRY,
)
DATABASE_THERE = Gauge(
    "brobygger_database_there", "1 where the database could just be reached.", registry=REGISTRY
)
DATABASE_WRITABLE = Gauge(
    "brobygger_database_writable", "1 where the database has just taken a write.", registry=REGISTRY
)
INTAKE_SEEN = Gauge(
    "brobygger_intake_seen_seconds",
    "When this process last took updates in, or began to try, as Unix time.",
    ["way"],
    registry=REGISTRY,
)
INTAKE_TROUBLE = Gauge(
    "brobygger_intake_trouble",
    "1 where this process has the intake, and this keeps updates from it.",
    ["why"],
    registry=REGISTRY,
)
PENDING = Gauge(
    "brobygger_telegram_pending_updates",
    "Updates that wait at Telegram, as it last said to a process that has the intake.",
    registry=REGISTRY,
)
WEBHOOK_ERROR = Gauge(
    "brobygger_webhook_error_seconds",
    "When Telegram last failed to bring an update, as Unix time; 0 for never.",
    registry=REGISTRY,
)
BUILD = Gauge(
    "brobygger_build_info", "1, by the version that runs.", ["version"], registry=REGISTRY
)
BUILD.labels(__version__).set(1)
ROLE_HELD = Gauge(
    "brobygger_role_held",
    "1 where this process is the one that does what one does at a time.",
    ["role"],
    registry=REGISTRY,
)

# A bot token anywhere in a text: a URL, an exception, a repr. It matches every token that the
# settings accept.
_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{20,100}")
REMOVED = "[token removed]"
AGAIN_AFTER, PAUSE = 600.0, 60.0  # seconds
REMEMBERED = 1000  # distinct warnings
_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


def telegram_seen() -> float:
    """Return when Telegram last answered, as Unix seconds; 0 for never."""
    return float(REGISTRY.get_sample_value("brobygger_telegram_seen_seconds") or 0.0)


def record_telegram_answer() -> None:
    """Record that Telegram has answered now."""
    TELEGRAM_SEEN.set_to_current_time()


def record_role(role: str, *, held: bool) -> None:
    """Record whether this process holds *role*."""
    ROLE_HELD.labels(role).set(int(held))


@contextmanager
def turn_timed(source: str) -> Iterator[None]:
    """Count a turn and measure its seconds."""
    began = perf_counter()
    try:
        yield
    finally:
        TURNS.labels(source).inc()
        TURN_SECONDS.labels(source).observe(perf_counter() - began)


def exposition() -> bytes:
    """Return all metrics in Prometheus' text format."""
    return generate_latest(REGISTRY)


def without_token(words: str) -> str:
    """Return *words* with every bot token replaced."""
    return _TOKEN.sub(REMOVED, words)


class TokenFormatter(structlog.stdlib.ProcessorFormatter):
    """Removes bot tokens from the finished line, so from every part of the record."""

    def format(self, record: logging.LogRecord) -> str:
        """Return *record* as a line without bot tokens."""
        return without_token(super().format(record))


class PlaceFilter(logging.Filter):
    """Reduces an exception to its type and places: its message may contain a citizen's text."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the exception by its type and places; return True for every record."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            record.kind = type(error).__name__
            record.places = _places(error)
        record.exc_info = record.exc_text = None
        return True


class RepeatFilter(logging.Filter):
    """Logs a repeated warning once in 10 minutes, and counts the others.

    After a pause of 1 minute, the next occurrence is logged at once.
    """

    def __init__(self) -> None:
        """Start without known warnings."""
        super().__init__()
        self._seen: OrderedDict[object, _Repeated] = OrderedDict()

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether to log *record*; note how many equal ones were left out before it."""
        if record.levelno != logging.WARNING:
            return True
        more = sorted((k, repr(v)) for k, v in vars(record).items() if k not in _PLAIN)
        key, now = (record.name, record.getMessage(), *more), record.created
        before = self._seen.pop(key, None)
        goes_on = (
            before is not None
            and 0 <= now - before.last < PAUSE
            and 0 <= now - before.written < AGAIN_AFTER
        )
        if before is not None and goes_on:
            self._seen[key] = _Repeated(before.written, now, before.left_out + 1)
            return False
        self._seen[key] = _Repeated(now, now, 0)
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        if before is not None and before.left_out:
            record.left_out = before.left_out
        return True


class _Repeated(NamedTuple):
    """When a warning was last logged and last seen, and how many were left out in between."""

    written: float
    last: float
    left_out: int


def _places(error: BaseException) -> list[str]:
    """Return the frames of *error*, outermost call first, then the frames of its causes."""
    places: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        frames = traceback.extract_tb(seen.__traceback__)
        places += [f"{type(seen).__name__} {f.filename}:{f.lineno} {f.name}" for f in frames]
        seen = seen.__cause__
    return places


def _action(_logger: Any, _name: str, event: Any) -> Any:
    """Rename the key ``event`` to ``action``."""
    event["action"] = event.pop("event")
    return event


def set_up_logging(log_format: str, stream: Any = None) -> None:
    """Configure logging through structlog: one action a line, as text or JSON."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: Any = structlog.processors.JSONRenderer()
    if log_format == "text":
        last = structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "action"])
    formatter = TokenFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _action, last],
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(formatter)
    handler.addFilter(PlaceFilter())
    handler.addFilter(RepeatFilter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for talkative in ("httpx", "httpcore", "apscheduler", "telegram", "aiohttp.access", "alembic"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
