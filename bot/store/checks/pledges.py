"""Checks of pledges: the ledger equals their state, and each that lives is looked after."""

from __future__ import annotations

from bot.store.checks.check import check
from bot.store.checks.current import LOOK

PLEDGES = (
    check(
        "level_of_pledge",
        "pledge",
        """
        SELECT pledge.id FROM pledge
        LEFT JOIN (
            SELECT pledge_id, sum(amount) AS total FROM ledger_entry GROUP BY pledge_id
        ) AS counted ON counted.pledge_id = pledge.id
        WHERE pledge.kind = 'level' AND coalesce(counted.total, 0) <> CASE
            WHEN pledge.state IN ('active', 'paused', 'kept') THEN pledge.amount ELSE 0 END
        """,
        means="Pledges count in the totals with another amount than they have.",
        do=LOOK,
    ),
    check(
        "count_of_pledge",
        "pledge",
        """
        SELECT pledge.id FROM pledge
        LEFT JOIN (
            SELECT pledge_id, sum(amount) AS total FROM ledger_entry GROUP BY pledge_id
        ) AS counted ON counted.pledge_id = pledge.id
        LEFT JOIN (
            SELECT pledge_id, sum(amount) AS done FROM check_in
            WHERE undone_at IS NULL GROUP BY pledge_id
        ) AS answered ON answered.pledge_id = pledge.id
        WHERE pledge.kind = 'count' AND coalesce(counted.total, 0) <> CASE
            WHEN pledge.state = 'withdrawn' THEN 0 ELSE coalesce(answered.done, 0) END
        """,
        means="Pledges count in the totals with another amount than their check-ins have.",
        do=LOOK,
    ),
    check(
        "pledge_of_nobody",
        "pledge",
        """
        SELECT pledge.id FROM pledge
        LEFT JOIN participant ON participant.id = pledge.participant_id
        WHERE pledge.state IN ('signed', 'active', 'paused')
            AND (participant.id IS NULL OR participant.ended_at IS NOT NULL)
        """,
        means="Pledges live although their people are gone.",
        do=LOOK,
    ),
    check(
        "signature_of_no_campaign",
        "pledge",
        """
        SELECT pledge.id FROM pledge
        LEFT JOIN campaign ON campaign.id = pledge.campaign_id RUNNING
        WHERE pledge.state IN ('signed', 'released') AND campaign.id IS NULL
            OR pledge.state = 'signed' AND STOPPED
            AND campaign.state NOT IN ('open', 'expired_unmet')
        """,
        timer=("campaign_tell", "campaign"),
        means="Signatures wait for others although no shared pledge is open for them.",
        do=LOOK,
    ),
    check(
        "pledge_without_timer",
        "pledge",
        """
        SELECT pledge.id FROM pledge RUNNING
        LEFT JOIN timer AS telling ON telling.kind = 'campaign_tell'
            AND telling.subject = CAST(pledge.campaign_id AS VARCHAR(20))
        LEFT JOIN inbox AS told ON told.source = 'timer' AND NOT told.done AND told.key =
            CAST(telling.id AS VARCHAR(20)) || ':' || CAST(telling.fence AS VARCHAR(20))
        WHERE pledge.state IN ('active', 'paused') AND STOPPED
            AND telling.due_at IS NULL AND told.id IS NULL
        """,
        timer=("pledge", "pledge"),
        means="Pledges live, and the timer that asks how they go is not set.",
        do=LOOK,
    ),
    check(
        "ended_pledge_has_message",
        "delivery",
        """
        SELECT delivery.id FROM delivery
        JOIN pledge ON pledge.id = delivery.subject_id
        WHERE delivery.subject_kind = 'pledge' AND delivery.state = 'planned'
            AND (delivery.occasion LIKE 'checkin:%' OR delivery.occasion LIKE 'plan:%')
            AND pledge.state NOT IN ('signed', 'active', 'paused')
        """,
        means="People are to be asked about pledges that are over.",
        do=LOOK,
    ),
)
