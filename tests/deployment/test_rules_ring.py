"""The rules for Prometheus, run on the metrics of a process in each state."""

from __future__ import annotations

import pytest
from prometheus_rules import Series, assert_rings

AGO = -20.0  # seconds relative to the time of the scrape
# The metrics of a healthy `brobygger run`, as far as rules use them.
WELL: Series = {
    'up{job="brobygger"}': 1,
    "brobygger_database_there": 1,
    "brobygger_database_writable": 1,
    'brobygger_role_held{role="intake"}': 1,
    'brobygger_role_held{role="courier"}': 1,
    'brobygger_role_held{role="scheduler"}': 1,
    "brobygger_telegram_seen_seconds": AGO,
    "brobygger_telegram_pending_updates": 0,
    "brobygger_webhook_error_seconds": 0,
    "brobygger_inbox_oldest_seconds": 0,
    "brobygger_outbox_oldest_seconds": 0,
    "brobygger_timers_late": 0,
    'brobygger_build_info{version="0.2.0"}': 1,
} | {
    f'brobygger_intake_trouble{{why="{why}"}}': 0
    for why in ("token", "conflict", "refused", "elsewhere", "undelivered", "telegram", "store")
}
POLLED, BROUGHT = (
    f'brobygger_intake_seen_seconds{{way="{way}"}}' for way in ("polling", "webhook")
)
PENDING, FAILED = "brobygger_telegram_pending_updates", "brobygger_webhook_error_seconds"
HELD = 'brobygger_role_held{role="intake"}'


def trouble(why: str) -> Series:
    """Return the metrics of a process that has the intake role and cannot receive updates."""
    return {f'brobygger_intake_trouble{{why="{why}"}}': 1}


@pytest.mark.parametrize(
    ("changed", "minutes", "alerts"),
    [
        ({POLLED: AGO}, 8, ()),
        # A night without citizens, by webhook. Then an old failure, and one pending update.
        ({BROUGHT: AGO}, 600, ()),
        ({BROUGHT: -30_000.0, FAILED: -7000.0}, 600, ()),
        ({BROUGHT: AGO, FAILED: AGO, PENDING: 0}, 30, ()),
        ({POLLED: AGO, **trouble("token")}, 1, ()),
        ({POLLED: AGO, **trouble("token")}, 8, ("BrobyggerTokenRefused",)),
        ({POLLED: AGO, **trouble("conflict")}, 8, ("BrobyggerSecondPoller",)),
        (
            {POLLED: -500.0, PENDING: 5, **trouble("conflict")},
            15,
            ("BrobyggerSecondPoller", "BrobyggerUpdatesWaitAtTelegram"),
        ),
        (
            {BROUGHT: AGO, PENDING: 5, FAILED: -1.0, **trouble("undelivered")},
            8,
            ("BrobyggerUpdatesWaitAtTelegram",),
        ),
        # Telegram has stopped retrying for now, and reports no failure.
        ({BROUGHT: AGO, PENDING: 5, FAILED: 0}, 8, ()),
        ({BROUGHT: AGO, PENDING: 5, FAILED: 0}, 15, ("BrobyggerUpdatesWaitAtTelegram",)),
        ({BROUGHT: AGO, **trouble("refused")}, 8, ("BrobyggerIntakeRefused",)),
        ({BROUGHT: AGO, **trouble("elsewhere")}, 8, ("BrobyggerWebhookElsewhere",)),
        ({HELD: 0}, 8, ("BrobyggerNobodyTakesIn",)),
        ({POLLED: AGO, **trouble("telegram")}, 50, ()),
        (
            {POLLED: AGO, **trouble("telegram")},
            62,
            ("BrobyggerIntakeStopped", "BrobyggerTelegramSilent"),
        ),
        (
            {POLLED: AGO, "brobygger_database_writable": 0, **trouble("store")},
            8,
            ("BrobyggerDatabaseTakesNoWrites",),
        ),
        (
            {POLLED: AGO, "brobygger_database_writable": 0, "brobygger_database_there": 0},
            8,
            ("BrobyggerDatabaseAway",),
        ),
    ],
)
def test_what_rings(changed: Series, minutes: int, alerts: tuple[str, ...]) -> None:
    """Each fault fires its own alerts and no others. A healthy process fires none."""
    quiet = {"brobygger_telegram_seen_seconds": AGO} if minutes < 60 else {}
    if minutes > 60 and not alerts:  # Telegram answers the process's `getMe`
        quiet = {"brobygger_telegram_seen_seconds": minutes * 60.0}
    assert_rings(WELL | quiet | changed, *alerts, minutes=minutes)
