"""Checks of reminders and deliveries: what is planned is sent, once, and has an outcome."""

from __future__ import annotations

from bot.store.checks.check import check
from bot.store.checks.current import LOOK

DELIVERIES = (
    check(
        "reminder_without_timer",
        "reminder",
        "SELECT reminder.id FROM reminder RUNNING WHERE reminder.state = 'active' AND STOPPED",
        timer=("expand", "reminder"),
        means="Reminders are active, and the timer that plans their messages is not set.",
        do="Pause each at the console and resume it.",
    ),
    check(
        "delivery_without_timer",
        "delivery",
        "SELECT delivery.id FROM delivery RUNNING WHERE delivery.state = 'planned'"
        " AND NOT (delivery.subject_kind = 'broadcast' AND delivery.occasion = 'sent')"
        " AND STOPPED",
        timer=("deliver", "delivery"),
        means="Messages are planned, and the timer that would send them is not set.",
        do=LOOK,
    ),
    check(
        "broadcast_without_timer",
        "broadcast",
        "SELECT broadcast.id FROM broadcast RUNNING"
        " WHERE broadcast.state IN ('approved', 'sending') AND STOPPED",
        timer=("broadcast", "broadcast"),
        means="Broadcasts are to be sent, and the timer that sends them is not set.",
        do="Pause each at the console and resume it.",
    ),
    check(
        "delivery_not_sent",
        "delivery",
        """
        SELECT delivery.id FROM delivery
        JOIN participant ON participant.id = delivery.participant_id
        JOIN person ON person.id = participant.person_id
        LEFT JOIN outbox ON outbox.chat_id = person.chat_id
            AND outbox.state IN ('pending', 'claimed')
            AND outbox."then" ->> 'what' IN ('delivery', 'broadcast_file')
        LEFT JOIN inbox ON inbox.lane = person.lane AND NOT inbox.done
        WHERE delivery.state = 'queued' AND outbox.id IS NULL AND inbox.id IS NULL
        """,
        means="Messages are marked as on their way, and no such message exists.",
        do=LOOK,
    ),
    check(
        "delivery_twice",
        "outbox",
        """
        SELECT max(id) FROM outbox
        WHERE state IN ('pending', 'claimed') AND "then" ->> 'what' = 'delivery'
        GROUP BY chat_id, CAST("then" AS TEXT) HAVING count(*) > 1
        """,
        means="One reminder is on its way to a citizen twice.",
        do=LOOK,
    ),
    check(
        "delivery_without_end",
        "delivery",
        """
        SELECT id FROM delivery WHERE (state IN ('sent', 'phoned') AND sent_at IS NULL)
            OR (state IN ('skipped', 'expired', 'cancelled') AND reason IS NULL)
        """,
        means="Messages were sent and have no time, or were not sent and have no reason.",
        do=LOOK,
    ),
)
