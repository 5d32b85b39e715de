"""Detect what keeps updates from arriving, apart from brief faults and quiet nights."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.clock import TravelClock
from bot.errors import ApiError, DatabaseUnavailable, TransportError, Unreachable
from bot.transport.condition import IntakeCondition, Why

URL = "https://town.example/telegram"


@pytest.fixture
def condition(clock: TravelClock) -> IntakeCondition:
    """Return the condition of a process that has the intake role."""
    made = IntakeCondition(clock)
    made.begin("webhook")
    return made


def info(pending: int = 0, *, failed: Any = None, url: str = URL) -> dict[str, Any]:
    """Return a getWebhookInfo result."""
    told: dict[str, Any] = {"url": url, "pending_update_count": pending}
    if failed is not None:
        told |= {"last_error_date": int(failed.timestamp()), "last_error_message": "Timed out"}
    return told


def why(condition: IntakeCondition) -> Why | None:
    """Return the present reason."""
    return condition.trouble.why if condition.trouble else None


@pytest.mark.parametrize(
    ("error", "expected", "said"),
    [
        (ApiError(401, "Unauthorized"), Why.TOKEN, "refused: 401 Unauthorized"),
        (ApiError(404, "Not Found"), Why.TOKEN, "refused: 404 Not Found"),
        (ApiError(409, "Conflict: x"), Why.CONFLICT, "refused: 409 Conflict: x"),
        (ApiError(400, "Bad Request: x"), Why.REFUSED, "refused: 400 Bad Request: x"),
        (Unreachable(), Why.TELEGRAM, "Telegram cannot be reached"),
        (DatabaseUnavailable(), Why.STORE, "the database takes nothing"),
    ],
)
def test_each_error_has_its_reason(
    condition: IntakeCondition,
    error: DatabaseUnavailable | TransportError,
    expected: Why,
    said: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Telegram's errors keep code and text; database and network faults have their own reasons."""
    condition.suffers("poll_refused", error)
    assert condition.trouble is not None
    assert (condition.trouble.why, condition.trouble.words) == (expected, said)
    (record,) = caplog.records
    verbs = {Why.TELEGRAM: "telegram_unreachable", Why.STORE: "database_unavailable"}
    assert record.message == verbs.get(expected, "poll_refused")
    if isinstance(error, ApiError):
        assert vars(record)["says"] == error.description
    condition.end()
    assert condition.trouble is None


def test_a_conflict_is_not_over_with_one_success(
    condition: IntakeCondition, clock: TravelClock
) -> None:
    """A conflict lasts until half a minute passes without a refusal, as both pollers alternate."""
    condition.suffers("poll_refused", ApiError(409, "Conflict"))
    since = clock.now()
    for _ in range(3):
        clock.advance(timedelta(seconds=20))
        condition.took()
        condition.well()
        assert why(condition) is Why.CONFLICT
        condition.suffers("poll_refused", ApiError(409, "Conflict"))
    assert condition.trouble is not None
    assert condition.trouble.since == since
    clock.advance(timedelta(seconds=30))
    condition.settle()
    assert why(condition) is Why.CONFLICT
    condition.took()
    condition.settle()
    assert why(condition) is None


def test_a_quiet_night_is_well(condition: IntakeCondition, clock: TravelClock) -> None:
    """A webhook without updates is healthy while none is waiting, even with an old error."""
    failed = clock.now()
    for _ in range(12):
        clock.advance(timedelta(hours=1))
        condition.judge(URL, info(failed=failed), None)
        assert why(condition) is None
    condition.judge(URL, info(1, failed=failed), None)  # one message on its way
    assert why(condition) is None


def test_what_waits_after_a_failure(condition: IntakeCondition, clock: TravelClock) -> None:
    """Updates that wait after a failed delivery are a fault until one arrives."""
    condition.took()
    clock.advance(timedelta(minutes=5))
    condition.judge(URL, info(5, failed=clock.now()), None)
    assert why(condition) is Why.UNDELIVERED
    assert condition.trouble is not None
    assert condition.trouble.words == "updates that wait at Telegram: 5; it says: Timed out"
    failed = clock.now()
    clock.advance(timedelta(seconds=5))
    condition.judge(URL, info(4, failed=failed), clock.now())  # received by another process
    assert why(condition) is None
    condition.judge(URL, info(3, failed=clock.now() + timedelta(seconds=1)), None)
    assert why(condition) is Why.UNDELIVERED
    condition.judge(URL, info(), None)
    assert why(condition) is None


def test_what_waits_and_does_not_become_fewer(
    condition: IntakeCondition, clock: TravelClock
) -> None:
    """Updates that wait ten minutes without an arrival are a fault, even without an error."""
    condition.judge(URL, info(1), None)
    clock.advance(timedelta(minutes=9))
    condition.judge(URL, info(2), None)
    assert why(condition) is None
    clock.advance(timedelta(minutes=1))
    condition.judge(URL, info(2), clock.now())
    assert why(condition) is None
    condition.judge(URL, info(2), None)
    assert why(condition) is Why.UNDELIVERED


@pytest.mark.parametrize(
    ("url", "host"), [("", "nowhere"), ("https://other.example/x?key=secret", "other.example")]
)
def test_a_webhook_elsewhere(condition: IntakeCondition, url: str, host: str) -> None:
    """A webhook set by another program is reported by host alone."""
    condition.judge(URL, info(url=url), None)
    assert condition.trouble is not None
    assert condition.trouble.words == f"Telegram brings the updates to {host}"
