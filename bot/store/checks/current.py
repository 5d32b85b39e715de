"""Checks of inbox, outbox, files and timers: nothing is lost, and nothing is stuck."""

from __future__ import annotations

from collections.abc import Mapping

from bot.store.checks.check import check

RUNS = "See that brobygger run is running and that its log names no error."
LOOK = "Keep a backup, and report it with these ids: this is an error in Brobygger."

# The table whose row a timer's subject is, and the kinds of timers.
TIMER_SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "conversation": ("nudge", "expire"),
    "question": ("ask",),
    "cases": ("case_clock",),
    "case_message": ("case_send",),
    "delivery": ("deliver", "ask_again"),
    "pledge": ("pledge",),
    "campaign": ("campaign", "campaign_tell", "counter_pledge"),
    "outcome": ("outcome",),
    "contribution": ("obstacle",),
    "reminder": ("expand",),
    "opportunity": ("plan_shifts",),
    "shift": ("attendance_open", "volunteer_silent"),
    "signup": ("offer_ends", "request_late"),
    "participant": ("recheck_gate",),
    "volunteer_invitation": ("invite",),
}
_SUBJECTS = " ".join(
    f"LEFT JOIN {table} ON {table}.id = CASE WHEN timer.kind IN ("
    + ", ".join(f"'{kind}'" for kind in kinds)
    + ") THEN CAST(timer.subject AS BIGINT) END"
    for table, kinds in TIMER_SUBJECTS.items()
)
_NOTHING = " AND ".join(f"{table}.id IS NULL" for table in TIMER_SUBJECTS)

CURRENT = (
    check(
        "inbox_without_end",
        "inbox",
        "SELECT id FROM inbox WHERE done <> (done_at IS NOT NULL) OR (failed AND NOT done)",
        means="Processed rows have no time, or unprocessed rows have one.",
        do=LOOK,
    ),
    check(
        "inbox_keeps_words",
        "inbox",
        "SELECT id FROM inbox WHERE done AND NOT failed AND CAST(payload AS TEXT) <> '{}'",
        means="Processed rows still hold their words.",
        do=LOOK,
    ),
    check(
        "set_aside_untold",
        "inbox",
        """
        SELECT inbox.id FROM inbox
        LEFT JOIN task ON task.kind = 'failed_turn'
            AND task.subject = inbox.source || ':' || inbox.key
        WHERE inbox.failed AND task.id IS NULL
        """,
        means="Rows were set aside after three tries, and staff have no task for them.",
        do="Look at each by hand: a citizen may wait for an answer.",
    ),
    check(
        "inbox_stuck",
        "inbox",
        """
        SELECT id FROM inbox WHERE NOT done AND received_at < :late AND NOT EXISTS (
            SELECT 1 FROM inbox AS older
            WHERE NOT older.done AND older.lane = inbox.lane AND older.id < inbox.id)
        """,
        means="Rows that are first in their lane have waited for over 15 minutes.",
        do=RUNS,
    ),
    check(
        "outbox_stuck",
        "outbox",
        """
        SELECT id FROM outbox WHERE state = 'pending' AND not_before < :late AND NOT EXISTS (
            SELECT 1 FROM outbox AS other
            WHERE other.chat_id = outbox.chat_id AND other.state IN ('pending', 'claimed')
                AND other.channel = outbox.channel
                AND (other.state = 'claimed'
                    OR (other.priority = outbox.priority AND other.id < outbox.id)))
        """,
        means="Messages have been due for over 15 minutes, and no other message delays them.",
        do=RUNS,
    ),
    check(
        "outbox_claim_forgotten",
        "outbox",
        "SELECT id FROM outbox WHERE state = 'claimed' AND (lease_until IS NULL"
        " OR lease_until < :late)",
        means="Messages were being sent when a courier ended, and no other has taken them over.",
        do=RUNS,
    ),
    check(
        "outbox_without_end",
        "outbox",
        "SELECT id FROM outbox"
        " WHERE (state IN ('sent', 'failed', 'expired')) <> (done_at IS NOT NULL)",
        means="Sent or failed messages have no time, or waiting messages have one.",
        do=LOOK,
    ),
    check(
        "outbox_keeps_words",
        "outbox",
        "SELECT id FROM outbox WHERE state IN ('sent', 'failed', 'expired')"
        " AND CAST(params AS TEXT) <> '{}'",
        means="Sent messages still hold their words.",
        do=LOOK,
    ),
    check(
        "outbox_without_citizen",
        "outbox",
        """
        SELECT outbox.id FROM outbox LEFT JOIN person ON person.lane = outbox.lane
        WHERE outbox.state IN ('pending', 'claimed') AND outbox.channel = 'telegram'
            AND outbox.chat_id > 0 AND person.id IS NULL
        """,
        means="Messages are to be sent to a citizen who is not known.",
        do=LOOK,
    ),
    check(
        "outcome_lost",
        "outbox",
        """
        SELECT outbox.id FROM outbox
        LEFT JOIN inbox ON inbox.source = 'outcome' AND inbox.key = CAST(outbox.id AS VARCHAR(20))
        WHERE outbox.state IN ('sent', 'failed') AND outbox.done_at > :kept
            AND outbox."then" IS NOT NULL AND inbox.id IS NULL
        """,
        means="The results of messages never came back as inbox rows.",
        do=LOOK,
    ),
    check(
        "document_gone",
        "outbox",
        """
        SELECT outbox.id FROM outbox
        LEFT JOIN file ON file.id = CAST(outbox.params -> 'document' ->> 'file' AS BIGINT)
        WHERE outbox.state IN ('pending', 'claimed') AND file.id IS NULL
            AND outbox.params -> 'document' ->> 'file' IS NOT NULL
        """,
        means="A document is on its way, and its bytes are gone.",
        do="Ask the citizen to fetch it again: with /data in the chat.",
    ),
    check(
        "file_loose",
        "file",
        """
        SELECT file.id FROM file LEFT JOIN attachment ON attachment.file_id = file.id
        WHERE file.created_at < :loose AND attachment.id IS NULL
        """,
        means="Files without an attachment should have been deleted a day ago.",
        do=RUNS,
    ),
    check(
        "timer_late",
        "timer",
        "SELECT id FROM timer WHERE due_at < :late",
        means="Timers have been due for over 15 minutes.",
        do=RUNS,
    ),
    check(
        "timer_of_nothing",
        "timer",
        """
        SELECT timer.id FROM timer SUBJECTS
        WHERE timer.due_at IS NOT NULL AND NOTHING
        """.replace("SUBJECTS", _SUBJECTS).replace("NOTHING", _NOTHING),
        means="Timers are set for rows that are gone.",
        do="Nothing need be done at once: each will fire without effect. " + LOOK,
        harmless=True,
    ),
)
