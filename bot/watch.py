"""What an operator sees: metrics and logs; ids only, never words, never the token."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

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

_COUNTERS = {
    "sends": SENDS,
    "flood_limited": LIMITED,
    "webhook_refused": WEBHOOK_REFUSED,
    "updates_unreadable": UPDATES_UNREADABLE,
}
# A bot token wherever it stands: in a URL, in an exception's words, in a repr.
_TOKEN = re.compile(r"\d{6,20}:[A-Za-z0-9_-]{30,100}")
REMOVED = "[token removed]"


def telegram_seen() -> float:
    """Return when Telegram last answered, as Unix seconds; 0 for never."""
    return float(REGISTRY.get_sample_value("brobygger_telegram_seen_seconds") or 0.0)


def heard_telegram() -> None:
    """Note that Telegram has answered."""
    TELEGRAM_SEEN.set_to_current_time()


class Meter:
    """Counts for the rooms below this one, by the metric's short name."""

    def count(self, name: str, **labels: str) -> None:
        """Add one."""
        counter = _COUNTERS[name]
        (counter.labels(**labels) if labels else counter).inc()

    def holds(self, role: str, *, held: bool) -> None:
        """Say whether this process is the one that does *role*."""
        ROLE_HELD.labels(role).set(int(held))


@contextmanager
def turn_timed(source: str) -> Iterator[None]:
    """Count a turn and time it."""
    began = perf_counter()
    try:
        yield
    finally:
        TURNS.labels(source).inc()
        TURN_SECONDS.labels(source).observe(perf_counter() - began)


def exposition() -> bytes:
    """Return all metrics in Prometheus' text format."""
    return generate_latest(REGISTRY)


class TokenFormatter(structlog.stdlib.ProcessorFormatter):
    """Takes the token out of the finished line, wherever it stood in the record."""

    def format(self, record: logging.LogRecord) -> str:
        """Write *record* as a line without the token."""
        return _TOKEN.sub(REMOVED, super().format(record))


class PlaceFilter(logging.Filter):
    """Leaves of an exception its kind and its places: its words may be a citizen's."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the exception by where it was; let every record pass."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            record.kind = type(error).__name__
            record.places = _places(error)
        record.exc_info = record.exc_text = None
        return True


def _places(error: BaseException) -> list[str]:
    """List where *error* was raised, the outermost call first, and then where its causes were."""
    places: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        frames = traceback.extract_tb(seen.__traceback__)
        places += [f"{type(seen).__name__} {f.filename}:{f.lineno} {f.name}" for f in frames]
        seen = seen.__cause__
    return places


def _action(_logger: Any, _name: str, event: Any) -> Any:
    """Call the verb of a line by its name."""
    event["action"] = event.pop("event")
    return event


def set_up_logging(log_format: str, stream: Any = None) -> None:
    """Log a verb a line, as text or JSON, through structlog."""
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
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for talkative in ("httpx", "httpcore", "apscheduler", "telegram", "aiohttp.access", "alembic"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
